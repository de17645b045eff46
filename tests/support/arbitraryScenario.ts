// Random scenario texts: valid ones that exercise every verb, and near-misses made of the words of the language.
import fc from 'fast-check';
import { DIRECTIVES, MENU, QUANTIFIERS, RESULT_WORDS } from '../../src/scenario/vocabulary.ts';
import { KNOBS, KNOB_NAMES, PRESET_NAMES } from '../../src/sim/model/knobs.ts';
import { PROPERTY_IDS } from '../../src/sim/model/property.ts';
import { ACCESS_FLAGS, ADVICES, FALLOCATE_MODES, FILE_FLAGS, LEASE_KINDS, VERBS } from '../../src/sim/model/op.ts';
import { FS_TYPES, KERNELS } from '../../src/sim/model/program.ts';

const FILES = ['A', 'B', 'C'] as const;
const TAG = fc.constantFrom('X', 'Y', 'Z', 'long-tag', '.');
const INDEX = fc.integer({ min: 0, max: 3 }).map(String);
const FILE = fc.constantFrom(...FILES);

const line = (...parts: readonly (string | fc.Arbitrary<string>)[]): fc.Arbitrary<string> =>
  fc
    .tuple(...parts.map((part) => (typeof part === 'string' ? fc.constant(part) : part)))
    .map((words) => words.join(' '));

const ACCESS = fc.subarray([...ACCESS_FLAGS], { minLength: 1 }).map((flags) => flags.join(' '));

/** What a process does once `m`, `mr`, `d`, `p` and all files are there. */
const LOCAL = fc.oneof(
  line('m = mmap', FILE, fc.constantFrom('', '0 4', 'ro', '0 4 sync', 'rw shared', 'private', '0 4 private ro')),
  line('m = mmap', fc.constantFrom('anon 4', 'anon 4 ro', 'anon 2 private', 'memfd 4', 'memfd 3 shared rw')),
  line(fc.constantFrom('munmap m', 'msync m')),
  line('madvise m', fc.constantFrom(...ADVICES), fc.constantFrom('0 4', '1 2', '3 0')),
  line('load m', INDEX),
  line('store m', INDEX, TAG),
  line('pread', FILE, INDEX),
  line('pwrite', FILE, INDEX, TAG),
  line('pwrite_direct', FILE, INDEX, TAG),
  line('ftruncate', FILE, INDEX),
  line('fallocate', FILE, fc.constantFrom(...FALLOCATE_MODES), INDEX, INDEX),
  line(fc.constantFrom('reflink', 'dedupe'), FILE, FILE, fc.constantFrom('', '0 1 2')),
  line(fc.constantFrom('create', 'unlink', 'open', 'close', 'fsync', 'unlease'), FILE),
  line('setlease', FILE, fc.constantFrom(...LEASE_KINDS)),
  line('set', FILE, fc.constantFrom(...FILE_FLAGS)),
  line('mr = reg_mr m', fc.constantFrom('', '0 4'), ACCESS),
  line('rereg_mr mr', ACCESS),
  line(fc.constantFrom('dereg_mr mr', 'share_uverbs admin', 'share_uverbs c')),
  line('d = dio_write m', INDEX),
  line('d = dio_read m', INDEX, TAG),
  line('dio_end d'),
  line('p = vmsplice m', INDEX),
  fc.constantFrom('peek p', 'pipe_read p'),
  line(fc.constantFrom('sync', 'wait', 'exit', 'kill admin', 'signal app.2', 'kill app', 'kill c')),
);

const REMOTE = fc.oneof(
  line('rdma_read mr', INDEX),
  line('rdma_write mr', INDEX, TAG),
  line('x = post_read mr', INDEX),
  line('x = post_write mr', INDEX, TAG),
  line('complete x'),
);

const EXPECT = fc.option(fc.constantFrom(...RESULT_WORDS, 'ETXTBSY', 'X', 'blocks', 'blocks, EINTR'), {
  nil: undefined,
});

const STEP = fc
  .tuple(
    fc.oneof({ weight: 4, arbitrary: line(fc.constantFrom('app', 'app.2', 'c'), LOCAL) }, line('peer', REMOTE)),
    EXPECT,
  )
  .map(([text, expect]) => (expect === undefined ? text : `${text} -> ${expect}`));

/** A menu of one actor. `makers`: entries that make what the others name. */
const menuOf = (actor: string, entry: fc.Arbitrary<string>, ...makers: readonly string[]): fc.Arbitrary<string> =>
  fc
    .record({
      times: fc.constantFrom('', ' x1', ' x3'),
      entries: fc.array(entry, { minLength: 1, maxLength: 4 }),
      colon: fc.constantFrom(':', ' : '),
      bar: fc.constantFrom('|', ' | '),
    })
    .map(({ times, entries, colon, bar }) => `any ${actor}${times}${colon}${[...entries, ...makers].join(bar)}`);

/** A child is named once in a text. */
const FORK = 'fork NEW';
const nameForks = (menus: string): string => {
  let n = 0;
  return menus.replaceAll(FORK, () => `fork f${n++}`);
};

const OWN = fc.oneof(line('n = mmap', FILE), line('v = reg_mr n', ACCESS), fc.constantFrom(FORK, 'store own 1 Q', 'load n 0')); // prettier-ignore
const MENUS = fc
  .tuple(
    ...[
      menuOf('app', fc.oneof(LOCAL, OWN), 'own = mmap memfd 2', 'n = mmap A'),
      menuOf('app.2', LOCAL),
      menuOf('c', fc.oneof({ weight: 5, arbitrary: LOCAL }, fc.constant(FORK))),
      menuOf('peer', fc.oneof(REMOTE, fc.constant('complete late')), 'late = post_write mr 1 Q'),
      menuOf('admin', fc.constantFrom('pread Z 0', 'ftruncate A 0', 'kill c', 'sync', FORK, 'unlink Z'), 'create Z'),
    ].map((menu) => fc.option(menu, { nil: '' })),
  )
  .map((menus) => nameForks(menus.filter((menu) => menu !== '').join('\n')));

const ATOM = fc.oneof(
  fc.constantFrom(...PROPERTY_IDS),
  line('file', FILE, '=', fc.constantFrom('ab.d', '""', 'X')),
  line('size', FILE, '=', INDEX),
  line('shared', FILE, INDEX, FILE, INDEX),
  line(fc.constantFrom('hole', 'pinned'), FILE, INDEX),
  line(fc.constantFrom('free', 'zombie'), '=', INDEX),
  fc.constantFrom(
    'mr live',
    'mr revoked',
    'mr destroyed',
    'app idle',
    'admin blocked',
    'app.2 killed',
    'peer idle',
    'c exited',
  ),
);

const { condition: CONDITION } = fc.letrec<{ condition: string }>((tie) => ({
  condition: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    ATOM,
    fc.tuple(tie('condition'), fc.constantFrom('and', 'or'), tie('condition')).map((words) => words.join(' ')),
    tie('condition').map((inner) => `(${inner})`),
    tie('condition').map((inner) => `not (${inner})`),
  ),
}));

const KNOB = fc.constantFrom(...KNOB_NAMES).chain((knob) => {
  const values: readonly string[] = KNOBS[knob];
  return fc.constantFrom(...values).map((v) => `${knob}=${v}`);
});

const OPTION = fc
  .tuple(fc.constantFrom(...PRESET_NAMES), fc.uniqueArray(KNOB, { maxLength: 3, selector: (k) => k.split('=')[0] }))
  .map(([preset, knobs]) => ['option', preset, ...knobs].join(' '));

/** What the file system has: `reflink` a declared clone, `_` an unwritten block. */
const MACHINE = fc.tuple(fc.constantFrom(...FS_TYPES), OPTION).chain(([type, option]) => {
  const device = type === 'device-dax' || option.startsWith('option device-dax');
  const settings = device ? [''] : ['', 'log=async', 'dax=never', 'log=sync dax=always'];
  const b = ['file B x..y', 'file B', ...(device ? [] : ['file B x_.y']), ...(device || type === 'ext4' ? [] : ['file B = reflink A', 'file B = reflink A 1 2'])]; // prettier-ignore
  return fc.record({
    fs: line('fs', type === 'xfs' ? fc.constantFrom('xfs', 'xfs reflink=1') : type, fc.constantFrom(...settings)).map(
      (text) => (device && type === 'xfs' ? 'fs xfs' : text.trimEnd()),
    ),
    option: fc.constant(option),
    b: fc.constantFrom(...b),
  });
});

const HEADER = fc.record({
  kernel: fc.constantFrom(...KERNELS.map((version) => `kernel ${version}`), '# no kernel'),
  machine: MACHINE,
  alloc: fc.constantFrom('alloc lowest', 'alloc any', ''),
  note: fc.constantFrom('note 1 "look"', 'note 2 two words', ''),
  comment: fc.constantFrom('', '  # said aside'),
});

/** What the random part may name: of `c`, everything that `app` has by then. */
const MAKERS = [
  'app m = mmap A', 'app k = mmap B -> ok', 'app mr = reg_mr m remote_read', 'app d = dio_write m 0',
  'app p = vmsplice m 0', 'peer x = post_read mr 0', 'app.2 wait', 'app fork c', 'c fork g', 'g.2 munmap k',
]; // prettier-ignore

/** A text without errors, of everything that the language has. */
export const validScenario: fc.Arbitrary<string> = fc
  .record({
    header: HEADER,
    steps: fc.array(STEP, { maxLength: 30 }),
    menus: fc.oneof(fc.constant(''), MENUS),
    claims: fc.array(line(fc.constantFrom(...QUANTIFIERS), CONDITION), { maxLength: 4 }),
  })
  .map(({ header: { kernel, machine, alloc, note, comment }, steps, menus, claims }) => {
    const { fs, option, b } = machine;
    const head = [`title "random"${comment}`, 'about some words', 'device 24', kernel, fs, option, alloc, note];
    const files = ['file A abcd', b, 'file C', 'proc admin', 'proc app threads=2'];
    return [...head, ...files, ...MAKERS, ...steps, menus, ...claims, ''].join('\n');
  });

const WORDS = [
  ...DIRECTIVES, ...QUANTIFIERS, MENU, ...PRESET_NAMES, ...PROPERTY_IDS, 'app', 'app.2', 'peer',
  'm', 'mr', 'A', 'B', 'abcd', '0', '1', '99999999999', '=', '->', 'blocks,', '(', ')', 'and', 'or', 'not', 'live', '"',
  '"a b"', '#', 'pin.readonly=unshare', 'threads=2', 'private', 'anon', 'memfd', 'x2:', ':', '|', 'c', ...FS_TYPES, ...VERBS, '\u0000', '\r', '\t', 'é', '-1', '',
]; // prettier-ignore

/** Lines of known words in no order. */
export const wordSalad: fc.Arbitrary<string> = fc
  .array(
    fc.array(fc.constantFrom(...WORDS), { maxLength: 8 }).map((words) => words.join(' ')),
    { maxLength: 40 },
  )
  .map((lines) => lines.join('\n'));

/** A valid text with a piece cut out, doubled or replaced. */
export const damagedScenario: fc.Arbitrary<string> = fc
  .tuple(
    validScenario,
    fc.nat(),
    fc.nat({ max: 40 }),
    fc.oneof(fc.constantFrom(...WORDS), fc.string({ unit: 'binary' })),
  )
  .map(([text, at, length, put]) => {
    const from = at % (text.length + 1);
    return text.slice(0, from) + put + text.slice(from + length);
  });

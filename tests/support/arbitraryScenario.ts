// Random scenario texts: valid ones that exercise every verb, and near-misses made of the words of the language.
import fc from 'fast-check';
import { DIRECTIVES, MENU, QUANTIFIERS, RESULT_WORDS, SHAPES } from '../../src/scenario/vocabulary.ts';
import { KNOBS, KNOB_NAMES, PRESET_NAMES } from '../../src/sim/model/knobs.ts';
import { PROPERTY_IDS } from '../../src/sim/model/property.ts';
import { ACCESS_FLAGS } from '../../src/sim/model/op.ts';

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
  line('m = mmap', FILE, fc.constantFrom('', '0 4', 'ro', '0 4 sync', 'rw shared')),
  line('munmap m'),
  line('load m', INDEX),
  line('store m', INDEX, TAG),
  line('pread', FILE, INDEX),
  line('pwrite', FILE, INDEX, TAG),
  line('ftruncate', FILE, INDEX),
  line('fallocate', FILE, fc.constantFrom('alloc', 'punch', 'zero'), INDEX, INDEX),
  line('reflink', FILE, FILE, fc.constantFrom('', '0 1 2')),
  line(fc.constantFrom('create', 'unlink', 'open', 'close', 'fsync'), FILE),
  line('mr = reg_mr m', fc.constantFrom('', '0 4'), ACCESS),
  line('dereg_mr mr'),
  line('d = dio_write m', INDEX),
  line('d = dio_read m', INDEX, TAG),
  line('dio_end d'),
  line('p = vmsplice m', INDEX),
  line(fc.constantFrom('peek p', 'pipe_read p', 'sync', 'wait', 'exit', 'kill admin', 'signal app.2', 'kill app')),
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
  .tuple(fc.oneof({ weight: 4, arbitrary: line(fc.constantFrom('app', 'app.2'), LOCAL) }, line('peer', REMOTE)), EXPECT)
  .map(([text, expect]) => (expect === undefined ? text : `${text} -> ${expect}`));

const ATOM = fc.oneof(
  fc.constantFrom(...PROPERTY_IDS),
  line('file', FILE, '=', fc.constantFrom('ab.d', '""', 'X')),
  line('size', FILE, '=', INDEX),
  line('shared', FILE, INDEX, FILE, INDEX),
  line(fc.constantFrom('hole', 'pinned'), FILE, INDEX),
  line(fc.constantFrom('free', 'zombie'), '=', INDEX),
  fc.constantFrom('mr live', 'mr revoked', 'mr destroyed', 'app idle', 'admin blocked', 'app.2 killed', 'peer idle'),
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

const HEADER = fc.record({
  kernel: fc.constantFrom('kernel 7.0', 'kernel 6.12', '# no kernel'),
  fs: fc.constantFrom('fs xfs', 'fs xfs log=async', 'fs dax=never', ''),
  option: OPTION,
  alloc: fc.constantFrom('alloc lowest', 'alloc any', ''),
  b: fc.constantFrom('file B = reflink A', 'file B = reflink A 1 2', 'file B x_.y', 'file B'),
  comment: fc.constantFrom('', '  # said aside'),
});

/** A text without errors. Whatever it asks for is known to the language and to this build. */
export const validScenario: fc.Arbitrary<string> = fc
  .tuple(HEADER, fc.array(STEP, { maxLength: 30 }), fc.array(line(fc.constantFrom(...QUANTIFIERS), CONDITION), { maxLength: 4 }))
  .map(([{ kernel, fs, option, alloc, b, comment }, steps, claims]) =>
    [
      `title "random"${comment}`, 'device 24', kernel, fs, option, alloc, 'file A abcd', b, 'file C', 'proc admin',
      'app m = mmap A', 'app k = mmap B -> ok', 'app mr = reg_mr m remote_read', 'app d = dio_write m 0',
      'app p = vmsplice m 0', 'peer x = post_read mr 0', 'app.2 wait', ...steps, ...claims, '',
    ].join('\n'),
  ); // prettier-ignore

const WORDS = [
  ...DIRECTIVES, ...QUANTIFIERS, MENU, ...Object.keys(SHAPES), ...PRESET_NAMES, ...PROPERTY_IDS, 'app', 'app.2', 'peer',
  'm', 'mr', 'A', 'B', 'abcd', '0', '1', '99999999999', '=', '->', 'blocks,', '(', ')', 'and', 'or', 'not', 'live', '"',
  '"a b"', '#', 'pin.readonly=unshare', 'threads=2', 'private', 'anon', 'fork', '\u0000', '\r', '\t', 'é', '-1', '',
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

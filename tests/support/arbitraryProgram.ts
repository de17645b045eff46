// Random programs that get somewhere: few names, short files, a device that fills up, and steps that meet each other.
import fc from 'fast-check';

import { KNOBS, KNOB_NAMES, PRESET_NAMES } from '../../src/sim/model/knobs.ts';

import { KERNELS } from '../../src/sim/model/program.ts';

type Text = fc.Arbitrary<string>;

/** One of the words of a template's slots each: `line('store', MAP, INDEX)`. */
const line = (...parts: readonly (string | Text)[]): Text =>
  fc
    .tuple(...parts.map((part) => (typeof part === 'string' ? fc.constant(part) : part)))
    .map((words) => words.filter((word) => word !== '').join(' '));

const one = (...words: readonly string[]): Text => fc.constantFrom(...words);
const FILE = one('A', 'A', 'A', 'B', 'B', 'C', 'D');
const INDEX = one('0', '1', '2', '3');
const LEN = one('1', '2', '4');
const TAG = one('X', 'Y', 'Z', '.');

const FILE_STEP = fc.oneof(
  line('pread', FILE, INDEX),
  line('pwrite', FILE, INDEX, TAG),
  line('pwrite_direct', FILE, INDEX, TAG),
  { weight: 3, arbitrary: line('ftruncate', FILE, one('0', '1', '2', '3', '4', '5')) },
  {
    weight: 3,
    arbitrary: line('fallocate', FILE, one('alloc', 'punch', 'zero', 'collapse', 'insert', 'unshare'), INDEX, LEN),
  },
  { weight: 2, arbitrary: line('reflink', FILE, FILE) },
  line(one('reflink', 'dedupe'), FILE, FILE, INDEX, INDEX, LEN),
  line('setlease', FILE, one('layout', 'exclusive')),
  line('unlease', FILE),
  line('set', FILE, one('immutable', 'swapfile', 'none')),
  line('create', FILE),
  line('unlink', FILE),
  line('open', FILE),
  line('close', FILE),
  line('fsync', FILE),
  one('sync', 'wait'),
);

const ACTOR = one('app', 'app.2', 'db', 'admin', 'kid', 'son');
const FATE_STEP = fc.oneof(
  { weight: 3, arbitrary: line('signal', ACTOR) },
  line('kill', ACTOR),
  line('share_uverbs', ACTOR),
  fc.constant('exit'),
);

const PIPE_STEP = fc.oneof(line('peek', one('p', 'q')), line('pipe_read', one('p', 'q')), line('dio_end', one('d', 'e'))); // prettier-ignore

/** What a process with these mappings does. MRs and DMAs may be met by whoever comes. */
const memoryStep = (map: Text, mr: Text): Text =>
  fc.oneof(
    { weight: 2, arbitrary: line('load', map, INDEX) },
    { weight: 4, arbitrary: line('store', map, INDEX, TAG) },
    line('munmap', map),
    line('madvise', map, one('dontneed', 'dontneed', 'remove'), INDEX, '1'),
    line('msync', map),
    line(mr, '= reg_mr', map, one('remote_read', 'remote_write', 'local_write', 'on_demand remote_read', 'on_demand remote_write')), // prettier-ignore
    line('rereg_mr', mr, one('remote_read', 'remote_write')),
    { weight: 2, arbitrary: line('dereg_mr', mr) },
    line(one('d =', 'e ='), 'dio_write', map, INDEX),
    line(one('d =', 'e ='), 'dio_read', map, INDEX, TAG),
    line(one('p =', 'q ='), 'vmsplice', map, INDEX),
  );

const MR = one('mr', 'ro', 'od', 'w');
const PEER_STEP = fc.oneof(
  line('rdma_read', MR, INDEX),
  line('rdma_write', MR, INDEX, TAG),
  line(one('x =', 'y ='), 'post_read', MR, INDEX),
  line(one('x =', 'y ='), 'post_write', MR, INDEX, TAG),
  { weight: 2, arbitrary: line('complete', one('x', 'y')) },
);

const by = (actor: Text, step: Text): Text => line(actor, step);
const STEP = fc.oneof(
  {
    weight: 5,
    arbitrary: by(one('app', 'app.2'), memoryStep(one('m', 'm', 'k', 'v', 'v', 'a', 'h'), one('mr', 'ro', 'od'))),
  },
  { weight: 3, arbitrary: by(one('kid', 'son'), memoryStep(one('m', 'v', 'v', 'a', 'h'), one('mr', 'ro', 'od'))) },
  { weight: 2, arbitrary: by(fc.constant('app'), line('m = mmap', FILE, one('0 4', '0 4', '0 4 ro', '1 4'))) },
  { weight: 3, arbitrary: by(fc.constant('db'), memoryStep(one('m', 'n'), fc.constant('w'))) },
  { weight: 6, arbitrary: by(one('admin', 'admin', 'app', 'app.2', 'db', 'kid'), FILE_STEP) },
  { weight: 3, arbitrary: by(fc.constant('peer'), PEER_STEP) },
  { weight: 2, arbitrary: by(one('app', 'db', 'admin'), PIPE_STEP) },
  { weight: 1, arbitrary: by(ACTOR, FATE_STEP) },
);

const KNOB = fc.constantFrom(...KNOB_NAMES).chain((knob) => {
  const values: readonly string[] = KNOBS[knob];
  return fc.constantFrom(...values).map((value) => `${knob}=${value}`);
});

const OPTION = fc
  .tuple(
    fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom(...PRESET_NAMES) },
      fc.constantFrom('wait', 'unprotected', 'deferred-free'),
    ),
    fc.uniqueArray(KNOB, { maxLength: 3, selector: (knob) => knob.split('=')[0] }),
  )
  .map(([preset, knobs]) => ['option', preset, ...knobs].join(' '));

const HEADER = fc.record({
  kernel: fc.constantFrom(...KERNELS),
  dax: fc.oneof({ weight: 4, arbitrary: fc.constant('always') }, fc.constant('never')),
  log: one('sync', 'async'),
  reflink: fc.oneof({ weight: 6, arbitrary: fc.constant('1') }, fc.constant('0')),
  option: OPTION,
  alloc: one('lowest', 'lowest', 'any'),
  type: one('xfs', 'xfs', 'xfs', 'ext4'),
  spare: fc.integer({ min: 0, max: 8 }),
  b: one('= reflink A', '= reflink A', '= reflink A 1 2', 'x_.y', ''),
});

/**
 * A text may only use names that an earlier line makes, so each is made once before the random part. Whether that works
 * is open: `z` maps a file that is gone again, and nothing comes of what is made with it.
 */
const MAKERS: readonly Text[] = [
  one('admin create D'),
  one('admin unlink D'),
  one('app z = mmap D 0 4'),
  one('app m = mmap A 0 4', 'app m = mmap A 0 4', 'app m = mmap A 0 4', 'app m = mmap A 0 4 ro', 'app m = mmap D 0 4'),
  one('app k = mmap B 0 4', 'app k = mmap A 1 4'),
  one('db m = mmap A 0 4', 'db m = mmap B 0 4', 'db m = mmap D 0 4'),
  one('db n = mmap C 0 4', 'db n = mmap B 0 4', 'db n = mmap A 0 4'),
  one('app v = mmap A 0 4 private', 'app v = mmap B 0 4 private', 'app v = mmap A 0 4 ro private'),
  one('app a = mmap anon 4', 'app a = mmap anon 4', 'app a = mmap anon 4 ro'),
  one('app h = mmap memfd 4'),
  line('app store', one('v', 'a', 'h'), INDEX, TAG),
  one('app fork kid', 'app store v 0 X\napp fork kid', 'app.2 fork kid'),
  fc.oneof(
    { weight: 5, arbitrary: one('app mr = reg_mr a remote_read', 'app mr = reg_mr v remote_write', 'app mr = reg_mr m remote_write', 'app mr = reg_mr m remote_write', 'app mr = reg_mr k remote_write', 'app mr = reg_mr k remote_read') },
    one('app mr = reg_mr z remote_read', 'app mr = reg_mr m 1 2 remote_write\napp mr = reg_mr m remote_read'),
  ),
  one('app ro = reg_mr m remote_read', 'app ro = reg_mr k remote_read', 'app ro = reg_mr z remote_read'),
  one('app od = reg_mr m on_demand remote_read', 'app od = reg_mr m on_demand remote_write', 'app od = reg_mr z on_demand'),
  one('db w = reg_mr m remote_write', 'db w = reg_mr n remote_read'),
  line('app d = dio_write', one('m', 'z'), INDEX),
  line('app e = dio_read', one('m', 'a', 'z', 'z'), INDEX, TAG),
  line('app p = vmsplice', one('m', 'a', 'z', 'z'), INDEX),
  line('app q = vmsplice', one('m', 'v', 'z', 'z'), INDEX),
  one('app fork son', 'kid fork son'),
  line('peer x = post_read', MR, INDEX),
  line('peer y = post_write', MR, INDEX, TAG),
]; // prettier-ignore

/** Texts that load. Verbs, knobs and devices of all kinds; a peer, five processes, two of them forked, one with two threads. */
export const randomScenario = (maxSteps: number): Text =>
  fc
    .tuple(HEADER, fc.tuple(...MAKERS), fc.array(STEP, { minLength: 1, maxLength: maxSteps, size: 'max' }))
    .map(([header, makers, steps]) => {
      const { kernel, dax, log, type, option, alloc, spare, b } = header;
      const hasReflink = header.reflink === '1' && type === 'xfs' && !option.startsWith('option device-dax');
      const twin = hasReflink || b === '' ? b : 'wxyz';
      const blocks = 6 + (twin === 'x_.y' ? 3 : twin === 'wxyz' ? 4 : 0) + spare;
      const head = [`device ${blocks}`, `fs ${type}${type === 'xfs' ? ` reflink=${header.reflink}` : ''} dax=${dax} log=${log}`, `kernel ${kernel}`, option, `alloc ${alloc}`]; // prettier-ignore
      const files = ['file A abcd', `file B ${twin}`.trimEnd(), 'file C zz', 'proc admin', 'proc app threads=2'];
      return ['title "random"', ...head, ...files, ...makers, ...steps, ''].join('\n');
    });

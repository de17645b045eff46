// Random worlds small enough to be searched whole, in which pins, shared blocks and the allocator meet.
import fc from 'fast-check';
import { KNOBS, KNOB_NAMES, PRESET_NAMES } from '../../src/sim/model/knobs.ts';
import { KERNELS } from '../../src/sim/model/program.ts';

const LOCAL = [
  'store m 0 X', 'store m 1 Y', 'load m 1', 'mr = reg_mr m remote_read', 'mr = reg_mr m local_write remote_write', 'mr = reg_mr m local_write remote_write on_demand',
  'dereg_mr mr', 'munmap m', 'm = mmap A', 'd = dio_read m 0 Z', 'd = dio_write m 0', 'dio_end d', 'p = vmsplice m 0', 'pipe_read p', 'ftruncate A 1', 'unlease A', 'exit',
]; // prettier-ignore
const ADMIN = [
  'ftruncate A 0', 'ftruncate A 3', 'fallocate A punch 0 1', 'fallocate A zero 0 2', 'fallocate A alloc 0 3', 'fallocate A unshare 0 1', 'reflink A B', 'reflink B A', 'pwrite A 0 X',
  'pwrite A 2 Y', 'unlink A', 'fsync A', 'sync', 'kill app', 'signal app',
]; // prettier-ignore
const PEER = ['rdma_read mr 0', 'rdma_write mr 0 Z', 'x = post_write mr 1 Z', 'x = post_read mr 0', 'complete x'];
const CLAIMS = ['exists S2', 'forbid S1 or S5a', 'always not L1', 'exists L2 and not S6', 'exists shared A 0 B 0', 'always free = 2', 'forbid zombie = 1', 'exists pinned A 0']; // prettier-ignore

/** A menu has to make the names that it speaks of. */
const MAKES: readonly (readonly [RegExp, string])[] = [
  [/\b(dereg_mr|rdma_read|rdma_write|post_\w+) mr/, 'mr = reg_mr m remote_read'],
  [/\bdio_end d/, 'd = dio_write m 0'],
  [/\bpipe_read p/, 'p = vmsplice m 0'],
  [/\bcomplete x/, 'x = post_read mr 0'],
];

function withMakers(own: readonly string[], named: readonly string[]): readonly string[] {
  const needed = MAKES.flatMap(([name, maker]) =>
    named.some((entry) => name.test(entry) && !own.includes(maker)) ? [maker] : [],
  );
  return [...new Set([...own, ...needed])];
}

const some = (of: readonly string[], most: number): fc.Arbitrary<string[]> =>
  fc.uniqueArray(fc.constantFrom(...of), { minLength: 1, maxLength: most });

const KNOB = fc.constantFrom(...KNOB_NAMES).chain((knob) => {
  const values: readonly string[] = KNOBS[knob];
  return fc.constantFrom(...values).map((value) => `${knob}=${value}`);
});

/** `times`: operations of each, at most. */
export const smallWorld = (times = 2): fc.Arbitrary<string> =>
  fc
    .record({
      kernel: fc.constantFrom(...KERNELS),
      preset: fc.oneof({ weight: 2, arbitrary: fc.constantFrom('wait', 'unprotected', 'deferred-free') }, fc.constantFrom(...PRESET_NAMES.filter((name) => name !== 'device-dax'))),
      knobs: fc.uniqueArray(KNOB, { maxLength: 2, selector: (knob) => knob.split('=')[0] }),
      blocks: fc.integer({ min: 3, max: 6 }),
      log: fc.constantFrom('sync', 'sync', 'async'),
      dax: fc.constantFrom('always', 'always', 'always', 'never'),
      b: fc.constantFrom('file B = reflink A 0 1', 'file B = reflink A 0 1', 'file B'),
      local: some(LOCAL, 4),
      admin: some(ADMIN, 3),
      peer: some(PEER, 2),
      uses: fc.tuple(fc.integer({ min: 1, max: times }), fc.integer({ min: 1, max: times }), fc.constantFrom(0, 1)),
      claims: some(CLAIMS, 3),
    })
    .map(({ kernel, preset, knobs, blocks, log, dax, b, local, admin, peer, uses: [apps, admins, peers], claims }) => {
      const far = peers === 0 ? [] : withMakers(peer, peer).filter((entry) => !entry.includes('reg_mr'));
      return [
        'title "small"', `device ${blocks}`, `fs xfs dax=${dax} log=${log}`, `kernel ${kernel}`, ['option', preset, ...knobs].join(' '), 'alloc any', 'file A ab', b, 'app m = mmap A',
        ...(preset.startsWith('lease') ? ['app setlease A layout'] : []),
        `any app x${apps}: ${withMakers(local, [...local, ...far.filter((entry) => / mr /.test(entry)).map(() => 'rdma_read mr')]).join(' | ')}`,
        `any admin x${admins}: ${admin.join(' | ')}`,
        ...(far.length === 0 ? [] : [`any peer x1: ${far.join(' | ')}`]),
        ...claims,
        '',
      ].join('\n');
    }); // prettier-ignore

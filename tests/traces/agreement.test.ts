// The model under its 6.12 profile against recordings of a real kernel: see README.md here.
import { describe, expect, test } from 'vitest';
import type { World } from '../../src/sim/apply.ts';
import type { KnobName, Knobs } from '../../src/sim/model/knobs.ts';
import { KERNEL_PROFILES, type KernelProfile } from '../../src/sim/policies/kernel.ts';
import { LOAD, STORE } from '../../src/sim/ops/faults.ts';
import { PREAD, PWRITE } from '../../src/sim/ops/fileOps.ts';
import { LAYOUT } from '../../src/sim/ops/layoutOps.ts';
import { go } from '../../src/sim/ops/machine.ts';
import { runToEnd } from '../../src/sim/run.ts';
import { readTrace, traceFiles, type Trace, type TraceExtent, type TraceStep } from '../support/trace.ts';
import { compareTrace, type Comparison, type Difference } from '../support/traceCompare.ts';
import { translate } from '../support/traceProgram.ts';
import { play } from '../support/traceRun.ts';

/** `6.12 xfs-dax E01`: what the tests call a recording. */
const nameOf = (file: string): string => file.replace(/^(\d+\.\d+)[^_]*__(.*)__(.*)\.json$/, '$1 $2 $3');
const traces = new Map(traceFiles().map((file) => [nameOf(file), readTrace(file)]));

function traceOf(name: string): Trace {
  const found = traces.get(name);
  if (found === undefined) throw new Error(`no recording ${name}`);
  return found;
}

const named = (env: string, ids: string): readonly string[] => ids.split(' ').map((id) => `${env} ${id}`);

/** Everything that was recorded, in every step. */
const REPRODUCED = [
  ...named('6.12 xfs-dax', 'E01 E02 E03 E04 E05 E08 E09 E10 E14 E17 E19'),
  ...named('6.12 xfs-dax', 'P01 P02 P03 P04 P05 P06a P07 P08 P09 P11 P11b P12 P13 P15b P16 P16b P18 P19 P20 P27 P29'),
  ...named('6.12 xfs-dax', 'R01 R10 R11 R13'),
  ...named('6.12 xfs-dax-noreflink', 'E01 E03 E04 E14 P01 P02 P03 P05 P11 P12'),
  ...named('6.12 xfs-pc', 'E01 E09 E14 P01 P04 P05 P07 P08 P09 P11 P11b P12 P15b P16b P18 P27 P29 R01'),
  ...named('6.1 xfs-pc', 'E03 E04 E05 E10 E17 P02 P03 P06a P13 P16 P19 R11 R13'),
];

/** From this step on the recorded page cache has a folio of several pages: only results and values are compared. */
const REPRODUCED_PAGE_BY_PAGE = new Map([
  ['6.12 xfs-pc R10', 16],
  ['6.1 xfs-pc E02', 6],
  ['6.1 xfs-pc E08', 22],
  ['6.1 xfs-pc E19', 7],
  ['6.1 xfs-pc P20', 6],
]);

/** Recordings of something else, to see that it is noticed: the first step that differs, and in what. */
const OTHERWISE = new Map([
  // 6.1: a load of a shared block leaves the PTEs of the file's other mappings alone.
  ['6.1 xfs-dax E08', '12 m1, page 0'],
  // 6.1: a COW break by pwrite leaves PTE and DAX entry on the old block.
  ['6.1 xfs-dax E09', '8 m1, page 1'],
  // 6.1: the waiter is not woken when O_DIRECT ends.
  ['6.1 xfs-dax P18', '8 size of A'],
  // 6.1: a longterm write pin of a page-cache file is admitted.
  ['6.1 xfs-pc R01', '8 ibv_reg_mr'],
  // 6.1: truncate writes back the page at the new end (xfs_setattr_size; gone in 6.12).
  ['6.1 xfs-pc R10', '12 content of B1'],
  // 6.12 works in large folios: a pinned one is zeroed in place.
  ['6.12 xfs-pc P02', '8 value of peekPipe(tee)'],
]);

const firstDifference = ({ status, ...rest }: Comparison): string =>
  'differences' in rest ? rest.differences.slice(0, 1).map(({ n, what }) => `${n} ${what}`).join('') : status; // prettier-ignore

test('every recording here has its row', () => {
  expect([...REPRODUCED, ...REPRODUCED_PAGE_BY_PAGE.keys(), ...OTHERWISE.keys()].sort()).toEqual([...traces.keys()].sort()); // prettier-ignore
});

describe('reproduced', () => {
  test.each(REPRODUCED.map((name) => [name, traceOf(name).title]))('%s: %s', (name) => {
    const trace = traceOf(name);
    expect(compareTrace(trace)).toEqual({ status: 'reproduced', statesTo: trace.steps.length });
  });

  test.each([...REPRODUCED_PAGE_BY_PAGE].map(([name, folio]) => [name, traceOf(name).title, folio] as const))(
    '%s: %s, its states before step %i',
    (name, _title, folio) => {
      expect(compareTrace(traceOf(name))).toEqual({ status: 'reproduced', statesTo: folio - 1 });
    },
  );

  // Which block was free decides what a pipe reads of a freed one: there only the recorded choice can be compared.
  const kindOf = (result: string | undefined): string | undefined => (result?.length === 1 ? 'a tag' : result);

  test.each([...traces])('%s: the player comes to the same results', (_name, trace) => {
    const translated = translate(trace);
    if (!translated.ok) throw new Error(translated.reason);
    const { program, parts } = translated;
    const { endings } = play({ program, kernel: KERNEL_PROFILES[program.kernel] }, parts);
    const { steps } = runToEnd(program).outline;
    expect(steps.map(({ result, eventually }) => kindOf(result === 'blocks' ? eventually : result))).toEqual(
      endings.map((ending) => kindOf(ending?.result)),
    );
  });
});

test.each([...OTHERWISE])('%s is not what the model does: %s', (name, difference) => {
  expect(firstDifference(compareTrace(traceOf(name)))).toBe(difference);
});

describe('a wrong rule is noticed', () => {
  test.each<[Partial<KernelProfile>, string, string]>([
    [{ scanNeedsMapping: false }, '6.12 xfs-dax P11', '8 ftruncate'],
    [{ evictWaits: true }, '6.12 xfs-dax P12', '9 unlink'],
  ])('kernel %o: %s', (flags, name, difference) => {
    const plant = (world: World): World => ({ ...world, kernel: { ...world.kernel, ...flags } });
    expect(firstDifference(compareTrace(traceOf(name), plant))).toBe(difference);
  });

  test.each<[KnobName, Knobs[KnobName], string, string]>([
    ['layout.scope', 'range', '6.12 xfs-dax P03', '7 fallocate'],
    ['layout.onPin', 'ignore', '6.12 xfs-dax P01', '7 ftruncate'],
    ['layout.onPin', 'etxtbsy', '6.12 xfs-dax P01', '7 ftruncate'],
    ['reflink.onPin', 'allow', '6.12 xfs-dax P13', '8 clonerange'],
    ['reflink.onPin', 'etxtbsy', '6.12 xfs-dax P13', '8 clonerange'],
    ['free.onPin', 'defer', '6.12 xfs-dax P12', '14 C[1]'],
    ['write.onPin', 'wait', '6.12 xfs-dax P16', '11 store'],
    ['write.onPin', 'fail', '6.12 xfs-dax P16', '11 store'],
    ['pin.readonly', 'unshare', '6.12 xfs-dax P16', '10 A[0]'],
    ['pin.longterm', 'allow', '6.12 xfs-dax R01', '5 ibv_reg_mr'],
    ['hw.odp', 'on', '6.12 xfs-dax R01', '17 ibv_reg_mr'],
    ['fs.reflink', 'off', '6.12 xfs-dax E08', '9 clonerange'],
    ['fs.punch', 'off', '6.12 xfs-dax E04', '7 fallocate'],
    ['fs.shrink', 'etxtbsy', '6.12 xfs-dax E03', '8 ftruncate'],
  ])('%s=%s: %s', (knob, value, name, difference) => {
    const plant = ({ program, kernel }: World): World => {
      const knobs = { ...program.option.knobs, [knob]: value };
      return { kernel, program: { ...program, option: { ...program.option, knobs } } };
    };
    expect(firstDifference(compareTrace(traceOf(name), plant))).toBe(difference);
  });

  /** Puts handlers of our own into a procedure for as long as a recording runs. */
  const planted =
    <P extends object>(procedure: P, handlers: Partial<P>) =>
    (trace: Trace): Comparison => {
      const before = { ...procedure };
      Object.assign(procedure, handlers);
      try {
        return compareTrace(trace);
      } finally {
        Object.assign(procedure, before);
      }
    };

  test.each<[string, (trace: Trace) => Comparison, string, string]>([
    ['a load of a shared block zaps nothing', planted(LOAD, { sharedZap: (c) => go(c, 'block') }), '6.12 xfs-dax E08', '12 m1, page 0'],
    ['a COW break by store zaps nothing', planted(STORE, { c2: (c) => go(c, 'c3') }), '6.12 xfs-dax E08', '14 m2, page 1'],
    ['a COW break by store leaves the DAX entry', planted(STORE, { c3: (c) => go(c, 'c4') }), '6.12 xfs-dax P16', '20 ftruncate'],
    ['a store into a hole zaps no zero page', planted(STORE, { zap: (c) => go(c, 'entry') }), '6.12 xfs-dax E19', '7 m2, page 1'],
    ['pwrite zaps nothing', planted(PWRITE, { zap: (c, f) => go(c, f.y < 0 ? 'write' : 'copy') }), '6.12 xfs-dax E09', '8 m1, page 1'],
    ['a layout operation zaps nothing', planted(LAYOUT, { t3: (c) => go(c, 't4') }), '6.12 xfs-dax E03', '8 m1, page 0'],
    ['a layout operation removes nothing', planted(LAYOUT, { t6: (c) => go(c, 't7') }), '6.12 xfs-dax E03', '8 A[2]'],
    ['pread reads zeroes', planted(PREAD, { read: (c) => go(c, 'unlock', { ret: '.' }) }), '6.12 xfs-dax E01', '7 value of pread'],
  ])('%s', (_rule, compare, name, difference) => {
    expect(firstDifference(compare(traceOf(name)))).toBe(difference);
  }); // prettier-ignore
});

describe('anything recorded otherwise is noticed', () => {
  const alter = (trace: Trace, n: number, change: (step: TraceStep) => Partial<TraceStep>): Trace => ({
    ...trace,
    steps: trace.steps.map((step) => (step.n === n ? { ...step, ...change(step) } : step)),
  });

  const extents =
    (file: string, change: (extent: TraceExtent) => Partial<TraceExtent>) =>
    ({ obs }: TraceStep): Partial<TraceStep> => {
      const { sizeBytes = 0, extents: before = [] } = obs.files[file] ?? {};
      const after = { sizeBytes, extents: before.map((extent) => ({ ...extent, ...change(extent) })) };
      return { obs: { ...obs, files: { ...obs.files, [file]: after } } };
    };

  const page =
    (map: string, at: number, frame: string | undefined) =>
    ({ obs }: TraceStep): Partial<TraceStep> => {
      const { file = '', firstBlock = 0, pages: before = [] } = obs.mmapFrames[map] ?? {};
      const pages = before.map((was, i) => (i === at ? frame : was));
      return { obs: { ...obs, mmapFrames: { ...obs.mmapFrames, [map]: { file, firstBlock, pages } } } };
    };

  const size = ({ obs }: TraceStep): Partial<TraceStep> => ({
    obs: { ...obs, files: { A: { ...obs.files['A'], sizeBytes: 5 * 4096 } } },
  });

  test.each<[string, string, number, (step: TraceStep) => Partial<TraceStep>, string]>([
    ['a result', '6.12 xfs-dax E03', 9, () => ({ result: 'SIGBUS' }), 'load'],
    ['a value', '6.12 xfs-dax E01', 7, () => ({ value: 'abcd' }), 'value of pread'],
    ['no wait', '6.12 xfs-dax P01', 7, () => ({ result: 'ok' }), 'ftruncate'],
    ['a wait', '6.12 xfs-dax P11', 8, () => ({ result: 'BLOCKED' }), 'ftruncate'],
    ['another kind of sleep', '6.12 xfs-dax P07', 12, () => ({ taskState: 'S' }), 'task state'],
    ['a sleep elsewhere', '6.12 xfs-dax P07', 7, () => ({ kernelStack: ['xfs_ilock'] }), 'waits for'],
    ['how a wait ended', '6.12 xfs-dax P08', 8, () => ({ result: 'ok' }), 'return'],
    ['a size', '6.12 xfs-dax E01', 4, size, 'size of A'],
    ['a flag SHARED', '6.12 xfs-dax E10', 13, extents('B', () => ({ flags: ['SHARED'] })), 'B[0]'],
    ['no flag UNWRITTEN', '6.12 xfs-dax E02', 5, extents('A', () => ({ flags: [] })), 'A[0]'],
    ['blocks in another order', '6.12 xfs-dax E04', 5, extents('A', ({ physical = [] }) => ({ physical: [...physical].reverse() })), 'A[0]'],
    ['blocks elsewhere', '6.12 xfs-dax E04', 5, extents('A', ({ logical }) => ({ logical: logical + 1 })), 'A[0]'],
    ['no PTE', '6.12 xfs-dax E04', 6, page('m1', 3, undefined), 'm1, page 3'],
    ['a PTE', '6.12 xfs-dax E04', 7, page('m1', 0, 'B1'), 'm1, page 0'],
    ['a PTE of another block', '6.12 xfs-dax E08', 14, page('m1', 1, 'B2'), 'm1, page 1'],
    ['a PTE of no zero page', '6.12 xfs-dax E19', 5, page('m1', 0, 'F1'), 'm1, page 0'],
    ['another frame of the page cache', '6.1 xfs-pc R11', 14, page('m1', 0, 'F1'), 'm1, page 0'],
    ['what a block holds', '6.12 xfs-dax P29', 14, ({ obs }) => ({ obs: { ...obs, blockContent: { ...obs.blockContent, B2: 'Z' } } }), 'content of B2'],
  ])('%s', (_what, name, n, change, difference) => {
    const compared = compareTrace(alter(traceOf(name), n, change));
    const found: readonly Difference[] = compared.status === 'differs' ? compared.differences : [];
    expect(found[0]).toMatchObject({ n, what: difference });
  }); // prettier-ignore
});

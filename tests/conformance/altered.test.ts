// Recordings with one thing changed: whatever was recorded otherwise is noticed, at that step.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compare, prepare, type Comparison } from '../../src/conformance/compare.ts';
import type { RecordedExtent, RecordedStep, Recording } from '../../src/conformance/recording.ts';
import { packedRecordings, recordingNamed } from '../support/recordingPack.ts';

type Change = (step: RecordedStep) => Partial<RecordedStep>;

const alter = (recording: Recording, n: number, change: Change): Recording => ({
  ...recording,
  steps: recording.steps.map((step) => (step.n === n ? { ...step, ...change(step) } : step)),
});

const withEntry = <V>(map: ReadonlyMap<string, V>, key: string, value: V): ReadonlyMap<string, V> =>
  new Map([...map, [key, value]]);

const extents =
  (file: string, change: (extent: RecordedExtent) => Partial<RecordedExtent>): Change =>
  ({ obs }) => {
    const { sizeBytes = 0, extents: before = [] } = obs.files.get(file) ?? {};
    const after = { sizeBytes, extents: before.map((extent) => ({ ...extent, ...change(extent) })) };
    return { obs: { ...obs, files: withEntry(obs.files, file, after) } };
  };

const page =
  (map: string, at: number, frame: string | undefined): Change =>
  ({ obs }) => {
    const seen = obs.mmapFrames.get(map) ?? { firstBlock: 0, pages: [] };
    const pages = seen.pages.map((was, i) => (i === at ? frame : was));
    return { obs: { ...obs, mmapFrames: withEntry(obs.mmapFrames, map, { ...seen, pages }) } };
  };

const size: Change = ({ obs }) => ({
  obs: { ...obs, files: withEntry(obs.files, 'A', { ...obs.files.get('A'), sizeBytes: 5 * 4096 }) },
});
const content = (block: string, tag: string): Change => ({ obs }) => ({ obs: { ...obs, blockContent: withEntry(obs.blockContent, block, tag) } }); // prettier-ignore
const reversed = ({ physical = [] }: RecordedExtent): Partial<RecordedExtent> => ({ physical: [...physical].reverse() }); // prettier-ignore

const compared = (recording: Recording): Comparison => compare(prepare(recording));

describe('noticed at its step', () => {
  test.each<[string, string, number, Change, string]>([
    ['a result', '6.12 xfs-dax E03', 9, () => ({ result: 'SIGBUS' }), 'load'],
    ['another errno', '6.12 xfs-dax R01', 5, () => ({ result: 'EFAULT' }), 'ibv_reg_mr'],
    ['a value', '6.12 xfs-dax E01', 7, () => ({ value: 'abcd' }), 'value of pread'],
    ['what RDMA read', '6.1 xfs-dax R20', 14, () => ({ value: 'P' }), 'value of rdmaRead'],
    ['what io_uring wrote out', '6.1 xfs-dax L16', 16, () => ({ value: 'd' }), 'value of uringWriteFixed(dump pinned page)'],
    ['what a child reads', '6.12 xfs-dax R14', 7, () => ({ value: 'b' }), 'value of load'],
    ['a signal nobody got', '6.12 xfs-dax E03', 9, () => ({ sigbus: true }), 'SIGBUS at load'],
    ['no wait', '6.12 xfs-dax P01', 7, () => ({ result: 'ok' }), 'ftruncate'],
    ['a wait', '6.12 xfs-dax P11', 8, () => ({ result: 'BLOCKED' }), 'ftruncate'],
    ['another kind of sleep', '6.12 xfs-dax P07', 12, () => ({ taskState: 'S' }), 'task state'],
    ['a sleep elsewhere', '6.12 xfs-dax P07', 7, () => ({ kernelStack: ['xfs_ilock'] }), 'waits for'],
    ['a sleep on a lock of ext4', '6.12 ext4-dax P07', 7, () => ({ kernelStack: ['ext4_fallocate'] }), 'waits for'],
    ['a wait for a lease that is one for a pin', '6.12 xfs-dax E20', 5, () => ({ kernelStack: ['xfs_break_dax_layouts'] }), 'waits for'],
    ['how a wait ended', '6.12 xfs-dax P08', 8, () => ({ result: 'ok' }), 'return'],
    ['a lease that held', '6.1 xfs-pc E20', 7, () => ({ result: 'ok' }), 'setlease'],
    ['a swap file that can be truncated', '6.12 xfs-pc E22', 4, () => ({ result: 'ok' }), 'ftruncate'],
    ['a swap file on DAX', '6.12 xfs-dax E22', 3, () => ({ result: 'ok' }), 'swapon'],
    ['device-dax that can be truncated', '6.12 xfs-dax R03', 28, () => ({ result: 'ok' }), 'ftruncate devdax'],
    ['a size', '6.12 xfs-dax E01', 4, size, 'size of A'],
    ['a flag SHARED', '6.12 xfs-dax E10', 13, extents('B', () => ({ flags: ['SHARED'] })), 'B[0]'],
    ['no flag UNWRITTEN', '6.12 xfs-dax E02', 5, extents('A', () => ({ flags: [] })), 'A[0]'],
    ['no flag UNWRITTEN on ext4', '6.12 ext4-dax E05', 8, extents('A', () => ({ flags: [] })), 'A[2]'],
    ['blocks in another order', '6.12 xfs-dax E04', 5, extents('A', reversed), 'A[0]'],
    ['blocks elsewhere', '6.12 xfs-dax E04', 5, extents('A', ({ logical }) => ({ logical: logical + 1 })), 'A[0]'],
    ['no PTE', '6.12 xfs-dax E04', 6, page('m1', 3, undefined), 'm1, page 3'],
    ['a PTE', '6.12 xfs-dax E04', 7, page('m1', 0, 'B1'), 'm1, page 0'],
    ['a PTE of another block', '6.12 xfs-dax E08', 14, page('m1', 1, 'B2'), 'm1, page 1'],
    ['a PTE of no zero page', '6.12 xfs-dax E19', 5, page('m1', 0, 'F1'), 'm1, page 0'],
    ['a private copy that is none', '6.12 xfs-dax E15', 8, page('v1', 1, 'B2'), 'v1, page 1'],
    ['a private copy that is another', '6.12 xfs-dax E15', 9, page('v1', 1, 'F9'), 'v1, page 1'],
    ['another frame of the page cache', '6.1 xfs-pc R11', 14, page('m1', 0, 'F1'), 'm1, page 0'],
    ['what a block holds', '6.12 xfs-dax P29', 14, content('B2', 'Z'), 'content of B2'],
    ['what a block of the page cache holds', '6.1 xfs-pc P16', 17, content('B1', 'X'), 'content of B1'],
  ])('%s: %s', (_what, name, n, change, difference) => {
    const found = compared(alter(recordingNamed(name), n, change));
    const [first] = found.status === 'differs' ? found.differences : [];
    expect(first).toMatchObject({ n, what: difference });
  }); // prettier-ignore
});

const inScope = packedRecordings().filter((recording) => compared(recording).status === 'reproduced');
const SEED = 20_260;

/** Steps whose result is the model's to give, in recordings that are reproduced. */
const anyStep = fc.constantFrom(...inScope).chain((recording) => fc.constantFrom(...recording.steps).map((step) => ({ recording, step }))); // prettier-ignore

test(`another result is noticed at any step (seed ${SEED})`, () => {
  fc.assert(
    fc.property(anyStep, ({ recording, step }) => {
      const other = step.result === 'ok' ? 'EIO' : 'ok';
      return compared(alter(recording, step.n, () => ({ result: other }))).status !== 'reproduced';
    }),
    { seed: SEED, numRuns: 150 },
  );
});

test(`under DAX another block behind a page is noticed at any step (seed ${SEED})`, () => {
  const mapped = anyStep.filter(({ recording, step }) => recording.dax && [...step.obs.mmapFrames.values()].some(({ pages }) => pages.some((frame) => frame?.startsWith('B')))); // prettier-ignore
  fc.assert(
    fc.property(mapped, ({ recording, step }) => {
      const [map = '', seen] = [...step.obs.mmapFrames].find(([, { pages }]) => pages.some((frame) => frame?.startsWith('B'))) ?? []; // prettier-ignore
      const at = seen?.pages.findIndex((frame) => frame?.startsWith('B')) ?? 0;
      return compared(alter(recording, step.n, page(map, at, 'B99'))).status === 'differs';
    }),
    { seed: SEED, numRuns: 150 },
  );
});

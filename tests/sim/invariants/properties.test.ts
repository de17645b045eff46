// Each property has a case that breaks it and one, as near as can be, that does not: semantics §4.
import { describe, expect, test } from 'vitest';
import type { PropertyId } from '../../../src/sim/model/property.ts';
import { play } from '../../support/play.ts';

const ids = (violated: string): readonly string[] => (violated === '' ? [] : violated.split(' '));

/** Broken by `bad`, and not by `good`. */
type Pair = readonly [name: string, id: PropertyId, bad: string, good: string];

const A = 'file A abcd; file B = reflink A; file H a._d; p m = mmap A';
const OPEN = `option unprotected; ${A}`;
const WAIT = `option wait; ${A}`;
const R = 'p r = reg_mr m remote_read';
const W = 'p w = reg_mr m remote_write';

const PAIRS: readonly Pair[] = [
  ['an MR over a freed block', 'S1', `${OPEN}; ${W}; q ftruncate A 1`, `${OPEN}; ${W}; p dereg_mr w; q ftruncate A 1`],
  ['one whose blocks have another owner still', 'S1', `${OPEN}; ${R}; q ftruncate A 1; q ftruncate B 0`, `${OPEN}; ${R}; q ftruncate A 1`],
  ['freed and busy', 'S1', `fs xfs log=async; ${OPEN}; ${W}; q ftruncate A 1`, `fs xfs log=async; ${WAIT}; ${W}; q ftruncate A 4`],
  ['a zombie is not free', 'S1', `${OPEN}; ${W}; q ftruncate A 1`, `option deferred-free; ${A}; ${W}; q ftruncate A 1`],
  ['O_DIRECT in flight is DMA, a pipe is not', 'S1', `${OPEN}; p d = dio_read m 3 X; q ftruncate A 1`, `${OPEN}; p pwrite A 3 Y; p s = vmsplice m 3; q ftruncate A 1`],
  ['an on-demand MR holds no freed block', 'S1', `${OPEN}; ${W}; q ftruncate A 1`, `${OPEN}; p w = reg_mr m on_demand remote_write; peer rdma_write w 3 X; q ftruncate A 1`],
  ['given to another file', 'S2', `${OPEN}; ${W}; q fallocate A punch 0 1; q pwrite H 1 Z`, `${OPEN}; ${W}; q fallocate A punch 0 1; q pwrite A 0 Z`],
  ['left behind to a sibling by a COW break', 'S2', `${WAIT}; ${R}; p store m 1 X`, `${WAIT}; p n = mmap B; p r = reg_mr n remote_read; p store m 1 X`],
  ['a pipe too', 'S2', `option mainline; ${A}; p s = vmsplice m 1; p store m 1 X`, `option mainline; ${A}; p s = vmsplice m 1; p pipe_read s; p store m 1 X`],
  ['its file is gone', 'S2', `kernel 6.12; ${WAIT}; ${R}; p munmap m; q unlink A`, `kernel 6.12; ${WAIT}; ${R}; q unlink A`],
  ['moved within its file', 'S2', `${OPEN}; ${W}; q reflink H A 0 1 1; q pwrite H 1 Z`, `${OPEN}; ${W}; q reflink A A 1 0 1; q fallocate A punch 1 1`],
  ['a DMA write to a shared block', 'S4', `option wait reflink.onPin=allow; ${A}; ${W}; q reflink A N; peer rdma_write w 0 X`, `option wait reflink.onPin=allow; ${A}; ${W}; q reflink A N; q pwrite A 0 Y; q unlink N; peer rdma_write w 0 X`],
  ['O_DIRECT into it', 'S4', `option mainline reflink.onPin=allow; ${A}; p d = dio_read m 0 X; q reflink A N; p dio_end d`, `option mainline reflink.onPin=allow; ${A}; p d = dio_read m 0 X; p dio_end d; q reflink A N`],
  ['a CPU store never is one', 'S4', `option wait reflink.onPin=allow; ${A}; ${W}; q reflink A N; peer rdma_write w 0 X`, `option wait reflink.onPin=allow; ${A}; p store m 0 X; q reflink A N; p store m 0 Y`],
  ['a remote write that the file does not see', 'S5a', `${OPEN}; ${W}; q fallocate A punch 1 1; peer rdma_write w 1 X`, `${OPEN}; ${W}; q fallocate A punch 1 1; peer rdma_write w 0 X`],
  ['also where the tags are equal', 'S5a', `${OPEN}; ${W}; q fallocate A punch 1 1; peer rdma_write w 1 .`, `${WAIT}; ${W}; peer rdma_write w 1 .`],
  ['past the end', 'S5a', `${OPEN}; ${W}; q ftruncate A 1; peer rdma_write w 1 X`, `${OPEN}; ${W}; q ftruncate A 2; peer rdma_write w 1 X`],
  ['unwritten counts as nothing there', 'S5a', `${OPEN}; ${W}; q fallocate A zero 1 1; peer rdma_write w 1 X`, `${OPEN}; ${W}; q fallocate A zero 1 1; peer rdma_write w 2 X`],
  ['a remote read of what the file has no longer', 'S5b', `${WAIT}; ${R}; p store m 1 X; peer rdma_read r 1`, `${WAIT}; ${R}; p store m 1 b; peer rdma_read r 1`],
  ['of a block that moved, before anything differs', 'S5b', `${WAIT}; ${R}; q pwrite A 1 X; peer rdma_read r 1`, `${WAIT}; ${R}; q pwrite A 1 b; peer rdma_read r 1`],
  ['past the end it always differs', 'S5b', `${OPEN}; ${R}; q ftruncate A 1; peer rdma_read r 1`, `${OPEN}; ${R}; q ftruncate A 1; peer rdma_read r 0`],
  ['a hole is `.`', 'S5b', `${OPEN}; ${R}; q fallocate A punch 1 1; peer rdma_read r 1`, `${OPEN}; ${W}; peer rdma_write w 1 .; p r = reg_mr m remote_read; q fallocate A punch 1 1; peer rdma_read r 1`],
  ['the zero page', 'S5b', `${WAIT}; p h = mmap H; p r = reg_mr h remote_read; p store h 1 X; peer rdma_read r 1`, `${WAIT}; p h = mmap H; p r = reg_mr h remote_read; peer rdma_read r 1`],
  ['an orphaned page of the cache', 'S5b', `fs xfs dax=never; ${WAIT}; ${R}; q fallocate A punch 1 1; peer rdma_read r 1`, `fs xfs dax=never; ${WAIT}; ${R}; p store m 1 X; peer rdma_read r 1`],
  ['a wait on the pin of an MR', 'L1', `${WAIT}; ${R}; q ftruncate A 1`, `option mainline; ${A}; p d = dio_write m 0; q ftruncate A 1`],
  ['on a pipe', 'L1', `option mainline; ${A}; p s = vmsplice m 0; q ftruncate A 1`, `option mainline; ${A}; p s = vmsplice m 0; p pipe_read s; q ftruncate A 1`],
  ['a wait for a lock is not one of its own', 'L1', `${WAIT}; ${R}; q ftruncate A 1`, `option mainline; ${A}; p d = dio_write m 0; q ftruncate A 1; r pread A 0`],
  ['evict (7.0)', 'L1', `${WAIT}; ${R}; p munmap m; q unlink A`, `kernel 6.12; ${WAIT}; ${R}; p munmap m; q unlink A`],
  ['ftruncate by the only thread of the pinning process', 'L2', `${WAIT}; ${R}; p ftruncate A 1`, `proc p threads=2; ${WAIT}; ${R}; p ftruncate A 1`],
  ['both threads of it', 'L2', `proc p threads=2; ${WAIT}; ${R}; p ftruncate A 1; p.2 pread A 0`, `proc p threads=2; ${WAIT}; ${R}; q ftruncate A 1; p.2 pread A 0`],
  ['two processes, each on the pin of the other', 'L2', `${WAIT}; ${R}; q h = mmap H; q s = reg_mr h remote_read; p ftruncate H 0; q ftruncate A 0`, `${WAIT}; ${R}; q h = mmap H; q s = reg_mr h remote_read; q ftruncate A 0`],
  ['the last one to be asked waits for a lock', 'L2', `${WAIT}; ${R}; q ftruncate A 1; p pread A 0`, `${WAIT}; ${R}; q ftruncate A 1; p pread B 0`],
  ['a pin of somebody else on the same block comes too', 'L2', `${WAIT}; ${R}; q n = mmap A; q s = reg_mr n remote_read; p ftruncate A 0`, `${WAIT}; q n = mmap A; q s = reg_mr n remote_read; p ftruncate A 0`],
  ['in-flight I/O ends by itself', 'L2', `option mainline; ${A}; p s = vmsplice m 0; p ftruncate A 1`, `option mainline; ${A}; p d = dio_write m 0; p ftruncate A 1`],
  ['the spin counts as asleep', 'L2', `${WAIT}; p h = mmap H; p s = reg_mr h remote_read; p reflink A H`, `proc p threads=2; ${WAIT}; p h = mmap H; p s = reg_mr h remote_read; p reflink A H`],
  ['an exit that waits for a thread that waits for the exit', 'L2', `proc p threads=2; ${WAIT}; p h = mmap H; p s = reg_mr h remote_read; p.2 reflink A H; q kill p`, `proc p threads=2; ${WAIT}; p h = mmap H; p s = reg_mr h remote_read; p.2 ftruncate H 0; q kill p`],
  ['an evict', 'L3', `${WAIT}; ${R}; p munmap m; q unlink A; s kill q`, `${WAIT}; ${R}; p munmap m; q unlink A; s signal q`],
  ['the spin', 'L3', `${WAIT}; p h = mmap H; p s = reg_mr h remote_read; q reflink A H; t kill q`, `${WAIT}; ${R}; q reflink A H; t kill q`],
  ['an exit by itself outlasts no SIGKILL', 'L3', `${WAIT}; ${R}; p munmap m; q open A; q unlink A; s kill q`, `${WAIT}; ${R}; p munmap m; q open A; q unlink A; q exit`],
  ['a lock wait does not count', 'L3', `${WAIT}; ${R}; p munmap m; q unlink A; s kill q`, `${WAIT}; ${R}; q ftruncate A 1; t pread A 0; s kill t`],
]; // prettier-ignore

describe.each(PAIRS)('%s', (_, id, bad, good) => {
  test(`breaks ${id}`, () => expect(ids(play(bad).violated)).toContain(id));
  test(`does not break ${id}`, () => expect(ids(play(good).violated)).not.toContain(id));
});

describe('a state property', () => {
  test('is one violation while the same thing is broken, and ends with it', () => {
    const { outline } = play(`${OPEN}; ${W}; q ftruncate A 3; q ftruncate A 2; p dereg_mr w`);
    const s1 = outline.violations.filter(({ id }) => id === 'S1');
    expect(s1.map(({ key, step, kind }) => [key, step, kind])).toEqual([['mr:0:3:10', 2, 'state'], ['mr:0:2:9', 3, 'state']]); // prettier-ignore
    expect(s1.every(({ until, at }) => until !== undefined && until > at)).toBe(true);
  });

  test('names what is broken: the slot, the block, whose it is', () => {
    const { outline } = play(`${WAIT}; ${R}; p store m 1 X`);
    expect(outline.violations).toHaveLength(1);
    expect(outline.violations[0]).toMatchObject({
      id: 'S2',
      message: 'r[1], taken through A[1], reaches block 1, now of B[1]',
      refs: [{ type: 'mtt', mr: 0, slot: 1 }, { type: 'block', block: 1 }, { type: 'extent', inode: 1, index: 1 }],
    }); // prettier-ignore
  });
});

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
  ['freed, but kept by a pin', 'L5', `option deferred-free; ${A}; ${W}; q ftruncate A 1`, `option deferred-free; ${A}; ${W}; p dereg_mr w; q ftruncate A 1`],
  ['a zombie of an unlinked file', 'L5', `option deferred-free; ${A}; ${W}; p munmap m; q unlink A`, `${OPEN}; ${W}; p munmap m; q unlink A`],
  ['what another file still owns is not freed', 'L5', `option deferred-free; ${A}; ${W}; q ftruncate A 1`, `option deferred-free; ${A}; ${R}; q ftruncate A 1`],
  ['kept in the file', 'L5', `option rewrite; ${A}; ${W}; q ftruncate A 1`, `option rewrite; ${A}; ${W}; p dereg_mr w; q ftruncate A 1`],
  ['kept over a punch, not over a zero', 'L5', `option rewrite; ${A}; ${W}; q fallocate A punch 1 1`, `option rewrite; ${A}; ${W}; q fallocate A zero 1 1`],
  ['an MR of another is revoked', 'L7', `option revoke; ${A}; ${W}; q ftruncate A 1`, `option revoke; ${A}; ${W}; p ftruncate A 1`],
  ['an MR is of all who hold its handle', 'L7', `option revoke; ${A}; q pread A 0; p share_uverbs q; ${W}; p ftruncate A 1`, `option revoke; ${A}; q pread A 0; p share_uverbs q; ${W}; p exit; q ftruncate A 1`],
  ['its process is killed', 'L7', `option wait layout.onPin=kill; ${A}; ${W}; q ftruncate A 1`, `option wait layout.onPin=kill; ${A}; ${W}; p ftruncate A 1`],
  ['a kill that is asked for is none', 'L7', `option wait layout.onPin=kill; ${A}; ${W}; q ftruncate A 1`, `${WAIT}; ${W}; q kill p`],
  ['a store that fails for the pin of another', 'L7', `option wait write.onPin=fail; ${A}; q n = mmap A; q r = reg_mr n remote_read; p store m 1 X`, `option wait write.onPin=fail; ${A}; ${R}; p store m 1 X`],
  ['past the end, SIGBUS is no news', 'L7', `option wait write.onPin=fail; ${A}; q n = mmap A; q r = reg_mr n remote_read; p store m 1 X`, `option wait write.onPin=fail; ${A}; q ftruncate A 1; p store m 1 X`],
  ['ETXTBSY for a pin', 'L8', `option etxtbsy; ${A}; ${W}; q ftruncate A 1`, `option etxtbsy; ${A}; ${W}; q ftruncate A 4`],
  ['ETXTBSY of a clone', 'L8', `option etxtbsy; ${A}; ${W}; q reflink A N`, `option mainline; ${A}; q reflink A N`],
  ['ETXTBSY for a lease', 'L8', `option lease-exclusive; ${A}; p setlease A layout; q pwrite A 0 X`, `option lease-exclusive; ${A}; p setlease A layout; p pwrite A 0 X`],
  ['ETXTBSY of a swap file is listed, of another sealed one not', 'L8', `option immutable-file; ${A}; p set A immutable; q ftruncate A 1`, `option swapfile-rules; ${A}; p set A swapfile; q ftruncate A 1`],
  ['a clone that a signal ends', 'L8', `${WAIT}; ${W}; q reflink A N; s signal q`, `${WAIT}; ${W}; q ftruncate A 1; s signal q`],
  ['reflink is off', 'F1', `option static-fs; ${A}; p reflink A N`, `fs xfs reflink=0; option mainline; file A ab; p reflink A N`],
  ['punch is off', 'F1', `option static-fs; ${A}; p fallocate A punch 0 1`, `option static-fs; ${A}; p fallocate A alloc 0 1`],
  ['a mapped file cannot shrink', 'F1', `option static-fs; ${A}; q ftruncate A 1`, `option static-fs; ${A}; q ftruncate A 5`],
  ['no MR of anonymous memory', 'F1', `option odp-only; p a = mmap anon 2; p r = reg_mr a remote_write`, `option odp-only; ${A}; ${W}`],
  ['a lease wait ends with the grace', 'L1', `option lease-revoke; ${A}; p setlease A layout; p s = vmsplice m 0; q ftruncate A 1; q wait; r wait`, `option lease-revoke; ${A}; p setlease A layout; q ftruncate A 1; r wait`],
  ['so nobody deadlocks on one', 'L2', `${WAIT}; ${R}; p ftruncate A 1`, `option lease-revoke; file C ab; ${A}; p setlease A layout; q setlease C layout; p ftruncate C 1; q ftruncate A 1`],
  ['who shares the handle can release the pin', 'L2', `${WAIT}; ${R}; p ftruncate A 1`, `${WAIT}; q pread A 0; p share_uverbs q; ${R}; p ftruncate A 1`],
  ['and keeps it when its process is dead', 'L1', `${WAIT}; q pread A 0; p share_uverbs q; ${R}; p munmap m; s kill p; s ftruncate A 1`, `${WAIT}; ${R}; s kill p; s ftruncate A 1`],
  ['fenced MRs are not waited for, pipes are', 'L1', `option revoke; ${A}; ${R}; p s = vmsplice m 1; q ftruncate A 1`, `option revoke; ${A}; ${R}; p d = dio_write m 1; q ftruncate A 1`],
  ['a write through the page cache is lost (6.1)', 'S5a', `kernel 6.1; fs xfs dax=never; ${WAIT}; ${W}; q fallocate A punch 1 1; peer rdma_write w 1 X`, `kernel 6.1; fs xfs dax=never; ${WAIT}; ${W}; peer rdma_write w 1 X`],
  ['anonymous memory disagrees with no file', 'S5b', `${WAIT}; ${R}; p store m 1 X; peer rdma_read r 1`, `option mainline; p a = mmap anon 2; p store a 0 X; p r = reg_mr a remote_read; peer rdma_read r 0`],
  ['nor does a memfd that is written', 'S5b', `${WAIT}; ${R}; p store m 1 X; peer rdma_read r 1`, `option mainline; p a = mmap memfd 2; p store a 0 X; p r = reg_mr a remote_write; p store a 0 Y; peer rdma_read r 0`],
  ['nor a copied private page', 'S5a', `${OPEN}; ${W}; q fallocate A punch 1 1; peer rdma_write w 1 X`, `${OPEN}; p v = mmap A private; p w = reg_mr v remote_write; q fallocate A punch 1 1; peer rdma_write w 1 X`],
  ['a private PTE may be a copy', 'S6', `kernel 6.1; option mainline; ${A}; p store m 0 X; q reflink A N; p load m 0; q pwrite A 0 Y`, `option mainline; ${A}; p v = mmap A private; p load v 0; p store v 0 Z; q pwrite A 0 Y`],
  ['rights that came after the pin (6.1)', 'S8', `kernel 6.1; ${WAIT}; ${R}; p rereg_mr r local_write remote_write; peer rdma_write r 1 X`, `kernel 6.12; ${WAIT}; ${R}; p rereg_mr r local_write remote_write; peer rdma_write r 1 X`],
  ['pwrite of a shared block (6.1)', 'S6', `kernel 6.1; option mainline; ${A}; p load m 1; q pwrite A 1 Y`, `kernel 6.12; option mainline; ${A}; p load m 1; q pwrite A 1 Y`],
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

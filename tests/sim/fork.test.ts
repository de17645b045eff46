// fork, the handles that a child shares, and threads: who sees whose memory, and who holds which MRs.
import { describe, expect, test } from 'vitest';
import { type Case, outcome, play } from '../support/play.ts';

describe('anonymous memory after a fork', () => {
  const HEAD = 'p m = mmap anon 2; p store m 0 a';
  test.each<Case>([
    ['the child reads what the parent wrote', 'p fork k; k load m 0; k load m 1', 'ok a .'],
    ['neither sees what the other writes from then on', 'p fork k; p store m 0 b; k load m 0; k store m 0 c; p load m 0; k load m 0', 'ok ok a ok b c'],
    ['the first writer moves, the second keeps the page', 'p fork k; k store m 0 c; p store m 0 b; k load m 0; p load m 0', 'ok ok ok c b'],
    ['what was untouched is untouched in both', 'p fork k; p store m 1 b; k load m 1', 'ok ok .'],
    ['a grandchild too', 'p fork k; k fork l; p store m 0 b; k store m 0 c; l load m 0', 'ok ok ok ok a'],
    ['the parent may be gone', 'p fork k; p exit; k load m 0; k store m 0 c; k load m 0', 'ok ok a ok c'],
    ['an MR keeps the page of the parent where the parent writes', 'p mr = reg_mr m 0 1 remote_read; p fork k; p store m 0 b; peer rdma_read mr 0; k load m 0; k store m 0 k; p load m 0; peer rdma_read mr 0', 'ok ok ok b a ok b b'],
    ['an MR made after the fork gets a page of its own first', 'p fork k; p mr = reg_mr m 0 1 remote_read; k store m 0 k; p store m 0 b; peer rdma_read mr 0; k load m 0', 'ok ok ok ok b k'],
    ['an O_DIRECT read in flight lands in the parent', 'p d = dio_read m 0 D; p fork k; p store m 1 x; p dio_end d; p load m 0; k load m 0', 'ok ok ok ok D a'],
    ['O_DIRECT that writes out takes what the parent wrote', 'p d = dio_write m 0; p fork k; p store m 0 b; p dio_end d; k load m 0', 'ok ok ok b a'],
    ['a pipe does not keep the page: the writer moves', 'p w = vmsplice m 0; p fork k; p store m 0 b; p peek w; k load m 0; p pipe_read w', 'ok ok ok a a a'],
    ['a pipe alone does not move anybody', 'p w = vmsplice m 0; p store m 0 b; p peek w', 'ok ok b'],
    ['with the child gone the pipe still makes the writer move', 'p w = vmsplice m 0; p fork k; k exit; p store m 0 b; p peek w', 'ok ok ok ok a'],
    ['on demand the NIC translates anew', 'p mr = reg_mr m 0 1 local_write remote_write remote_read on_demand; peer rdma_write mr 0 W; p fork k; peer rdma_write mr 0 V; k load m 0; p load m 0', 'ok ok ok ok W V'],
  ])('%s', (_, lines, results) => expect(outcome(HEAD, lines)).toBe(`ok ok ${results}`)); // prettier-ignore

  test.each<Case>([
    ['an O_DIRECT read in flight is lost to the parent', 'p d = dio_read m 0 D; p fork k; p store m 0 x; p dio_end d; p load m 0; k load m 0', 'ok ok ok ok x D'],
    ['without a store it lands in both', 'p d = dio_read m 0 D; p fork k; p dio_end d; p load m 0; k load m 0', 'ok ok ok D D'],
    ['an MR is a pin all the same', 'p mr = reg_mr m 0 1 remote_read; p fork k; p store m 0 b; peer rdma_read mr 0; k load m 0', 'ok ok ok b a'],
  ])('6.1, where O_DIRECT takes plain references: %s', (_, lines, results) =>
    expect(outcome(`kernel 6.1; ${HEAD}`, lines)).toBe(`ok ok ${results}`)); // prettier-ignore

  test('pages are shared as long as nobody writes', () => {
    const pages = (lines: string): number =>
      play(`${HEAD}; p store m 1 z; p fork k${lines}`).final.dram.filter(({ live }) => live).length;
    expect(['', '; p store m 0 b', '; p store m 0 b; k store m 0 c', '; k exit', '; p exit; k exit'].map(pages)).toEqual([2, 3, 3, 2, 0]); // prettier-ignore
  });
});

describe('what a child gets', () => {
  const HEAD = 'file A abcd; file B = reflink A; p m = mmap A; p v = mmap A private; p open A';
  test.each<Case>([
    ['its mappings, under the same names', 'p fork k; k store m 0 X; p load m 0; k munmap m; p load m 0; k load m 0', 'ok ok X ok X EFAULT'],
    ['copies of private pages', 'p store v 0 P; p fork k; k load v 0; k store v 0 Q; p load v 0; k load v 1', 'ok ok P ok P b'],
    ['open files', 'p fork k; p munmap m; p munmap v; p close A; q unlink A; k pread A 0; k close A', 'ok ok ok ok ok a ok'],
    ['no pins: its exit takes none', 'p w = vmsplice m 0; p fork k; k exit; q ftruncate A 0; p pipe_read w', 'ok ok ok blocks,ok a'],
    ['a mapping that keeps the inode', 'p fork k; p munmap m; p munmap v; p close A; q unlink A; k load m 1; k exit; always free = 12', 'ok ok ok ok ok b ok'],
    ['not what the parent maps later', 'p fork k; p n = mmap B; p load n 0', 'ok ok a'],
    ['a COW break of either zaps both', 'p load m 0; p fork k; k load m 0; p store m 0 X; k load m 0', 'a ok a ok X'],
  ])('%s', (_, lines, results) => expect(outcome(HEAD, lines)).toBe(`ok ok ok ${results}`)); // prettier-ignore

  test('never came when its parent was dead: its steps, and those that speak of it, are void', () =>
    expect(outcome('file A ab; p m = mmap anon 1', 'p exit; p fork k; k load m 0; q kill k; q share_uverbs k; q signal k')).toBe('ok ok gone void void void void')); // prettier-ignore
});

describe('uverbs handles', () => {
  const MR = 'option wait; file A abcd; p m = mmap A; p mr = reg_mr m local_write remote_read remote_write';
  test.each<Case>([
    ['an MR goes with the only holder', 'p exit; peer rdma_read mr 0; q ftruncate A 0; always mr destroyed', 'ok NAK ok'],
    ['it stays while a child holds the handle', 'p fork k; p exit; peer rdma_read mr 0; q ftruncate A 0; k exit; peer rdma_read mr 1', 'ok ok a blocks,ok ok NAK'],
    ['it stays while a process it was shared with lives', 'q create N; p share_uverbs q; p exit; peer rdma_write mr 0 X; q exit; peer rdma_read mr 0', 'ok ok ok ok ok NAK'],
    ['a holder may deregister it', 'p fork k; k dereg_mr mr; peer rdma_read mr 0', 'ok ok NAK'],
    ['nobody else may', 'q dereg_mr mr; q rereg_mr mr remote_read; peer rdma_read mr 0', 'EINVAL EINVAL a'],
    ['an MR of the child outlives it in the parent', 'p fork k; k m2 = reg_mr m remote_read; k exit; peer rdma_read m2 0; p exit; peer rdma_read m2 0', 'ok ok ok a ok NAK'],
    ['on demand it needs the address space that it was made in', 'p od = reg_mr m remote_read on_demand; p fork k; p exit; peer rdma_read od 0', 'ok ok ok NAK'],
    ['a handle that was shared covers MRs made later', 'q create N; p share_uverbs q; p m2 = reg_mr m remote_read; p exit; peer rdma_read m2 1', 'ok ok ok ok b'],
    ['a killed holder lets go as well', 'p fork k; q kill p; q kill k; peer rdma_read mr 0; always mr destroyed', 'ok ok ok NAK'],
  ])('%s', (_, lines, results) => expect(outcome(MR, lines)).toBe(`ok ok ${results}`)); // prettier-ignore
});

describe('threads', () => {
  test.each<Case>([
    ['share mappings and data', 'p.2 load m 0; p.2 store m 0 X; p load m 0', 'a ok X'],
    ['exit ends all', 'p.2 exit; p load m 0', 'ok gone'],
    ['kill ends all', 'q kill p; p load m 0; p.2 load m 0', 'ok gone gone'],
    ['one may wait while another goes on', 'q v = vmsplice n 0; p ftruncate A 0; p.2 load m 1; q pipe_read v', 'ok blocks,ok b a'],
    ['exit ends an interruptible wait of another', 'q v = vmsplice n 0; p ftruncate A 0; p.2 exit; q pread A 0', 'ok blocks blocks,ok a'],
    ['an MR of one may be destroyed by another', 'p mr = reg_mr a remote_read; p.2 dereg_mr mr', 'ok ok'],
  ])('%s', (_, lines, results) => {
    const head = 'file A abcd; proc p threads=2; p m = mmap A; p a = mmap anon 1; q n = mmap A';
    expect(outcome(head, lines)).toBe(`ok ok ok ${results}`);
  }); // prettier-ignore
});

// device-dax: a character device without a file system; blocks never move.
import { describe, expect, test } from 'vitest';
import { type Case, outcome, play } from '../support/play.ts';

const HEAD = 'fs device-dax; file A ab.d; p m = mmap A; q n = mmap A';
const RW = 'local_write remote_read remote_write';

describe('a device-dax device', () => {
  test.each<Case>([
    ['loads and stores', 'p load m 1; p store m 1 X; q load n 1', 'b ok X'],
    ['has no holes', 'p load m 2; p store m 2 X; q load n 2; always free = 12', '. ok X'],
    ['ends where its blocks end', 'p z = mmap A 0 6; p load z 5; p store z 4 X', 'ok SIGBUS SIGBUS'],
    ['takes longterm pins, read-only and with write', `p r1 = reg_mr m remote_read; p r2 = reg_mr m ${RW}; peer rdma_write r2 2 W; p load m 2; peer rdma_read r1 2`, 'ok ok ok W W'],
    ['a read-only mapping takes none with write', `p z = mmap A ro; p r1 = reg_mr z remote_read; p r2 = reg_mr z ${RW}; p load z 0; p store z 0 X`, 'ok ok EFAULT a EFAULT'],
    ['is mapped shared or not at all', 'p v = mmap A private; p s = mmap A 0 4 sync', 'EINVAL ok'],
    ['has no layout to change', 'p mr = reg_mr m remote_read; q ftruncate A 0; q fallocate A punch 0 1; q reflink A B; q pread A 0; q pwrite A 0 X', 'ok EINVAL EOPNOTSUPP EOPNOTSUPP EINVAL EINVAL'],
    ['advice drops PTEs, and punches nothing', 'p store m 0 X; p madvise m dontneed 0 4; p load m 0; p madvise m remove 0 1; p load m 0; p msync m; p fsync A', 'ok ok X EOPNOTSUPP X EINVAL EINVAL'],
    ['takes O_DIRECT and pipes', 'p d = dio_read m 0 D; p w = vmsplice m 0; p dio_end d; p pipe_read w; q load n 0', 'ok ok ok D D'],
    ['anonymous memory beside it is as ever', 'p a = mmap anon 1; p store a 0 x; p f = mmap memfd 1; p load f 0; p mr = reg_mr a remote_read', 'ok ok ok . ok'],
    ['on demand too', `p od = reg_mr m ${RW} on_demand; peer rdma_write od 1 W; p madvise m dontneed 0 4; peer rdma_read od 1`, 'ok ok ok W'],
  ])('%s', (_, lines, results) => expect(outcome(HEAD, lines)).toBe(`ok ok ${results}`)); // prettier-ignore

  test('maps a block at once as the mapping allows: no lock, no entry, no second fault for a store', () => {
    const { outline, final } = play(`${HEAD}; p load m 0; p store m 0 X; q store n 1 Y`);
    expect(outline.steps.slice(2).map(({ microsteps }) => microsteps)).toEqual([
      ['load.device', 'op.load'],
      ['op.store'],
      ['store.device', 'op.store'],
    ]);
    expect(final.inodes[0]?.entries).toEqual([]);
  });

  test('the preset turns any text into one', () => {
    const { results, violated } = play('option device-dax; file A abcd; p m = mmap A; p mr = reg_mr m remote_read; p store m 0 X; peer rdma_read mr 0; q ftruncate A 0'); // prettier-ignore
    expect([results, violated]).toEqual(['ok ok ok X EINVAL', 'F1']);
  });
});

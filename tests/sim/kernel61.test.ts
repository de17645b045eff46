// Kernel 6.1 against 6.12 and 7.0: what each does with the very same lines.
import { describe, expect, test } from 'vitest';
import { outcome, play } from '../support/play.ts';

const KERNELS = ['6.1', '6.12', '7.0'];
const RW = 'local_write remote_read remote_write';

/** Name, head, lines, results by kernel: 6.1, then the others or 6.12 and 7.0. */
type Row = readonly [string, string, string, readonly [string, string, string?]];

describe('the same lines on three kernels', () => {
  test.each<Row>([
    ['a read-only mapping of the page cache is pinned with write, and cannot be', 'fs xfs dax=never; file A ab; p r = mmap A ro', 'p mr = reg_mr r remote_read', ['EFAULT', 'ok']],
    ['a shared mapping of the page cache takes a longterm write pin', 'fs xfs dax=never; file A ab; p m = mmap A', `p mr = reg_mr m ${RW}; peer rdma_write mr 0 W; p load m 0`, ['ok ok W', 'EFAULT void a']],
    ['a READ MR of a shared block breaks the COW, as every pin is with write', 'option wait; file A ab; file B = reflink A; p m = mmap A', 'p mr = reg_mr m 0 1 remote_read; p store m 0 X; peer rdma_read mr 0', ['ok ok X', 'ok ok a']],
    ['so does one of a hole: it fills it', 'option wait; file A a.c; p m = mmap A', 'p mr = reg_mr m 1 1 remote_read; p store m 1 X; peer rdma_read mr 0', ['ok ok X', 'ok ok .']],
    ['a device without ODP', 'option mainline hw.odp=off; file A ab; p m = mmap A', 'p od = reg_mr m remote_read on_demand', ['EINVAL', 'EOPNOTSUPP']],
    ['a forced pin copies out of a read-only private mapping', 'option wait; file A ab; p f = mmap A ro private', 'p mr = reg_mr f remote_read; q pwrite A 0 X; peer rdma_read mr 0; p load f 0', ['ok ok a a', 'ok ok a a']],
    ['write access is not forced', 'option wait; file A ab; p f = mmap A ro private', `p mr = reg_mr f ${RW}`, ['EFAULT', 'EFAULT']],
    ['a copied page passes gup_fast if the pin may write to it', 'file A ab; p v = mmap A private; p store v 0 P', 'p mr = reg_mr v 0 1 remote_read; peer rdma_read mr 0', ['ok P', 'ok P']],
    ['unlink defeats the wait', 'option wait; file A ab; p m = mmap A; p mr = reg_mr m remote_read; p munmap m', 'q unlink A', ['ok', 'ok', 'blocks']],
    ['no mapping, no scan', 'option wait; file A ab; p m = mmap A; p mr = reg_mr m remote_read; p munmap m', 'q ftruncate A 0', ['ok', 'ok', 'blocks']],
    ['O_DIRECT in flight over a fork', 'p a = mmap anon 1; p store a 0 a', 'p d = dio_read a 0 D; p fork k; p store a 0 x; p dio_end d; p load a 0; k load a 0', ['ok ok ok ok x D', 'ok ok ok ok D a']],
  ])('%s', (_, head, lines, [old, recorded, newest = recorded]) => {
    const made = outcome('kernel 6.1', head).split(' ').length;
    const got = KERNELS.map((kernel) => outcome(`kernel ${kernel}; ${head}`, lines).split(' ').slice(made).join(' '));
    expect(got).toEqual([old, recorded, newest]);
  }); // prettier-ignore

  test('a load of a shared block leaves other PTEs alone on 6.1', () => {
    const zapped = KERNELS.map((kernel) => {
      const { outline } = play(`kernel ${kernel}; file A ab; file B = reflink A; p m = mmap A; q n = mmap A; p load m 0; q load n 0`); // prettier-ignore
      return outline.steps.at(-1)?.microsteps.includes('load.sharedZap');
    });
    expect(zapped).toEqual([false, true, true]);
  });
});

// MRs, remote operations, O_DIRECT and pipes: semantics §2, "Memory kinds", §6.
import { describe, expect, test } from 'vitest';
import type { Case } from '../support/play.ts';
import { outcome, play } from '../support/play.ts';

const HEAD = 'option wait; file A abcd; file B = reflink A; file H a._d; p m = mmap A';
const done = (lines: string): string => outcome(HEAD, lines).replace(/^ok ?/, '');

describe('reg_mr and dereg_mr', () => {
  test.each<Case>([
    ['a whole mapping, or a part', 'p r = reg_mr m remote_read; p w = reg_mr m 1 2 remote_write', 'ok ok'],
    ['no length', 'p r = reg_mr m 4 0 remote_read', 'EINVAL'],
    ['after munmap', 'p munmap m; p r = reg_mr m remote_read', 'ok EFAULT'],
    ['a read-only mapping with write', 'p n = mmap A ro; p w = reg_mr n remote_write; p l = reg_mr n local_write; p r = reg_mr n remote_read', 'ok EFAULT EFAULT ok'],
    ['over pages past the end: the fault fails, and nothing stays pinned', 'p n = mmap A 0 6; p r = reg_mr n remote_read; q ftruncate A 0; peer rdma_read r 0', 'ok EFAULT ok void'],
    ['no space for the COW break of a write pin', 'q fallocate H alloc 3 9; p w = reg_mr m remote_write; q ftruncate H 0', 'ok EFAULT ok'],
    ['the name of a live one', 'p r = reg_mr m remote_read; p r = reg_mr m remote_read; p dereg_mr r; p r = reg_mr m remote_read', 'ok EEXIST ok ok'],
    ['destroyed once', 'p r = reg_mr m remote_read; p dereg_mr r; p dereg_mr r', 'ok ok EINVAL'],
    ['by its process only', 'p r = reg_mr m remote_read; q n = mmap A; q dereg_mr r', 'ok ok EINVAL'],
    ['a write pin breaks the COW, a read pin does not', 'p r = reg_mr m 0 1 remote_read; p w = reg_mr m 1 1 remote_write; always shared A 0 B 0 and not shared A 1 B 1', 'ok ok'],
    ['local_write is enough for that', 'p w = reg_mr m 1 1 local_write; always not shared A 1 B 1', 'ok'],
    ['a pin outlives its mapping', 'p r = reg_mr m remote_read; p munmap m; peer rdma_read r 2; always pinned A 2', 'ok ok c'],
  ])('%s', (_, lines, results) => expect(done(lines)).toBe(results)); // prettier-ignore

  test('goes g1, g2, a fault and a pin for each page, g4', () => {
    const { outline } = play('option wait; file A ab; p m = mmap A; p load m 0; p r = reg_mr m remote_read');
    expect(outline.steps[2]?.microsteps).toEqual(['op.g1', 'op.g2', 'op.g3', 'load.lock', 'load.block', 'load.unlock', 'op.g3', 'op.g4']); // prettier-ignore
  });

  test('dereg: revoke, then drain, then unpin', () => {
    const { outline } = play(`${HEAD}; p r = reg_mr m remote_read; peer x = post_read r 0; p dereg_mr r`);
    expect(outline.steps.at(-1)?.microsteps).toEqual(['dereg.d1', 'dma.n3', 'dma.n4', 'dma.n5', 'dereg.d2']);
  });
});

describe('remote operations', () => {
  const MRS = 'p r = reg_mr m remote_read; p w = reg_mr m remote_write';
  test.each<Case>([
    ['read and write', 'peer rdma_read r 1; peer rdma_write w 1 X; p load m 1; q pread A 1; q pread B 1', 'b ok X X b'],
    ['access is judged', 'peer rdma_write r 1 X; peer rdma_read w 1; p load m 1', 'NAK NAK b'],
    ['the key too', 'p dereg_mr r; peer rdma_read r 1', 'ok NAK'],
    ['posted and completed later', 'peer x = post_read r 1; peer y = post_write w 1 X; peer complete x; peer complete y; peer complete x', 'ok ok b ok void'],
    ['the data is read at completion', 'peer x = post_read w 1; peer complete x; peer z = post_read r 0; p store m 0 Z; peer complete z', 'ok NAK ok ok a'],
    ['key and access are judged at the post, a NAK shows at completion', 'peer x = post_write r 1 X; peer complete x; p dereg_mr r; peer y = post_read r 0; peer complete y', 'ok NAK ok ok NAK'],
    ['dereg first completes what is in flight', 'peer x = post_write w 1 X; p dereg_mr w; p load m 1; peer complete x', 'ok ok X ok'],
    ['a name in flight is taken', 'peer x = post_read r 1; peer x = post_read r 2; peer complete x', 'ok EEXIST b'],
    ['a refused MR leaves void', 'p z = reg_mr m 4 0 remote_read; peer rdma_read z 0; peer x = post_read z 0; peer complete x; p dereg_mr z', 'EINVAL void void void void'],
  ])('%s', (_, lines, results) => expect(done(`${MRS}; ${lines}`)).toBe(`ok ok ${results}`)); // prettier-ignore

  test('a post is one micro-step of n1, one of n2; the rest comes with the completion', () => {
    const { outline } = play(`${HEAD}; ${MRS}; peer x = post_read r 1; peer complete x; peer rdma_read r 2`);
    expect(outline.steps.slice(3).map(({ microsteps }) => microsteps)).toEqual([
      ['dma.n1', 'dma.n2'],
      ['dma.n3', 'dma.n4', 'dma.n5'],
      ['dma.n1', 'dma.n2', 'dma.n3', 'dma.n4', 'dma.n5'],
    ]);
  });
});

describe('on demand', () => {
  const ODP = 'p o = reg_mr m on_demand remote_read; p v = reg_mr m on_demand remote_write';
  test.each<Case>([
    ['no pins: a truncate does not wait', 'peer rdma_read o 1; q ftruncate A 1; peer rdma_read o 1; peer rdma_read o 0', 'b ok NAK a'],
    ['zapped by a COW break, faulted in again', 'peer rdma_read o 1; p store m 1 X; peer rdma_read o 1', 'b ok X'],
    ['a writable one faults as a store, also to read', 'peer rdma_write v 1 X; p load m 1; always not shared A 1 B 1 and file A = aXcd', 'ok X'],
    ['a read-only one faults as a load', 'peer rdma_read o 1; always shared A 1 B 1', 'b'],
    ['a read of a hole maps the zero page, and follows the store after it', 'p h = mmap H; p z = reg_mr h on_demand remote_read; peer rdma_read z 1; p store h 1 X; peer rdma_read z 1', 'ok ok . ok X'],
    ['after munmap nothing answers', 'p munmap m; peer rdma_read o 0', 'ok NAK'],
    ['what is mapped there anew answers', 'p munmap m; p m = mmap H; peer rdma_read o 0; p munmap m; p m = mmap A 1 2; peer rdma_read o 0; peer rdma_read o 2', 'ok ok a ok ok b NAK'],
    ['a zap while in flight makes it translate again', 'peer x = post_read o 1; p store m 1 X; peer complete x', 'ok ok X'],
    ['it follows a reflink', 'peer rdma_write v 0 X; q reflink A N; peer rdma_write v 0 Y; always file N = Xbcd and file A = Ybcd', 'ok ok ok'],
    ['nothing is asked of the mapping before the first use', 'p n = mmap A ro; p u = reg_mr n on_demand remote_write; peer rdma_write u 0 X', 'ok ok NAK'],
    ['its process is dead', 'p exit; peer rdma_read o 0', 'ok NAK'],
  ])('%s', (_, lines, results) => expect(done(`${ODP}; ${lines}`)).toBe(`ok ok ${results}`)); // prettier-ignore

  test('the first use faults in between n2 and n3', () => {
    const { outline } = play(`${HEAD}; ${ODP}; peer rdma_read o 0; peer rdma_read o 0`);
    expect(outline.steps.at(-2)?.microsteps).toContain('load.block');
    expect(outline.steps.at(-1)?.microsteps).toEqual(['dma.n1', 'dma.n2', 'dma.n3', 'dma.n4', 'dma.n5']);
  });

  test('none of S1, S2, S5 or L1, whatever the file does', () => {
    const lines = 'peer rdma_write v 1 X; peer rdma_read o 1; q fallocate A punch 1 1; q pwrite A 1 Z; peer rdma_read o 1; q ftruncate A 0; q create C; q pwrite C 0 K; peer rdma_read o 0'; // prettier-ignore
    expect(play(`${HEAD}; ${ODP}; ${lines}`)).toMatchObject({
      results: 'ok ok ok ok X ok ok Z ok ok ok NAK',
      violated: '',
    });
  });
});

describe('O_DIRECT and pipes', () => {
  test.each<Case>([
    ['dio_write sends what the page holds at the end', 'p d = dio_write m 1; p store m 0 X; p dio_end d', 'ok ok b'],
    ['dio_read breaks the COW and writes at the end', 'p d = dio_read m 1 X; p load m 1; p dio_end d; p load m 1; q pread B 1', 'ok b ok X b'],
    ['a read-only mapping', 'p n = mmap A ro; p d = dio_read n 1 X; p d = dio_write n 1; p dio_end d', 'ok EFAULT ok b'],
    ['a failing fault', 'p n = mmap A 0 6; p d = dio_write n 5; p dio_end d; p s = vmsplice n 5; p peek s', 'ok EFAULT void EFAULT void'],
    ['after munmap', 'p munmap m; p d = dio_write m 0; p s = vmsplice m 0', 'ok EFAULT EFAULT'],
    ['in flight under one name once', 'p d = dio_write m 1; p d = dio_write m 2; p dio_end d; p d = dio_write m 2; p dio_end d; p dio_end d', 'ok EEXIST b ok c void'],
    ['a pipe: peek keeps, pipe_read gives back', 'p s = vmsplice m 1; q peek s; q pipe_read s; q peek s; q pipe_read s', 'ok b b EOF EOF'],
    ['a full pipe', 'p s = vmsplice m 1; p s = vmsplice m 2; p pipe_read s; p s = vmsplice m 2; p peek s', 'ok EEXIST b ok c'],
    ['a pipe keeps the old block over a COW break', 'p s = vmsplice m 1; p store m 1 X; p peek s; q n = mmap B; q store n 1 Z; p peek s', 'ok ok b ok ok Z'],
    ['an exit ends the I/O and closes the pipe', 'p d = dio_write m 1; p s = vmsplice m 2; p exit; q peek s; q dio_end d; q ftruncate A 0', 'ok ok ok EOF void ok'],
  ])('%s', (_, lines, results) => expect(done(lines)).toBe(results)); // prettier-ignore
});

// dax=never, the control group: nothing waits, and a pinned page that loses its place goes stale, never astray.
import { describe, expect, test } from 'vitest';
import type { Case } from '../support/play.ts';
import { outcome, play } from '../support/play.ts';

const HEAD = 'fs xfs dax=never; option wait; file A abcd; file B = reflink A; file H a._d; p m = mmap A';
const PINNED = `${HEAD}; p r = reg_mr m remote_read`;

describe('the page cache', () => {
  test.each<Case>([
    ['loads, stores and preads see one page', 'p store m 1 X; q pread A 1; q n = mmap A; q load n 1; q pread B 1', 'ok X ok X b'],
    ['the block changes at fsync, a shared one is left alone', 'p store m 1 X; p fsync A; always file A = aXcd and file B = abcd and not shared A 1 B 1', 'ok ok'],
    ['and not before', 'p store m 1 X; always shared A 1 B 1 and file A = aXcd', 'ok'],
    ['sync does all files', 'p store m 1 X; p h = mmap H; p store h 1 Y; p sync; always not hole H 1 and not shared A 1 B 1', 'ok ok ok ok'],
    ['a pwrite goes to the page', 'p load m 1; q pwrite A 1 X; p load m 1; always shared A 1 B 1', 'b ok X'],
    ['past the end', 'p n = mmap A 0 6; p load n 5; q pwrite A 5 X; p load n 5; always size A = 6', 'ok SIGBUS ok X'],
    ['O_DIRECT: written back first, then past the cache', 'p store m 1 X; q pwrite_direct A 2 Y; q pwrite_direct A 1 Z; q pwrite_direct A 4 W; p load m 1; p load m 2; always file A = aZYdW and not shared A 2 B 2 and file B = abcd', 'ok ok ok ok Z Y'],
    ['O_DIRECT into a hole and an unwritten block', 'q pwrite_direct H 1 X; q pwrite_direct H 2 Y; always file H = aXYd and not hole H 1', 'ok ok'],
    ['MAP_SYNC needs DAX', 'p n = mmap A 0 4 sync', 'EOPNOTSUPP'],
    ['truncate and punch do not wait', 'p r = reg_mr m remote_read; q fallocate A punch 0 1; q ftruncate A 2; q fallocate A alloc 0 1; q fallocate A zero 1 1', 'ok ok ok ok ok'],
    ['nor does a clone, either way', 'p r = reg_mr m remote_read; q reflink A C; q reflink H A', 'ok ok ok'],
    ['nor an evict', 'p r = reg_mr m remote_read; p munmap m; q unlink A; q create N; p dereg_mr r', 'ok ok ok ok ok'],
    ['pages are unmapped only where they go', 'p load m 0; p load m 3; q fallocate A punch 3 1; p load m 0; p load m 3', 'a d ok a .'],
    ['a clone takes what the cache holds', 'p store m 1 X; q reflink A N; always file N = aXcd', 'ok ok'],
  ])('%s', (_, lines, results) => expect(outcome(HEAD, lines)).toBe(`ok ${results}`)); // prettier-ignore
});

// Delayed allocation: a page that will need a block is promised one when it is made dirty.
describe('a full device', () => {
  const FULL = 'fs xfs dax=never; device 4; file A ab.; file B = reflink A 0 1; p m = mmap A';
  test.each<Case>([
    ['a hole and a shared block take the last two; the next is refused', 'q pwrite A 2 X; q pwrite A 0 Y; q pwrite B 0 Z; q pread B 0; q fsync A; always file A = YbX and file B = a and free = 0', 'ok ok ENOSPC a ok'],
    ['a promise is made once', 'q pwrite A 2 X; q pwrite A 0 Y; q pwrite A 2 Z; p store m 0 Q; q sync; always file A = QbZ', 'ok ok ok ok ok'],
    ['what has its block needs none', 'q pwrite B 1 X; q pwrite B 2 X; q pwrite A 1 Z; q pwrite B 3 X', 'ok ok ok ENOSPC'],
    ['a store and a pin have a fault instead', 'q pwrite B 1 X; q pwrite B 2 X; p store m 2 Z; p load m 2; p d = dio_read m 0 Q; p store m 1 Z', 'ok ok SIGBUS . EFAULT ok'],
    ['what is dropped before writeback gives its promise back', 'q pwrite B 1 X; q pwrite B 2 X; q ftruncate B 1; p store m 2 Z', 'ok ok ok ok'],
    ['a clone writes its source back, so the next store has a fault', 'p store m 1 X; q reflink A C; q pwrite B 1 X; q pwrite B 2 X; p store m 1 Z; q pread C 1', 'ok ok ok ok SIGBUS X'],
    ['a memfd has no blocks', 'q pwrite B 1 X; q pwrite B 2 X; p f = mmap memfd 1; p store f 0 X', 'ok ok ok ok'],
  ])('%s', (_, lines, results) => expect(outcome(FULL, lines)).toBe(`ok ${results}`)); // prettier-ignore
});

describe('a pinned page', () => {
  test.each<Case>([
    ['punch orphans it: the MR reads the old page for ever', 'q fallocate A punch 1 1; p store m 1 X; peer rdma_read r 1; peer rdma_read r 0', 'ok ok b a'],
    ['a shift orphans the one before it as well', 'q fallocate A collapse 2 1; p store m 1 X; peer rdma_read r 1; p store m 0 Y; peer rdma_read r 0', 'ok ok b ok Y'],
    ['truncate too', 'q ftruncate A 0; q ftruncate A 4; p store m 0 X; peer rdma_read r 0', 'ok ok ok a'],
    ['being the destination of a clone too', 'q reflink H A; peer rdma_read r 3; p load m 3', 'ok d d'],
    ['being the source does not', 'q reflink A N; p store m 1 X; peer rdma_read r 1', 'ok ok X'],
    ['writeback does not', 'p store m 1 X; p fsync A; p store m 1 Y; peer rdma_read r 1', 'ok ok ok Y'],
    ['an O_DIRECT write of the file too', 'q pwrite_direct A 1 X; p load m 1; peer rdma_read r 1; q pread B 1', 'ok X b b'],
    ['it outlives its file', 'p munmap m; q unlink A; q pwrite H 1 Z; peer rdma_read r 1; p dereg_mr r', 'ok ok ok b ok'],
  ])('%s', (_, lines, results) => expect(outcome(PINNED, lines)).toBe(`ok ok ${results}`)); // prettier-ignore

  test('is freed with its last pin, and not before', () => {
    const live = (lines: string): number => play(`${PINNED}; ${lines}`).final.dram.filter((page) => page.live).length;
    expect(live('q wait')).toBe(4);
    expect(live('q ftruncate A 0')).toBe(4);
    expect(live('q ftruncate A 0; p dereg_mr r')).toBe(0);
  });

  test("goes stale, but no foreign block is touched: S5b, never S1 or S2; a lost O_DIRECT read is nobody else's", () => {
    const lines =
      'p d = dio_read m 2 Q; q ftruncate A 0; q create N; q pwrite N 0 Z; q fsync N; peer rdma_read r 0; p dio_end d; q pread N 0; always file N = Z';
    expect(play(`${PINNED}; ${lines}`)).toMatchObject({ results: 'ok ok ok ok ok ok ok a ok Z', violated: 'S5b', unmet: [] }); // prettier-ignore
  });
});

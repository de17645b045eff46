// fallocate collapse, insert and unshare: semantics §2, fallocate(2).
import { describe, expect, test } from 'vitest';
import type { Case } from '../support/play.ts';
import { outcome, play } from '../support/play.ts';

const HEAD = 'option wait; file A abcd; file H a._d; file S = reflink A 0 2';

describe('collapse', () => {
  test.each<Case>([
    ['what is behind moves down, the file gets shorter', 'p fallocate A collapse 1 1; p pread A 1; p pread A 3; always file A = acd and size A = 3', 'ok c EOF'],
    ['from the start', 'p fallocate A collapse 0 3; always file A = d and size A = 1', 'ok'],
    ['blocks keep their identity: the clone shares the same one as before', 'p fallocate A collapse 0 1; always shared A 0 S 1 and file S = ab', 'ok'],
    ['the blocks of the range are freed', 'p fallocate A collapse 2 1; always free = 10', 'ok'],
    ['a shared one only loses an owner', 'p fallocate A collapse 0 1; always free = 9', 'ok'],
    ['holes and unwritten blocks move too', 'p fallocate H collapse 0 1; always hole H 0 and not hole H 1 and file H = ..d', 'ok'],
    ['to the end of the file, or past it', 'p fallocate A collapse 3 1; p fallocate A collapse 1 3; p fallocate A collapse 1 9; always file A = abcd', 'EINVAL EINVAL EINVAL'],
    ['nothing', 'p fallocate A collapse 1 0', 'EINVAL'],
    ['a mapping finds what moved, and SIGBUS past the new end', 'p m = mmap A; p load m 1; p load m 3; p fallocate A collapse 1 1; p load m 1; p load m 3; p store m 1 X; always file A = aXd', 'ok b d ok c SIGBUS ok'],
  ])('%s', (_, lines, results) => expect(outcome(HEAD, lines)).toBe(results)); // prettier-ignore

  test('private copies past the new end go, those before it stay where they are', () => {
    const lines = 'p m = mmap A private; p store m 1 X; p store m 3 Y; p fallocate A collapse 0 1; p load m 1; p load m 3; p load m 2'; // prettier-ignore
    expect(outcome(HEAD, lines)).toBe('ok ok ok ok X SIGBUS d');
  });
});

describe('insert', () => {
  test.each<Case>([
    ['a hole, and the rest moves up', 'p fallocate A insert 1 2; p pread A 5; always file A = a..bcd and size A = 6 and hole A 1 and hole A 2', 'ok d'],
    ['at the start', 'p fallocate A insert 0 1; always file A = .abcd', 'ok'],
    ['blocks keep their identity', 'p fallocate A insert 0 1; always shared A 1 S 0 and shared A 2 S 1 and free = 9', 'ok'],
    ['at the end, or past it', 'p fallocate A insert 4 1; p fallocate A insert 9 1', 'EINVAL EINVAL'],
    ['nothing', 'p fallocate A insert 1 0', 'EINVAL'],
    ['a store into the new hole gets a block', 'p m = mmap A 0 8; p load m 1; p fallocate A insert 1 1; p load m 1; p load m 2; p store m 1 X; always file A = aXbcd and free = 8', 'ok b ok . b ok'],
    ['there and back', 'p fallocate A insert 1 3; p fallocate A collapse 1 3; always file A = abcd and shared A 0 S 0 and shared A 1 S 1', 'ok ok'],
  ])('%s', (_, lines, results) => expect(outcome(HEAD, lines)).toBe(results)); // prettier-ignore
});

describe('unshare', () => {
  test.each<Case>([
    ['a shared block gets a copy', 'p fallocate A unshare 0 1; always not shared A 0 S 0 and shared A 1 S 1 and file A = abcd and file S = ab and free = 8', 'ok'],
    ['what is not shared stays', 'p fallocate A unshare 2 2; always free = 9', 'ok'],
    ['holes are filled and the file grows, as alloc does', 'p fallocate H unshare 1 5; always size H = 6 and not hole H 1 and free = 6', 'ok'],
    ['the clone is the last owner then, and writes in place', 'p fallocate A unshare 0 4; p pwrite S 0 X; always file A = abcd and file S = Xb and free = 7', 'ok ok'],
    ['a mapping follows', 'p m = mmap A; p load m 0; p fallocate A unshare 0 1; p store m 0 X; always file A = Xbcd and file S = ab and free = 8', 'ok a ok ok'],
    ['nothing', 'p fallocate A unshare 0 0', 'EINVAL'],
  ])('%s', (_, lines, results) => expect(outcome(HEAD, lines)).toBe(results)); // prettier-ignore

  test.each<Case>([
    ['nothing was allocated, nothing copied', 'p fallocate A unshare 0 2; always shared A 0 S 0 and shared A 1 S 1 and free = 1', 'ENOSPC'],
    ['holes count too', 'p fallocate A unshare 0 4; always free = 1 and size A = 2 and shared A 0 S 0', 'ENOSPC'],
    ['enough for one', 'p fallocate A unshare 1 1; always free = 0', 'ok'],
  ])('no space: %s', (_, lines, results) =>
    expect(outcome('device 3; file A ab; file S = reflink A', lines)).toBe(results)); // prettier-ignore
});

describe('as layout operations', () => {
  const PINNED = `${HEAD}; p m = mmap A; p mr = reg_mr m 3 1 remote_read`;
  const OPS = ['fallocate A collapse 0 1', 'fallocate A insert 0 1', 'fallocate A unshare 0 1'];
  test.each(OPS)('%s waits for a pin anywhere in the file', (op) => {
    expect(outcome(PINNED, `q ${op}; p dereg_mr mr`)).toBe('ok ok blocks,ok ok');
    expect(outcome(PINNED, `q ${op}; r signal q; always file A = abcd`)).toBe('ok ok blocks,EINTR ok');
    expect(play(`${HEAD}; q ${op}`).outline.steps[0]?.microsteps).toEqual(['t1', 't2', 't3', 't4', 't5', 't6', 't7'].map((t) => `layout.${t}`)); // prettier-ignore
  });

  test('a shift in vain waits first, and fails then', () => {
    expect(outcome(PINNED, 'q fallocate A insert 4 1; p dereg_mr mr')).toBe('ok ok blocks,EINVAL ok');
  });

  test.each<[scope: string, op: string, result: string]>([
    ['range', 'collapse 0 1', 'blocks'],
    ['range', 'insert 0 1', 'blocks'],
    ['range', 'insert 3 1', 'blocks'],
    ['range', 'unshare 0 1', 'ok'],
    ['range', 'unshare 3 1', 'blocks'],
    ['inode', 'unshare 0 1', 'blocks'],
  ])('layout.scope=%s: %s', (scope, op, result) => {
    const head = `option wait layout.scope=${scope}; file A abcde; p m = mmap A; p mr = reg_mr m 3 1 remote_read`;
    expect(outcome(head, `q fallocate A ${op}`)).toBe(`ok ok ${result}`);
  });

  test('a pin keeps its block, wherever that goes: under ignore the file moves under the MR', () => {
    const head = 'option unprotected; file A abcd; p m = mmap A; p mr = reg_mr m 2 1 remote_read';
    const { results, violated } = play(`${head}; q fallocate A collapse 0 1; p store m 1 X; peer rdma_read mr 0; p load m 2`); // prettier-ignore
    expect(results).toBe('ok ok ok ok X d');
    expect(violated).toContain('S5b');
  });
});

test('log=async: what collapse freed is busy until the log commits', () => {
  const head = 'device 5; fs xfs log=async; file A abcd';
  expect(outcome(head, 'p fallocate A collapse 0 2; p create B; p pwrite B 0 X; p pwrite B 1 Y; always free = 1')).toBe('ok ok ok ok'); // prettier-ignore
  const { final } = play(`${head}; p fallocate A collapse 0 2`);
  expect(final.device).toMatchObject({ free: 1, busy: 2 });
});

describe('in the page cache nothing waits', () => {
  const CACHED = 'fs xfs dax=never; option wait; file A abcd; file S = reflink A; p m = mmap A; p mr = reg_mr m remote_read'; // prettier-ignore
  test.each<Case>([
    ['collapse orphans what it moves', 'p store m 3 X; q fallocate A collapse 1 1; p load m 1; p load m 2; peer rdma_read mr 3; peer rdma_read mr 1; p pread A 2', 'ok ok c X X b X'],
    ['insert too', 'p store m 1 X; q fallocate A insert 1 1; p load m 1; p load m 2; peer rdma_read mr 1; always file A = a.Xcd', 'ok ok . X X'],
    ['unshare leaves the pages where they are', 'q fallocate A unshare 1 1; p store m 1 X; peer rdma_read mr 1; always not shared A 1 S 1 and shared A 0 S 0', 'ok ok X'],
  ])('%s', (_, lines, results) => expect(outcome(CACHED, lines)).toBe(`ok ok ${results}`)); // prettier-ignore
});

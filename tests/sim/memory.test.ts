// mmap, munmap, load, store, pread, pwrite, fsync: semantics §2.
import { describe, expect, test } from 'vitest';
import type { Case } from '../support/play.ts';
import { outcome, play } from '../support/play.ts';

const HEAD = 'option wait; file A abcd; file B = reflink A; file H a._d';

describe('mappings and faults', () => {
  test.each<Case>([
    ['a whole file, writable', 'p m = mmap A; p load m 3; p store m 3 X; p load m 3', 'ok d ok X'],
    ['a part of a file', 'p m = mmap A 2 2; p load m 0; p load m 1', 'ok c d'],
    ['no such file', 'p create N; p unlink N; p m = mmap N', 'ok ok ENOENT'],
    ['an empty file has no length', 'p create N; p m = mmap N', 'ok EINVAL'],
    ['past the end: no length', 'p m = mmap A 4 0', 'EINVAL'],
    ['sync is at home on DAX', 'p m = mmap A 0 4 sync; p load m 0', 'ok a'],
    ['a name that is mapped already', 'p m = mmap A; p m = mmap B; p munmap m; p m = mmap B', 'ok EEXIST ok ok'],
    ['two processes may use one name', 'p m = mmap A; q m = mmap B; p store m 0 X; q load m 0', 'ok ok ok a'],
    ['a read-only mapping', 'p m = mmap A ro; p load m 0; p store m 0 X; p pread A 0', 'ok a EFAULT a'],
    ['after munmap', 'p m = mmap A; p munmap m; p load m 0; p store m 0 X; p munmap m', 'ok ok EFAULT EFAULT ok'],
    ['past the end of the file', 'p m = mmap A 0 6; p load m 4; p store m 5 X', 'ok SIGBUS SIGBUS'],
    ['a file that shrank', 'p m = mmap A; p load m 3; p ftruncate A 3; p load m 3; p load m 2', 'ok d ok SIGBUS c'],
    ['a file that grew', 'p m = mmap A 0 6; p load m 5; p ftruncate A 6; p load m 5', 'ok SIGBUS ok .'],
    ['a hole reads zero, and takes a store', 'p m = mmap H; p load m 1; p store m 1 X; p load m 1; p pread H 1', 'ok . ok X X'],
    ['an unwritten block reads zero, and takes a store', 'p m = mmap H; p load m 2; p store m 2 X; p pread H 2', 'ok . ok X'],
    ['a store is seen by others at once', 'p m = mmap A; q m = mmap A; q load m 1; p store m 1 X; q load m 1; q pread A 1', 'ok ok b ok X X'],
    ['a mapping keeps an unlinked file', 'p m = mmap A; p unlink A; p load m 0; q pread A 0; p store m 1 X; p load m 1', 'ok ok a ENOENT ok X'],
  ])('%s', (_, lines, results) => expect(outcome(HEAD, lines)).toBe(results)); // prettier-ignore

  test.each<Case>([
    ['a store on a full device', 'p m = mmap S; p store m 0 X; p load m 0', 'ok SIGBUS .'],
    ['a COW break on a full device', 'p m = mmap A; p store m 0 X; p load m 0; p pread A 0', 'ok SIGBUS a a'],
    ['a pwrite into a hole of a full device', 'p pwrite S 0 X; p pread S 0', 'ENOSPC .'],
    ['a pwrite of a shared block of a full device', 'p pwrite A 1 X; p pread A 1', 'ENOSPC b'],
    ['in place there is room', 'p ftruncate B 0; p m = mmap A; p store m 0 X; p pwrite A 1 Y', 'ok ok ok ok'],
  ])('no space: %s', (_, lines, results) =>
    expect(outcome('device 2; file A ab; file B = reflink A; file S .', lines)).toBe(results)); // prettier-ignore
});

describe('the COW break of a store', () => {
  const text = `${HEAD}; p m = mmap A; p n = mmap A; p load n 1; p store m 1 X`;

  test('goes through c1 to c6, and faults before it stores', () => {
    const { outline } = play(text);
    expect(outline.steps[3]?.microsteps).toEqual([
      'store.lock', 'store.c1', 'store.c2', 'store.c3', 'store.c4', 'store.c5', 'store.c6', 'store.unlock', 'op.store',
    ]); // prettier-ignore
  });

  test('leaves the block to the other file, zaps every mapping of this one, and follows on the next touch', () => {
    const lines =
      'p load n 1; q m = mmap B; q load m 1; always file A = aXcd and file B = abcd and shared A 0 B 0 and free = 8';
    expect(play(`${text}; ${lines}`)).toMatchObject({ results: 'ok ok b ok X ok b', unmet: [], violated: '' });
    const { outline } = play(text);
    expect(outline.steps[3]?.violations).toEqual([]);
  });

  test('does not happen to the last owner', () => {
    const { outline, results } = play(`${HEAD}; p ftruncate B 0; p m = mmap A; p store m 1 X`);
    expect(results).toBe('ok ok ok');
    expect(outline.steps[2]?.microsteps).toEqual(['store.lock', 'store.map', 'store.unlock', 'op.store']);
  });
});

describe('pread and pwrite', () => {
  test.each<Case>([
    ['read and write in place', 'p pwrite A 1 X; p pread A 1; p pread B 1; always not shared A 1 B 1', 'ok X b'],
    ['reads past the end', 'p pread A 4; p pread H 1; p pread H 2', 'EOF . .'],
    ['writes past the end grow the file', 'p pwrite A 6 X; p pread A 6; p pread A 5; p pread A 7; always size A = 7 and hole A 5', 'ok X . EOF'],
    ['a hole gets a block', 'p pwrite H 1 X; always file H = aX.d', 'ok'],
    ['an unwritten block is converted', 'p pwrite H 2 X; always file H = a.Xd and free = 9', 'ok'],
    ['no file', 'p create N; p unlink N; p pread N 0; p pwrite N 0 X', 'ok ok ENOENT ENOENT'],
    ['a mapping follows a pwrite that breaks the COW', 'p m = mmap A; p load m 1; p pwrite A 1 X; p load m 1', 'ok b ok X'],
    ['a mapping of a hole follows a pwrite', 'p m = mmap H; p load m 1; p pwrite H 1 X; p load m 1', 'ok . ok X'],
    ['a pwrite does not wait for pins', 'p m = mmap A; p mr = reg_mr m remote_read; q pwrite A 1 X', 'ok ok ok'],
  ])('%s', (_, lines, results) => expect(outcome(HEAD, lines)).toBe(results)); // prettier-ignore

  test('a pwrite over a shared block allocates, zaps, copies, remaps', () => {
    const { outline } = play(`${HEAD}; p pwrite A 1 X`);
    expect(outline.steps[0]?.microsteps).toEqual(['pwrite.lock', 'pwrite.alloc', 'pwrite.zap', 'pwrite.copy', 'pwrite.remap', 'pwrite.unlock']); // prettier-ignore
  });
});

describe('fsync and the log', () => {
  test('fsync write-protects, so that the next store faults again', () => {
    const { outline, results } = play(
      'file A ab; p m = mmap A; p store m 0 X; p store m 0 Y; p fsync A; p store m 0 Z',
    );
    expect(results).toBe('ok ok ok ok ok');
    expect(outline.steps.map(({ microsteps }) => microsteps.length)).toEqual([1, 4, 1, 1, 4]);
  });

  test.each<Case>([
    ['a freed block is busy until the log is committed', 'p punch; p pwrite B 0 X; always not shared B 0 C 0 and free = 2', 'ok ok'],
    ['sync makes it free', 'p punch; p sync; p pwrite B 0 X; always free = 2', 'ok ok ok'],
    ['fsync too', 'p punch; p fsync C; p pwrite B 0 X', 'ok ok ok'],
    ['so does an allocation that finds nothing else', 'p punch; p pwrite B 0 X; p pwrite B 1 Y; p pwrite B 2 Z; p pwrite B 3 Q', 'ok ok ok ok ENOSPC'],
  ])('log=async: %s', (_, lines, results) =>
    expect(outcome('device 5; fs xfs log=async; file A ab; file B; file C z', lines.replaceAll('p punch', 'p fallocate A punch 0 1'))).toBe(results)); // prettier-ignore

  test('the block that was busy is the one handed out after the commit', () => {
    const head = 'device 3; fs xfs log=async; file A ab; file B; p fallocate A punch 0 1';
    const blockOfB = (lines: string): unknown => play(`${head}; ${lines}`).final.inodes[1]?.map;
    expect(blockOfB('p pwrite B 0 X')).toEqual([0, 1, 2]);
    expect(blockOfB('p sync; p pwrite B 0 X')).toEqual([0, 1, 0]);
  });
});

describe('names, open files and inodes', () => {
  test.each<Case>([
    ['create', 'p create A; p create N; p pread N 0; p create N', 'EEXIST ok EOF EEXIST'],
    ['unlink', 'p unlink A; p unlink A; p pread A 0', 'ok ENOENT ENOENT'],
    ['an open file lives on for who has it open', 'p open A; p unlink A; p pread A 0; q pread A 0; p close A; p pread A 0', 'ok ok a ENOENT ok ENOENT'],
    ['its name may be given again', 'p open A; p unlink A; p create A; p pread A 0; q pread A 0', 'ok ok ok EOF EOF'],
    ['close takes the file that the name means first', 'p open A; p unlink A; p create A; p open A; p close A; p unlink A; p pread A 0; p close A; p close A', 'ok ok ok ok ok ok a ok EBADF'],
    ['open and close', 'p close A; p open A; p open A; p close A; p close A; p close A', 'EBADF ok ok ok ok EBADF'],
    ['open of nothing', 'p unlink A; p open A; p fsync A', 'ok ENOENT ENOENT'],
    ['the blocks go with the last reference', 'p open A; p unlink A; p close A; always free = 13', 'ok ok ok'],
    ['and not before', 'p open A; p unlink A; always free = 9', 'ok ok'],
    ['a mapping is a reference', 'p m = mmap A; p unlink A; p munmap m; always free = 13', 'ok ok ok'],
    ['shared blocks stay with the other file', 'p reflink A C; p unlink A; always free = 9 and file C = abcd', 'ok ok'],
  ])('%s', (_, lines, results) => expect(outcome('file A abcd; file B = reflink A 0 1; file Z xyz; p unlink B', lines)).toBe(`ok ${results}`)); // prettier-ignore
});

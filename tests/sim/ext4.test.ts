// ext4 and device-dax: semantics §2; what ext4 converts is in ext4_ext_convert_to_initialized, recorded in E02 and E05.
import { describe, expect, test } from 'vitest';
import { runsGet } from '../../src/base/runs.ts';
import { extentWritten } from '../../src/sim/model/ids.ts';
import type { Case } from '../support/play.ts';
import { outcome, play } from '../support/play.ts';

describe('ext4', () => {
  const HEAD = 'fs ext4; option wait; file A abcd; file H a._d';
  test.each<Case>([
    ['no reflink', 'p reflink A C; p reflink A H 0 0 1; p dedupe A H 0 0 1; always file H = a..d', 'EOPNOTSUPP EOPNOTSUPP EOPNOTSUPP'],
    ['no unshare, for there is nothing shared', 'p fallocate A unshare 0 1; p fallocate A unshare 0 0', 'EOPNOTSUPP EINVAL'],
    ['zero keeps its blocks', 'p m = mmap A; p load m 1; p fallocate A zero 1 2; p load m 1; always file A = a..d and free = 9 and not hole A 1', 'ok b ok .'],
    ['zero fills holes and grows the file', 'p fallocate H zero 1 5; always size H = 6 and not hole H 1 and free = 6', 'ok'],
    ['punch, collapse and insert as on XFS', 'p fallocate A punch 0 1; p fallocate A collapse 0 2; p fallocate A insert 1 1; p fallocate A collapse 1 9; always file A = c.d and free = 11', 'ok ok ok EINVAL'],
    ['shrink', 'p ftruncate A 1; p pread A 1; always free = 12', 'ok EOF'],
  ])('%s', (_, lines, results) => expect(outcome(HEAD, lines)).toBe(results)); // prettier-ignore

  const PINNED = `${HEAD}; p m = mmap A; p mr = reg_mr m 3 1 remote_read`;
  test.each<[op: string, result: string]>([
    ['fallocate A alloc 4 2', 'ok'],
    ['fallocate A alloc 0 1', 'ok'],
    ['fallocate A zero 0 1', 'blocks'],
    ['fallocate A punch 0 1', 'blocks'],
    ['fallocate A collapse 0 1', 'blocks'],
    ['fallocate A insert 0 1', 'blocks'],
    ['ftruncate A 9', 'blocks'],
    ['ftruncate A 4', 'blocks'],
  ])('with a pin, %s: %s', (op, result) => expect(outcome(PINNED, `q ${op}`)).toBe(`ok ok ${result}`));

  test('plain alloc takes i_rwsem only, so it queues behind who waits, and leaves PTEs alone', () => {
    const { outline } = play(`${PINNED}; q fallocate A alloc 4 1; p load m 3`);
    expect(outline.steps[2]?.microsteps).toEqual(['layout.t1', 'layout.t6', 'layout.t7']);
    expect(outline.steps[3]?.microsteps).toEqual(['op.load']);
    expect(outcome(PINNED, 'q ftruncate A 0; r fallocate A alloc 4 1; p dereg_mr mr; always size A = 5')).toBe('ok ok blocks,ok blocks,ok ok'); // prettier-ignore
  });

  /** The map of A: `u` unwritten, `w` written, `.` hole. */
  const written = (head: string, lines: string): string => {
    const { final } = play(`${head}; ${lines}`);
    const inode = final.inodes[0];
    const cell = (index: number): string => {
      const extent = inode === undefined ? undefined : runsGet(inode.map, index);
      return extent === undefined ? '.' : extentWritten(extent) ? 'w' : 'u';
    };
    return Array.from({ length: 14 }, (_, index) => cell(index))
      .join('')
      .replace(/\.+$/, '');
  };
  const EMPTY = 'device 40; file A';
  const STORE = (n: number): string => `p m = mmap A 0 14; p store m ${n} X`;

  test.each<[name: string, file: string, lines: string, ext4: string, xfs: string]>([
    ['a small extent as a whole', EMPTY, `p fallocate A alloc 0 4; ${STORE(1)}`, 'wwww', 'uwuu'],
    ['also from its first block', EMPTY, `p fallocate A alloc 0 4; ${STORE(0)}`, 'wwww', 'wuuu'],
    ['its last block alone', EMPTY, `p fallocate A alloc 0 4; ${STORE(3)}`, 'uuuw', 'uuuw'],
    ['by pwrite as well', EMPTY, 'p fallocate A alloc 0 4; p pwrite A 1 X', 'wwww', 'uwuu'],
    ['the first block goes over to a written neighbour', 'device 40; file A abcd', `p fallocate A alloc 4 4; ${STORE(4)}`, 'wwwwwuuu', 'wwwwwuuu'],
    ['the last one too', 'device 40; file A abcd', `p fallocate A zero 0 2; ${STORE(1)}`, 'uwww', 'uwww'],
    ['not to one that does not continue it on the device', 'device 40; file A ab; file B x', `p fallocate A alloc 2 2; ${STORE(2)}`, 'wwww', 'wwwu'],
    ['more than eight blocks behind it stay unwritten, less than eight before it do not', EMPTY, `p fallocate A alloc 0 12; ${STORE(2)}`, 'wwwuuuuuuuuu', 'uuwuuuuuuuuu'],
    ['eight blocks or fewer behind it', EMPTY, `p fallocate A alloc 0 12; ${STORE(7)}`, 'uuuuuuuwwwww', 'uuuuuuuwuuuu'],
    ['a hole gets one block', 'device 40; file A ....', STORE(1), '.w', '.w'],
  ])('a store into an unwritten extent converts %s', (_, file, lines, ext4, xfs) => {
    expect(written(`fs ext4; ${file}`, lines)).toBe(ext4);
    expect(written(file, lines)).toBe(xfs);
  }); // prettier-ignore

  test('what it converts reads as zeroes', () => {
    expect(outcome('fs ext4; file A abcd', 'p fallocate A zero 0 4; p pwrite A 1 X; p pread A 0; p pread A 3; always file A = .X..')).toBe('ok ok . .'); // prettier-ignore
  });

  test('in the page cache nothing waits', () => {
    const head = 'fs ext4 dax=never; option wait; file A abcd; p m = mmap A; p mr = reg_mr m remote_read';
    expect(outcome(head, 'q fallocate A zero 1 1; p load m 1; peer rdma_read mr 1; q ftruncate A 0; peer rdma_read mr 3; always free = 16')).toBe('ok ok ok . b ok d'); // prettier-ignore
  });

  test('log=async', () => {
    const { final } = play('fs ext4 log=async; file A abcd; p fallocate A zero 0 1; p fallocate A punch 1 1');
    expect(final.device).toMatchObject({ busy: 1, free: 12 });
  });
});

describe('device-dax', () => {
  const HEAD = 'fs device-dax; option wait; file D abcd';
  test.each<Case>([
    ['the layout cannot be changed', 'p ftruncate D 2; p ftruncate D 9; p fallocate D punch 0 1; p fallocate D alloc 0 1; p fallocate D zero 0 1; p fallocate D collapse 0 1; p fallocate D insert 0 1', 'EINVAL EINVAL EOPNOTSUPP EOPNOTSUPP EOPNOTSUPP EOPNOTSUPP EOPNOTSUPP'],
    ['nor shared', 'p reflink D D 0 1 1; p dedupe D D 0 1 1', 'EOPNOTSUPP EOPNOTSUPP'],
    ['it is only mapped', 'p pread D 0; p pwrite D 0 X; p m = mmap D; p load m 1; p store m 1 X; p load m 1; always file D = aXcd', 'EINVAL EINVAL ok b ok X'],
    ['pins change nothing', 'p m = mmap D; p mr = reg_mr m remote_write; q ftruncate D 0; peer rdma_write mr 1 X; p load m 1', 'ok ok EINVAL ok X'],
  ])('%s', (_, lines, results) => expect(outcome(HEAD, lines)).toBe(results)); // prettier-ignore

  test('the preset brings it', () => {
    expect(outcome('option device-dax; file D ab', 'p ftruncate D 0; p m = mmap D; p mr = reg_mr m remote_read')).toBe('EINVAL ok ok'); // prettier-ignore
  });
});

// FICLONE and FICLONERANGE: semantics §2, r1 to r5.
import { describe, expect, test } from 'vitest';
import type { Case } from '../support/play.ts';
import { outcome, play } from '../support/play.ts';

const HEAD = 'option wait; file A abcd; file B xyz; file H a._d; file E';

describe('what is shared', () => {
  test.each<Case>([
    ['a whole file, made by it', 'p reflink A N; always file N = abcd and shared A 3 N 3 and free = 6', 'ok'],
    ['over a file: its blocks go', 'p reflink A B; always file B = abcd and free = 9', 'ok'],
    ['over a longer one: it keeps its tail and size', 'p reflink B A; always file A = xyzd and size A = 4 and free = 9', 'ok'],
    ['a range', 'p reflink A B 1 0 2; always file B = bcz and shared A 1 B 0 and not shared A 0 B 0', 'ok'],
    ['a range past the end grows the destination', 'p reflink A B 0 4 2; always file B = xyz.ab and hole B 3', 'ok'],
    ['length 0 is up to the end of the source', 'p reflink A B 2 0 0; always file B = cdz', 'ok'],
    ['within one file', 'p reflink A A 0 2 2; always file A = abab and shared A 0 A 2 and free = 8', 'ok'],
    ['what is shared already stays', 'p reflink A N; p reflink A N; always free = 6 and file N = abcd', 'ok ok'],
    ['an empty source', 'p reflink E N; p reflink E A; always size N = 0 and file A = abcd', 'ok ok'],
    ['holes and unwritten blocks are holes to a clone', 'p reflink H N; always file N = a..d and hole N 1 and hole N 2 and free = 6', 'ok'],
    ['past the end of the source', 'p reflink A B 2 0 3; p reflink A B 5 0 1; always file B = xyz', 'EINVAL EINVAL'],
    ['onto itself', 'p reflink A A; p reflink A A 0 1 2; always file A = abcd', 'EINVAL EINVAL'],
    ['no source', 'p create N; p unlink N; p reflink N A', 'ok ok ENOENT'],
    ['a store then breaks the COW on either side', 'p reflink A N; p m = mmap N; p store m 0 X; q pwrite A 1 Y; always file A = aYcd and file N = Xbcd', 'ok ok ok ok'],
    ['a mapping of the destination follows', 'p m = mmap B; p load m 0; p reflink A B; p load m 0', 'ok x ok a'],
    ['a writable PTE of the source is gone', 'p m = mmap A; p store m 0 X; p reflink A N; p store m 0 Y; always file N = Xbcd and file A = Ybcd', 'ok ok ok ok'],
  ])('%s', (_, lines, results) => expect(outcome(HEAD, lines)).toBe(results)); // prettier-ignore

  test('reflink=0: a file system without', () => {
    expect(outcome('fs xfs reflink=0; file A ab', 'p reflink A N; p pread N 0')).toBe('EOPNOTSUPP ENOENT');
  });
});

describe('pins', () => {
  const PIN = (file: string): string => `${HEAD}; p m = mmap ${file}; p mr = reg_mr m 1 1 remote_write`;
  test.each<Case>([
    ['of the older file are waited for, interruptibly', `q reflink A B; p dereg_mr mr; always file B = abcd`, 'blocks,ok ok'],
    ['whichever is the source', `q reflink B A; p dereg_mr mr; always file A = xyzd`, 'blocks,ok ok'],
    ['a signal ends that wait', 'q reflink A B; r signal q; always file B = xyz', 'blocks,EINTR ok'],
    ['SIGKILL too', 'q reflink A B; r kill q; r pread B 0', 'blocks ok x'],
    ['the clone takes the source as it is by then', 'q ftruncate A 2; r reflink A N; p dereg_mr mr; always file N = ab', 'blocks,ok blocks,ok ok'],
    ['a bad range waits first, and is told then', 'q reflink A B 2 0 3; p dereg_mr mr', 'blocks,EINVAL ok'],
    ['an interrupted one is not', 'q reflink A B 2 0 3; r signal q', 'blocks,EINTR ok'],
  ])('%s', (_, lines, results) => expect(outcome(PIN('A'), lines)).toBe(`ok ok ${results}`)); // prettier-ignore

  test.each<Case>([
    ['of the younger file: it spins', 'q reflink A B; p dereg_mr mr; always file B = abcd', 'blocks,ok ok'],
    ['a signal does not end the spin', 'q reflink A B; r signal q; r wait; p dereg_mr mr', 'blocks,ok ok ok ok'],
    ['nor does SIGKILL', 'q reflink A B; r kill q; r pread B 0; p dereg_mr mr', 'blocks ok blocks,a ok'],
    ['the spin keeps both i_rwsem and neither invalidate_lock', 'q reflink A B; r load n 0; r pread A 0', 'blocks x blocks'],
  ])('%s', (_, lines, results) => {
    const needs = lines.includes('load n') ? '; r n = mmap B' : '';
    expect(outcome(PIN('B') + needs, lines)).toBe(`ok ok ${needs === '' ? '' : 'ok '}${results}`);
  }); // prettier-ignore

  test('the spin shows as one: r3 drops both and goes back to r2', () => {
    const { outline, final } = play(`${PIN('B')}; q reflink A B; p dereg_mr mr`);
    expect(outline.steps[2]?.microsteps).toEqual(['reflink.r1', 'reflink.r2', 'reflink.scan2', 'reflink.r3', 'reflink.r2', 'reflink.scan2', 'reflink.r3', 'reflink.r4', 'reflink.r5']); // prettier-ignore
    expect(outline.waits.map(({ wait }) => wait.type)).toEqual(['spin']);
    expect(final.sleepers).toEqual([]);
  });

  test('locks go by age: two clones the other way round do not deadlock', () => {
    expect(outcome(PIN('A'), 'q reflink A B; r reflink B A; p dereg_mr mr; always file A = abcd and file B = abcd')).toBe('ok ok blocks,ok blocks,ok ok'); // prettier-ignore
  });
});

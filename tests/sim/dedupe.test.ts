// dedupe (FIDEDUPERANGE): a clone, if the contents are equal. semantics §2, ioctl_fideduperange(2).
import { describe, expect, test } from 'vitest';
import type { Case } from '../support/play.ts';
import { outcome, play } from '../support/play.ts';

const HEAD = 'device 20; option wait; file A abcd; file B abcd; file C abxd; file H a._d';

describe('without pins', () => {
  test.each<Case>([
    ['equal files share their blocks then', 'p dedupe A B; always shared A 0 B 0 and shared A 3 B 3 and free = 9', 'ok'],
    ['different ones are left alone', 'p dedupe A C; always not shared A 0 C 0 and file C = abxd and free = 5', 'differs'],
    ['a range that is equal', 'p dedupe A C 0 0 2; always shared A 1 C 1 and not shared A 2 C 2 and file C = abxd', 'ok'],
    ['a range that is not', 'p dedupe A C 1 1 2; always not shared A 1 C 1', 'differs'],
    ['at another offset', 'p pwrite C 2 a; p pwrite C 3 b; p dedupe A C 0 2 2; always shared A 0 C 2 and shared A 1 C 3 and file C = abab', 'ok ok ok'],
    ['within one file', 'p pwrite A 2 a; p pwrite A 3 b; p dedupe A A 0 2 2; always shared A 0 A 2 and file A = abab', 'ok ok ok'],
    ['holes and unwritten blocks read as zeroes', 'p pwrite A 1 .; p pwrite A 2 .; p dedupe H A; always file A = a..d and hole A 1 and shared H 0 A 0', 'ok ok ok'],
    ['past the end of either', 'p dedupe A B 2 0 3; p dedupe A B 0 2 3', 'EINVAL EINVAL'],
    ['overlapping itself', 'p dedupe A A; p dedupe A A 0 1 2', 'EINVAL EINVAL'],
    ['nothing', 'p dedupe A C 0 0 0; always not shared A 0 C 0', 'ok'],
    ['no file is made', 'p create N; p unlink N; p dedupe A N; p dedupe N A', 'ok ok ENOENT ENOENT'],
    ['the size of the destination stays', 'p ftruncate B 6; p dedupe A B; always size B = 6 and shared A 0 B 0', 'ok ok'],
  ])('%s', (_, lines, results) => expect(outcome(HEAD, lines)).toBe(results)); // prettier-ignore

  test('it compares what is in the page cache', () => {
    const head = 'fs xfs dax=never; option wait; file A ab; file B ax; p m = mmap B';
    expect(outcome(head, 'p dedupe A B; p store m 1 b; p dedupe A B; p load m 1; always shared A 1 B 1 and file B = ab')).toBe('ok differs ok ok b'); // prettier-ignore
  });
});

describe('with pins', () => {
  const PINNED = `${HEAD}; p m = mmap A; p mr = reg_mr m remote_read; q n = mmap C; q w = reg_mr n remote_read`;
  test.each<Case>([
    ['it waits as a clone does, and compares after that', 'q dedupe A B; p dereg_mr mr; always shared A 0 B 0', 'blocks,ok ok'],
    ['also if it differs in the end', 'r dedupe A C; p dereg_mr mr; q dereg_mr w', 'blocks,differs ok ok'],
    ['a signal ends the wait', 'r dedupe A B; s signal r', 'blocks,EINTR ok'],
  ])('%s', (_, lines, results) => expect(outcome(PINNED, lines)).toBe(`ok ok ok ok ${results}`)); // prettier-ignore

  test('a store that comes before it wakes is seen', () => {
    expect(outcome(PINNED, 'r dedupe A B; p store m 0 X; p dereg_mr mr')).toBe('ok ok ok ok blocks,differs ok ok');
  });
});

test('it is refused where a clone is', () => {
  const of = (head: string): string => outcome(`${head}; file A ab; file B ab`, 'p dedupe A B');
  expect(of('fs xfs reflink=0')).toBe('EOPNOTSUPP');
  expect(of('option static-fs')).toBe('EOPNOTSUPP');
  expect(of('fs ext4')).toBe('EOPNOTSUPP');
});

test('its steps are those of a clone', () => {
  const { outline } = play(`${HEAD}; p dedupe A B`);
  expect(outline.steps[0]?.microsteps).toEqual(['reflink.r1', 'reflink.r2', 'reflink.scan2', 'reflink.r3', 'reflink.r4', 'reflink.r5']); // prettier-ignore
});

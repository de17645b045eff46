// set, file.immutable and fs.shrink, and the order in which refusals come: semantics §3, §6.
import { describe, expect, test } from 'vitest';
import type { Case } from '../support/play.ts';
import { outcome, play } from '../support/play.ts';

const FILES = 'file A abcd; file B wxyz';
const LAYOUT = ['ftruncate A 2', 'ftruncate A 4', 'ftruncate A 9', 'fallocate A punch 0 1', 'fallocate A zero 0 1', 'fallocate A alloc 9 1', 'fallocate A collapse 0 1', 'fallocate A insert 0 1', 'fallocate A unshare 0 1']; // prettier-ignore

describe('file.immutable=off', () => {
  test('no file can be flagged', () => {
    expect(outcome(FILES, 'p set A immutable; p set A swapfile; p set A none; p ftruncate A 2')).toBe('EOPNOTSUPP EOPNOTSUPP EOPNOTSUPP ok'); // prettier-ignore
  });
});

describe('file.immutable=immutable', () => {
  const HEAD = `option wait file.immutable=immutable; ${FILES}`;
  test.each(LAYOUT)('%s of a flagged file is ETXTBSY, whoever asks', (op) => {
    expect(outcome(HEAD, `p set A immutable; p ${op}; q ${op}; always file A = abcd and size A = 4`)).toBe('ok ETXTBSY ETXTBSY'); // prettier-ignore
    expect(outcome(HEAD, `p ${op}`)).toBe('ok');
  });
  test.each<Case>([
    ['it can be cloned, not cloned to', 'p set A immutable; q reflink A D; q reflink B A; q reflink B A 0 0 1; q dedupe B A 0 0 1; always shared A 0 D 0', 'ok ok ETXTBSY ETXTBSY ETXTBSY'],
    ['written, stored to and unlinked', 'p set A immutable; q pwrite A 0 X; q m = mmap A; q store m 1 Y; q load m 0; q unlink A', 'ok ok ok ok X ok'],
    ['until the flag goes', 'p set A immutable; q set A none; q ftruncate A 2', 'ok ok ok'],
    ['a new file of the name has none', 'p set A immutable; p unlink A; p create A; p ftruncate A 2', 'ok ok ok ok'],
    ['nor has a clone', 'p set A immutable; p reflink A D; p ftruncate D 1', 'ok ok ok'],
    ['no file', 'p create N; p unlink N; p set N immutable', 'ok ok ENOENT'],
    ['only the file that was flagged', 'p set A immutable; p ftruncate B 0; p fallocate B collapse 0 0', 'ok ok EINVAL'],
  ])('%s', (_, lines, results) => expect(outcome(HEAD, lines)).toBe(results)); // prettier-ignore

  test('that is where the door stands open: a write breaks the sharing under the pin', () => {
    const lines = 'p set A immutable; p m = mmap A; p mr = reg_mr m remote_read; q reflink A D; p store m 0 X; peer rdma_read mr 0'; // prettier-ignore
    expect(play(`option immutable-file; ${FILES}; ${lines}`)).toMatchObject({ results: 'ok ok ok ok ok a' });
    expect(play(`option immutable-file; ${FILES}; ${lines}`).violated).toContain('S5b');
  });
});

describe('file.immutable=swapfile', () => {
  const HEAD = `proc p threads=2; option wait file.immutable=swapfile; ${FILES}`;
  test.each(LAYOUT)('%s of a flagged file is ETXTBSY', (op) => {
    expect(outcome(HEAD, `p set A swapfile; p ${op}; q ${op}`)).toBe('ok ETXTBSY ETXTBSY');
  });
  test.each<Case>([
    ['neither cloned nor cloned to', 'p set A swapfile; q reflink A D; p reflink A D; q reflink B A; q dedupe A B 0 0 1; q dedupe B A 0 0 1', 'ok ETXTBSY ETXTBSY ETXTBSY ETXTBSY ETXTBSY'],
    ['written only by the process that flagged it', 'p set A swapfile; q pwrite A 0 X; p pwrite A 0 Y; p.2 pwrite A 1 Z; q pread A 0', 'ok ETXTBSY ok ok Y'],
    ['stores go on', 'p set A swapfile; q m = mmap A; q store m 0 X', 'ok ok ok'],
    ['it keeps its name', 'p set A swapfile; p unlink A; q unlink A; q set A none; q unlink A', 'ok EPERM EPERM ok ok'],
  ])('%s', (_, lines, results) => expect(outcome(HEAD, lines)).toBe(results)); // prettier-ignore
});

describe('fs.shrink=etxtbsy', () => {
  const HEAD = `option wait fs.shrink=etxtbsy; ${FILES}`;
  test.each<Case>([
    ['a file that nobody uses', 'p ftruncate A 2', 'ok'],
    ['mapped by anybody', 'p m = mmap A; q ftruncate A 2; p munmap m; q ftruncate A 2', 'ok ETXTBSY ok ok'],
    ['a mapping of another file', 'p m = mmap B; q ftruncate A 2', 'ok ok'],
    ['pinned, with no mapping left', 'p m = mmap A; p mr = reg_mr m 3 1 remote_read; p munmap m; q ftruncate A 2; p dereg_mr mr; q ftruncate A 2', 'ok ok ok ETXTBSY ok ok'],
    ['grow, same size and punch are no shrink', 'p m = mmap A; q ftruncate A 4; q ftruncate A 9; q fallocate A punch 0 4', 'ok ok ok ok'],
  ])('%s', (_, lines, results) => expect(outcome(HEAD, lines)).toBe(results)); // prettier-ignore
});

describe('the order of refusals', () => {
  /** Everything refuses at once; each line takes away what spoke last. */
  test.each<[change: string, result: string, last: string]>([
    ['fs.punch=off', 'EOPNOTSUPP', 'layout.knobs'],
    ['layout.lease=exclusive', 'ETXTBSY', 'layout.lease'],
    ['layout.lease=none', 'ETXTBSY', 'layout.t7'],
  ])('punch: %s', (change, result, last) => {
    const option = `option wait file.immutable=immutable layout.onPin=etxtbsy ${change}`;
    const { outline } = play(`${option}; ${FILES}; p m = mmap A; p mr = reg_mr m remote_read; p setlease A layout; p set A immutable; q fallocate A punch 0 1`); // prettier-ignore
    const step = outline.steps.at(-1);
    expect([step?.result, step?.microsteps.at(-1)]).toEqual([result, last]);
  });

  test('the flag waits for i_rwsem, and comes before fs.shrink and pins', () => {
    const head = `option wait file.immutable=immutable fs.shrink=etxtbsy; ${FILES}; p m = mmap A; p mr = reg_mr m remote_read`;
    expect(outcome(head, 'q ftruncate A 9; r set A immutable; s ftruncate A 1; p dereg_mr mr')).toBe('ok ok blocks,ok ok blocks,ETXTBSY ok'); // prettier-ignore
    const why = (lines: string): unknown => play(`${head}; ${lines}`).outline.steps.at(-1)?.microsteps;
    expect(why('p set A immutable; q ftruncate A 1')).toEqual(['layout.t1', 'layout.t7']);
    expect(why('q ftruncate A 1')).toEqual(['layout.t1', 'layout.t7']);
    expect(why('q fallocate A punch 0 1')).toEqual(['layout.t1', 'layout.t2', 'layout.t3', 'layout.t4']);
  });
});

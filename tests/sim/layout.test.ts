// ftruncate, fallocate, unlink with evict: semantics §2, under `wait` unless said otherwise.
import { describe, expect, test } from 'vitest';
import type { Case } from '../support/play.ts';
import { outcome, play } from '../support/play.ts';

const HEAD = 'option wait; file A abcd; file H a._d';
const PINNED = `${HEAD}; p m = mmap A; p mr = reg_mr m 1 1 remote_read`;

describe('without pins', () => {
  test.each<Case>([
    ['shrink', 'p ftruncate A 2; p pread A 1; p pread A 2; always size A = 2 and free = 11', 'ok b EOF'],
    ['grow leaves a hole', 'p ftruncate A 6; p pread A 5; always hole A 5 and free = 9', 'ok .'],
    ['same size', 'p ftruncate A 4; always file A = abcd', 'ok'],
    ['shrink and grow again gives zeroes', 'p m = mmap A; p ftruncate A 1; p ftruncate A 4; p load m 1', 'ok ok ok .'],
    ['punch keeps the size', 'p fallocate A punch 1 2; always file A = a..d and size A = 4 and free = 11 and hole A 1', 'ok'],
    ['punch past the end', 'p fallocate A punch 3 9; always file A = abc. and size A = 4', 'ok'],
    ['zero puts new unwritten blocks', 'p fallocate A zero 1 2; always file A = a..d and not hole A 1 and free = 9', 'ok'],
    ['zero past the end grows the file', 'p fallocate A zero 3 3; always size A = 6 and free = 7', 'ok'],
    ['alloc fills the holes only', 'p fallocate H alloc 0 4; always file H = a..d and not hole H 1 and free = 8', 'ok'],
    ['alloc past the end grows the file', 'p fallocate A alloc 4 2; p pread A 5; always size A = 6 and not hole A 5', 'ok .'],
    ['an empty range', 'p fallocate A alloc 0 0; p fallocate A punch 0 0; p fallocate A zero 0 0', 'EINVAL EINVAL EINVAL'],
    ['no file', 'p create N; p unlink N; p ftruncate N 0; p fallocate N alloc 0 1', 'ok ok ENOENT ENOENT'],
    ['a punched block is zero for a mapping, a store gets a new one', 'p m = mmap A; p load m 1; p fallocate A punch 1 1; p load m 1; p store m 1 X; always file A = aXcd', 'ok b ok . ok'],
  ])('%s', (_, lines, results) => expect(outcome(HEAD, lines)).toBe(results)); // prettier-ignore

  test.each<Case>([
    ['alloc allocates nothing at all', 'p fallocate A alloc 2 4; always size A = 2 and free = 2 and file A = ab', 'ENOSPC'],
    ['zero has freed its blocks by then', 'p fallocate A zero 0 5; always size A = 2 and free = 4 and file A = ..', 'ENOSPC'],
    ['zero may use what it frees', 'p fallocate A zero 0 4; always size A = 4 and free = 0', 'ok'],
  ])('no space: %s', (_, lines, results) => expect(outcome('device 4; file A ab', lines)).toBe(results)); // prettier-ignore

  test('all pages lose their PTE, also below the new end and outside a punched range', () => {
    for (const op of ['ftruncate A 3', 'ftruncate A 9', 'fallocate A punch 3 1', 'fallocate A alloc 0 1']) {
      const { outline } = play(`${HEAD}; p m = mmap A; q m = mmap A; p load m 0; q store m 1 X; p ${op}; p load m 0`);
      expect(outline.steps.at(-1)?.microsteps[0]).toBe('load.lock');
    }
  });
});

describe('a pinned block', () => {
  const OPS = ['ftruncate A 2', 'ftruncate A 4', 'ftruncate A 9', 'fallocate A punch 3 1', 'fallocate A zero 0 1', 'fallocate A alloc 4 1']; // prettier-ignore
  test.each(OPS)('%s waits for it, wherever it is, and goes on when it is released', (op) => {
    expect(outcome(PINNED, `q ${op}; p dereg_mr mr`)).toBe('ok ok blocks,ok ok');
  });

  test('the waiter keeps i_rwsem and drops invalidate_lock; the size is as it was', () => {
    const { final, outline } = play(`${PINNED}; q ftruncate A 2; r pread A 0`);
    expect(final.inodes[0]).toMatchObject({ size: 4, rwsem: { holders: [{ task: 1 }], queue: [{ task: 2, mode: 'shared' }] }, mmlock: { holders: [] } }); // prettier-ignore
    expect(outline.steps[2]?.blockedOn).toBe('block 1, pinned by mr[0]');
    expect(outline.steps[2]?.microsteps).toEqual(['layout.t1', 'layout.t2', 'layout.t3', 'layout.t4']);
  });

  test.each<Case>([
    ['loads and stores go on meanwhile', 'q ftruncate A 2; p load m 3; r n = mmap A; r store n 1 X; p load m 1', 'blocks d ok ok X'],
    ['new pins too: they can starve it', 'q ftruncate A 2; r n = mmap A; r w = reg_mr n 1 1 remote_read; p dereg_mr mr; r dereg_mr w', 'blocks,ok ok ok ok ok'],
    ['the rest of the file queues on i_rwsem, first come, first served', 'q ftruncate A 2; r pread A 1; s pwrite A 0 X; t fallocate A alloc 0 1; p dereg_mr mr; always file A = Xb', 'blocks,ok blocks,b blocks,ok blocks,ok ok'],
    ['a reader in line waits for the writer before it', 'q ftruncate A 2; r pwrite A 0 X; s pread A 0; p dereg_mr mr', 'blocks,ok blocks,ok blocks,X ok'],
    ['a later step of the waiter is held back and runs when it wakes', 'q ftruncate A 2; q pread A 2; p dereg_mr mr; q pread A 1', 'blocks,ok EOF ok b'],
    ['a second pin found on waking puts it to sleep again', 'p w = reg_mr m 3 1 remote_read; q ftruncate A 0; p dereg_mr mr; p load m 0; p dereg_mr w', 'ok blocks,ok ok a ok'],
    ['short pins are waited for too', 'p dereg_mr mr; p d = dio_write m 1; q ftruncate A 0; p dio_end d', 'ok ok blocks,ok b'],
    ['and a pipe', 'p dereg_mr mr; p s = vmsplice m 1; q ftruncate A 0; p peek s; p pipe_read s', 'ok ok blocks,ok b b'],
    ['the own process has no way out', 'p ftruncate A 0; p dereg_mr mr', 'blocks -'],
  ])('%s', (_, lines, results) => expect(outcome(PINNED, lines)).toBe(`ok ok ${results}`)); // prettier-ignore

  test('a pin of a hole is a pin of the zero page: nothing waits, and it sees no later store', () => {
    const head = 'option wait; file A a.; p m = mmap A; p mr = reg_mr m remote_read';
    expect(play(`${head}; p store m 1 X; peer rdma_read mr 1; p dereg_mr mr`).results).toBe('ok ok ok . ok');
    expect(play('option wait; file A .; p m = mmap A; p mr = reg_mr m remote_read; q ftruncate A 0').results).toBe('ok ok ok'); // prettier-ignore
  });

  test('a test that fails again does not zap again', () => {
    const { outline } = play(
      `${PINNED}; p w = reg_mr m 3 1 remote_read; q ftruncate A 0; p load m 0; p dereg_mr w; p load m 0`,
    );
    expect(outline.steps.at(-1)?.microsteps).toEqual(['op.load']);
    expect(outline.turns.filter(({ kind }) => kind === 'woke')).toEqual([]);
  });
});

describe('only the DAX entries of this inode are looked at', () => {
  // The block is pinned through A; B shares it but never faulted it in.
  const SHARED = 'option wait; file A ab; file B = reflink A; p m = mmap A; p mr = reg_mr m remote_read';
  test.each<Case>([
    ['a sibling that never touched the block does not wait', 'q n = mmap B; q ftruncate B 0', 'ok ok'],
    ['one that did waits, though the block stays owned', 'q n = mmap B; q load n 0; q ftruncate B 0', 'ok a blocks'],
    ['a COW break by store moves the entry: the file waits no more', 'p store m 0 X; p store m 1 Y; q ftruncate A 0', 'ok ok ok'],
    ['a COW break by pwrite drops it', 'q pwrite A 0 X; q pwrite A 1 X; q ftruncate A 0', 'ok ok ok'],
  ])('%s', (_, lines, results) => expect(outcome(SHARED, lines)).toBe(`ok ok ${results}`)); // prettier-ignore

  test('so the block is freed under the pin once nobody owns it, and given to another file', () => {
    const played = play(`${SHARED}; p store m 0 X; p store m 1 Y; q ftruncate B 0; q create C; q pwrite C 0 Z`); // prettier-ignore
    expect(played.results).toBe('ok ok ok ok ok ok ok');
    expect(played.violated).toContain('S1');
    expect(played.violated).toContain('S2');
  });
});

describe('7.0 and 6.12', () => {
  const on = (kernel: string, lines: string): string => outcome(`kernel ${kernel}; ${PINNED}`, lines);
  test.each<[name: string, lines: string, on70: string, on612: string]>([
    ['a pin that outlived the only mapping', 'p munmap m; q ftruncate A 0', 'ok blocks', 'ok ok'],
    ['with any other mapping it is seen', 'q n = mmap A; p munmap m; q ftruncate A 0', 'ok ok blocks', 'ok ok blocks'],
    ['a mapping of another file is none', 'q n = mmap H; p munmap m; q fallocate A punch 1 1', 'ok ok blocks', 'ok ok ok'],
    ['reflink with no mapping', 'p munmap m; q reflink A C', 'ok blocks', 'ok ok'],
    ['unlink: evict waits for pins, or frees them', 'p munmap m; q unlink A; q create C', 'ok blocks -', 'ok ok ok'],
    ['evict goes on when the pin goes', 'p munmap m; q unlink A; p dereg_mr mr; always free = 13', 'ok blocks,ok ok', 'ok ok ok'],
    ['the wait of a sleeper is not cut short by a munmap', 'q ftruncate A 0; p munmap m; p dereg_mr mr', 'blocks,ok ok ok', 'blocks,ok ok ok'],
  ])('%s', (_, lines, on70, on612) => {
    expect(on('7.0', lines)).toBe(`ok ok ${on70}`);
    expect(on('6.12', lines)).toBe(`ok ok ${on612}`);
  }); // prettier-ignore

  test('7.0 drops the entries in scope after a scan that found nothing, 6.12 those in range only', () => {
    const entries = (kernel: string): unknown => {
      const { final } = play(
        `kernel ${kernel}; ${HEAD}; p m = mmap A; p load m 0; p load m 3; p fallocate A punch 2 1`,
      );
      return final.inodes[0]?.entries;
    };
    expect(entries('7.0')).toEqual([]);
    expect(entries('6.12')).toEqual([0, 1, 0, 3, 1, 3]);
  });

  test('6.12 tells that it skipped the scan, 7.0 scans', () => {
    const micros = (kernel: string): readonly string[] =>
      play(`kernel ${kernel}; ${PINNED}; p dereg_mr mr; p munmap m; p ftruncate A 0`).outline.steps[4]?.microsteps ?? []; // prettier-ignore
    expect(micros('7.0')).toContain('layout.t3');
    expect(micros('6.12')).not.toContain('layout.t3');
  });
});

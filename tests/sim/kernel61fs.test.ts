// What a file system on 6.1 does otherwise: semantics §2, recorded in E09, P15b and R10 there.
import { describe, expect, test } from 'vitest';
import { outcome, play } from '../support/play.ts';

const on = (kernel: string, lines: string): string => outcome(`kernel ${kernel}; option wait`, lines);

describe('pwrite that breaks a COW', () => {
  const LINES = 'file A ab; file B = reflink A; p m = mmap A; p load m 1; q pwrite A 1 X; p load m 1; q pread A 1';
  test.each([
    ['7.0', 'ok b ok X X'],
    ['6.12', 'ok b ok X X'],
    ['6.1', 'ok b ok b X'],
  ])('%s', (kernel, results) => expect(on(kernel, LINES)).toBe(results));

  test('6.1 leaves PTE and entry on the old block, and that is S6', () => {
    const { final, violated } = play(`kernel 6.1; ${LINES}`);
    expect(final.inodes[0]?.entries).toEqual([1, 1, 1]);
    expect(violated).toContain('S6');
    expect(play(`kernel 6.12; ${LINES}`).violated).toBe('');
  });
  test('6.1: so a pin of the old block is still waited for', () => {
    const lines = 'file A ab; file B = reflink A; p m = mmap A; p mr = reg_mr m 1 1 remote_read; q pwrite A 1 X; q ftruncate A 0'; // prettier-ignore
    expect(on('6.12', lines.replace('reg_mr m 1 1 remote_read', 'reg_mr m 0 1 remote_read').replace('pwrite A 1', 'pwrite A 0'))).toBe('ok ok ok ok'); // prettier-ignore
    // A longterm pin is taken with write there, which breaks the COW by itself; a pipe is not.
    const piped = 'file A ab; file B = reflink A; p m = mmap A; p s = vmsplice m 1; q pwrite A 1 X; q ftruncate A 0; p pipe_read s'; // prettier-ignore
    expect(on('6.1', piped)).toBe('ok ok ok blocks,ok b');
    expect(on('6.12', piped)).toBe('ok ok ok ok b');
  });
  test('a hole and an unwritten block are zapped on all', () => {
    const lines = 'file A ._; p m = mmap A; p load m 0; p load m 1; q pwrite A 0 X; q pwrite A 1 Y; p load m 0; p load m 1'; // prettier-ignore
    for (const kernel of ['7.0', '6.12', '6.1']) expect(on(kernel, lines)).toBe('ok . . ok ok X Y');
  });
});

describe('a truncate in the page cache', () => {
  const disk = (kernel: string, lines: string): unknown => {
    const { final } = play(`kernel ${kernel}; fs xfs dax=never; file A ab; p m = mmap A; ${lines}`);
    return final.device.tags;
  };
  test('6.1 writes back the page at the new end before it drops it', () => {
    const lines = 'p store m 0 X; p store m 1 Y; q ftruncate A 0';
    expect(disk('6.1', lines)).not.toEqual(disk('6.12', lines));
    expect(disk('6.12', lines)).toEqual(disk('6.12', 'q ftruncate A 0'));
  }); // prettier-ignore
  test('not when it grows', () => {
    const lines = 'p store m 1 Y; q ftruncate A 4';
    expect(disk('6.1', lines)).toEqual(disk('6.12', lines));
  });
});

test('6.x frees at evict, whatever layout.onPin says', () => {
  for (const value of ['wait', 'revoke', 'kill', 'etxtbsy', 'rewrite']) {
    const lines = `option wait layout.onPin=${value}; file A ab; p m = mmap A; p mr = reg_mr m remote_read; p munmap m; q unlink A`; // prettier-ignore
    for (const kernel of ['6.12', '6.1']) expect(outcome(`kernel ${kernel}`, lines)).toBe('ok ok ok ok');
  }
});

test('6.x looks at no pin while nothing is mapped, so no option acts on it', () => {
  for (const value of ['wait', 'revoke', 'kill', 'etxtbsy', 'rewrite']) {
    const lines = `option wait layout.onPin=${value}; file A ab; p m = mmap A; p mr = reg_mr m remote_read; p munmap m; q ftruncate A 0; always size A = 0 and mr live`; // prettier-ignore
    expect(outcome('kernel 6.12', lines)).toBe('ok ok ok ok');
  }
});

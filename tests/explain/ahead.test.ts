// What the next step will change: the words of what a step has changed, in the future.
import { expect, test } from 'vitest';
import { inFuture, willChange } from '../../src/explain/ahead.ts';
import { changedBy } from '../../src/explain/changes.ts';
import { bundled } from './support.ts';

test.each([
  ['A[1] moved from block 1 to block 4, tag X', 'A[1] will move from block 1 to block 4, tag X'],
  ['A[0..3] lost blocks 0-3', 'A[0..3] will lose blocks 0-3'],
  ['m[1] lost its PTE, of block 1', 'm[1] will lose its PTE, of block 1'],
  ['m[0..3] map blocks 0-3, read-only', 'm[0..3] will map blocks 0-3, read-only'],
  ['m[1] is read-only now', 'm[1] will be read-only'],
  ['A[0..1] are written now', 'A[0..1] will be written'],
  ['mr[2] translates to block 7', 'mr[2] will translate to block 7'],
  ['Block 1 has one owner left: B[1]', 'Block 1 will have one owner left: B[1]'],
  ['Block 0 holds X, was b', 'Block 0 will hold X, holds b now'],
  ['A has 0 blocks, was 4', 'A will have 0 blocks, has 4 now'],
  ['The name A is gone', 'The name A will be gone'],
  ['DRAM page 0 caches A[1]', 'DRAM page 0 will cache A[1]'],
  ['admin and db hold i_rwsem of A', 'admin and db will hold i_rwsem of A'],
])('%s', (text, expected) => {
  expect(inFuture(text)).toBe(expected);
});

test.each(bundled)('$name: every change has a future', ({ program, outline, at }) => {
  for (const { to } of outline.turns) {
    const moment = at(to);
    const future = willChange(program, moment);
    expect(future).toHaveLength(changedBy(program, moment).length);
    for (const { text } of future) {
      expect(text.match(/ will /g)).toHaveLength(1);
      expect(text).not.toMatch(/ will (\S+s|lost|moved) (?!e)|, was | now, /);
    }
  }
});

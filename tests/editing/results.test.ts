import { expect, test } from 'vitest';
import { ghostText, resultWords, type LineResult } from '../../src/editing/results.ts';

test.each<[result: Omit<LineResult, 'line'>, ghost: string, words: string]>([
  [{ result: 'ok' }, '→ ok', 'returned ok'],
  [{ result: 'b', expected: 'b', met: true }, '✓', 'returned b, as expected'],
  [{ result: 'ETXTBSY', expected: 'ok', met: false }, '→ ETXTBSY ✗ expected ok', 'returned ETXTBSY, expected ok'],
  [{ result: 'void', met: false }, '→ void ✗', 'returned void, not as expected'],
])('%j behind its line', (result, ghost, words) => {
  expect(ghostText({ line: 1, ...result })).toBe(ghost);
  expect(resultWords({ line: 1, ...result })).toBe(words);
});

// Text that changed outside, as few edits: they must lead to it, and touch no more than they need.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { editorText, splicesBetween } from '../../src/editing/splice.ts';

/** Half of a surrogate pair. */
const HALF = /\p{Surrogate}/u;

function apply(before: string, after: string): string {
  let text = '';
  let at = 0;
  for (const { from, to, insert } of splicesBetween(before, after)) {
    expect(from).toBeGreaterThanOrEqual(at);
    expect(to).toBeGreaterThanOrEqual(from);
    text += before.slice(at, from) + insert;
    at = to;
  }
  return text + before.slice(at);
}

describe('splices between two texts', () => {
  test.each<[name: string, before: string, after: string, splices: readonly [number, number, string][]]>([
    ['the same', 'app sync\n', 'app sync\n', []],
    ['a line at the end', 'a\nb\n', 'a\nb\nc\n', [[4, 4, 'c\n']]],
    ['a word in the middle', 'app load m 1\n', 'app load m 12\n', [[12, 12, '2']]],
    ['an end cut off', 'a\nb\nc', 'a\n', [[2, 5, '']]],
    ['everything', 'abc', 'xyz', [[0, 3, 'xyz']]],
    ['from nothing', '', 'abc', [[0, 0, 'abc']]],
    ['as many lines, two of them changed', 'ab\nsame\ncd\n', 'aXb\nsame\ncdY\n', [[1, 1, 'X'], [10, 10, 'Y']]],
    ['lines at both ends', 'app sync\n', '# above\napp sync\nend\n', [[0, 0, '# above\n'], [9, 9, 'end\n']]],
    ['a line taken out and one put in', 'a1\nb1\nc1\nd1\n', 'b1\nc1\nx1\nd1\n', [[0, 3, ''], [9, 9, 'x1\n']]],
    ['a doubled letter', 'aab', 'ab', [[1, 2, '']]],
    ['half of a pair stays whole', '\u{1F600}', '\u{1F601}', [[0, 2, '\u{1F601}']]],
  ])('%s', (_name, before, after, splices) => {
    expect(splicesBetween(before, after).map(({ from, to, insert }) => [from, to, insert])).toEqual(splices);
  }); // prettier-ignore

  test('lead from any text to any other (seed 20261123)', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '\n', ' ', '\u{1F600}', '\u{1F601}'), maxLength: 40 });
    fc.assert(
      fc.property(text, text, (before, after) => {
        expect(apply(before, after)).toBe(after);
      }),
      { seed: 20261123, numRuns: 2000 },
    );
  });

  test('never cut a pair in two (seed 7)', () => {
    const text = fc.string({ unit: fc.constantFrom('\u{1F600}', '\u{1F601}', '\u{1F400}', '\n'), maxLength: 12 });
    fc.assert(
      fc.property(text, text, (before, after) => {
        for (const { from, to, insert } of splicesBetween(before, after)) {
          expect(insert).not.toMatch(HALF);
          expect(before.slice(from, to)).not.toMatch(HALF);
        }
      }),
      { seed: 7, numRuns: 2000 },
    );
  });
});

test.each([
  ['a\r\nb\r\n', 'a\nb\n'],
  ['a\rb', 'a\nb'],
  ['\uFEFFtitle', 'title'],
  ['plain\n', 'plain\n'],
])('%j in an editor', (text, held) => {
  expect(editorText(text)).toBe(held);
});

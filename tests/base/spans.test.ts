import { describe, expect, test } from 'vitest';
import { nextEnd, previousEnd, spanAt } from '../../src/base/spans.ts';

// 0..3, 3..4, 4..9
const spans = [
  { from: 0, to: 3 },
  { from: 3, to: 4 },
  { from: 4, to: 9 },
];

describe('spans', () => {
  test.each([
    [0, -1, 3, undefined],
    [1, 0, 3, 0],
    [3, 0, 4, 0],
    [4, 1, 9, 3],
    [5, 2, 9, 4],
    [9, 2, undefined, 4],
    // Out of range on purpose: an address can name any number.
    [20, 2, undefined, 4],
  ])('at %i: span %i, next end %s, previous end %s', (at, span, next, previous) => {
    expect(spanAt(spans, at)).toBe(span);
    expect(nextEnd(spans, at)).toBe(next);
    expect(previousEnd(spans, at)).toBe(previous);
  });

  test('nothing has no ends', () => {
    expect([spanAt([], 0), nextEnd([], 0), previousEnd([], 0)]).toEqual([-1, undefined, undefined]);
  });

  test('walking by ends visits every end, there and back', () => {
    const there: number[] = [];
    for (let at: number | undefined = 0; at !== undefined; at = nextEnd(spans, at)) there.push(at);
    const back: number[] = [];
    for (let at: number | undefined = 9; at !== undefined; at = previousEnd(spans, at)) back.push(at);
    expect(there).toEqual([0, 3, 4, 9]);
    expect(back).toEqual([9, 4, 3, 0]);
  });
});

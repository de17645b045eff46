import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Difference } from '../../src/base/runDiff.ts';
import { runsDiff } from '../../src/base/runDiff.ts';
import type { Runs } from '../../src/base/runs.ts';
import { emptyRuns, runsClear, runsCount, runsFrom, runsGet, runsSet, runsShift } from '../../src/base/runs.ts';

type Point = readonly [index: number, was: number | undefined, now: number | undefined];

function points(a: Runs, b: Runs): Point[] {
  const out: Point[] = [];
  const grow = (value: number | undefined, by: number) => (value === undefined ? undefined : value + by);
  runsDiff(a, b, ({ at, len, was, wasStep, now, nowStep }: Difference) => {
    for (let i = 0; i < len; i++) out.push([at + i, grow(was, i * wasStep), grow(now, i * nowStep)]);
  });
  return out;
}

function naive(a: Runs, b: Runs, size: number): Point[] {
  return Array.from({ length: size }, (_, i): Point => [i, runsGet(a, i), runsGet(b, i)]).filter(
    ([, was, now]) => was !== now,
  );
}

const SIZE = 600;
const edit = fc.record({
  kind: fc.constantFrom('set', 'clear', 'shift'),
  at: fc.nat(SIZE - 40),
  len: fc.integer({ min: 1, max: 30 }),
  value: fc.nat(40),
  step: fc.constantFrom<0 | 1>(0, 1),
});
type Edit = { kind: string; at: number; len: number; value: number; step: 0 | 1 };

function apply(runs: Runs, { kind, at, len, value, step }: Edit): Runs {
  if (kind === 'clear') return runsClear(runs, at, len);
  if (kind === 'shift') return runsShift(runsClear(runs, at, len), at + len, -len);
  return runsSet(runs, at, len, value, step);
}

test('finds exactly the indexes that a comparison one by one finds', () => {
  fc.assert(
    fc.property(fc.array(edit, { maxLength: 200 }), fc.array(edit, { maxLength: 4 }), (first, later) => {
      const before = first.reduce(apply, emptyRuns);
      const after = later.reduce(apply, before);
      expect(points(before, after)).toEqual(naive(before, after, SIZE));
      expect(points(after, before)).toEqual(naive(after, before, SIZE));
    }),
    { seed: 7, numRuns: 200 },
  );
});

test('two maps that share nothing', () => {
  const made = (seed: number) =>
    runsFrom(Array.from({ length: 90 }, (_, i) => ({ at: i * 5 + (seed % 3), len: 2, value: i * seed, step: 1 })));
  expect(points(made(7), made(11))).toEqual(naive(made(7), made(11), SIZE));
});

test('stops when it is told to', () => {
  const runs = runsFrom(Array.from({ length: 50 }, (_, i) => ({ at: i * 3, len: 1, value: i, step: 0 as const })));
  const seen: number[] = [];
  runsDiff(emptyRuns, runs, ({ at }) => {
    seen.push(at);
    return seen.length === 2 || undefined;
  });
  expect(seen).toEqual([0, 3]);
});

test('the same map has no difference', () => {
  const runs = runsSet(emptyRuns, 3, 4, 9, 1);
  expect(points(runs, runs)).toEqual([]);
});

test('two edits far apart in a big map', () => {
  const big = runsFrom(Array.from({ length: 100_000 }, (_, i) => ({ at: i * 2, len: 1, value: i, step: 0 })));
  expect(runsCount(big)).toBe(100_000);
  const once = runsSet(big, 50_000, 1, 7, 0);
  const twice = runsSet(once, 150_001, 1, 8, 0);
  expect(points(big, twice)).toEqual([
    [50_000, 25_000, 7],
    [150_001, undefined, 8],
  ]);
});

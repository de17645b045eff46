import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { deepFreeze } from '../../src/base/freeze.ts';
import type { Run, Runs } from '../../src/base/runs.ts';
import {
  emptyRuns,
  runsClear,
  runsCount,
  runsEach,
  runsEqual,
  runsFirst,
  runsFrom,
  runsGet,
  runsSet,
  runsShift,
  runsSize,
} from '../../src/base/runs.ts';
import { runsOf, THOROUGH } from '../support/thorough.ts';

/** The naive map: one element for each index. */
type Cells = readonly (number | undefined)[];

type Op =
  | { readonly type: 'set'; readonly run: Run }
  | { readonly type: 'clear'; readonly at: number; readonly len: number }
  | { readonly type: 'shift'; readonly from: number; readonly delta: number };

const listRuns = (runs: Runs, from = 0, to = Infinity): Run[] => {
  const out: Run[] = [];
  runsEach(runs, from, to, (at, len, value, step) => void out.push({ at, len, value, step }));
  return out;
};

const valueAt = ({ at, value, step }: Run, index: number): number => value + step * (index - at);

const listCells = (runs: Runs): Cells => {
  const cells: (number | undefined)[] = [];
  for (const run of listRuns(runs)) {
    for (let i = run.at; i < run.at + run.len; i++) cells[i] = valueAt(run, i);
  }
  return Array.from(cells);
};

/** The canonical runs told straight from their definition. */
const runsOfCells = (cells: Cells): Run[] => {
  const value = (i: number): number => cells[i] ?? NaN;
  const constant = (i: number): boolean => value(i) === value(i - 1) || value(i) === value(i + 1);
  const goesOn = (i: number): boolean =>
    constant(i) ? value(i) === value(i - 1) : value(i) === value(i - 1) + 1 && !constant(i - 1);
  const out: Run[] = [];
  cells.forEach((cell, i) => {
    const last = out.at(-1);
    if (cell === undefined) return;
    if (last === undefined || !goesOn(i)) out.push({ at: i, len: 1, value: cell, step: 0 });
    else out[out.length - 1] = { ...last, len: last.len + 1, step: constant(i) ? 0 : 1 };
  });
  return out;
};

const trim = (cells: Cells): Cells => cells.slice(0, cells.findLastIndex((cell) => cell !== undefined) + 1);

/** What the vacated range must be is part of the call, so the naive shift makes the op a legal one first. */
const applyToCells = (cells: Cells, op: Op): { readonly cells: Cells; readonly op: Op } => {
  const padded = (n: number): (number | undefined)[] =>
    Array.from({ length: Math.max(n, cells.length) }, (_, i) => cells[i]);
  if (op.type === 'set') {
    const next = padded(op.run.at + op.run.len);
    for (let i = op.run.at; i < op.run.at + op.run.len; i++) next[i] = valueAt(op.run, i);
    return { cells: trim(next), op };
  }
  if (op.type === 'clear') {
    const next = padded(op.at + op.len);
    next.fill(undefined, op.at, op.at + op.len);
    return { cells: trim(next), op };
  }
  const next = padded(op.from);
  if (op.delta >= 0) {
    next.splice(op.from, 0, ...Array.from({ length: op.delta }, () => undefined));
    return { cells: trim(next), op };
  }
  let room = 0;
  while (room < Math.min(-op.delta, op.from) && next[op.from - room - 1] === undefined) room++;
  next.splice(op.from - room, room);
  return { cells: trim(next), op: { ...op, delta: -room } };
};

const apply = (runs: Runs, op: Op): Runs =>
  op.type === 'set'
    ? runsSet(runs, op.run.at, op.run.len, op.run.value, op.run.step)
    : op.type === 'clear'
      ? runsClear(runs, op.at, op.len)
      : runsShift(runs, op.from, op.delta);

/** As text first: comparing a thousand objects one by one takes a hundred times longer. */
const expectRuns = (runs: Runs, cells: Cells): void => {
  const [found, wanted] = [listRuns(runs), runsOfCells(cells)];
  if (JSON.stringify(found) !== JSON.stringify(wanted)) expect(found).toEqual(wanted);
};

/** A tree that is not balanced within its bounds, or a small map that is not a leaf, says what is wrong. */
const checkForm = (runs: Runs): void => {
  const heightOf = (node: Runs, isRoot: boolean): number => {
    if (!('kids' in node)) {
      const spans = node.filter((_, k) => k % 3 === 1);
      expect(spans.filter((span) => span === 0 || span === -1)).toEqual([]);
      if (isRoot) expect(node.length).toBeLessThanOrEqual(96);
      else expect([48 <= node.length, node.length <= 96, node[0]]).toEqual([true, true, 0]);
      return 0;
    }
    expect([node.kids.length >= (isRoot ? 2 : 16), node.kids.length <= 32]).toEqual([true, true]);
    if (!isRoot) expect(node.info[0]).toBe(0);
    const heights = node.kids.map((kid) => heightOf(kid, false));
    expect(new Set(heights).size).toBe(1);
    node.kids.forEach((kid, k) => {
      const all = listRuns(kid);
      const low = Math.min(...all.map(({ value }) => value));
      const high = Math.max(...all.map((run) => valueAt(run, run.at + run.len - 1)));
      expect(node.info.slice(5 * k + 1, 5 * k + 5)).toEqual([runsSize(kid), all.length, low, high]);
    });
    return (heights[0] ?? 0) + 1;
  };
  heightOf(runs, true);
  if (runsCount(runs) <= 32) expect(Array.isArray(runs)).toBe(true);
  else expect('kids' in runs).toBe(true);
};

const arbitraryOp = (indexes: number, values: number, lengths: number): fc.Arbitrary<Op> => {
  const index = fc.nat({ max: indexes });
  const len = fc.nat({ max: lengths });
  const step = fc.constantFrom<0 | 1>(0, 1);
  return fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({
        type: fc.constant('set' as const),
        run: fc.record({ at: index, len, value: fc.nat({ max: values }), step }),
      }),
    },
    { weight: 2, arbitrary: fc.record({ type: fc.constant('clear' as const), at: index, len }) },
    {
      weight: 1,
      arbitrary: fc.record({
        type: fc.constant('shift' as const),
        from: index,
        delta: fc.integer({ min: -9, max: 9 }),
      }),
    },
  );
};

/** Applies ops to both maps, the input frozen, and compares after each. */
const runBoth = (start: Cells, ops: readonly Op[]): { readonly runs: Runs; readonly cells: Cells } => {
  let cells = trim(start);
  let runs = deepFreeze(runsFrom(runsOfCells(start)));
  for (const wanted of ops) {
    const naive = applyToCells(cells, wanted);
    const next = deepFreeze(apply(runs, naive.op));
    const same = JSON.stringify(naive.cells) === JSON.stringify(cells);
    expect(next === runs).toBe(same);
    cells = naive.cells;
    runs = next;
    expectRuns(runs, cells);
    expect([runsCount(runs), runsSize(runs)]).toEqual([
      runsOfCells(cells).length,
      cells.filter((cell) => cell !== undefined).length,
    ]);
  }
  checkForm(runs);
  if (runsCount(runs) <= 32) expect(runs).toEqual(runsFrom(runsOfCells(cells)));
  return { runs, cells };
};

/** Cells enough for a tree: every run is short. */
const scattered = (count: number, seed: number): Cells =>
  Array.from({ length: count }, (_, i) => {
    const x = Math.imul(i + 1 + seed * 977, 0x9e3779b1);
    const y = Math.imul(x ^ (x >>> 15), 0x85ebca77);
    const mixed = (y ^ (y >>> 13)) >>> 0;
    return mixed % 11 === 0 ? undefined : mixed % 4;
  });

describe('against one element for each index', () => {
  test('small maps, seed 1', () => {
    fc.assert(
      fc.property(fc.array(arbitraryOp(24, 3, 8), { maxLength: 30 }), (ops) => void runBoth([], ops)),
      { seed: 1, numRuns: runsOf(1500, 300) },
    );
  });

  test('maps about where a leaf becomes a tree, seed 2', () => {
    fc.assert(
      fc.property(fc.nat(), fc.array(arbitraryOp(90, 4, 12), { maxLength: 25 }), (seed, ops) => {
        runBoth(scattered(60, seed), ops);
      }),
      { seed: 2, numRuns: 300 },
    );
  });

  test('trees of three levels, seed 3', () => {
    fc.assert(
      fc.property(fc.nat(), fc.array(arbitraryOp(3000, 4, 900), { maxLength: 8 }), (seed, ops) => {
        runBoth(scattered(3000, seed), ops);
      }),
      { seed: 3, numRuns: 40 },
    );
  });

  test('many small edits of a tree, seed 4', () => {
    const ops = fc.sample(arbitraryOp(1500, 4, 3), { seed: 4, numRuns: 600 });
    runBoth(scattered(1500, 4), ops);
  });

  test('get, first and clipped each, seed 5', () => {
    fc.assert(
      fc.property(
        fc.nat(),
        fc.nat({ max: 150 }),
        fc.nat({ max: 150 }),
        fc.constantFrom(5, 40, 150),
        (seed, a, b, n) => {
          const cells = scattered(n, seed);
          const runs = runsFrom(runsOfCells(cells));
          expect(runsGet(runs, a)).toBe(cells[a]);
          for (const value of [-1, 0, 1, 2, 3, 4]) {
            const found = cells.findIndex((cell, i) => i >= a && cell === value);
            expect(runsFirst(runs, value, a)).toBe(found < 0 ? undefined : found);
          }
          const clipped = listRuns(runs, a, b);
          expect(
            clipped.every(({ at, len, step }) => at >= a && at + len <= b && len > 0 && (len > 1 || step === 0)),
          ).toBe(true);
          expect(listCells(runsFrom(clipped))).toEqual(
            trim(cells.map((cell, i) => (i >= a && i < b ? cell : undefined))),
          );
        },
      ),
      { seed: 5, numRuns: 500 },
    );
  });
});

/** Where each node but the first of its level begins. */
const seamsOf = (runs: Runs, base = 0): number[] =>
  'kids' in runs
    ? runs.kids.flatMap((kid, k) => {
        const start = base + (runs.info[5 * k] ?? 0);
        return [...(k > 0 ? [start] : []), ...seamsOf(kid, start)];
      })
    : [];

// In maps 24 and 50 a pair beside the seam of the two branches, once broken, merges across it.
test.each(THOROUGH ? [1, 24, 50] : [24])('single edits about the seams between nodes, map %i', (seed) => {
  const cells = trim(scattered(1500, seed));
  const runs = runsFrom(runsOfCells(cells));
  const top = 'kids' in runs ? (runs.info[5] ?? 0) : 0;
  // The seam between two branches is only one: try all there, and a part at the many between leaves.
  for (const seam of seamsOf(runs)) {
    for (let at = seam - 4; at <= seam + 3; at++) {
      for (let code = 0; code < 20; code++) {
        if (seam !== top && (code + at) % 7 !== 0) continue;
        const [len, value, step] = [1 + (code % 2), (code >> 2) % 5, ((code >> 1) % 2) as 0 | 1];
        const op: Op = value === 4 ? { type: 'clear', at, len } : { type: 'set', run: { at, len, value, step } };
        const next = apply(runs, op);
        expectRuns(next, applyToCells(cells, op).cells);
        if (seam === top) checkForm(next);
      }
    }
  }
});

test('a tree stays within its bounds while it grows at its end and is edited all over, seed 7', () => {
  let runs: Runs = emptyRuns;
  for (let i = 0; i < 3000; i++) {
    runs = runsSet(runs, 2 * i, 1, i % 5, 0);
    if (i % 250 === 0) checkForm(runs);
  }
  fc.sample(arbitraryOp(6000, 4, 40), { seed: 7, numRuns: 400 }).forEach((op, i) => {
    if (op.type !== 'shift') runs = apply(runs, op);
    if (i % 20 === 0) checkForm(runs);
  });
  expect(listRuns(runs)).toEqual(runsOfCells(listCells(runs)));
});

describe('canonical form', () => {
  const set = (...runs: readonly (readonly [number, number, number, 0 | 1])[]): Runs =>
    runs.reduce<Runs>((map, [at, len, value, step]) => runsSet(map, at, len, value, step), emptyRuns);

  test.each<[what: string, map: Runs, flat: readonly number[]]>([
    ['nothing', emptyRuns, []],
    ['one index', set([3, 1, 7, 1]), [3, 1, 7]],
    ['an extent', set([3, 4, 7, 1]), [3, -4, 7]],
    ['singles merge into an extent', set([1, 1, 6, 0], [0, 1, 5, 0], [2, 1, 7, 0]), [0, -3, 5]],
    ['singles merge into a constant', set([2, 1, 5, 0], [0, 1, 5, 0], [1, 1, 5, 0]), [0, 3, 5]],
    ['an equal neighbour binds first', set([0, 3, 3, 1], [3, 3, 5, 0], [6, 1, 6, 0]), [0, -2, 3, 2, 4, 5, 6, 1, 6]],
    ['and is given back', runsClear(set([0, 3, 3, 1], [3, 3, 5, 0]), 3, 3), [0, -3, 3]],
    ['a hole parts a run', runsClear(set([0, 5, 1, 1]), 2, 1), [0, -2, 1, 3, -2, 4]],
    ['a run set within a run', set([0, 6, 1, 0], [2, 2, 9, 0]), [0, 2, 1, 2, 2, 9, 4, 2, 1]],
    ['a hole closed by a shift', runsShift(set([0, 2, 1, 1], [5, 2, 3, 1]), 5, -3), [0, -4, 1]],
    ['a hole opened by a shift', runsShift(set([0, 4, 1, 1]), 2, 3), [0, -2, 1, 5, -2, 3]],
  ])('%s', (_, map, flat) => {
    expect(map).toEqual(flat);
  });

  test('equal maps built in any order are equal, seed 6', () => {
    fc.assert(
      fc.property(fc.nat(), fc.constantFrom(10, 60, 400), (seed, n) => {
        const cells = scattered(n, seed);
        const list = runsOfCells(cells);
        const shuffled = list
          .map((run, i) => ({ run, key: Math.imul(i + seed, 40503) & 0xffff }))
          .sort((a, b) => a.key - b.key)
          .map(({ run }) => run);
        const a = runsFrom(list);
        const b = runsFrom(shuffled);
        expect(listRuns(b)).toEqual(list);
        expect(runsEqual(a, b)).toBe(true);
        if (list.length <= 32) expect(b).toEqual(a);
        const other = runsSet(b, n >> 1, 1, 77, 0);
        expect([runsEqual(a, other), runsEqual(other, a)]).toEqual([false, false]);
        expect(runsEqual(runsShift(runsShift(b, 3, 2), 5, -2), a)).toBe(true);
      }),
      { seed: 6, numRuns: 100 },
    );
  });

  test('a tree that shrinks becomes the leaf it would have been', () => {
    const runs = runsFrom(runsOfCells(scattered(2000, 9)));
    const small = runsClear(runs, 20, 5000);
    expect(small).toEqual(runsFrom(listRuns(small)));
    expect(Array.isArray(small)).toBe(true);
    expect(runsClear(runs, 0, 5000)).toEqual([]);
  });

  test('a map survives a clone and JSON', () => {
    const runs = runsFrom(runsOfCells(scattered(400, 1)));
    expect(structuredClone(runs)).toEqual(runs);
    expect(JSON.parse(JSON.stringify(runs))).toEqual(runs);
  });
});

describe('calls that make no sense', () => {
  test.each<[string, () => unknown, string]>([
    ['negative index', () => runsSet(emptyRuns, -1, 2, 0, 0), 'at -1 with length 2'],
    ['fractional length', () => runsClear(emptyRuns, 1, 0.5), 'at 1 with length 0.5'],
    ['shift below zero', () => runsShift(emptyRuns, 2, -3), 'at -1'],
    ['shift over mapped indexes', () => runsShift(runsSet(emptyRuns, 0, 3, 0, 0), 4, -2), 'Shift of 4 by -2'],
  ])('%s', (_, call, message) => {
    expect(call).toThrow(message);
  });
});

describe('a million runs', () => {
  const N = 1_000_000;
  // Every second index is mapped, so that no two runs merge.
  const big = runsFrom(Array.from({ length: N }, (_, i) => ({ at: 2 * i, len: 1, value: 3 * i, step: 0 as const })));

  test('are counted, found and read', () => {
    expect([runsCount(big), runsSize(big)]).toEqual([N, N]);
    expect([runsGet(big, 2 * 777_777), runsGet(big, 1), runsGet(big, 2 * N)]).toEqual([
      3 * 777_777,
      undefined,
      undefined,
    ]);
    expect(runsFirst(big, 3 * 999_999, 0)).toBe(2 * 999_999);
    expect(runsFirst(big, 3 * 999_999 + 1, 0)).toBeUndefined();
  });

  test('an edit shares all but one path', () => {
    const next = runsSet(big, N + 1, 1, 5, 0);
    expect(runsCount(next)).toBe(N + 1);
    const nodes = new Set<unknown>();
    const collect = (node: Runs): void => {
      nodes.add(node);
      if ('kids' in node) node.kids.forEach(collect);
    };
    collect(big);
    const before = nodes.size;
    collect(next);
    expect(nodes.size - before).toBeLessThanOrEqual(8);
    expect(runsEqual(runsClear(next, N + 1, 1), big)).toBe(true);
    expect(runsSet(big, 10, 1, 15, 0)).toBe(big);
  });

  test('collapse and insert move the rest without touching it', () => {
    const cut = runsShift(runsClear(big, 1000, 500), 1500, -500);
    expect([runsCount(cut), runsGet(cut, 1000), runsGet(cut, 2 * N - 2 - 500)]).toEqual([N - 250, 2250, 3 * (N - 1)]);
    const back = runsShift(cut, 1000, 500);
    expect(runsEqual(back, runsClear(big, 1000, 500))).toBe(true);
  });
});

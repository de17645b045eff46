// Two runs side by side: which turns stand in one row, which rows are the same, and what is told of them.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Turn, TurnKind } from '../../src/sim/outline.ts';
import { alignTurns, compareRuns, MOST_TURNS, nextBroken, rowAt, type Comparison } from '../../src/viewmodel/compareRows.ts'; // prettier-ignore
import { compareItems, compareNow, headScene, knobDifferences, momentOf, rowScene, type RowSide } from '../../src/viewmodel/compareScene.ts'; // prettier-ignore
import { planFor, stageScene } from '../../src/viewmodel/stageScene.ts';
import { wordDifference } from '../../src/viewmodel/wordDifference.ts';
import { bundledTexts } from '../support/bundledTexts.ts';
import { compared, runUnder } from '../support/compared.ts';
import { someOf, THOROUGH } from '../support/thorough.ts';

const text = (id: string): string => bundledTexts().find((one) => one.id.startsWith(id))?.text ?? '';
const NONE: ReadonlySet<number> = new Set();

/** `2 begun`, `- 3 woke`: a row as a word for each side. */
const rowsInWords = ({ rows }: Comparison): string[] =>
  rows.map(({ left, right, differs }) => {
    const word = (turn: Turn | undefined): string => (turn === undefined ? '-' : `${turn.step + 1} ${turn.kind}`);
    return `${word(left)} | ${word(right)} | ${differs.join(' ')}`;
  });

describe('rows', () => {
  test('the case of the mail: the seed breaks the share at reg_mr, and the last load is equal again', () => {
    const comparison = compared(text('01'), 'wait', 'seed');
    expect(rowsInWords(comparison)).toEqual([
      '1 begun | 1 begun | ',
      '2 begun | 2 begun | changes',
      '3 begun | 3 begun | violations changes',
      '4 begun | 4 begun | result violations changes',
      '5 begun | 5 begun | ',
    ]);
    expect(comparison.first).toBe(2);
  });

  test('a sleeper of one side wakes in a row of its own; what it held back is told where it stands', () => {
    const lines = 'device 8\nfile A ab\napp m = mmap A\napp mr = reg_mr m local_write remote_write\nadmin ftruncate A 1\nadmin pread A 0\napp dereg_mr mr\n'; // prettier-ignore
    const comparison = compared(lines, 'wait', 'etxtbsy');
    expect(rowsInWords(comparison)).toEqual([
      '1 begun | 1 begun | ',
      '2 begun | 2 begun | ',
      '3 begun | 3 begun | result sleep violations changes',
      '4 held | 4 begun | kind result sleep changes',
      '5 begun | 5 begun | ',
      '3 woke | - | alone',
      '4 begun | - | alone',
    ]);
    const absent = (row: number): string =>
      rowScene(comparison, row)
        .right.pieces.map(({ text: of }) => of)
        .join('');
    expect([absent(6), absent(7)]).toEqual(['nothing to do: the call is over', 'nothing to do: the call is over']);
  });

  test.each<[string, string, string, string]>([
    ['other blocks since an earlier step', 'device 8\nfile A ab\nfile B = reflink A\napp m = mmap A\napp mr = reg_mr m remote_read\napp load m 0\n', 'wait', 'seed'],
  ])('%s do not make a later equal step differ', (_, lines, left, right) => {
    const rows = compared(lines, left, right).rows.map(({ differs }) => differs.join(' '));
    expect(rows).toEqual(['', 'changes', 'changes']);
  }); // prettier-ignore

  test('whose page is read tells two equal values apart', () => {
    // Both read b: of a page that is B's now, and of A's own.
    const lines = 'device 8\nfile A ab\nfile B = reflink A\napp m = mmap A\napp mr = reg_mr m remote_read\nadmin pwrite A 1 b\npeer rdma_read mr 1\n'; // prettier-ignore
    const { rows } = compared(lines, 'wait', 'wait pin.readonly=unshare');
    const last = rows.at(-1);
    expect(last?.differs).not.toContain('result');
    expect(last?.differs).toContain('changes');
  });
});

const KINDS: readonly TurnKind[] = ['begun', 'held', 'woke', 'again', 'exit', 'dma'];

const someTurns = fc
  .array(fc.record({ step: fc.nat({ max: 5 }), kind: fc.constantFrom(...KINDS), task: fc.nat({ max: 2 }) }), { maxLength: 14 })
  .map((list): readonly Turn[] => list.map((turn, i) => ({ ...turn, from: i, to: i + 1 }))); // prettier-ignore

describe('alignment', () => {
  test('every turn of both stands in one row, in order, and only turns of one line meet; seed 20261201', () => {
    fc.assert(
      fc.property(someTurns, someTurns, (a, b) => {
        const pairs = alignTurns(a, b);
        expect(pairs.flatMap(([one]) => one ?? [])).toEqual(a);
        expect(pairs.flatMap(([, other]) => other ?? [])).toEqual(b);
        for (const [one, other] of pairs) if (one !== undefined && other !== undefined) expect(one.step).toBe(other.step);
        expect(pairs.every(([one, other]) => one !== undefined || other !== undefined)).toBe(true);
      }),
      { seed: 20261201 },
    );
  }); // prettier-ignore

  test('with itself nothing goes alone; seed 20261202', () => {
    fc.assert(
      fc.property(someTurns, (a) => {
        for (const [one, other] of alignTurns(a, a)) expect(one).toBe(other);
      }),
      { seed: 20261202 },
    );
  });

  test('as many lines meet either way round; seed 20261203', () => {
    const isOwn = (turn: Turn | undefined): boolean => turn?.kind === 'begun' || turn?.kind === 'held';
    const met = (a: readonly Turn[], b: readonly Turn[]): number =>
      alignTurns(a, b).filter(([one, other]) => isOwn(one) && isOwn(other)).length;
    fc.assert(
      fc.property(someTurns, someTurns, (a, b) => {
        expect(met(a, b)).toBe(met(b, a));
      }),
      { seed: 20261203 },
    );
  });
});

const PAIRS = (
  [
    ['wait', 'seed'],
    ['unprotected', 'revoke'],
    ['mainline', 'deferred-free'],
    ['lease-kill', 'etxtbsy'],
  ] as const
).slice(0, THOROUGH ? 4 : 2);

describe.each(someOf(bundledTexts()))('$id', ({ text: of }) => {
  test('under one option twice: no difference, everything folded', () => {
    const run = runUnder(of, 'wait');
    const comparison = compareRuns(run, run);
    expect(comparison.first).toBeUndefined();
    const items = compareItems(comparison, 0, NONE);
    expect(items.map(({ type }) => type)).toEqual(comparison.rows.length > 1 ? ['fold'] : ['row']);
    expect(knobDifferences(comparison)).toEqual([]);
    expect(headScene(run).violated.length).toBe(new Set(run.outline.violations.map(({ id }) => id)).size);
  });

  test('under several pairs: each row can be told, and either way round it is the same', () => {
    for (const [left, right] of PAIRS) {
      const [a, b] = [runUnder(of, left), runUnder(of, right)];
      const [one, other] = [compareRuns(a, b), compareRuns(b, a)];
      expect(other.first).toBe(one.first);
      expect(other.rows.map(({ differs }) => differs)).toEqual(one.rows.map(({ differs }) => differs));
      expect(one.rows.flatMap((row) => row.left ?? [])).toEqual(a.outline.turns);
      expect(one.rows.flatMap((row) => row.right ?? [])).toEqual(b.outline.turns);
      one.rows.forEach(({ differs }, i) => {
        const { left: told, right: against, line } = rowScene(one, i + 1);
        expect([wordsOf(told), wordsOf(against), line].every((words) => words.trim() !== '')).toBe(true);
        const { spoken } = compareNow(one, i + 1);
        expect(spoken).toContain(differs.length === 0 ? 'same' : wordsOf(told));
      });
    }
  });

  test('a block and a box stand in the same place on both sides', () => {
    for (const [left, right] of PAIRS) {
      const [a, b] = [runUnder(of, left), runUnder(of, right)];
      const view = { width: 639, height: 400, k: 1 };
      const plans = [planFor(a.program, a.outline, { ...view, beside: b }), planFor(b.program, b.outline, { ...view, beside: a })]; // prettier-ignore
      const [p, q] = plans.map(({ columns, strip, boxes, tier }) => ({
        columns,
        strip,
        tier,
        rows: new Map(boxes.map(({ spec, y }) => [spec.key, y])),
      }));
      expect([q?.columns, q?.strip, q?.tier]).toEqual([p?.columns, p?.strip, p?.tier]);
      for (const [key, y] of p?.rows ?? []) expect(q?.rows.get(key) ?? y).toBe(y);
    }
  });
});

const wordsOf = ({ pieces }: RowSide): string => pieces.map(({ text: of }) => of).join('');

describe('what is told', () => {
  const comparison = compared(text('01'), 'wait', 'seed');

  test('the differing value large, with whom it broke; nothing where both got the same', () => {
    expect(compareNow(comparison, 4).left).toEqual({ lead: 'the peer gets', what: 'b', broken: true });
    expect(compareNow(comparison, 4).right).toEqual({ lead: 'the peer gets', what: 'X', broken: false });
    expect([compareNow(comparison, 5).left, compareNow(comparison, 5).right]).toEqual([undefined, undefined]);
    expect(compareNow(comparison, 0)).toMatchObject({ place: 'Start, 5 steps', ahead: true, line: 'app m = mmap A' });
  });

  test('both sentences for a screen reader', () => {
    expect(compareNow(comparison, 2).spoken).toMatch(/^Step 2, differs in changes, the first difference\. wait: reg_mr pins .* seed: reg_mr broke the share first/); // prettier-ignore
    expect(compareNow(comparison, 1).spoken).toMatch(/^Step 1, same\. app maps A as m/);
  });

  test('heads: violated properties, knobs that differ', () => {
    expect(headScene(comparison.left)).toEqual({ violated: ['S2', 'S5b'], words: '2 properties violated' });
    expect(headScene(comparison.right).words).toBe('all hold');
    expect(knobDifferences(compared(text('01'), 'wait', 'wait pin.readonly=unshare'))).toEqual([{ knob: 'pin.readonly', left: 'share', right: 'unshare' }]); // prettier-ignore
  });

  test('folds open when asked for, and around the clock', () => {
    const long = compared(text('18'), 'wait', 'seed');
    const folds = (row: number, opened = NONE): string[] =>
      compareItems(long, row, opened).flatMap((item) => (item.type === 'fold' ? [`${item.text} ${item.open}`] : []));
    expect(folds(0)).toEqual(['steps 1-11: same false', 'steps 15-16: same false']);
    expect(folds(15)).toEqual(['steps 1-11: same false', 'steps 15-16: same true']);
    expect(compareItems(long, 0, new Set([1])).length).toBe(compareItems(long, 0, NONE).length + 11);
  });

  test('places: a position of the left run, the next that breaks', () => {
    expect([0, 1, 20, 24, 38, 99].map((at) => rowAt(comparison, at))).toEqual([0, 1, 2, 2, 4, 5]);
    expect([0, 2, 3, 4].map((row) => nextBroken(comparison, row))).toEqual([3, 3, 4, undefined]);
  });

  test('a side without a turn in a row stands still there', () => {
    const { left, right, rows } = compared(text('18'), 'wait', 'seed');
    const row = rows.findIndex((one) => one.right === undefined);
    const at = rows[row]?.rightAt ?? 0;
    const moment = momentOf(right, at, undefined);
    if (moment === undefined) throw new Error('no moment');
    expect(moment.before).toBe(moment.state);
    const view = { width: 639, height: 400, k: 1, beside: left };
    const scene = stageScene(right.program, right.outline, moment, view);
    expect([...scene.cells, ...scene.slots].filter(({ changed }) => changed)).toEqual([]);
    expect([scene.headings, scene.legend]).toEqual([[], undefined]);
  });

  test('of long runs the first turns, and it is said', () => {
    const steps = Array.from({ length: MOST_TURNS + 5 }, () => 'app load m 0').join('\n');
    const long = compared(`file A a\napp m = mmap A\n${steps}\n`, 'wait', 'seed');
    expect([long.rows.length, long.bound, long.first]).toEqual([MOST_TURNS, MOST_TURNS, undefined]);
    expect(comparison.bound).toBeUndefined();
  });
});

describe('words', () => {
  const shown = (left: string, right: string): string[] =>
    wordDifference(left, right).map((pieces) => pieces.map(({ text: of, differs }) => (differs ? `[${of.trim()}]` : of.trim())).join(' ')); // prettier-ignore

  test.each([
    ['The load reads b from block 1.', 'The load reads X from block 1.', 'The load reads [b] from block 1.', 'The load reads [X] from block 1.'],
    ['A is now block 4.', 'A is now block 4; mr was revoked.', 'A is now block 4.', 'A is now block 4; [mr was revoked.]'],
    // Little in common: nothing is set off.
    ['It sleeps on the lock.', 'The store broke a share.', 'It sleeps on the lock.', 'The store broke a share.'],
    ['', 'anything', '', 'anything'],
  ])('%s | %s', (left, right, one, other) => expect(shown(left, right)).toEqual([one, other])); // prettier-ignore

  test('no letter is lost; seed 20261204', () => {
    const words = fc.array(fc.constantFrom('a', 'b', 'block', '4,', 'is.', '→'), { maxLength: 30 }).map((list) => list.join(' ')); // prettier-ignore
    fc.assert(
      fc.property(words, words, (a, b) => {
        const [left, right] = wordDifference(a, b);
        expect([left, right].map((pieces) => pieces.map(({ text: of }) => of).join(''))).toEqual([a, b]);
        if (a === b) expect([...left, ...right].some(({ differs }) => differs)).toBe(false);
      }),
      { seed: 20261204 },
    );
  });
});

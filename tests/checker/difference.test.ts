// The shortest run on which two options differ: worlds of known answers, and a list of all runs that knows no pairs.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { advanceDifference, createDifference, DIFFERENCE, differenceOf, type DifferenceSettings } from '../../src/checker/difference.ts'; // prettier-ignore
import { setupMoves } from '../../src/checker/setupMoves.ts';
import { moveOf } from '../../src/checker/trace.ts';
import { moveText } from '../../src/explain/moves.ts';
import { loadScenario } from '../../src/scenario/load.ts';
import type { Overrides } from '../../src/scenario/resolveHeader.ts';
import { applyOperation, makeWorld } from '../../src/sim/apply.ts';
import { enabledSteps } from '../../src/sim/enabled.ts';
import { PRESET_NAMES, type PresetName } from '../../src/sim/model/knobs.ts';
import type { SimEvent } from '../../src/sim/model/event.ts';
import type { Program } from '../../src/sim/model/program.ts';
import type { State } from '../../src/sim/model/state.ts';
import { setUp } from '../../src/sim/setup.ts';

const HEAD = 'device 5\nfile A ab\nfile B = reflink A 0 1\napp m = mmap A\n';
const WORLD = `${HEAD}any app x2: mr = reg_mr m remote_read | store m 0 X | dereg_mr mr | ftruncate A 1
any admin x1: ftruncate A 0
any peer x1: rdma_read mr 0
`;

function load(text: string, overrides: Overrides): Program {
  const loaded = loadScenario(text, overrides);
  if (!loaded.ok) throw new Error(loaded.error.map(({ message }) => message).join('; '));
  return loaded.value.program;
}

function search(first: Program, second: Program, settings: Partial<DifferenceSettings> = {}) {
  const made = createDifference(first, second, { ...DIFFERENCE, ...settings });
  if (!made.ok) throw new Error(made.error);
  while (!advanceDifference(made.value, 7));
  return differenceOf(made.value);
}

const between = (one: PresetName, other: PresetName, settings: Partial<DifferenceSettings> = {}, text = WORLD) =>
  search(load(text, { preset: one }), load(text, { preset: other }), settings);

const wordsOf = (program: Program, moves: Parameters<typeof moveText>[1][]): readonly string[] =>
  moves.map((move) => moveText(program, move, 'op'));

describe('known answers', () => {
  test.each<[PresetName, PresetName, string[], string, string]>([
    ['mainline', 'wait', ['app mr = reg_mr m remote_read'], 'EOPNOTSUPP', 'ok'],
    ['wait', 'unprotected', ['app mr = reg_mr m remote_read', 'app ftruncate A 1'], 'blocks', 'ok'],
    ['wait', 'etxtbsy', ['app mr = reg_mr m remote_read', 'app ftruncate A 1'], 'blocks', 'ETXTBSY'],
    ['etxtbsy', 'wait', ['app mr = reg_mr m remote_read', 'app ftruncate A 1'], 'ETXTBSY', 'blocks'],
  ])('%s and %s', (one, other, words, a, b) => {
    const { difference, complete } = between(one, other);
    expect(complete).toBe(true);
    expect(difference?.kind).toBe('result');
    expect(wordsOf(load(WORLD, {}), [...(difference?.trace ?? [])])).toEqual(words);
    expect([difference?.first.result, difference?.second.result]).toEqual([a, b]);
    expect(wordsOf(load(WORLD, {}), [...(difference?.setup ?? [])])).toEqual(['app m = mmap A']);
  });

  test('the value of a read is a result', () => {
    const text = `${HEAD}app mr = reg_mr m remote_read\nany app x1: store m 0 X\nany peer x1: rdma_read mr 0\n`;
    const one = load(text, { preset: 'wait' });
    const { difference } = search(one, load(text, { preset: 'wait', knobs: { 'pin.readonly': 'unshare' } }));
    expect(wordsOf(one, [...(difference?.trace ?? [])])).toEqual(['app store m 0 X', 'peer rdma_read mr 0']);
    expect([difference?.first.result, difference?.second.result]).toEqual(['a', 'X']);
  });

  test('a move that is possible in only one', () => {
    const text = `${HEAD}app setlease A layout\napp mr = reg_mr m remote_read\nany app x1: pread B 0\nany admin x1: ftruncate A 0\n`;
    const preset = 'lease-kill';
    const waits = load(text, { preset, knobs: { 'layout.lease': 'none', 'layout.onPin': 'wait' } });
    const { difference } = search(waits, load(text, { preset }));
    expect(difference).toMatchObject({ kind: 'possible', first: { possible: false, result: '' }, second: { possible: true } }); // prettier-ignore
    expect(wordsOf(waits, [...(difference?.trace ?? [])])).toEqual(['admin ftruncate A 0', 'grace of A ends']);
  });

  test('in the lines above the first menu', () => {
    const text = `${HEAD}app mr = reg_mr m remote_read\napp load m 0\nany admin x1: pread A 0\n`;
    const { difference } = between('mainline', 'wait', {}, text);
    expect(difference).toMatchObject({ kind: 'result', trace: [], first: { result: 'EOPNOTSUPP' }, second: { result: 'ok' } }); // prettier-ignore
    expect(difference?.setup).toHaveLength(2);
  });

  test('a property that is violated in only one, if asked for', () => {
    const text = `${HEAD}any app x2: mr = reg_mr m remote_read | store m 0 X\n`;
    expect(between('wait', 'revoke', {}, text)).toMatchObject({ complete: true });
    expect(between('wait', 'revoke', {}, text).difference).toBeUndefined();
    const { difference } = between('wait', 'revoke', { properties: true }, text);
    expect(difference).toMatchObject({ kind: 'violation', first: { violated: ['S2'] }, second: { violated: [] } });
    expect(difference?.trace).toHaveLength(2);
  });

  test('none: the same option, and a knob that nothing here meets', () => {
    expect(between('wait', 'wait')).toMatchObject({ complete: true });
    expect(between('wait', 'wait').difference).toBeUndefined();
    const off = search(load(WORLD, { preset: 'wait' }), load(WORLD, { preset: 'wait', knobs: { 'fs.punch': 'off' } }));
    expect(off).toMatchObject({ complete: true });
    expect(off.difference).toBeUndefined();
  });

  test('a bound is told, and nothing is said of what was not looked at', () => {
    const report = between('wait', 'wait', { maxPairs: 5 });
    expect(report).toMatchObject({ complete: false, bound: 'states' });
    expect(report.difference).toBeUndefined();
  });

  test('other tables are refused with the reason', () => {
    const made = createDifference(load(WORLD, {}), load(WORLD, { preset: 'device-dax' }), DIFFERENCE);
    expect(made.ok ? '' : made.error).toContain('other files');
  });
});

/** Every run of at most `most` moves, as words with results; lowest blocks. */
function runsOf(program: Program, most: number): ReadonlySet<string> {
  const world = makeWorld(program);
  const runs = new Set<string>();
  const go = (state: State, run: string, left: number): void => {
    if (left === 0) return;
    for (const step of enabledSteps(world, state)) {
      const task = step.type === 'begin' || step.type === 'run' ? step.task : -1;
      let result = '';
      const seen = (_: State, events: readonly SimEvent[]): void => {
        for (const event of events) {
          if (event.type === 'returned' && event.task === task) result = event.result;
          if (event.type === 'slept' && event.task === task) result = 'blocks';
        }
      };
      const after = applyOperation(world, state, step, seen);
      const now = `${run}${moveText(program, moveOf(state, step, []), 'op')} -> ${result}\n`;
      runs.add(now);
      go(after, now, left - 1);
    }
  };
  go(setUp(world).state, '', most);
  return runs;
}

/** Length of the shortest run that only one of them has. */
function shortest(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  const lengths = [...[...one].filter((run) => !other.has(run)), ...[...other].filter((run) => !one.has(run))].map((run) => run.split('\n').length - 1); // prettier-ignore
  return Math.min(...lengths);
}

const ENTRIES = ['mr = reg_mr m remote_read', 'mr = reg_mr m local_write remote_write', 'store m 0 X', 'store m 1 Y', 'dereg_mr mr', 'ftruncate A 1', 'munmap m'] as const; // prettier-ignore
const OTHERS = ['ftruncate A 0', 'fallocate A punch 0 1', 'reflink A B', 'pwrite A 0 Z', 'pread A 0'] as const;
const SEED = 20190206;

test(`no shorter difference exists than the one found, and there is one where runs differ (seed ${SEED})`, () => {
  const files = PRESET_NAMES.filter((name) => name !== 'device-dax');
  const world = fc.record({
    app: fc.uniqueArray(fc.constantFrom(...ENTRIES), { minLength: 1, maxLength: 3 }),
    admin: fc.constantFrom(...OTHERS),
    presets: fc.tuple(fc.constantFrom(...files), fc.constantFrom(...files)),
  });
  const lengths: number[] = [];
  fc.assert(
    fc.property(world, ({ app, admin, presets }) => {
      // What the menu speaks of is made above it under every option.
      const above = `${HEAD}app setlease A layout\napp s = mmap A\napp buf = mmap anon 1\napp mr = reg_mr buf local_write\napp dereg_mr mr\n`;
      const text = `${above}any app x2: ${app.join(' | ')}\nany admin x1: ${admin}\nany peer x1: rdma_read mr 0 | rdma_write mr 0 W\n`;
      const [one, other] = presets.map((preset) => load(text, { preset })) as [Program, Program];
      const found = search(one, other).difference;
      const results = [one, other].map((program) => setupMoves(makeWorld(program)).map(({ result }) => result).join()); // prettier-ignore
      if (results[0] !== results[1]) return void expect(found?.trace).toEqual([]);
      const known = shortest(runsOf(one, 5), runsOf(other, 5));
      expect(found?.trace.length ?? Infinity).toBe(known);
      lengths.push(known);
    }),
    { seed: SEED, numRuns: 60 },
  );
  // All three kinds of answers came up.
  for (const kind of [1, 2, Infinity]) expect(lengths).toContain(kind);
  expect(lengths.some((length) => length > 2 && length < Infinity)).toBe(true);
}, 120_000);

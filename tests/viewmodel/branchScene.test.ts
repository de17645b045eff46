import { describe, expect, test } from 'vitest';
import { branchScene, ROW, type BranchFacts } from '../../src/viewmodel/branchScene.ts';
import { timelineRun } from '../../src/viewmodel/timelineRun.ts';
import { READ_MR, longText } from '../support/caseTexts.ts';
import { runText } from '../support/runText.ts';

const WIDTH = 1000;

function setup(text: string) {
  const { program, outline, endOf } = runText(text);
  const steps = program.steps.map(({ actor, text: line }) => `${program.actors[actor]?.name ?? ''} ${line}`);
  const run = timelineRun(program, outline);
  const current: BranchFacts = { id: 'main', name: 'main', steps, left: undefined };
  const scene = (others: readonly BranchFacts[], at = 0, k = 1, width = WIDTH) =>
    branchScene(run, [current, ...others], { at, width, k, current: 'main' });
  return { steps, endOf, scene };
}

const kept = (steps: readonly string[] | undefined, left?: number): BranchFacts => ({
  id: 'kept',
  name: 'kept',
  steps,
  left,
});

/** Where a path begins. */
const startOf = (path: string | undefined): number => Number(/^M([\d.]+)/.exec(path ?? '')?.[1]);

describe('the branch that runs', () => {
  test('is a line over the run, a mark at the end of each step, and the playhead', () => {
    const { scene, endOf } = setup(READ_MR);
    const row = scene([], endOf(3)).rows[0];
    expect(row).toMatchObject({ current: true, title: 'the branch that runs, 5 steps', y: 0 });
    expect(row?.ticks).toHaveLength(5);
    expect(row?.ticks).toEqual(row?.ticks.toSorted((a, b) => a - b));
    expect(row?.playhead).toBeCloseTo(row?.ticks[2] ?? NaN);
    expect(row?.path.endsWith(`H${row.ticks.at(-1) ?? ''}`)).toBe(true);
  });
});

describe('a kept branch', () => {
  const { scene, steps, endOf } = setup(READ_MR);
  const otherwise = [...steps.slice(0, 2), 'app store m 2 Y', 'app load m 2'];

  test('leaves where its steps differ, with a mark for each of its own', () => {
    const [main, row] = scene([kept(otherwise)]).rows;
    expect(row).toMatchObject({ current: false, title: 'leaves after step 2, 2 steps of its own', y: ROW });
    expect(startOf(row?.path)).toBeCloseTo(main?.ticks[1] ?? NaN);
    expect(row?.ticks).toHaveLength(2);
    for (const x of row?.ticks ?? []) expect(x).toBeGreaterThan(startOf(row?.path));
  });

  test('that is only shorter has no steps of its own', () => {
    const [main, row] = scene([kept(steps.slice(0, 3))]).rows;
    expect(row?.title).toBe('leaves after step 3, 0 steps of its own');
    expect(row?.ticks).toEqual([]);
    expect(startOf(row?.path)).toBeCloseTo(main?.ticks[2] ?? NaN);
  });

  test('that differs from the first step on leaves at the beginning', () => {
    const row = scene([kept(['app close A'])]).rows[1];
    expect(row?.title).toBe('leaves after step 0, 1 step of its own');
    expect(startOf(row?.path)).toBeLessThan(scene([]).rows[0]?.ticks[0] ?? 0);
  });

  test('the same step of another actor is another step', () => {
    const row = scene([kept([...steps.slice(0, 2), (steps[2] ?? '').replace('app', 'log')])]).rows[1];
    expect(row?.title).toBe('leaves after step 2, 1 step of its own');
  });

  test('shows where it was left: at its fork, at a step of its own, at its end', () => {
    const heads = [undefined, 1, 2, 3, 4, 9].map((left) => scene([kept(otherwise, left)]).rows[1]);
    const [, row] = scene([kept(otherwise)]).rows;
    expect(heads[0]?.playhead).toBeUndefined();
    expect(heads.slice(1).map((one) => one?.playhead)).toEqual([
      startOf(row?.path),
      startOf(row?.path),
      row?.ticks[0],
      row?.ticks[1],
      row?.ticks[1],
    ]);
  });

  test('with an error in its text it says so, and is a stump', () => {
    expect(scene([kept(undefined)]).rows[1]).toMatchObject({ title: 'its text has an error', ticks: [] });
  });

  test('stays within the width, however many steps it has', () => {
    for (const own of [1, 20, 400]) {
      const many = [...steps.slice(0, 2), ...Array.from({ length: own }, (_, i) => `app load m ${i % 4} # ${i}`)];
      const row = scene([kept(many)], endOf(2)).rows[1];
      expect(row?.ticks.length).toBeGreaterThan(0);
      for (const x of row?.ticks ?? []) expect(x).toBeLessThanOrEqual(WIDTH);
    }
  });
});

test('rows stand below each other, and grow with the size', () => {
  const { scene, steps } = setup(READ_MR);
  const { height, rows } = scene([kept(steps.slice(0, 1)), kept(steps.slice(0, 2))], 0, 1.5);
  expect(rows.map(({ y }) => y)).toEqual([0, ROW * 1.5, ROW * 3]);
  expect(height).toBe(ROW * 4.5);
});

test('a fork that is out of sight is at the edge where it lies', () => {
  const { scene, steps, endOf } = setup(longText(400));
  const early = scene([kept(steps.slice(0, 2))], endOf(300));
  const late = scene([kept(steps.slice(0, 390))], endOf(20));
  const [main, row] = late.rows;
  expect(startOf(early.rows[1]?.path)).toBeLessThanOrEqual(startOf(early.rows[0]?.path));
  expect(startOf(row?.path)).toBeCloseTo(main?.ticks.at(-1) ?? NaN);
});

// Steps that are taken alone: whatever the others do next, it can be done before or after, and nobody can tell.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { applyStep, makeWorld, type Step, type World } from '../../src/sim/apply.ts';
import { enabledSteps } from '../../src/sim/enabled.ts';
import { doerOf } from '../../src/sim/judge.ts';
import { finalOf } from '../../src/sim/final.ts';
import type { State } from '../../src/sim/model/state.ts';
import { stateKey } from '../../src/sim/stateKey.ts';
import { isQuiet, QUIET_PLACES } from '../../src/checker/quiet.ts';
import { ALL, createWatch } from '../../src/checker/watch.ts';
import { randomScenario } from '../support/arbitraryProgram.ts';
import type { CheckReport } from '../../src/checker/verdict.ts';
import { initialState } from '../../src/sim/initial.ts';
import { checked, outcomeSet, verdicts } from '../support/checked.ts';
import { chooser, listsOf } from '../support/interleave.ts';
import { smallWorld } from '../support/smallWorld.ts';
import { programOf } from '../support/runText.ts';
import { runsOf } from '../support/thorough.ts';

const SEED = 314;

/** States along a run that prefers to begin, so that many are at work at once. */
function busyStates(world: World, seed: number, most: number): readonly State[] {
  const { program: of } = world;
  const next = listsOf(of);
  const choose = chooser(seed);
  const states: State[] = [];
  let state = initialState(of);
  for (let n = 0; n < most; n++) {
    const steps = enabledSteps(world, state, next(state));
    const step = steps[choose(Math.max(1, steps.length))];
    if (step === undefined) break;
    state = applyStep(world, state, withAnswers(step, choose)).state;
    states.push(state);
  }
  return states;
}

const withAnswers = (step: Step, choose: (n: number) => number): Step =>
  step.type === 'grace' ? step : { ...step, choices: [choose(5), choose(5)] };

/** What one sees of a micro-step. */
function seen(world: World, state: State, step: Step): { after: State; told: readonly unknown[] } {
  const watch = createWatch(world.program);
  const by = doerOf(state, step);
  const { state: after, events } = applyStep(world, state, step);
  return { after, told: [watch.judge(after, events, by, ALL), watch.spoken(after, events, by, ALL)] };
}

/** The place of a quiet step that commutes with every other step. */
function expectQuiet(world: World, state: State, task: number, choose: (n: number) => number): string {
  const frame = state.tasks[task]?.frames.at(-1);
  const quiet: Step = { type: 'run', task };
  const next = listsOf(world.program);
  const alone = seen(world, state, quiet);
  const watch = createWatch(world.program);
  expect(alone.told[0]).toBe(watch.lastingIn(state, ALL));
  // What it speaks of, the state before spoke of already.
  expect(Number(alone.told[1]) & ~watch.spoken(state, [], doerOf(state, quiet), ALL)).toBe(0);
  expect(finalOf(world.program, alone.after)).toEqual(finalOf(world.program, state));
  for (const other of enabledSteps(world, state, next(state))) {
    if (other.type === 'run' && other.task === task) continue;
    const step = withAnswers(other, choose);
    const first = seen(world, state, step);
    const second = seen(world, alone.after, step);
    expect(second.told).toEqual(first.told);
    expect(enabledSteps(world, first.after, next(first.after))).toContainEqual(quiet);
    expect(stateKey(applyStep(world, first.after, quiet).state)).toBe(stateKey(second.after));
    expect(isQuiet(world, first.after, task)).toBe(true);
  }
  return `${frame?.fn}.${frame?.pc}`;
}

/** Writes to shared blocks that meet each other, and pins on them. */
const SHARED = ['mainline', 'unprotected', 'deferred-free'].flatMap((option) =>
  ['7.0', '6.1'].map(
    (kernel) => `title "t"
kernel ${kernel}
option ${option}
device 8
file A ab
file B = reflink A
app m = mmap A
app pwrite A 0 X
app store m 1 Y
db n = mmap B
db load n 0
db p = vmsplice n 0
db store n 0 Z
admin pwrite B 1 W
admin ftruncate B 1
admin reflink A B
admin pwrite B 0 V
`,
  ),
);

test(`a quiet step commutes with every other, stays quiet, and nobody can tell, seed ${SEED}`, () => {
  const met = new Map<string, number>();
  const look = (text: string, seed: number): void => {
    const world = makeWorld(programOf(text));
    const choose = chooser(seed);
    for (let run = 0; run < 3; run++)
      for (const state of busyStates(world, seed + run, 400))
        state.tasks.forEach((_, task) => {
          if (!isQuiet(world, state, task)) return;
          const place = expectQuiet(world, state, task, choose);
          met.set(place, (met.get(place) ?? 0) + 1);
        });
  };
  fc.assert(fc.property(randomScenario(14), fc.nat(), look), { seed: SEED, numRuns: 50 });
  fc.assert(fc.property(fc.constantFrom(...SHARED), fc.nat(), look), { seed: SEED, numRuns: 20 });
  // None of the table for nothing.
  expect([...met.keys()].sort()).toEqual([...QUIET_PLACES].sort());
}, 120_000);

/** Final states are all there, so with exact counts they are as many. */
const told = (report: CheckReport, counts: boolean): unknown => ({
  claims: report.claims.map(({ text, verdict, positive, negative }) => (counts ? [text, verdict, positive, negative] : [text, verdict])), // prettier-ignore
  ...(counts ? { finals: report.finals, outcomes: outcomeSet(report) } : {}),
});

test(`the reduced search says what the full one says, seed ${SEED}`, () => {
  let compared = 0;
  let full = 0;
  let reduced = 0;
  const compare = (text: string): void => {
    const program = programOf(text);
    const whole = checked(program, { grain: 'micro', maxStates: 6000 });
    if (!whole.complete) return;
    compared++;
    full += whole.visited;
    for (const symmetry of ['none', 'free', 'all'] as const) {
      const less = checked(program, { grain: 'micro', order: true, symmetry });
      if (symmetry === 'none') reduced += less.visited;
      expect(verdicts(less, false)).toEqual(verdicts(whole, false));
      expect(told(less, symmetry !== 'all')).toEqual(told(whole, symmetry !== 'all'));
    }
  };
  fc.assert(fc.property(smallWorld(1), compare), { seed: SEED, numRuns: runsOf(40, 14) });
  expect(compared).toBeGreaterThan(8);
  expect(reduced).toBeLessThan(full);
}, 120_000);

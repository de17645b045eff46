// What holds of every program: any verb, knob and kernel, as written and in any order.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { deepFreeze } from '../../src/base/freeze.ts';
import type { Begin } from '../../src/sim/apply.ts';
import { applyOperation, applyStep, makeWorld } from '../../src/sim/apply.ts';
import { enabledSteps } from '../../src/sim/enabled.ts';
import { initialState } from '../../src/sim/initial.ts';
import { ALL_PROPERTIES } from '../../src/sim/invariants/all.ts';
import { createJudge } from '../../src/sim/judge.ts';
import type { Program } from '../../src/sim/model/program.ts';
import type { State } from '../../src/sim/model/state.ts';
import { advanceRun, createRun, momentAt, outlineOf, runToEnd } from '../../src/sim/run.ts';
import { stateKey } from '../../src/sim/stateKey.ts';
import { randomScenario } from '../support/arbitraryProgram.ts';
import { shaken } from '../support/reshapeState.ts';
import { chooser, interleave, listsOf } from '../support/interleave.ts';
import { programOf } from '../support/runText.ts';
import { canonicalText } from '../support/canonicalState.ts';
import {
  accountFaults,
  dramFaults,
  forgottenSleepers,
  lockFaults,
  notPlain,
  privateFaults,
} from '../support/stateChecks.ts';
import { runsOf } from '../support/thorough.ts';

const SEED = 1_904_021;
/** DAXPIN_RUNS multiplies the number of programs: what a long look for faults sets. */
const TIMES = Number(process.env.DAXPIN_RUNS ?? 1);
const runs = (numRuns: number): { seed: number; numRuns: number } => ({
  seed: SEED,
  numRuns: Math.ceil(numRuns * TIMES * runsOf(1, 0.75)),
});

function expectSound(program: Program, state: State): void {
  expect(accountFaults(program, state)).toEqual([]);
  expect(lockFaults(state)).toEqual([]);
  expect(dramFaults(state)).toEqual([]);
  expect(privateFaults(state)).toEqual([]);
}

/** The states of a run as written, position by position. */
function walk(program: Program): readonly State[] {
  const run = createRun(program);
  const states = [run.state];
  for (let done = false; !done;) {
    done = advanceRun(run, 1);
    if (!done) states.push(run.state);
  }
  return states;
}

describe(`a run as written, seed ${SEED}`, () => {
  test('never throws, keeps its books, and leaves nobody asleep whose time has come', () => {
    const check = (text: string): void => {
      const program = programOf(text);
      const states = walk(program);
      for (const state of states) expectSound(program, state);
      expect(forgottenSleepers(program, states.at(-1) ?? initialState(program))).toEqual([]);
    };
    fc.assert(fc.property(randomScenario(40), check), runs(120));
  });

  test('is made of plain data', () => {
    const check = (text: string): void => {
      const states = walk(programOf(text));
      for (const state of states) expect(notPlain(state)).toBeUndefined();
      const last = states.at(-1);
      expect(structuredClone(last)).toEqual(last);
    };
    fc.assert(fc.property(randomScenario(40), check), runs(40));
  });

  test('is the same again, byte by byte, from any position', () => {
    const check = (text: string, seed: number): void => {
      const states = walk(programOf(text)).map((state) => JSON.stringify(state));
      const { run, outline } = runToEnd(programOf(text));
      expect(outline.length).toBe(states.length - 1);
      const choose = chooser(seed);
      for (let n = 0; n < 8; n++) {
        const at = choose(states.length);
        expect(JSON.stringify(momentAt(run, at).state)).toBe(states[at]);
      }
    };
    fc.assert(fc.property(randomScenario(40), fc.nat(), check), runs(60));
  });

  test('has the same outline whatever the slices it is computed in', () => {
    const check = (text: string, slice: number): void => {
      const { outline } = runToEnd(programOf(text));
      const run = createRun(programOf(text));
      while (!advanceRun(run, slice));
      expect(JSON.stringify(outlineOf(run))).toBe(JSON.stringify(outline));
    };
    fc.assert(fc.property(randomScenario(40), fc.integer({ min: 1, max: 9 }), check), runs(30));
  });
});

describe(`judging only what may have changed, seed ${SEED}`, () => {
  const lasting = (program: Program, state: State): readonly string[] =>
    ALL_PROPERTIES.flatMap((property) => (property.kind === 'state' ? property.check(program, state) : [])).map(({ id, key }) => `${id} ${key}`); // prettier-ignore

  test('finds what judging everything finds, after every micro-step in any order', () => {
    let found = 0;
    const broken: Record<string, number> = {};
    const check = (text: string, seed: number): void => {
      const program = programOf(text);
      const judge = createJudge(program);
      const compare = (state: State): void => {
        const told = judge.judge(state, []).lasting.map(({ id, key }) => `${id} ${key}`);
        expect(told).toEqual(lasting(program, state));
        found += told.length;
      };
      const choose = chooser(seed);
      compare(initialState(program));
      let last = interleave(program, seed, ({ state }) => compare(state));
      // No rule of this build leaves a wrong PTE, so some are made by hand.
      for (let n = 0; n < 40; n++) compare((last = shaken(last, program.blocks, choose)));
      const ids = new Set(lasting(program, last).map((name) => name.split(' ')[0]));
      for (const id of ids) broken[id ?? ''] = (broken[id ?? ''] ?? 0) + 1;
    };
    fc.assert(fc.property(randomScenario(30), fc.nat(), check), runs(40));
    expect(found).toBeGreaterThan(1000);
    for (const id of ['S1', 'S2', 'S6', 'S11']) expect(broken[id]).toBeGreaterThan(10);
  });
});

describe(`any order of micro-steps, seed ${SEED}`, () => {
  test('never throws, keeps its books, and writes to no state that it was given', () => {
    const check = (text: string, seed: number): void => {
      const program = programOf(text);
      const last = interleave(program, seed, ({ state }) => {
        deepFreeze(state);
        expectSound(program, state);
      });
      expect(last.tasks.filter(({ frames, wait }) => frames.length > 0 && wait.type === 'none')).toEqual([]);
      expect(last.dmas.filter(({ phase, mr }) => phase === 'posted' && mr >= 0)).toEqual([]);
      expect(notPlain(last)).toBeUndefined();
    };
    fc.assert(fc.property(randomScenario(30), fc.nat(), check), runs(150));
  });

  test('reads only the state and the step: the same again from a copy', () => {
    const check = (text: string, seed: number): void => {
      const program = programOf(text);
      const world = makeWorld(program);
      const twice = makeWorld(structuredClone(program));
      interleave(program, seed, ({ before, step }) => {
        const { state, events } = applyStep(world, before, step);
        const copy = applyStep(twice, structuredClone(before), step);
        expect(JSON.stringify([copy.state, copy.events])).toBe(JSON.stringify([state, events]));
      });
    };
    fc.assert(fc.property(randomScenario(12), fc.nat(), check), runs(12));
  });
});

describe(`operation grain, seed ${SEED}`, () => {
  test('an operation is its micro-steps in a row', () => {
    const check = (text: string, seed: number): void => {
      const program = programOf(text);
      const world = makeWorld(program);
      const next = listsOf(program);
      const choose = chooser(seed);
      let state = deepFreeze(initialState(program));
      for (;;) {
        const steps = enabledSteps(world, state, next(state));
        const step = steps[choose(Math.max(1, steps.length))];
        if (step === undefined) break;
        const whole = applyOperation(world, state, step);
        let micro = applyStep(world, state, step).state;
        const task = 'task' in step ? step.task : micro.tasks.findIndex((t) => t.frames.length > 0 && t.wait.type === 'none'); // prettier-ignore
        while (task >= 0 && micro.tasks[task]?.frames.length !== 0 && micro.tasks[task]?.wait.type === 'none')
          micro = applyStep(world, micro, { type: 'run', task }).state;
        expect(canonicalText(whole)).toBe(canonicalText(micro));
        expectSound(program, whole);
        state = deepFreeze(whole);
      }
      expect(forgottenSleepers(program, state)).toEqual([]);
    };
    fc.assert(fc.property(randomScenario(30), fc.nat(), check), runs(60));
  });

  test('entries of a menu in any order: sound, and one without effect gives back the state itself', () => {
    const without = { same: 0, equal: 0 };
    const check = (text: string, seed: number): void => {
      const program = programOf(text);
      const world = makeWorld(program);
      const menus = program.actors.map(
        (_, task) =>
        program.steps.filter(({ actor }) => actor === task).map(({ op }): Begin => ({ type: 'begin', task, op, menu: 'unlimited' })), // prettier-ignore
      );
      const choose = chooser(seed);
      let state = deepFreeze(initialState(program));
      for (let n = 0; n < 100; n++) {
        const steps = enabledSteps(world, state, (task) => menus[task] ?? []);
        const step = steps[choose(Math.max(1, steps.length))];
        if (step === undefined) break;
        const after = applyOperation(world, state, step);
        if (stateKey(after) === stateKey(state)) without[after === state ? 'same' : 'equal']++;
        expectSound(program, after);
        expect(after.tasks.map(({ pos }) => pos)).toEqual(state.tasks.map(() => 0));
        state = deepFreeze(after);
      }
    };
    fc.assert(fc.property(randomScenario(30), fc.nat(), check), runs(40));
    expect(without.same).toBeGreaterThan(400);
    expect(without.equal).toBeLessThan(without.same / 10);
  });
});

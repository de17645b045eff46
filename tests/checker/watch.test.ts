// What the checker's judge says after each micro-step of an operation against what the player's judge says of it.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Program } from '../../src/sim/model/program.ts';
import type { PropertyId } from '../../src/sim/model/property.ts';
import type { State } from '../../src/sim/model/state.ts';
import type { SimEvent } from '../../src/sim/model/event.ts';
import type { Doer, Finding } from '../../src/sim/invariants/finding.ts';
import { ALL_PROPERTIES } from '../../src/sim/invariants/all.ts';
import type { Step } from '../../src/sim/apply.ts';
import { applyOperation, makeWorld } from '../../src/sim/apply.ts';
import { enabledSteps } from '../../src/sim/enabled.ts';
import { initialState } from '../../src/sim/initial.ts';
import { createJudge, doerOf } from '../../src/sim/judge.ts';
import { ALL, bitOf, CHECKED, createWatch } from '../../src/checker/watch.ts';
import { randomScenario } from '../support/arbitraryProgram.ts';
import { chooser, listsOf } from '../support/interleave.ts';
import { programOf } from '../support/runText.ts';

const SEED = 20261123;
const ASKED = ALL & ~bitOf('L1');

const idsOf = (bits: number): readonly PropertyId[] => CHECKED.filter((id) => (bits & bitOf(id)) !== 0);
const idsIn = (found: readonly Finding[]): readonly PropertyId[] =>
  CHECKED.filter((id) => id !== 'L1' && found.some((one) => one.id === id));

type Micro = (state: State, events: readonly SimEvent[], touched: number, by: Doer) => void;

/** Some way through the program, operation by operation. */
function walk(program: Program, seed: number, begins: (state: State, step: Step) => void, micro: Micro): void {
  const world = makeWorld(program);
  const choose = chooser(seed);
  const next = listsOf(program);
  let state = initialState(program);
  for (let n = 0; n < 200; n++) {
    const steps = enabledSteps(world, state, next(state));
    const step = steps[choose(Math.max(1, steps.length))];
    if (step === undefined) return;
    const taken = step.type === 'dma' || step.type === 'grace' ? step : { ...step, choices: [choose(7), choose(7)] };
    const by = doerOf(state, taken);
    begins(state, taken);
    state = applyOperation(world, state, taken, (after, events, touched) => micro(after, events, touched, by));
  }
}

test(`says after every micro-step what the player's judge says, seed ${SEED}`, () => {
  const met = new Set<PropertyId>();
  const check = (text: string, seed: number): void => {
    const program = programOf(text);
    const watch = createWatch(program);
    const judge = createJudge(program);
    let lasting = watch.lastingIn(initialState(program), ASKED);
    const begins = (state: State): void => {
      expect(idsOf(lasting)).toEqual(idsIn(judge.judge(state, []).lasting));
      watch.begin(state, lasting);
    };
    walk(program, seed, begins, (state, events, touched, by) => {
      const said = watch.after(state, events, touched, by, ASKED);
      lasting = watch.lasting();
      // A draft changes under the judge, which compares with the state before: it gets one that it has not seen.
      const { lasting: found, moments } = createJudge(program).judge(structuredClone(state), events, by);
      expect(idsOf(said)).toEqual(idsIn([...found, ...moments]));
      expect(idsOf(lasting)).toEqual(idsIn(found));
      for (const id of idsOf(said)) met.add(id);
    });
  };
  fc.assert(fc.property(randomScenario(14), fc.nat(), check), { seed: SEED, numRuns: 150 });
  expect(met.size).toBeGreaterThan(4);
});

test(`a property is broken exactly where it finds something, seed ${SEED}`, () => {
  const check = (text: string, seed: number): void => {
    const program = programOf(text);
    walk(program, seed, () => undefined, (state) => {
      for (const property of ALL_PROPERTIES)
        if (property.kind === 'state')
          expect(`${property.id} ${property.isBroken(program, state)}`).toBe(`${property.id} ${property.check(program, state).length > 0}`); // prettier-ignore
    }); // prettier-ignore
  };
  fc.assert(fc.property(randomScenario(14), fc.nat(), check), { seed: SEED, numRuns: 60 });
});

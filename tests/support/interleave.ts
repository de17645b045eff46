// Runs of a program in any order that the model allows, chosen by a small generator so that a seed repeats a run.
import type { Program } from '../../src/sim/model/program.ts';
import type { SimEvent } from '../../src/sim/model/event.ts';
import type { State } from '../../src/sim/model/state.ts';
import { applyStep, makeWorld, type Begin, type Step } from '../../src/sim/apply.ts';
import { enabledSteps } from '../../src/sim/enabled.ts';
import { initialState } from '../../src/sim/initial.ts';

/** mulberry32: the next integer in [0, n). */
export function chooser(seed: number): (n: number) => number {
  let a = seed >>> 0;
  return (n) => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % n;
  };
}

/** Each actor's lines in order: what it may begin in a state. */
export function listsOf(program: Program): (state: State) => (task: number) => readonly Begin[] {
  const lists = program.actors.map((_, task) =>
    program.steps
      .filter(({ actor }) => actor === task)
      .map(({ op }): readonly Begin[] => [{ type: 'begin', task, op }]),
  );
  return (state) => (task) => lists[task]?.[state.tasks[task]?.pos ?? 0] ?? [];
}

export type Visit = (now: { state: State; before: State; step: Step; events: readonly SimEvent[] }) => void;

/** One interleaving at micro grain, to its end (or `limit`); returns the last state. */
export function interleave(program: Program, seed: number, visit: Visit, limit = 5000): State {
  const world = makeWorld(program);
  const next = listsOf(program);
  const choose = chooser(seed);
  let state = initialState(program);
  for (let n = 0; n < limit; n++) {
    const steps = enabledSteps(world, state, next(state));
    const step = steps[choose(Math.max(1, steps.length))];
    if (step === undefined) return state;
    const answers = program.alloc === 'any' && step.type !== 'dma' ? { choices: [choose(7), choose(7)] } : {};
    const before = state;
    const { state: after, events } = applyStep(world, state, { ...step, ...answers });
    state = after;
    visit({ state, before, step, events });
  }
  return state;
}

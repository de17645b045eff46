/** Every transition out of a state, with every answer that the allocator may give. */
import type { SimEvent } from '../sim/model/event.ts';
import type { State } from '../sim/model/state.ts';
import type { Step, World } from '../sim/apply.ts';
import { applyOperation, applyStep } from '../sim/apply.ts';
import { enabledSteps } from '../sim/enabled.ts';
import type { Grain } from '../sim/model/order.ts';

export type Successors = {
  /** Before the micro-steps of each transition. */
  readonly begins: (step: Step) => void;
  /** After each of its micro-steps; to be read at once, and not kept. */
  readonly micro: (state: State, events: readonly SimEvent[]) => void;
  /** `choices`: how the allocator answered. */
  readonly ends: (step: Step, after: State, choices: readonly number[]) => void;
};

const NONE: readonly number[] = [];

/** How many steps are enabled; each has a transition for every way in which the allocator may answer. */
export function successorsOf(world: World, grain: Grain, state: State, visit: Successors): number {
  const steps = enabledSteps(world, state);
  const take = grain === 'op' ? takeOperation : takeMicro;
  for (const step of steps) {
    if (world.program.alloc === 'lowest' || step.type === 'dma' || step.type === 'grace') {
      visit.begins(step);
      visit.ends(step, take(world, state, step, [], visit), NONE);
    } else takeAll(world, state, step, take, visit);
  }
  return steps.length;
}

/** Depth first over the tree of questions: an answer may decide whether there is another question. */
function takeAll(world: World, state: State, step: Extract<Step, { task: number }>, take: typeof takeOperation, visit: Successors): void {
  const open: (readonly number[])[] = [NONE];
  for (let choices = open.pop(); choices !== undefined; choices = open.pop()) {
    const asked: number[] = [];
    const answered = choices.length === 0 ? step : { ...step, choices };
    visit.begins(answered);
    visit.ends(answered, take(world, state, answered, asked, visit), choices);
    // Later questions first, so that the answers come in order.
    for (let k = choices.length; k < asked.length; k++) {
      const zeroes = Array.from({ length: k - choices.length }, () => 0);
      for (let answer = (asked[k] ?? 1) - 1; answer > 0; answer--) open.push([...choices, ...zeroes, answer]);
    }
  }
} // prettier-ignore

function takeOperation(world: World, state: State, step: Step, asked: number[], visit: Successors): State {
  return applyOperation(world, state, step, visit.micro, asked);
}

function takeMicro(world: World, state: State, step: Step, asked: number[], visit: Successors): State {
  const result = applyStep(world, state, step);
  asked.push(...result.asked);
  visit.micro(result.state, result.events);
  return result.state;
}

/** Every transition out of a state, with every answer that the allocator may give. */
import type { Block } from '../sim/model/ids.ts';
import type { SimEvent } from '../sim/model/event.ts';
import type { State } from '../sim/model/state.ts';
import type { Answer, Grace, Step, World } from '../sim/apply.ts';
import { applyOperation, applyStep } from '../sim/apply.ts';
import { enabledSteps } from '../sim/enabled.ts';
import type { Grain } from '../sim/model/order.ts';
import type { Alike } from './alike.ts';
import { alikeAnswers } from './alike.ts';

export type Successors = {
  /** Blocks whose names do not matter: of answers that differ by them alone one is taken. Absent: all are. */
  readonly swappable?: (block: Block) => boolean;
  /** Before the micro-steps of each transition. */
  readonly begins: (step: Step) => void;
  /** After each of its micro-steps; to be read at once, and not kept. `touched`: what it edited, by bit of TOUCHED. */
  readonly micro: (state: State, events: readonly SimEvent[], touched: number) => void;
  /** `choices`: how the allocator answered. `weight`: the transitions that this one stands for, itself among them. */
  readonly ends: (step: Step, after: State, choices: readonly number[], weight: number) => void;
};

const NONE: readonly number[] = [];
const ANYTHING = -1;

/** How many steps are enabled; each has a transition for every way in which the allocator may answer. */
export function successorsOf(world: World, grain: Grain, state: State, visit: Successors): number {
  const steps = enabledSteps(world, state);
  for (const step of steps) takeStep(world, grain, state, step, visit);
  return steps.length;
}

/** The transitions of one step. */
export function takeStep(world: World, grain: Grain, state: State, step: Step, visit: Successors): void {
  const take = grain === 'op' ? takeOperation : takeMicro;
  if (world.program.alloc === 'lowest' || step.type === 'grace') {
    visit.begins(step);
    visit.ends(step, take(world, state, step, visit), NONE, 1);
  } else takeAll(world, state, step, take, visit);
}

type Take = (world: World, state: State, step: Step, visit: Successors, answer?: Answer) => State;

/** One way through the questions of a step so far: what was answered, and for how many ways it stands. */
type Path = { readonly choices: readonly number[]; readonly weight: number };

/** Depth first over the tree of questions: an answer may decide whether there is another question. */
function takeAll(world: World, state: State, step: Exclude<Step, Grace>, take: Take, visit: Successors): void {
  const open: Path[] = [{ choices: NONE, weight: 1 }];
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    const { choices } = path;
    const answered = choices.length === 0 ? step : { ...step, choices };
    const asked: (readonly Alike[])[] = [];
    let k = 0;
    const answer: Answer = (draft, n) => {
      const given = choices[k++];
      if (given !== undefined) return given;
      asked.push(answersOf(draft, n, visit));
      return 0;
    };
    visit.begins(answered);
    const after = take(world, state, answered, visit, answer);
    // The first answer is the first of its class.
    visit.ends(answered, after, choices, asked.reduce((weight, [first]) => weight * (first?.weight ?? 1), path.weight));
    branch(open, path, asked);
  }
} // prettier-ignore

/** What else could have been answered; later questions first, so that the answers come in order. */
function branch(open: Path[], { choices, weight }: Path, asked: readonly (readonly Alike[])[]): void {
  let so = weight;
  let given = choices;
  for (const answers of asked) {
    for (let i = answers.length - 1; i > 0; i--) {
      const other = answers[i];
      if (other !== undefined) open.push({ choices: [...given, other.answer], weight: so * other.weight });
    }
    given = [...given, 0];
    so *= answers[0]?.weight ?? 1;
  }
}

const answersOf = (draft: State, n: number, { swappable }: Successors): readonly Alike[] =>
  swappable === undefined ? Array.from({ length: n }, (_, answer) => ({ answer, weight: 1 })) : alikeAnswers(draft, swappable); // prettier-ignore

function takeOperation(world: World, state: State, step: Step, visit: Successors, answer?: Answer): State {
  return applyOperation(world, state, step, visit.micro, answer);
}

function takeMicro(world: World, state: State, step: Step, visit: Successors, answer?: Answer): State {
  const result = applyStep(world, state, step, answer);
  visit.micro(result.state, result.events, ANYTHING);
  return result.state;
}

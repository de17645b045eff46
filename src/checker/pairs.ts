/**
 * A state of one program beside a state of another that the same moves have led to, and what every next move does to
 * both. The allocator answers alike in both: the k-th of the free blocks, the last where there are fewer; which block
 * that is may differ, and only counts once a result shows it.
 */
import type { Move } from '../sim/model/order.ts';
import type { PropertyId } from '../sim/model/property.ts';
import type { State } from '../sim/model/state.ts';
import type { Answer, Step, World } from '../sim/apply.ts';
import { applyOperation } from '../sim/apply.ts';
import { enabledSteps } from '../sim/enabled.ts';
import { doerOf } from '../sim/judge.ts';
import { resultIn } from './setupMoves.ts';
import { moveOf } from './trace.ts';
import type { PropertySet, Watch } from './watch.ts';
import { CHECKED } from './watch.ts';

export type Side = { readonly world: World; readonly watch: Watch };

/** `violated`: what the moves up to here have violated, in both alike; 0 if nobody asks. */
export type Pair = { readonly first: State; readonly second: State; readonly violated: PropertySet };

/** What a move did under one of the programs. */
export type Done = { readonly after: State; readonly result: string; readonly violated: PropertySet };

/** Absent: the move is not possible there. */
export type Both = { readonly move: Move; readonly first: Done | undefined; readonly second: Done | undefined };

type Steps = readonly [first: Step | undefined, second: Step | undefined];
export type Sides = readonly [first: Side, second: Side];

export const idsOf = (set: PropertySet): readonly PropertyId[] => CHECKED.filter((_, k) => (set & (1 << k)) !== 0);

/** Every move that is possible in one of them, with every answer of the allocator; until `visit` says true. */
export function eachMove(sides: Sides, pair: Pair, ask: PropertySet, visit: (both: Both) => boolean): boolean {
  const firsts = named(sides[0].world, pair.first);
  const seconds = named(sides[1].world, pair.second);
  for (const [name, step] of firsts) if (takeBoth(sides, pair, ask, [step, seconds.get(name)], visit)) return true;
  for (const [name, step] of seconds)
    if (!firsts.has(name) && takeBoth(sides, pair, ask, [undefined, step], visit)) return true;
  return false;
} // prettier-ignore

/** What is enabled, under a name that is the same in both programs. */
function named(world: World, state: State): ReadonlyMap<string, Step> {
  const found = new Map<string, Step>();
  for (const step of enabledSteps(world, state)) {
    const name = JSON.stringify(moveOf(state, step, []));
    // Files of the same name, one of them unlinked: in their order.
    found.set(found.has(name) ? `${name}${found.size}` : name, step);
  }
  return found;
}

/** Depth first over the tree of the allocator's questions, as they come up in either program. */
function takeBoth(sides: Sides, pair: Pair, ask: PropertySet, steps: Steps, visit: (both: Both) => boolean): boolean {
  const open: (readonly number[])[] = [[]];
  for (let choices = open.pop(); choices !== undefined; choices = open.pop()) {
    const asked: number[] = [];
    const first = take(sides[0], pair.first, steps[0], { choices, asked, ask });
    const second = take(sides[1], pair.second, steps[1], { choices, asked, ask });
    const step = steps[0] ?? steps[1];
    if (step === undefined) return false;
    const move = moveOf(steps[0] === undefined ? pair.second : pair.first, step, choices);
    if (visit({ move, first, second })) return true;
    // Later questions first, so that the answers come in order.
    for (let k = choices.length; k < asked.length; k++) {
      const zeroes = Array.from({ length: k - choices.length }, () => 0);
      for (let answer = (asked[k] ?? 1) - 1; answer > 0; answer--) open.push([...choices, ...zeroes, answer]);
    }
  }
  return false;
} // prettier-ignore

type Asking = { readonly choices: readonly number[]; readonly asked: number[]; readonly ask: PropertySet };

function take({ world, watch }: Side, state: State, step: Step | undefined, { choices, asked, ask }: Asking): Done | undefined {
  if (step === undefined) return undefined;
  const by = doerOf(state, step);
  let result = '';
  let violated: PropertySet = 0;
  let question = 0;
  const answer: Answer = (_, n) => {
    asked[question] = Math.max(asked[question] ?? 1, n);
    return Math.min(n - 1, choices[question++] ?? 0);
  };
  const after = applyOperation(
    world,
    state,
    step,
    (now, events) => {
      result = resultIn(events, by.task) ?? result;
      if (ask !== 0) violated |= watch.judge(now, events, by, ask & ~violated);
    },
    answer,
  );
  return { after, result: step.type === 'dma' ? (after.dmas[step.dma]?.result ?? '') : result, violated };
} // prettier-ignore

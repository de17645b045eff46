/**
 * The runs behind verdicts: a search keeps of each state only where it was found from, so a run is found again by
 * taking, from the start, the transition that leads to the next state of the path. That works on the states themselves,
 * whatever names the blocks had in the rows.
 */
import type { State } from '../sim/model/state.ts';
import type { Step } from '../sim/apply.ts';
import { doerOf } from '../sim/judge.ts';
import type { Doer } from '../sim/invariants/finding.ts';
import { NOBODY } from '../sim/invariants/finding.ts';
import type { Move } from '../sim/model/order.ts';
import type { Search } from './search.ts';
import { keyRow } from './search.ts';
import { successorsOf } from './successors.ts';
import type { Trace } from './verdict.ts';
import type { PropertySet } from './watch.ts';

/** A transition as a trace needs it. */
export type Taken = {
  readonly move: Move;
  readonly after: State;
  readonly by: Doer;
  /** Of those asked for. */
  readonly violated: PropertySet;
  /** What its actor's operation returned, `blocks` where it fell asleep; '' otherwise. */
  readonly result: string;
  /** Of the first violation. */
  readonly message: string;
};

export type Walk = { readonly moves: Trace; readonly state: State };

/** The states from the start to this one. */
export function pathTo({ parents }: Search, id: number): readonly number[] {
  const path: number[] = [];
  for (let at = id; at >= 0; at = parents.get(at) - 1) path.push(at);
  return path.reverse();
}

export function moveOf(state: State, step: Step, choices: readonly number[]): Move {
  const chosen = choices.length === 0 ? {} : { choices };
  switch (step.type) {
    case 'begin':
      if (step.from === undefined) throw new Error('a step from nowhere');
      return step.menu === undefined
        ? { type: 'step', task: step.task, step: step.from, ...chosen }
        : { type: 'entry', task: step.task, entry: step.from, ...chosen };
    case 'run':
      return { type: 'run', task: step.task, ...chosen };
    case 'dma':
      return { type: 'dma', dma: step.dma };
    case 'grace':
      return { type: 'grace', file: state.inodes[step.inode]?.name ?? -1 };
  }
}

/** The first transition out of `state` that is accepted. */
export function findMove(search: Search, state: State, ask: PropertySet, accept: (taken: Taken) => boolean): Taken | undefined {
  const { world, watch, settings } = search;
  let found: Taken | undefined;
  let by: Doer = NOBODY;
  let violated = 0;
  let result = '';
  let message = '';
  successorsOf(world, settings.grain, state, {
    begins(step) {
      by = doerOf(state, step);
      violated = 0;
      result = '';
      message = '';
    },
    micro(after, events) {
      if (found !== undefined) return;
      const before = violated;
      if (ask !== 0) violated |= watch.judge(undefined, after, events, by, ask);
      if (before === 0 && violated !== 0) message = watch.tell(after, events, by, violated);
      for (const event of events)
        if (event.type === 'returned' && event.task === by.task) result = event.result;
        else if (event.type === 'slept' && event.task === by.task) result = 'blocks';
    },
    ends(step, after, choices) {
      if (found !== undefined) return;
      const taken = { move: moveOf(state, step, choices), after, by, violated, result, message };
      if (accept(taken)) found = taken;
    },
  });
  return found;
} // prettier-ignore

/** From the start along these states; `labels`: what each transition has to violate of `ask`, exactly. */
export function walkAlong(search: Search, path: readonly number[], ask: PropertySet = 0, labels?: readonly PropertySet[]): Walk {
  const moves: Move[] = [];
  let { start: state } = search;
  path.slice(1).forEach((id, k) => {
    const wanted = keyOfId(search, id);
    const label = labels?.[k];
    const taken = findMove(search, state, ask, ({ after, violated }) => (label === undefined || violated === label) && keyRow(search, after) === wanted); // prettier-ignore
    if (taken === undefined) throw new Error(`no transition to state ${id}`);
    moves.push(taken.move);
    state = taken.after;
  });
  return { moves, state };
} // prettier-ignore

/** The text of a stored row. */
function keyOfId({ visited }: Search, id: number): string {
  let row = new Uint16Array(1024);
  const length = visited.read(id, row);
  if (length > row.length) {
    row = new Uint16Array(length);
    visited.read(id, row);
  }
  return row.subarray(0, length).join();
}

export const traceTo = (search: Search, id: number): Trace => walkAlong(search, pathTo(search, id)).moves;

/** A shortest run to the state, and then the first transition that is accepted. */
export function traceThrough(search: Search, from: number, ask: PropertySet, accept: (taken: Taken) => boolean): { readonly moves: Trace; readonly before: State; readonly last: Taken | undefined } {
  const { moves, state } = walkAlong(search, pathTo(search, from));
  const last = findMove(search, state, ask, accept);
  return { moves: last === undefined ? moves : [...moves, last.move], before: state, last };
} // prettier-ignore

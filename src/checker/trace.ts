/**
 * The runs behind verdicts: a search keeps of each state only where it was found from, so a run is found again by
 * taking, from the start, the transition that leads to the next state of the path. That works on the states themselves,
 * whatever names the blocks had in the rows.
 */
import type { State } from '../sim/model/state.ts';
import { runsEach } from '../base/runs.ts';
import { FREE } from '../sim/model/state.ts';
import type { Answer, Step } from '../sim/apply.ts';
import { applyOperation, applyStep } from '../sim/apply.ts';
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
  readonly step: Step;
  readonly after: State;
  readonly by: Doer;
  /** Of those asked for. */
  readonly violated: PropertySet;
  /** What its actor's operation returned, `blocks` where it fell asleep; '' otherwise. */
  readonly result: string;
  /** Of the first violation. */
  readonly message: string;
};

/** `state`: at the end. */
export type Walk = { readonly moves: Trace; readonly steps: readonly Step[]; readonly state: State };

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
      return { type: 'dma', dma: step.dma, ...chosen };
    case 'grace':
      return { type: 'grace', file: state.inodes[step.inode]?.name ?? -1 };
  }
}

/** The first transition out of `state` that is accepted. */
export function findMove(search: Search, state: State, ask: PropertySet, accept: (taken: Taken) => boolean): Taken | undefined {
  const { world, watch, settings, swappable } = search;
  let found: Taken | undefined;
  let by: Doer = NOBODY;
  let violated = 0;
  let result = '';
  let message = '';
  successorsOf(world, settings.grain, state, {
    ...(swappable === undefined ? {} : { swappable }),
    begins(step) {
      by = doerOf(state, step);
      violated = 0;
      result = '';
      message = '';
    },
    micro(after, events) {
      if (found !== undefined) return;
      const before = violated;
      if (ask !== 0) violated |= watch.judge(after, events, by, ask);
      if (before === 0 && violated !== 0) message = watch.tell(after, events, by, violated);
      for (const event of events)
        if (event.type === 'returned' && event.task === by.task) result = event.result;
        else if (event.type === 'slept' && event.task === by.task) result = 'blocks';
    },
    ends(step, after, choices) {
      if (found !== undefined) return;
      const taken = { move: moveOf(state, step, choices), step, after, by, violated, result, message };
      if (accept(taken)) found = taken;
    },
  });
  return found;
} // prettier-ignore

/** From the start along these states; `labels`: what each transition has to violate of `ask`, exactly. */
export function walkAlong(search: Search, path: readonly number[], ask: PropertySet = 0, labels?: readonly PropertySet[]): Walk {
  const moves: Move[] = [];
  let { start: state } = search;
  const steps: Step[] = [];
  path.slice(1).forEach((id, k) => {
    const wanted = keyOfId(search, id);
    const label = labels?.[k];
    const taken = findMove(search, state, ask, ({ after, violated }) => (label === undefined || violated === label) && keyRow(search, after) === wanted); // prettier-ignore
    if (taken === undefined) throw new Error(`no transition to state ${id}`);
    moves.push(taken.move);
    steps.push(taken.step);
    state = taken.after;
  });
  return { moves, steps, state };
} // prettier-ignore

/**
 * The same run with other names for its blocks; the start has to be the same under them. Wherever the allocator took a
 * block, it takes the one that has its name.
 */
export function walkRenamed(search: Search, { steps }: Walk, names: readonly number[]): Trace {
  const { world, settings, start } = search;
  const take = (state: State, step: Step, answer: Answer): State =>
    settings.grain === 'op' ? applyOperation(world, state, step, undefined, answer) : applyStep(world, state, step, answer).state; // prettier-ignore
  let along = start;
  let state = start;
  return steps.map((step) => {
    const given = 'choices' in step ? (step.choices ?? []) : [];
    const picked: number[] = [];
    along = take(along, step, (draft, n) => {
      const at = Math.min(n - 1, given[picked.length] ?? 0);
      picked.push(freeBlocks(draft)[at] ?? -1);
      return at;
    });
    const choices: number[] = [];
    const before = state;
    state = take(state, step, (draft) => {
      const at = freeBlocks(draft).indexOf(names[picked[choices.length] ?? -1] ?? -1);
      choices.push(at);
      return at;
    });
    return moveOf(before, step, choices);
  });
}

/** In the order in which the allocator's answers count them. */
function freeBlocks({ device: { use } }: State): readonly number[] {
  const found: number[] = [];
  runsEach(use, 0, Infinity, (at, len, value, step) => {
    for (let i = 0; i < len; i++) if (value + i * step === FREE) found.push(at + i);
  });
  return found;
}

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

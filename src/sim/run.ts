/**
 * A run as written, or in the order that the text asks for: computed once, front to back, with its outline; any position again from the nearest checkpoint.
 * The handle is mutable inside and stays where it was made (worker, command line, test); outline and moments are data.
 */
import type { SimEvent } from './model/event.ts';
import type { Program } from './model/program.ts';
import type { State } from './model/state.ts';
import type { Step, World } from './apply.ts';
import { applyStep, makeWorld } from './apply.ts';
import type { Followed } from './follow.ts';
import { giveUp, planOrdered } from './follow.ts';
import { initialState } from './initial.ts';
import { spanAt } from '../base/spans.ts';
import { sinceAt } from './history.ts';
import { doerOf } from './judge.ts';
import type { Ledger } from './ledger.ts';
import { closeLedger, createLedger, enter } from './ledger.ts';
import type { Misfit, Moment, Outline } from './outline.ts';
import type { Cursor } from './schedule.ts';
import { planNext, startCursor } from './schedule.ts';

/** Every this many micro-steps a state is kept: a seek replays fewer than these. */
const CHECKPOINT = 64;

export type Run = {
  readonly world: World;
  readonly ledger: Ledger;
  /** What each micro-step applied; undefined where a line was only held back. */
  readonly steps: (Step | undefined)[];
  /** State at positions 0, CHECKPOINT, 2·CHECKPOINT, …: states share what did not change. */
  readonly checkpoints: State[];
  state: State;
  cursor: Cursor;
  misfit: Misfit | undefined;
  outline: Outline | undefined;
};

export function createRun(program: Program): Run {
  const state = initialState(program);
  return {
    world: makeWorld(program),
    ledger: createLedger(program, state),
    steps: [],
    checkpoints: [state],
    state,
    cursor: startCursor(program),
    misfit: undefined,
    outline: undefined,
  };
}

/** Goes on for at most `maxMicros` micro-steps; true when the run is complete. */
export function advanceRun(run: Run, maxMicros: number): boolean {
  for (let n = 0; n < maxMicros && run.outline === undefined; n++) {
    const planned = planIn(run);
    if (planned.type === 'end') run.outline = closeLedger(run.ledger, run.state, run.misfit);
    else if (planned.type === 'misfit') {
      run.misfit = { word: planned.word, at: run.steps.length, why: planned.why };
      run.cursor = giveUp(run.world.program, run.state, run.cursor, planned.why);
    } else {
      run.cursor = planned.cursor;
      take(run, planned.type === 'hold' ? undefined : planned.step, planned.type === 'hold' || planned.starts);
    }
  }
  return run.outline !== undefined;
}

function planIn({ world: { program }, state, cursor }: Run): Followed {
  const { order } = program;
  return order === undefined ? planNext(program, state, cursor) : planOrdered(program, order, state, cursor);
}

const HELD: readonly SimEvent[] = [{ type: 'held' }];

function take(run: Run, step: Step | undefined, starts: boolean): void {
  const { turn } = run.cursor;
  if (turn === undefined) throw new Error('a step without a turn');
  const { task, step: line, kind } = turn;
  run.steps.push(step);
  if (step === undefined) {
    enter(run.ledger, { state: run.state, events: HELD, micro: { id: 'op.held', root: 'op.held', task, step: line }, by: { task }, starts, kind }); // prettier-ignore
  } else {
    const by = doerOf(run.state, step);
    const { state, events, micro, root, asked } = applyStep(run.world, run.state, step);
    run.state = state;
    // The answers of a turn are for the questions of all its micro-steps.
    const left = turn.choices?.slice(asked.length);
    if (left !== undefined) run.cursor = { ...run.cursor, turn: { ...turn, choices: left } };
    enter(run.ledger, { state, events, micro: { id: micro, root, task, step: line }, by, starts, kind });
  }
  if (run.steps.length % CHECKPOINT === 0) run.checkpoints.push(run.state);
}

export function outlineOf(run: Run): Outline {
  if (run.outline === undefined) throw new Error(`the run is not complete after ${run.steps.length} micro-steps`);
  return run.outline;
}

/** The whole run at once, for the command line and tests. */
export function runToEnd(program: Program): { readonly run: Run; readonly outline: Outline; readonly final: State } {
  const run = createRun(program);
  while (!advanceRun(run, 10_000));
  return { run, outline: outlineOf(run), final: run.state };
}

/** Micro-steps from the nearest checkpoint to `to`; `visit` sees each state and what led to it. */
function replay(run: Run, from: number, to: number, visit: (at: number, state: State, events: readonly SimEvent[]) => void): void {
  const nearest = Math.min(Math.floor(from / CHECKPOINT), run.checkpoints.length - 1);
  let state = stateAt(run, nearest);
  let events: readonly SimEvent[] = [];
  visit(nearest * CHECKPOINT, state, events);
  for (let at = nearest * CHECKPOINT; at < to; at++) {
    const step = run.steps[at];
    if (step === undefined) events = HELD;
    else ({ state, events } = applyStep(run.world, state, step));
    visit(at + 1, state, events);
  }
} // prettier-ignore

/** The whole run again: every position, its state, and what the micro-step before it did. */
export function* replayRun(run: Run): Iterable<{ readonly at: number; readonly state: State; readonly events: readonly SimEvent[] }> {
  let state = stateAt(run, 0);
  yield { at: 0, state, events: [] };
  for (const [at, step] of run.steps.entries()) {
    let events: readonly SimEvent[] = HELD;
    if (step !== undefined) ({ state, events } = applyStep(run.world, state, step));
    yield { at: at + 1, state, events };
  }
} // prettier-ignore

function stateAt(run: Run, checkpoint: number): State {
  const state = run.checkpoints[checkpoint];
  if (state === undefined) throw new RangeError(`checkpoint ${checkpoint} of ${run.checkpoints.length}`);
  return state;
}

/** Position `at`, 0 … outline.length: the state after that many micro-steps. */
export function momentAt(run: Run, at: number): Moment {
  const { turns } = run.ledger;
  return momentSince(run, at === 0 ? 0 : (turns[spanAt(turns, at)]?.from ?? 0), at);
}

/** The same, as if all that happened after position `from` were one turn. */
export function momentSince(run: Run, from: number, at: number): Moment {
  if (from < 0 || at < from || at > run.steps.length) throw new RangeError(`position ${at} of ${run.steps.length}`);
  const turnEvents: SimEvent[] = [];
  let events: readonly SimEvent[] = [];
  let before = run.state;
  let state = run.state;
  replay(run, from, at, (position, now, happened) => {
    if (position === from) before = now;
    else if (position > from) turnEvents.push(...happened);
    state = now;
    events = happened;
  });
  return { at, state, before, turnEvents, events: at === 0 ? [] : events, since: sinceAt(run.ledger.history, at) };
}

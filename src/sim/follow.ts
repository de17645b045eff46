/**
 * A run in the order that the text asks for: the next step is the order's next word. Nothing happens by itself: no
 * sleeper is woken, no grace period ends and no line is held back but by a word. From a word that cannot happen on, the
 * run goes on as written.
 */
import type { DmaId, FileId, TaskId } from './model/ids.ts';
import type { Order, OrderWord } from './model/order.ts';
import type { Program } from './model/program.ts';
import type { State } from './model/state.ts';
import type { Step } from './apply.ts';
import { isBeingMoved, isRecalled } from './enabled.ts';
import { nicTask } from './initial.ts';
import { hasBegun, placeOf, postOf } from './lists.ts';
import { isUnborn } from './query/offers.ts';
import { fileOfName, taskName } from './query/naming.ts';
import { canGoOn, isAsleep } from './query/waits.ts';
import type { Cursor, CursorTurn, Planned } from './schedule.ts';
import { begin, isLeaseWait, isRunning, planNext, wake } from './schedule.ts';
import { mustWait, mustWaitToBegin } from './turns.ts';

/** Where in its order a run is. */
export type Following = {
  /** The word that comes next. */
  readonly word: number;
  /** The word before names lines, which run as written. */
  readonly inLines: boolean;
  /** Why the word before could not happen: the order is given up. */
  readonly misfit?: string;
};

export type Followed = Planned | { readonly type: 'misfit'; readonly word: number; readonly why: string };

/** `cursor.following` says where in `program.order`. */
export function planOrdered(program: Program, order: Order, state: State, cursor: Cursor): Followed {
  const { following, turn } = cursor;
  if (following.misfit !== undefined) return drain(program, state, cursor) ?? planNext(program, state, cursor);
  if (following.inLines) {
    const planned = planNext(program, state, cursor);
    const isOver = planned.type === 'end' || (planned.type === 'step' && planned.step.type === 'grace' && planned.starts);
    return isOver ? planOrdered(program, order, state, leaveLines(program, cursor)) : planned;
  }
  const task = runnerOf(turn);
  if (order.grain === 'op' && task !== undefined && isRunning(state, task)) return stepOf(task, cursor, turn?.choices);
  const word = order.words[following.word];
  if (word === undefined) return { type: 'end' };
  const why = whyNot(program, state, word);
  if (why !== undefined) return { type: 'misfit', word: following.word, why };
  const next = { ...cursor, following: { word: following.word + 1, inLines: false } };
  return withAnswers(order, word, takeWord(program, order, state, next, word));
} // prettier-ignore

/** The cursor with which a run goes on as written, whatever the order has done so far. */
export function giveUp(program: Program, state: State, cursor: Cursor, why: string): Cursor {
  const first = program.steps.findIndex((_, line) => !hasBegun(program, state, line));
  const line = first < 0 ? program.steps.length : first;
  const following = { word: cursor.following.word, inLines: false, misfit: why };
  return { ...leaveLines(program, cursor), line, turn: undefined, following };
}

function leaveLines(program: Program, cursor: Cursor): Cursor {
  const following = { ...cursor.following, inLines: false };
  return { ...cursor, until: program.steps.length, held: [], resume: undefined, following };
}

const runnerOf = (turn: CursorTurn | undefined): TaskId | undefined => turn?.runs ?? turn?.task;

function stepOf(task: TaskId, cursor: Cursor, choices: readonly number[] | undefined): Planned {
  const step: Step = choices === undefined ? { type: 'run', task } : { type: 'run', task, choices };
  return { type: 'step', step, starts: false, cursor };
}

/** A word's answers are for its whole turn at operation grain, for its one micro-step otherwise. */
function withAnswers(order: Order, word: OrderWord, planned: Planned | Followed): Followed {
  const choices = 'choices' in word ? word.choices : undefined;
  if (choices === undefined || planned.type !== 'step' || planned.step.type === 'grace') return planned;
  const { turn } = planned.cursor;
  const kept = order.grain === 'op' && turn !== undefined ? { turn: { ...turn, choices } } : {};
  return { ...planned, step: { ...planned.step, choices }, cursor: { ...planned.cursor, ...kept } };
}

function takeWord(program: Program, order: Order, state: State, cursor: Cursor, word: OrderWord): Followed {
  switch (word.type) {
    case 'step':
      return begin(program, { ...cursor, line: word.step + 1, resume: undefined }, word.task, word.step);
    case 'lines': {
      const following = { ...cursor.following, inLines: true };
      const inLines = { ...cursor, line: word.from, until: word.to + 1, held: [], turn: undefined, resume: undefined, following };
      return planOrdered(program, order, state, inLines);
    }
    case 'run':
      return goOn(program, state, cursor, word.task);
    case 'dma': {
      const nic = nicTask(program, word.dma);
      if ((state.tasks[nic]?.frames.length ?? 0) > 0) return goOn(program, state, cursor, nic);
      const turn = dmaTurn(program, state, word.dma);
      return { type: 'step', step: { type: 'dma', dma: word.dma }, starts: true, cursor: { ...cursor, turn } };
    }
    case 'grace':
      return endGrace(state, cursor, word.file);
  }
} // prettier-ignore

/** Told of the step that posted it. */
function dmaTurn(program: Program, state: State, dma: DmaId): CursorTurn {
  const step = postOf(program, state, dma) ?? 0;
  return { task: program.steps[step]?.actor ?? 0, step, kind: 'dma', runs: nicTask(program, dma) };
}

/** A sleeper wakes, or a task goes on in the midst of its operation: in the same turn if nothing came between. */
function goOn(program: Program, state: State, cursor: Cursor, task: TaskId): Planned {
  const asleep = !isRunning(state, task);
  if (!asleep && runnerOf(cursor.turn) === task) return stepOf(task, cursor, undefined);
  if (task >= program.actors.length) {
    const turn = dmaTurn(program, state, task - program.actors.length);
    return { type: 'step', step: { type: 'run', task }, starts: true, cursor: { ...cursor, turn } };
  }
  const exits = state.tasks[task]?.frames[0]?.fn === 'exit';
  if (!asleep) {
    const turn = { task, step: cursor.working[task] ?? 0, kind: exits ? 'exit' : 'again' } as const;
    return { type: 'step', step: { type: 'run', task }, starts: true, cursor: { ...cursor, turn } };
  }
  const woken = wake(state, cursor, task);
  const step = woken.type === 'step' ? woken.cursor.turn?.step : undefined;
  if (!exits || woken.type !== 'step' || step === undefined) return woken;
  // The work of dying may be interrupted: it stays told of the same line.
  const working = cursor.working.map((line, t) => (t === task ? step : line));
  return { ...woken, cursor: { ...woken.cursor, working } };
}

function endGrace(state: State, cursor: Cursor, file: FileId): Planned {
  const step: Step = { type: 'grace', inode: recalledUnder(state, file) };
  const sleeper = state.sleepers.find((task) => isLeaseWait(state, task, step));
  const before = cursor.turn ?? { task: 0, step: Math.max(0, cursor.line - 1) };
  const told = sleeper === undefined ? before : { task: sleeper, step: cursor.working[sleeper] ?? 0 };
  const turn: CursorTurn = { task: told.task, step: told.step, kind: 'woke', runs: -1 };
  return { type: 'step', step, starts: true, cursor: { ...cursor, turn } };
}

const recalledUnder = (state: State, file: FileId): number =>
  state.inodes.findIndex((inode, id) => inode.name === file && isRecalled(state, id));

/** Why this cannot happen now; undefined if it can. */
function whyNot(program: Program, state: State, word: OrderWord): string | undefined {
  switch (word.type) {
    case 'step':
      return whyNotBegin(program, state, word.step);
    case 'lines':
      return whyNotLines(program, state);
    case 'run':
      return whyNotRun(program, state, word.task);
    case 'dma': {
      const nic = nicTask(program, word.dma);
      if ((state.tasks[nic]?.frames.length ?? 0) > 0) return whyNotRun(program, state, nic);
      const name = program.dmas[word.dma]?.name ?? '';
      const record = state.dmas[word.dma];
      if (record?.phase !== 'posted') return `${name} is not in flight`;
      if (record.mr < 0) return `${name} is O_DIRECT I/O, which dio_end ends`;
      return isBeingMoved(state, word.dma) ? `an operation is at work on ${name}` : undefined;
    }
    case 'grace':
      return recalledUnder(state, word.file) < 0 ? `nobody recalls a lease on ${fileOfName(program, word.file)}` : undefined;
  }
} // prettier-ignore

function whyNotBegin(program: Program, state: State, step: number): string | undefined {
  const declared = program.steps[step];
  const record = declared === undefined ? undefined : state.tasks[declared.actor];
  if (declared === undefined || record === undefined) return 'there is no such step';
  const who = taskName(program, declared.actor);
  const place = placeOf(program, state, step);
  if (place > 0) return `step ${step + 1} has begun already`;
  if (place < 0) return `${who} has not begun the step before it`;
  if (isAsleep(record)) return `${who} is asleep`;
  if (record.frames.length > 0) return `${who} is still in the step before it`;
  if (isUnborn(program, state, declared.actor)) return `${who} is not forked yet`;
  const waits = mustWaitToBegin(program, state, { task: declared.actor, op: declared.op });
  return waits ? `${who} has to wait until the others are at another place` : undefined;
}

function whyNotLines(program: Program, state: State): string | undefined {
  const halfway = state.tasks.findIndex((_, task) => isRunning(state, task));
  return halfway < 0 ? undefined : `${taskName(program, halfway)} is in the midst of a step`;
}

function whyNotRun(program: Program, state: State, task: TaskId): string | undefined {
  const record = state.tasks[task];
  const who = taskName(program, task);
  if (record === undefined || record.frames.length === 0) return `${who} is in the midst of nothing`;
  if (isAsleep(record) && !canGoOn(program, state, task)) return `${who} is asleep, and what it waits for has not come`;
  return mustWait(program, state, task) ? `${who} has to wait until the others are at another place` : undefined;
}

/** After a word that could not happen: whoever is in the midst of something comes to its end or next wait first. */
function drain(program: Program, state: State, cursor: Cursor): Planned | undefined {
  const isReady = (task: TaskId): boolean => isRunning(state, task) && !mustWait(program, state, task);
  const own = runnerOf(cursor.turn);
  const task = own !== undefined && isReady(own) ? own : state.tasks.findIndex((_, id) => isReady(id));
  return task < 0 ? undefined : goOn(program, state, cursor, task);
}

/**
 * "As written": the one run of a scenario that the player shows. Line by line; after every line, while a sleeper can go
 * on, the one asleep longest runs to its end or next wait, then the held-back lines of its actor in order. A lease's
 * grace period ends with a `wait` line, or when nobody else can move. Deterministic: the next step is a function of the
 * state and of this small cursor. Menus are for the checker; as written they do nothing.
 */
import type { Program } from './model/program.ts';
import type { State } from './model/state.ts';
import type { Step } from './apply.ts';
import { isRecalled } from './enabled.ts';
import type { Following } from './follow.ts';
import { hasBegun } from './lists.ts';
import type { TurnKind } from './outline.ts';
import { canGoOn, isAsleep } from './query/waits.ts';

export type CursorTurn = {
  readonly task: number;
  readonly step: number;
  readonly kind: TurnKind;
  /** The task that runs, where the turn is told of another: the NIC's for a poster, or nobody's. */
  readonly runs?: number;
  /** Answers that are left for the allocator. */
  readonly choices?: readonly number[];
};

export type Cursor = {
  /** Next line of the text: index into Program.steps. */
  readonly line: number;
  /** The line that is not begun any more: the end of the text, or of the lines that an order names. */
  readonly until: number;
  /** The turn that is going on; a turn ends when its task returned or sleeps. */
  readonly turn: CursorTurn | undefined;
  /** Lines held back, by task, in order. */
  readonly held: readonly { readonly task: number; readonly step: number }[];
  /** The task whose held-back lines run next. */
  readonly resume: number | undefined;
  /** The line that each task works on; exit work is counted to the line that caused it. */
  readonly working: readonly number[];
  /** Of a program with an order. */
  readonly following: Following;
};

export type Planned =
  | { readonly type: 'step'; readonly step: Step; readonly starts: boolean; readonly cursor: Cursor }
  /** The line's actor is asleep: it is held back, nothing happens. */
  | { readonly type: 'hold'; readonly cursor: Cursor }
  | { readonly type: 'end' };

export function startCursor(program: Program): Cursor {
  return {
    line: 0,
    until: program.steps.length,
    turn: undefined,
    held: [],
    resume: undefined,
    working: program.actors.map(() => -1).concat(-1),
    following: { word: 0, inLines: false },
  };
}

export function planNext(program: Program, state: State, cursor: Cursor): Planned {
  const { turn } = cursor;
  if (turn !== undefined && turn.kind !== 'held' && isRunning(state, turn.task))
    return { type: 'step', step: { type: 'run', task: turn.task }, starts: false, cursor };
  const patience = graceOfWait(program, state, cursor);
  if (patience !== undefined) return { type: 'step', step: patience, starts: false, cursor };
  const resumed = cursor.resume === undefined ? undefined : resumeHeld(program, state, cursor, cursor.resume);
  if (resumed !== undefined) return resumed;
  const sleeper = state.sleepers.find((task) => canGoOn(program, state, task));
  if (sleeper !== undefined) return wake(state, cursor, sleeper);
  return nextLine(program, state, cursor);
}

function recalled(state: State): Step | undefined {
  const inode = state.inodes.findIndex((_, id) => isRecalled(state, id));
  return inode === -1 ? undefined : { type: 'grace', inode };
}

/** A `wait` that has just been taken lets every grace period pass, within its own turn. */
function graceOfWait(program: Program, state: State, { turn }: Cursor): Step | undefined {
  const isWait = turn?.kind === 'begun' && program.steps[turn.step]?.op.verb === 'wait';
  return isWait ? recalled(state) : undefined;
}

/** No line is left and nobody can go on: time passes until the holders of the leases have had their chance. */
function lastGrace(state: State, cursor: Cursor): Planned {
  const step = recalled(state);
  const task = state.sleepers.find((id) => isLeaseWait(state, id, step));
  if (step === undefined || task === undefined) return { type: 'end' };
  const turn = { task, step: cursor.working[task] ?? 0, kind: 'woke' } as const;
  return { type: 'step', step, starts: true, cursor: { ...cursor, turn, resume: undefined } };
}

export function isLeaseWait(state: State, task: number, step: Step | undefined): boolean {
  const wait = state.tasks[task]?.wait;
  return step?.type === 'grace' && wait?.type === 'lease' && wait.inode === step.inode;
}

/** Awake, in the midst of an operation. */
export function isRunning(state: State, task: number): boolean {
  const record = state.tasks[task];
  return record !== undefined && record.frames.length > 0 && !isAsleep(record);
}

export function begin(program: Program, cursor: Cursor, task: number, index: number): Planned {
  const declared = program.steps[index];
  if (declared === undefined) return { type: 'end' };
  const working = cursor.working.map((line, t) => (t === task ? index : line));
  const turn = { task, step: index, kind: 'begun' } as const;
  return { type: 'step', step: { type: 'begin', task, op: declared.op }, starts: true, cursor: { ...cursor, turn, working } }; // prettier-ignore
}

function resumeHeld(program: Program, state: State, cursor: Cursor, task: number): Planned | undefined {
  const record = state.tasks[task];
  const next = cursor.held.find((h) => h.task === task);
  if (next === undefined || record === undefined || isAsleep(record)) return undefined;
  const held = cursor.held.filter((h) => h !== next);
  return begin(program, { ...cursor, held }, task, next.step);
}

export function wake(state: State, cursor: Cursor, task: number): Planned {
  const exits = state.tasks[task]?.frames[0]?.fn === 'exit';
  const step = exits ? Math.max(0, cursor.line - 1) : (cursor.working[task] ?? 0);
  const turn = { task, step, kind: exits ? 'exit' : 'woke' } as const;
  return { type: 'step', step: { type: 'run', task }, starts: true, cursor: { ...cursor, turn, resume: task } };
}

function nextLine(program: Program, state: State, cursor: Cursor): Planned {
  let { line } = cursor;
  // Only an order begins lines before their turn.
  if (program.order !== undefined) while (line < cursor.until && hasBegun(program, state, line)) line++;
  const declared = line < cursor.until ? program.steps[line] : undefined;
  if (declared === undefined) return lastGrace(state, cursor);
  const at = { ...cursor, line: line + 1, resume: undefined };
  const { actor: task } = declared;
  const record = state.tasks[task];
  if (record === undefined || !isAsleep(record)) return begin(program, at, task, line);
  const held = [...at.held, { task, step: line }];
  return { type: 'hold', cursor: { ...at, held, turn: { task, step: line, kind: 'held' } } };
}

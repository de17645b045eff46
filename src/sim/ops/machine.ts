/**
 * How an operation runs: a stack of frames, one handler for each place in a procedure. A handler does one atomic
 * micro-step and names the next place; `again` means that it only decided, so the next handler runs in the same
 * micro-step. Nothing here knows what the operations do.
 */
import type { DmaId, InodeId, MrId, ProcId, TaskId } from '../model/ids.ts';
import type { Edits, Draft } from '../model/draft.ts';
import { editTask } from '../model/draft.ts';
import type { SimEvent } from '../model/event.ts';
import type { Frame, FrameFn } from '../model/frame.ts';
import type { Program } from '../model/program.ts';
import type { Wait } from '../model/state.ts';
import { IDLE_TASK } from '../model/state.ts';
import type { KernelProfile } from '../policies/kernel.ts';
import type { Refusal } from '../policies/decision.ts';
import { conditionHolds, isDying, procOfTask } from '../query/waits.ts';

/** What one micro-step works with. */
export type Ctx = {
  readonly program: Program;
  readonly kernel: KernelProfile;
  readonly e: Edits;
  readonly task: TaskId;
  events: SimEvent[];
  /** The only chance there is: picks one of n (the allocator under `alloc any`). */
  readonly choose: (n: number) => number;
  /** A signal or SIGKILL ended the wait that this step woke from. */
  interrupted: boolean;
  /** Overrides the name `fn.pc` of this micro-step. */
  label: string;
  /** The place `ran.at` of the handler that ran last, and the place of the outermost procedure by then. */
  ran: string;
  at: string;
  root: string;
};

export type FrameOf<F extends FrameFn> = Extract<Frame, { fn: F }>;
export type Handler<F extends FrameFn> = (c: Ctx, f: FrameOf<F>) => 'again' | void;
export type Procedure<F extends FrameFn> = { readonly [pc: string]: Handler<F> };
/** A handler is only ever given frames of its own procedure: the table is indexed by the frame itself. */
export type AnyHandler = (c: Ctx, f: never) => 'again' | void;
export type Procedures = { readonly [F in FrameFn]: { readonly [pc: string]: AnyHandler } };

export const draftOf = (c: Ctx): Draft => c.e.draft;

export function emit(c: Ctx, event: SimEvent): void {
  c.events.push(event);
}

export function topFrame(c: Ctx): Frame | undefined {
  const frames = draftOf(c).tasks[c.task]?.frames;
  return frames?.[frames.length - 1];
}

/** The running task's frames as a list that this draft owns: copied once, then changed in place. */
function ownFrames(c: Ctx): Frame[] {
  const task = editTask(c.e, c.task);
  const { frames } = task;
  if (frames === c.e.base.tasks[c.task]?.frames || frames === IDLE_TASK.frames) task.frames = frames.slice();
  return task.frames as Frame[];
}

/** The running procedure's frame, to be changed in place. */
function ownTop(c: Ctx): { pc: string } {
  const frames = ownFrames(c);
  const top = frames.length - 1;
  const frame = frames[top];
  if (frame === undefined) throw new Error(`task ${c.task} has no frame`);
  if (frame !== c.e.base.tasks[c.task]?.frames[top]) return frame;
  const copy = { ...frame };
  frames[top] = copy;
  return copy;
}

/** Registers that a procedure may set as it goes on. */
export type Registers = {
  readonly x?: number;
  readonly y?: number;
  readonly i?: number;
  readonly page?: number;
  readonly ret?: string;
  readonly result?: string;
};

/** Goes to another place of the running procedure, with new register values. */
export function go(c: Ctx, pc: string, registers?: Registers): void {
  const frame = ownTop(c);
  frame.pc = pc;
  if (registers !== undefined) Object.assign(frame, registers);
}

/** Calls a procedure; the caller goes on at `pc` when it returned. */
export function call(c: Ctx, pc: string, callee: Frame): void {
  go(c, pc);
  push(c, callee);
}

export function push(c: Ctx, frame: Frame): void {
  ownFrames(c).push(frame);
}

/** Ends the running procedure; its caller finds `value` in its register `ret`. */
export function ret(c: Ctx, value: string, registers?: { readonly page: number }): void {
  ownFrames(c).pop();
  if (topFrame(c) !== undefined) Object.assign(ownTop(c), registers, { ret: value });
}

/** The task sleeps; the handler at its place runs again once `canGoOn`. */
export function sleepOn(c: Ctx, wait: Wait): void {
  editTask(c.e, c.task).wait = wait;
  draftOf(c).sleepers = [...draftOf(c).sleepers, c.task];
  emit(c, { type: 'slept', task: c.task, wait });
}

/** Ends the sleep of the task that is about to run. */
export function wakeUp(c: Ctx): void {
  const task = draftOf(c).tasks[c.task];
  if (task === undefined || task.wait.type === 'none') return;
  const { wait } = task;
  c.interrupted = !conditionHolds(c.program, draftOf(c), c.task);
  editTask(c.e, c.task).wait = IDLE_TASK.wait;
  draftOf(c).sleepers = draftOf(c).sleepers.filter((t) => t !== c.task);
  emit(c, { type: 'woke', task: c.task, wait, by: c.interrupted ? 'signal' : 'condition' });
}

/** An interruptible wait ends before it begins. */
export function signalPending(c: Ctx): boolean {
  return draftOf(c).tasks[c.task]?.signal === true || killPending(c);
}

/** A killable wait ends before it begins. */
export const killPending = (c: Ctx): boolean => isDying(c.program, draftOf(c), c.task);

export function refused(c: Ctx, refusal: Refusal): string {
  const { act: _act, ...reason } = refusal;
  emit(c, { type: 'refused', ...reason });
  return reason.errno;
}

/** The process that the running task belongs to; -1 for the remote peer. */
export const procOf = (c: Ctx): ProcId => procOfTask(c.program, c.task) ?? -1;

export function holdOpen(c: Ctx, inodes: readonly InodeId[]): void {
  editTask(c.e, c.task).holds = inodes;
}

export const NO_PAGE = -1;
export const NO_BLOCK = -1;

export const deregFrame = (mr: MrId, fence: boolean): FrameOf<'dereg'> => ({ fn: 'dereg', pc: 'd1', mr, fence, ret: '' }); // prettier-ignore
export const dmaFrame = (pc: string, dma: DmaId): FrameOf<'dma'> => ({ fn: 'dma', pc, dma, ret: '' });
export const faultFrame = (fn: 'load' | 'store', map: number, vpage: number): FrameOf<'load' | 'store'> => ({ fn, pc: 'lock', map, vpage, x: NO_BLOCK, y: NO_BLOCK, ret: '' }); // prettier-ignore

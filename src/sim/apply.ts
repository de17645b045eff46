/** One micro-step: the only way from a state to the next. Never throws for a step that `enabledSteps` gave. */
import type { SimEvent } from './model/event.ts';
import type { DmaId, InodeId, TaskId } from './model/ids.ts';
import { NO_TASK } from './model/ids.ts';
import { beginDraft, editTask } from './model/draft.ts';
import type { Frame } from './model/frame.ts';
import type { Op } from './model/op.ts';
import type { Program } from './model/program.ts';
import type { State } from './model/state.ts';
import type { KernelProfile } from './policies/kernel.ts';
import { KERNEL_PROFILES } from './policies/kernel.ts';
import type { AnyHandler, Ctx } from './ops/machine.ts';
import { dmaFrame, NO_PAGE, topFrame, wakeUp } from './ops/machine.ts';
import { endGrace } from './ops/leaseOps.ts';
import { PROCEDURES, TAIL } from './ops/opTable.ts';
import { nicTask } from './initial.ts';
import { settle } from './settle.ts';

/** A program with its names resolved to rules: policies are chosen by name, functions never cross a worker. */
export type World = { readonly program: Program; readonly kernel: KernelProfile };

export function makeWorld(program: Program): World {
  return { program, kernel: KERNEL_PROFILES[program.kernel] };
}

/** A task starts `op`, the next of its list or an entry of its menu; one of a menu without a count leaves it in place. */
export type Begin = {
  readonly type: 'begin';
  readonly task: TaskId;
  readonly op: Op;
  readonly menu?: 'counted' | 'unlimited';
  /** Where it is from: index into `Program.steps`, or into the entries of the menu. */
  readonly from?: number;
  readonly choices?: readonly number[];
};
/**
 * run: a task goes on, or wakes. dma: the NIC completes a posted DMA by itself. grace: the leases of a file that are
 * breaking are taken away.
 * `choices` answer the allocator's questions in order (alloc any); missing ones are 0, larger ones the last block.
 */
export type Step =
  | Begin
  | { readonly type: 'run'; readonly task: TaskId; readonly choices?: readonly number[] }
  | { readonly type: 'dma'; readonly dma: DmaId; readonly choices?: readonly number[] }
  | Grace;

export type Grace = { readonly type: 'grace'; readonly inode: InodeId };

export type StepResult = {
  readonly state: State;
  readonly events: readonly SimEvent[];
  /** `fn.pc` of what ran. */
  readonly micro: string;
  /** `fn.pc` of the outermost place that it served. */
  readonly root: string;
  /** How many answers each choice had. */
  readonly asked: readonly number[];
};

export function opFrame(op: Op): Frame {
  return { fn: 'op', pc: 'start', op, ret: '', i: 0, page: NO_PAGE, result: '' };
}

/** Answers the allocator's question in the midst of a step: which of the `n` free blocks of the draft, ascending. */
export type Answer = (draft: State, n: number) => number;

const lowest = (): number => 0;
const NO_CHOICES: readonly number[] = [];

/** The task that a step sets in motion; the end of a grace period is nobody's. */
function taskOfStep(world: World, step: Step): TaskId {
  if (step.type === 'grace') return NO_TASK;
  return step.type === 'dma' ? nicTask(world.program, step.dma) : step.task;
}

/** Answers with the step's choices, and notes how many answers each question had. */
function byChoices(step: Step, asked: number[]): Answer {
  const choices = ('choices' in step ? step.choices : undefined) ?? NO_CHOICES;
  return (_, n) => Math.min(n - 1, choices[asked.push(n) - 1] ?? 0);
}

/** Opens a draft and puts the step's task in motion; nothing has run yet. */
function beginStep(world: World, state: State, step: Step, answer: Answer): Ctx {
  const e = beginDraft(state);
  const task = taskOfStep(world, step);
  const { program, kernel } = world;
  const choose = program.alloc === 'any' ? (n: number): number => answer(e.draft, n) : lowest;
  const c: Ctx = { program, kernel, e, task, events: [], choose, interrupted: false, label: '', ran: '', at: '', root: '' }; // prettier-ignore
  if (step.type === 'dma') editTask(e, task).frames = [dmaFrame('n3', step.dma)];
  else if (step.type === 'begin') {
    const edited = editTask(e, task);
    if (step.menu !== 'unlimited') edited.pos++;
    edited.frames = [opFrame(step.op)];
  } else if (step.type === 'run') wakeUp(c);
  return c;
}

/** Micro grain: one micro-step. Whoever gives an answer of his own has been asked himself. */
export function applyStep(world: World, state: State, step: Step, answer?: Answer): StepResult {
  const asked: number[] = [];
  const c = beginStep(world, state, step, answer ?? byChoices(step, asked));
  if (step.type === 'grace') {
    endGrace(c, step.inode);
    return { state: c.e.draft, events: c.events, micro: 'lease.grace', root: 'lease.grace', asked };
  }
  const outer = c.e.draft.tasks[c.task]?.frames[0];
  runMicro(c);
  const micro = c.label === '' ? `${c.ran}.${c.at}` : c.label;
  const root = c.ran === 'op' ? micro : rootName(outer, c.root);
  return { state: c.e.draft, events: c.events, micro, root, asked };
}

/**
 * Operation grain: from the start, or the wake-up, to the end or the next wait, on one draft. `after` sees the draft
 * and the facts of each micro-step, for the properties, and what it touched (TOUCHED); it must keep neither. What it left as it was stays the very
 * same objects: an operation without effect gives the state itself.
 */
export function applyOperation(
  world: World,
  state: State,
  step: Step,
  after?: (state: State, events: readonly SimEvent[], touched: number) => void,
  answer: Answer = byChoices(step, []),
): State {
  const c = beginStep(world, state, step, answer);
  do {
    if (c.events.length > 0) c.events = [];
    if (step.type === 'grace') endGrace(c, step.inode);
    else runMicro(c);
    after?.(c.e.draft, c.events, c.e.touched);
    c.e.touched = 0;
  } while (isRunning(c));
  return settle(c.e);
}

function isRunning(c: Ctx): boolean {
  const task = c.e.draft.tasks[c.task];
  return task !== undefined && task.frames.length > 0 && task.wait.type === 'none';
}

function handlerOf(frame: Frame): AnyHandler {
  const handler = PROCEDURES[frame.fn][frame.pc];
  if (handler === undefined) throw new Error(`no place ${frame.fn}.${frame.pc}`);
  return handler;
}

/** Runs handlers until one has done something; notes in `c` which it was. */
function runMicro(c: Ctx): void {
  for (let turns = 0; turns < 10_000; turns++) {
    const frames = c.e.draft.tasks[c.task]?.frames;
    const frame = frames?.[frames.length - 1];
    if (frame === undefined) throw new Error(`task ${c.task} has nothing to run`);
    c.ran = frame.fn;
    c.at = frame.pc;
    c.root = frames?.[0]?.pc ?? '';
    c.label = '';
    if (handlerOf(frame)(c, frame as never) === 'again') continue;
    return runTail(c);
  }
  throw new Error(`task ${c.task} makes no progress`);
}

/** g3 serves itself; all else is named by the verb. */
function rootName(outer: Frame | undefined, pc: string): string {
  if (outer === undefined) return pc;
  return outer.fn === 'op' ? `op.${pc === 'g3pin' ? 'g3' : outer.op.verb}` : `${outer.fn}.${pc}`;
}

function runTail(c: Ctx): void {
  for (let frame = topFrame(c); frame?.fn === 'op' && TAIL.has(frame.pc); frame = topFrame(c)) {
    handlerOf(frame)(c, frame as never);
  }
}

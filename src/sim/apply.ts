/** One micro-step: the only way from a state to the next. Never throws for a step that `enabledSteps` gave. */
import type { SimEvent } from './model/event.ts';
import type { DmaId, TaskId } from './model/ids.ts';
import { beginDraft, editTask } from './model/draft.ts';
import type { Frame } from './model/frame.ts';
import type { Op } from './model/op.ts';
import type { Program } from './model/program.ts';
import type { State } from './model/state.ts';
import type { KernelProfile } from './policies/kernel.ts';
import { KERNEL_PROFILES } from './policies/kernel.ts';
import type { AnyHandler, Ctx } from './ops/machine.ts';
import { dmaFrame, NO_PAGE, topFrame, wakeUp } from './ops/machine.ts';
import { PROCEDURES, TAIL } from './ops/opTable.ts';
import { nicTask } from './initial.ts';

/** A program with its names resolved to rules: policies are chosen by name, functions never cross a worker. */
export type World = { readonly program: Program; readonly kernel: KernelProfile };

export function makeWorld(program: Program): World {
  return { program, kernel: KERNEL_PROFILES[program.kernel] };
}

/** A task starts `op`. `unlimited`: an entry of a menu without a count, which leaves the actor where it was. */
export type Begin = {
  readonly type: 'begin';
  readonly task: TaskId;
  readonly op: Op;
  readonly unlimited?: true;
  readonly choices?: readonly number[];
};
/**
 * run: a task goes on, or wakes. dma: the NIC completes a posted DMA by itself.
 * `choices` answer the allocator's questions in order (alloc any); missing ones are 0.
 */
export type Step =
  | Begin
  | { readonly type: 'run'; readonly task: TaskId; readonly choices?: readonly number[] }
  | { readonly type: 'dma'; readonly dma: DmaId };

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

/** Opens a draft and puts the step's task in motion; nothing has run yet. */
function beginStep(world: World, state: State, step: Step, asked: number[]): Ctx {
  const e = beginDraft(state);
  const task = step.type === 'dma' ? nicTask(world.program, step.dma) : step.task;
  const answers = step.type === 'dma' ? undefined : step.choices;
  const choose = (n: number): number => answers?.[asked.push(n) - 1] ?? 0;
  const { program, kernel } = world;
  const c: Ctx = { program, kernel, e, task, events: [], choose, interrupted: false, label: '' };
  if (step.type === 'dma') editTask(e, task).frames = [dmaFrame('n3', step.dma)];
  else if (step.type === 'begin') {
    const edited = editTask(e, task);
    if (step.unlimited !== true) edited.pos++;
    edited.frames = [opFrame(step.op)];
  } else wakeUp(c);
  return c;
}

/** Micro grain: one micro-step. */
export function applyStep(world: World, state: State, step: Step): StepResult {
  const asked: number[] = [];
  const c = beginStep(world, state, step, asked);
  const { micro, root } = runMicro(c);
  return { state: c.e.draft, events: c.events, micro, root, asked };
}

/**
 * Operation grain: from the start, or the wake-up, to the end or the next wait, on one draft. `after` sees the draft
 * and the facts of each micro-step, for the properties; it must keep neither.
 */
export function applyOperation(
  world: World,
  state: State,
  step: Step,
  after?: (state: State, events: readonly SimEvent[]) => void,
): State {
  const c = beginStep(world, state, step, []);
  do {
    c.events.length = 0;
    runMicro(c);
    after?.(c.e.draft, c.events);
  } while (isRunning(c));
  return c.e.draft;
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

function runMicro(c: Ctx): { micro: string; root: string } {
  const outer = c.e.draft.tasks[c.task]?.frames[0];
  for (let turns = 0; turns < 10_000; turns++) {
    const frame = topFrame(c);
    if (frame === undefined) throw new Error(`task ${c.task} has nothing to run`);
    const rootPc = c.e.draft.tasks[c.task]?.frames[0]?.pc ?? '';
    const name = `${frame.fn}.${frame.pc}`;
    c.label = '';
    if (handlerOf(frame)(c, frame as never) === 'again') continue;
    const micro = c.label === '' ? name : c.label;
    const root = frame.fn === 'op' ? micro : rootName(outer, rootPc);
    runTail(c);
    return { micro, root };
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

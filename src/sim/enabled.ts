/**
 * What may happen next: the only source of nondeterminism. The player takes one of these by a fixed rule (run.ts); a
 * checker takes all. `next` gives what each actor may begin, so that lists and menus look alike from here.
 */
import type { TaskId } from './model/ids.ts';
import type { Program } from './model/program.ts';
import type { State } from './model/state.ts';
import type { Begin, Step, World } from './apply.ts';
import { beginsOf } from './begins.ts';
import { isOffered, isUnborn } from './query/offers.ts';
import { canGoOn, isAsleep } from './query/waits.ts';
import { mustWait, mustWaitToBegin } from './turns.ts';

type Next = (task: TaskId) => readonly Begin[];

export function enabledSteps(world: World, state: State, next: Next = (task) => beginsOf(world.program, state, task)): readonly Step[] {
  const steps: Step[] = [];
  for (let task = 0; task < state.tasks.length; task++) pushSteps(world.program, state, task, next(task), steps);
  pushWhatComesByItself(state, steps);
  return steps;
} // prettier-ignore

/** What a task may do next; `begins`: what it may begin if it is idle. */
export function pushSteps(program: Program, state: State, task: TaskId, begins: readonly Begin[], steps: Step[]): void {
  const record = state.tasks[task];
  if (record === undefined) return;
  if (isAsleep(record)) {
    if (canGoOn(program, state, task) && !mustWait(program, state, task)) steps.push({ type: 'run', task });
  } else if (record.frames.length > 0) {
    if (!mustWait(program, state, task)) steps.push({ type: 'run', task });
  } else if (begins.length > 0 && !isUnborn(program, state, task)) {
    const halfway = state.tasks.some(({ frames }) => frames.length > 0);
    for (const begin of begins) {
      if (begin.menu !== undefined && !isOffered(program, state, task, begin.op)) continue;
      if (!(halfway && mustWaitToBegin(program, state, begin))) steps.push(begin);
    }
  }
} // prettier-ignore

/** A posted DMA completes, a grace period ends. */
export function pushWhatComesByItself(state: State, steps: Step[]): void {
  for (let dma = 0; dma < state.dmas.length; dma++) {
    const record = state.dmas[dma];
    if (record?.phase === 'posted' && record.mr >= 0 && !isBeingMoved(state, dma)) steps.push({ type: 'dma', dma });
  }
  for (let inode = 0; inode < state.inodes.length; inode++) {
    if (isRecalled(state, inode)) steps.push({ type: 'grace', inode });
  }
}

/** Somebody waits for a lease on this file, so its grace period runs. */
export const isRecalled = (state: State, inode: number): boolean =>
  state.inodes[inode]?.leases.some(({ breaking }) => breaking) === true;

/** A DMA whose own operation is at work on it does not complete by itself as well. */
export function isBeingMoved(state: State, dma: number): boolean {
  return state.tasks.some((t) => t.frames.some((f) => f.fn === 'dma' && f.dma === dma));
}

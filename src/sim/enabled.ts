/**
 * What may happen next: the only source of nondeterminism. The player takes one of these by a fixed rule (run.ts); a
 * checker takes all. `next` gives each actor's next operation, so that lists and menus look alike from here.
 */
import type { Op } from './model/op.ts';
import type { TaskId } from './model/ids.ts';
import type { Task } from './model/state.ts';
import type { State } from './model/state.ts';
import type { Step, World } from './apply.ts';
import { canGoOn, isAsleep } from './query/waits.ts';

export function enabledSteps(world: World, state: State, next: (task: TaskId) => readonly Op[]): readonly Step[] {
  const steps: Step[] = [];
  state.tasks.forEach((task, id) => {
    if (isAsleep(task)) {
      if (canGoOn(world.program, state, id)) steps.push({ type: 'run', task: id });
    } else if (task.frames.length > 0) {
      if (!entryIsLocked(state, id)) steps.push({ type: 'run', task: id });
    } else for (const op of next(id)) steps.push({ type: 'begin', task: id, op });
  });
  state.dmas.forEach((dma, id) => {
    if (dma.phase === 'posted' && dma.mr >= 0 && !isBeingMoved(state, id)) steps.push({ type: 'dma', dma: id });
  });
  return steps;
}

/** A DMA whose own operation is at work on it does not complete by itself as well. */
function isBeingMoved(state: State, dma: number): boolean {
  return state.tasks.some((t) => t.frames.some((f) => f.fn === 'dma' && f.dma === dma));
}

/**
 * Two faults of one file index take turns: the locked DAX entry of grab_mapping_entry. Only at micro grain; a fault is
 * never asleep inside.
 */
function entryIsLocked(state: State, id: TaskId): boolean {
  const mine = faultAt(state, state.tasks[id]);
  if (mine === undefined || mine.pc !== 'lock') return false;
  return state.tasks.some((task, other) => {
    const theirs = other === id ? undefined : faultAt(state, task);
    return theirs !== undefined && theirs.pc !== 'lock' && theirs.pc !== 'slept' && theirs.inode === mine.inode && theirs.index === mine.index; // prettier-ignore
  });
}

function faultAt(state: State, task: Task | undefined): { pc: string; inode: number; index: number } | undefined {
  const frame = task?.frames.at(-1);
  if (frame === undefined || (frame.fn !== 'load' && frame.fn !== 'store')) return undefined;
  const map = state.maps[frame.map];
  return map === undefined ? undefined : { pc: frame.pc, inode: map.inode, index: map.off + frame.vpage };
}

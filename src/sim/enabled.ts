/**
 * What may happen next: the only source of nondeterminism. The player takes one of these by a fixed rule (run.ts); a
 * checker takes all. `next` gives what each actor may begin, so that lists and menus look alike from here.
 */
import type { TaskId } from './model/ids.ts';
import type { State } from './model/state.ts';
import type { Begin, Step, World } from './apply.ts';
import { isOffered } from './query/offers.ts';
import { canGoOn, isAsleep } from './query/waits.ts';
import { mustWait, mustWaitToBegin } from './turns.ts';

export function enabledSteps(world: World, state: State, next: (task: TaskId) => readonly Begin[]): readonly Step[] {
  const { program } = world;
  const steps: Step[] = [];
  const halfway = state.tasks.some((task) => task.frames.length > 0);
  for (let task = 0; task < state.tasks.length; task++) {
    const record = state.tasks[task];
    if (record === undefined) continue;
    if (isAsleep(record)) {
      if (canGoOn(program, state, task) && !mustWait(program, state, task)) steps.push({ type: 'run', task });
    } else if (record.frames.length > 0) {
      if (!mustWait(program, state, task)) steps.push({ type: 'run', task });
    } else
      for (const begin of next(task)) {
        if (begin.menu !== undefined && !isOffered(program, state, task, begin.op)) continue;
        if (!(halfway && mustWaitToBegin(state, task, begin.op))) steps.push(begin);
      }
  }
  for (let dma = 0; dma < state.dmas.length; dma++) {
    const record = state.dmas[dma];
    if (record?.phase === 'posted' && record.mr >= 0 && !isBeingMoved(state, dma)) steps.push({ type: 'dma', dma });
  }
  return steps;
}

/** A DMA whose own operation is at work on it does not complete by itself as well. */
function isBeingMoved(state: State, dma: number): boolean {
  return state.tasks.some((t) => t.frames.some((f) => f.fn === 'dma' && f.dma === dma));
}

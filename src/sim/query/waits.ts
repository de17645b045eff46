/** When a sleeper can go on, and what a signal does to it. Pure functions of the state: no edge is ever lost. */
import type { Page, TaskId } from '../model/ids.ts';
import type { PinWait, State, Task, Wait } from '../model/state.ts';
import { inodeOf, lockOf, taskOf } from './inodes.ts';
import { isFenceable, isKillablePin, isPinned, pinsOf } from './pins.ts';
import type { Program } from '../model/program.ts';

/** t4 and the lease wait end on a signal; lock waits, evict and the FICLONE spin do not. */
export function isInterruptible(wait: Wait): boolean {
  return wait.type === 'pin' || wait.type === 'lease';
}

/** SIGKILL ends what a signal ends, and the killable wait before a COW break. */
export function isKillable(wait: Wait): boolean {
  return isInterruptible(wait) || wait.type === 'write';
}

export const isAsleep = (task: Task): boolean => task.wait.type !== 'none';

export function procOfTask(program: Program, task: TaskId): number | undefined {
  const actor = program.actors[task];
  return actor?.type === 'thread' ? actor.proc : undefined;
}

export function isDying(program: Program, state: State, task: TaskId): boolean {
  const proc = procOfTask(program, task);
  return proc !== undefined && state.procs[proc]?.state === 'dying';
}

/** Whether a page has pins that its sleeper can do nothing about. */
function isHeldUp(state: State, page: Page, only: PinWait): boolean {
  const yields = only === 'short' ? isFenceable : isKillablePin;
  return pinsOf(state, page).some((pin) => !yields(state, pin));
}

/** The thing waited for has come: a test of the condition now, not a wake-up remembered. */
export function conditionHolds(program: Program, state: State, id: TaskId): boolean {
  const wait = taskOf(state, id).wait;
  switch (wait.type) {
    case 'none':
      return true;
    case 'lock':
      return lockOf(inodeOf(state, wait.inode), wait.lock).holders.some((h) => h.task === id);
    case 'pin':
    case 'write':
    case 'evict':
    case 'spin':
      return !isPinned(state, wait.page) || (wait.only !== undefined && !isHeldUp(state, wait.page, wait.only));
    case 'lease':
      return inodeOf(state, wait.inode).leases.every((lease) => lease.proc === wait.proc);
    case 'threads':
      return program.actors.every((a, t) => t === id || a.type !== 'thread' || a.proc !== wait.proc || taskOf(state, t).frames.length === 0); // prettier-ignore
  }
}

export function signalEnds(program: Program, state: State, id: TaskId): boolean {
  const task = taskOf(state, id);
  return (task.signal && isInterruptible(task.wait)) || (isKillable(task.wait) && isDying(program, state, id));
}

/** A sleeping task that can run again. */
export function canGoOn(program: Program, state: State, id: TaskId): boolean {
  return conditionHolds(program, state, id) || signalEnds(program, state, id);
}

/** The page whose pins a sleeper waits for. */
export function waitsForPage(state: State, id: TaskId): number | undefined {
  const { wait } = taskOf(state, id);
  return wait.type === 'pin' || wait.type === 'write' || wait.type === 'evict' || wait.type === 'spin' ? wait.page : undefined; // prettier-ignore
}

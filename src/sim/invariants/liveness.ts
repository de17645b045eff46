/** L1, L2, L3 of a single run: who sleeps, and who alone could wake them. */
import type { TaskId } from '../model/ids.ts';
import type { Program } from '../model/program.ts';
import type { EntityRef, State, Wait } from '../model/state.ts';
import { inodeOf, lockOf, taskOf } from '../query/inodes.ts';
import { ownerName, pageName, taskName } from '../query/naming.ts';
import { pinsOf } from '../query/pins.ts';
import { canGoOn, conditionHolds, procOfTask } from '../query/waits.ts';
import type { Finding, StateProperty } from './finding.ts';
import { refOfOwner } from './pins.ts';

const INPUTS: StateProperty['inputs'] = (s) => [s.tasks, s.inodes, s.procs, s.mrs, s.dmas, s.pipes];

type PageWait = Extract<Wait, { page: number }>;
const isPageWait = (wait: Wait): wait is PageWait =>
  wait.type === 'pin' || wait.type === 'write' || wait.type === 'evict' || wait.type === 'spin';

/** In a single run: a wait on the pin of an MR or of a pipe, which only its owner gives up. */
export const L1: StateProperty = {
  kind: 'state',
  id: 'L1',
  inputs: INPUTS,
  check(program, state) {
    const found: Finding[] = [];
    for (const task of state.sleepers) {
      const { wait } = taskOf(state, task);
      if (!isPageWait(wait) || conditionHolds(program, state, task)) continue;
      const pin = pinsOf(state, wait.page).find((p) => p.kind !== 'short');
      if (pin === undefined) continue;
      const who = program.procs[pin.proc]?.name ?? 'its owner';
      const message = `${taskName(program, task)} waits for ${pageName(wait.page)}, pinned by ${ownerName(program, pin.owner)}: no path ends the wait unless ${who} volunteers`;
      const refs: EntityRef[] = [{ type: 'task', task }, refOfOwner(pin.owner), { type: 'block', block: Number(wait.page) }]; // prettier-ignore
      found.push({ id: 'L1', key: `${task}:${wait.page}`, message, refs });
    }
    return found;
  },
};

/** The greatest set of sleepers each of which waits for a pin or lock that only the set itself could release. */
export const L2: StateProperty = {
  kind: 'state',
  id: 'L2',
  inputs: INPUTS,
  check(program, state) {
    const stuck = new Set(state.sleepers.filter((t) => !canGoOn(program, state, t)));
    for (let changed = true; changed;) {
      changed = false;
      for (const task of stuck) {
        if (dependsOnlyOn(program, state, task, stuck)) continue;
        stuck.delete(task);
        changed = true;
      }
    }
    if (stuck.size === 0) return [];
    const tasks = [...stuck].sort((a, b) => a - b);
    const names = tasks.map((t) => taskName(program, t));
    const message =
      names.length === 1
        ? `${names.join()} waits for what only ${names.join()} could release`
        : `${names.join(' and ')} wait for what only they could release`;
    return [{ id: 'L2', key: tasks.join(), message, refs: tasks.map((task) => ({ type: 'task', task })) }];
  },
};

function dependsOnlyOn(program: Program, state: State, task: TaskId, set: ReadonlySet<TaskId>): boolean {
  const { wait } = taskOf(state, task);
  if (wait.type === 'lock') return lockOf(inodeOf(state, wait.inode), wait.lock).holders.some((h) => set.has(h.task));
  // A process gives up its pins when it has exited, so a thread that holds up its exit holds them too.
  if (wait.type === 'threads') return threadsOf(program, wait.proc).some((t) => t !== task && set.has(t));
  if (!isPageWait(wait)) return false;
  return pinsOf(state, wait.page).some((pin) => pin.kind !== 'short' && able(program, state, pin.proc).every((t) => set.has(t))); // prettier-ignore
}

function threadsOf(program: Program, proc: number): readonly TaskId[] {
  return program.actors.flatMap((a, t) => (a.type === 'thread' && a.proc === proc ? [t] : []));
}

/** The threads that can still do something: of a dying process, those that have not ended. */
function able(program: Program, state: State, proc: number): readonly TaskId[] {
  const threads = threadsOf(program, proc);
  return state.procs[proc]?.state === 'running' ? threads : threads.filter((t) => taskOf(state, t).frames.length > 0);
}

/** An evict or a spin whose process has SIGKILL pending. A wait for a lock does not count. */
export const L3: StateProperty = {
  kind: 'state',
  id: 'L3',
  inputs: INPUTS,
  check(program, state) {
    return state.sleepers
      .filter((t) => {
        const { wait } = taskOf(state, t);
        return (wait.type === 'evict' || wait.type === 'spin') && isKilled(program, state, t) && !conditionHolds(program, state, t); // prettier-ignore
      })
      .map((task) => {
        const { wait } = taskOf(state, task);
        const message = `SIGKILL does not end the ${wait.type} wait of ${taskName(program, task)}`;
        return { id: 'L3', key: `${task}`, message, refs: [{ type: 'task', task }] };
      });
  },
};

/** SIGKILL is pending: an exit of its own is no kill. */
function isKilled(program: Program, state: State, task: TaskId): boolean {
  const proc = state.procs[procOfTask(program, task) ?? -1];
  return proc?.state === 'dying' && proc.fate === 'killed';
}

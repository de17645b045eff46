/** L1, L2, L3 of a single run: who sleeps, and who alone could wake them. */
import type { ProcId, TaskId } from '../model/ids.ts';
import type { Program } from '../model/program.ts';
import type { EntityRef, State, Wait } from '../model/state.ts';
import { inodeOf, lockOf, taskOf } from '../query/inodes.ts';
import { ownerName, pageName, taskName } from '../query/naming.ts';
import type { Pin } from '../query/pins.ts';
import { isFenceable, isKillablePin, pinsOf, refOfOwner } from '../query/pins.ts';
import { canGoOn, conditionHolds, procOfTask } from '../query/waits.ts';
import type { Finding, StateProperty } from './finding.ts';
import { releasersOf } from './holders.ts';

const READ: StateProperty['inputs'] = ['tasks', 'inodes', 'locks', 'procs', 'mrs', 'dmas', 'pipes'];

type PageWait = Extract<Wait, { page: number }>;
const isPageWait = (wait: Wait): wait is PageWait =>
  wait.type === 'pin' || wait.type === 'write' || wait.type === 'evict' || wait.type === 'spin';

/**
 * In a single run: a wait on the pin of an MR or of a pipe, which only its owner gives up. A lease wait is none: the
 * grace period ends it, whatever the holder does.
 */
export const L1: StateProperty = {
  kind: 'state',
  id: 'L1',
  inputs: READ,
  isBroken: (program, state) => L1.check(program, state).length > 0,
  check(program, state) {
    const found: Finding[] = [];
    for (const task of state.sleepers) {
      const { wait } = taskOf(state, task);
      if (!isPageWait(wait) || conditionHolds(program, state, task)) continue;
      const pin = pinsInTheWay(state, wait).find((p) => !comesByItself(state, p));
      if (pin === undefined) continue;
      const who = namesOf(program, releasersOf(state, pin));
      const message = `${taskName(program, task)} waits for ${pageName(wait.page)}, pinned by ${ownerName(program, pin.owner)}: no path ends the wait unless ${who} volunteers`;
      const refs: EntityRef[] = [{ type: 'task', task }, refOfOwner(pin.owner), { type: 'block', block: Number(wait.page) }]; // prettier-ignore
      found.push({ id: 'L1', key: `${task}:${wait.page}`, message, refs });
    }
    return found;
  },
};

/** The pins that the sleeper waits for; those that it would fence, or kill for, are not among them. */
function pinsInTheWay(state: State, { page, only }: PageWait): readonly Pin[] {
  const pins = pinsOf(state, page).filter((pin) => !isBeingDropped(state, pin));
  if (only === undefined) return pins;
  return pins.filter((pin) => !(only === 'short' ? isFenceable(state, pin) : isKillablePin(state, pin)));
}

/** Its MR is fenced or deregistered right now: d2 follows d1 without a step that anybody chooses. */
const isBeingDropped = (state: State, { owner }: Pin): boolean =>
  owner.type === 'mr' && state.mrs[owner.mr]?.state === 'revoked';

/** In-flight I/O ends, and the dying let go: no step that somebody chooses to take. */
function comesByItself(state: State, pin: Pin): boolean {
  const releasers = releasersOf(state, pin);
  return pin.kind === 'short' || (releasers.length > 0 && releasers.every((proc) => state.procs[proc]?.state === 'dying')); // prettier-ignore
}

const namesOf = (program: Program, procs: readonly ProcId[]): string =>
  procs.length === 0 ? 'its owner' : procs.map((proc) => program.procs[proc]?.name ?? '?').join(' or ');

/** The sleepers each of which waits for what only they could release; most often there are none. */
function stuckTasks(program: Program, state: State): ReadonlySet<TaskId> {
  if (state.sleepers.length === 0) return NOBODY;
  const stuck = new Set(state.sleepers.filter((t) => !canGoOn(program, state, t)));
  for (let changed = true; changed;) {
    changed = false;
    for (const task of stuck) {
      if (dependsOnlyOn(program, state, task, stuck)) continue;
      stuck.delete(task);
      changed = true;
    }
  }
  return stuck;
}

const NOBODY: ReadonlySet<TaskId> = new Set();

/** The greatest set of sleepers each of which waits for a pin or lock that only the set itself could release. */
export const L2: StateProperty = {
  kind: 'state',
  id: 'L2',
  inputs: READ,
  isBroken: (program, state) => stuckTasks(program, state).size > 0,
  check(program, state) {
    const stuck = stuckTasks(program, state);
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
  // In-flight I/O and the grace period of a lease end by themselves.
  if (!isPageWait(wait)) return false;
  return pinsInTheWay(state, wait).some(
    (pin) => pin.kind !== 'short' && releasersOf(state, pin).every((proc) => able(program, state, proc).every((t) => set.has(t))), // prettier-ignore
  );
}

function threadsOf(program: Program, proc: number): readonly TaskId[] {
  return program.actors.flatMap((a, t) => (a.type === 'thread' && a.proc === proc ? [t] : []));
}

/** The threads that can still do something: of a dying process, those that have not ended. */
function able(program: Program, state: State, proc: number): readonly TaskId[] {
  const threads = threadsOf(program, proc);
  return state.procs[proc]?.state === 'running' ? threads : threads.filter((t) => taskOf(state, t).frames.length > 0);
}

function outlastsKill(program: Program, state: State, task: TaskId): boolean {
  const { wait } = taskOf(state, task);
  return (wait.type === 'evict' || wait.type === 'spin') && isKilled(program, state, task) && !conditionHolds(program, state, task); // prettier-ignore
}

/** An evict or a spin whose process has SIGKILL pending. A wait for a lock does not count. */
export const L3: StateProperty = {
  kind: 'state',
  id: 'L3',
  inputs: READ,
  isBroken: (program, state) => state.sleepers.some((task) => outlastsKill(program, state, task)),
  check(program, state) {
    return state.sleepers
      .filter((task) => outlastsKill(program, state, task))
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

/** What a sleeper waits for, in one line, as a chain to who could end it, and whether that chain bites its own tail. */
import type { TaskId } from '../sim/model/ids.ts';
import type { Program } from '../sim/model/program.ts';
import type { EntityRef, Lease, State, Wait } from '../sim/model/state.ts';
import { inodeOf, lockOf } from '../sim/query/inodes.ts';
import type { Pin } from '../sim/query/pins.ts';
import { pinCount, pinsOf, refOfOwner } from '../sim/query/pins.ts';
import { canGoOn, isAsleep, isInterruptible, isKillable, procOfTask } from '../sim/query/waits.ts';
import { fileName, pageName, taskName } from '../sim/query/naming.ts';
import { callName, count, leaseKindName, leaseName, listOf, lockName, ownerName, procName } from './names.ts';

/** What ends a pin of this kind. */
const releaseOf = (pin: Pin): string => ({ longterm: 'dereg_mr', short: 'dio_end', get: 'pipe_read' })[pin.kind];

/** `pin of block 2, held by mr[2]`, `i_rwsem of A, exclusive, held by admin`. */
export function waitText(program: Program, state: State, wait: Wait): string {
  switch (wait.type) {
    case 'none':
      return 'not waiting';
    case 'lock': {
      const holders = lockOf(inodeOf(state, wait.inode), wait.lock).holders.map(({ task }) => taskName(program, task));
      const by = holders.length === 0 ? '' : `, held by ${listOf(holders)}`;
      return `waits for ${lockName(program, state, wait.inode, wait.lock)}, ${wait.mode}${by}`;
    }
    case 'pin':
      return `waits for the pin of ${pinnedBy(program, state, wait.page)}`;
    case 'write':
      return `waits, before the COW break, for the pin of ${pinnedBy(program, state, wait.page)}`;
    case 'evict':
      return `waits in evict for the pin of ${pinnedBy(program, state, wait.page)}`;
    case 'spin':
      return `spins on the pin of ${pinnedBy(program, state, wait.page)}`;
    case 'lease':
      return `waits for ${leasesText(program, state, wait)}`;
    case 'threads':
      return `waits for the other threads of ${procName(program, wait.proc)}`;
  }
}

type LeaseWait = Extract<Wait, { type: 'lease' }>;

/** Leases that the sleeper waits for: those of other processes. */
export const foreignLeases = (state: State, { inode, proc }: LeaseWait): readonly Lease[] =>
  inodeOf(state, inode).leases.filter((lease) => lease.proc !== proc);

/** `app's layout lease on A`; `the leases of app and db on A`. */
function leasesText(program: Program, state: State, wait: LeaseWait): string {
  const holders = foreignLeases(state, wait).map(({ proc }) => proc);
  const [first] = holders;
  const file = fileName(program, state, wait.inode);
  if (first === undefined) return `a lease on ${file}, gone by now`;
  if (holders.length === 1) return leaseName(program, state, wait.inode, first);
  return `the leases of ${listOf(holders.map((proc) => procName(program, proc)))} on ${file}`;
}

function pinnedBy(program: Program, state: State, page: number): string {
  const pins = pinsOf(state, page);
  const owners = listOf(pins.map(({ owner }) => ownerName(program, state, owner)));
  return owners === '' ? `${pageName(page)}, gone by now` : `${pageName(page)}, held by ${owners}`;
}

export type ChainLink = {
  /** How the box before leads here: `waits for lock`, `held by`. Empty for the first. */
  readonly verb: string;
  /** The bold part of the box, and the rest. */
  readonly name: string;
  readonly detail: string;
  readonly ref: EntityRef;
};

export type WaitChain = {
  readonly links: readonly ChainLink[];
  /** Only sleepers of this circle could end the wait. */
  readonly cycle: boolean;
  /** One sentence for the end of the chain. */
  readonly end: string;
};

/** Box, verb, box: from a sleeper to who can let it go on. */
export function waitChain(program: Program, state: State, task: TaskId): WaitChain {
  const links: ChainLink[] = [taskLink(program, state, task, '')];
  const seen = new Set<TaskId>([task]);
  let next: TaskId | undefined = task;
  let end = '';
  let cycle = false;
  while (next !== undefined) {
    const step = follow(program, state, next);
    links.push(...step.links);
    next = step.sleeper;
    end = step.end;
    if (next === undefined) break;
    if (seen.has(next)) {
      cycle = true;
      end = cycleText(program, state, next, task);
      break;
    }
    seen.add(next);
    if (step.named !== true) links.push(taskLink(program, state, next, 'held by'));
  }
  return { links, cycle, end };
}

function cycleText(program: Program, state: State, back: TaskId, start: TaskId): string {
  const name = taskName(program, back);
  return back === start
    ? `${name} waits for itself: nobody else can end this.`
    : `${name} and the others wait for each other: ${callOf(state, back)} cannot go on.`;
}

const callOf = (state: State, task: TaskId): string => {
  const frame = state.tasks[task]?.frames[0];
  return frame?.fn === 'op' ? callName(frame.op) : 'exit';
};

/** `ftruncate A 2`: the running step as the text has it. */
function runningText(program: Program, state: State, task: TaskId): string {
  const frame = state.tasks[task]?.frames[0];
  if (frame?.fn !== 'op') return frame === undefined ? 'idle' : 'exit';
  const pos = state.tasks[task]?.pos ?? 0;
  return program.steps.filter(({ actor }) => actor === task)[pos - 1]?.text ?? callName(frame.op);
}

const taskLink = (program: Program, state: State, task: TaskId, verb: string): ChainLink => ({
  verb,
  name: taskName(program, task),
  detail: runningText(program, state, task),
  ref: { type: 'task', task },
});

type Followed = {
  readonly links: readonly ChainLink[];
  readonly sleeper: TaskId | undefined;
  readonly end: string;
  /** The last link names the sleeper already. */
  readonly named?: true;
};

function follow(program: Program, state: State, task: TaskId): Followed {
  const wait: Wait = state.tasks[task]?.wait ?? { type: 'none' };
  if (wait.type !== 'none' && canGoOn(program, state, task))
    return { links: [], sleeper: undefined, end: `${taskName(program, task)} can go on: what it waited for has come.` };
  switch (wait.type) {
    case 'none':
      return { links: [], sleeper: undefined, end: `${taskName(program, task)} is awake.` };
    case 'lock':
      return followLock(program, state, wait);
    case 'pin':
    case 'write':
    case 'evict':
    case 'spin':
      return followPin(program, state, wait);
    case 'lease':
      return followLease(program, state, wait);
    case 'threads': {
      const other = program.actors.findIndex(
        (a, t) => t !== task && a.type === 'thread' && a.proc === wait.proc && isBusy(state, t),
      );
      const links = other < 0 ? [] : [taskLink(program, state, other, 'waits for thread')];
      const asleep = other >= 0 && isSleeping(state, other) ? other : undefined;
      return { links, sleeper: asleep, end: 'It goes on when that thread has ended.', named: true };
    }
  }
}

const isBusy = (state: State, task: TaskId): boolean => (state.tasks[task]?.frames.length ?? 0) > 0;
const isSleeping = (state: State, task: TaskId): boolean => {
  const found = state.tasks[task];
  return found !== undefined && isAsleep(found);
};

function followLock(program: Program, state: State, wait: Extract<Wait, { type: 'lock' }>): Followed {
  const { holders } = lockOf(inodeOf(state, wait.inode), wait.lock);
  const holder = (holders.find(({ task }) => isSleeping(state, task)) ?? holders[0])?.task;
  const name = lockName(program, state, wait.inode, wait.lock);
  const link: ChainLink = {
    verb: 'waits for lock',
    name,
    detail: wait.mode,
    ref: { type: 'lock', inode: wait.inode, lock: wait.lock },
  };
  if (holder === undefined) return { links: [link], sleeper: undefined, end: `${name} is free now.` };
  if (isSleeping(state, holder)) return { links: [link], sleeper: holder, end: '' };
  const links = [link, taskLink(program, state, holder, 'held by')];
  return { links, sleeper: undefined, end: `It goes on when ${taskName(program, holder)} drops the lock.` };
}

function followPin(
  program: Program,
  state: State,
  wait: Extract<Wait, { type: 'pin' | 'write' | 'evict' | 'spin' }>,
): Followed {
  const pins = pinsOf(state, wait.page);
  const link: ChainLink = {
    verb: wait.type === 'spin' ? 'spins on pin' : 'waits for pin',
    name: pageName(wait.page),
    detail: count(pinCount(state, wait.page), 'pin'),
    ref: { type: 'block', block: wait.page as number },
  };
  const pin = pins.find((p) => sleeperOf(program, state, p) !== undefined) ?? pins[0];
  if (pin === undefined) return { links: [link], sleeper: undefined, end: 'The pin is gone: it can go on.' };
  const more = pins.length > 1 ? ` and ${pins.length - 1} more` : '';
  const holder: ChainLink = {
    verb: 'held by',
    name: procName(program, pin.proc),
    detail: `${ownerName(program, state, pin.owner)}${more}, until ${releaseOf(pin)}`,
    ref: refOfOwner(pin.owner),
  };
  const sleeper = sleeperOf(program, state, pin);
  const end = `It goes on at ${releaseOf(pin)}${pin.kind === 'short' ? ', which comes by itself' : `, if ${procName(program, pin.proc)} calls it`}.`;
  return sleeper === undefined
    ? { links: [link, holder], sleeper: undefined, end }
    : { links: [link, holder], sleeper, end: '', named: true };
}

/** A lease ends with the grace period, so no sleeper stands in the way: the chain ends at its holder. */
function followLease(program: Program, state: State, wait: LeaseWait): Followed {
  const leases = foreignLeases(state, wait);
  const first = leases[0];
  const file = fileName(program, state, wait.inode);
  if (first === undefined) return { links: [], sleeper: undefined, end: `Nobody else has a lease on ${file} now.` };
  const ref: EntityRef = { type: 'lease', inode: wait.inode, proc: first.proc };
  const more = leases.length > 1 ? ` and ${leases.length - 1} more` : '';
  const links: readonly ChainLink[] = [
    { verb: 'waits for lease', name: `${leaseKindName(first.kind)} on ${file}`, detail: 'recalled', ref },
    { verb: 'held by', name: `${procName(program, first.proc)}${more}`, detail: 'until unlease or the end of the grace period', ref }, // prettier-ignore
  ];
  return {
    links,
    sleeper: undefined,
    end: 'It goes on at unlease, or when the grace period ends: as written, at the next wait step or when nobody else can move.',
  };
}

/** The sleeper that a voluntary release hangs on: the holder's process, when each of its threads is asleep. */
function sleeperOf(program: Program, state: State, pin: Pin): TaskId | undefined {
  if (pin.kind === 'short') return undefined;
  const threads = program.actors.flatMap((_, t) => (procOfTask(program, t) === pin.proc ? [t] : []));
  return threads.length > 0 && threads.every((t) => isSleeping(state, t)) ? threads[0] : undefined;
}

/** What ends the wait before its time, and what the sleeper keeps from others meanwhile. */
export function waitFacts(program: Program, state: State, task: TaskId): readonly string[] {
  const wait = state.tasks[task]?.wait ?? { type: 'none' };
  if (wait.type === 'none') return [];
  const held = state.inodes.flatMap((inode, id) => [
    ...(inode.rwsem.holders.some((holder) => holder.task === task) ? [lockName(program, state, id, 'i_rwsem')] : []),
    ...(inode.mmlock.holders.some((holder) => holder.task === task) ? [lockName(program, state, id, 'invalidate_lock')] : []), // prettier-ignore
  ]);
  return [endsBy(wait), held.length === 0 ? 'It holds no lock.' : `It holds ${listOf(held)}.`];
}

function endsBy(wait: Wait): string {
  if (wait.type === 'threads') return 'It is dying already: no signal changes that.';
  if (isInterruptible(wait)) return 'Interruptible: a signal ends it with EINTR.';
  if (isKillable(wait)) return 'Killable: SIGKILL ends it, another signal does not.';
  return wait.type === 'spin'
    ? 'Neither a signal nor SIGKILL ends the spin; what is sent stays pending.'
    : 'Uninterruptible: neither a signal nor SIGKILL ends it; what is sent stays pending.';
}

/** Sentences of a sleeper: why it sleeps, what it keeps, what wakes it; and of a wake-up. */
import type { Page, TaskId } from '../sim/model/ids.ts';
import { claimKey } from '../sim/query/claimKey.ts';
import type { Wait } from '../sim/model/state.ts';
import type { Pin } from '../sim/query/pins.ts';
import { isFenceable, ownersOf, pinsOf, refOfOwner } from '../sim/query/pins.ts';
import { isAsleep, procOfTask } from '../sim/query/waits.ts';
import { sleeperName } from './effects.ts';
import { fileName, pageName } from '../sim/query/naming.ts';
import { callName, dmaName, extentName, leaseKindName, listOf, lockName, ownerName, pipeName, procName } from './names.ts'; // prettier-ignore
import { extentsOn, pinOwners } from './relations.ts';
import type { EventOf, Told } from './told.ts';
import { eventsOf, stepName } from './told.ts';
import { foreignLeases, waitText } from './waits.ts';

/** `The store`, `ftruncate`: the subject of what a step came to. */
export function subjectOf(told: Told): string {
  const { op, program, turn } = told;
  const frame = told.state.tasks[turn.task]?.frames[0] ?? told.before.tasks[turn.task]?.frames[0];
  if (frame?.fn === 'exit') return `the exit of ${procName(program, frame.proc)}`;
  if (op.verb === 'load' || op.verb === 'store') return `The ${op.verb}`;
  return callName(op);
}

/** `mr[2] (longterm, since step 3)`. */
function pinText(told: Told, pins: readonly Pin[]): string {
  const first = pins[0];
  if (first === undefined) return 'nobody';
  if (pins.length > 1) return pinOwners(told, pins);
  const since = told.moment.since[claimKey(refOfOwner(first.owner))];
  const when = since === undefined ? '' : since < 0 ? ', since the start' : `, since ${stepName(since)}`;
  const kind = first.kind === 'get' ? 'FOLL_GET' : first.kind;
  return `${ownerName(told.program, told.state, first.owner)} (${kind}${when})`;
}

/** The pins that a sleeper waits for: those of MRs that an option will fence are not among them. */
function awaitedPins(state: Told['state'], { page, only }: Extract<Wait, { page: Page }>): readonly Pin[] {
  const pins = pinsOf(state, page);
  const left = only === 'short' ? pins.filter((pin) => !isFenceable(state, pin)) : pins;
  return left.length === 0 ? pins : left;
}

/** `dereg_mr of mr or dio_end of d1`. */
function wakers(told: Told, pins: readonly Pin[]): string {
  const sleep = told.state.tasks[told.turn.task]?.wait;
  if (sleep !== undefined && 'page' in sleep && sleep.only === 'dying') return dyingOwners(told, pins);
  const calls = pins.map(({ owner }) => {
    if (owner.type === 'mr') return 'dereg_mr';
    if (owner.type === 'dma') return `the end of ${dmaName(told.program, told.state, owner.dma)}`;
    return `pipe_read of ${pipeName(told.program, owner.pipe)}`;
  });
  return listOf([...new Set(calls)]);
}

/** `the death of app`: an option has killed it, and its pins go with it. */
function dyingOwners(told: Told, pins: readonly Pin[]): string {
  const owners = new Set(pins.flatMap((pin) => ownersOf(told.state, pin)));
  return `the end of ${listOf([...owners].map((proc) => procName(told.program, proc)))}, which dies`;
}

/** `wakes at dereg_mr`; where the pin is its own, that it cannot come to that. */
function wakeAt(told: Told, pins: readonly Pin[]): string {
  const calls = wakers(told, pins);
  const proc = procOfTask(told.program, told.turn.task);
  const own = pins.some((pin) => pin.kind !== 'short' && pin.proc === proc);
  const awake = told.program.actors.some((_, t) => {
    const task = told.state.tasks[t];
    return procOfTask(told.program, t) === proc && task !== undefined && !isAsleep(task);
  });
  return own && !awake
    ? `would wake at ${calls}, which only ${told.who} itself, asleep here, can call`
    : `wakes at ${calls}`;
}

/** Locks that the task holds while it sleeps. */
function locksHeld(told: Told, task: TaskId): readonly string[] {
  return (
    [
      ['rwsem', 'i_rwsem'],
      ['mmlock', 'invalidate_lock'],
    ] as const
  ).flatMap(([key, lock]) => {
    const held = told.state.inodes.flatMap((inode, id) =>
      inode[key].holders.some((h) => h.task === task) ? [id] : [],
    );
    return held.length === 0 ? [] : [`${lock} of ${listOf(held.map((id) => fileName(told.program, told.state, id)))}`];
  });
}

export function saySleep(told: Told, wait: Wait): string {
  const who = subjectOf(told);
  const locks = locksHeld(told, told.turn.task);
  const keeps = locks.length === 0 ? '' : `keeps ${listOf(locks)} and `;
  const pins = 'page' in wait ? awaitedPins(told.state, wait) : [];
  switch (wait.type) {
    case 'none':
      return `${who} goes on.`;
    case 'lock':
      return sayLockWait(told, who, wait);
    case 'pin':
      return `${who} sleeps: ${pageName(wait.page)} is pinned by ${pinText(told, pins)}. It ${keeps}${wakeAt(told, pins)}.`;
    case 'write':
      return `${who} sleeps before the COW break: ${leaving(told, wait)} is pinned by ${pinText(told, pins)}. It ${keeps}wakes at ${wakers(told, pins)} (write.onPin = wait).`;
    case 'evict':
      return `${who} sleeps in evict: ${pageName(wait.page)} of ${fileName(told.program, told.state, wait.inode)} is pinned by ${pinText(told, pins)}. Neither a signal nor SIGKILL ends this wait; ${wakers(told, pins)} does.`;
    case 'spin':
      return `${who} spins: ${pageName(wait.page)} of ${fileName(told.program, told.state, wait.inode)} is pinned by ${pinText(told, pins)}. It ${keeps.replace(/ and $/, ', and ')}goes round; neither a signal nor SIGKILL ends it.`;
    case 'lease':
      return sayLeaseWait(told, who, wait);
    case 'threads':
      return `${who} waits until the other threads of ${procName(told.program, wait.proc)} have ended.`;
  }
}

/** `app holds a layout lease on A (since step 2)`; asleep for it, a call holds no lock. */
function sayLeaseWait(told: Told, who: string, wait: Extract<Wait, { type: 'lease' }>): string {
  const { program, state } = told;
  const leases = foreignLeases(state, wait);
  const names = listOf(leases.map(({ proc }) => procName(program, proc)));
  const file = fileName(program, state, wait.inode);
  const [first] = leases;
  const what =
    leases.length === 1 && first !== undefined
      ? `${names} holds ${first.kind === 'layout' ? 'a' : 'an'} ${leaseKindName(first.kind)} on ${file}`
      : `${names} hold leases on ${file}`;
  return `${who} sleeps: ${what}. It keeps no lock and wakes at unlease, or when the grace period ends (layout.lease = ${program.option.knobs['layout.lease']}).`;
}

/** `block 1, which A[1] would leave,`. */
function leaving(told: Told, wait: Extract<Wait, { type: 'write' }>): string {
  const own = extentsOn(told.state, wait.page as number).find(({ inode }) => inode === wait.inode);
  if (own === undefined) return pageName(wait.page);
  const name = extentName({ program: told.program, state: told.state }, own.inode, own.index);
  return `${pageName(wait.page)}, which ${name} would leave,`;
}

function sayLockWait(told: Told, who: string, wait: Extract<Wait, { type: 'lock' }>): string {
  const inode = told.state.inodes[wait.inode];
  const lock = wait.lock === 'i_rwsem' ? inode?.rwsem : inode?.mmlock;
  const holders = (lock?.holders ?? []).map(({ task }) => task);
  const ahead = (lock?.queue ?? []).map(({ task }) => task);
  const before = ahead.slice(0, Math.max(0, ahead.indexOf(told.turn.task)));
  const first = holders.find((task) => (told.state.tasks[task]?.wait.type ?? 'none') !== 'none') ?? holders[0];
  const held = listOf(holders.map((task) => sleeperName(told, task)));
  const holderWait = first === undefined ? undefined : told.state.tasks[first]?.wait;
  const waits =
    holderWait === undefined || holderWait.type === 'none'
      ? ''
      : ` and ${waitText(told.program, told.state, holderWait)}`;
  const queue =
    before.length === 0
      ? ''
      : `, behind ${listOf(
          before.map((task) => sleeperName(told, task)),
          2,
        )}`;
  const name = lockName(told.program, told.state, wait.inode, wait.lock);
  return `${who} sleeps on ${name}, ${wait.mode}${queue}: ${held} ${holders.length === 1 ? 'holds' : 'hold'} it${waits}.`;
}

/** `the last pin of block 2 is gone`: what came true for a sleeper. */
function cameTrue(told: Told, wait: Wait): string {
  switch (wait.type) {
    case 'lock': {
      const alive = told.state.inodes[wait.inode]?.live === true;
      return `${lockName(told.program, alive ? told.state : told.before, wait.inode, wait.lock)} was handed to it`;
    }
    case 'threads':
      return 'its other threads have ended';
    case 'none':
      return 'it was awake';
    case 'lease': {
      const file = fileName(told.program, told.state, wait.inode);
      const over = eventsOf(told.events, 'leaseRemoved').length > 0;
      return over ? `the grace period of the leases on ${file} is over` : `no other process has a lease on ${file} now`;
    }
    default:
      return `the last pin of ${pageName(wait.page)} is gone`;
  }
}

/** The wait that this turn's wake-up ended. */
export function wokeFrom(told: Told): EventOf<'woke'> | undefined {
  return told.turn.kind === 'held'
    ? undefined
    : eventsOf(told.events, 'woke').find(({ task }) => task === told.turn.task);
}

/** `admin's ftruncate wakes, as the last pin of block 2 is gone`; empty when the turn is no wake-up. */
export function wakeText(told: Told): string {
  const woke = wokeFrom(told);
  if (woke === undefined) return '';
  if (woke.wait.type === 'threads') return '';
  const name = sleeperName(told, told.turn.task);
  return woke.by === 'condition'
    ? `${name} wakes, as ${cameTrue(told, woke.wait)}`
    : `${dying(told) ? 'SIGKILL' : 'A signal'} ends the wait of ${name}`;
}

const dying = (told: Told): boolean => {
  const actor = told.program.actors[told.turn.task];
  return actor?.type === 'thread' && told.state.procs[actor.proc]?.state !== 'running';
};

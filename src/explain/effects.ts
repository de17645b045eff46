/** Clauses for what a turn did besides its main point: blocks freed, inodes evicted, sleepers that can go on. */
import { runsGet } from '../base/runs.ts';
import type { Block } from '../sim/model/ids.ts';
import { blockOfPage } from '../sim/model/ids.ts';
import { BUSY, FREE, ZOMBIE } from '../sim/model/state.ts';
import { canGoOn } from '../sim/query/waits.ts';
import { fileName, taskName } from '../sim/query/naming.ts';
import { blockList, callName, dramList, listOf, mrName, procName } from './names.ts';
import { clings, extentsOn, isPageOf, pinsOfBlocks } from './relations.ts';
import type { EventOf, Told } from './told.ts';
import { eventsOf } from './told.ts';

/** At most this many blocks are looked at one by one; a sentence names a few ranges anyway. */
const MANY = 4096;
/** And at most this many are asked for their owners: each may be a search through all files. */
const FEW = 64;

/** Blocks that this turn freed and that are in this state still. */
function freedNow(told: Told, use: number): readonly Block[] {
  const blocks = new Set<number>();
  for (const { block, len } of eventsOf(told.events, 'freed')) {
    for (let i = 0; i < len && blocks.size < MANY; i++) {
      if (runsGet(told.state.device.use, block + i) === use) blocks.add(block + i);
    }
  }
  return [...blocks].sort((a, b) => a - b);
}

const are = (blocks: readonly Block[]): string => (blocks.length === 1 ? 'is' : 'are');
const it = (blocks: readonly Block[]): string => (blocks.length === 1 ? 'it' : 'them');

/** `block 1 is free, but mr[1] still translates to it`; empty if nothing was freed. */
export function freedClause(told: Told): string {
  const free = freedNow(told, FREE);
  const busy = freedNow(told, BUSY);
  const zombies = freedNow(told, ZOMBIE);
  const gone = [...free, ...busy];
  const pins = pinsOfBlocks(told.state, gone);
  const clauses = [
    free.length === 0 ? '' : `${blockList(free)} ${are(free)} free`,
    busy.length === 0 ? '' : `${blockList(busy)} ${are(busy)} freed, busy until the log commits`,
    zombies.length === 0 ? '' : zombieClause(zombies),
  ].filter((clause) => clause !== '');
  const pinned = [...new Set(pins.map(({ page }) => blockOfPage(page)))].sort((a, b) => a - b);
  const what = pinned.length === gone.length ? it(gone) : blockList(pinned);
  const held = pins.length === 0 ? '' : `, but ${clings(told, pins, what)}`;
  return `${clauses.join(', ')}${held}${carelessEvict(told)}`;
}

function zombieClause(zombies: readonly Block[]): string {
  return zombies.length === 1
    ? `${blockList(zombies)} is a zombie: its pin keeps it from the allocator`
    : `${blockList(zombies)} are zombies: their pins keep them from the allocator`;
}

/** `blocks 2-3 stay with B`: blocks that lost this owner and have another. */
export function keptClause(told: Told): string {
  const kept = eventsOf(told.events, 'refcount').filter((event) => event.to < event.from && event.to > 0);
  const blocks = kept.flatMap(({ block, len }) => Array.from({ length: Math.min(len, MANY) }, (_, i) => block + i));
  const sorted = [...new Set(blocks)].sort((a, b) => a - b);
  if (sorted.length === 0) return '';
  const owners = new Set(
    sorted.slice(0, FEW).flatMap((block) => extentsOn(told.state, block).map(({ inode }) => inode)),
  );
  const names = [...owners].map((inode) => fileNameOf(told, inode));
  const stale = pinsOfBlocks(told.state, sorted).filter((pin) => !isPageOf(told.state, pin.page, pin.inode, pin.index));
  const pinned = new Set(stale.map(({ page }) => page)).size;
  const held =
    stale.length === 0 ? '' : `, but ${clings(told, stale, pinned === sorted.length ? it(sorted) : 'some of them')}`;
  return `${blockList(sorted)} ${sorted.length === 1 ? 'stays' : 'stay'} with ${names.join(' and ')}${held}`;
}

const fileNameOf = (told: Told, inode: number): string =>
  told.program.files[told.state.inodes[inode]?.name ?? -1]?.name ?? 'another file';

/** `admin's ftruncate can go on`. */
export function wakeClause(told: Told): string {
  const ready = told.state.sleepers.filter(
    (task) => told.before.sleepers.includes(task) && canGoOn(told.program, told.state, task),
  );
  const names = ready.map((task) => sleeperName(told, task));
  return names.length === 0 ? '' : `${names.join(' and ')} can go on`;
}

/** `admin's ftruncate`. */
export function sleeperName(told: Told, task: number): string {
  const [was, now] = [told.before.tasks[task]?.frames[0], told.state.tasks[task]?.frames[0]];
  const frame = was?.fn === 'op' && task === told.turn.task && told.turn.kind === 'woke' ? was : (now ?? was);
  const who = taskName(told.program, task);
  return frame?.fn === 'op' ? `${who}'s ${callName(frame.op)}` : `the exit of ${who}`;
}

/** `A is evicted`: an unlinked inode whose last reference went in this turn. */
export function evictClause(told: Told): string {
  const evicted = eventsOf(told.events, 'evicted').map(({ inode }) => fileName(told.program, told.before, inode));
  const names = evicted.map((name) => name.replace(/ \(unlinked\)$/, ''));
  if (names.length === 0) return '';
  return `${names.join(' and ')} ${names.length === 1 ? 'is' : 'are'} evicted`;
}

/** Why evict did not wait for pins: ` (6.12 evicts without looking)`. */
function carelessEvict(told: Told): string {
  const pinned = eventsOf(told.events, 'freed').some(({ pins, to }) => pins > 0 && to !== 'zombie');
  if (!pinned || eventsOf(told.events, 'evicted').length === 0) return '';
  const { kernel, option } = told.program;
  return option.knobs['layout.onPin'] === 'ignore'
    ? ' (layout.onPin = ignore)'
    : ` (${kernel}: evict looks for no pin)`;
}

/** `3 PTEs`, as many as were zapped. */
export function zapCount(told: Told, events = told.events): number {
  return eventsOf(events, 'pteZapped').reduce((sum, { len }) => sum + len, 0);
}

/** Slots of on-demand MRs that the MMU notifier made invalid. */
export function notifiedSlots(events: Told['events']): readonly EventOf<'mttZapped'>[] {
  return eventsOf(events, 'mttZapped');
}

/** `DRAM page 0 is given back`: anonymous pages that nobody has any more. */
export function anonFreedClause(told: Told): string {
  const pages = eventsOf(told.events, 'anonFreed').map(({ dram }) => dram);
  return pages.length === 0 ? '' : `${dramList(pages)} ${pages.length === 1 ? 'is' : 'are'} given back`;
}

/** `mr was revoked to let it go on (layout.onPin = revoke)`: what an option gave up for the operation. */
export function sacrificeClause(told: Told): string {
  const found = eventsOf(told.events, 'sacrificed');
  const knob = found[0]?.knob;
  if (knob === undefined) return '';
  const mrs = found.flatMap(({ victim }) => ('mr' in victim ? [mrName(told.program, victim.mr)] : []));
  const procs = found.flatMap(({ victim }) => ('proc' in victim ? [procName(told.program, victim.proc)] : []));
  const done = [
    mrs.length === 0 ? '' : `${listOf(mrs)} ${mrs.length === 1 ? 'was' : 'were'} revoked`,
    procs.length === 0 ? '' : `${listOf(procs)} got SIGKILL`,
  ].filter((text) => text !== '');
  return `${done.join(' and ')} for it (${knob} = ${told.program.option.knobs[knob]})`;
}

/** Joins clauses into one sentence. The first letter is the caller's: many a sentence begins with a name. */
export function sentence(...clauses: readonly string[]): string {
  return `${clauses.filter((clause) => clause !== '').join('; ')}.`;
}

/** What the events of one micro-step say, clause by clause; neighbours are told together. */
import type { SimEvent } from '../sim/model/event.ts';
import { runsGet } from '../base/runs.ts';
import { NO_INODE } from '../sim/model/ids.ts';
import { isAnon } from '../sim/query/anonymous.ts';
import { pinsOf } from '../sim/query/pins.ts';
import { fileName, mapName, pageName } from '../sim/query/naming.ts';
import { notifiedSlots } from './effects.ts';
import { blocksName, count, dmaKindName, dmaName, isUnnamedDma, listOf, mrName, pteName, slotName } from './names.ts';
import { memoryFact } from './memoryFacts.ts';
import { pinOwners } from './relations.ts';
import { pagesName } from './sayRdma.ts';
import type { EventOf, Told } from './told.ts';
import { eventsOf, extentOf, fileOf, tagName } from './told.ts';

/** Marks a clause that begins with its verb: the first one gets the subject of the micro-step, a later one `it`. */
export const VERB = '~';

export function factsOf(told: Told): readonly string[] {
  return [
    ...takenLocks(told),
    ...countedFacts(told),
    ...told.events.flatMap((event) => factOf(told, event)),
    ...rangeFacts(told),
    ...droppedLocks(told),
  ];
}

/** Zaps and unpins of one step count together, and the notifier with them. */
function countedFacts(told: Told): readonly string[] {
  const zaps = eventsOf(told.events, 'pteZapped');
  const slots = notifiedSlots(told.events).map(({ mr, slot, len }) => slotName(told.program, mr, slot, len));
  const zapped = zaps.reduce((sum, { len }) => sum + len, 0);
  const names = zaps.map(({ map, vpage, len }) => pteName(told.program, map, vpage, len));
  const unpinned = eventsOf(told.events, 'unpinned').map(({ page }) => page);
  return [
    zapped === 0 ? '' : `${VERB}zaps ${count(zapped, 'PTE')}, ${listOf(names)}`,
    slots.length === 0 ? '' : `the MMU notifier makes ${listOf(slots)} invalid`,
    unpinned.length === 0 ? '' : `${VERB}drops ${count(unpinned.length, 'pin')}, of ${pagesName(unpinned)}`,
  ].filter((text) => text !== '');
}

function takenLocks(told: Told): readonly string[] {
  const events = eventsOf(told.events, 'locked');
  return events.length === 0 ? [] : [`${VERB}takes ${locksName(told, events)} ${events[0]?.mode ?? ''}`];
}

function droppedLocks(told: Told): readonly string[] {
  const events = eventsOf(told.events, 'unlocked');
  return events.length === 0 ? [] : [`${VERB}drops ${locksName(told, events)}`];
}

/** `i_rwsem of A and B`, `invalidate_lock and i_rwsem of A`. */
function locksName(told: Told, events: readonly (EventOf<'locked'> | EventOf<'unlocked'>)[]): string {
  const files = [...new Set(events.map(({ inode }) => inode))];
  const locks = [...new Set(events.map(({ lock }) => lock))];
  if (files.length * locks.length === events.length)
    return `${listOf(locks)} of ${listOf(files.map((inode) => fileOf(told, inode)))}`;
  return listOf(events.map(({ inode, lock }) => `${lock} of ${fileOf(told, inode)}`));
}

/** What one event says; nothing for those that are counted together or only repeat another. */
function factOf(told: Told, event: SimEvent): readonly string[] {
  switch (event.type) {
    case 'pteSet':
      return [
        `${VERB}maps ${pageName(event.page)} ${event.writable ? 'writable' : 'read-only'} at ${pteName(told.program, event.map, event.vpage)}`,
      ];
    case 'entrySet':
      return event.was === undefined && told.micro.id === 'store.c3' ? [`the DAX entry of ${extentOf(told, event.inode, event.index)} is now block ${event.block}`] : event.was === undefined ? [] : [`the DAX entry of ${extentOf(told, event.inode, event.index)} changes from block ${event.was} to block ${event.block}`]; // prettier-ignore
    case 'entriesDropped':
      return [`${VERB}drops DAX entries of ${fileOf(told, event.inode)}`];
    case 'scanned':
      return [scanText(told, event)];
    case 'scanSkipped':
      return [
        `${VERB}skips zap and scan, as no VMA maps ${fileName(told.program, told.state, event.inode)} (${told.program.kernel}: dax_layout_busy_page)`,
      ];
    case 'copied':
      return [
        `${VERB}copies ${tagName(told.program, event.tag)} from ${pageName(event.from)} to ${pageName(event.to)}`,
      ];
    case 'sizeSet':
      return [`the size of ${fileOf(told, event.inode)} goes from ${event.from} to ${event.to}`];
    case 'pinned':
      return [`${VERB}pins ${pageName(event.page)}${asExtent(told, event)}, ${event.write ? 'for write' : 'for read'}`];
    case 'logCommitted':
      return [`the log is committed: ${count(event.blocks, 'busy block')} can be handed out again`];
    default:
      return blockFact(told, event);
  }
}

/** `, as A[1]`; anonymous memory is at no index of a file. */
const asExtent = (told: Told, { page, inode, index }: EventOf<'pinned'>): string =>
  isAnon(told.state, page) ? ', anonymous' : inode === NO_INODE ? '' : `, as ${extentOf(told, inode, index)}`;

function scanText(told: Told, { inode, busy }: EventOf<'scanned'>): string {
  const name = fileOf(told, inode);
  if (busy === undefined) return `${VERB}finds no pinned block among the DAX entries of ${name}`;
  return `${VERB}finds ${pageName(busy)} of ${name} pinned by ${pinOwners(told, pinsOf(told.state, busy))}`;
}

function blockFact(told: Told, event: SimEvent): readonly string[] {
  const { program } = told;
  switch (event.type) {
    case 'extentsRemoved':
      return [`${VERB}removes ${count(event.blocks, 'block')} from ${fileOf(told, event.inode)}`];
    case 'wrote':
      return [
        `${VERB}writes ${tagName(program, event.tag)} into ${pageName(event.page)}${event.owners > 1 ? `, which ${event.owners} file indexes share` : ''}`,
      ];
    case 'read':
      return [`${VERB}reads ${tagName(program, event.tag)} from ${pageName(event.page)}`];
    case 'mttSet':
      return [
        `${slotName(program, event.mr, event.slot, event.len)} ${event.len === 1 ? 'translates' : 'translate'} to ${pagesName(slotPages(told, event))}`,
      ];
    case 'mrState':
      return [event.to === 'revoked' ? `${VERB}kills the key of ${mrName(program, event.mr)}` : `${mrName(program, event.mr)} is ${event.to}`]; // prettier-ignore
    default:
      return otherFact(told, event);
  }
}

/** Allocations, extents, refcounts and freed blocks, neighbours told together. */
function rangeFacts(told: Told): readonly string[] {
  const fresh = eventsOf(told.events, 'allocated').filter(({ zeroed }) => zeroed);
  const zeroed = new Set(fresh.map(({ block }) => block));
  const sets = joined(
    eventsOf(told.events, 'extentSet').filter(({ block }) => !zeroed.has(block)),
    (a, b) => a.inode === b.inode && a.written === b.written && a.index + a.len === b.index,
  );
  const counts = joined(eventsOf(told.events, 'refcount'), (a, b) => a.to === b.to);
  const freed = joined(eventsOf(told.events, 'freed'), (a, b) => a.to === b.to && a.pins > 0 === b.pins > 0);
  return [
    ...fresh.map(
      ({ block, len, inode, index }) =>
        `${VERB}allocates and zeroes ${blocksName(block, len)} for ${extentOf(told, inode, index, len)}`,
    ),
    ...sets.map(
      (e) =>
        `${extentOf(told, e.inode, e.index, e.len)} ${isAre(e.len)} now ${e.written ? '' : 'unwritten '}${blocksName(e.block, e.len)}`,
    ),
    ...counts.map(({ block, len, to }) => `${blocksName(block, len)} ${len === 1 ? 'has' : 'have'} refcount ${to}`),
    ...freed.map(freedText),
  ];
}

const isAre = (len: number): string => (len === 1 ? 'is' : 'are');

type Stretch = { readonly block: number; readonly len: number };

/** Joins events of consecutive blocks that `fit`. */
function joined<T extends Stretch>(events: readonly T[], fit: (a: T, b: T) => boolean): readonly T[] {
  const out: T[] = [];
  for (const event of [...events].sort((a, b) => a.block - b.block)) {
    const last = out.at(-1);
    if (last !== undefined && last.block + last.len === event.block && fit(last, event))
      out[out.length - 1] = { ...last, len: last.len + event.len };
    else out.push(event);
  }
  return out;
}

function freedText({ block, len, to, pins }: EventOf<'freed'>): string {
  const where = { free: 'free', busy: 'busy until the log commits', zombie: len === 1 ? 'a zombie' : 'zombies' }[to];
  return `${blocksName(block, len)} ${isAre(len)} ${where}${pins > 0 && to !== 'zombie' ? ', though pinned' : ''}`;
}

function otherFact(told: Told, event: SimEvent): readonly string[] {
  const { program } = told;
  switch (event.type) {
    case 'posted':
      return [postedText(told, event)];
    case 'nak':
      return [`the NIC answers NAK for ${slotName(program, event.mr, event.slot)}`];
    case 'completed':
      return [`${dmaName(program, told.state, event.dma)} completes`];
    case 'unmapped':
      return [`${mapName(program, event.map)} is unmapped`];
    case 'cached':
      return [`DRAM page ${event.dram} caches ${extentOf(told, event.inode, event.index)}`];
    case 'orphaned':
      return event.pins > 0
        ? [`DRAM page ${event.dram} is orphaned: pinned, no longer in the file`]
        : [`DRAM page ${event.dram} leaves the cache`];
    case 'writtenBack':
      return [`DRAM page ${event.dram} is written back to block ${event.block}`];
    case 'evicted':
      return [`${fileOf(told, event.inode)} is evicted`];
    default:
      return memoryFact(told, event, VERB);
  }
}

const MANY = 64;

/** The pages behind a range of slots. */
function slotPages(told: Told, { mr, slot, len, page }: EventOf<'mttSet'>): readonly number[] {
  const mtt = told.state.mrs[mr]?.mtt;
  if (mtt === undefined) return [page];
  return Array.from({ length: Math.min(len, MANY) }, (_, i) => runsGet(mtt, slot + i) ?? page);
}

function postedText(told: Told, { dma, kind, mr, slot }: EventOf<'posted'>): string {
  const name = dmaName(told.program, told.state, dma);
  if (mr < 0) return `${name} is in flight`;
  const what = `an ${dmaKindName(kind)} of ${slotName(told.program, mr, slot)}`;
  return `${VERB}posts ${isUnnamedDma(told.program, dma) ? '' : `${name}, `}${what}`;
}

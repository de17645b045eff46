/**
 * What has happened in a run, kept so that "since when" and "because of what" are look-ups: for every claim the
 * positions at which it was made, and the facts that causes are told from.
 */
import { runsEach } from '../base/runs.ts';
import type { SimEvent } from './model/event.ts';
import type { Block, DramId, FileIndex, InodeId, Page } from './model/ids.ts';
import { blockOfPage, extentBlock, isBlock } from './model/ids.ts';
import type { EntityRef, State } from './model/state.ts';
import { allocatedKey, claimKey, entryKey, freedKey, pinKey } from './query/claimKey.ts';

/** A range of a fact longer than this is kept for its first indexes only. */
const MAX_SPAN = 1024;
/** Beyond this many claimed blocks the stage is an overview, and does not ask. */
const MAX_CLAIMED = 4096;

export type Fact = { readonly at: number; readonly step: number; readonly event: SimEvent };

export type History = {
  /** claimKey → (position after the micro-step, step), ascending. */
  readonly claims: Map<string, { readonly at: number; readonly step: number }[]>;
  /** Facts that may be causes, ascending. */
  readonly facts: Fact[];
  /** Blocks that anything ever claimed. */
  readonly claimed: Set<Block>;
  /** DRAM pages that ever were anonymous. */
  readonly anon: Set<DramId>;
  /** Blocks that are free as soon as the log commits. */
  readonly busy: Set<Block>;
};

const CAUSES: ReadonlySet<SimEvent['type']> = new Set<SimEvent['type']>([
  'pinned', 'mttSet', 'extentSet', 'extentsRemoved', 'freed', 'shared', 'orphaned', 'slept', 'killed', 'pteSet', 'evicted', 'mrState', 'sizeSet', 'wrote', 'transferred',
  'allocated', 'leaseSet', 'flagSet', 'refused', 'scanned', 'sacrificed',
]); // prettier-ignore

export function newHistory(state: State): History {
  const claimed = new Set<Block>();
  for (const inode of state.inodes) {
    runsEach(inode.map, 0, inode.size, (_at, len, value, step) => {
      for (let i = 0; i < len && claimed.size < MAX_CLAIMED; i++) claimed.add(extentBlock(value) + i * step);
      return claimed.size >= MAX_CLAIMED || undefined;
    });
  }
  return { claims: new Map(), facts: [], claimed, anon: new Set(), busy: new Set() };
}

export function remember(history: History, at: number, step: number, events: readonly SimEvent[]): void {
  for (const event of events) {
    if (CAUSES.has(event.type)) history.facts.push({ at, step, event });
    if (event.type === 'anonMapped') history.anon.add(event.dram);
    if (event.type === 'anonCopied') history.anon.add(event.to);
    if (event.type === 'allocated')
      for (let i = 0; i < event.len && history.claimed.size < MAX_CLAIMED; i++) history.claimed.add(event.block + i);
    for (const key of claimsMade(history, event)) {
      const list = history.claims.get(key);
      if (list === undefined) history.claims.set(key, [{ at, step }]);
      else list.push({ at, step });
    }
  }
}

const span = (len: number): readonly number[] => Array.from({ length: Math.min(len, MAX_SPAN) }, (_, i) => i);

/** The claims that an event makes or ends: "since" is the last time that a claim changed. */
function claimsMade({ busy }: History, event: SimEvent): readonly string[] {
  const keys = refsOf(event).map(claimKey);
  switch (event.type) {
    case 'pinned':
    case 'unpinned':
      return [pinKey(event.owner)];
    case 'entrySet':
      return [entryKey(event.inode, event.index)];
    case 'entriesDropped':
      return span(event.len).map((i) => entryKey(event.inode, event.index + i));
    case 'allocated':
      return [...keys, ...span(event.len).map((i) => allocatedKey(event.block + i))];
    case 'freed':
      if (event.to === 'busy') for (const i of span(event.len)) busy.add(event.block + i);
      return [...keys, ...span(event.len).map((i) => freedKey(event.block + i))];
    case 'logCommitted': {
      const committed = [...busy].map((block) => claimKey({ type: 'block', block }));
      busy.clear();
      return committed;
    }
    default:
      return keys;
  }
}

function refsOf(event: SimEvent): readonly EntityRef[] {
  switch (event.type) {
    case 'extentSet':
    case 'extentsRemoved':
      return span(event.len).map((i) => ({ type: 'extent', inode: event.inode, index: event.index + i }));
    case 'pteSet':
      return [{ type: 'pte', map: event.map, vpage: event.vpage }];
    case 'pteZapped':
      return span(event.len).map((i) => ({ type: 'pte', map: event.map, vpage: event.vpage + i }));
    case 'mttSet':
    case 'mttZapped':
      return span(event.len).map((i) => ({ type: 'mtt', mr: event.mr, slot: event.slot + i }));
    case 'refcount':
    case 'freed':
    case 'allocated':
      return span(event.len).map((i) => ({ type: 'block', block: event.block + i }));
    case 'mapped':
    case 'unmapped':
      return [{ type: 'map', map: event.map }];
    case 'mrState':
    case 'reregistered':
      return [{ type: 'mr', mr: event.mr }];
    case 'leaseSet':
    case 'leaseBreaking':
    case 'leaseGivenUp':
    case 'leaseRemoved':
      return [{ type: 'lease', inode: event.inode, proc: event.proc }];
    case 'created':
      return [{ type: 'file', inode: event.inode }];
    case 'locked':
    case 'unlocked':
      return [{ type: 'lock', inode: event.inode, lock: event.lock }];
    case 'slept':
    case 'woke':
      return [{ type: 'task', task: event.task }];
    default:
      return [];
  }
}

/** For every claim that changed up to `at`: the step of its last change. Claims from the start are absent. */
export function sinceAt(history: History, at: number): Readonly<Record<string, number>> {
  const since: Record<string, number> = {};
  for (const [key, list] of history.claims) {
    let last: number | undefined;
    for (const entry of list) {
      if (entry.at > at) break;
      last = entry.step;
    }
    if (last !== undefined) since[key] = last;
  }
  return since;
}

/** The last fact that `test` accepts, at or before position `at`. */
export function lastFact(history: History, at: number, test: (event: SimEvent) => boolean): Fact | undefined {
  for (let i = history.facts.length - 1; i >= 0; i--) {
    const fact = history.facts[i];
    if (fact !== undefined && fact.at <= at && test(fact.event)) return fact;
  }
  return undefined;
}

export const coversIndex = (event: { index: FileIndex; len: number; inode: InodeId }, inode: InodeId, index: FileIndex): boolean =>
  event.inode === inode && index >= event.index && index < event.index + event.len; // prettier-ignore

export const coversBlock = (event: { block: Block; len: number }, block: Block): boolean =>
  block >= event.block && block < event.block + event.len;

export const blockOrNone = (page: Page): Block => (isBlock(page) ? blockOfPage(page) : -1);

/**
 * Everything that ever happened to one page in a run, in order: found by playing the run again and keeping what each
 * micro-step did to that page. A fact about many pages is told of this one alone.
 */
import { runsFirst, runsGet, type Runs } from '../base/runs.ts';
import { factRefs } from './factRefs.ts';
import { factSentence } from './factSentence.ts';
import { coversBlock } from './history.ts';
import type { SimEvent } from './model/event.ts';
import type { Block, DramId, Page } from './model/ids.ts';
import { blockOfPage, dramOfPage, isBlock, isDram, makeExtent, makePte, pageOfBlock } from './model/ids.ts';
import { BUSY, type State } from './model/state.ts';
import type { Story, StoryFact } from './outline.ts';
import { replayRun, type Run } from './run.ts';

/** Runs that are longer than this many micro-steps are not played again for one page. */
export const MOST_TOLD_MICROS = 100_000;
export const MOST_FACTS = 2000;

/** Gives way after every slice of micro-steps. */
export function* storyOf(run: Run, page: Page, slice: number): Generator<undefined, Story> {
  const { program } = run.world;
  const facts: StoryFact[] = [];
  let left = 0;
  let before: State | undefined;
  for (const { at, state, events } of replayRun(run)) {
    const was = before ?? state;
    const step = run.ledger.micros[at - 1]?.step ?? -1;
    for (const event of events.flatMap((e) => onPage(page, e, events, { was, now: state }))) {
      if (facts.length >= MOST_FACTS) left += 1;
      else facts.push({ at, step, ...toldAs(program, page, event, { was, now: state }) });
    }
    before = state;
    if (at > 0 && at % slice === 0) yield;
  }
  return { page, facts, left };
}

type Around = { readonly was: State; readonly now: State };

function toldAs(
  program: Run['world']['program'],
  page: Page,
  event: SimEvent,
  { was, now }: Around,
): Pick<StoryFact, 'type' | 'sentence' | 'refs'> {
  const about = isBlock(page) ? blockOfPage(page) : undefined;
  const gone = 'inode' in event && now.inodes[event.inode]?.live !== true;
  const sentence = factSentence({ program, state: gone ? was : now }, event, about);
  return { type: event.type, sentence, refs: factRefs(event, about) };
}

/** The event as far as it is about the page: once for each index, page of a mapping or slot that it is about there. */
function onPage(page: Page, event: SimEvent, all: readonly SimEvent[], around: Around): readonly SimEvent[] {
  const claims = claimsOf(page, event, around);
  if (claims !== undefined) return claims;
  if (isBlock(page)) return isOfBlock(blockOfPage(page), event, around) ? [event] : ofPage(page, event, all);
  return isDram(page) && isOfDram(dramOfPage(page), event) ? [event] : ofPage(page, event, all);
}

/** Events over a range of indexes: those at which this page is, or was; undefined: it is none of these. */
function claimsOf(page: Page, event: SimEvent, { was, now }: Around): readonly SimEvent[] | undefined {
  const block = isBlock(page) ? blockOfPage(page) : -1;
  switch (event.type) {
    case 'extentsRemoved':
      return extentsAt(was, event, block).map((index) => ({ ...event, index, len: 1, blocks: 1 }));
    case 'shifted':
      return extentsAt(was, { ...event, len: Infinity }, block).map((index) => ({ ...event, index }));
    case 'entriesDropped':
      return placesOf(was.inodes[event.inode]?.entries ?? [], [block], event.index, event.len).map((index) => ({ ...event, index, len: 1 })); // prettier-ignore
    case 'pteZapped':
      return placesOf(was.maps[event.map]?.ptes ?? [], ptesOf(page), event.vpage, event.len).map((vpage) => ({ ...event, vpage, len: 1, page })); // prettier-ignore
    case 'mttSet':
      return placesOf(now.mrs[event.mr]?.mtt ?? [], [page], event.slot, event.len).map((slot) => ({ ...event, slot, len: 1, page })); // prettier-ignore
    case 'mttZapped':
      return placesOf(was.mrs[event.mr]?.mtt ?? [], [page], event.slot, event.len).map((slot) => ({ ...event, slot, len: 1, page })); // prettier-ignore
    default:
      return undefined;
  }
}

const ptesOf = (page: Page): readonly number[] =>
  [makePte(page, true, true), makePte(page, true, false), makePte(page, false, true), makePte(page, false, false)]; // prettier-ignore

const extentsAt = (state: State, { inode, index, len }: { inode: number; index: number; len: number }, block: Block) =>
  placesOf(state.inodes[inode]?.map ?? [], [makeExtent(block, true), makeExtent(block, false)], index, len); // prettier-ignore

const MOST_PLACES = 64;

function placesOf(runs: Runs, values: readonly number[], from: number, len: number): readonly number[] {
  const found: number[] = [];
  for (const value of values) {
    let at = runsFirst(runs, value, from);
    while (at !== undefined && at < from + len && found.length < MOST_PLACES) {
      found.push(at);
      at = runsFirst(runs, value, at + 1);
    }
  }
  return found.sort((a, b) => a - b);
}

function isOfBlock(block: Block, event: SimEvent, { was }: Around): boolean {
  switch (event.type) {
    case 'extentSet':
      return coversBlock(event, block) || event.was === block;
    case 'allocated':
    case 'freed':
    case 'refcount':
      return coversBlock(event, block);
    case 'entrySet':
    case 'writtenBack':
      return event.block === block;
    case 'logCommitted':
      return runsGet(was.device.use, block) === BUSY;
    case 'anonCopied':
      return event.from === pageOfBlock(block);
    default:
      return false;
  }
}

function isOfDram(dram: DramId, event: SimEvent): boolean {
  switch (event.type) {
    case 'cached':
    case 'orphaned':
    case 'writtenBack':
    case 'anonMapped':
    case 'anonFreed':
      return event.dram === dram;
    case 'anonCopied':
      return event.to === dram;
    default:
      return false;
  }
}

function ofPage(page: Page, event: SimEvent, all: readonly SimEvent[]): readonly SimEvent[] {
  switch (event.type) {
    case 'wrote':
    case 'read': {
      // A transfer tells the same, and through what.
      const moved = all.some((other) => other.type === 'transferred' && other.page === page);
      return event.page === page && !moved ? [event] : [];
    }
    case 'pinned':
    case 'unpinned':
    case 'pteSet':
    case 'transferred':
    case 'posted':
      return event.page === page ? [event] : [];
    case 'copied':
    case 'anonCopied':
      return event.from === page || (event.type === 'copied' && event.to === page) ? [event] : [];
    case 'scanned':
      return event.busy === page ? [event] : [];
    case 'slept':
    case 'woke':
      return 'page' in event.wait && event.wait.page === page ? [event] : [];
    default:
      return [];
  }
}

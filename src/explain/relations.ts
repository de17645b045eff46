/** Who else is on a block: the clauses that tell a consequence. */
import { runsFirst } from '../base/runs.ts';
import type { Block, DramId, FileIndex, InodeId, MrId, Page } from '../sim/model/ids.ts';
import {
  blockOfPage,
  isBlock,
  isDram,
  makeExtent,
  NO_INODE,
  NO_MAP,
  pageOfBlock,
  pageOfDram,
  ZERO_PAGE,
  dramOfPage,
} from '../sim/model/ids.ts';
import type { State } from '../sim/model/state.ts';
import { BUSY, FREE, ZOMBIE } from '../sim/model/state.ts';
import { extentAt, fileTag, inodeOf } from '../sim/query/inodes.ts';
import type { Pin } from '../sim/query/pins.ts';
import { eachPin, pinsOf } from '../sim/query/pins.ts';
import { runsGet } from '../base/runs.ts';
import { pageName } from '../sim/query/naming.ts';
import { count, dmaName, listOf, pipeName, rangesOf, slotName } from './names.ts';
import type { Told } from './told.ts';
import { extentOf, fileOf, sinceText, tagName } from './told.ts';

export type Extent = { readonly inode: InodeId; readonly index: FileIndex };

/** The file indexes that map a block, at most `max` of them. */
export function extentsOn(state: State, block: Block, max = 8): readonly Extent[] {
  const found: Extent[] = [];
  state.inodes.forEach((inode, id) => {
    if (!inode.live) return;
    for (const value of [makeExtent(block, true), makeExtent(block, false)]) {
      let index = runsFirst(inode.map, value, 0);
      while (index !== undefined && found.length < max) {
        found.push({ inode: id, index });
        index = runsFirst(inode.map, value, index + 1);
      }
    }
  });
  return found;
}

/** `A[1] and B[1]`. */
export const extentList = (told: Told, extents: readonly Extent[]): string =>
  listOf(extents.map(({ inode, index }) => extentOf(told, inode, index)));

/** `mr[0..3] and d1`: pins by owner, the slots of an MR as ranges. */
export function pinOwners(told: Told, pins: readonly Pin[]): string {
  const slots = new Map<MrId, number[]>();
  const names: string[] = [];
  for (const { owner } of pins) {
    if (owner.type === 'mr') {
      const list = slots.get(owner.mr);
      if (list === undefined) slots.set(owner.mr, [owner.slot]);
      else list.push(owner.slot);
    } else if (owner.type === 'dma') names.push(dmaName(told.program, told.state, owner.dma));
    else names.push(pipeName(told.program, owner.pipe));
  }
  const mrs = [...slots].flatMap(([mr, list]) =>
    rangesOf([...new Set(list)].sort((a, b) => a - b)).map(([from, len]) => slotName(told.program, mr, from, len)),
  );
  return listOf([...mrs, ...names]);
}

/** `mr[1] still translates to it`: what the pins go on doing with pages that the file gave up. */
export function clings(told: Told, pins: readonly Pin[], what: string): string {
  const owners = pinOwners(told, pins);
  const one = !/ and |, /.test(owners);
  const kinds = new Set(pins.map((pin) => (pin.kind === 'short' && pin.write ? 'write' : pin.kind)));
  if (kinds.size > 1) return `${owners} still ${one ? 'holds' : 'hold'} ${what}`;
  if (kinds.has('longterm')) return `${owners} still ${one ? 'translates' : 'translate'} to ${what}`;
  if (kinds.has('write')) return `${owners} still ${one ? 'writes' : 'write'} into ${what}`;
  if (kinds.has('short')) return `${owners} still ${one ? 'reads' : 'read'} from ${what}`;
  return `${owners} still ${one ? 'holds' : 'hold'} ${what}`;
}

/** Pins of `page` that were taken through this index of the file. */
export function pinsThrough(state: State, page: Page, inode: InodeId, index: FileIndex): readonly Pin[] {
  return pinsOf(state, page).filter((pin) => pin.inode === inode && pin.index === index);
}

/** All pins of any of the blocks. */
export function pinsOfBlocks(state: State, blocks: readonly Block[]): readonly Pin[] {
  const wanted = new Set<number>(blocks);
  const found: Pin[] = [];
  eachPin(state, (pin) => {
    if (isBlock(pin.page) && wanted.has(pin.page)) found.push(pin);
  });
  return found;
}

/** `which is free`, `which is B[1]`: whose a page is, for a relative clause. */
export function standing(told: Told, page: Page): string {
  if (page === ZERO_PAGE) return 'the shared zero page';
  if (isDram(page)) return dramStanding(told, dramOfPage(page));
  const use = runsGet(told.state.device.use, blockOfPage(page)) ?? FREE;
  if (use === FREE) return 'free';
  if (use === BUSY) return 'freed, until the log commits';
  if (use === ZOMBIE) return 'a zombie';
  return extentList(told, extentsOn(told.state, blockOfPage(page)));
}

function dramStanding(told: Told, dram: DramId): string {
  const page = told.state.dram[dram];
  if (page?.anon === true) return 'anonymous';
  if (page === undefined || page.inode === NO_INODE) return 'orphaned';
  const memfd = told.state.inodes[page.inode]?.memfd ?? NO_MAP;
  if (memfd !== NO_MAP) return extentOf(told, page.inode, page.index);
  return `the page cache of ${extentOf(told, page.inode, page.index)}`;
}

/** `, though mr[1] still translates to it`: pins that were on a block before this index of a file got it. */
export function underPins(told: Told, block: Block, { inode, index }: Extent): string {
  const pins = pinsOf(told.state, pageOfBlock(block)).filter((pin) => pin.inode !== inode || pin.index !== index);
  return pins.length === 0 ? '' : `, though ${clings(told, pins, 'it')}`;
}

/** `A[1] is block 4 and holds X since step 3`: what the file has now at an index that a page once stood for. */
export function fileNow(told: Told, inode: InodeId, index: FileIndex): string {
  const { state, program } = told;
  if (inode === NO_INODE || state.inodes[inode]?.live !== true) return 'the file that it was pinned through is gone';
  const record = inodeOf(state, inode);
  const name = extentOf(told, inode, index);
  if (index >= record.size)
    return record.size === 0
      ? `${fileOf(told, inode)} is empty`
      : `${fileOf(told, inode)} has only ${count(record.size, 'block')}`;
  const since = sinceText(told.moment, { type: 'extent', inode, index });
  const cached = runsGet(record.cache, index);
  const tag = tagName(program, fileTag(state, record, index) ?? 0);
  if (cached !== undefined) return `${name} is DRAM page ${cached} now and holds ${tag}`;
  const extent = extentAt(record, index);
  if (extent === undefined) return `${name} is a hole${since}`;
  const kind = extent.written ? `and holds ${tag}` : 'unwritten';
  return `${name} is ${extent.written ? '' : 'unwritten '}${pageName(pageOfBlock(extent.block))}${since}${extent.written ? ` ${kind}` : ''}`;
}

/** Whether the file has this very page at the index. */
export function isPageOf(state: State, page: Page, inode: InodeId, index: FileIndex): boolean {
  if (inode === NO_INODE || state.inodes[inode]?.live !== true) return false;
  const record = inodeOf(state, inode);
  if (index >= record.size) return false;
  if (isDram(page)) {
    const cached = runsGet(record.cache, index);
    return cached !== undefined && page === pageOfDram(cached);
  }
  const extent = extentAt(record, index);
  if (page === ZERO_PAGE) return extent?.written !== true;
  return extent !== undefined && pageOfBlock(extent.block) === page;
}

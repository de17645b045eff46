/** Read-only questions about files: which inode a name means, what an index holds, who keeps an inode alive. */
import type { Runs } from '../../base/runs.ts';
import { runsCount, runsEach, runsFirst, runsGet, runsSize } from '../../base/runs.ts';
import type { Block, FileId, FileIndex, InodeId, Page, ProcId, TagId } from '../model/ids.ts';
import {
  blockOfPage,
  dramOfPage,
  extentBlock,
  extentWritten,
  isBlock,
  isDram,
  makeExtent,
  NO_INODE,
  pageOfBlock,
  pageOfDram,
  ZERO_PAGE,
  ZERO_TAG,
} from '../model/ids.ts';
import type { Device, DramPage, Inode, Lock, Mapping, Mr, Proc, State, Task } from '../model/state.ts';
import { eachPin } from './pins.ts';

function at<T>(table: readonly T[], id: number, what: string): T {
  const found = table[id];
  if (found === undefined) throw new RangeError(`${what} ${id} of ${table.length}`);
  return found;
}

export const inodeOf = (state: State, id: InodeId): Inode => at(state.inodes, id, 'inode');
export const mappingOf = (state: State, id: number): Mapping => at(state.maps, id, 'mapping');
export const mrOf = (state: State, id: number): Mr => at(state.mrs, id, 'mr');
export const procOf = (state: State, id: number): Proc => at(state.procs, id, 'process');
export const taskOf = (state: State, id: number): Task => at(state.tasks, id, 'task');
export const dramOf = (state: State, id: number): DramPage => at(state.dram, id, 'DRAM page');
export const dmaOf = (state: State, id: number) => at(state.dmas, id, 'dma');
export const pipeOf = (state: State, id: number) => at(state.pipes, id, 'pipe');

export const lockOf = (inode: Inode, lock: 'i_rwsem' | 'invalidate_lock'): Lock =>
  lock === 'i_rwsem' ? inode.rwsem : inode.mmlock;

/** What a name means to a process: the linked inode, or an unlinked one that it has open under that name. */
export function resolveName(state: State, file: FileId, proc: ProcId): InodeId {
  const named = at(state.names, file, 'name');
  if (named !== NO_INODE) return named;
  const opens = state.procs[proc]?.opens ?? [];
  return opens.find((id) => state.inodes[id]?.name === file) ?? NO_INODE;
}

export type Extent = { readonly block: Block; readonly written: boolean };

/** The block behind a file index, or undefined over a hole. */
export function extentAt(inode: Inode, index: FileIndex): Extent | undefined {
  const value = runsGet(inode.map, index);
  return value === undefined ? undefined : { block: extentBlock(value), written: extentWritten(value) };
}

export const refcount = (device: Device, block: Block): number => Math.max(0, runsGet(device.use, block) ?? 0);

export const blockTag = (device: Device, block: Block): TagId => runsGet(device.tags, block) ?? ZERO_TAG;

/** What a page holds now. */
export function pageTag(state: State, page: Page): TagId {
  if (isBlock(page)) return blockTag(state.device, blockOfPage(page));
  return state.dram[dramOfPage(page)]?.tag ?? ZERO_TAG;
}

/** What read(2) of an index would give; undefined past the end. */
export function fileTag(state: State, inode: Inode, index: FileIndex): TagId | undefined {
  if (index >= inode.size) return undefined;
  const cached = runsGet(inode.cache, index);
  if (cached !== undefined) return dramOf(state, cached).tag;
  const extent = extentAt(inode, index);
  return extent?.written === true ? blockTag(state.device, extent.block) : ZERO_TAG;
}

/** Where a read of an index finds its data. */
export function filePage(inode: Inode, index: FileIndex): Page {
  const cached = runsGet(inode.cache, index);
  if (cached !== undefined) return pageOfDram(cached);
  const extent = extentAt(inode, index);
  return extent?.written === true ? pageOfBlock(extent.block) : ZERO_PAGE;
}

/** Every index up to the end is written, and its block is the file's alone. */
export function isWrittenAndUnshared(state: State, { map, size }: Inode): boolean {
  let written = 0;
  let alone = true;
  runsEach(map, 0, size, (_at, len, value, step) => {
    const block = extentBlock(value);
    if (extentWritten(value)) written += len;
    runsEach(state.device.use, block, block + (step === 0 ? 1 : len), (_block, n, use, by) => {
      alone &&= use === 1 && (by === 0 || n === 1);
    });
  });
  return alone && written === size;
}

export function isMapped(state: State, inode: InodeId): boolean {
  return state.maps.some((m) => m.live && m.inode === inode);
}

/** Open, mapped, or held by a running verb. A pin does not hold an inode. */
export function isReferenced(state: State, inode: InodeId): boolean {
  return (
    isMapped(state, inode) ||
    state.procs.some((p) => p.opens.includes(inode)) ||
    state.tasks.some((t) => t.holds.includes(inode))
  );
}

/**
 * The lowest-index DAX entry in [from, to) whose block is pinned: what dax_layout_busy_page looks for. Walks whichever
 * is less, the entries or the pins.
 */
export function busyEntry(state: State, inode: Inode, from: number, to: number): Page | undefined {
  const { pins } = state.device;
  if (runsCount(pins) < runsCount(inode.entries) / 8) return busyByPin(pins, inode.entries, from, to);
  let found: Page | undefined;
  runsEach(inode.entries, from, to, (_at, len, value, step) => {
    runsEach(pins, value, value + (step === 0 ? 1 : len), (block) => {
      found = pageOfBlock(block);
      return true;
    });
    return found !== undefined || undefined;
  });
  return found;
}

function busyByPin(pins: Runs, entries: Runs, from: number, to: number): Page | undefined {
  let found: { readonly at: number; readonly block: Block } | undefined;
  runsEach(pins, 0, Infinity, (first, len) => {
    for (let block = first; block < first + len; block++) {
      const at = runsFirst(entries, block, from);
      if (at !== undefined && at < to && (found === undefined || at < found.at)) found = { at, block };
    }
  });
  return found === undefined ? undefined : pageOfBlock(found.block);
}

/** Whether any block of the file, or page of its cache, is pinned, through whatever inode. */
export function hasPinnedPage(state: State, inode: Inode): boolean {
  let found = false;
  runsEach(state.device.pins, 0, Infinity, (at, len) => {
    for (let block = at; block < at + len && !found; block++) found = indexOfBlock(inode, block) !== undefined;
    return found || undefined;
  });
  if (!found && runsSize(inode.cache) > 0) eachPin(state, ({ page }) => (found = isDram(page) && isCached(state, inode, page))); // prettier-ignore
  return found;
}

const isCached = (state: State, inode: Inode, page: Page): boolean =>
  state.inodes[dramOf(state, dramOfPage(page)).inode] === inode;

/** The first index at which a file maps a block, written or not. The search skips what holds only other blocks. */
export function indexOfBlock(inode: Inode, block: Block): FileIndex | undefined {
  return runsFirst(inode.map, makeExtent(block, true), 0) ?? runsFirst(inode.map, makeExtent(block, false), 0);
}

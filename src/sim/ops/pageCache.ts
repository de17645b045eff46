/**
 * The page cache (dax=never, and shmem), per page as 6.1 behaves: a DRAM page between file and block. Nothing here waits for a
 * pin; a page that loses its place in the file while pinned is orphaned: the pin keeps the DRAM, the file goes on
 * without it.
 */
import { runsClear, runsEach, runsGet, runsSet } from '../../base/runs.ts';
import type { DramId, FileIndex, InodeId } from '../model/ids.ts';
import { pageOfDram, ZERO_TAG } from '../model/ids.ts';
import { editDram, editInode } from '../model/draft.ts';
import { blockTag, dramOf, extentAt, inodeOf } from '../query/inodes.ts';
import { pinCount } from '../query/pins.ts';
import { newDram } from './anonymous.ts';
import { allocate, availableBlocks, dropRefs, isShared, reapDram, setTag } from './blocks.ts';
import { setExtent } from './extents.ts';
import type { Ctx } from './machine.ts';
import { draftOf, emit, NO_BLOCK } from './machine.ts';

/** Whether pages of DRAM stand between mappings and blocks: dax=never, and shmem, which has no blocks. */
export const usesCache = (c: Ctx, inode: InodeId): boolean =>
  c.program.fs.dax === 'never' || inodeOf(draftOf(c), inode).memfd >= 0;

/** The cached page of an index, read from the file if it is not there yet. */
export function cachePage(c: Ctx, inode: InodeId, index: FileIndex): DramId {
  const cached = runsGet(inodeOf(draftOf(c), inode).cache, index);
  if (cached !== undefined) return cached;
  const extent = extentAt(inodeOf(draftOf(c), inode), index);
  const tag = extent?.written === true ? blockTag(draftOf(c).device, extent.block) : ZERO_TAG;
  const dram = newDram(c, { inode, index, tag });
  const edited = editInode(c.e, inode);
  edited.cache = runsSet(edited.cache, index, 1, dram, 0);
  emit(c, { type: 'cached', inode, index, dram });
  return dram;
}

/** Drops the cached pages of [from, to) (truncate_inode_pages): a pinned one is orphaned. */
export function dropCache(c: Ctx, inode: InodeId, from: FileIndex, to: FileIndex): void {
  const gone: [FileIndex, DramId][] = [];
  eachCached(c, inode, from, to, (index, dram) => gone.push([index, dram]));
  if (gone.length === 0) return;
  const edited = editInode(c.e, inode);
  edited.cache = runsClear(edited.cache, from, to - from);
  for (const [index, dram] of gone) {
    editDram(c.e, dram).inode = -1;
    const pins = pinCount(draftOf(c), pageOfDram(dram));
    emit(c, { type: 'orphaned', inode, index, dram, pins });
    reapDram(c, dram, pageOfDram(dram));
  }
}

/** Writeback will have to find a new block for this index: there is none, or others map it too. */
function needsBlock(c: Ctx, inode: InodeId, index: FileIndex): boolean {
  const extent = extentAt(inodeOf(draftOf(c), inode), index);
  return extent === undefined || isShared(c, extent.block);
}

type Range = { readonly inode: InodeId; readonly from: FileIndex; readonly to: FileIndex };

/**
 * Blocks that a call may still ask for. Delayed allocation has promised each dirty page the block that it will need
 * (xfs_bmapi_reserve_delalloc, ext4_da_reserve_space), so whoever comes later meets ENOSPC, and writeback never does.
 * `except`: pages that the call itself writes back or drops.
 */
export function spareBlocks(c: Ctx, except?: Range): number {
  if (c.program.fs.dax !== 'never') return availableBlocks(c);
  const isOwn = (inode: InodeId, index: FileIndex): boolean => except?.inode === inode && index >= except.from && index < except.to; // prettier-ignore
  let promised = 0;
  for (const { live, dirty, inode, index } of draftOf(c).dram)
    if (live && dirty && inode >= 0 && !isOwn(inode, index) && needsBlock(c, inode, index)) promised++;
  return availableBlocks(c) - promised;
}

/** Whether a page may become dirty: its block can be promised, or is already. */
export function canDirty(c: Ctx, inode: InodeId, index: FileIndex): boolean {
  if (inodeOf(draftOf(c), inode).memfd >= 0 || !needsBlock(c, inode, index)) return true;
  return spareBlocks(c, { inode, from: index, to: index + 1 }) > 0;
}

/** Writes dirty pages of [from, to) to their blocks. A shared block is left alone: the write goes to a new one. */
export function writeBack(c: Ctx, inode: InodeId, from: FileIndex, to: FileIndex): void {
  if (inodeOf(draftOf(c), inode).memfd >= 0) return;
  eachCached(c, inode, from, to, (index, dram) => {
    const page = dramOf(draftOf(c), dram);
    if (!page.dirty) return;
    const block = blockForWriteback(c, inode, index);
    if (block === NO_BLOCK) return;
    setTag(c, block, page.tag);
    editDram(c.e, dram).dirty = false;
    emit(c, { type: 'writtenBack', inode, index, dram, block });
  });
}

function blockForWriteback(c: Ctx, inode: InodeId, index: FileIndex): number {
  const extent = extentAt(inodeOf(draftOf(c), inode), index);
  if (extent !== undefined && !isShared(c, extent.block)) {
    if (!extent.written) setExtent(c, inode, index, { block: extent.block, written: true });
    return extent.block;
  }
  const block = allocate(c, inode, index, true);
  if (block === NO_BLOCK) return NO_BLOCK;
  setExtent(c, inode, index, { block, written: true });
  if (extent !== undefined) dropRefs(c, extent.block, 1);
  return block;
}

function eachCached(c: Ctx, inode: InodeId, from: FileIndex, to: FileIndex, f: (index: FileIndex, dram: DramId) => void): void {
  const found: [FileIndex, DramId][] = [];
  runsEach(inodeOf(draftOf(c), inode).cache, from, to, (at, len, value, step) => {
    for (let i = 0; i < len; i++) found.push([at + i, value + i * step]);
  });
  for (const [index, dram] of found) f(index, dram);
} // prettier-ignore

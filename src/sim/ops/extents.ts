/** The block map of a file, kept as runs; each change keeps the reference counts with it. */
import { runsClear, runsEach, runsSet, runsSize } from '../../base/runs.ts';
import type { Block, FileIndex, InodeId } from '../model/ids.ts';
import { extentBlock, extentWritten, makeExtent } from '../model/ids.ts';
import { editInode } from '../model/draft.ts';
import type { Span } from '../policies/layout.ts';
import { convertsAround } from '../policies/layout.ts';
import { extentAt, inodeOf } from '../query/inodes.ts';
import { allocate, allocateRun, dropRefs, isLastOf, isShared } from './blocks.ts';
import { ext4Conversion } from './ext4.ts';
import type { Ctx } from './machine.ts';
import { draftOf, emit, NO_BLOCK } from './machine.ts';

/** Maps index → block. The caller moves the references. */
export function setExtent(c: Ctx, inode: InodeId, index: FileIndex, to: { block: Block; written: boolean; len?: number }): void {
  const was = extentAt(inodeOf(draftOf(c), inode), index);
  const edited = editInode(c.e, inode);
  const len = to.len ?? 1;
  edited.map = runsSet(edited.map, index, len, makeExtent(to.block, to.written), 1);
  const fact = { type: 'extentSet', inode, index, len, block: to.block, written: to.written } as const;
  emit(c, was === undefined ? fact : { ...fact, was: was.block });
} // prettier-ignore

/** Removes the extents of [from, to): refcount − 1, freed at 0. */
export function removeExtents(c: Ctx, inode: InodeId, from: FileIndex, to: FileIndex): void {
  const runs: [Block, number][] = [];
  let blocks = 0;
  runsEach(inodeOf(draftOf(c), inode).map, from, to, (_at, len, value, step) => {
    if (step === 1) runs.push([extentBlock(value), len]);
    else for (let i = 0; i < len; i++) runs.push([extentBlock(value), 1]);
    blocks += len;
  });
  if (blocks === 0) return;
  const edited = editInode(c.e, inode);
  edited.map = runsClear(edited.map, from, to - from);
  emit(c, { type: 'extentsRemoved', inode, index: from, len: to - from, blocks });
  for (const [block, len] of runs) dropRefs(c, block, len);
}

/** How many blocks the removal of [from, to) would make available: those that nobody else maps, and no pin holds back. */
export function freedBy(c: Ctx, inode: InodeId, from: FileIndex, to: FileIndex): number {
  const entries = new Map<Block, number>();
  runsEach(inodeOf(draftOf(c), inode).map, from, to, (_at, len, value, step) => {
    for (let i = 0; i < len; i++) {
      const block = extentBlock(value) + i * step;
      entries.set(block, (entries.get(block) ?? 0) + 1);
    }
  });
  return [...entries].filter(([block, n]) => isLastOf(c, block, n)).length;
}

/** The file leaves the block at `index` for `block`, which has its first reference already. */
export function moveTo(c: Ctx, inode: InodeId, index: FileIndex, block: Block): void {
  const was = extentAt(inodeOf(draftOf(c), inode), index);
  setExtent(c, inode, index, { block, written: true });
  if (was !== undefined) dropRefs(c, was.block, 1);
}

/** ext4_zero_range: the blocks of [from, to) stay, and are unwritten from now on. */
export function makeUnwritten(c: Ctx, inode: InodeId, from: FileIndex, to: FileIndex): void {
  for (const { at, len, block } of writtenRuns(c, inode, from, to))
    setExtent(c, inode, at, { block, written: false, len });
}

/** The indexes of [from, to) whose block somebody else maps too. */
export function sharedIn(c: Ctx, inode: InodeId, from: FileIndex, to: FileIndex): readonly { at: FileIndex; block: Block }[] {
  const found: { at: FileIndex; block: Block }[] = [];
  for (const { at, len, block } of writtenRuns(c, inode, from, to))
    for (let i = 0; i < len; i++) if (isShared(c, block + i)) found.push({ at: at + i, block: block + i });
  return found;
} // prettier-ignore

/** Holes in [from, to): how many blocks a preallocation needs. */
export function holesIn(c: Ctx, inode: InodeId, from: FileIndex, to: FileIndex): number {
  let mapped = 0;
  runsEach(inodeOf(draftOf(c), inode).map, from, to, (_at, len) => {
    mapped += len;
  });
  return to - from - mapped;
}

/** Fills the holes of [from, to) with unwritten blocks. The caller made sure that there are enough. */
export function preallocate(c: Ctx, inode: InodeId, from: FileIndex, to: FileIndex): void {
  const mapped: [FileIndex, number][] = [];
  runsEach(inodeOf(draftOf(c), inode).map, from, to, (at, len) => {
    mapped.push([at, len]);
  });
  let next = from;
  for (const [at, len] of mapped) {
    fillHole(c, inode, next, at);
    next = at + len;
  }
  fillHole(c, inode, next, to);
}

function fillHole(c: Ctx, inode: InodeId, from: FileIndex, to: FileIndex): void {
  for (let index = from; index < to;) {
    const run = allocateRun(c, inode, index, to - index);
    if (run === undefined) return;
    setExtent(c, inode, index, { ...run, written: false });
    index += run.len;
  }
}

/**
 * A hole or an unwritten index becomes a written block of zeroes: a new one over a hole, the same one converted
 * otherwise (xfs_bmapi_write with CONVERT and ZERO; ext4 may convert what is around it). False when the device is full.
 */
export function makeWritten(c: Ctx, inode: InodeId, index: FileIndex, zero: (block: Block) => void): boolean {
  const extent = extentAt(inodeOf(draftOf(c), inode), index);
  if (extent?.written === true) return true;
  if (extent !== undefined) {
    const { from, to } = convertedSpan(c, inode, index);
    for (let at = from; at < to; at++) {
      const block = extent.block + at - index;
      zero(block);
      setExtent(c, inode, at, { block, written: true });
    }
    return true;
  }
  const block = allocate(c, inode, index, true);
  if (block === NO_BLOCK) return false;
  setExtent(c, inode, index, { block, written: true });
  return true;
}

function convertedSpan(c: Ctx, inode: InodeId, index: FileIndex): Span {
  if (convertsAround(c.program.fs.type)) return ext4Conversion(inodeOf(draftOf(c), inode), index);
  return { from: index, to: index + 1 };
}

/** The extents of [from, to) as written runs; unwritten ones are holes to a clone (xfs_reflink_remap_extent). */
export function writtenRuns(c: Ctx, inode: InodeId, from: FileIndex, to: FileIndex): readonly { at: FileIndex; len: number; block: Block }[] {
  const runs: { at: FileIndex; len: number; block: Block }[] = [];
  runsEach(inodeOf(draftOf(c), inode).map, from, to, (at, len, value, step) => {
    if (!extentWritten(value)) return;
    if (step === 1) runs.push({ at, len, block: extentBlock(value) });
    else for (let i = 0; i < len; i++) runs.push({ at: at + i, len: 1, block: extentBlock(value) });
  });
  return runs;
} // prettier-ignore

export const mappedBlocks = (c: Ctx, inode: InodeId): number => runsSize(inodeOf(draftOf(c), inode).map);

/** What ftruncate and each mode of fallocate do to size, entries and extents: t5 and t6, under both locks. */
import { runsEach, runsShift } from '../../base/runs.ts';
import type { Block, FileIndex, InodeId } from '../model/ids.ts';
import { editDram, editInode } from '../model/draft.ts';
import type { Op } from '../model/op.ts';
import type { FsType } from '../model/program.ts';
import type { Refusal } from '../policies/decision.ts';
import { refuse } from '../policies/decision.ts';
import type { LayoutOp, Span } from '../policies/layout.ts';
import { isShift, TO_END, zeroKeepsBlocks } from '../policies/layout.ts';
import { inodeOf } from '../query/inodes.ts';
import { isPinned } from '../query/pins.ts';
import { copyBlock } from './blocks.ts';
import { holesIn, makeUnwritten, moveTo, preallocate, removeExtents, sharedIn } from './extents.ts';
import type { Ctx } from './machine.ts';
import { draftOf, emit, refused } from './machine.ts';
import { cachePage, dropCache, spareBlocks, usesCache, writeBack } from './pageCache.ts';
import { dropEntries, zapFile } from './pageTables.ts';

type Fallocate = Extract<Op, { verb: 'fallocate' }>;

/** Indexes whose blocks the operation takes away or moves. Empty for what only adds blocks. */
export function changedRange(op: LayoutOp): Span {
  if (op.verb === 'ftruncate') return { from: op.size, to: TO_END };
  if (op.mode === 'alloc' || op.mode === 'unshare') return { from: 0, to: 0 };
  return { from: op.off, to: isShift(op) ? TO_END : op.off + op.len };
}

/** What leaves the page cache: xfs_prepare_shift flushes and drops one block more, the one before the shift. */
export function cachedRange(op: LayoutOp, fs: FsType): Span {
  const { from, to } = changedRange(op);
  return fs === 'xfs' && isShift(op) ? { from: Math.max(0, from - 1), to } : { from, to };
}

/** xfs_collapse_file_space, xfs_insert_file_space: the shift needs something behind it. */
export function rangeFault(op: LayoutOp, size: number): Refusal | undefined {
  if (op.verb !== 'fallocate') return undefined;
  if (op.mode === 'collapse' && op.off + op.len >= size) return refuse('EINVAL', 'the range reaches the end of the file', 'range');
  if (op.mode === 'insert' && op.off >= size) return refuse('EINVAL', 'the offset is at or past the end of the file', 'range');
  return undefined;
} // prettier-ignore

function setSize(c: Ctx, inode: InodeId, to: number): void {
  const { size: from } = inodeOf(draftOf(c), inode);
  if (to === from) return;
  emit(c, { type: 'sizeSet', inode, from, to });
  editInode(c.e, inode).size = to;
  // truncate_setsize: private copies past the new end go as well.
  if (to < from) zapFile(c, inode, to, TO_END, 'evenCows');
}

/** t5: the size, then what stands before the blocks in range. `keep`: the pinned ones stay as they are. */
export function dropRange(c: Ctx, inode: InodeId, op: LayoutOp, pinned: 'drop' | 'keep'): void {
  const { from, to } = changedRange(op);
  if (usesCache(c, inode)) dropCached(c, inode, op);
  else if (pinned === 'drop') dropEntries(c, inode, from, to);
  else dropUnpinned(c, inode, from, to);
  if (op.verb === 'ftruncate') setSize(c, inode, Math.max(op.size, endOfEntries(c, inode, from)));
  else if (op.mode === 'insert') setSize(c, inode, inodeOf(draftOf(c), inode).size + op.len);
}

function dropCached(c: Ctx, inode: InodeId, op: LayoutOp): void {
  const { from, to } = cachedRange(op, c.program.fs.type);
  const { size } = inodeOf(draftOf(c), inode);
  if (op.verb === 'fallocate') writeBack(c, inode, from, Math.min(to, size));
  else if (c.kernel.truncateFlushesEnd) writeBack(c, inode, from, Math.min(from + 1, size));
  dropCache(c, inode, from, to);
}

/** An entry that is left marks a block that the operation goes round: both locks are held, so none comes or goes. */
function dropUnpinned(c: Ctx, inode: InodeId, from: FileIndex, to: FileIndex): void {
  let next = from;
  for (const { index, block } of entriesIn(c, inode, from, to)) {
    if (!isPinned(draftOf(c), block)) continue;
    dropEntries(c, inode, next, index);
    next = index + 1;
  }
  dropEntries(c, inode, next, to);
}

function entriesIn(c: Ctx, inode: InodeId, from: FileIndex, to: FileIndex): readonly { index: FileIndex; block: number }[] {
  const found: { index: FileIndex; block: number }[] = [];
  runsEach(inodeOf(draftOf(c), inode).entries, from, to, (at, len, value, step) => {
    for (let i = 0; i < len; i++) found.push({ index: at + i, block: value + i * step });
  });
  return found;
} // prettier-ignore

function endOfEntries(c: Ctx, inode: InodeId, from: FileIndex): number {
  const last = entriesIn(c, inode, from, TO_END).at(-1);
  return last === undefined ? 0 : last.index + 1;
}

/** The parts of [from, to) that no entry marks as kept. */
function eachGap(c: Ctx, inode: InodeId, { from, to }: Span, f: (from: FileIndex, to: FileIndex) => void): void {
  let next = from;
  for (const { index } of entriesIn(c, inode, from, to)) {
    if (next < index) f(next, index);
    next = index + 1;
  }
  if (next < to) f(next, to);
}

/** t6. Returns an errno, or nothing. */
export function changeExtents(c: Ctx, inode: InodeId, op: LayoutOp): string {
  const range = changedRange(op);
  if (op.verb === 'ftruncate') {
    eachGap(c, inode, range, (from, to) => removeExtents(c, inode, from, to));
    return '';
  }
  const errno = MODES[op.mode](c, inode, op);
  const { size } = inodeOf(draftOf(c), inode);
  const grows = op.mode === 'alloc' || op.mode === 'zero' || op.mode === 'unshare';
  if (errno === '' && grows) setSize(c, inode, Math.max(size, op.off + op.len));
  return errno;
}

type Mode = (c: Ctx, inode: InodeId, op: Fallocate) => string;
const MODES: { readonly [M in Fallocate['mode']]: Mode } = {
  punch(c, inode, op) {
    eachGap(c, inode, changedRange(op), (from, to) => removeExtents(c, inode, from, to));
    return '';
  },
  zero(c, inode, op) {
    const toZero = zeroKeepsBlocks(c.program.fs.type) ? makeUnwritten : removeExtents;
    eachGap(c, inode, changedRange(op), (from, to) => toZero(c, inode, from, to));
    return fillHoles(c, inode, op);
  },
  alloc: fillHoles,
  collapse(c, inode, op) {
    removeExtents(c, inode, op.off, op.off + op.len);
    shift(c, inode, op.off + op.len, -op.len);
    setSize(c, inode, inodeOf(draftOf(c), inode).size - op.len);
    return '';
  },
  insert(c, inode, op) {
    shift(c, inode, op.off, op.len);
    return '';
  },
  /** xfs_falloc_unshare_range: copies first, then as alloc. */
  unshare(c, inode, op) {
    const to = op.off + op.len;
    const shared = sharedIn(c, inode, op.off, to);
    if (shared.length + holesIn(c, inode, op.off, to) > spareBlocks(c, { inode, from: op.off, to })) return noSpace(c);
    for (const { at, block } of shared) unshareOne(c, inode, at, block);
    if (usesCache(c, inode)) writeBack(c, inode, op.off, to);
    preallocate(c, inode, op.off, to);
    return '';
  },
};

/** dax_unshare_iter: the index loses its PTEs and its entry, and moves to a copy. In the page cache writeback moves it. */
function unshareOne(c: Ctx, inode: InodeId, index: FileIndex, block: Block): void {
  if (usesCache(c, inode)) {
    editDram(c.e, cachePage(c, inode, index)).dirty = true;
    return;
  }
  zapFile(c, inode, index, index + 1);
  dropEntries(c, inode, index, index + 1);
  moveTo(c, inode, index, copyBlock(c, inode, index, block));
}

/** Unwritten blocks into the holes of the range, all or none. */
function fillHoles(c: Ctx, inode: InodeId, op: Fallocate): string {
  const to = op.off + op.len;
  if (holesIn(c, inode, op.off, to) > spareBlocks(c, { inode, from: op.off, to })) return noSpace(c);
  preallocate(c, inode, op.off, to);
  return '';
}

function noSpace(c: Ctx): string {
  return refused(c, refuse('ENOSPC', 'not enough free blocks', 'blocks'));
}

/** What is mapped at `index` and above moves by `by`; every block keeps its identity. */
function shift(c: Ctx, inode: InodeId, index: FileIndex, by: number): void {
  const edited = editInode(c.e, inode);
  edited.map = runsShift(edited.map, index, by);
  emit(c, { type: 'shifted', inode, index, by });
}

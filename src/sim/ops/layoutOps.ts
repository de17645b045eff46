/**
 * ftruncate(2) and fallocate(2): xfs_vn_setattr and xfs_file_fallocate, both around xfs_break_layouts(BREAK_UNMAP).
 *
 *     knobs  features, before any lock
 *     t1     i_rwsem exclusive, then fs.shrink
 *     t2     invalidate_lock exclusive
 *     t3     zap the file's PTEs in scope (MMU notifier)
 *     t4     scan the DAX entries in scope for a pinned block; a pinned one sleeps here with i_rwsem held and
 *            invalidate_lock dropped, then goes back to t2
 *     t5     size (ftruncate), entries in range
 *     t6     extents; then a fallocate that succeeded may grow the size (xfs_falloc_setsize)
 *     t7     drop both locks
 *
 * dax=never: no break_layouts; the page cache is truncated and pins are orphaned.
 */
import { editInode } from '../model/draft.ts';
import type { InodeId } from '../model/ids.ts';
import { layoutFeature, layoutScope, onLayoutPin, shrinkAllowed, TO_END } from '../policies/layout.ts';
import type { Span } from '../policies/layout.ts';
import { refuse } from '../policies/decision.ts';
import { busyEntry, hasPinnedPage, inodeOf, isMapped } from '../query/inodes.ts';
import { availableBlocks } from './blocks.ts';
import { holesIn, preallocate, removeExtents } from './extents.ts';
import { acquire, release } from './locks.ts';
import type { Ctx, FrameOf, Procedure } from './machine.ts';
import { draftOf, emit, go, refused, ret, signalPending, sleepOn } from './machine.ts';
import { dropCache, writeBack } from './pageCache.ts';
import { dropEntries, zapFile } from './pageTables.ts';
import type { Op } from '../model/op.ts';

type LayoutFrame = FrameOf<'layout'>;
type LayoutOp = Extract<Op, { verb: 'ftruncate' | 'fallocate' }>;

function opOf(f: LayoutFrame): LayoutOp {
  if (f.op.verb !== 'ftruncate' && f.op.verb !== 'fallocate') throw new Error(`layout frame of ${f.op.verb}`);
  return f.op;
}

const isDax = (c: Ctx): boolean => c.program.fs.dax === 'always';
const scopeOf = (c: Ctx, f: LayoutFrame): Span =>
  layoutScope(c.program.option.knobs, opOf(f), inodeOf(draftOf(c), f.inode).size);

/** 6.x: dax_layout_busy_page returns at once if no VMA maps the inode. */
const skipsScan = (c: Ctx, f: LayoutFrame): boolean => c.kernel.scanNeedsMapping && !isMapped(draftOf(c), f.inode);

export const LAYOUT: Procedure<'layout'> = {
  start(c, f) {
    const op = opOf(f);
    const empty = op.verb === 'fallocate' && op.len === 0;
    const decision = empty ? refuse('EINVAL', 'the length is 0') : layoutFeature(c.program.option.knobs, op);
    if (decision.act !== 'refuse') {
      go(c, 't1');
      return 'again';
    }
    c.label = 'layout.knobs';
    return ret(c, refused(c, decision));
  },
  t1(c, f) {
    if (!acquire(c, f.inode, 'i_rwsem', 'exclusive')) return;
    const inode = inodeOf(draftOf(c), f.inode);
    const op = opOf(f);
    const shrinks = op.verb === 'ftruncate' && op.size < inode.size;
    const inUse = (): boolean => isMapped(draftOf(c), f.inode) || hasPinnedPage(draftOf(c), inode);
    const decision = shrinks ? shrinkAllowed(c.program.option.knobs, inUse) : undefined;
    if (decision?.act === 'refuse') go(c, 't7', { ret: refused(c, decision) });
    else go(c, 't2');
  },
  t2(c, f) {
    if (!acquire(c, f.inode, 'invalidate_lock', 'exclusive')) return;
    go(c, isDax(c) && skipsScan(c, f) ? 't4' : 't3');
  },
  t3(c, f) {
    if (isDax(c)) {
      const { from, to } = scopeOf(c, f);
      zapFile(c, f.inode, from, to);
    } else zapCached(c, f);
    go(c, isDax(c) ? 't4' : 't5');
  },
  t4(c, f) {
    if (skipsScan(c, f)) {
      emit(c, { type: 'scanSkipped', inode: f.inode });
      return go(c, 't5');
    }
    const { from, to } = scopeOf(c, f);
    const busy = busyEntry(draftOf(c), inodeOf(draftOf(c), f.inode), from, to);
    const fact = { type: 'scanned', inode: f.inode, index: from, len: to - from } as const;
    emit(c, busy === undefined ? fact : { ...fact, busy });
    if (busy === undefined) {
      if (c.kernel.scanDropsEntries) dropEntries(c, f.inode, from, to);
      return go(c, 't5');
    }
    breakLayout(c, f, busy);
  },
  /** Awake again after t4's sleep: either round again, or -ERESTARTSYS. */
  woken(c) {
    if (c.interrupted) go(c, 't7', { ret: 'EINTR' });
    else go(c, 't2');
    return 'again';
  },
  t5(c, f) {
    const { from, to } = changedRange(f);
    const op = opOf(f);
    if (isDax(c)) dropEntries(c, f.inode, from, to);
    else {
      const { size } = inodeOf(draftOf(c), f.inode);
      if (op.verb === 'fallocate') writeBack(c, f.inode, from, Math.min(to, size));
      dropCache(c, f.inode, from, to);
    }
    if (op.verb === 'ftruncate') setSize(c, f.inode, op.size);
    go(c, 't6');
  },
  t6(c, f) {
    const { from, to } = changedRange(f);
    const op = opOf(f);
    if (from < to) removeExtents(c, f.inode, from, to);
    const errno = allocateRange(c, f);
    const { size } = inodeOf(draftOf(c), f.inode);
    if (errno === '' && op.verb === 'fallocate' && op.mode !== 'punch') setSize(c, f.inode, Math.max(size, op.off + op.len)); // prettier-ignore
    go(c, 't7', { ret: errno });
  },
  t7(c, f) {
    release(c, f.inode, 'invalidate_lock');
    release(c, f.inode, 'i_rwsem');
    ret(c, f.ret === '' ? 'ok' : f.ret);
  },
};

/** A pinned block in scope: what layout.onPin says. */
function breakLayout(c: Ctx, f: LayoutFrame, busy: number): void {
  const decision = onLayoutPin(c.program.option.knobs);
  switch (decision.act) {
    case 'proceed':
      return go(c, 't5');
    case 'refuse':
      return go(c, 't7', { ret: refused(c, decision) });
    case 'sleep':
      if (signalPending(c)) return go(c, 't7', { ret: 'EINTR' });
      release(c, f.inode, 'invalidate_lock');
      go(c, 'woken');
      return sleepOn(c, { type: 'pin', page: busy, inode: f.inode });
  }
}

/** Indexes whose blocks the operation takes away. Empty for a grow and for plain preallocation. */
function changedRange(f: LayoutFrame): Span {
  const op = opOf(f);
  if (op.verb === 'ftruncate') return { from: op.size, to: TO_END };
  return op.mode === 'alloc' ? { from: 0, to: 0 } : { from: op.off, to: op.off + op.len };
}

function setSize(c: Ctx, inode: InodeId, to: number): void {
  const { size: from } = inodeOf(draftOf(c), inode);
  if (to === from) return;
  emit(c, { type: 'sizeSet', inode, from, to });
  editInode(c.e, inode).size = to;
}

/** alloc and zero: unwritten blocks into the holes of the range, all or none. */
function allocateRange(c: Ctx, f: LayoutFrame): string {
  const op = opOf(f);
  if (op.verb === 'ftruncate' || op.mode === 'punch') return '';
  const to = op.off + op.len;
  if (holesIn(c, f.inode, op.off, to) > availableBlocks(c)) {
    emit(c, { type: 'refused', errno: 'ENOSPC', why: 'not enough free blocks' });
    return 'ENOSPC';
  }
  preallocate(c, f.inode, op.off, to);
  return '';
}

/** dax=never: only what the page cache loses is unmapped. */
function zapCached(c: Ctx, f: LayoutFrame): void {
  const { from, to } = changedRange(f);
  if (from < to) zapFile(c, f.inode, from, to);
}

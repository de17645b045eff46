/**
 * ftruncate(2) and fallocate(2): xfs_vn_setattr and xfs_file_fallocate, both around xfs_break_layouts(BREAK_UNMAP).
 *
 *     knobs  features, before any lock
 *     lease  those of other processes, before any lock
 *     t1     i_rwsem exclusive, then the flag and fs.shrink
 *     t2     invalidate_lock exclusive
 *     t3     zap the file's PTEs in scope (MMU notifier)
 *     t4     scan the DAX entries in scope for a pinned block; a pinned one sleeps here with i_rwsem held and
 *            invalidate_lock dropped, then goes back to t2
 *     t5     size (ftruncate, insert), entries in range
 *     t6     extents; then a fallocate that succeeded may set the size (xfs_falloc_setsize)
 *     t7     drop both locks
 *
 * dax=never: no break_layouts; the page cache is truncated and pins are orphaned. ext4 preallocates without t2 … t5.
 */
import type { Page } from '../model/ids.ts';
import { onFlag } from '../policies/guards.ts';
import { breaksLayout, layoutFeature, layoutScope, onLayoutPin, shrinkAllowed } from '../policies/layout.ts';
import type { LayoutOp, Span } from '../policies/layout.ts';
import { busyEntry, hasPinnedPage, inodeOf, isMapped } from '../query/inodes.ts';
import { leaseEnded, meetLease } from './leaseOps.ts';
import { cachedRange, changeExtents, dropRange, rangeFault } from './layoutChange.ts';
import { acquire, release } from './locks.ts';
import type { Ctx, FrameOf, Procedure } from './machine.ts';
import { draftOf, emit, go, procOf, refused, ret, signalPending } from './machine.ts';
import { meetPin, sleepOnPin } from './onPin.ts';
import { usesCache } from './pageCache.ts';
import { dropEntries, zapFile } from './pageTables.ts';

type LayoutFrame = FrameOf<'layout'>;

function opOf(f: LayoutFrame): LayoutOp {
  if (f.op.verb !== 'ftruncate' && f.op.verb !== 'fallocate') throw new Error(`layout frame of ${f.op.verb}`);
  return f.op;
}

const scopeOf = (c: Ctx, f: LayoutFrame): Span =>
  layoutScope(c.program.option.knobs, opOf(f), inodeOf(draftOf(c), f.inode).size);

/** 6.x: dax_layout_busy_page returns at once if no VMA maps the inode. */
const skipsScan = (c: Ctx, f: LayoutFrame): boolean => c.kernel.scanNeedsMapping && !isMapped(draftOf(c), f.inode);

export const LAYOUT: Procedure<'layout'> = {
  start(c, f) {
    const decision = layoutFeature(c.program.option.knobs, c.program.fs.type, opOf(f));
    if (decision.act !== 'refuse') {
      go(c, 'lease');
      return 'again';
    }
    c.label = 'layout.knobs';
    return ret(c, refused(c, decision));
  },
  lease: (c, f) => meetLease(c, [f.inode], { ahead: 't1', woken: 'leased' }),
  leased: (c, f) => leaseEnded(c, [f.inode], 'lease'),
  t1(c, f) {
    if (!acquire(c, f.inode, 'i_rwsem', 'exclusive')) return;
    const errno = refusedHere(c, f);
    if (errno !== undefined) go(c, 't7', { ret: errno });
    else go(c, breaksLayout(c.program.fs.type, opOf(f)) ? 't2' : 't6');
  },
  t2(c, f) {
    if (!acquire(c, f.inode, 'invalidate_lock', 'exclusive')) return;
    go(c, !usesCache(c, f.inode) && skipsScan(c, f) ? 't4' : 't3');
  },
  t3(c, f) {
    const cached = usesCache(c, f.inode);
    const { from, to } = cached ? cachedRange(opOf(f), c.program.fs.type) : scopeOf(c, f);
    if (from < to) zapFile(c, f.inode, from, to);
    go(c, cached ? 't5' : 't4');
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
  t5: (c, f) => t5(c, f, 'drop'),
  /** layout.onPin=rewrite: goes round the pinned blocks. */
  t5keep(c, f) {
    c.label = 'layout.t5';
    t5(c, f, 'keep');
  },
  t6(c, f) {
    go(c, 't7', { ret: changeExtents(c, f.inode, opOf(f)) });
  },
  t7(c, f) {
    release(c, f.inode, 'invalidate_lock');
    release(c, f.inode, 'i_rwsem');
    ret(c, f.ret === '' ? 'ok' : f.ret);
  },
};

/** Under i_rwsem: the flag, then fs.shrink. */
function refusedHere(c: Ctx, f: LayoutFrame): string | undefined {
  const { knobs } = c.program.option;
  const op = opOf(f);
  const inode = inodeOf(draftOf(c), f.inode);
  const flag = onFlag(knobs, inode, 'layout', procOf(c));
  if (flag.act === 'refuse') return refused(c, flag);
  if (op.verb !== 'ftruncate' || op.size >= inode.size) return undefined;
  const shrink = shrinkAllowed(knobs, () => isMapped(draftOf(c), f.inode) || hasPinnedPage(draftOf(c), inode));
  return shrink.act === 'refuse' ? refused(c, shrink) : undefined;
}

/** A pinned block in scope. */
function breakLayout(c: Ctx, f: LayoutFrame, page: Page): void {
  const met = meetPin(c, page, onLayoutPin(c.program.option.knobs, opOf(f)), 't4');
  switch (met.act) {
    case 'called':
      return;
    case 'keep':
      return go(c, 't5keep');
    case 'copy':
    case 'proceed':
      return go(c, 't5');
    case 'refuse':
      return go(c, 't7', { ret: refused(c, met) });
    case 'sleep':
      if (signalPending(c)) return go(c, 't7', { ret: 'EINTR' });
      release(c, f.inode, 'invalidate_lock');
      go(c, 'woken');
      return sleepOnPin(c, 'pin', { ...met, page, inode: f.inode });
  }
}

function t5(c: Ctx, f: LayoutFrame, pinned: 'drop' | 'keep'): void {
  const fault = rangeFault(opOf(f), inodeOf(draftOf(c), f.inode).size);
  if (fault !== undefined) return go(c, 't7', { ret: refused(c, fault) });
  dropRange(c, f.inode, opOf(f), pinned);
  go(c, 't6');
}

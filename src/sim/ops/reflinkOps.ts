/**
 * ioctl_ficlone(2), ioctl_ficlonerange(2), ioctl_fideduperange(2): xfs_file_remap_range, xfs_ilock2_io_mmap.
 *
 *     knobs  features, before any lock
 *     lease  those of other processes on either file, before any lock
 *     r1     both i_rwsem (the kernel: by address; here the older file first), then the flags
 *     r2     invalidate_lock of the lower inode number (the older file); zap, scan the whole inode; wait as t4
 *     r3     invalidate_lock of the other; busy: drop both and go round: a spin, neither interruptible nor killable
 *     r4     check the range (dedupe: compare the contents); drop dst's blocks in range, share src's
 *     r5     drop all
 */
import { refuse } from '../policies/decision.ts';
import type { InodeId } from '../model/ids.ts';
import { NO_INODE, pageOfBlock } from '../model/ids.ts';
import { editInode } from '../model/draft.ts';
import { TO_END } from '../policies/layout.ts';
import { onFlag } from '../policies/guards.ts';
import { copiesPinned, onReflinkPin, reflinkFeature } from '../policies/sharing.ts';
import { busyEntry, fileTag, inodeOf, isMapped, resolveName } from '../query/inodes.ts';
import { isPinned } from '../query/pins.ts';
import { addRefs, copyBlock } from './blocks.ts';
import { freedBy, removeExtents, setExtent, writtenRuns } from './extents.ts';
import { createInode, openForVerb } from './fileOps.ts';
import { finish } from './finish.ts';
import { leaseEnded, meetLease } from './leaseOps.ts';
import { acquire, release } from './locks.ts';
import type { Ctx, FrameOf, Handler, Procedure } from './machine.ts';
import { call, draftOf, emit, go, holdOpen, procOf, refused, ret, signalPending } from './machine.ts';
import { meetPin, sleepOnPin } from './onPin.ts';
import { dropCache, spareBlocks, writeBack } from './pageCache.ts';
import { cleanPtes, dropEntries, zapFile } from './pageTables.ts';

type Clone = FrameOf<'reflink'>;

/**
 * The verbs. A clone opens its destination with O_CREAT, where there is reflink at all; of dedupe both must be there.
 * Length 0: to the end.
 */
export const clone: Handler<'op'> = (c, f) => {
  if (f.op.verb !== 'reflink' && f.op.verb !== 'dedupe') return undefined;
  const dedupe = f.op.verb === 'dedupe';
  const { src: srcName, dst: dstName, range } = f.op;
  const src = openForVerb(c, f, srcName);
  if (src === undefined) return undefined;
  const found = dedupe ? openForVerb(c, f, dstName) : resolveName(draftOf(c), dstName, procOf(c));
  if (found === undefined) return undefined;
  const decision = reflinkFeature(c.program.option.knobs, c.program.fs);
  if (decision.act === 'refuse') {
    c.label = 'reflink.knobs';
    return finish(c, f, refused(c, decision));
  }
  const dst = found === NO_INODE ? createInode(c, dstName) : found;
  holdOpen(c, src === dst ? [src] : [src, dst].sort((a, b) => a - b));
  const { srcOff, dstOff, len } = range ?? { srcOff: 0, dstOff: 0, len: 0 };
  if (dedupe && range?.len === 0) return finish(c, f, 'ok');
  call(c, 'return', { fn: 'reflink', pc: 'lease', dedupe, src, dst, srcOff, dstOff, len, ret: '' });
  return 'again';
};

function ordered(c: Ctx, f: Clone): { older: InodeId; younger: InodeId } {
  const src = inodeOf(draftOf(c), f.src);
  const dst = inodeOf(draftOf(c), f.dst);
  return src.age <= dst.age ? { older: f.src, younger: f.dst } : { older: f.dst, younger: f.src };
}

export const REFLINK: Procedure<'reflink'> = {
  lease: (c, f) => meetLease(c, inodesOf(f), { ahead: 'r1', woken: 'leased' }),
  leased: (c, f) => leaseEnded(c, inodesOf(f), 'lease'),
  r1(c, f) {
    const { older, younger } = ordered(c, f);
    if (!acquire(c, older, 'i_rwsem', 'exclusive')) return undefined;
    if (younger === older) return guarded(c, f);
    go(c, 'r1b');
    return 'again';
  },
  r1b(c, f) {
    c.label = 'reflink.r1';
    if (acquire(c, ordered(c, f).younger, 'i_rwsem', 'exclusive')) guarded(c, f);
  },
  r2(c, f) {
    const { older } = ordered(c, f);
    if (!acquire(c, older, 'invalidate_lock', 'exclusive')) return;
    go(c, c.program.fs.dax === 'always' ? 'scan2' : 'r3');
  },
  scan2(c, f) {
    const { older } = ordered(c, f);
    const busy = zapAndScan(c, older);
    if (busy === undefined) return go(c, 'r3');
    const met = meetPin(c, busy, onReflinkPin(c.program.option.knobs, older === f.dst), 'scan2');
    switch (met.act) {
      case 'called':
        return;
      case 'proceed':
      case 'keep':
      case 'copy':
        return go(c, 'r3');
      case 'refuse':
        return go(c, 'r5', { ret: refused(c, met) });
      case 'sleep':
        if (signalPending(c)) return go(c, 'r5', { ret: 'EINTR' });
        release(c, older, 'invalidate_lock');
        go(c, 'woken');
        return sleepOnPin(c, 'pin', { ...met, page: busy, inode: older });
    }
  },
  /** After the interruptible wait of r2. */
  woken(c) {
    if (c.interrupted) go(c, 'r5', { ret: 'EINTR' });
    else go(c, 'r2');
    return 'again';
  },
  r3(c, f) {
    const { older, younger } = ordered(c, f);
    if (younger !== older && !acquire(c, younger, 'invalidate_lock', 'exclusive')) return;
    const busy = younger === older || c.program.fs.dax !== 'always' ? undefined : zapAndScan(c, younger);
    if (busy === undefined) return go(c, 'r4');
    const met = meetPin(c, busy, onReflinkPin(c.program.option.knobs, younger === f.dst), 'r3');
    if (met.act === 'called') return;
    if (met.act === 'refuse') return go(c, 'r5', { ret: refused(c, met) });
    if (met.act !== 'sleep') return go(c, 'r4');
    release(c, younger, 'invalidate_lock');
    release(c, older, 'invalidate_lock');
    go(c, 'r2');
    sleepOnPin(c, 'spin', { ...met, page: busy, inode: younger });
  },
  r4(c, f) {
    const len = cloneLength(c, f);
    const why = rangeFault(c, f, len);
    if (why !== undefined) return go(c, 'r5', { ret: refused(c, refuse('EINVAL', why, 'range')) });
    if (f.dedupe && !comparesEqual(c, f, len)) return go(c, 'r5', { ret: 'differs' });
    if (c.program.fs.dax === 'never') {
      cleanPtes(c, f.src, f.srcOff, f.srcOff + len);
      writeBack(c, f.src, f.srcOff, f.srcOff + len);
    }
    const pieces = piecesOf(c, f, len);
    const copies = pieces.filter(({ copied }) => copied).length;
    if (
      copies >
      spareBlocks(c, { inode: f.dst, from: f.dstOff, to: f.dstOff + len }) +
        (copies > 0 ? freedBy(c, f.dst, f.dstOff, f.dstOff + len) : 0)
    )
      return go(c, 'r5', { ret: refused(c, refuse('ENOSPC', 'not enough free blocks', 'blocks')) });
    dropCache(c, f.dst, f.dstOff, f.dstOff + len);
    zapFile(c, f.dst, f.dstOff, f.dstOff + len);
    dropEntries(c, f.dst, f.dstOff, f.dstOff + len);
    remap(c, f, len, pieces);
    const dst = inodeOf(draftOf(c), f.dst);
    const size = len === 0 ? dst.size : Math.max(dst.size, f.dstOff + len);
    if (size !== dst.size) {
      emit(c, { type: 'sizeSet', inode: f.dst, from: dst.size, to: size });
      editInode(c.e, f.dst).size = size;
    }
    go(c, 'r5');
  },
  r5(c, f) {
    for (const inode of inodesOf(f)) {
      release(c, inode, 'invalidate_lock');
      release(c, inode, 'i_rwsem');
    }
    ret(c, f.ret === '' ? 'ok' : f.ret);
  },
};

const inodesOf = (f: Clone): readonly InodeId[] => (f.src === f.dst ? [f.src] : [f.src, f.dst]);

/** Under both i_rwsem: the flags. */
function guarded(c: Ctx, f: Clone): void {
  const { knobs } = c.program.option;
  const to = onFlag(knobs, inodeOf(draftOf(c), f.dst), 'cloneTo', procOf(c));
  const decision = to.act === 'refuse' ? to : onFlag(knobs, inodeOf(draftOf(c), f.src), 'cloneFrom', procOf(c));
  if (decision.act === 'refuse') go(c, 'r5', { ret: refused(c, decision) });
  else go(c, 'r2');
}

/** Length 0 means "to the end of the source", as it is by now (generic_remap_file_range_prep). */
function cloneLength(c: Ctx, f: Clone): number {
  return f.len === 0 ? Math.max(0, inodeOf(draftOf(c), f.src).size - f.srcOff) : f.len;
}

/** generic_remap_checks: after the waits, as they happen while the locks are taken. */
function rangeFault(c: Ctx, f: Clone, len: number): string | undefined {
  const { size } = inodeOf(draftOf(c), f.src);
  if (f.srcOff > size || f.srcOff + len > size) return 'the range reaches past the end of the source';
  // Only a clone may reach past the end of its destination.
  if (f.dedupe && f.dstOff + len > inodeOf(draftOf(c), f.dst).size) return 'the range reaches past the end of the destination'; // prettier-ignore
  const overlaps = f.src === f.dst && f.dstOff < f.srcOff + len && f.srcOff < f.dstOff + len;
  return overlaps ? 'source and destination overlap' : undefined;
}

/** dax_dedupe_file_range_compare: what reads of the two ranges would give. */
function comparesEqual(c: Ctx, f: Clone, len: number): boolean {
  const src = inodeOf(draftOf(c), f.src);
  const dst = inodeOf(draftOf(c), f.dst);
  let equal = true;
  for (let i = 0; i < len && equal; i++)
    equal = fileTag(draftOf(c), src, f.srcOff + i) === fileTag(draftOf(c), dst, f.dstOff + i);
  emit(c, { type: 'compared', src: f.src, dst: f.dst, equal });
  return equal;
}

/** t3 and t4 of one inode, the whole of it. */
function zapAndScan(c: Ctx, inode: InodeId): number | undefined {
  if (c.kernel.scanNeedsMapping && !isMapped(draftOf(c), inode)) {
    emit(c, { type: 'scanSkipped', inode });
    return undefined;
  }
  zapFile(c, inode, 0, TO_END);
  const busy = busyEntry(draftOf(c), inodeOf(draftOf(c), inode), 0, TO_END);
  const fact = { type: 'scanned', inode, index: 0, len: TO_END } as const;
  emit(c, busy === undefined ? fact : { ...fact, busy });
  if (busy === undefined && c.kernel.scanDropsEntries) dropEntries(c, inode, 0, TO_END);
  return busy;
}

type Piece = ReturnType<typeof writtenRuns>[number] & { readonly copied: boolean };

/** What the destination is to have: runs to share, and, reflink.onPin=copy, pinned blocks that it gets a copy of. */
function piecesOf(c: Ctx, f: Clone, length: number): readonly Piece[] {
  const copies = copiesPinned(c.program.option.knobs);
  const pieces: Piece[] = [];
  for (const { at, len, block } of writtenRuns(c, f.src, f.srcOff, f.srcOff + length)) {
    let from = 0;
    for (let i = 0; copies && i < len; i++) {
      const page = pageOfBlock(block + i);
      if (!isPinned(draftOf(c), page)) continue;
      if (from < i) pieces.push({ at: at + from, len: i - from, block: block + from, copied: false });
      pieces.push({ at: at + i, len: 1, block: block + i, copied: true });
      from = i + 1;
    }
    if (from < len) pieces.push({ at: at + from, len: len - from, block: block + from, copied: false });
  }
  return pieces;
}

/** xfs_reflink_remap_extent: unmap dst's, then map src's, which keeps its own reference meanwhile. */
function remap(c: Ctx, f: Clone, length: number, pieces: readonly Piece[]): void {
  removeExtents(c, f.dst, f.dstOff, f.dstOff + length);
  for (const { at, len, block: from, copied } of pieces) {
    const index = at - f.srcOff + f.dstOff;
    if (!copied) addRefs(c, from, len);
    const block = copied ? copyBlock(c, f.dst, index, from) : from;
    setExtent(c, f.dst, index, { block, written: true, len });
    if (!copied) emit(c, { type: 'shared', src: f.src, dst: f.dst, srcIndex: at, dstIndex: index, len });
  }
}

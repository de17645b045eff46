/**
 * ioctl_ficlone(2), ioctl_ficlonerange(2), ioctl_fideduperange(2): xfs_file_remap_range, xfs_ilock2_io_mmap.
 *
 *     knobs  features, before any lock
 *     r1     both i_rwsem (the kernel: by address; here the older file first)
 *     r2     invalidate_lock of the lower inode number (the older file); zap, scan the whole inode; wait as t4
 *     r3     invalidate_lock of the other; busy: drop both and go round: a spin, neither interruptible nor killable
 *     r4     check the range (dedupe: compare the contents); drop dst's blocks in range, share src's
 *     r5     drop all
 */
import type { FileId, InodeId } from '../model/ids.ts';
import { NO_INODE } from '../model/ids.ts';
import { editInode } from '../model/draft.ts';
import { TO_END } from '../policies/layout.ts';
import { onReflinkPin, reflinkFeature } from '../policies/sharing.ts';
import { busyEntry, fileTag, inodeOf, isMapped, resolveName } from '../query/inodes.ts';
import { addRefs } from './blocks.ts';
import { removeExtents, setExtent, writtenRuns } from './extents.ts';
import { createInode, openForVerb } from './fileOps.ts';
import { finish } from './finish.ts';
import { acquire, release } from './locks.ts';
import type { Ctx, FrameOf, Handler, Procedure } from './machine.ts';
import { call, draftOf, emit, go, holdOpen, procOf, refused, ret, signalPending, sleepOn } from './machine.ts';
import { dropCache, writeBack } from './pageCache.ts';
import { dropEntries, zapFile } from './pageTables.ts';

type Clone = FrameOf<'reflink'>;

/** The verbs. A clone opens its destination with O_CREAT; of dedupe both must be there. Length 0: to the end. */
export const clone: Handler<'op'> = (c, f) => {
  if (f.op.verb !== 'reflink' && f.op.verb !== 'dedupe') return undefined;
  const dedupe = f.op.verb === 'dedupe';
  const { src: srcName, dst: dstName, range } = f.op;
  const src = openForVerb(c, f, srcName);
  if (src === undefined) return undefined;
  const dst = dedupe ? openForVerb(c, f, dstName) : openOrCreate(c, dstName);
  if (dst === undefined) return undefined;
  holdOpen(c, src === dst ? [src] : [src, dst].sort((a, b) => a - b));
  const { srcOff, dstOff, len } = range ?? { srcOff: 0, dstOff: 0, len: 0 };
  if (dedupe && range?.len === 0) return finish(c, f, 'ok');
  call(c, 'return', { fn: 'reflink', pc: 'start', dedupe, src, dst, srcOff, dstOff, len, ret: '' });
  return 'again';
};

function openOrCreate(c: Ctx, name: FileId): InodeId {
  const found = resolveName(draftOf(c), name, procOf(c));
  return found === NO_INODE ? createInode(c, name) : found;
}

function ordered(c: Ctx, f: Clone): { older: InodeId; younger: InodeId } {
  const src = inodeOf(draftOf(c), f.src);
  const dst = inodeOf(draftOf(c), f.dst);
  return src.age <= dst.age ? { older: f.src, younger: f.dst } : { older: f.dst, younger: f.src };
}

export const REFLINK: Procedure<'reflink'> = {
  start(c) {
    const decision = reflinkFeature(c.program.option.knobs, c.program.fs.reflink);
    if (decision.act !== 'refuse') {
      go(c, 'r1');
      return 'again';
    }
    c.label = 'reflink.knobs';
    return ret(c, refused(c, decision));
  },
  r1(c, f) {
    const { older, younger } = ordered(c, f);
    if (!acquire(c, older, 'i_rwsem', 'exclusive')) return undefined;
    if (younger === older) return go(c, 'r2');
    go(c, 'r1b');
    return 'again';
  },
  r1b(c, f) {
    c.label = 'reflink.r1';
    if (acquire(c, ordered(c, f).younger, 'i_rwsem', 'exclusive')) go(c, 'r2');
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
    const decision = onReflinkPin(c.program.option.knobs);
    switch (decision.act) {
      case 'proceed':
        return go(c, 'r3');
      case 'refuse':
        return go(c, 'r5', { ret: refused(c, decision) });
      case 'sleep':
        if (signalPending(c)) return go(c, 'r5', { ret: 'EINTR' });
        release(c, older, 'invalidate_lock');
        go(c, 'woken');
        return sleepOn(c, { type: 'pin', page: busy, inode: older });
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
    const decision = busy === undefined ? undefined : onReflinkPin(c.program.option.knobs);
    if (decision?.act === 'refuse') return go(c, 'r5', { ret: refused(c, decision) });
    if (busy === undefined || decision?.act === 'proceed') return go(c, 'r4');
    release(c, younger, 'invalidate_lock');
    release(c, older, 'invalidate_lock');
    go(c, 'r2');
    sleepOn(c, { type: 'spin', page: busy, inode: younger });
  },
  r4(c, f) {
    const len = cloneLength(c, f);
    const why = rangeFault(c, f, len);
    if (why !== undefined) return go(c, 'r5', { ret: refused(c, { act: 'refuse', errno: 'EINVAL', why }) });
    if (f.dedupe && !comparesEqual(c, f, len)) return go(c, 'r5', { ret: 'differs' });
    if (c.program.fs.dax === 'never') writeBack(c, f.src, f.srcOff, f.srcOff + len);
    dropCache(c, f.dst, f.dstOff, f.dstOff + len);
    zapFile(c, f.dst, f.dstOff, f.dstOff + len);
    dropEntries(c, f.dst, f.dstOff, f.dstOff + len);
    remap(c, f, len);
    const dst = inodeOf(draftOf(c), f.dst);
    const size = len === 0 ? dst.size : Math.max(dst.size, f.dstOff + len);
    if (size !== dst.size) {
      emit(c, { type: 'sizeSet', inode: f.dst, from: dst.size, to: size });
      editInode(c.e, f.dst).size = size;
    }
    go(c, 'r5');
  },
  r5(c, f) {
    for (const inode of f.src === f.dst ? [f.src] : [f.src, f.dst]) {
      release(c, inode, 'invalidate_lock');
      release(c, inode, 'i_rwsem');
    }
    ret(c, f.ret === '' ? 'ok' : f.ret);
  },
};

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

/** xfs_reflink_remap_blocks: where both already share a block nothing changes. */
function remap(c: Ctx, f: Clone, length: number): void {
  const runs = writtenRuns(c, f.src, f.srcOff, f.srcOff + length);
  for (const { block, len } of runs) addRefs(c, block, len);
  removeExtents(c, f.dst, f.dstOff, f.dstOff + length);
  for (const { at, len, block } of runs) {
    const index = at - f.srcOff + f.dstOff;
    setExtent(c, f.dst, index, { block, written: true, len });
    emit(c, { type: 'shared', src: f.src, dst: f.dst, srcIndex: at, dstIndex: index, len });
  }
}

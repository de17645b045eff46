/** pread(2) and pwrite(2): xfs_file_dax_read, xfs_file_dax_write, dax_iomap_iter; their ext4 and page cache cousins. */
import { runsGet } from '../../base/runs.ts';
import type { InodeId } from '../model/ids.ts';
import { pageOfBlock, pageOfDram, ZERO_TAG } from '../model/ids.ts';
import { editDram, editInode } from '../model/draft.ts';
import { onFlag, readWriteAllowed } from '../policies/guards.ts';
import { PROCEED, refuse } from '../policies/decision.ts';
import { onRelocatePin } from '../policies/sharing.ts';
import { extentAt, filePage, fileTag, inodeOf, refcount } from '../query/inodes.ts';
import { isPinned } from '../query/pins.ts';
import { allocate, isShared, setTag } from './blocks.ts';
import { makeWritten, moveTo } from './extents.ts';
import { leaseEnded, meetLease } from './leaseOps.ts';
import { acquire, release } from './locks.ts';
import type { Ctx, FrameOf, Procedure } from './machine.ts';
import { draftOf, emit, go, NO_BLOCK, procOf, refused, ret, killPending } from './machine.ts';
import { meetPin, sleepOnPin } from './onPin.ts';
import { cachePage, canDirty, dropCache, spareBlocks, writeBack } from './pageCache.ts';
import { dropEntries, zapFile } from './pageTables.ts';

export const PREAD: Procedure<'pread'> = {
  start(c) {
    const decision = readWriteAllowed(c.program.fs.type);
    if (decision.act === 'refuse') {
      c.label = `op.${c.ran}`;
      return ret(c, refused(c, decision));
    }
    go(c, 'lock');
    return 'again';
  },
  lock(c, f) {
    if (acquire(c, f.inode, 'i_rwsem', 'shared')) go(c, 'read');
  },
  read(c, f) {
    if (f.op.verb !== 'pread') return;
    const inode = inodeOf(draftOf(c), f.inode);
    const tag = fileTag(draftOf(c), inode, f.op.index);
    if (tag !== undefined) {
      emit(c, { type: 'read', page: filePage(inode, f.op.index), tag, by: 'pread' });
    }
    go(c, 'unlock', { ret: tag === undefined ? 'EOF' : (c.program.tags[tag] ?? '.') });
  },
  unlock(c, f) {
    release(c, f.inode, 'i_rwsem');
    ret(c, f.ret);
  },
};

type Pwrite = FrameOf<'pwrite'>;
function writeOf(f: Pwrite): { index: number; tag: number } {
  if (f.op.verb !== 'pwrite' && f.op.verb !== 'pwrite_direct') throw new Error(`pwrite frame of ${f.op.verb}`);
  return f.op;
}

/** It never waits for pins; write.onPin is asked where it would relocate one. */
export const PWRITE: Procedure<'pwrite'> = {
  start(c) {
    const decision = readWriteAllowed(c.program.fs.type);
    if (decision.act === 'refuse') {
      c.label = `op.${c.ran}`;
      return ret(c, refused(c, decision));
    }
    go(c, 'lease');
    return 'again';
  },
  lease: (c, f) => meetLease(c, [f.inode], { ahead: 'lock', woken: 'leased' }),
  leased: (c, f) => leaseEnded(c, [f.inode], 'lease'),
  lock(c, f) {
    if (!acquire(c, f.inode, 'i_rwsem', 'exclusive')) return;
    const decision = onFlag(c.program.option.knobs, inodeOf(draftOf(c), f.inode), 'write', procOf(c));
    if (decision.act === 'refuse') go(c, 'unlock', { ret: refused(c, decision) });
    else go(c, 'look');
  },
  look(c, f) {
    const extent = extentAt(inodeOf(draftOf(c), f.inode), writeOf(f).index);
    if (c.program.fs.dax === 'never' && f.op.verb === 'pwrite') go(c, 'write');
    else if (c.program.fs.dax === 'never' && isCached(c, f)) go(c, 'flush');
    else if (extent?.written === true && !isShared(c, extent.block)) go(c, 'write');
    else if (extent?.written !== true) go(c, 'alloc');
    else return relocate(c, f, extent.block);
    return 'again';
  },
  /** O_DIRECT past the page cache (kiocb_invalidate_pages): the cached page is written back, unmapped and dropped. */
  flush(c, f) {
    const { index } = writeOf(f);
    writeBack(c, f.inode, index, index + 1);
    zapFile(c, f.inode, index, index + 1);
    dropCache(c, f.inode, index, index + 1);
    go(c, 'look');
  },
  alloc(c, f) {
    const { index } = writeOf(f);
    const isThere = f.x === NO_BLOCK && extentAt(inodeOf(draftOf(c), f.inode), index) !== undefined;
    if (!isThere && spareBlocks(c) <= 0) return noSpace(c);
    if (f.x === NO_BLOCK) {
      const done = makeWritten(c, f.inode, index, (block) => setTag(c, block, ZERO_TAG));
      if (!done) return noSpace(c);
      return go(c, 'zap');
    }
    const block = allocate(c, f.inode, index, true);
    if (block === NO_BLOCK) return noSpace(c);
    go(c, c.kernel.cowWriteInvalidates ? 'zap' : 'copy', { y: block });
  },
  /** invalidate_inode_pages2_range: the index loses its PTEs and its DAX entry. */
  zap(c, f) {
    const { index } = writeOf(f);
    zapFile(c, f.inode, index, index + 1);
    dropEntries(c, f.inode, index, index + 1);
    go(c, f.y === NO_BLOCK ? 'write' : 'copy');
  },
  /** The whole block is new data: nothing of the old one is copied around it. */
  copy(c, f) {
    const { tag } = writeOf(f);
    setTag(c, f.y, tag);
    emit(c, { type: 'wrote', page: pageOfBlock(f.y), tag, by: 'pwrite', owners: 1 });
    go(c, 'remap');
  },
  remap(c, f) {
    moveTo(c, f.inode, writeOf(f).index, f.y);
    go(c, 'unlock', { y: NO_BLOCK });
  },
  write(c, f) {
    const { index, tag } = writeOf(f);
    const buffered = c.program.fs.dax === 'never' && f.op.verb === 'pwrite';
    if (buffered && !canDirty(c, f.inode, index)) return noSpace(c);
    if (buffered) writeCached(c, f.inode, index, tag);
    else writeInPlace(c, f.inode, index, tag);
    const { size } = inodeOf(draftOf(c), f.inode);
    if (index >= size) {
      emit(c, { type: 'sizeSet', inode: f.inode, from: size, to: index + 1 });
      editInode(c.e, f.inode).size = index + 1;
    }
    go(c, 'unlock');
  },
  unlock(c, f) {
    release(c, f.inode, 'i_rwsem');
    ret(c, f.ret === '' ? 'ok' : f.ret);
  },
  /** write.onPin=wait: asleep with i_rwsem held. */
  slept(c) {
    if (c.interrupted) go(c, 'unlock', { ret: 'EINTR' });
    else go(c, 'look');
    return 'again';
  },
};

function noSpace(c: Ctx): void {
  go(c, 'unlock', { ret: refused(c, refuse('ENOSPC', 'no free block', 'blocks')) });
}

/** The write is about to move the file off block `x`. */
function relocate(c: Ctx, f: Pwrite, x: number): 'again' | undefined {
  const page = pageOfBlock(x);
  const decision = isPinned(draftOf(c), x) ? onRelocatePin(c.program.option.knobs) : PROCEED;
  const met = meetPin(c, page, decision, 'look');
  if (met.act === 'called') return 'again';
  if (met.act === 'sleep') {
    c.label = 'pwrite.wait';
    if (killPending(c)) {
      go(c, 'unlock', { ret: 'EINTR' });
      return undefined;
    }
    go(c, 'slept');
    sleepOnPin(c, 'write', { ...met, page, inode: f.inode });
    return undefined;
  }
  if (met.act === 'refuse') {
    c.label = 'pwrite.refused';
    go(c, 'unlock', { ret: refused(c, met) });
    return undefined;
  }
  go(c, 'alloc', { x });
  return 'again';
}

function writeInPlace(c: Ctx, inode: InodeId, index: number, tag: number): void {
  const extent = extentAt(inodeOf(draftOf(c), inode), index);
  if (extent === undefined) return;
  setTag(c, extent.block, tag);
  const owners = refcount(draftOf(c).device, extent.block);
  emit(c, { type: 'wrote', page: pageOfBlock(extent.block), tag, by: 'pwrite', owners });
}

const isCached = (c: Ctx, f: Pwrite): boolean =>
  runsGet(inodeOf(draftOf(c), f.inode).cache, writeOf(f).index) !== undefined;

function writeCached(c: Ctx, inode: InodeId, index: number, tag: number): void {
  const dram = cachePage(c, inode, index);
  Object.assign(editDram(c.e, dram), { tag, dirty: true });
  emit(c, { type: 'wrote', page: pageOfDram(dram), tag, by: 'pwrite', owners: 1 });
}

/**
 * Page faults of shared file mappings: xfs_dax_read_fault, __xfs_write_fault, dax_iomap_pte_fault (fs/dax.c), and
 * filemap_fault for dax=never. No step of a COW break looks at the pins of the block that the file leaves, unless
 * write.onPin says so: that is the hole the thread is about.
 */
import { runsGet } from '../../base/runs.ts';
import type { FileIndex, InodeId } from '../model/ids.ts';
import { pageOfBlock, pageOfDram, ZERO_PAGE, ZERO_TAG } from '../model/ids.ts';
import { onRelocatePin } from '../policies/sharing.ts';
import { blockTag, extentAt, inodeOf, mappingOf } from '../query/inodes.ts';
import { isPinned } from '../query/pins.ts';
import { allocate, dropRefs, isShared, setTag } from './blocks.ts';
import { makeWritten, setExtent } from './extents.ts';
import { acquire, release } from './locks.ts';
import type { Ctx, FrameOf, Procedure } from './machine.ts';
import { draftOf, emit, go, NO_BLOCK, refused, ret, sleepOn } from './machine.ts';
import { cachePage } from './pageCache.ts';
import { setEntry, setPte, zapFile } from './pageTables.ts';

type Fault = FrameOf<'load' | 'store'>;

const inodeBehind = (c: Ctx, f: Fault): InodeId => mappingOf(draftOf(c), f.map).inode;
const indexBehind = (c: Ctx, f: Fault): FileIndex => mappingOf(draftOf(c), f.map).off + f.vpage;

/** Shared by both faults: take invalidate_lock shared, then find out what is there. */
function lockFault(c: Ctx, f: Fault): void {
  if (!mappingOf(draftOf(c), f.map).live) return ret(c, 'EFAULT');
  emit(c, { type: 'faulted', map: f.map, vpage: f.vpage, write: f.fn === 'store' });
  if (acquire(c, inodeBehind(c, f), 'invalidate_lock', 'shared')) go(c, 'look');
}

function pastEnd(c: Ctx): void {
  emit(c, { type: 'refused', errno: 'SIGBUS', why: 'the index is past the end of the file' });
  go(c, 'unlock', { ret: 'SIGBUS' });
}

function unlockFault(c: Ctx, f: Fault): void {
  release(c, inodeBehind(c, f), 'invalidate_lock');
  ret(c, f.ret === '' ? 'ok' : f.ret);
}

/** dax=never: the PTE points at the cached page; a block for it is found at writeback. */
function mapCached(writable: boolean): (c: Ctx, f: Fault) => void {
  return (c, f) => {
    const dram = cachePage(c, inodeBehind(c, f), indexBehind(c, f));
    setPte(c, f.map, f.vpage, pageOfDram(dram), writable);
    go(c, 'unlock');
  };
}

export const LOAD: Procedure<'load' | 'store'> = {
  lock: lockFault,
  look(c, f) {
    const inode = inodeOf(draftOf(c), inodeBehind(c, f));
    const index = indexBehind(c, f);
    const extent = extentAt(inode, index);
    if (index >= inode.size) go(c, 'eof');
    else if (c.program.fs.dax === 'never') go(c, 'cache');
    else if (extent?.written !== true) go(c, 'hole');
    else go(c, isShared(c, extent.block) ? 'sharedZap' : 'block', { x: extent.block });
    return 'again';
  },
  eof: pastEnd,
  hole(c, f) {
    setPte(c, f.map, f.vpage, ZERO_PAGE, false);
    go(c, 'unlock');
  },
  /** 6.12 on: dax_insert_entry of a shared block zaps the file's other PTEs of the index, for a load too. */
  sharedZap(c, f) {
    const index = indexBehind(c, f);
    zapFile(c, inodeBehind(c, f), index, index + 1);
    go(c, 'block');
  },
  block(c, f) {
    setEntry(c, inodeBehind(c, f), indexBehind(c, f), f.x);
    setPte(c, f.map, f.vpage, pageOfBlock(f.x), false);
    go(c, 'unlock');
  },
  cache: mapCached(false),
  unlock: unlockFault,
};

export const STORE: Procedure<'load' | 'store'> = {
  lock: lockFault,
  look(c, f) {
    const inode = inodeOf(draftOf(c), inodeBehind(c, f));
    const index = indexBehind(c, f);
    const extent = extentAt(inode, index);
    if (index >= inode.size) go(c, 'eof');
    else if (c.program.fs.dax === 'never') go(c, 'cache');
    else if (extent?.written !== true) go(c, 'alloc');
    else if (!isShared(c, extent.block)) go(c, 'map', { x: extent.block });
    else return relocate(c, f, extent.block);
    return 'again';
  },
  eof: pastEnd,
  /** (a) written and unshared. */
  map(c, f) {
    setEntry(c, inodeBehind(c, f), indexBehind(c, f), f.x);
    setPte(c, f.map, f.vpage, pageOfBlock(f.x), true);
    go(c, 'unlock');
  },
  /** (b) hole or unwritten. */
  alloc(c, f) {
    const done = makeWritten(c, inodeBehind(c, f), indexBehind(c, f), (block) => setTag(c, block, ZERO_TAG));
    if (!done) return noSpace(c);
    go(c, 'zap');
  },
  zap(c, f) {
    const index = indexBehind(c, f);
    zapFile(c, inodeBehind(c, f), index, index + 1);
    go(c, 'entry');
  },
  entry(c, f) {
    const extent = extentAt(inodeOf(draftOf(c), inodeBehind(c, f)), indexBehind(c, f));
    if (extent === undefined) return go(c, 'unlock');
    setEntry(c, inodeBehind(c, f), indexBehind(c, f), extent.block);
    setPte(c, f.map, f.vpage, pageOfBlock(extent.block), true);
    go(c, 'unlock');
  },
  /** (c) the COW break. */
  c1(c, f) {
    const block = allocate(c, inodeBehind(c, f), indexBehind(c, f), true);
    if (block === NO_BLOCK) return noSpace(c);
    go(c, 'c2', { y: block });
  },
  c2(c, f) {
    const index = indexBehind(c, f);
    zapFile(c, inodeBehind(c, f), index, index + 1);
    go(c, 'c3');
  },
  c3(c, f) {
    setEntry(c, inodeBehind(c, f), indexBehind(c, f), f.y);
    go(c, 'c4');
  },
  c4(c, f) {
    const tag = blockTag(draftOf(c).device, f.x);
    setTag(c, f.y, tag);
    emit(c, { type: 'copied', from: pageOfBlock(f.x), to: pageOfBlock(f.y), tag });
    go(c, 'c5');
  },
  c5(c, f) {
    setPte(c, f.map, f.vpage, pageOfBlock(f.y), true);
    go(c, 'c6');
  },
  c6(c, f) {
    setExtent(c, inodeBehind(c, f), indexBehind(c, f), { block: f.y, written: true });
    dropRefs(c, f.x, 1);
    go(c, 'unlock', { y: NO_BLOCK });
  },
  cache: mapCached(true),
  unlock: unlockFault,
  /** write.onPin=wait: slept without invalidate_lock; the fault starts again, or SIGKILL ended it. */
  slept(c) {
    if (c.interrupted) ret(c, 'EINTR');
    else go(c, 'lock', { x: NO_BLOCK });
    return 'again';
  },
};

function noSpace(c: Ctx): void {
  emit(c, { type: 'refused', errno: 'SIGBUS', why: 'no free block' });
  go(c, 'unlock', { ret: 'SIGBUS' });
}

/** The fault is about to move the file off block `x`. */
function relocate(c: Ctx, f: Fault, x: number): 'again' | undefined {
  const decision = isPinned(draftOf(c), x) ? onRelocatePin(c.program.option.knobs) : { act: 'proceed' as const };
  switch (decision.act) {
    case 'proceed':
      go(c, 'c1', { x });
      return 'again';
    case 'sleep':
      release(c, inodeBehind(c, f), 'invalidate_lock');
      go(c, 'slept');
      sleepOn(c, { type: 'write', page: pageOfBlock(x), inode: inodeBehind(c, f) });
      c.label = 'store.wait';
      return undefined;
    case 'refuse':
      refused(c, { ...decision, errno: 'SIGBUS' });
      go(c, 'unlock', { ret: 'SIGBUS' });
      c.label = 'store.refused';
      return undefined;
  }
}

/** Whether the CPU can go through the PTE as it is. */
export function pteAllows(pte: number | undefined, write: boolean, writable: (pte: number) => boolean): boolean {
  return pte !== undefined && (!write || writable(pte));
}

export const pteAt = (c: Ctx, map: number, vpage: number): number | undefined =>
  runsGet(mappingOf(draftOf(c), map).ptes, vpage);

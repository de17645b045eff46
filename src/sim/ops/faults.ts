/**
 * Page faults: xfs_dax_read_fault, __xfs_write_fault, dax_iomap_pte_fault (fs/dax.c), filemap_fault for dax=never,
 * shmem_fault, dev_dax_fault; what a private mapping copies is in anonymous.ts. No step of a COW break looks at the pins of the block that the file leaves, unless
 * write.onPin says so: that is the hole the thread is about.
 */
import { runsGet } from '../../base/runs.ts';
import type { FileIndex, InodeId } from '../model/ids.ts';
import { pageOfBlock, pageOfDram, ZERO_PAGE, ZERO_TAG } from '../model/ids.ts';
import { PROCEED, refuse } from '../policies/decision.ts';
import { onRelocatePin } from '../policies/sharing.ts';
import { blockTag, extentAt, filePage, inodeOf, mappingOf } from '../query/inodes.ts';
import { isPinned } from '../query/pins.ts';
import { mapFreshPage, ownPage } from './anonymous.ts';
import { allocate, dropRefs, isShared, setTag } from './blocks.ts';
import { makeWritten, setExtent } from './extents.ts';
import { acquire, release } from './locks.ts';
import type { Ctx, FrameOf, Procedure } from './machine.ts';
import { draftOf, emit, go, NO_BLOCK, refused, ret } from './machine.ts';
import { meetPin, sleepOnPin } from './onPin.ts';
import { cachePage, canDirty, usesCache } from './pageCache.ts';
import { setEntry, setPte, zapFile } from './pageTables.ts';

type Fault = FrameOf<'load' | 'store'>;

const inodeBehind = (c: Ctx, f: Fault): InodeId => mappingOf(draftOf(c), f.map).inode;
const indexBehind = (c: Ctx, f: Fault): FileIndex => mappingOf(draftOf(c), f.map).off + f.vpage;

/** Shared by both faults: take invalidate_lock shared, then find out what is there. What needs no file takes no lock. */
function lockFault(c: Ctx, f: Fault): 'again' | undefined {
  const m = mappingOf(draftOf(c), f.map);
  if (!m.live) return void ret(c, 'EFAULT');
  emit(c, { type: 'faulted', map: f.map, vpage: f.vpage, write: f.fn === 'store' });
  const own = m.private && f.fn === 'store' && pteAt(c, f.map, f.vpage) !== undefined;
  const door = own ? 'wp' : m.source === 'anon' ? 'anon' : m.source === 'file' && isDevice(c) ? 'device' : undefined;
  if (door !== undefined) {
    go(c, door);
    return 'again';
  }
  if (acquire(c, m.inode, 'invalidate_lock', 'shared')) go(c, 'look');
  return undefined;
}

const isDevice = (c: Ctx): boolean => c.program.fs.type === 'device-dax';

/** dev_dax_fault: every index has its block, mapped as the VMA allows. No entry, for there is no layout to break. */
function mapDevice(c: Ctx, f: Fault): void {
  const extent = extentAt(inodeOf(draftOf(c), inodeBehind(c, f)), indexBehind(c, f));
  if (extent === undefined) {
    return ret(c, refused(c, refuse('SIGBUS', 'the index is past the end of the device', 'size')));
  }
  setPte(c, f.map, f.vpage, pageOfBlock(extent.block), true);
  ret(c, 'ok');
}

function pastEnd(c: Ctx): void {
  go(c, 'unlock', { ret: refused(c, refuse('SIGBUS', 'the index is past the end of the file', 'size')) });
}

function unlockFault(c: Ctx, f: Fault): void {
  release(c, inodeBehind(c, f), 'invalidate_lock');
  ret(c, f.ret === '' ? 'ok' : f.ret);
}

/**
 * The PTE points at the cached page; a block for it is found at writeback, and promised by the first store
 * (iomap_page_mkwrite). Of shmem nothing is written back: no need to see a store.
 */
function mapCached(writable: boolean): (c: Ctx, f: Fault) => void {
  return (c, f) => {
    if (writable && !canDirty(c, inodeBehind(c, f), indexBehind(c, f))) return noSpace(c);
    const dram = cachePage(c, inodeBehind(c, f), indexBehind(c, f));
    const shmem = inodeOf(draftOf(c), inodeBehind(c, f)).memfd >= 0;
    setPte(c, f.map, f.vpage, pageOfDram(dram), writable || shmem);
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
    else if (usesCache(c, inodeBehind(c, f))) go(c, 'cache');
    else if (extent?.written !== true) go(c, 'hole');
    else go(c, isShared(c, extent.block) && c.kernel.loadZapsShared ? 'sharedZap' : 'block', { x: extent.block });
    return 'again';
  },
  anon(c, f) {
    setPte(c, f.map, f.vpage, ZERO_PAGE, false);
    ret(c, 'ok');
  },
  device: mapDevice,
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
    else if (mappingOf(draftOf(c), f.map).private) go(c, 'copy');
    else if (usesCache(c, inodeBehind(c, f))) go(c, 'cache');
    else if (extent?.written !== true) go(c, 'alloc');
    else if (!isShared(c, extent.block)) go(c, 'map', { x: extent.block });
    else return relocate(c, f, extent.block);
    return 'again';
  },
  eof: pastEnd,
  /** do_wp_page of a private mapping: the page that it maps read-only is copied, or kept if nobody else has it. */
  wp(c, f) {
    ownPage(c, f.map, f.vpage, ZERO_PAGE);
    ret(c, 'ok');
  },
  anon(c, f) {
    mapFreshPage(c, f.map, f.vpage);
    ret(c, 'ok');
  },
  device: mapDevice,
  /** do_cow_fault, dax_fault_cow_page: the file's data is copied at once, and leaves no DAX entry. */
  copy(c, f) {
    const index = indexBehind(c, f);
    if (usesCache(c, inodeBehind(c, f))) cachePage(c, inodeBehind(c, f), index);
    ownPage(c, f.map, f.vpage, filePage(inodeOf(draftOf(c), inodeBehind(c, f)), index));
    go(c, 'unlock');
  },
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
  go(c, 'unlock', { ret: refused(c, refuse('SIGBUS', 'no free block', 'blocks')) });
}

/** The fault is about to move the file off block `x`. */
function relocate(c: Ctx, f: Fault, x: number): 'again' | undefined {
  const decision = isPinned(draftOf(c), x) ? onRelocatePin(c.program.option.knobs) : PROCEED;
  const met = meetPin(c, pageOfBlock(x), decision, 'look');
  if (met.act === 'called') return 'again';
  if (met.act === 'sleep') {
    release(c, inodeBehind(c, f), 'invalidate_lock');
    go(c, 'slept');
    sleepOnPin(c, 'write', { ...met, page: pageOfBlock(x), inode: inodeBehind(c, f) });
    c.label = 'store.wait';
    return undefined;
  }
  if (met.act === 'refuse') {
    refused(c, { ...met, errno: 'SIGBUS' });
    go(c, 'unlock', { ret: 'SIGBUS' });
    c.label = 'store.refused';
    return undefined;
  }
  go(c, 'c1', { x });
  return 'again';
}

/** Whether the CPU can go through the PTE as it is. */
export function pteAllows(pte: number | undefined, write: boolean, writable: (pte: number) => boolean): boolean {
  return pte !== undefined && (!write || writable(pte));
}

export const pteAt = (c: Ctx, map: number, vpage: number): number | undefined =>
  runsGet(mappingOf(draftOf(c), map).ptes, vpage);

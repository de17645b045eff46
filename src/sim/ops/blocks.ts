/** The allocator, reference counts and pin counts of the device. Every change of a block's state goes through here. */
import { runsClear, runsEach, runsFirst, runsGet, runsSet } from '../../base/runs.ts';
import type { Block, FileIndex, InodeId, Page, TagId } from '../model/ids.ts';
import { blockOfPage, dramOfPage, isBlock, isDram, pageOfBlock, ZERO_TAG } from '../model/ids.ts';
import { editDevice, editDram, TOUCHED } from '../model/draft.ts';
import { BUSY, FREE, NO_DRAM, ZOMBIE } from '../model/state.ts';
import type { PinOwner } from '../model/state.ts';
import { freedTo } from '../policies/freeing.ts';
import { isAnonMapped } from '../query/anonymous.ts';
import { blockTag, refcount } from '../query/inodes.ts';
import { pinCount } from '../query/pins.ts';
import type { Ctx } from './machine.ts';
import { draftOf, emit, NO_BLOCK } from './machine.ts';

type Category = 'free' | 'busy' | 'owned' | 'zombie';
const categoryOf = (use: number): Category =>
  use > 0 ? 'owned' : use === FREE ? 'free' : use === BUSY ? 'busy' : 'zombie';

/** Sets `use` of blocks that all have the value `from` now. */
function setUse(c: Ctx, block: Block, len: number, from: number, to: number): void {
  const device = editDevice(c.e, TOUCHED.use);
  device.use = runsSet(device.use, block, len, to, 0);
  device[categoryOf(from)] -= len;
  device[categoryOf(to)] += len;
}

export function setTag(c: Ctx, block: Block, tag: TagId): void {
  const device = editDevice(c.e, TOUCHED.tags);
  device.tags = tag === ZERO_TAG ? runsClear(device.tags, block, 1) : runsSet(device.tags, block, 1, tag, 0);
  device.unzeroed = runsClear(device.unzeroed, block, 1);
}

/** xfs_log_force: freed blocks become free to hand out. */
export function commitLog(c: Ctx): void {
  const { busy, use } = draftOf(c).device;
  if (busy === 0) return;
  for (let block = runsFirst(use, BUSY, 0); block !== undefined; block = runsFirst(draftOf(c).device.use, BUSY, block))
    setUse(c, block, 1, BUSY, FREE);
  emit(c, { type: 'logCommitted', blocks: busy });
}

/** Blocks that an allocation could get, after a log commit if need be. */
export function availableBlocks(c: Ctx): number {
  const { free, busy } = draftOf(c).device;
  return free + busy;
}

function pickFree(c: Ctx): Block | undefined {
  if (draftOf(c).device.free === 0) commitLog(c);
  const { free, use } = draftOf(c).device;
  if (free === 0) return undefined;
  let block = runsFirst(use, FREE, 0);
  if (c.program.alloc === 'lowest') return block;
  for (let k = c.choose(free); k > 0 && block !== undefined; k--) block = runsFirst(use, FREE, block + 1);
  return block;
}

/** Takes one free block for `index` of a file, with a first reference; NO_BLOCK when the device is full. */
export function allocate(c: Ctx, inode: InodeId, index: FileIndex, zeroed: boolean): Block {
  const block = pickFree(c);
  if (block === undefined) return NO_BLOCK;
  take(c, block, 1);
  if (zeroed) setTag(c, block, ZERO_TAG);
  else markUnzeroed(c, block, 1);
  emit(c, { type: 'allocated', block, len: 1, inode, index, zeroed });
  return block;
}

/** A new block for `index` with the contents of another. The caller made sure that there is one. */
export function copyBlock(c: Ctx, inode: InodeId, index: FileIndex, from: Block): Block {
  const to = allocate(c, inode, index, true);
  const tag = blockTag(draftOf(c).device, from);
  setTag(c, to, tag);
  emit(c, { type: 'copied', from: pageOfBlock(from), to: pageOfBlock(to), tag });
  return to;
}

/** Takes up to `len` blocks in a row, not zeroed: as many as follow the block that the allocator picks. */
export function allocateRun(c: Ctx, inode: InodeId, index: FileIndex, len: number): { block: Block; len: number } | undefined {
  const block = pickFree(c);
  if (block === undefined) return undefined;
  let free = 1;
  if (c.program.alloc === 'lowest')
    runsEach(draftOf(c).device.use, block, block + len, (at, n, use, step) => {
      if (use === FREE && at <= block + free) free = Math.max(free, at - block + (step === 0 ? n : 1));
      return use !== FREE || (step === 1 && n > 1) || undefined;
    });
  take(c, block, free);
  markUnzeroed(c, block, free);
  emit(c, { type: 'allocated', block, len: free, inode, index, zeroed: false });
  return { block, len: free };
} // prettier-ignore

function take(c: Ctx, block: Block, len: number): void {
  setUse(c, block, len, FREE, 1);
}

function markUnzeroed(c: Ctx, block: Block, len: number): void {
  const device = editDevice(c.e, TOUCHED.tags);
  device.unzeroed = runsSet(device.unzeroed, block, len, 1, 0);
}

/** Applies `f` to maximal runs of equal `use` in [block, block+len). */
function eachUse(c: Ctx, block: Block, len: number, f: (at: Block, n: number, use: number) => void): void {
  const runs: [number, number, number][] = [];
  runsEach(draftOf(c).device.use, block, block + len, (at, n, value, step) => {
    if (step === 0) runs.push([at, n, value]);
    else for (let i = 0; i < n; i++) runs.push([at + i, 1, value + i]);
  });
  for (const [at, n, value] of runs) f(at, n, value);
}

export function addRefs(c: Ctx, block: Block, len: number): void {
  eachUse(c, block, len, (at, n, use) => {
    setUse(c, at, n, use, use + 1);
    emit(c, { type: 'refcount', block: at, len: n, from: use, to: use + 1 });
  });
}

/** Takes one map entry off each block; a block without any is freed. Nobody asks the pins, unless free.onPin does. */
export function dropRefs(c: Ctx, block: Block, len: number): void {
  eachUse(c, block, len, (at, n, use) => {
    if (use > 1) {
      setUse(c, at, n, use, use - 1);
      emit(c, { type: 'refcount', block: at, len: n, from: use, to: use - 1 });
    } else freeBlocks(c, at, n);
  });
}

function freeBlocks(c: Ctx, block: Block, len: number): void {
  const pinned: [number, number, number][] = [];
  runsEach(draftOf(c).device.pins, block, block + len, (at, n, value, step) => {
    if (step === 0) pinned.push([at, n, value]);
    else for (let i = 0; i < n; i++) pinned.push([at + i, 1, value + i]);
  });
  let next = block;
  for (const [at, n, pins] of pinned) {
    if (at > next) freeRun(c, next, at - next, 0);
    freeRun(c, at, n, pins);
    next = at + n;
  }
  if (next < block + len) freeRun(c, next, block + len - next, 0);
}

function freeRun(c: Ctx, block: Block, len: number, pins: number): void {
  const to = freedTo(c.program.option.knobs, pins > 0, c.program.fs.log);
  setUse(c, block, len, 1, to);
  const device = editDevice(c.e, TOUCHED.tags);
  device.unzeroed = runsClear(device.unzeroed, block, len);
  emit(c, { type: 'freed', block, len, to: to === ZOMBIE ? 'zombie' : to === BUSY ? 'busy' : 'free', pins });
}

/** Counts a new pin. The owner's own record is the caller's. */
export function pinPage(c: Ctx, owner: PinOwner, page: Page, via: { inode: InodeId; index: FileIndex; write: boolean }): void {
  if (isBlock(page)) {
    const device = editDevice(c.e, TOUCHED.pins);
    device.pins = runsSet(device.pins, blockOfPage(page), 1, (runsGet(device.pins, page) ?? 0) + 1, 0);
  }
  emit(c, { type: 'pinned', owner, page, ...via });
} // prettier-ignore

/** Call after the owner's record let go. The last pin of a zombie frees it; of an orphaned DRAM page too. */
export function unpinPage(c: Ctx, owner: PinOwner, page: Page): void {
  emit(c, { type: 'unpinned', owner, page });
  if (isDram(page)) return reapDram(c, dramOfPage(page), page);
  if (!isBlock(page)) return;
  const device = editDevice(c.e, TOUCHED.pins);
  const left = (runsGet(device.pins, page) ?? 1) - 1;
  device.pins = left === 0 ? runsClear(device.pins, page, 1) : runsSet(device.pins, page, 1, left, 0);
  if (left === 0 && runsGet(device.use, page) === ZOMBIE) {
    setUse(c, blockOfPage(page), 1, ZOMBIE, freedTo(c.program.option.knobs, false, c.program.fs.log));
    emit(c, {
      type: 'freed',
      block: blockOfPage(page),
      len: 1,
      to: c.program.fs.log === 'async' ? 'busy' : 'free',
      pins: 0,
    });
  }
}

/** A page of DRAM that belongs to no file goes back to the machine when no pin, and no PTE, points at it any more. */
export function reapDram(c: Ctx, dram: number, page: Page): void {
  const found = draftOf(c).dram[dram];
  if (found === undefined || !found.live || found.inode >= 0 || pinCount(draftOf(c), page) > 0) return;
  if (found.anon && isAnonMapped(draftOf(c), page)) return;
  if (found.anon) emit(c, { type: 'anonFreed', dram });
  Object.assign(editDram(c.e, dram), NO_DRAM);
}

/** Whether a block is handed out again once `entries` map entries of it are gone. */
export function isLastOf(c: Ctx, block: Block, entries: number): boolean {
  const { device } = draftOf(c);
  const pinned = runsGet(device.pins, block) !== undefined;
  return refcount(device, block) === entries && freedTo(c.program.option.knobs, pinned, c.program.fs.log) !== ZOMBIE;
}

export const isShared = (c: Ctx, block: Block): boolean => refcount(draftOf(c).device, block) > 1;

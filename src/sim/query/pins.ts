/** Who pins what. A pin lives in its owner (MR, O_DIRECT, pipe); `Device.pins` counts them by block. */
import { runsEach, runsFirst, runsGet } from '../../base/runs.ts';
import type { FileIndex, InodeId, Page, ProcId } from '../model/ids.ts';
import { blockOfPage, isBlock } from '../model/ids.ts';
import type { Dma, EntityRef, Mr, PinOwner, Pipe, State } from '../model/state.ts';

export type Pin = {
  readonly owner: PinOwner;
  readonly page: Page;
  /** The inode and index that it was taken through; NO_INODE once that inode is gone. */
  readonly inode: InodeId;
  readonly index: FileIndex;
  readonly write: boolean;
  readonly proc: ProcId;
  /** short: O_DIRECT; get: a pipe (vmsplice); longterm: an MR. */
  readonly kind: 'short' | 'get' | 'longterm';
};

export const holdsDioPin = (dma: Dma): boolean =>
  dma.phase === 'posted' && (dma.kind === 'dio_read' || dma.kind === 'dio_write');
export const holdsPipePin = (pipe: Pipe): boolean => pipe.phase === 'full';

/** Calls `f` for every pin; stops when it returns true. MR pins slot by slot, then O_DIRECT, then pipes. */
export function eachPin(state: State, f: (pin: Pin) => boolean | void): void {
  let stop = false;
  state.mrs.forEach((mr, id) => {
    if (!stop) stop = eachMrPin(mr, id, f);
  });
  if (!stop) eachShortPin(state, f);
}

function eachShortPin(state: State, f: (pin: Pin) => boolean | void): void {
  let stop = false;
  state.dmas.forEach((dma, id) => {
    if (stop || !holdsDioPin(dma)) return;
    const owner = { type: 'dma', dma: id } as const;
    stop = f({ owner, page: dma.page, inode: dma.inode, index: dma.fileIndex, write: dma.kind === 'dio_read', proc: dma.proc, kind: 'short' }) === true; // prettier-ignore
  });
  state.pipes.forEach((pipe, id) => {
    if (stop || !holdsPipePin(pipe)) return;
    const owner = { type: 'pipe', pipe: id } as const;
    stop = f({ owner, page: pipe.page, inode: pipe.inode, index: pipe.fileIndex, write: false, proc: pipe.proc, kind: 'get' }) === true; // prettier-ignore
  });
}

function eachMrPin(mr: Mr, id: number, f: (pin: Pin) => boolean | void): boolean {
  let stop = false;
  runsEach(mr.pins, 0, mr.len, (at, len, value, step) => {
    for (let i = 0; i < len && !stop; i++) {
      stop = f(mrPin(mr, id, at + i, value + i * step)) === true;
    }
    return stop || undefined;
  });
  return stop;
}

function mrPin(mr: Mr, id: number, slot: number, page: Page): Pin {
  const owner = { type: 'mr', mr: id, slot } as const;
  return { owner, page, inode: mr.inode, index: mr.base + slot, write: mr.writable, proc: mr.proc, kind: 'longterm' };
}

/** All pins of one page, in the order of `eachPin`; parts of a big MR that do not reach it are skipped. */
export function pinsOf(state: State, page: Page): readonly Pin[] {
  if (isBlock(page) && !isPinned(state, page)) return [];
  const found: Pin[] = [];
  state.mrs.forEach((mr, id) => {
    for (let at = runsFirst(mr.pins, page, 0); at !== undefined; at = runsFirst(mr.pins, page, at + 1))
      found.push(mrPin(mr, id, at, page));
  });
  eachShortPin(state, (pin) => {
    if (pin.page === page) found.push(pin);
  });
  return found;
}

/** Number of pins on a page of any kind. The zero page counts as never pinned: nothing waits for it. */
export function pinCount(state: State, page: Page): number {
  if (isBlock(page)) return runsGet(state.device.pins, blockOfPage(page)) ?? 0;
  return pinsOf(state, page).length;
}

export function isPinned(state: State, page: Page): boolean {
  return isBlock(page) && runsGet(state.device.pins, blockOfPage(page)) !== undefined;
}

/** A fence would take this pin away: its MR is at work, or being made. */
export function isFenceable(state: State, pin: Pin): boolean {
  const mr = pin.owner.type === 'mr' ? state.mrs[pin.owner.mr]?.state : undefined;
  return mr === 'live' || mr === 'pinning';
}

/** Somebody who is alive could be killed for this pin. */
export const isKillablePin = (state: State, pin: Pin): boolean =>
  ownersOf(state, pin).some((proc) => state.procs[proc]?.state === 'running');

/** An MR is of every process that holds its uverbs handle; any other pin of the process that took it. */
export function ownersOf(state: State, pin: Pin): readonly ProcId[] {
  const mr = pin.owner.type === 'mr' ? state.mrs[pin.owner.mr] : undefined;
  if (mr === undefined) return [pin.proc];
  return state.procs.flatMap(({ handles }, proc) => (handles.includes(mr.handle) ? [proc] : []));
}

/** What stands for the holder of a pin, to be marked and gone to: the slot of an MR, the DMA, the pipe. */
export function refOfOwner(owner: PinOwner): EntityRef {
  switch (owner.type) {
    case 'mr':
      return { type: 'mtt', mr: owner.mr, slot: owner.slot };
    case 'dma':
      return { type: 'dma', dma: owner.dma };
    case 'pipe':
      return { type: 'pipe', pipe: owner.pipe };
  }
}

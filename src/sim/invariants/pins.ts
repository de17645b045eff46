/** S1 and S2: where DMA can reach. Both look at runs, not at slots, so an MR of a million pages costs its extents. */
import { runsEach, runsGet } from '../../base/runs.ts';
import type { Block, FileIndex, InodeId } from '../model/ids.ts';
import { extentBlock, isBlock } from '../model/ids.ts';
import type { Program } from '../model/program.ts';
import type { EntityRef, PinOwner, State } from '../model/state.ts';
import { BUSY, FREE } from '../model/state.ts';
import { indexOfBlock } from '../query/inodes.ts';
import { holdsDioPin, holdsPipePin } from '../query/pins.ts';
import { indexName, ownerName } from '../query/naming.ts';
import type { Finding, StateProperty } from './finding.ts';

/** `len` consecutive pages that one owner reaches, pinned or translated through consecutive indexes of an inode. */
type Reach = { owner: PinOwner; page: number; len: number; inode: InodeId; index: FileIndex };

/** MTT slots of live MRs (pins and on-demand translations alike). */
function eachTranslation(state: State, f: (reach: Reach) => void): void {
  state.mrs.forEach((mr, id) => {
    if (mr.state !== 'live') return;
    runsEach(mr.mtt, 0, mr.len, (slot, n, page, step) => {
      const len = step === 1 || n === 1 ? n : 1;
      for (let i = 0; i < n; i += len)
        f({ owner: { type: 'mr', mr: id, slot: slot + i }, page, len, inode: mr.inode, index: mr.base + slot + i });
    });
  });
}

function eachDio(state: State, f: (reach: Reach) => void): void {
  state.dmas.forEach((dma, id) => {
    if (holdsDioPin(dma))
      f({ owner: { type: 'dma', dma: id }, page: dma.page, len: 1, inode: dma.inode, index: dma.fileIndex });
  });
}

function eachPipe(state: State, f: (reach: Reach) => void): void {
  state.pipes.forEach((pipe, id) => {
    if (holdsPipePin(pipe))
      f({ owner: { type: 'pipe', pipe: id }, page: pipe.page, len: 1, inode: pipe.inode, index: pipe.fileIndex });
  });
}

/** Pins of MRs that are not live yet, or no longer: registering, or revoked and not unpinned. */
function eachOtherMrPin(state: State, f: (reach: Reach) => void): void {
  state.mrs.forEach((mr, id) => {
    if (mr.state === 'live') return;
    runsEach(mr.pins, 0, mr.len, (slot, n, page, step) => {
      for (let i = 0; i < n; i++)
        f({ owner: { type: 'mr', mr: id, slot: slot + i }, page: page + i * step, len: 1, inode: mr.inode, index: mr.base + slot + i }); // prettier-ignore
    });
  });
}

const ownerAt = (owner: PinOwner, i: number): PinOwner =>
  owner.type === 'mr' ? { ...owner, slot: owner.slot + i } : owner;

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

const keyOfOwner = (owner: PinOwner): string =>
  owner.type === 'mr' ? `mr:${owner.mr}:${owner.slot}` : owner.type === 'dma' ? `dma:${owner.dma}` : `pipe:${owner.pipe}`; // prettier-ignore

export const S1: StateProperty = {
  kind: 'state',
  id: 'S1',
  inputs: (s) => [s.device.use, s.mrs, s.dmas],
  check(program, state) {
    const found: Finding[] = [];
    const look = ({ owner, page, len }: Reach): void => {
      if (!isBlock(page)) return;
      runsEach(state.device.use, page, page + len, (at, n, value, step) => {
        for (let i = 0; i < n; i++) {
          const use = value + i * step;
          if (use === FREE || use === BUSY) found.push(dmaToFree(program, ownerAt(owner, at + i - page), at + i, use));
        }
      });
    };
    eachTranslation(state, look);
    eachDio(state, look);
    return found;
  },
};

function dmaToFree(program: Program, owner: PinOwner, block: Block, use: number): Finding {
  const free = use === FREE ? 'free' : 'freed (the log is not committed)';
  const message = `${ownerName(program, owner)} still reaches block ${block}, which is ${free}`;
  return { id: 'S1', key: `${keyOfOwner(owner)}:${block}`, message, refs: [refOfOwner(owner), { type: 'block', block }] }; // prettier-ignore
}

export const S2: StateProperty = {
  kind: 'state',
  id: 'S2',
  inputs: (s) => [s.device.use, s.mrs, s.dmas, s.pipes, s.inodes],
  check(program, state) {
    const found: Finding[] = [];
    const look = (reach: Reach): void => {
      if (!isBlock(reach.page) || mapsRun(state, reach)) return;
      for (let i = 0; i < reach.len; i++) {
        const block = reach.page + i;
        const strangers = crossFile(state, block, reach.inode);
        if (strangers) found.push(crossFileDma(program, state, { ...reach, owner: ownerAt(reach.owner, i), index: reach.index + i, page: block })); // prettier-ignore
      }
    };
    eachTranslation(state, look);
    eachOtherMrPin(state, look);
    eachDio(state, look);
    eachPipe(state, look);
    return found;
  },
};

/** The common case at the cost of one look: the inode maps the very run at the very place. */
function mapsRun(state: State, { page, len, inode, index }: Reach): boolean {
  const map = state.inodes[inode]?.map;
  if (map === undefined) return false;
  let next = 0;
  runsEach(map, index, index + len, (at, n, value, step) => {
    if (at !== index + next || extentBlock(value) !== page + next || (step === 0 && n > 1)) return true;
    next += n;
    return undefined;
  });
  return next === len;
}

/** OWNED, and at no index by this inode. */
function crossFile(state: State, block: Block, inode: InodeId): boolean {
  if ((runsGet(state.device.use, block) ?? 0) <= 0) return false;
  return placeOf(state, block, inode) === undefined && !isBeingCopied(state, block);
}

/** A block that a COW break or an allocation has taken but not mapped yet has no owner to be a stranger to. */
function isBeingCopied(state: State, block: Block): boolean {
  return state.tasks.some((t) => t.frames.some((f) => (f.fn === 'store' || f.fn === 'load' || f.fn === 'pwrite') && f.y === block)); // prettier-ignore
}

/** The first index at which a live inode maps a block. */
function placeOf(state: State, block: Block, inode: InodeId): FileIndex | undefined {
  const record = state.inodes[inode];
  return record?.live === true ? indexOfBlock(record, block) : undefined;
}

function crossFileDma(program: Program, state: State, reach: Reach): Finding {
  const { owner, page: block, inode, index } = reach;
  const other = state.inodes.findIndex((_, id) => id !== inode && placeOf(state, block, id) !== undefined);
  const theirs = other === -1 ? undefined : placeOf(state, block, other);
  const whose = theirs === undefined ? 'another file' : indexName(program, state, other, theirs);
  const via = inode < 0 ? 'a file that is gone' : `${indexName(program, state, inode, index)}`;
  const message = `${ownerName(program, owner)}, taken through ${via}, reaches block ${block}, now of ${whose}`;
  const refs: EntityRef[] = [refOfOwner(owner), { type: 'block', block }];
  if (theirs !== undefined) refs.push({ type: 'extent', inode: other, index: theirs });
  return { id: 'S2', key: `${keyOfOwner(owner)}:${block}`, message, refs };
}

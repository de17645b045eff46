/** S1 and S2: where DMA can reach. Both look at runs, not at slots, so an MR of a million pages costs its extents. */
import { runsEach, runsGet } from '../../base/runs.ts';
import type { Block, FileIndex, InodeId, Page } from '../model/ids.ts';
import { blockOfPage, extentBlock, isBlock } from '../model/ids.ts';
import type { Program } from '../model/program.ts';
import type { EntityRef, PinOwner, State } from '../model/state.ts';
import { BUSY, FREE } from '../model/state.ts';
import { indexName, ownerName } from '../query/naming.ts';
import { indexOfBlock } from '../query/inodes.ts';
import { holdsDioPin, holdsPipePin, refOfOwner } from '../query/pins.ts';
import type { Finding, Stretch } from './finding.ts';
import { stretchProperty } from './finding.ts';
import { changedSlots, eachChangedValue, eachUnmapped, mapOf, reachOf, shortPins, slotsOn } from './suspects.ts';

/** `len` consecutive pages that one owner reaches, pinned or translated through consecutive indexes of an inode. */
type Reach = { readonly at: number; readonly page: Page; readonly len: number; readonly inode: InodeId; readonly index: FileIndex }; // prettier-ignore

/** What a stretch reaches. A DMA or a pipe that pins nothing reaches nothing. */
function eachReach(state: State, { of, id, from, to }: Stretch, f: (reach: Reach) => void): void {
  const mr = state.mrs[id];
  if (of === 'mr' && mr !== undefined) {
    runsEach(reachOf(mr), from, to, (slot, n, page, step) => {
      const len = step === 1 || n === 1 ? n : 1;
      for (let i = 0; i < n; i += len) f({ at: slot + i, page, len, inode: mr.inode, index: mr.base + slot + i });
    });
  }
  const dma = state.dmas[id];
  if (of === 'dma' && dma !== undefined && holdsDioPin(dma))
    f({ at: 0, page: dma.page, len: 1, inode: dma.inode, index: dma.fileIndex });
  const pipe = state.pipes[id];
  if (of === 'pipe' && pipe !== undefined && holdsPipePin(pipe))
    f({ at: 0, page: pipe.page, len: 1, inode: pipe.inode, index: pipe.fileIndex });
}

function ownerOf({ of, id, from }: Stretch): PinOwner {
  if (of === 'dma') return { type: 'dma', dma: id };
  return of === 'pipe' ? { type: 'pipe', pipe: id } : { type: 'mr', mr: id, slot: from };
}

/** The page of a stretch of one. */
function pageOf(state: State, stretch: Stretch): Reach {
  let found: Reach = { at: stretch.from, page: -1, len: 1, inode: -1, index: -1 };
  eachReach(state, stretch, (reach) => (found = reach));
  return found;
}

const keyOfOwner = (owner: PinOwner): string =>
  owner.type === 'mr' ? `mr:${owner.mr}:${owner.slot}` : owner.type === 'dma' ? `dma:${owner.dma}` : `pipe:${owner.pipe}`; // prettier-ignore

/** A DMA posted before its MR was revoked still moves data; its page stays pinned by the MR till then. */
const isInFlight = (state: State, mr: number, slot: number): boolean =>
  state.dmas.some((dma) => dma.phase === 'posted' && dma.mr === mr && dma.index === slot);

/** The slots that DMAs in flight were posted to. */
function slotsInFlight(before: State, now: State): readonly Stretch[] {
  return [...before.dmas, ...now.dmas]
    .filter(({ phase, mr }) => phase === 'posted' && mr >= 0)
    .map(({ mr, index }) => ({ of: 'mr', id: mr, from: index, to: index + 1 }));
}

const isUnowned = (use: number): boolean => use === FREE || use === BUSY;

/** Owned by nobody, and reached by a live MR or by O_DIRECT in flight. */
export const S1 = stretchProperty('S1', ['use', 'mrs', 'dmas'], {
  suspects(before, now) {
    const found = [
      ...changedSlots(before, now, (was, is) => was.state !== is.state),
      ...shortPins(before, now, 'dma'),
      ...(before === undefined || before.dmas === now.dmas ? [] : slotsInFlight(before, now)),
    ];
    if (before !== undefined)
      eachChangedValue(before.device.use, now.device.use, (block, was, is) => {
        if (isUnowned(was) !== isUnowned(is)) slotsOn(now, block, (stretch) => found.push(stretch));
      });
    return found;
  },
  broken(state, stretch, f) {
    const fenced = stretch.of === 'mr' && state.mrs[stretch.id]?.state !== 'live';
    if (fenced && !state.dmas.some(({ phase, mr }) => phase === 'posted' && mr === stretch.id)) return;
    eachReach(state, stretch, ({ at, page, len }) => {
      if (!isBlock(page)) return;
      runsEach(state.device.use, page, page + len, (block, n, value, step) => {
        for (let i = 0; i < n; i++) {
          const slot = at + block - page + i;
          if (isUnowned(value + i * step) && (!fenced || isInFlight(state, stretch.id, slot))) f(slot);
        }
      });
    });
  },
  tell(program, state, stretch) {
    const block = blockOfPage(pageOf(state, stretch).page);
    return dmaToFree(program, ownerOf(stretch), block, runsGet(state.device.use, block) ?? FREE);
  },
});

function dmaToFree(program: Program, owner: PinOwner, block: Block, use: number): Finding {
  const free = use === FREE ? 'free' : 'freed (the log is not committed)';
  const message = `${ownerName(program, owner)} still reaches block ${block}, which is ${free}`;
  return { id: 'S1', key: `${keyOfOwner(owner)}:${block}`, message, refs: [refOfOwner(owner), { type: 'block', block }] }; // prettier-ignore
}

/** Owned, and by another file than the one that it was reached through. */
export const S2 = stretchProperty('S2', ['use', 'mrs', 'dmas', 'pipes', 'inodes', 'unmapped'], {
  suspects(before, now) {
    const moved = (id: InodeId): boolean => before?.inodes[id]?.live !== now.inodes[id]?.live;
    const found = [
      ...changedSlots(before, now, (was, is) => was.state !== is.state || was.inode !== is.inode || was.base !== is.base), // prettier-ignore
      ...shortPins(before, now, 'dma'),
      ...shortPins(before, now, 'pipe'),
    ];
    if (before === undefined) return found;
    const on = (block: Block): void => slotsOn(now, block, (stretch) => found.push(stretch));
    now.mrs.forEach((mr, id) => {
      if (before.inodes !== now.inodes && moved(mr.inode)) found.push({ of: 'mr', id, from: 0, to: mr.len });
    });
    eachChangedValue(before.device.use, now.device.use, (block, was, is) => {
      if (was > 0 !== is > 0) on(block);
    });
    now.inodes.forEach((inode, id) => {
      eachChangedValue(mapOf(before, id), inode.map, (_, was, is) => {
        on(extentBlock(was));
        on(extentBlock(is));
      });
    });
    eachUnmapped(before, on);
    eachUnmapped(now, on);
    return found;
  },
  broken(state, stretch, f) {
    eachReach(state, stretch, (reach) => {
      if (!isBlock(reach.page) || mapsRun(state, reach)) return;
      for (let i = 0; i < reach.len; i++)
        if (crossFile(state, blockOfPage(reach.page + i), reach.inode)) f(reach.at + i);
    });
  },
  tell: (program, state, stretch) => crossFileDma(program, state, ownerOf(stretch), pageOf(state, stretch)),
});

/** The common case at the cost of one look: the inode maps the very run at the very place. */
function mapsRun(state: State, { page, len, inode, index }: Reach): boolean {
  const record = state.inodes[inode];
  if (record?.live !== true) return false;
  let next = 0;
  runsEach(record.map, index, index + len, (at, n, value, step) => {
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

function crossFileDma(program: Program, state: State, owner: PinOwner, reach: Reach): Finding {
  const { inode, index } = reach;
  const block = blockOfPage(reach.page);
  const other = state.inodes.findIndex((_, id) => id !== inode && placeOf(state, block, id) !== undefined);
  const theirs = other === -1 ? undefined : placeOf(state, block, other);
  const whose = theirs === undefined ? 'another file' : indexName(program, state, other, theirs);
  const via = inode < 0 ? 'a file that is gone' : `${indexName(program, state, inode, index)}`;
  const message = `${ownerName(program, owner)}, taken through ${via}, reaches block ${block}, now of ${whose}`;
  const refs: EntityRef[] = [refOfOwner(owner), { type: 'block', block }];
  if (theirs !== undefined) refs.push({ type: 'extent', inode: other, index: theirs });
  return { id: 'S2', key: `${keyOfOwner(owner)}:${block}`, message, refs };
}

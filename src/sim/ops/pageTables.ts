/**
 * PTEs, the MMU notifier behind them, and the DAX entries. A zap reaches every mapping of the inode in
 * every process, as unmap_mapping_pages does, and the notifier invalidates on-demand MTT slots over the same range,
 * whether or not a PTE was there (mmu_notifier_invalidate_range_start).
 */
import type { Runs } from '../../base/runs.ts';
import { runsClear, runsEach, runsGet, runsSet } from '../../base/runs.ts';
import type { Block, FileIndex, InodeId, MapId, MrId, Page, Slot, Vpage } from '../model/ids.ts';
import { dramOfPage, isDram, makePte, ptePage } from '../model/ids.ts';
import { editDma, editInode, editMap, editMr } from '../model/draft.ts';
import { isAnon } from '../query/anonymous.ts';
import { inodeOf, mappingOf, mrOf } from '../query/inodes.ts';
import { reapDram } from './blocks.ts';
import type { Ctx } from './machine.ts';
import { draftOf, emit, NO_PAGE } from './machine.ts';

/** What a zap does to the anonymous pages of private mappings (zap_details.even_cows): a shrinking truncate takes them. */
export type Cows = 'keepCows' | 'evenCows';

/** Zaps the PTEs of indexes [from, to) of a file everywhere. */
export function zapFile(c: Ctx, inode: InodeId, from: FileIndex, to: FileIndex, cows: Cows = 'keepCows'): void {
  draftOf(c).maps.forEach((m, map) => {
    if (!m.live || m.inode !== inode) return;
    const first = Math.max(0, from - m.off);
    const last = Math.min(m.len, to - m.off);
    if (first >= last) return;
    if (m.private && cows === 'keepCows') zapFilePages(c, map, first, last);
    else zapRange(c, map, first, last);
  });
} // prettier-ignore

export function zapRange(c: Ctx, map: MapId, from: Vpage, to: Vpage): void {
  const { ptes, private: isPrivate } = mappingOf(draftOf(c), map);
  const zapped = neighbours(ptes, from, to);
  if (zapped.length > 0) {
    const m = editMap(c.e, map);
    m.ptes = runsClear(ptes, from, to - from);
    for (const { at: vpage, len, value } of zapped) emit(c, { type: 'pteZapped', map, vpage, len, page: ptePage(value) }); // prettier-ignore
    if (isPrivate) eachPte(ptes, from, to, (_vpage, page) => isDram(page) && reapDram(c, dramOfPage(page), page));
  }
  notify(c, map, from, to);
}

/** A private mapping loses the pages of its file, and keeps what it copied. */
function zapFilePages(c: Ctx, map: MapId, from: Vpage, to: Vpage): void {
  const gone: [Vpage, Page][] = [];
  eachPte(mappingOf(draftOf(c), map).ptes, from, to, (vpage, page) => {
    if (!isAnon(draftOf(c), page)) gone.push([vpage, page]);
  });
  for (const [vpage, page] of gone) {
    const m = editMap(c.e, map);
    m.ptes = runsClear(m.ptes, vpage, 1);
    emit(c, { type: 'pteZapped', map, vpage, len: 1, page });
  }
  notify(c, map, from, to);
}

export function eachPte(ptes: Runs, from: Vpage, to: Vpage, f: (vpage: Vpage, page: Page) => void): void {
  runsEach(ptes, from, to, (at, len, value, step) => {
    for (let i = 0; i < len; i++) f(at + i, ptePage(value + i * step));
  });
}

/** Stretches of mapped indexes without a gap, each with the value of its first: one fact for a million PTEs in a row. */
function neighbours(runs: Runs, from: number, to: number): readonly { at: number; len: number; value: number }[] {
  const found: { at: number; len: number; value: number }[] = [];
  runsEach(runs, from, to, (at, len, value) => {
    const last = found.at(-1);
    if (last !== undefined && last.at + last.len === at) last.len += len;
    else found.push({ at, len, value });
  });
  return found;
}

/** The MMU notifier of on-demand MRs over pages [from, to) of a mapping. */
export function notify(c: Ctx, map: MapId, from: Vpage, to: Vpage): void {
  draftOf(c).mrs.forEach((mr, id) => {
    if (mr.state !== 'live' || !mr.odp || mr.map !== map) return;
    const first = Math.max(0, from - mr.off);
    const last = Math.min(mr.len, to - mr.off);
    if (first < last) invalidateSlots(c, id, first, last);
  });
}

export function invalidateSlots(c: Ctx, id: MrId, first: Slot, last: Slot): void {
  const { mtt } = mrOf(draftOf(c), id);
  const gone = neighbours(mtt, first, last);
  if (gone.length > 0) {
    editMr(c.e, id).mtt = runsClear(mtt, first, last - first);
    for (const { at: slot, len, value: page } of gone) emit(c, { type: 'mttZapped', mr: id, slot, len, page });
  }
  retranslate(c, id, first, last);
}

/** A DMA in flight that already translated a zapped slot translates again. */
function retranslate(c: Ctx, mr: number, from: number, to: number): void {
  draftOf(c).dmas.forEach((dma, id) => {
    const hit = dma.phase === 'posted' && dma.mr === mr && dma.index >= from && dma.index < to;
    if (hit && dma.page !== NO_PAGE) editDma(c.e, id).page = NO_PAGE;
  });
}

/** A PTE allows a write only where the mapping does; a forced pin (FOLL_FORCE) leaves it read-only. */
export function setPte(c: Ctx, map: MapId, vpage: Vpage, page: Page, write: boolean): void {
  const m = editMap(c.e, map);
  const writable = write && m.writable;
  m.ptes = runsSet(m.ptes, vpage, 1, makePte(page, writable, false), 1);
  emit(c, { type: 'pteSet', map, vpage, page, writable });
}

/** The CPU wrote through this PTE. What a private mapping writes to is anonymous, and is written back nowhere. */
export function dirtyPte(c: Ctx, map: MapId, vpage: Vpage): void {
  const { ptes, private: isPrivate } = mappingOf(draftOf(c), map);
  const pte = runsGet(ptes, vpage);
  if (pte !== undefined && !isPrivate) editMap(c.e, map).ptes = runsSet(ptes, vpage, 1, makePte(ptePage(pte), true, true), 1); // prettier-ignore
}

/** fsync: write-protects and cleans the dirty PTEs of indexes [from, to) of a file (pfn_mkclean_range). */
export function cleanPtes(c: Ctx, inode: InodeId, from: FileIndex = 0, to: FileIndex = Infinity): void {
  if (inodeOf(draftOf(c), inode).memfd >= 0) return;
  draftOf(c).maps.forEach((m, map) => {
    if (!m.live || m.inode !== inode || m.private) return;
    const runs: [number, number, number, number][] = [];
    runsEach(m.ptes, Math.max(0, from - m.off), Math.max(0, Math.min(m.len, to - m.off)), (at, len, value, step) => {
      if (value !== ptePage(value)) runs.push([at, len, value, step]);
    });
    if (runs.length === 0) return;
    const edited = editMap(c.e, map);
    for (const [at, len, value, step] of runs)
      edited.ptes = runsSet(edited.ptes, at, len, ptePage(value), step === 0 ? 0 : 1);
  });
}

export function setEntry(c: Ctx, inode: InodeId, index: FileIndex, block: Block): void {
  const was = runsGet(inodeOf(draftOf(c), inode).entries, index);
  if (was === block) return;
  const edited = editInode(c.e, inode);
  edited.entries = runsSet(edited.entries, index, 1, block, 1);
  emit(c, was === undefined ? { type: 'entrySet', inode, index, block } : { type: 'entrySet', inode, index, block, was }); // prettier-ignore
}

export function dropEntries(c: Ctx, inode: InodeId, from: FileIndex, to: FileIndex): void {
  const before = inodeOf(draftOf(c), inode).entries;
  const entries = runsClear(before, from, to - from);
  if (entries === before) return;
  editInode(c.e, inode).entries = entries;
  emit(c, { type: 'entriesDropped', inode, index: from, len: to - from });
}

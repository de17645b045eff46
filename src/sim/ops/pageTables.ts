/**
 * PTEs of file mappings, the MMU notifier behind them, and the DAX entries. A zap reaches every mapping of the inode in
 * every process, as unmap_mapping_pages does, and the notifier invalidates on-demand MTT slots over the same range,
 * whether or not a PTE was there (mmu_notifier_invalidate_range_start).
 */
import type { Runs } from '../../base/runs.ts';
import { runsClear, runsEach, runsGet, runsSet } from '../../base/runs.ts';
import type { Block, FileIndex, InodeId, MapId, Page, Vpage } from '../model/ids.ts';
import { makePte, ptePage } from '../model/ids.ts';
import { editDma, editInode, editMap, editMr } from '../model/draft.ts';
import { inodeOf, mappingOf } from '../query/inodes.ts';
import type { Ctx } from './machine.ts';
import { draftOf, emit, NO_PAGE } from './machine.ts';

/** Zaps the PTEs of indexes [from, to) of a file everywhere. */
export function zapFile(c: Ctx, inode: InodeId, from: FileIndex, to: FileIndex): void {
  draftOf(c).maps.forEach((m, map) => {
    if (!m.live || m.inode !== inode) return;
    const first = Math.max(0, from - m.off);
    const last = Math.min(m.len, to - m.off);
    if (first < last) zapRange(c, map, first, last);
  });
}

export function zapRange(c: Ctx, map: MapId, from: Vpage, to: Vpage): void {
  const zapped = neighbours(mappingOf(draftOf(c), map).ptes, from, to);
  if (zapped.length > 0) {
    const m = editMap(c.e, map);
    m.ptes = runsClear(m.ptes, from, to - from);
    for (const { at: vpage, len, value } of zapped) emit(c, { type: 'pteZapped', map, vpage, len, page: ptePage(value) }); // prettier-ignore
  }
  notify(c, map, from, to);
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
function notify(c: Ctx, map: MapId, from: Vpage, to: Vpage): void {
  draftOf(c).mrs.forEach((mr, id) => {
    if (mr.state !== 'live' || !mr.odp || mr.map !== map) return;
    const first = Math.max(0, from - mr.off);
    const last = Math.min(mr.len, to - mr.off);
    if (first >= last) return;
    const gone = neighbours(mr.mtt, first, last);
    if (gone.length > 0) {
      const edited = editMr(c.e, id);
      edited.mtt = runsClear(edited.mtt, first, last - first);
      for (const { at: slot, len, value: page } of gone) emit(c, { type: 'mttZapped', mr: id, slot, len, page });
    }
    retranslate(c, id, first, last);
  });
}

/** A DMA in flight that already translated a zapped slot translates again. */
function retranslate(c: Ctx, mr: number, from: number, to: number): void {
  draftOf(c).dmas.forEach((dma, id) => {
    const hit = dma.phase === 'posted' && dma.mr === mr && dma.index >= from && dma.index < to;
    if (hit && dma.page !== NO_PAGE) editDma(c.e, id).page = NO_PAGE;
  });
}

export function setPte(c: Ctx, map: MapId, vpage: Vpage, page: Page, writable: boolean): void {
  const m = editMap(c.e, map);
  m.ptes = runsSet(m.ptes, vpage, 1, makePte(page, writable, false), 1);
  emit(c, { type: 'pteSet', map, vpage, page, writable });
}

/** The CPU wrote through this PTE. */
export function dirtyPte(c: Ctx, map: MapId, vpage: Vpage): void {
  const m = editMap(c.e, map);
  const pte = runsGet(m.ptes, vpage);
  if (pte !== undefined) m.ptes = runsSet(m.ptes, vpage, 1, makePte(ptePage(pte), true, true), 1);
}

/** fsync: write-protects and cleans the dirty PTEs of a file (pfn_mkclean_range). */
export function cleanPtes(c: Ctx, inode: InodeId): void {
  draftOf(c).maps.forEach((m, map) => {
    if (!m.live || m.inode !== inode) return;
    const runs: [number, number, number, number][] = [];
    runsEach(m.ptes, 0, m.len, (at, len, value, step) => {
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

/** "Who owns this page?": the claims of files, page tables and DMA on one page, and where they disagree with the file. */
import { runsFirst } from '../base/runs.ts';
import type { Block, DramId, FileIndex, InodeId, Page } from '../sim/model/ids.ts';
import { blockOfPage, dramOfPage, isDram, makePte, NO_INODE, NO_MAP } from '../sim/model/ids.ts';
import type { Program } from '../sim/model/program.ts';
import type { Dma, EntityRef, State } from '../sim/model/state.ts';
import { BUSY, FREE, ZOMBIE } from '../sim/model/state.ts';
import type { Moment } from '../sim/outline.ts';
import { claimKey } from '../sim/query/claimKey.ts';
import { extentAt } from '../sim/query/inodes.ts';
import { runsGet } from '../base/runs.ts';
import { dmaKindName, dmaName, extentName, pipeName, pteName, slotName } from './names.ts';
import { extentsOn, isPageOf } from './relations.ts';
import { stepName } from './told.ts';

export type OwnerRow = {
  readonly side: 'File' | 'CPU' | 'DMA';
  /** `mr[1], pinned for write`; `nobody`. */
  readonly who: string;
  /** `as A[1]`: what it takes the page for, where the file says otherwise. Empty: it agrees. */
  readonly disagrees: string;
  /** `since step 2`, `since the start`, `zapped by this step`; may be empty. */
  readonly since: string;
  /** Absent for `nobody`. */
  readonly ref?: EntityRef;
};

const MOST = 64;

/** `page`: a block or a page of DRAM. */
export function claimsOn(program: Program, moment: Moment, page: Page): readonly OwnerRow[] {
  const files = isDram(page)
    ? [dramRow(program, moment, dramOfPage(page))]
    : fileRows(program, moment, blockOfPage(page));
  return [...files, ...cpuRows(program, moment, page), ...dmaRows(program, moment, page)];
}

function sinceOf(moment: Moment, ref: EntityRef): string {
  const step = moment.since[claimKey(ref)];
  return step === undefined || step < 0 ? 'since the start' : `since ${stepName(step)}`;
}

/** `as A[1]` where the file has another page there, or none. Anonymous memory stands for no file. */
function asText(program: Program, state: State, page: Page, via: { inode: InodeId; index: FileIndex }): string {
  if (isDram(page) && state.dram[dramOfPage(page)]?.anon === true) return '';
  if (isPageOf(state, page, via.inode, via.index)) return '';
  const alive = via.inode !== NO_INODE && state.inodes[via.inode]?.live === true;
  return alive ? `as ${extentName({ program, state }, via.inode, via.index)}` : 'as a file that is gone';
}

function fileRows(program: Program, moment: Moment, block: Block): readonly OwnerRow[] {
  const { state } = moment;
  const rows = extentsOn(state, block, MOST).map(({ inode, index }): OwnerRow => {
    const record = state.inodes[inode];
    const written = record === undefined || extentAt(record, index)?.written !== false;
    const ref: EntityRef = { type: 'extent', inode, index };
    const who = `${extentName({ program, state }, inode, index)}${written ? '' : ', unwritten'}`;
    return { side: 'File', who, disagrees: '', since: sinceOf(moment, ref), ref };
  });
  if (rows.length > 0) return rows;
  const use = runsGet(state.device.use, block) ?? FREE;
  const what =
    use === ZOMBIE ? 'nobody: a zombie' : use === BUSY ? 'nobody: busy until the log commits' : 'nobody: free';
  const changed = moment.since[claimKey({ type: 'block', block })];
  return [{ side: 'File', who: what, disagrees: '', since: changed === undefined ? '' : `since ${stepName(changed)}` }];
}

/** A page of DRAM is one file's at most: in its page cache, or all that a memfd has. */
function dramRow(program: Program, { state }: Moment, dram: DramId): OwnerRow {
  const page = state.dram[dram];
  const nobody = { side: 'File', disagrees: '', since: '' } as const;
  if (page?.anon === true) return { ...nobody, who: 'nobody: anonymous' };
  if (page === undefined || page.inode === NO_INODE) return { ...nobody, who: 'nobody: orphaned' };
  const name = extentName({ program, state }, page.inode, page.index);
  const memfd = (state.inodes[page.inode]?.memfd ?? NO_MAP) !== NO_MAP;
  return { ...nobody, who: memfd ? name : `${name}, page cache`, ref: { type: 'dram', dram } };
}

/** Every form that a PTE of this page can have. */
const FORMS = [
  [true, true],
  [true, false],
  [false, true],
  [false, false],
] as const;

function ptesOn(state: State, page: Page): readonly { map: number; vpage: number; writable: boolean }[] {
  const found: { map: number; vpage: number; writable: boolean }[] = [];
  state.maps.forEach((mapping, map) => {
    if (!mapping.live) return;
    for (const [writable, dirty] of FORMS) {
      const pte = makePte(page, writable, dirty);
      let vpage = runsFirst(mapping.ptes, pte, 0);
      while (vpage !== undefined && found.length < MOST) {
        found.push({ map, vpage, writable });
        vpage = runsFirst(mapping.ptes, pte, vpage + 1);
      }
    }
  });
  return found;
}

function cpuRows(program: Program, moment: Moment, page: Page): readonly OwnerRow[] {
  const { state, before } = moment;
  const rows = ptesOn(state, page).map(({ map, vpage, writable }): OwnerRow => {
    const mapping = state.maps[map];
    const via = { inode: mapping?.inode ?? NO_INODE, index: (mapping?.off ?? 0) + vpage };
    const ref: EntityRef = { type: 'pte', map, vpage };
    const who = `${pteName(program, map, vpage)}, ${writable ? 'writable' : 'read-only'}`;
    return { side: 'CPU', who, disagrees: asText(program, state, page, via), since: sinceOf(moment, ref), ref };
  });
  if (rows.length > 0) return rows;
  const zapped = ptesOn(before, page).length > 0;
  return [{ side: 'CPU', who: 'nobody', disagrees: '', since: zapped ? 'zapped by this step' : '' }];
}

function dmaRows(program: Program, moment: Moment, page: Page): readonly OwnerRow[] {
  const rows = [...mrRows(program, moment, page), ...flightRows(program, moment, page)];
  return rows.length > 0 ? rows : [{ side: 'DMA', who: 'nobody', disagrees: '', since: '' }];
}

function mrRows(program: Program, moment: Moment, page: Page): readonly OwnerRow[] {
  const { state } = moment;
  const rows: OwnerRow[] = [];
  state.mrs.forEach((mr, id) => {
    const table = mr.odp ? mr.mtt : mr.pins;
    let slot = runsFirst(table, page, 0);
    while (slot !== undefined && rows.length < MOST) {
      const ref: EntityRef = { type: 'mtt', mr: id, slot };
      const how = mr.odp ? 'on demand, no pin' : `pinned ${mr.writable ? 'for write' : 'read-only'}`;
      const dead = mr.state === 'revoked' ? ', key revoked' : '';
      const disagrees = asText(program, state, page, { inode: mr.inode, index: mr.base + slot });
      rows.push({
        side: 'DMA',
        who: `${slotName(program, id, slot)}, ${how}${dead}`,
        disagrees,
        since: sinceOf(moment, ref),
        ref,
      });
      slot = runsFirst(table, page, slot + 1);
    }
  });
  return rows;
}

const isRdma = ({ kind }: Dma): boolean => kind === 'rdma_read' || kind === 'rdma_write';

/** What a posted transfer is about: RDMA the page of its slot as it is now, or the one that it found there already. */
export function pageOfDma(state: State, dma: Dma): Page | undefined {
  if (dma.phase !== 'posted') return undefined;
  return dma.page < 0 ? runsGet(state.mrs[dma.mr]?.mtt ?? [], dma.index) : dma.page;
}

/** The file and the index that a transfer was taken through. */
function viaOf(state: State, dma: Dma): { readonly inode: InodeId; readonly index: FileIndex } {
  const mr = state.mrs[dma.mr];
  return dma.page < 0 && mr !== undefined
    ? { inode: mr.inode, index: mr.base + dma.index }
    : { inode: dma.inode, index: dma.fileIndex };
}

/** O_DIRECT and pipes that pin the page, and RDMA that has translated to it. */
function flightRows(program: Program, moment: Moment, page: Page): readonly OwnerRow[] {
  const { state } = moment;
  const dmas = state.dmas.flatMap((dma, id): readonly OwnerRow[] => {
    if (pageOfDma(state, dma) !== page) return [];
    const ref: EntityRef = { type: 'dma', dma: id };
    const disagrees = asText(program, state, page, viaOf(state, dma));
    const name = dmaName(program, state, id);
    const kind = name.startsWith('the ') ? '' : `${dmaKindName(dma.kind)} `;
    return [
      { side: 'DMA', who: `${name}, ${kind}in flight`, disagrees, since: isRdma(dma) ? '' : sinceOf(moment, ref), ref },
    ];
  });
  const pipes = state.pipes.flatMap((pipe, id): readonly OwnerRow[] => {
    if (pipe.phase !== 'full' || pipe.page !== page) return [];
    const ref: EntityRef = { type: 'pipe', pipe: id };
    const disagrees = asText(program, state, page, { inode: pipe.inode, index: pipe.fileIndex });
    return [{ side: 'DMA', who: `${pipeName(program, id)}, FOLL_GET`, disagrees, since: sinceOf(moment, ref), ref }];
  });
  return [...dmas, ...pipes];
}

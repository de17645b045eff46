/** "Who owns this page?": the claims of files, page tables and DMA on one page, and where they disagree with the file. */
import { runsFirst } from '../base/runs.ts';
import type { Block, DramId, FileIndex, InodeId, Page } from '../sim/model/ids.ts';
import { blockOfPage, dramOfPage, isBlock, isDram, makePte, NO_INODE, NO_MAP, pageOfBlock } from '../sim/model/ids.ts';
import type { Program } from '../sim/model/program.ts';
import type { Dma, EntityRef, State } from '../sim/model/state.ts';
import { BUSY, FREE, ZOMBIE } from '../sim/model/state.ts';
import type { Moment } from '../sim/outline.ts';
import { allocatedKey, claimKey, entryKey, freedKey, pinKey } from '../sim/query/claimKey.ts';
import { extentAt, filePage } from '../sim/query/inodes.ts';
import { runsGet } from '../base/runs.ts';
import { pageName } from '../sim/query/naming.ts';
import { count, dmaKindName, dmaName, extentName, listOf, pipeName, pteName, slotName } from './names.ts';
import type { Target } from './parts.ts';
import { extentsOn, isPageOf } from './relations.ts';
import { stepName } from './told.ts';

export type OwnerRow = {
  readonly side: 'File' | 'Allocator' | 'DAX entry' | 'CPU' | 'DMA';
  /** `mr[1], pinned for write`; `nobody`. */
  readonly who: string;
  /** What its words can be linked to: the object itself, steps, the page that the file has instead. */
  readonly links: readonly Target[];
  /** `as A[1]`: what it takes the page for, where the file says otherwise. Empty: it agrees. */
  readonly as: string;
  /** The same as a clause: `takes it for A[1], which is block 4 now`. Empty: it agrees. */
  readonly disagrees: string;
  /** `since step 2`, `since the start`, `zapped by this step`; may be empty. */
  readonly since: string;
  /** The step of `since`, as an index into Program.steps; -1: the start. */
  readonly step?: number;
  /** Absent for `nobody`. */
  readonly ref?: EntityRef;
};

const MOST = 64;

/** `page`: a block or a page of DRAM. */
export function claimsOn(program: Program, moment: Moment, page: Page): readonly OwnerRow[] {
  const below = [...cpuRows(program, moment, page), ...dmaRows(program, moment, page)];
  if (isDram(page)) return [dramRow(program, moment, dramOfPage(page)), ...below];
  const block = blockOfPage(page);
  const files = fileRows(program, moment, block);
  const entries = entryRows(program, moment, block);
  return [...files, allocatorRow(program, moment, block, [...files, ...entries, ...below]), ...entries, ...below];
}

const nobody = (side: OwnerRow['side'], who = 'nobody', since = ''): OwnerRow =>
  ({ side, who, links: [], as: '', disagrees: '', since }); // prettier-ignore

type Since = Pick<OwnerRow, 'since' | 'step'>;

const sinceStep = (step = -1): Since => ({ since: step < 0 ? 'since the start' : `since ${stepName(step)}`, step });

const sinceOf = (moment: Moment, ref: EntityRef): Since => sinceStep(moment.since[claimKey(ref)]);

type Via = { readonly inode: InodeId; readonly index: FileIndex };
type Odd = Pick<OwnerRow, 'as' | 'disagrees'> & { readonly targets: readonly Target[] };

const AGREES: Odd = { as: '', disagrees: '', targets: [] };

/** What a claim takes the page for, where the file has another there, or none. Anonymous memory stands for no file. */
function oddOf(program: Program, state: State, page: Page, via: Via): Odd {
  if (isDram(page) && state.dram[dramOfPage(page)]?.anon === true) return AGREES;
  if (isPageOf(state, page, via.inode, via.index)) return AGREES;
  const file = via.inode === NO_INODE ? undefined : state.inodes[via.inode];
  if (file?.live !== true)
    return { as: 'as a file that is gone', disagrees: 'takes it for a file that is gone', targets: [] };
  const name = extentName({ program, state }, via.inode, via.index);
  const now = placeNow(state, via);
  const targets: readonly Target[] = [{ text: name, ref: { type: 'extent', ...via } }, ...now.targets];
  return { as: `as ${name}`, disagrees: `takes it for ${name}, ${now.text}`, targets };
}

/** `which is block 4 now`, `a hole now`, `past the end now`: what the file has at an index. */
function placeNow(state: State, { inode, index }: Via): { readonly text: string; readonly targets: readonly Target[] } {
  const file = state.inodes[inode];
  if (file === undefined || index >= file.size) return { text: 'past the end now', targets: [] };
  const page = filePage(file, index);
  if (page === undefined || (!isBlock(page) && !isDram(page))) return { text: 'a hole now', targets: [] };
  const text = pageName(page);
  const ref: EntityRef = isDram(page) ? { type: 'dram', dram: dramOfPage(page) } : { type: 'block', block: blockOfPage(page) }; // prettier-ignore
  return { text: `which is ${text} now`, targets: [{ text, ref }] };
}

type Claim = Pick<OwnerRow, 'side' | 'who'> & { readonly name: string; readonly ref: EntityRef };

/** A row of something that is there: its name leads to it. */
function claimRow({ side, who, name, ref }: Claim, { targets, ...odd }: Odd, since: Since): OwnerRow {
  return { side, who, links: [{ text: name, ref }, ...targets], ...odd, ...since, ref };
}

/** What the file system's allocator holds a block to be, and whose call made it so. */
function allocatorRow(program: Program, { since, state }: Moment, block: Block, claims: readonly OwnerRow[]): OwnerRow {
  const use = runsGet(state.device.use, block) ?? FREE;
  const changed = since[claimKey({ type: 'block', block })];
  const by = since[use > 0 ? allocatedKey(block) : freedKey(block)];
  const step = by === undefined ? undefined : stepName(by);
  const call = step === undefined ? '' : `, ${use > 0 ? 'allocated' : 'freed'} by ${step} (${program.steps[by ?? -1]?.text ?? ''})`; // prettier-ignore
  const stands = claims.flatMap(({ ref, links }) => (ref === undefined ? [] : links.slice(0, 1)));
  const odd = (use === FREE || use === BUSY) && stands.length > 0;
  const names = listOf([...new Set(stands.map(({ text }) => text))]);
  // The call tells its step already.
  const told = changed === by && by !== undefined ? { since: '' } : changed === undefined && use <= 0 ? { since: '' } : sinceStep(changed); // prettier-ignore
  return {
    side: 'Allocator',
    who: `${USES[use] ?? count(use, 'owner')}${call}`,
    links: [...(step === undefined || by === undefined ? [] : [{ text: step, step: by }]), ...(odd ? stands : [])],
    as: '',
    disagrees: odd ? `yet ${names} still ${/ and |, /.test(names) ? 'have' : 'has'} it` : '',
    ...told,
  };
}

const USES: Readonly<Record<number, string>> = {
  [FREE]: 'free',
  [BUSY]: 'busy until the log commits',
  [ZOMBIE]: 'zombie, kept by its pin',
};

/** The DAX entries that a layout operation scans: block by index of each inode. */
function entryRows(program: Program, moment: Moment, block: Block): readonly OwnerRow[] {
  const { state } = moment;
  const rows: OwnerRow[] = [];
  state.inodes.forEach((record, inode) => {
    let index = record.live ? runsFirst(record.entries, block, 0) : undefined;
    while (index !== undefined && rows.length < MOST) {
      const ref: EntityRef = { type: 'extent', inode, index };
      const name = extentName({ program, state }, inode, index);
      const since = sinceStep(moment.since[entryKey(inode, index)]);
      const odd = oddOf(program, state, pageOfBlock(block), { inode, index });
      rows.push(claimRow({ side: 'DAX entry', who: name, name, ref }, odd, since));
      index = runsFirst(record.entries, block, index + 1);
    }
  });
  return rows;
}

function fileRows(program: Program, moment: Moment, block: Block): readonly OwnerRow[] {
  const { state } = moment;
  const rows = extentsOn(state, block, MOST).map(({ inode, index }): OwnerRow => {
    const record = state.inodes[inode];
    const written = record === undefined || extentAt(record, index)?.written !== false;
    const ref: EntityRef = { type: 'extent', inode, index };
    const name = extentName({ program, state }, inode, index);
    const who = `${name}${written ? '' : ', unwritten'}`;
    return claimRow({ side: 'File', who, name, ref }, AGREES, sinceOf(moment, ref));
  });
  return rows.length > 0 ? rows : [nobody('File')];
}

/** A page of DRAM is one file's at most: in its page cache, or all that a memfd has. */
function dramRow(program: Program, { state }: Moment, dram: DramId): OwnerRow {
  const page = state.dram[dram];
  if (page?.anon === true) return nobody('File', 'nobody: anonymous');
  if (page === undefined || page.inode === NO_INODE) return nobody('File', 'nobody: orphaned');
  const name = extentName({ program, state }, page.inode, page.index);
  const memfd = (state.inodes[page.inode]?.memfd ?? NO_MAP) !== NO_MAP;
  const who = memfd ? name : `${name}, page cache`;
  return claimRow({ side: 'File', who, name, ref: { type: 'dram', dram } }, AGREES, { since: '' });
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
    const name = pteName(program, map, vpage);
    const who = `${name}, ${writable ? 'writable' : 'read-only'}`;
    return claimRow({ side: 'CPU', who, name, ref }, oddOf(program, state, page, via), sinceOf(moment, ref));
  });
  if (rows.length > 0) return rows;
  const zapped = ptesOn(before, page).length > 0;
  return [nobody('CPU', 'nobody', zapped ? 'zapped by this step' : '')];
}

function dmaRows(program: Program, moment: Moment, page: Page): readonly OwnerRow[] {
  const rows = [...mrRows(program, moment, page), ...flightRows(program, moment, page)];
  return rows.length > 0 ? rows : [nobody('DMA')];
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
      const odd = oddOf(program, state, page, { inode: mr.inode, index: mr.base + slot });
      const name = slotName(program, id, slot);
      const since = mr.odp ? sinceOf(moment, ref) : sinceStep(moment.since[pinKey({ type: 'mr', mr: id, slot })]);
      rows.push(claimRow({ side: 'DMA', who: `${name}, ${how}${dead}`, name, ref }, odd, since));
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
    const odd = oddOf(program, state, page, viaOf(state, dma));
    const name = dmaName(program, state, id);
    const kind = name.startsWith('the ') ? '' : `${dmaKindName(dma.kind)} `;
    const who = `${name}, ${kind}in flight`;
    return [claimRow({ side: 'DMA', who, name, ref }, odd, isRdma(dma) ? { since: '' } : sinceOf(moment, ref))];
  });
  const pipes = state.pipes.flatMap((pipe, id): readonly OwnerRow[] => {
    if (pipe.phase !== 'full' || pipe.page !== page) return [];
    const ref: EntityRef = { type: 'pipe', pipe: id };
    const odd = oddOf(program, state, page, { inode: pipe.inode, index: pipe.fileIndex });
    const name = pipeName(program, id);
    return [claimRow({ side: 'DMA', who: `${name}, FOLL_GET`, name, ref }, odd, sinceOf(moment, ref))];
  });
  return [...dmas, ...pipes];
}

/**
 * The state after a step against what was observed: sizes, extents, PTEs, contents. Not compared: which free block was
 * taken, frames of the page cache once freed, contents of blocks that were never written.
 */
import { runsEach, runsGet } from '../base/runs.ts';
import { blockOfPage, dramOfPage, isBlock, ptePage, ZERO_PAGE, type Block, type Page } from '../sim/model/ids.ts';
import type { Program } from '../sim/model/program.ts';
import type { Inode, Mapping, State } from '../sim/model/state.ts';
import { blockTag, extentAt, inodeOf, mappingOf, refcount, resolveName } from '../sim/query/inodes.ts';
import type { Bijection } from './bijection.ts';
import type { Played } from './play.ts';
import { BLOCK_BYTES, cellsOf, UNNOTED, type Observation, type RecordedCell, type RecordedFile, type RecordedMap } from './recording.ts'; // prettier-ignore
import { MIXED } from './translate.ts';

export type Comparing = {
  readonly program: Program;
  readonly played: Played;
  readonly dax: boolean;
  /** P1, whose mappings were recorded. */
  readonly home: number;
  /** Frames of DRAM ↔ DRAM pages, as long as those live. */
  readonly frames: Bijection;
  /** Blocks that were written: what is in the others is whatever the disk had. */
  readonly known: Set<Block>;
  readonly expect: (what: string, want: string, got: string) => void;
};

export function compareState(c: Comparing, obs: Observation, state: State): void {
  for (const [name, file] of obs.files) {
    const id = c.program.files.findIndex((f) => f.name === name);
    const inode = id < 0 ? -1 : resolveName(state, id, c.home);
    c.expect(`file ${name}`, 'there', inode < 0 ? 'gone' : 'there');
    if (inode >= 0) compareFile(c, { name, file, inode: inodeOf(state, inode), state });
  }
  compareMaps(c, obs, state);
  compareContents(c, obs, state);
}

type Side = { readonly name: string; readonly file: RecordedFile; readonly inode: Inode; readonly state: State };

function compareFile(c: Comparing, side: Side): void {
  const { name, file, inode } = side;
  c.expect(`size of ${name}`, String(file.sizeBytes / BLOCK_BYTES), String(inode.size));
  if (file.extents === undefined) return;
  const cells = cellsOf(file);
  const end = Math.max(inode.size, cells.length, endOfMap(inode));
  for (let index = 0; index < end; index++) {
    const cell = cells[index];
    c.expect(`${name}[${index}]`, recordedAt(cell), modelledAt(c, side, index, cell));
  }
}

function endOfMap(inode: Inode): number {
  let end = 0;
  runsEach(inode.map, 0, Number.MAX_SAFE_INTEGER, (at, len) => {
    end = at + len;
  });
  return end;
}

function recordedAt(cell: RecordedCell | undefined): string {
  if (cell === undefined) return 'hole';
  if (cell.block === UNNOTED) return cell.block;
  return `${cell.block ?? 'delayed'}${cell.unwritten ? ' UNWRITTEN' : ''}${cell.shared ? ' SHARED' : ''}`;
}

/** The model's block by its recorded name, with the same flags. */
function modelledAt(c: Comparing, { inode, state }: Side, index: number, cell: RecordedCell | undefined): string {
  const extent = extentAt(inode, index);
  if (extent === undefined) return isDelayed(inode, index, state) ? 'delayed' : 'hole';
  if (extent.written) c.known.add(extent.block);
  else c.known.delete(extent.block);
  const name = cell?.block;
  if (name === UNNOTED) return name;
  if (name !== undefined) c.played.blocks.bind(name, extent.block);
  const flags = [extent.written ? '' : ' UNWRITTEN', refcount(state.device, extent.block) > 1 ? ' SHARED' : ''];
  return nameOf(c, extent.block) + flags.join('');
}

const nameOf = (c: Comparing, block: Block): string => c.played.blocks.nameOf(block) ?? `block ${block}`;

/** Dirty in the page cache, and no block yet. */
function isDelayed(inode: Inode, index: number, state: State): boolean {
  const dram = runsGet(inode.cache, index);
  return dram !== undefined && state.dram[dram]?.dirty === true;
}

function compareMaps(c: Comparing, obs: Observation, state: State): void {
  // The frame of a page that is no more may come back as another.
  state.dram.forEach(({ live }, dram) => {
    if (!live) c.frames.release(dram);
  });
  c.program.maps.forEach(({ name, proc }, id) => {
    if (proc !== c.home) return;
    const seen = obs.mmapFrames.get(name);
    const mapping = mappingOf(state, id);
    c.expect(`mapping ${name}`, seen === undefined ? 'none' : 'live', mapping.live ? 'live' : 'none');
    if (seen !== undefined && mapping.live) comparePages(c, { name, seen, mapping, state });
  });
}

type MapSide = { readonly name: string; readonly seen: RecordedMap; readonly mapping: Mapping; readonly state: State };

function comparePages(c: Comparing, side: MapSide): void {
  const { name, seen, mapping } = side;
  c.expect(`pages of ${name}`, String(seen.pages.length), String(mapping.len));
  seen.pages.forEach((want, vpage) => {
    const pte = runsGet(mapping.ptes, vpage);
    if (pte === undefined && want !== undefined && isMappedAround(c, side, vpage, want)) return;
    c.expect(`${name}, page ${vpage}`, want ?? 'none', pte === undefined ? 'none' : frameName(c, ptePage(pte), want));
  });
}

/** Fault-around maps pages of the cache next to the one that was touched, device-dax 2 MiB at once. */
function isMappedAround(c: Comparing, { seen, mapping, state }: MapSide, vpage: number, want: string): boolean {
  if (!want.startsWith('F') || mapping.inode < 0) return false;
  if (seen.file === 'devdax') return true;
  const { size, cache } = inodeOf(state, mapping.inode);
  const index = mapping.off + vpage;
  const dram = runsGet(cache, index);
  // Readahead caches what the model has not touched yet.
  if (dram === undefined) return !c.dax && mapping.source === 'file' && index < size;
  c.frames.bind(want, dram);
  return c.frames.nameOf(dram) === want;
}

function frameName(c: Comparing, page: Page, want: string | undefined): string {
  if (page === ZERO_PAGE) return 'ZERO';
  const isFrame = want?.startsWith('F') === true;
  if (isBlock(page)) {
    // The pages of device-dax are blocks to the model, and frames to the recorder: no file system numbers them.
    if (isFrame && c.program.fs.type === 'device-dax') c.played.blocks.bind(want, blockOfPage(page));
    return nameOf(c, blockOfPage(page));
  }
  if (isFrame) c.frames.bind(want, dramOfPage(page));
  return c.frames.nameOf(dramOfPage(page)) ?? `DRAM page ${dramOfPage(page)}`;
}

/**
 * What the medium holds: of blocks in use, and under DAX of freed ones that were written before (what DMA does to those is
 * the point). When the page cache writes back what is about to be freed is the kernel's own affair.
 */
function compareContents(c: Comparing, obs: Observation, state: State): void {
  for (const [name, want] of obs.blockContent) {
    const block = c.played.blocks.numberOf(name);
    if (block === undefined || !c.known.has(block)) continue;
    if (!c.dax && refcount(state.device, block) === 0) continue;
    const tag = c.program.tags[blockTag(state.device, block)] ?? '?';
    c.expect(`content of ${name}`, want, tag === MIXED.tag ? MIXED.recorded : tag);
  }
}

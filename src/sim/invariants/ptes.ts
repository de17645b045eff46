/** S6: the page tables of shared mappings against the files and memfds. A private page may be a copy, and is not judged. */
import type { Runs } from '../../base/runs.ts';
import { emptyRuns, runsEach, runsGet } from '../../base/runs.ts';
import type { Block, FileIndex, InodeId } from '../model/ids.ts';
import { blockOfPage, dramOfPage, extentBlock, extentWritten, isDram, makeExtent, ptePage, pteWritable, ZERO_PAGE, ZERO_TAG } from '../model/ids.ts'; // prettier-ignore
import type { EntityRef, Inode, Mapping, State } from '../model/state.ts';
import { indexName, mapName, pageName } from '../query/naming.ts';
import type { Stretch } from './finding.ts';
import { stretchProperty } from './finding.ts';
import { installs, isBeingInstalled } from './installs.ts';
import { eachChange, eachChangedValue, eachHolder } from './suspects.ts';

/** A PTE that is neither the file's block nor a zero page where there is nothing, or that can write a shared block. */
export const S6 = stretchProperty('S6', ['maps', 'inodes', 'use', 'tags', 'unmapped'], {
  suspects(before, now) {
    const found: Stretch[] = [];
    now.maps.forEach((map, id) => {
      const add = (from: number, to: number): void => {
        found.push({ of: 'map', id, from: Math.max(0, from), to });
      };
      const was = before?.maps[id];
      if (before === undefined || was === undefined || isAnother(was, map)) return add(0, Math.max(map.len, was?.len ?? 0)); // prettier-ignore
      if (!map.live || map.private) return;
      eachChange(was.ptes, map.ptes, add);
      eachIndexChanged(before, now, map.inode, (from, to) => add(from - map.off, to - map.off));
    });
    return found;
  },
  broken(state, stretch, f) {
    const map = state.maps[stretch.id];
    const inode = state.inodes[map?.inode ?? -1];
    if (map === undefined || !map.live || map.private || inode === undefined) return;
    runsEach(map.ptes, stretch.from, stretch.to, (at, len, value, step) => {
      for (let i = 0; i < len; i++)
        if (pteFault(state, inode, map.off + at + i, value + i * step, map.inode) !== undefined) f(at + i);
    });
  },
  tell(program, state, { id, from: vpage }) {
    const { inode, off, ptes } = state.maps[id] ?? { inode: -1, off: 0, ptes: emptyRuns };
    const index = off + vpage;
    const record = state.inodes[inode];
    const why = record === undefined ? '' : (pteFault(state, record, index, runsGet(ptes, vpage) ?? 0, inode) ?? '');
    const message = `the PTE ${mapName(program, id)}[${vpage}] of ${indexName(program, state, inode, index)} ${why}`;
    const refs: EntityRef[] = [{ type: 'pte', map: id, vpage }, { type: 'extent', inode, index }]; // prettier-ignore
    return { id: 'S6', key: `${id}:${vpage}`, message, refs };
  },
});

const isAnother = (was: Mapping, is: Mapping): boolean =>
  was.live !== is.live ||
  was.private !== is.private ||
  was.inode !== is.inode ||
  was.off !== is.off ||
  was.len !== is.len;

type Visit = (from: number, to: number) => void;

/** Indexes of a file where its block, its cached page, or what is on its block may be another now. */
function eachIndexChanged(before: State, now: State, id: InodeId, f: Visit): void {
  const was = before.inodes[id];
  const is = now.inodes[id];
  if (is === undefined) return;
  const map: Runs = was?.map ?? emptyRuns;
  eachChange(map, is.map, f);
  eachChange(was?.cache ?? emptyRuns, is.cache, f);
  const at = (block: Block): void => eachPlace(is, block, f);
  eachChangedValue(before.device.use, now.device.use, at);
  eachChangedValue(before.device.tags, now.device.tags, at);
  for (const place of [...installs(before), ...installs(now)]) if (place.inode === id) f(place.index, place.index + 1);
}

function eachPlace(inode: Inode, block: Block, f: Visit): void {
  for (const extent of [makeExtent(block, true), makeExtent(block, false)])
    eachHolder(inode.map, extent, (at) => f(at, at + 1));
}

function pteFault(state: State, inode: Inode, index: FileIndex, pte: number, id: InodeId): string | undefined {
  const page = ptePage(pte);
  const extent = runsGet(inode.map, index);
  const cached = runsGet(inode.cache, index);
  if (isDram(page)) return cached === dramOfPage(page) ? undefined : `points at ${pageName(page)}, not the cached page`;
  if (page === ZERO_PAGE) {
    const zero = extent === undefined || !extentWritten(extent) || (runsGet(state.device.tags, extentBlock(extent)) ?? ZERO_TAG) === ZERO_TAG; // prettier-ignore
    return zero ? undefined : `points at the zero page, the file has block ${extentBlock(extent ?? 0)}`;
  }
  const block = blockOfPage(page);
  if (block !== (extent === undefined ? undefined : extentBlock(extent)) && !isBeingInstalled(state, id, index, block))
    return `points at block ${block}, the file has ${extent === undefined ? 'a hole' : `block ${extentBlock(extent)}`}`;
  const owners = runsGet(state.device.use, block) ?? 0;
  return pteWritable(pte) && owners > 1 ? `is writable, block ${block} has ${owners} owners` : undefined;
}

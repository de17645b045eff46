/** What stands in the slots of the score, at its left edge, and in its pages: short, and exact. */
import { blockTag, fileTag } from '../../sim/query/inodes.ts';
import { blockOfPage, dramOfPage, isBlock, ZERO_PAGE, type Page } from '../../sim/model/ids.ts';
import type { Program } from '../../sim/model/program.ts';
import type { State } from '../../sim/model/state.ts';
import { mapName } from '../../sim/query/naming.ts';
import { mrName } from '../../explain/names.ts';
import type { LiveBox } from '../../viewmodel/live.ts';
import type { SlotRow } from '../../viewmodel/rows.ts';
import { ascii, cut } from './plainText.ts';

/** Longer tags are cut in the picture; the pages are told in full below it. */
export const WIDEST_TAG = 4;

/** `4`, `D0` for a page of DRAM, `z` for the zero page. */
export const pageText = (page: Page): string =>
  isBlock(page) ? `${blockOfPage(page)}` : page === ZERO_PAGE ? 'z' : `D${dramOfPage(page)}`;

/** `index`, separator, value: the link leaves below or above the separator. */
export type SlotText = { readonly index: string; readonly sign: string; readonly value: string };

function fileValue(program: Program, state: State, row: SlotRow, live: LiveBox & { type: 'file' }): string {
  if (row.fact.look === 'unwritten' && row.fact.cache === undefined) return '_';
  const { page } = row.fact;
  const behind = page !== undefined && isBlock(page) ? blockTag(state.device, blockOfPage(page)) : 0;
  return cut(ascii(program.tags[fileTag(state, live.of, row.index) ?? behind] ?? '.'), WIDEST_TAG);
}

export function slotText(program: Program, state: State, row: SlotRow): SlotText {
  const { fact, live } = row;
  const index = `${row.index}`;
  const page = fact.page ?? fact.cache;
  if (page === undefined) return { index, sign: ' ', value: live.type === 'file' ? '.' : '-' };
  if (live.type === 'file') return { index, sign: ':', value: fileValue(program, state, row, live) };
  if (live.type !== 'map') return { index, sign: '>', value: pageText(page) };
  const access = fact.writable ? 'rw' : 'r';
  return { index, sign: ':', value: page === ZERO_PAGE ? `${access}z` : access };
}

/** What a row is, at its left: `file A`, `PTE m`, `MR mr`, `DMA d1`. */
export function rowLabel(program: Program, at: LiveBox): string {
  switch (at.type) {
    case 'file':
      if (at.of.memfd >= 0) return ascii(`mfd ${mapName(program, at.of.memfd).replace(': ', '.')}`);
      return ascii(`file ${program.files[at.of.name]?.name ?? '?'}${at.of.links === 0 ? ' (x)' : ''}`);
    case 'map':
      return ascii(`PTE ${mapName(program, at.map).replace(': ', '.')}`);
    case 'mr':
      return ascii(`MR ${mrName(program, at.mr)}`);
    case 'dma':
      return ascii(
        at.dma < program.dmas.length - program.actors.length ? `DMA ${program.dmas[at.dma]?.name ?? ''}` : 'DMA',
      );
    case 'pipe':
      return ascii(`pipe ${program.pipes[at.pipe]?.name ?? ''}`);
  }
}

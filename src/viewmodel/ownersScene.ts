/** "Who owns block n?": for the block that is selected, else the one that the moment is about. */
import type { OwnerRow } from '../explain/owners.ts';
import { claimsOn } from '../explain/owners.ts';
import { runsGet } from '../base/runs.ts';
import type { Block, Page } from '../sim/model/ids.ts';
import { blockOfPage, extentBlock, isBlock, ptePage } from '../sim/model/ids.ts';
import type { Program } from '../sim/model/program.ts';
import type { EntityRef, State } from '../sim/model/state.ts';
import type { Moment } from '../sim/outline.ts';

export type OwnersScene = {
  readonly block: Block;
  readonly rows: readonly (OwnerRow & { readonly hue: 'file' | 'cpu' | 'dma'; readonly first: boolean })[];
  readonly more: number;
};

const HUES = { File: 'file', CPU: 'cpu', DMA: 'dma' } as const;
const MOST_ROWS = 10;

/** The first of `about` that leads to a block. */
export function ownersScene(program: Program, moment: Moment, about: readonly EntityRef[]): OwnersScene | undefined {
  for (const ref of about) {
    const block = blockOf(moment.state, ref);
    if (block === undefined) continue;
    const rows = claimsOn(program, moment, block);
    return {
      block,
      rows: rows
        .slice(0, MOST_ROWS)
        .map((row, i) => ({ ...row, hue: HUES[row.side], first: rows[i - 1]?.side !== row.side })),
      more: Math.max(0, rows.length - MOST_ROWS),
    };
  }
  return undefined;
}

const ofPage = (page: Page | undefined): Block | undefined =>
  page !== undefined && isBlock(page) ? blockOfPage(page) : undefined;

function blockOf(state: State, ref: EntityRef): Block | undefined {
  switch (ref.type) {
    case 'block':
      return ref.block;
    case 'extent': {
      const extent = runsGet(state.inodes[ref.inode]?.map ?? [], ref.index);
      return extent === undefined ? undefined : extentBlock(extent);
    }
    case 'pte': {
      const pte = runsGet(state.maps[ref.map]?.ptes ?? [], ref.vpage);
      return pte === undefined ? undefined : ofPage(ptePage(pte));
    }
    case 'mtt':
      return ofPage(runsGet(state.mrs[ref.mr]?.mtt ?? [], ref.slot));
    case 'dma':
      return ofPage(state.dmas[ref.dma]?.phase === 'posted' ? state.dmas[ref.dma]?.page : undefined);
    case 'pipe':
      return ofPage(state.pipes[ref.pipe]?.phase === 'full' ? state.pipes[ref.pipe]?.page : undefined);
    case 'task': {
      const wait = state.tasks[ref.task]?.wait;
      return wait !== undefined && 'page' in wait ? ofPage(wait.page) : undefined;
    }
    case 'dram':
    case 'file':
    case 'map':
    case 'mr':
    case 'lock':
    case 'lease':
      return undefined;
  }
}

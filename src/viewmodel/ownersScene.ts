/** "Who owns block n?": for the page that is selected, else the one that the moment is about. */
import type { OwnerRow } from '../explain/owners.ts';
import { claimsOn, pageOfDma } from '../explain/owners.ts';
import { runsGet } from '../base/runs.ts';
import type { Page } from '../sim/model/ids.ts';
import { extentBlock, isBlock, isDram, pageOfBlock, pageOfDram, ptePage } from '../sim/model/ids.ts';
import type { Program } from '../sim/model/program.ts';
import type { EntityRef, State } from '../sim/model/state.ts';
import type { Moment } from '../sim/outline.ts';
import { pageName } from '../sim/query/naming.ts';

export type OwnersScene = {
  /** `block 4`, `DRAM page 0`. */
  readonly page: string;
  readonly rows: readonly (OwnerRow & { readonly hue: 'file' | 'cpu' | 'dma'; readonly first: boolean })[];
  readonly more: number;
};

const HUES = { File: 'file', CPU: 'cpu', DMA: 'dma' } as const;
const MOST_ROWS = 10;

/** The first of `about` that leads to a page. */
export function ownersScene(program: Program, moment: Moment, about: readonly EntityRef[]): OwnersScene | undefined {
  for (const ref of about) {
    const page = pageOf(moment.state, ref);
    if (page === undefined) continue;
    const rows = claimsOn(program, moment, page);
    return {
      page: pageName(page),
      rows: rows
        .slice(0, MOST_ROWS)
        .map((row, i) => ({ ...row, hue: HUES[row.side], first: rows[i - 1]?.side !== row.side })),
      more: Math.max(0, rows.length - MOST_ROWS),
    };
  }
  return undefined;
}

/** The zero page is everybody's. */
const owned = (page: Page | undefined): Page | undefined =>
  page !== undefined && (isBlock(page) || isDram(page)) ? page : undefined;

function pageOf(state: State, ref: EntityRef): Page | undefined {
  switch (ref.type) {
    case 'block':
      return pageOfBlock(ref.block);
    case 'dram':
      return state.dram[ref.dram]?.live === true ? pageOfDram(ref.dram) : undefined;
    case 'extent': {
      const cached = runsGet(state.inodes[ref.inode]?.cache ?? [], ref.index);
      if (cached !== undefined) return pageOfDram(cached);
      const extent = runsGet(state.inodes[ref.inode]?.map ?? [], ref.index);
      return extent === undefined ? undefined : pageOfBlock(extentBlock(extent));
    }
    case 'pte': {
      const pte = runsGet(state.maps[ref.map]?.ptes ?? [], ref.vpage);
      return pte === undefined ? undefined : owned(ptePage(pte));
    }
    case 'mtt':
      return owned(runsGet(state.mrs[ref.mr]?.mtt ?? [], ref.slot));
    case 'dma': {
      const dma = state.dmas[ref.dma];
      return dma === undefined ? undefined : owned(pageOfDma(state, dma));
    }
    case 'pipe':
      return owned(state.pipes[ref.pipe]?.phase === 'full' ? state.pipes[ref.pipe]?.page : undefined);
    case 'task': {
      const wait = state.tasks[ref.task]?.wait;
      return wait !== undefined && 'page' in wait ? owned(wait.page) : undefined;
    }
    case 'file':
    case 'map':
    case 'mr':
    case 'lock':
    case 'lease':
      return undefined;
  }
}

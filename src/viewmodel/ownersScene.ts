/** "Who owns block n?": for the page that is selected, else the one that the moment is about. */
import { claimsOn, pageOfDma, type OwnerRow } from '../explain/owners.ts';
import { linked, type Line } from '../explain/parts.ts';
import { runsGet } from '../base/runs.ts';
import type { Page } from '../sim/model/ids.ts';
import { extentBlock, isBlock, isDram, pageOfBlock, pageOfDram, ptePage } from '../sim/model/ids.ts';
import type { Program } from '../sim/model/program.ts';
import type { EntityRef, State } from '../sim/model/state.ts';
import type { Moment } from '../sim/outline.ts';
import { pageName } from '../sim/query/naming.ts';

export type OwnersRow = {
  readonly key: string;
  /** Empty where the row before has the same. */
  readonly side: string;
  readonly hue: 'file' | 'alloc' | 'cpu' | 'dma';
  readonly who: Line;
  /** What it believes, where the file believes otherwise. Empty: it agrees. */
  readonly odd: Line;
  readonly since: Line;
  readonly ref?: EntityRef;
};

export type OwnersScene = {
  readonly page: Page;
  /** `block 4`, `DRAM page 0`. */
  readonly name: string;
  readonly rows: readonly OwnersRow[];
  readonly more: number;
};

const HUES = { File: 'file', Allocator: 'alloc', 'DAX entry': 'file', CPU: 'cpu', DMA: 'dma' } as const;
const MOST_ROWS = 12;

/** The first of `about` that leads to a page. */
export function ownersScene(program: Program, moment: Moment, about: readonly EntityRef[]): OwnersScene | undefined {
  for (const ref of about) {
    const page = pageOf(moment.state, ref);
    if (page === undefined) continue;
    const all = claimsOn(program, moment, page);
    const rows = telling(all);
    return { page, name: pageName(page), rows: rows.map((row, i) => rowOf(row, rows[i - 1])), more: all.length - rows.length }; // prettier-ignore
  }
  return undefined;
}

/** In their order, as many as there is room for: of many the ones that disagree are kept. */
function telling(rows: readonly OwnerRow[]): readonly OwnerRow[] {
  const odd = rows.filter(({ disagrees }) => disagrees !== '');
  const kept = new Set([...odd, ...rows.filter(({ disagrees }) => disagrees === '')].slice(0, MOST_ROWS));
  return rows.filter((row) => kept.has(row));
}

function rowOf(row: OwnerRow, before: OwnerRow | undefined): OwnersRow {
  const { side, who, links, disagrees, since, step, ref } = row;
  return {
    key: `${side} ${who}`,
    side: before?.side === side ? '' : side,
    hue: HUES[side],
    who: linked(who, links),
    odd: linked(disagrees, links),
    since: step === undefined ? [since] : [{ text: since, step }],
    ...(ref === undefined ? {} : { ref }),
  };
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

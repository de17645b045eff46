/**
 * Where the score stands in 72 columns: the pages from left to right, stretches that nothing claims folded into one
 * cell, and in every page's column a lane for each row that has a slot or a link there.
 *
 *     file A    0:a     1:X
 *                |       '-----.        a link that moved: down its own lane, along a track, down beside the lane
 *     file B     | 0:a   | 1:b |        of its row in the other column
 *              +-|--|--+-|--|--+-|--
 *                ^  ^ lanes: the farther row is left above the strip, and right below it
 *
 * The link into a column has a lane of its own, one to the right of the row's: it never meets the one that left.
 */
import type { Block } from '../../sim/model/ids.ts';
import type { BoxPlan, StagePlan } from '../../viewmodel/stageLayout.ts';
import { WIDTH } from './plainText.ts';

/** A row's slots or links in one column, as an index into the plan's wide columns. */
export type Use = { readonly side: BoxPlan['side']; readonly row: number; readonly col: number };

export type Item =
  | {
      readonly type: 'col';
      readonly col: number;
      readonly block: Block | undefined;
      readonly x: number;
      readonly w: number;
    }
  | { readonly type: 'fold'; readonly from: Block; readonly to: Block; readonly x: number; readonly w: number };

export type ScoreLayout = {
  readonly gutter: number;
  readonly items: readonly Item[];
  /** One past the right wall of the last page. */
  readonly right: number;
  /** x of the lane of a row in a column; undefined: it has none. */
  readonly lane: (use: Use) => number | undefined;
};

/** Columns of the longest index and of the longest value of any slot of a side. */
export type Room = { readonly left: number; readonly right: number };

type Need = {
  readonly plan: StagePlan;
  readonly blocks: number;
  readonly gutter: number;
  /** Ascending. */
  readonly cols: readonly number[];
  readonly uses: readonly Use[];
  readonly room: Readonly<Record<BoxPlan['side'], Room>>;
  /** Columns that the texts of a page take, at least. */
  readonly cellWidth: (col: number) => number;
};

/** Longer tags and words are cut in the picture. */
export const WIDEST_CELL_TAG = 10;

const APART = { least: 3, most: 5 } as const;
const WIDEST = 13;
const SIDES = ['above', 'below'] as const;

/** Left to right. */
function lanesIn(uses: readonly Use[], side: BoxPlan['side'], col: number): number[] {
  const rows = [...new Set(uses.filter((use) => use.side === side && use.col === col).map(({ row }) => row))];
  return rows.sort((a, b) => (side === 'above' ? b - a : a - b));
}

const spacing = ({ left, right }: Room): number => Math.max(APART.least, Math.max(left, right) + 2);
const spanOf = (lanes: number, { left, right }: Room): number =>
  lanes === 0 ? 0 : left + (lanes - 1) * spacing({ left, right }) + right + 1;

type Bare = { readonly col: number; readonly block: Block | undefined } | { readonly from: Block; readonly to: Block };

/** Pages and folds in order. Columns without a block stand behind all blocks. */
function sequence({ plan, cols, blocks }: Need): Bare[] {
  const out: Bare[] = [];
  let next = 0;
  const fold = (until: Block): void => {
    if (next < until) out.push({ from: next, to: until - 1 });
    next = Math.max(next, until);
  };
  for (const col of cols) {
    const block = plan.columns.wideBlocks[col];
    fold(block ?? blocks);
    out.push({ col, block });
    if (block !== undefined) next = block + 1;
  }
  fold(blocks);
  return out;
}

export const foldText = (from: Block, to: Block): string => (from === to ? `${from}` : `${from}-${to}`);

const foldWidth = (from: Block, to: Block): number => Math.max(4, foldText(from, to).length) + 2;

/** Undefined: it does not fit. */
export function layScore(need: Need): ScoreLayout | undefined {
  const { uses, room, gutter } = need;
  const bare = sequence(need);
  const least = bare.map((item) => {
    if (!('col' in item)) return foldWidth(item.from, item.to);
    const spans = SIDES.map((side) => spanOf(lanesIn(uses, side, item.col).length, room[side]));
    return Math.max(...spans, need.cellWidth(item.col));
  });
  const taken = least.reduce((sum, w) => sum + w + 1, gutter + 1);
  if (taken > WIDTH) return undefined;
  const pages = bare.filter((item) => 'col' in item).length;
  const more = pages === 0 ? 0 : Math.floor((WIDTH - taken) / pages);
  let x = gutter;
  const items = bare.map((item, i): Item => {
    const w = 'col' in item ? Math.max(least[i] ?? 0, Math.min(WIDEST, (least[i] ?? 0) + more, 9)) : (least[i] ?? 0);
    const at = x;
    x += w + 1;
    return 'col' in item ? { type: 'col', ...item, x: at, w } : { type: 'fold', ...item, x: at, w };
  });
  const lane = ({ side, row, col }: Use): number | undefined => {
    const item = items.find((one) => one.type === 'col' && one.col === col);
    const lanes = lanesIn(uses, side, col);
    const nth = lanes.indexOf(row);
    if (item === undefined || nth < 0) return undefined;
    const { left, right } = room[side];
    const free = item.w - spanOf(lanes.length, room[side]);
    const step =
      lanes.length < 2 ? 0 : Math.min(APART.most, spacing({ left, right }) + Math.floor(free / lanes.length));
    const used = left + (lanes.length - 1) * step + right + 1;
    return item.x + Math.floor((item.w + 1 - used) / 2) + left + nth * step;
  };
  return { gutter, items, right: x, lane };
}

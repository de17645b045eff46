/**
 * Where boxes stand: in which columns, in which row, and how the rows are staggered inside a column so that every link
 * drops straight from its slot to the strip past the slots of nearer rows.
 *
 *     one column, three rows below the strip (r = 0 nearest):
 *
 *       |######## page ########|
 *          |      |      |          ports: each to the right of every nearer slot
 *       [ r0 ]    |      |
 *            [ r1 ]      |
 *                 [ r2 ]-+
 */
import type { BoxSpec } from './footprint.ts';
import { liveTogether } from './lifetimes.ts';

export type Placed = { readonly spec: BoxSpec; readonly col: number };

/** The n consecutive columns whose sum of distances to the homes is least; ties go left. */
export function placeAt(homes: readonly (number | undefined)[], columns: number): number {
  let best = 0;
  let least = Infinity;
  for (let start = 0; start + homes.length <= columns; start++) {
    let cost = 0;
    homes.forEach((home, i) => {
      if (home !== undefined) cost += Math.abs(home - (start + i));
    });
    if (cost < least) [best, least] = [start, cost];
  }
  return best;
}

const endOf = ({ spec, col }: Placed): number => col + Math.max(1, spec.indexes.length);

/** Rows of boxes that share no column at any one time, first come (from the left) first served. */
export function packRows(boxes: readonly Placed[]): Placed[][] {
  const rows: Placed[][] = [];
  const order = boxes.map((box, i) => ({ box, i })).sort((a, b) => a.box.col - b.box.col || a.i - b.i);
  for (const { box } of order) {
    const row = rows.find((others) =>
      others.every(
        (other) => endOf(other) <= box.col || endOf(box) <= other.col || !liveTogether(other.spec.life, box.spec.life),
      ),
    );
    if (row === undefined) rows.push([box]);
    else row.push(box);
  }
  return rows;
}

type Both = { readonly key: string; readonly own: Placed | undefined; readonly other: Placed | undefined };

const meet = (a: Placed | undefined, b: Placed | undefined): boolean =>
  a !== undefined && b !== undefined && endOf(a) > b.col && endOf(b) > a.col && liveTogether(a.spec.life, b.spec.life);

/** Of two runs side by side: a box has the same row in both, and rows that one of them leaves empty stay empty there. */
export function packTogether(own: readonly Placed[], other: readonly Placed[]): Placed[][] {
  const byKey = (list: readonly Placed[]): Map<string, Placed> => new Map(list.map((box) => [box.spec.key, box]));
  const [mine, theirs] = [byKey(own), byKey(other)];
  const keys = [...new Set([...mine.keys(), ...theirs.keys()])];
  const boxes = keys.map((key): Both => ({ key, own: mine.get(key), other: theirs.get(key) }));
  const colOf = (box: Both): number => Math.min(box.own?.col ?? Infinity, box.other?.col ?? Infinity);
  boxes.sort((a, b) => colOf(a) - colOf(b) || (a.key < b.key ? -1 : 1));
  const rows: Both[][] = [];
  for (const box of boxes) {
    const row = rows.find((others) => !others.some((one) => meet(one.own, box.own) || meet(one.other, box.other)));
    if (row === undefined) rows.push([box]);
    else row.push(box);
  }
  return rows.map((row) => row.flatMap((box) => box.own ?? []));
}

/** How the rows of one side share a column of usable width `usable`. */
export type Cascade = {
  readonly side: 'above' | 'below';
  readonly rows: number;
  readonly slot: number;
  /** Shift from row to row. */
  readonly step: number;
  /** Of row 0, from the column's left. */
  readonly first: number;
};

const SLOT = { least: 22, most: 64 } as const;
/** So far apart must the links of two rows be at least, and had better be: a zigzag is 12 wide. */
const LANE = { least: 7.5, good: 13 } as const;

export function cascadeOf(side: Cascade['side'], rows: number, usable: number, k: number): Cascade {
  const share = rows <= 2 ? 0.47 : 0.41;
  const gaps = Math.max(0, rows - 1) * k;
  const wanted = Math.min(share * usable, SLOT.most * k, usable - LANE.good * gaps);
  const slot = Math.min(Math.max(SLOT.least * k, wanted), usable - LANE.least * gaps);
  const step = rows > 1 ? (usable - slot) / (rows - 1) : 0;
  const first = rows === 1 ? (usable - slot) / 2 : side === 'below' ? 0 : usable - slot;
  return { side, rows, slot, step, first };
}

/** The narrowest column in which so many rows still have a lane each. */
export const pitchFor = (rows: number, k: number): number =>
  Math.max(52, SLOT.least + LANE.least * Math.max(0, rows - 1) + 5) * k;

/** Half the width that a link of this side may take without touching its neighbours' slots. */
export const clearance = (cascade: Cascade): number =>
  (cascade.rows > 1 ? Math.min(cascade.step, cascade.slot) : cascade.slot) / 2;

/** Left end of a slot of row r, from the column's left. */
export const slotAt = (cascade: Cascade, r: number): number =>
  cascade.first + (cascade.side === 'below' ? r : -r) * cascade.step;

/** Where a link of row r leaves its slot towards the strip, from the column's left: also its lane at any other page. */
export function portAt(cascade: Cascade, r: number): number {
  const { slot, step, side } = cascade;
  const inset = cascade.rows <= 1 ? slot / 2 : Math.min(step / 2, slot / 2);
  return slotAt(cascade, r) + (side === 'below' ? slot - inset : inset);
}

/** The port on the other edge of the slot, for links that leave away from the strip. */
export function backPortAt(cascade: Cascade, r: number): number {
  return 2 * slotAt(cascade, r) + cascade.slot - portAt(cascade, r);
}

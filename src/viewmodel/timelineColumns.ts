/**
 * Time on the timeline is ordinal: an open turn has one unit for each of its groups, a folded one at most 1.7. Where
 * the whole run fits, everything is open and nothing ever moves; else the turns around the playhead are open, and of a
 * long run only those in the window exist at all.
 */
import { spanAt } from '../base/spans.ts';
import type { Group, TimelineRun } from './timelineRun.ts';
import { UNIT } from './timelineRun.ts';

export type Column = {
  readonly turn: number;
  readonly x: number;
  readonly w: number;
  /** Folded: one bar, no labels of micro-steps. */
  readonly open: boolean;
  readonly groups: readonly Group[];
};

export type Columns = {
  readonly list: readonly Column[];
  /** Turns left out on either side. */
  readonly earlier: number;
  readonly later: number;
};

type Strip = { readonly x: number; readonly width: number; readonly k: number };

const FOLDED = 1.7;
const MOST_UNIT = 64;

type Choice = { readonly from: number; readonly to: number; readonly isOpen: (turn: number) => boolean };

function unitsOf(run: TimelineRun, turn: number, open: boolean): number {
  const units = Math.max(1, widthOf(run.groupsOf(turn)));
  return open ? units : Math.min(FOLDED, units);
}

const widthOf = (groups: readonly Group[]): number => groups.reduce((sum, { units }) => sum + units, 0);

/** How many units there is room for. */
const roomFor = ({ width, k }: Strip): number => width / (UNIT * k);

function wholeRun(run: TimelineRun, room: number): Choice | undefined {
  const turns = run.outline.turns.length;
  if (turns > room) return undefined;
  let units = 0;
  for (let turn = 0; turn < turns; turn += 1) units += unitsOf(run, turn, true);
  return units <= room ? { from: 0, to: turns, isOpen: () => true } : undefined;
}

/** The widest window around the current turn that has room, growing to both sides alike. */
function windowAround(run: TimelineRun, current: number, room: number): Choice {
  const turns = run.outline.turns.length;
  const near = (turn: number): boolean => Math.abs(turn - current) <= 1;
  const sum = [current - 1, current, current + 1]
    .filter((turn) => turn >= 0 && turn < turns)
    .reduce((units, turn) => units + unitsOf(run, turn, true), 0);
  const isOpen = sum <= room ? near : (turn: number): boolean => turn === current;
  let from = current;
  let to = current + 1;
  let left = room - unitsOf(run, current, true);
  for (let grown = true; grown;) {
    grown = false;
    for (const turn of [to, from - 1]) {
      if (turn < 0 || turn >= turns) continue;
      const units = unitsOf(run, turn, isOpen(turn));
      if (units > left) continue;
      left -= units;
      if (turn === to) to += 1;
      else from -= 1;
      grown = true;
    }
  }
  return { from, to, isOpen };
}

/** `anchor`: the position that stays in view; while the user drags it is where the drag began, so nothing moves. */
export function layColumns(run: TimelineRun, anchor: number, strip: Strip): Columns {
  const turns = run.outline.turns.length;
  const room = roomFor(strip);
  const current = Math.max(0, spanAt(run.outline.turns, anchor));
  const { from, to, isOpen } = wholeRun(run, room) ?? windowAround(run, current, room);
  const units = Array.from({ length: to - from }, (_, i) => unitsOf(run, from + i, isOpen(from + i)));
  const total = units.reduce((sum, n) => sum + n, 0);
  const unit = Math.min(MOST_UNIT * strip.k, strip.width / Math.max(1, total));
  let x = strip.x;
  const list = units.map((n, i): Column => {
    const turn = from + i;
    const column = { turn, x, w: n * unit, open: isOpen(turn), groups: run.groupsOf(turn) };
    x += column.w;
    return column;
  });
  return { list, earlier: from, later: turns - to };
}

/** Where a position is drawn; undefined outside the window. */
export function xOf(run: TimelineRun, columns: Columns, at: number): number | undefined {
  const first = columns.list[0];
  const last = columns.list.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const begin = run.outline.turns[first.turn]?.from ?? 0;
  const end = run.outline.turns[last.turn]?.to ?? 0;
  if (at < begin || at > end) return undefined;
  if (at === begin) return first.x;
  const column = columns.list[spanAt(run.outline.turns, at) - first.turn];
  return column === undefined ? undefined : xInColumn(column, at);
}

function xInColumn({ x, w, groups }: Column, at: number): number {
  const total = widthOf(groups);
  let before = 0;
  for (const { from, to, units } of groups) {
    if (at <= to) return x + (w * (before + (units * Math.max(0, at - from)) / (to - from))) / total;
    before += units;
  }
  return x + w;
}

/** The position drawn nearest to `x`, inside the window. */
export function positionAt(run: TimelineRun, columns: Columns, x: number): number {
  const column = columns.list.findLast((candidate) => candidate.x <= x) ?? columns.list[0];
  const span = column && run.outline.turns[column.turn];
  if (column === undefined || span === undefined) return 0;
  let best = span.from;
  for (let at = span.from; at <= span.to; at += 1) {
    const near = Math.abs(xInColumn(column, at) - x);
    if (near <= Math.abs((best === span.from ? column.x : xInColumn(column, best)) - x)) best = at;
  }
  return best;
}

/** Where things go on the timeline: lanes from top to bottom, positions from left to right. */
import { spanAt } from '../base/spans.ts';
import type { Columns } from './timelineColumns.ts';
import { layColumns, xOf } from './timelineColumns.ts';
import type { TimelineRun } from './timelineRun.ts';

export type TimelineView = {
  readonly at: number;
  /** What stays in view; `at`, but for a drag. */
  readonly anchor: number;
  readonly width: number;
  readonly k: number;
  /** Only the lane of the current actor, and the checks. */
  readonly compact: boolean;
};

export type When = 'past' | 'now' | 'future';

export type SceneLane = {
  readonly key: number;
  readonly name: string;
  readonly note: string;
  readonly y: number;
  readonly h: number;
};

export type Frame = {
  readonly run: TimelineRun;
  readonly view: TimelineView;
  readonly columns: Columns;
  readonly lanes: readonly SceneLane[];
  /** Room enough for a second line under the name of a lane. */
  readonly few: boolean;
  /** Top of a lane, by its number; undefined: not shown. */
  readonly top: (lane: number) => number | undefined;
  /** undefined outside the window. */
  readonly x: (at: number) => number | undefined;
  /** As x, with what lies outside the window at its edge. */
  readonly clamped: (at: number) => number;
  /** Whether any of it is in the window. */
  readonly shows: (span: { readonly from: number; readonly to?: number }) => boolean;
};

export const GUTTER = 92;
export const PAD = 16;
export const AXIS = 32;
/** Between a bar and the end of its column. */
export const GAP = 1.5;
export const BAR_HEIGHT = 18;
/** From the top of a lane to its bar, and to its first lock bar; the next one is a pitch lower. */
const FEW = { lane: 35, bar: 5, lock: 28 };
const MANY = { lane: 32, bar: 3, lock: 25.5 };
const LOCK_PITCH = 13;

export const barTop = ({ few, view }: Frame, top: number): number => top + (few ? FEW : MANY).bar * view.k;

export const lockTop = ({ few, view }: Frame, top: number, track: number): number =>
  top + ((few ? FEW : MANY).lock + LOCK_PITCH * track) * view.k;

export function timelineFrame(run: TimelineRun, view: TimelineView): Frame {
  const { width, k } = view;
  const columns = layColumns(run, view.anchor, { x: GUTTER * k, width: width - (GUTTER + PAD) * k, k });
  const lanes = placeLanes(run, view);
  const first = columns.list[0];
  const last = columns.list.at(-1);
  const begin = first === undefined ? 0 : (run.outline.turns[first.turn]?.from ?? 0);
  const end = last === undefined ? 0 : (run.outline.turns[last.turn]?.to ?? 0);
  const left = first?.x ?? 0;
  const right = last === undefined ? 0 : last.x + last.w;
  const tops = new Map(lanes.map(({ key, y }) => [key, y]));
  const x = (at: number): number | undefined => xOf(run, columns, at);
  return {
    run,
    view,
    columns,
    lanes,
    few: lanes.length <= 4,
    top: (lane) => tops.get(lane < 0 ? run.nic : lane),
    x,
    clamped: (at) => x(at) ?? (at < begin ? left : right),
    shows: ({ from, to = run.outline.length }) => from < end && to > begin,
  };
}

function placeLanes(run: TimelineRun, { at, k, compact }: TimelineView): readonly SceneLane[] {
  const turn = run.outline.turns[Math.max(0, spanAt(run.outline.turns, at))];
  const task = turn === undefined || turn.task < 0 ? run.nic : turn.task;
  const shown = run.lanes
    .map((info, key) => ({ ...info, key }))
    .filter(({ key }) => !compact || key === run.checks || key === task);
  const few = shown.length <= 4;
  let y = AXIS * k;
  return shown.map(({ key, name, note, tracks }) => {
    const h = ((few ? FEW : MANY).lane + LOCK_PITCH * Math.max(0, tracks - 1)) * k;
    const placed = { key, name, note: few ? note : '', y, h };
    y += h;
    return placed;
  });
}

export type Piece = { readonly x0: number; readonly x1: number; readonly future: boolean };

export const widthOf = ({ x0, x1 }: { readonly x0: number; readonly x1: number }): number => x1 - x0;

/** The part of a span that is in the window, cut at the playhead. */
export function pieces(frame: Frame, from: number, to: number): readonly Piece[] {
  const x0 = frame.clamped(from);
  const x1 = frame.clamped(to);
  if (x1 - x0 < 1) return [];
  const now = frame.clamped(frame.view.at);
  if (now >= x1) return [{ x0, x1, future: false }];
  if (now <= x0) return [{ x0, x1, future: true }];
  return [
    { x0, x1: now, future: false },
    { x0: now, x1, future: true },
  ];
}

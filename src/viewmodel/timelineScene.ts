/**
 * The timeline as plain data: a lane for each actor, one for the NIC, one for the checks; a bracket over each turn, its
 * micro-steps as bars, waits hatched, locks as thin bars, violations as octagons, the future dashed.
 *
 *     axis    |‾ 2 reg_mr ‾|‾‾‾ 3 store m 1 X ‾‾‾|¨4 rdma_read¨|
 *     app     [check|admit|pin ×4] [fault|alloc|zap|…]▼
 *     NIC                                        ┊key┊slot┊
 *     Checks                                 <S2>┊  <S5b>
 */
import { spanAt } from '../base/spans.ts';
import type { Turn, Violation, WaitSpan } from '../sim/outline.ts';
import type { Hue } from './scene.ts';
import { fitText, textWidth } from './textWidth.ts';
import type { Column, Columns } from './timelineColumns.ts';
import { layColumns, xOf } from './timelineColumns.ts';
import type { Group, PlacedLock, TimelineRun } from './timelineRun.ts';

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
  readonly key: string;
  readonly name: string;
  readonly note: string;
  readonly y: number;
  readonly h: number;
};
export type SceneBracket = {
  readonly key: number;
  readonly x: number;
  readonly w: number;
  readonly label: string;
  readonly title: string;
  readonly when: When;
};
export type SceneLabel = { readonly x: number; readonly text: string };
export type SceneBar = {
  readonly key: string;
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly hue: Hue;
  readonly when: When;
  readonly ticks: readonly number[];
  readonly labels: readonly SceneLabel[];
};
export type SceneWait = {
  readonly key: string;
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly text: string;
  readonly plate: number;
  readonly future: boolean;
};
export type SceneLock = {
  readonly key: string;
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly shared: boolean;
  readonly future: boolean;
  readonly label: string;
  readonly labelX: number;
  readonly labelEnd: boolean;
};
export type SceneMark = {
  readonly key: string;
  readonly id: string;
  readonly x: number;
  readonly y: number;
  readonly future: boolean;
  readonly title: string;
  readonly violation: number;
};

export type TimelineScene = {
  readonly width: number;
  readonly height: number;
  /** Height of the axis, which stays when the lanes scroll. */
  readonly axis: number;
  readonly columns: Columns;
  readonly lanes: readonly SceneLane[];
  readonly brackets: readonly SceneBracket[];
  readonly bars: readonly SceneBar[];
  readonly waits: readonly SceneWait[];
  readonly locks: readonly SceneLock[];
  readonly marks: readonly SceneMark[];
  /** The current turn. */
  readonly band: { readonly x: number; readonly w: number } | undefined;
  readonly playhead: number | undefined;
  /** The part of the run that is in view, 0 … 1; absent when it is all. */
  readonly overview: { readonly from: number; readonly to: number; readonly at: number } | undefined;
}; // prettier-ignore

export const GUTTER = 92;
const PAD = 16;
const AXIS = 32;
const FOOT = 4;
const LANE = { few: 35, many: 29 };
const BAR = { few: 5, many: 4, height: 18 };
const TRACK = { first: 29, pitch: 13 };
const TRACK_MANY = 25.5;
export const MARK_R = 11;
const GAP = 1.5;

type Frame = {
  readonly run: TimelineRun;
  readonly view: TimelineView;
  readonly columns: Columns;
  readonly few: boolean;
  /** Top of each lane, by its number; absent: not shown. */
  readonly tops: ReadonlyMap<number, number>;
  readonly x: (at: number) => number | undefined;
  /** As x, with what lies outside the window at its edge. */
  readonly clamped: (at: number) => number;
};

export function timelineScene(run: TimelineRun, view: TimelineView): TimelineScene {
  const { width, k, at } = view;
  const strip = { x: GUTTER * k, width: width - (GUTTER + PAD) * k, k };
  const columns = layColumns(run, view.anchor, strip);
  const lanes = placeLanes(run, view);
  const last = lanes.at(-1);
  const frame = frameOf(run, view, columns, lanes);
  const turn = spanAt(run.outline.turns, at);
  const current = columns.list.find((column) => column.turn === turn);
  const { length } = run.outline;
  const edge = (column: Column | undefined, side: 'from' | 'to'): number =>
    column === undefined ? 0 : (run.outline.turns[column.turn]?.[side] ?? 0) / Math.max(1, length);
  return {
    width,
    height: (last === undefined ? AXIS * k : last.y + last.h) + FOOT * k,
    axis: AXIS * k,
    columns,
    lanes,
    brackets: columns.list.map((column) => bracketOf(frame, column, turn)),
    bars: columns.list.flatMap((column) => barsOf(frame, column, turn)),
    waits: run.outline.waits.flatMap((wait, i) => waitsOf(frame, wait, i)),
    locks: run.locks.flatMap((lock, i) => locksOf(frame, lock, i)),
    marks: marksOf(frame),
    band: current && { x: current.x, w: current.w },
    playhead: frame.x(at),
    overview:
      columns.earlier + columns.later === 0
        ? undefined
        : { from: edge(columns.list[0], 'from'), to: edge(columns.list.at(-1), 'to'), at: at / Math.max(1, length) },
  };
}

function placeLanes(
  run: TimelineRun,
  { at, k, compact }: TimelineView,
): readonly (SceneLane & { readonly lane: number })[] {
  const turn = run.outline.turns[Math.max(0, spanAt(run.outline.turns, at))];
  const shown = run.lanes
    .map((info, lane) => ({ info, lane }))
    .filter(({ lane }) => !compact || lane === run.checks || lane === (turn?.task ?? 0));
  const pitch = shown.length <= 4 ? LANE.few : LANE.many;
  let y = AXIS * k;
  return shown.map(({ info, lane }) => {
    const h = (pitch + TRACK.pitch * Math.max(0, info.tracks - 1)) * k;
    const placed = { key: info.name, name: info.name, note: shown.length <= 4 ? info.note : '', y, h, lane };
    y += h;
    return placed;
  });
}

function frameOf(
  run: TimelineRun,
  view: TimelineView,
  columns: Columns,
  lanes: readonly (SceneLane & { readonly lane: number })[],
): Frame {
  const first = columns.list[0];
  const last = columns.list.at(-1);
  const begin = first === undefined ? 0 : (run.outline.turns[first.turn]?.from ?? 0);
  const x = (at: number): number | undefined => xOf(run, columns, at);
  const left = first?.x ?? 0;
  const right = last === undefined ? 0 : last.x + last.w;
  return {
    run,
    view,
    columns,
    few: lanes.length <= 4,
    tops: new Map(lanes.map(({ lane, y }) => [lane, y])),
    x,
    clamped: (at) => x(at) ?? (at < begin ? left : right),
  };
}

const whenOf = (turn: number, current: number): When => (turn < current ? 'past' : turn === current ? 'now' : 'future');

const KIND_WORDS: { readonly [K in Turn['kind']]: string } = {
  begun: '',
  woke: ' goes on',
  held: ' held',
  exit: ' dies',
};

/** `3 store m 1 X`, `3 store`, `3`: as much as there is room for. */
function bracketOf({ run, view }: Frame, column: Column, current: number): SceneBracket {
  const turn = run.outline.turns[column.turn];
  const step = turn && run.program.steps[turn.step];
  const number = `${(turn?.step ?? 0) + 1}`;
  const kind = KIND_WORDS[turn?.kind ?? 'begun'];
  const verb = step?.op.verb ?? '';
  // The name that a step gives its object is the least of what it says.
  const text = step?.text.replace(/^\S+ = /, '') ?? '';
  const full = kind === '' ? `${number} ${text}` : `${number} ${verb}${kind}`;
  const face = column.turn === current ? 'bold' : 'sans';
  const fits = (label: string): boolean => textWidth(label, 11.5 * view.k, face) <= column.w - 6 * view.k;
  const label = [full, `${number} ${verb}`, number].find(fits) ?? '';
  return {
    key: column.turn,
    x: column.x + GAP * view.k,
    w: column.w - 2 * GAP * view.k,
    label,
    title: `Step ${number}: ${run.program.actors[turn?.task ?? 0]?.name ?? ''} ${step?.text ?? ''}${kind}`,
    when: whenOf(column.turn, current),
  };
}

/** Consecutive groups of one lane are one bar. */
function barsOf(frame: Frame, column: Column, current: number): readonly SceneBar[] {
  const { run, view } = frame;
  const when = whenOf(column.turn, current);
  const stretches: Group[][] = [];
  for (const group of column.groups) {
    const stretch = stretches.at(-1);
    if (stretch?.[0]?.lane === group.lane) stretch.push(group);
    else stretches.push([group]);
  }
  const begin = run.outline.turns[column.turn]?.from ?? 0;
  return stretches.flatMap((groups) => {
    const head = groups[0];
    const tail = groups.at(-1);
    const top = head && frame.tops.get(head.lane);
    if (head === undefined || tail === undefined || top === undefined) return [];
    const x0 = head.from === begin ? column.x : frame.clamped(head.from);
    const x1 = frame.clamped(tail.to);
    const pieces = when === 'now' ? splitAt(x0, x1, frame.clamped(view.at)) : [{ x0, x1, when }];
    return pieces.map((piece) =>
      barOf(frame, column, groups, { ...piece, y: top + (frame.few ? BAR.few : BAR.many) * view.k }),
    );
  });
}

type Piece = { readonly x0: number; readonly x1: number; readonly when: When };

/** What of the current turn has not happened yet is future. */
function splitAt(x0: number, x1: number, playhead: number): readonly Piece[] {
  if (playhead >= x1) return [{ x0, x1, when: 'now' }];
  if (playhead <= x0) return [{ x0, x1, when: 'future' }];
  return [
    { x0, x1: playhead, when: 'now' },
    { x0: playhead, x1, when: 'future' },
  ];
}

function barOf(
  frame: Frame,
  column: Column,
  groups: readonly Group[],
  piece: Piece & { readonly y: number },
): SceneBar {
  const { k } = frame.view;
  const { x0, x1, y, when } = piece;
  const inside = column.open ? groups.filter((group) => middle(frame, group) > x0 && middle(frame, group) <= x1) : [];
  const width = (group: Group): number => frame.clamped(group.to) - frame.clamped(group.from);
  const verb = frame.run.program.steps[frame.run.outline.turns[column.turn]?.step ?? 0]?.op.verb ?? '';
  const folded = textWidth(verb, 11.5 * k, 'sans') <= x1 - x0 - 8 * k ? [{ x: (x0 + x1) / 2, text: verb }] : [];
  return {
    key: `${column.turn}.${groups[0]?.from ?? 0}.${when}`,
    x: x0 + GAP * k,
    y,
    w: Math.max(1, x1 - x0 - 2 * GAP * k),
    hue: groups[0]?.hue ?? 'cpu',
    when,
    ticks: column.open
      ? groups
          .slice(1)
          .map(({ from }) => frame.clamped(from))
          .filter((x) => x > x0 && x < x1)
      : [],
    labels: !column.open
      ? folded
      : inside
          .filter((group) => textWidth(group.label, 11 * k, 'sans') <= width(group) - 3 * k)
          .map((group) => ({ x: middle(frame, group), text: group.label })),
  };
}

const middle = ({ clamped }: Frame, { from, to }: Group): number => (clamped(from) + clamped(to)) / 2;

/** The part of a span that is in the window, cut at the playhead. */
function visible(frame: Frame, from: number, to: number): readonly { x0: number; x1: number; future: boolean }[] {
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

function waitsOf(frame: Frame, wait: WaitSpan, index: number): readonly SceneWait[] {
  const { k } = frame.view;
  const top = frame.tops.get(wait.task);
  if (top === undefined) return [];
  const pieces = visible(frame, wait.from, wait.to ?? frame.run.outline.length);
  // The reason stands on the longer piece.
  const longest = pieces.reduce((best, piece, i) => (width(piece) > width(pieces[best] ?? piece) ? i : best), 0);
  return pieces.map((piece, i) => {
    const room = width(piece) - 34 * k;
    const text = i !== longest || room < 24 * k ? '' : fitText(wait.text, room, 11.5 * k, 'sans');
    return {
      key: `${index}.${piece.future}`,
      x: piece.x0 + GAP * k,
      y: top + (frame.few ? BAR.few : BAR.many) * k,
      w: Math.max(1, width(piece) - 2 * GAP * k),
      text: text.length > 1 ? text : '',
      plate: text.length > 1 ? textWidth(text, 11.5 * k, 'sans') + 26 * k : 0,
      future: piece.future,
    };
  });
}

const width = ({ x0, x1 }: { readonly x0: number; readonly x1: number }): number => x1 - x0;

const MODES = { exclusive: 'excl', shared: 'shared' };

function locksOf(frame: Frame, lock: PlacedLock, index: number): readonly SceneLock[] {
  const { k } = frame.view;
  const top = frame.tops.get(lock.task);
  if (top === undefined) return [];
  const label = `${lock.name}, ${MODES[lock.mode]}`;
  const wide = textWidth(label, 11 * k, 'sans') + 6 * k;
  const y = top + ((frame.few ? TRACK.first : TRACK_MANY) + TRACK.pitch * lock.track) * k;
  const pieces = visible(frame, lock.from, lock.to ?? frame.run.outline.length);
  const begin = pieces[0]?.x0 ?? 0;
  const end = pieces.at(-1)?.x1 ?? 0;
  // Left of its start; where there is no room, right of its end.
  const before = begin - wide >= GUTTER * k - 2;
  const after = end + wide <= frame.view.width;
  return pieces.map((piece, i) => {
    const says = before ? i === 0 : after && i === pieces.length - 1;
    return {
      key: `${index}.${piece.future}`,
      x: piece.x0 + GAP * k,
      y,
      w: Math.max(1, width(piece) - 2 * GAP * k),
      shared: lock.mode === 'shared',
      future: piece.future,
      label: says ? label : '',
      labelX: before ? begin - 5 * k : end + 5 * k,
      labelEnd: before,
    };
  });
}

/** Octagons in a row, none over another: the later one gives way to the right, at the edge to the left. */
function marksOf(frame: Frame): readonly SceneMark[] {
  const { run, view } = frame;
  const top = frame.tops.get(run.checks);
  if (top === undefined) return [];
  const pitch = (2 * MARK_R + 3) * view.k;
  const seen = new Set<string>();
  const marks: { violation: Violation; index: number; x: number }[] = [];
  run.outline.violations.forEach((violation, index) => {
    // Several slots of one MR break at once: one octagon for one property at one position.
    const name = `${violation.id}@${violation.at}`;
    const x = frame.x(violation.at);
    if (x === undefined || seen.has(name)) return;
    seen.add(name);
    marks.push({ violation, index, x });
  });
  marks.sort((a, b) => a.x - b.x);
  marks.forEach((mark, i) => {
    const before = marks[i - 1];
    if (before !== undefined) mark.x = Math.max(mark.x, before.x + pitch);
  });
  let limit = view.width - MARK_R * view.k - 2;
  for (const mark of marks.toReversed()) {
    mark.x = Math.min(mark.x, limit);
    limit = mark.x - pitch;
  }
  return marks.map(({ violation, index, x }) => ({
    key: `${violation.id}@${violation.at}`,
    id: violation.id,
    x,
    y: top + 18 * view.k,
    future: violation.at > view.at,
    title: `${violation.id} breaks at step ${violation.step + 1}: ${violation.message}`,
    violation: index,
  }));
}

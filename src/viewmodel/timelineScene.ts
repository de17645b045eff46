/**
 * The timeline as plain data: a lane for each actor, one for the NIC, one for the checks; a bracket over each turn, its
 * micro-steps as bars, waits hatched, locks and DMA in flight as thin bars, violations as octagons, the future dashed.
 *
 *     axis    |‾ 2 reg_mr ‾|‾‾‾ 3 store m 1 X ‾‾‾|¨4 rdma_read¨|
 *     app     [check|admit|pin ×4] [fault|alloc|zap|…]▼
 *     NIC                                        ┊key┊slot┊
 *     Checks                                 <S2>┊  <S5b>
 */
import { spanAt } from '../base/spans.ts';
import type { Turn } from '../sim/outline.ts';
import { textWidth } from './textWidth.ts';
import type { SceneBar } from './timelineBars.ts';
import { barsOf } from './timelineBars.ts';
import type { Column, Columns } from './timelineColumns.ts';
import type { Frame, SceneLane, TimelineView, When } from './timelineFrame.ts';
import { AXIS, GAP, timelineFrame } from './timelineFrame.ts';
import type { SceneMark } from './timelineMarks.ts';
import { marksOf } from './timelineMarks.ts';
import type { TimelineRun } from './timelineRun.ts';
import type { SceneLock, SceneLockName, SceneWait } from './timelineSpans.ts';
import { lockNames, locksOf, waitsOf } from './timelineSpans.ts';

export type SceneBracket = {
  readonly key: number;
  readonly x: number;
  readonly w: number;
  readonly label: string;
  readonly when: When;
};

export type TimelineScene = {
  readonly width: number;
  readonly height: number;
  /** Height of the axis, which stays when the lanes scroll. */
  readonly axis: number;
  readonly columns: Columns;
  /** Without the checks, which stay when the lanes scroll. */
  readonly lanes: readonly SceneLane[];
  readonly checks: SceneLane | undefined;
  /** The lane, or lanes, to keep in sight. */
  readonly current: Pick<SceneLane, 'key' | 'y' | 'h'> | undefined;
  readonly brackets: readonly SceneBracket[];
  readonly bars: readonly SceneBar[];
  readonly waits: readonly SceneWait[];
  readonly locks: readonly SceneLock[];
  readonly lockNames: readonly SceneLockName[];
  readonly marks: readonly SceneMark[];
  /** The current turn. */
  readonly band: { readonly x: number; readonly w: number } | undefined;
  readonly playhead: number | undefined;
  /** The part of the run that is in view, 0 … 1; absent when it is all. */
  readonly overview: { readonly from: number; readonly to: number; readonly at: number } | undefined;
};

const FOOT = 4;
const LABEL_SIZE = 11.5;

export function timelineScene(run: TimelineRun, view: TimelineView): TimelineScene {
  const { width, k, at } = view;
  const frame = timelineFrame(run, view);
  const { columns, lanes } = frame;
  const turn = spanAt(run.outline.turns, at);
  const current = columns.list.find((column) => column.turn === turn);
  const last = lanes.at(-1);
  return {
    width,
    height: (last === undefined ? AXIS * k : last.y + last.h) + FOOT * k,
    axis: AXIS * k,
    columns,
    lanes: lanes.filter(({ key }) => key !== run.checks),
    checks: last,
    current: currentLanes(frame, run.outline.turns[turn]?.task ?? -1),
    brackets: columns.list.map((column) => bracketOf(frame, column, whenOf(column.turn, turn))),
    bars: columns.list.flatMap((column) => barsOf(frame, column, whenOf(column.turn, turn))),
    waits: run.outline.waits.flatMap((wait, i) => waitsOf(frame, wait, i)),
    locks: run.thin.flatMap((lock, i) => locksOf(frame, lock, i)),
    lockNames: lockNames(frame),
    marks: marksOf(frame),
    band: current && { x: current.x, w: current.w },
    playhead: frame.x(at),
    overview: columns.earlier + columns.later === 0 ? undefined : overviewOf(frame),
  };
}

/** What the remote side posts is done in the lane of the NIC, below it. */
function currentLanes({ run, lanes }: Frame, task: number): TimelineScene['current'] {
  const lane = lanes.find(({ key }) => key === task);
  const nic = lanes.find(({ key }) => key === run.nic);
  if (lane === undefined || nic === undefined || run.program.actors[task]?.type !== 'remote') return lane;
  return { ...lane, h: nic.y + nic.h - lane.y };
}

const whenOf = (turn: number, current: number): When => (turn < current ? 'past' : turn === current ? 'now' : 'future');

function overviewOf({ run, columns, view }: Frame): TimelineScene['overview'] {
  const length = Math.max(1, run.outline.length);
  const first = run.outline.turns[columns.list[0]?.turn ?? 0];
  const last = run.outline.turns[columns.list.at(-1)?.turn ?? 0];
  return { from: (first?.from ?? 0) / length, to: (last?.to ?? 0) / length, at: view.at / length };
}

const KIND_WORDS: { readonly [K in Turn['kind']]: string } = {
  begun: '',
  woke: ' goes on',
  held: ' held',
  exit: ' ends',
  again: ' goes on',
  dma: ' completes',
};

/** `3 store m 1 X`, `3 store`, `3`: as much as there is room for. */
function bracketOf({ run, view: { k } }: Frame, column: Column, when: When): SceneBracket {
  const turn = run.outline.turns[column.turn];
  const step = turn && run.program.steps[turn.step];
  const number = `${(turn?.step ?? 0) + 1}`;
  const verb = step?.op.verb ?? '';
  const kind = KIND_WORDS[turn?.kind ?? 'begun'];
  // The name that a step gives its object is the least of what it says.
  const full = kind === '' ? (step?.text.replace(/^\S+ = /, '') ?? '') : `${verb}${kind}`;
  const face = when === 'now' ? 'bold' : 'sans';
  const fits = (label: string): boolean => textWidth(label, LABEL_SIZE * k, face) <= column.w - 6 * k;
  return {
    key: column.turn,
    x: column.x + GAP * k,
    w: column.w - 2 * GAP * k,
    label: [`${number} ${full}`, kind === '' ? `${number} ${verb}` : `${number}${kind}`, number].find(fits) ?? '',
    when,
  };
}

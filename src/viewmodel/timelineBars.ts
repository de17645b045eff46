/** The bars of the timeline: what each turn did, in its lanes, with a tick and a label for each group of micro-steps. */
import type { Hue } from './scene.ts';
import { textWidth } from './textWidth.ts';
import type { Column } from './timelineColumns.ts';
import type { Frame, When } from './timelineFrame.ts';
import { barTop, GAP, widthOf } from './timelineFrame.ts';
import type { Group } from './timelineRun.ts';
import { LABEL_SIZE } from './timelineRun.ts';

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

type Stretch = { readonly x0: number; readonly x1: number; readonly when: When };

export function barsOf(frame: Frame, column: Column, when: When): readonly SceneBar[] {
  const turn = frame.run.outline.turns[column.turn];
  // Its actor is asleep: the wait is drawn there already.
  if (turn === undefined || turn.kind === 'held') return [];
  const begin = turn.from;
  return lanesOf(column.groups).flatMap((groups) => {
    const head = groups[0];
    const tail = groups.at(-1);
    const top = head && frame.top(head.lane);
    if (head === undefined || tail === undefined || top === undefined) return [];
    // A position is drawn where the step before it ended, so the first bar of a turn begins with its column.
    const x0 = head.from === begin ? column.x : frame.clamped(head.from);
    const x1 = frame.clamped(tail.to);
    return stretchesOf({ x0, x1, when }, frame.clamped(frame.view.at)).map((stretch) =>
      barOf(frame, column, groups, { ...stretch, y: barTop(frame, top) }),
    );
  });
}

/** Consecutive groups of one lane are one bar. */
function lanesOf(groups: readonly Group[]): readonly (readonly Group[])[] {
  const bars: Group[][] = [];
  for (const group of groups) {
    const bar = bars.at(-1);
    if (bar?.[0]?.lane === group.lane) bar.push(group);
    else bars.push([group]);
  }
  return bars;
}

/** What of the current turn has not happened yet is future. */
function stretchesOf({ x0, x1, when }: Stretch, playhead: number): readonly Stretch[] {
  if (when !== 'now' || playhead >= x1) return [{ x0, x1, when }];
  if (playhead <= x0) return [{ x0, x1, when: 'future' }];
  return [
    { x0, x1: playhead, when },
    { x0: playhead, x1, when: 'future' },
  ];
}

function barOf(
  frame: Frame,
  column: Column,
  groups: readonly Group[],
  stretch: Stretch & { readonly y: number },
): SceneBar {
  const { k } = frame.view;
  const { x0, x1, y, when } = stretch;
  const starts = groups.slice(1).map(({ from }) => frame.clamped(from));
  return {
    key: `${column.turn}.${groups[0]?.from ?? 0}.${when}`,
    x: x0 + GAP * k,
    y,
    w: Math.max(1, x1 - x0 - 2 * GAP * k),
    hue: groups[0]?.hue ?? 'cpu',
    when,
    ticks: column.open ? starts.filter((x) => x > x0 && x < x1) : [],
    labels: column.open ? groupLabels(frame, groups, stretch) : verbLabel(frame, column, stretch),
  };
}

function groupLabels(frame: Frame, groups: readonly Group[], { x0, x1 }: Stretch): readonly SceneLabel[] {
  const { k } = frame.view;
  return groups.flatMap(({ from, to, label }) => {
    const group = { x0: frame.clamped(from), x1: frame.clamped(to) };
    const x = (group.x0 + group.x1) / 2;
    const fits = textWidth(label, LABEL_SIZE * k, 'sans') <= widthOf(group) - 2 * k;
    return fits && x > x0 && x <= x1 ? [{ x, text: label }] : [];
  });
}

/** A folded turn says what it was. */
function verbLabel({ run, view: { k } }: Frame, column: Column, stretch: Stretch): readonly SceneLabel[] {
  const verb = run.program.steps[run.outline.turns[column.turn]?.step ?? 0]?.op.verb ?? '';
  const fits = textWidth(verb, LABEL_SIZE * k, 'sans') <= widthOf(stretch) - 6 * k;
  return fits ? [{ x: (stretch.x0 + stretch.x1) / 2, text: verb }] : [];
}

/**
 * Branches as tracks below the timeline, to its scale: the one that runs is a line over the whole run, a kept one leaves
 * it at its fork by a 45-degree tick and has a mark for each step of its own.
 *
 *     main        ────────────┬──────────●───
 *     4 punch       ────────── ╲─┼──┼──◇
 */
import { spanAt } from '../base/spans.ts';
import type { Columns } from './timelineColumns.ts';
import { layColumns, xOf } from './timelineColumns.ts';
import { GUTTER, PAD } from './timelineFrame.ts';
import type { TimelineRun } from './timelineRun.ts';

export type BranchFacts = {
  readonly id: string;
  readonly name: string;
  /** Its steps with their actors; undefined: its text has an error. */
  readonly steps: readonly string[] | undefined;
  /** How many of its steps had been done when it was left. */
  readonly left: number | undefined;
};

export type SceneBranch = {
  readonly id: string;
  readonly name: string;
  readonly current: boolean;
  readonly y: number;
  /** `leaves after step 3, 2 steps of its own`. */
  readonly title: string;
  readonly path: string;
  /** Of its own steps. */
  readonly ticks: readonly number[];
  readonly playhead: number | undefined;
};

export type BranchScene = { readonly height: number; readonly rows: readonly SceneBranch[] };

export type BranchView = { readonly at: number; readonly width: number; readonly k: number; readonly current: string };

export const ROW = 24;
const TICK = 7;
/** Between two steps of a kept branch, at most and at least. */
const STEP = 26;
const LEAST_STEP = 5;

type Setting = { readonly run: TimelineRun; readonly columns: Columns; readonly view: BranchView };

export function branchScene(run: TimelineRun, branches: readonly BranchFacts[], view: BranchView): BranchScene {
  const { at, width, k, current } = view;
  const columns = layColumns(run, at, { x: GUTTER * k, width: width - (GUTTER + PAD) * k, k });
  const setting = { run, columns, view };
  const rows = branches.map((branch, i) =>
    branch.id === current ? runningRow(branch, i, setting) : keptRow(branch, i, setting),
  );
  return { height: branches.length * ROW * k, rows };
}

const middle = (row: number, k: number): number => (row + 0.5) * ROW * k;

function runningRow({ id, name }: BranchFacts, row: number, { run, columns, view }: Setting): SceneBranch {
  const { at, width, k } = view;
  const y = middle(row, k);
  const ends = columns.list.map(({ x, w }) => x + w);
  const to = ends.at(-1) ?? width - PAD * k;
  return {
    id,
    name,
    current: true,
    y: row * ROW * k,
    title: `the branch that runs, ${counted(run.program.steps.length)}`,
    path: `M${GUTTER * k} ${y}H${to}`,
    ticks: ends,
    playhead: xOf(run, columns, at),
  };
}

function keptRow({ id, name, steps, left }: BranchFacts, row: number, setting: Setting): SceneBranch {
  const { view, run } = setting;
  const { k, width } = view;
  const y = middle(row, k);
  const fork = commonSteps(run, steps ?? []);
  const own = (steps?.length ?? 0) - fork;
  const x = forkX(fork, setting);
  const from = x + TICK * k;
  const room = Math.max(0, width - PAD * k - from);
  const pace = Math.min(STEP * k, Math.max(LEAST_STEP * k, room / Math.max(1, own)));
  const ticks = Array.from({ length: Math.min(own, Math.floor(room / pace)) }, (_, i) => from + (i + 1) * pace);
  const head = left === undefined ? undefined : left <= fork ? x : ticks[Math.min(left - fork, ticks.length) - 1];
  return {
    id,
    name,
    current: false,
    y: row * ROW * k,
    title: steps === undefined ? 'its text has an error' : `leaves after step ${fork}, ${counted(own)} of its own`,
    path: `M${x} 0V${y - TICK * k}l${TICK * k} ${TICK * k}H${ticks.at(-1) ?? from + STEP * k * 0.5}`,
    ticks,
    playhead: head,
  };
}

const counted = (steps: number): string => (steps === 1 ? '1 step' : `${steps} steps`);

function commonSteps({ program }: TimelineRun, steps: readonly string[]): number {
  const names = program.steps.map(({ actor, text }) => `${program.actors[actor]?.name ?? ''} ${text}`);
  const differs = steps.findIndex((step, i) => step !== names[i]);
  return differs < 0 ? Math.min(steps.length, names.length) : differs;
}

/** Where the last common step ends; at an edge where that is out of sight. */
function forkX(fork: number, { run, columns, view }: Setting): number {
  const { turns } = run.outline;
  const end = fork === 0 ? 0 : (turns.find(({ step }) => step === fork - 1)?.to ?? 0);
  const x = xOf(run, columns, end);
  if (x !== undefined) return x;
  const first = columns.list[0];
  const last = columns.list.at(-1);
  const before = first === undefined || spanAt(turns, end) < first.turn;
  return before || last === undefined ? GUTTER * view.k : last.x + last.w;
}

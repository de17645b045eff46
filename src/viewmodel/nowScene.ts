/** What the Now panel says: one sentence first, then the causes, then who owns what, then what comes. */
import type { OwnersScene } from './ownersScene.ts';
import { ownersScene } from './ownersScene.ts';
import { spanAt } from '../base/spans.ts';
import { functionsAt } from '../explain/functions.ts';
import { formatFunction, microInfo } from '../explain/micro.ts';
import { changedBy } from '../explain/changes.ts';
import { nameOf } from '../explain/names.ts';
import { turnSentence } from '../explain/sentences.ts';
import type { NextStep, Warning } from '../explain/why.ts';
import { cardsAt, nextStep, nextWarnings } from '../explain/why.ts';
import { formatOption, PRESETS } from '../sim/model/knobs.ts';
import type { Program } from '../sim/model/program.ts';
import type { EntityRef } from '../sim/model/state.ts';
import { taskName } from '../sim/query/naming.ts';
import type { Moment, Outline, Turn } from '../sim/outline.ts';

export type Shown = { readonly program: Program; readonly outline: Outline; readonly moment: Moment };

export type MicroRow = {
  readonly key: number;
  readonly label: string;
  readonly what: string;
  readonly done: boolean;
  readonly now: boolean;
};

export type ChangeRow = { readonly text: string; readonly ref: EntityRef };

const MOST_CHANGES = 4;

export type NowScene = {
  readonly actor: string;
  /** `step 3`, `step 3 goes on`; `start`. */
  readonly place: string;
  /** `line 12`. */
  readonly line: string;
  readonly sentence: string;
  /** Kernel functions in calling order, unverified ones marked. */
  readonly functions: readonly string[];
  /** What the turn changed up to here, the most telling first. */
  readonly changed: readonly ChangeRow[];
  readonly moreChanged: number;
  readonly micros: readonly MicroRow[];
  /** What the next turn would break. */
  readonly warnings: readonly Warning[];
  /** What the speaker says at this step. */
  readonly note: string | undefined;
  readonly owners: OwnersScene | undefined;
  readonly next: { readonly line: string; readonly result: string } | undefined;
  readonly selected: string | undefined;
  /** Before the first step: what the scenario is about, and what its option does. */
  readonly opening: Opening | undefined;
};

export type Opening = { readonly about: readonly string[]; readonly option: string; readonly gist: string };

const KINDS: { readonly [K in Turn['kind']]: string } = {
  begun: '',
  woke: ' goes on',
  held: ' is held back',
  exit: ' ends',
  again: ' goes on',
  dma: ' completes by itself',
};

export function nowScene(shown: Shown, selected: EntityRef | undefined): NowScene {
  const { program, outline, moment } = shown;
  const turn = outline.turns[spanAt(outline.turns, moment.at)];
  const step = turn && program.steps[turn.step];
  const changed = changedBy(program, moment);
  return {
    actor: turn === undefined ? '' : taskName(program, turn.task),
    place: turn === undefined ? 'start' : `step ${turn.step + 1}${KINDS[turn.kind]}`,
    line: step === undefined ? '' : `line ${step.line}`,
    sentence: turnSentence(program, outline, moment),
    functions: functionsAt(program, outline, moment).map(formatFunction),
    changed: changed.slice(0, MOST_CHANGES),
    moreChanged: Math.max(0, changed.length - MOST_CHANGES),
    micros: microRows(shown, turn),
    warnings: nextWarnings(program, outline, moment),
    note: noteAt(program, turn),
    owners: ownersScene(program, moment, aboutOf(shown, turn, selected, changed)),
    next: nextLine(shown, turn),
    selected: selected === undefined ? undefined : nameOf(program, moment.state, selected),
    opening: turn === undefined ? openingOf(program) : undefined,
  };
}

function openingOf({ about, option }: Program): Opening {
  return { about, option: formatOption(option), gist: PRESETS[option.preset].gist };
}

/** A note belongs to the step where the text has it, not to what comes of it later. */
function noteAt(program: Program, turn: Turn | undefined): string | undefined {
  if (turn === undefined || (turn.kind !== 'begun' && turn.kind !== 'held')) return undefined;
  return program.notes.find((note) => note.step === turn.step + 1)?.text;
}

function microAt({ program, outline }: Shown, at: number) {
  const micro = outline.micros[at];
  const op = micro && program.steps[micro.step]?.op;
  return micro === undefined || op === undefined ? undefined : { micro, info: microInfo(program, op, micro.id) };
}

function microRows(shown: Shown, turn: Turn | undefined): readonly MicroRow[] {
  if (turn === undefined || turn.to - turn.from < 2) return [];
  const rows: MicroRow[] = [];
  for (let at = turn.from; at < turn.to; at += 1) {
    const found = microAt(shown, at);
    if (found === undefined) continue;
    const { label, what } = found.info;
    rows.push({ key: at + 1, label, what, done: at < shown.moment.at, now: at + 1 === shown.moment.at });
  }
  return rows;
}

/** What the moment is about, first things first: the selection, the culprit, what is waited for, what changed. */
function aboutOf(
  { outline, moment }: Shown,
  turn: Turn | undefined,
  selected: EntityRef | undefined,
  changed: readonly ChangeRow[],
): readonly EntityRef[] {
  return [
    ...(selected === undefined ? [] : [selected]),
    ...cardsAt(outline, moment.at).flatMap(({ refs }) => refs),
    ...(turn === undefined || turn.task < 0 ? [] : [{ type: 'task', task: turn.task } as const]),
    ...changed.map(({ ref }) => ref),
  ];
}

/** In the middle of a turn its next micro-step, else the next line. */
function nextLine(shown: Shown, turn: Turn | undefined): NowScene['next'] {
  const { program, outline, moment } = shown;
  if (turn !== undefined && moment.at < turn.to) {
    const next = microAt(shown, moment.at);
    return next && { line: next.info.label, result: `${next.info.what}.` };
  }
  const next: NextStep | undefined = nextStep(program, outline, moment.at);
  return next && { line: next.call, result: `${next.outcome}.` };
}

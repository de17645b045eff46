/** A comparison at one row, ready to be drawn: the line, what each side came to, the rows with equal ones folded. */
import { microSentence, turnSentence } from '../explain/sentences.ts';
import { KNOB_NAMES, type KnobName } from '../sim/model/knobs.ts';
import type { PropertyId } from '../sim/model/property.ts';
import { taskName } from '../sim/query/naming.ts';
import type { Moment, Turn } from '../sim/outline.ts';
import type { CompareRow, Comparison, Difference } from './compareRows.ts';
import { newProperties, sleepAt, type CompareRun } from './compareTurn.ts';
import { wordDifference, type WordPiece } from './wordDifference.ts';

export type SideName = 'left' | 'right';

export type KnobDifference = { readonly knob: KnobName; readonly left: string; readonly right: string };

/** Knobs that the two options set otherwise. */
export function knobDifferences({ left, right }: Pick<Comparison, 'left' | 'right'>): readonly KnobDifference[] {
  const [a, b] = [left.program.option.knobs, right.program.option.knobs];
  return KNOB_NAMES.filter((knob) => a[knob] !== b[knob]).map((knob) => ({ knob, left: a[knob], right: b[knob] }));
}

export type HeadScene = { readonly violated: readonly PropertyId[]; readonly words: string };

export function headScene({ outline }: CompareRun): HeadScene {
  const violated = [...new Set(outline.violations.map(({ id }) => id))];
  const n = violated.length;
  return { violated, words: n === 0 ? 'all hold' : `${n} ${n === 1 ? 'property' : 'properties'} violated` };
}

/** What is large under the picture: `the peer gets` **b**. */
export type OutcomeScene = { readonly lead: string; readonly what: string; readonly broken: boolean };

export type RowSide = {
  readonly pieces: readonly WordPiece[];
  readonly broken: readonly PropertyId[];
  /** The side has no turn here: the text says why. */
  readonly absent: boolean;
};

export type RowScene = {
  /** Counted from 1. */
  readonly row: number;
  readonly step: number;
  readonly line: string;
  /** `wakes`, `held back`: a turn of the line that is not its first. */
  readonly turn: string;
  readonly left: RowSide;
  readonly right: RowSide;
  readonly same: boolean;
  /** `differs in its result`. */
  readonly verdict: string;
  readonly first: boolean;
};

export type CompareItem =
  | { readonly type: 'row'; readonly row: RowScene }
  /** Equal rows, from the first to the last. `open`: they follow. */
  | {
      readonly type: 'fold';
      readonly from: number;
      readonly to: number;
      readonly text: string;
      readonly open: boolean;
    };

/** Fewer equal rows than these are not worth a fold. */
const LEAST_FOLDED = 2;

/** `opened`: first rows of folds that were opened; the fold that the clock is in is open too. */
export function compareItems(comparison: Comparison, row: number, opened: ReadonlySet<number>): readonly CompareItem[] {
  const { rows } = comparison;
  const items: CompareItem[] = [];
  for (let i = 0; i < rows.length;) {
    let end = i;
    while (rows[end]?.differs.length === 0) end++;
    if (end - i >= LEAST_FOLDED) {
      const open = opened.has(i + 1) || (row > i && row <= end);
      items.push({ type: 'fold', from: i + 1, to: end, text: `${stepsText(rows.slice(i, end))}: same`, open });
      if (open) for (let k = i; k < end; k++) items.push({ type: 'row', row: rowScene(comparison, k + 1) });
      i = end;
    } else items.push({ type: 'row', row: rowScene(comparison, ++i) });
  }
  return items;
}

function stepsText(rows: readonly CompareRow[]): string {
  const steps = rows.map(({ step }) => step + 1);
  const [from, to] = [Math.min(...steps), Math.max(...steps)];
  return from === to ? `step ${from}` : `steps ${from}-${to}`;
}

export function rowScene(comparison: Comparison, row: number): RowScene {
  const { left, right, rows, first } = comparison;
  const { step, left: one, right: other, leftAt, rightAt, differs } = rows[row - 1] ?? NO_ROW;
  const same = differs.length === 0;
  const words = [told(left, one, other, leftAt), told(right, other, one, rightAt)] as const;
  const [a, b] = one === undefined || other === undefined || same ? words.map(plain) : wordDifference(...words);
  return {
    row,
    step: step + 1,
    line: lineOf(left, step),
    turn: turnWord(one ?? other),
    left: { pieces: a ?? [], broken: one === undefined ? [] : newProperties(left.outline, one), absent: one === undefined },
    right: { pieces: b ?? [], broken: other === undefined ? [] : newProperties(right.outline, other), absent: other === undefined },
    same,
    verdict: same ? 'same' : verdictOf(differs),
    first: row === first,
  };
} // prettier-ignore

const NO_ROW: CompareRow = { step: 0, left: undefined, right: undefined, leftAt: 0, rightAt: 0, differs: [] };

const plain = (text: string): readonly WordPiece[] => [{ text, differs: false }];

const IN: { readonly [D in Difference]: string } = {
  alone: 'one side only',
  kind: 'turn',
  result: 'result',
  sleep: 'wait',
  violations: 'violations',
  changes: 'changes',
};

const verdictOf = (differs: readonly Difference[]): string =>
  differs[0] === 'alone' ? IN.alone : `differs in ${differs.map((one) => IN[one]).join(', ')}`;

const lineOf = ({ program }: CompareRun, step: number): string => {
  const decl = program.steps[step];
  return decl === undefined ? '' : `${taskName(program, decl.actor)} ${decl.text}`;
};

function turnWord(turn: Turn | undefined): string {
  switch (turn?.kind) {
    case 'woke':
      return 'wakes';
    case 'again':
      return 'goes on';
    case 'exit':
      return 'exits';
    case 'dma':
      return 'completes';
    default:
      return '';
  }
}

function told(run: CompareRun, turn: Turn | undefined, other: Turn | undefined, at: number): string {
  if (turn === undefined) return other === undefined ? '' : absence(run, other, at);
  const moment = run.moments.get(turn.to);
  return moment === undefined ? '' : turnSentence(run.program, run.outline, moment);
}

/** Why a run has no turn where the other has one. */
function absence(run: CompareRun, other: Turn, at: number): string {
  const { program, outline, moments } = run;
  const who = taskName(program, other.task);
  const turns = outline.turns.filter(({ step, kind }) => step === other.step && kind !== 'dma');
  const sleeps = sleepAt(run, other.task, at);
  if (sleeps !== undefined) return `not reached: ${who} still sleeps on ${sleeps}`;
  const actor = program.actors[other.task];
  const proc = actor?.type === 'thread' ? moments.get(at)?.state.procs[actor.proc]?.state : undefined;
  if (proc === 'killed' || proc === 'exited') return `${who} is gone`;
  if (other.kind === 'dma') return 'nothing of its own completes here';
  if (other.kind === 'exit') return `${who} does not die here`;
  if (turns.some(({ to }) => to <= at)) return 'nothing to do: the call is over';
  return turns.length > 0 ? 'not yet: its turn comes later' : 'not reached: the run ends before it';
}

export type NowScene = {
  /** `Step 4 of 5`; `Start, 5 steps`. */
  readonly place: string;
  readonly line: string;
  readonly ahead: boolean;
  readonly left: OutcomeScene | undefined;
  readonly right: OutcomeScene | undefined;
  /** For a screen reader: both, briefly. */
  readonly spoken: string;
};

export function compareNow(comparison: Comparison, row: number): NowScene {
  const { left, right, rows } = comparison;
  const steps = left.program.steps.length;
  if (row === 0) {
    const place = `Start, ${steps} ${steps === 1 ? 'step' : 'steps'}`;
    return { place, line: lineOf(left, rows[0]?.step ?? 0), ahead: true, left: undefined, right: undefined, spoken: '' }; // prettier-ignore
  }
  const { step, left: one, right: other } = rows[row - 1] ?? NO_ROW;
  const [a, b] = [outcomeOf(left, one), outcomeOf(right, other)];
  const scene = rowScene(comparison, row);
  const differ = a?.what !== b?.what;
  return {
    place: `Step ${step + 1} of ${steps}`,
    line: `${scene.line}${scene.turn === '' ? '' : `, ${scene.turn}`}`,
    ahead: false,
    left: differ ? a : undefined,
    right: differ ? b : undefined,
    spoken: spokenOf(comparison, scene),
  };
}

const textOf = ({ pieces, broken }: RowSide): string =>
  `${pieces.map(({ text }) => text).join('')}${broken.length === 0 ? '' : ` Breaks ${broken.join(', ')}.`}`;

function spokenOf({ left, right }: Comparison, scene: RowScene): string {
  const place = `Step ${scene.step}, ${scene.verdict}${scene.first ? ', the first difference' : ''}.`;
  if (scene.same) return `${place} ${textOf(scene.left)}`;
  return `${place} ${sideName(left)}: ${textOf(scene.left)} ${sideName(right)}: ${textOf(scene.right)}`;
}

const sideName = ({ program: { option } }: CompareRun): string =>
  `${option.preset}${Object.keys(option.changed).length > 0 ? ' changed' : ''}`;

/** What the caller got; undefined: nothing can be told of it yet. */
function outcomeOf(run: CompareRun, turn: Turn | undefined): OutcomeScene | undefined {
  if (turn === undefined) return undefined;
  const { program, outline, moments } = run;
  const who = taskName(program, turn.task);
  const broken = newProperties(outline, turn).length > 0;
  const returned = moments.get(turn.to)?.turnEvents.findLast((event) => event.type === 'returned' && event.task === turn.task); // prettier-ignore
  if (returned?.type === 'returned') return { lead: `${isRemote(run, turn) ? 'the ' : ''}${who} gets`, what: returned.value ?? returned.result, broken }; // prettier-ignore
  if (turn.kind === 'held') return { lead: `${who} is`, what: 'held back', broken };
  return sleepAt(run, turn.task, turn.to) === undefined ? undefined : { lead: who, what: 'sleeps', broken };
}

const isRemote = ({ program }: CompareRun, { task }: Turn): boolean => program.actors[task]?.type === 'remote';

/** Where a side stands so many micro-steps into a row; the shorter of the two waits at its end. */
export function innerAt(turn: Turn | undefined, micro: number): number | undefined {
  return turn === undefined || micro === 0 ? undefined : Math.min(turn.from + micro, turn.to);
}

export function innerSentence({ program, outline }: CompareRun, moment: Moment): string {
  return microSentence(program, outline, moment);
}

/** The moment of a side after a row; where it had no turn there, it stands still: nothing changed. */
export function momentOf(run: CompareRun, at: number, turn: Turn | undefined): Moment | undefined {
  const moment = run.moments.get(at);
  if (moment === undefined || turn !== undefined || at === 0) return moment;
  return { ...moment, before: moment.state, turnEvents: [], events: [] };
}

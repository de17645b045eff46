/** The card beside the matrix for one cell: the verdict as a sentence, its trace, what was reached. */
import type { Trace, Verdict } from '../checker/verdict.ts';
import { moveText } from '../explain/moves.ts';
import { PRESETS } from '../sim/model/knobs.ts';
import { PROPERTIES, type PropertyId } from '../sim/model/property.ts';
import { awayScene, type AwayScene } from './labAway.ts';
import { cellScene, violatedWhen, type CellMark } from './labCells.ts';
import { differenceScene, type DifferenceScene } from './labDifference.ts';
import { outcomesScene, type OutcomesScene } from './labOutcomes.ts';
import type { LabRow, LabState, RowId } from './labState.ts';
import { quoteLine, sureRows, type SureRow } from './labSure.ts';
import { triedScene, type TriedScene } from './labTried.ts';
import { boundInWords, extentInWords, grouped, knobChanges, knownOf, MAINLINE_OPTION, sentence, statesInWords, type KnobChange } from './labWords.ts'; // prettier-ignore

export type CellCard = {
  readonly type: 'cell';
  readonly row: RowId;
  readonly property: PropertyId;
  readonly mark: CellMark;
  readonly option: string;
  /** Who it is from, or of which preset it is a variant. */
  readonly from: string;
  readonly headline: string;
  /** What the property asks, where the headline does not say it. */
  readonly asks: string;
  readonly differs: readonly KnobChange[];
  readonly trace: readonly string[];
  /** `Shortest trace`; under partial-order reduction there may be a shorter one. */
  readonly traceTitle: string;
  /** Without moves: what comes before them does it. */
  readonly playable: boolean;
  readonly away: AwayScene;
  readonly difference: DifferenceScene;
  readonly tried: TriedScene | undefined;
  readonly outcomes: OutcomesScene | undefined;
  readonly sure: readonly SureRow[];
  readonly quote: string | undefined;
};

export function cellCard(state: LabState, row: LabRow, property: PropertyId, build: string): CellCard {
  const known = knownOf(row, property);
  const violated = known?.type === 'violated' ? known : undefined;
  return {
    type: 'cell',
    row: row.id,
    property,
    mark: cellScene(row, property, state.grain).mark,
    option: row.name,
    from: fromOf(row),
    headline: headlineOf(state, row, property),
    asks: `${property} ${PROPERTIES[property].name}: violated when ${lowerFirst(PROPERTIES[property].title)}.`,
    differs: knobChanges(MAINLINE_OPTION, row.option),
    trace: traceWords(state, row, violated?.trace ?? []),
    traceTitle: row.report?.settings.order === true ? 'A trace' : 'Shortest trace',
    playable: violated !== undefined,
    away: awayScene(state, row, property),
    difference: differenceScene(state, row),
    tried: violated === undefined ? triedScene(state, row) : undefined,
    outcomes: outcomesScene(state, row),
    sure: sureRows(state, row, build),
    quote: quoteLine(state, row, property, build),
  };
}

function traceWords({ world, grain }: LabState, { report }: LabRow, trace: Trace): readonly string[] {
  const program = world?.program;
  return program === undefined ? [] : trace.map((move) => moveText(program, move, report?.settings.grain ?? grain));
}

export const fromOf = ({ own, option }: LabRow): string =>
  own ? `your variant of ${option.preset}` : PRESETS[option.preset].from;

/** Abbreviations stay as they are. */
export const lowerFirst = (text: string): string =>
  /^[A-Z][A-Z]/.test(text) ? text : text.charAt(0).toLowerCase() + text.slice(1);

function headlineOf(state: LabState, row: LabRow, id: PropertyId): string {
  const known = knownOf(row, id);
  switch (known?.type) {
    case undefined:
    case 'pending':
      return openHeadline(row, id);
    case 'violated':
      return sentence(`${id} is violated ${violatedWhen(known.trace.length, state.grain)}: ${known.message}`);
    case 'holds':
      return row.report === undefined ? `${id} holds.` : `${id} holds in every one of ${statesInWords(row.report)}.`;
    case 'vacuous':
      return `${id} is vacuous: no run of this world reaches what it speaks of.`;
    case 'unknown':
      return unknownHeadline(row, id, known);
  }
}

function openHeadline(row: LabRow, id: PropertyId): string {
  if (row.status === 'failed') return sentence(`${id} could not be checked: ${row.message ?? 'the search failed'}`);
  const begun = row.progress;
  if (begun === undefined) return `${id} has not been checked under this option.`;
  return `${id}: no violation in the ${grouped(begun.states)} states so far, to depth ${begun.depth}.`;
}

function unknownHeadline({ report }: LabRow, id: PropertyId, known: Verdict & { readonly type: 'unknown' }): string {
  if (report === undefined) return `${id} is unknown.`;
  const why = boundInWords(known.bound, report.settings);
  return `${id} is unknown: ${why} after ${statesInWords(report)}, and none of them violates it.`;
}

/** Under the name of the row: what its search came to. */
export function rowWords(row: LabRow): string {
  const { report, progress, status, message } = row;
  if (report !== undefined) return `${statesInWords(report)}, ${extentInWords(report)}`;
  if (status === 'failed') return sentence(`could not be checked: ${message ?? ''}`);
  if (progress !== undefined) return `${grouped(progress.states)} states so far, depth ${progress.depth}`;
  return status === 'queued' ? 'waits for its turn' : 'not checked';
}

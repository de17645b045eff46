/** The shortest run on which a row behaves differently from another. */
import type { DifferenceReport, Told } from '../checker/difference.ts';
import { moveText } from '../explain/moves.ts';
import type { LabDifference, LabRow, LabState, RowId } from './labState.ts';
import { boundInWords, countOf } from './labWords.ts';

export type DifferenceScene = {
  /** What it can be compared with. */
  readonly others: readonly { readonly id: RowId; readonly name: string }[];
  /** The one that was compared last, else what is worth comparing with. */
  readonly other: RowId;
  readonly running: boolean;
  readonly word: string;
  readonly found?: {
    readonly trace: readonly string[];
    readonly sides: readonly { readonly which: 'first' | 'second'; readonly name: string; readonly told: string }[];
  };
};

export function differenceScene(state: LabState, row: LabRow): DifferenceScene {
  const asked = state.difference?.first === row.id ? state.difference : undefined;
  const others = state.rows.filter(({ id }) => id !== row.id).map(({ id, name }) => ({ id, name }));
  const found = asked === undefined ? undefined : foundScene(state, row, asked);
  return {
    others,
    other: asked?.second ?? (row.id === 'mainline' ? 'seed' : 'mainline'),
    running: asked?.status === 'running',
    word: asked === undefined ? '' : wordOf(state, asked),
    ...(found === undefined ? {} : { found }),
  };
}

function foundScene(state: LabState, row: LabRow, { second, report }: LabDifference): DifferenceScene['found'] {
  const program = state.world?.program;
  const difference = report?.difference;
  if (program === undefined || difference === undefined) return undefined;
  const other = state.rows.find(({ id }) => id === second)?.name ?? second;
  // One that begins before the first menu ends there.
  const moves = difference.trace.length === 0 ? difference.setup : difference.trace;
  return {
    trace: moves.map((move) => moveText(program, move, 'op')),
    sides: [
      { which: 'first', name: row.name, told: toldWords(difference.first) },
      { which: 'second', name: other, told: toldWords(difference.second) },
    ],
  };
}

function toldWords({ possible, result, violated }: Told): string {
  if (!possible) return 'cannot happen';
  return [result === '' ? 'happens' : result, ...(violated.length === 0 ? [] : [`violates ${violated.join(', ')}`])].join(', '); // prettier-ignore
}

function wordOf(state: LabState, { status, pairs, report, message }: LabDifference): string {
  const seen = `${countOf(pairs ?? 0, 'pair')} of states`;
  if (status === 'running') return `${seen} so far …`;
  if (status === 'failed') return `They cannot be compared: ${message ?? ''}`;
  if (report === undefined || report.difference !== undefined) return '';
  if (report.complete) return `No run tells them apart: ${seen}, complete.`;
  return `None found: ${whyEnded(state, report)} after ${seen}.`;
}

const whyEnded = (state: LabState, { bound }: DifferenceReport): string =>
  boundInWords(bound ?? 'stopped', { ...state, maxOutcomes: 0 });

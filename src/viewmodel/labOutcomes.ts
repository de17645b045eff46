/** What the runs of a row end in: conditions with their verdicts, as herd7 tells them, and the histogram of final states. */
import type { ClaimVerdict, Outcome } from '../checker/verdict.ts';
import type { Final, FinalFile } from '../sim/final.ts';
import type { LabRow, LabState } from './labState.ts';
import { grouped } from './labWords.ts';

export type ClaimScene = {
  /** Which of the text's conditions. */
  readonly k: number;
  readonly text: string;
  readonly verdict: ClaimVerdict['verdict'];
  /** herd7's: `Observation exists-S5b Sometimes 12 34`. */
  readonly observation: string;
  readonly plays: readonly { readonly which: 'witness' | 'counterexample'; readonly label: string }[];
};

/** `k`: which of the report's. */
export type OutcomeScene = {
  readonly k: number;
  readonly count: number;
  readonly words: string;
  readonly playable: boolean;
};

export type OutcomesScene = {
  readonly running: boolean;
  /** States looked at so far. */
  readonly word: string;
  readonly claims: readonly ClaimScene[];
  readonly finals: number;
  readonly list: readonly OutcomeScene[];
  /** Kinds of final states beyond those listed; the count is a lower bound where the search kept no more. */
  readonly more: string;
};

const MOST_LISTED = 12;

/** Undefined until somebody asks for the row's outcomes, or its report brings some along. */
export function outcomesScene(state: LabState, row: LabRow): OutcomesScene | undefined {
  const asked = state.outcomes?.row === row.id ? state.outcomes : undefined;
  const report = asked?.report ?? row.report;
  const hasSome = report !== undefined && (report.outcomes.length > 0 || report.claims.length > 0);
  if (asked === undefined && !hasSome) return undefined;
  const outcomes = (report?.outcomes ?? []).map(outcomeScene).toSorted((a, b) => b.count - a.count);
  const hidden = outcomes.length - MOST_LISTED;
  const name = state.world?.id ?? '';
  return {
    running: asked?.status === 'running',
    word: wordOf(asked),
    claims: (report?.claims ?? []).map((claim, k) => claimScene(claim, { k, name })),
    finals: report?.finals ?? 0,
    list: outcomes.slice(0, MOST_LISTED),
    more: hidden <= 0 ? '' : `and ${report?.outcomesCut === true ? 'at least ' : ''}${grouped(hidden)} more kinds`,
  };
}

function wordOf(asked: LabState['outcomes']): string {
  if (asked?.status === 'running') return `${grouped(asked.progress?.states ?? 0)} states so far …`;
  if (asked?.status === 'failed') return `The search failed, a bug in Daxpin: ${asked.message ?? ''}`;
  return asked?.status === 'stopped' ? 'Stopped before every state was visited.' : '';
}

type At = { readonly k: number; readonly name: string };

function claimScene({ text, verdict, positive, negative, witness, counterexample }: ClaimVerdict, { k, name }: At): ClaimScene {
  const how = positive === 0 ? 'Never' : negative === 0 ? 'Always' : 'Sometimes';
  return {
    k,
    text,
    verdict,
    observation: `Observation ${name} ${how} ${positive} ${negative}`,
    plays: [
      ...(witness === undefined ? [] : [{ which: 'witness' as const, label: 'a run that ends so' }]),
      ...(counterexample === undefined ? [] : [{ which: 'counterexample' as const, label: 'a run that does not' }]),
    ],
  };
} // prettier-ignore

const outcomeScene = ({ final, count, trace }: Outcome, k: number): OutcomeScene => ({
  k,
  count,
  words: finalWords(final),
  playable: trace !== undefined,
});

/** `A=aX@0,4 free=4 mr=live@0,1 app=killed`: what is as usual is left out. */
export function finalWords({ files, free, zombie, mrs, actors }: Final): string {
  return [
    ...Object.entries(files).map(([name, file]) => fileWords(name, file)),
    `free=${free}`,
    ...(zombie === 0 ? [] : [`zombie=${zombie}`]),
    ...Object.entries(mrs).map(([name, mr]) => `${name}=${mr.state}${mr.state === 'live' ? blocksWords(mr.blocks) : ''}`), // prettier-ignore
    ...Object.entries(actors).flatMap(([name, is]) => (is === 'idle' ? [] : [`${name}=${is}`])),
  ].join('  ');
}

const fileWords = (name: string, { data, blocks }: FinalFile): string =>
  `${name}=${typeof data === 'string' ? data || 'empty' : data.join(',')}${blocksWords(blocks)}`;

const blocksWords = (blocks: readonly (number | null)[]): string =>
  blocks.length === 0 ? '' : `@${blocks.map((block) => block ?? '-').join(',')}`;

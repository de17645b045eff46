/** What is broken at a moment, as cards: one for each property, with the steps that led there. */
import { spanAt } from '../base/spans.ts';
import type { Program } from '../sim/model/program.ts';
import type { PropertyId } from '../sim/model/property.ts';
import { PROPERTIES } from '../sim/model/property.ts';
import type { EntityRef } from '../sim/model/state.ts';
import type { Outline, Violation } from '../sim/outline.ts';

export type CauseRow = {
  /** `step 3`, or `start`. */
  readonly name: string;
  readonly sentence: string;
  /** Where to look at it. */
  readonly at: number;
};

export type VerdictCard = {
  readonly id: PropertyId;
  readonly title: string;
  /** One for each instance: `mr[1], taken through A[1], reaches block 1, now of B[1]`. */
  readonly messages: readonly string[];
  readonly more: number;
  readonly causes: readonly CauseRow[];
  /** It broke in this turn; else since when. */
  readonly fresh: boolean;
  readonly since: string;
  readonly refs: readonly EntityRef[];
};

export type ArmedRow = { readonly id: PropertyId; readonly message: string };

const MOST_MESSAGES = 3;

/** Violations that are drawn at a moment: a state's while it lasts, a moment's in its turn. */
export function standing(outline: Outline, at: number): readonly Violation[] {
  const turn = outline.turns[spanAt(outline.turns, at)];
  return outline.violations.filter((violation) => {
    if (violation.at > at) return false;
    if (violation.kind === 'moment') return violation.at > (turn?.from ?? 0);
    return violation.until === undefined || at < violation.until;
  });
}

function positionOfStep(outline: Outline, step: number): number {
  return outline.turns.find((turn) => turn.step === step)?.to ?? 0;
}

function causesOf(outline: Outline, violation: Violation): readonly CauseRow[] {
  return violation.because.map(({ step, sentence }) => ({
    name: step < 0 ? 'start' : `step ${step + 1}`,
    sentence,
    at: step < 0 ? 0 : step === violation.step ? viewEnd(outline, violation.at) : positionOfStep(outline, step),
  }));
}

const viewEnd = (outline: Outline, at: number): number => outline.turns[spanAt(outline.turns, at)]?.to ?? at;

/** The newest first; what broke together is one card. */
export function verdictCards(outline: Outline, at: number): readonly VerdictCard[] {
  const turn = outline.turns[spanAt(outline.turns, at)];
  const groups = new Map<string, Violation[]>();
  for (const violation of standing(outline, at)) {
    const key = `${violation.id}@${violation.step}`;
    groups.set(key, [...(groups.get(key) ?? []), violation]);
  }
  return [...groups.values()].reverse().flatMap((group) => {
    const head = group[0];
    if (head === undefined) return [];
    const messages = [...new Set(group.map(({ message }) => message))];
    return {
      id: head.id,
      title: PROPERTIES[head.id].title,
      messages: messages.slice(0, MOST_MESSAGES),
      more: Math.max(0, messages.length - MOST_MESSAGES),
      causes: causesOf(outline, head),
      fresh: turn !== undefined && head.at > turn.from,
      since: `since step ${head.step + 1}`,
      refs: head.refs,
    };
  });
}

/** What the next turn would break. Never claimed before it is true: shown dashed. */
export function armed(outline: Outline, at: number): readonly ArmedRow[] {
  const here = spanAt(outline.turns, at);
  const turn = outline.turns[here];
  const end = turn !== undefined && at < turn.to ? turn.to : (outline.turns[here + 1]?.to ?? 0);
  const rows = new Map<PropertyId, ArmedRow>();
  for (const { id, at: from, message } of outline.violations) {
    if (from > at && from <= end && !rows.has(id)) rows.set(id, { id, message });
  }
  return [...rows.values()];
}

export type ClaimRow = { readonly text: string; readonly met: boolean };

export type Summary = {
  readonly claims: readonly ClaimRow[];
  readonly broken: readonly PropertyId[];
  readonly expected: number;
  readonly met: number;
};

/** What the whole run came to: told at its end. */
export function summary(program: Program, outline: Outline): Summary {
  const judged = outline.steps.filter(
    (_, i) => program.steps[i]?.expect !== undefined && outline.steps[i]?.met !== undefined,
  );
  const broken = [...new Set(outline.violations.map(({ id }) => id))];
  return {
    claims: outline.claims,
    broken,
    expected: judged.length,
    met: judged.filter(({ met }) => met === true).length,
  };
}

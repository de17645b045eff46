/** Where in a run to go: pure functions of its outline. */
import { nextEnd, previousEnd, spanAt } from '../base/spans.ts';
import type { Outline, Turn, Violation } from '../sim/outline.ts';
import type { Grain } from './store.ts';

/** A place in the text rather than in a run: it means the same in a run under another option. */
export type Place = { readonly step: number; readonly kind: Turn['kind'] };

export function forward(outline: Outline, at: number, grain: Grain): number | undefined {
  if (grain === 'step') return nextEnd(outline.turns, at);
  return at < outline.length ? at + 1 : undefined;
}

export function back(outline: Outline, at: number, grain: Grain): number | undefined {
  if (grain === 'step') return previousEnd(outline.turns, at);
  return at > 0 ? at - 1 : undefined;
}

/**
 * Where to look at a violation. By step that is the end of its turn, where the whole step is told, unless the thing
 * was mended before that.
 */
export function viewOf(outline: Outline, violation: Violation, grain: Grain): number {
  if (grain === 'micro') return violation.at;
  const end = outline.turns[spanAt(outline.turns, violation.at)]?.to ?? violation.at;
  return violation.until !== undefined && violation.until <= end ? violation.at : end;
}

export function nextViolation(outline: Outline, at: number, grain: Grain): number | undefined {
  const places = outline.violations.map((violation) => viewOf(outline, violation, grain)).filter((to) => to > at);
  return places.length === 0 ? undefined : Math.min(...places);
}

/** undefined at the very beginning. */
export function placeAt(outline: Outline, at: number): Place | undefined {
  const turn = outline.turns[spanAt(outline.turns, at)];
  return turn === undefined ? undefined : { step: turn.step, kind: turn.kind };
}

/** The position at the end of the same line in this run; the nearest line before it where that one was not reached. */
export function findPlace(outline: Outline, place: Place | undefined): number {
  if (place === undefined) return 0;
  const sameLine = outline.turns.filter(({ step }) => step === place.step);
  const turn = sameLine.find(({ kind }) => kind === place.kind) ?? sameLine[0];
  return (turn ?? outline.turns.findLast(({ step }) => step < place.step))?.to ?? 0;
}

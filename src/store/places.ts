/** Where in a run to go: pure functions of its outline. */
import { nextEnd, previousEnd, spanAt } from '../base/spans.ts';
import type { Program, StepDecl } from '../sim/model/program.ts';
import type { PropertyId } from '../sim/model/property.ts';
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

export function previousViolation(outline: Outline, at: number, grain: Grain): number | undefined {
  const places = outline.violations.map((violation) => viewOf(outline, violation, grain)).filter((to) => to < at);
  return places.length === 0 ? undefined : Math.max(...places);
}

/** Of this property; the end where none is. What is hopeless is seen best where everybody has stopped. */
export function firstViolation(outline: Outline, id: PropertyId, grain: Grain): number {
  const found = id === 'L1' ? undefined : outline.violations.find((violation) => violation.id === id);
  return found === undefined ? outline.length : viewOf(outline, found, grain);
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

/** How many steps of the text have had their turn, were it only to be held back. */
export function stepsBegun(outline: Outline, at: number): number {
  const turns = outline.turns.slice(0, spanAt(outline.turns, at) + 1);
  return turns.reduce((most, { step }) => Math.max(most, step + 1), 0);
}

/** A run and where in it somebody was looking. */
export type Looking = { readonly program: Program; readonly outline: Outline; readonly at: number };

const actorName = ({ actors }: Program, { actor }: StepDecl): string => actors[actor]?.name ?? '';

function sameStep(a: Program, i: number, b: Program, j: number): boolean {
  const [one, other] = [a.steps[i], b.steps[j]];
  return (
    one !== undefined &&
    other !== undefined &&
    one.text === other.text &&
    one.expect?.text === other.expect?.text &&
    actorName(a, one) === actorName(b, other)
  );
}

/** Steps that both texts begin with, and those that both end with. */
function commonEnds(a: Program, b: Program): { readonly head: number; readonly tail: number } {
  const most = Math.min(a.steps.length, b.steps.length);
  let head = 0;
  while (head < most && sameStep(a, head, b, head)) head += 1;
  let tail = 0;
  while (tail < most - head && sameStep(a, a.steps.length - 1 - tail, b, b.steps.length - 1 - tail)) tail += 1;
  return { head, tail };
}

const sameTurns = (a: Outline, b: Outline, turns: number): boolean =>
  a.turns.slice(0, turns).every((turn, i) => {
    const other = b.turns[i];
    return turn.step === other?.step && turn.kind === other.kind && turn.from === other.from && turn.to === other.to;
  });

/**
 * The same place after the text was edited: the very position where all up to it went as before; else the end of the
 * same step, moved with the lines around it; else of the nearest that is left.
 */
export function keepPlace(old: Looking, { program, outline }: Omit<Looking, 'at'>): number {
  const turn = spanAt(old.outline.turns, old.at);
  const place = placeAt(old.outline, old.at);
  if (place === undefined) return 0;
  const { head, tail } = commonEnds(old.program, program);
  const { step } = place;
  if (step < head && sameTurns(old.outline, outline, turn + 1)) return old.at;
  if (step < head) return findPlace(outline, place);
  const moved = step >= old.program.steps.length - tail ? step + program.steps.length - old.program.steps.length : step;
  return findPlace(outline, { ...place, step: Math.min(moved, program.steps.length - 1) });
}

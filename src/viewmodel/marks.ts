/** Which broken properties the stage shows at one position, and which ones the step that comes would break. */
import type { PropertyId } from '../sim/model/property.ts';
import type { EntityRef } from '../sim/model/state.ts';
import { claimKey } from '../sim/query/claimKey.ts';
import type { Outline, Turn, Violation } from '../sim/outline.ts';

export type Mark = {
  readonly id: PropertyId;
  readonly key: string;
  readonly next: boolean;
  readonly refs: readonly EntityRef[];
  readonly message: string;
};

/** The turn that position `at` is in or at the end of; position 0 is before the first. */
export function turnAt(outline: Outline, at: number): Turn | undefined {
  let low = 0;
  let high = outline.turns.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((outline.turns[middle]?.to ?? 0) < at) low = middle + 1;
    else high = middle;
  }
  const turn = outline.turns[low];
  return turn !== undefined && turn.from < at ? turn : undefined;
}

/** Where the next press of “step” leads: the end of the turn under way, else of the turn that begins here. */
function nextStop(outline: Outline, at: number): number {
  const turn = turnAt(outline, at + 1);
  return turn?.to ?? at;
}

/** A state property is shown while it lasts; a fact of one moment until its turn has ended. */
function isShown(outline: Outline, violation: Violation, at: number): boolean {
  if (violation.at > at) return false;
  if (violation.kind === 'state') return violation.until === undefined || at < violation.until;
  return at <= (turnAt(outline, violation.at)?.to ?? violation.at);
}

const culprit = ({ id, refs, key }: Violation): string => `${id} ${refs[0] === undefined ? key : claimKey(refs[0])}`;

export function marksOf(outline: Outline, at: number): Mark[] {
  const mark = (violation: Violation, next: boolean): Mark => {
    const { id, key, refs, message } = violation;
    return { id, key: `${id} ${key}`, next, refs, message };
  };
  const shown = outline.violations.filter((violation) => isShown(outline, violation, at));
  const known = new Set(shown.map(culprit));
  const stop = nextStop(outline, at);
  const next = outline.violations.filter((v) => v.at > at && v.at <= stop && !known.has(culprit(v)));
  // One mark for one thing broken, however often the turn breaks it.
  const once = new Map(
    [...shown.map((v) => mark(v, false)), ...next.map((v) => mark(v, true))].map((m) => [`${m.next} ${m.key}`, m]),
  );
  return [...once.values()];
}

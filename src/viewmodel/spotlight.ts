/** What a step is about, for an audience: what it broke, with the claims behind it; else what it changed; else what it read. */
import { changedBy } from '../explain/changes.ts';
import { violationsAt } from '../explain/why.ts';
import type { Program } from '../sim/model/program.ts';
import type { EntityRef } from '../sim/model/state.ts';
import type { Moment, Outline } from '../sim/outline.ts';
import { spanAt } from '../base/spans.ts';
import type { Mark } from './marks.ts';
import { pageRef } from './rows.ts';

type Told = { readonly program: Program; readonly outline: Outline; readonly moment: Moment };

/** Past so many changes a step is about everything. */
const MOST = 24;

/** Locks and tasks have no place of their own on the stage. */
const isDrawn = ({ type }: EntityRef): boolean => type !== 'task' && type !== 'lock' && type !== 'lease';

/** Nothing at the start, and where a step did nothing that can be drawn. */
export function spotlightOf(
  { program, outline, moment }: Told,
  marks: readonly Mark[],
  isThere: (ref: EntityRef) => boolean,
): readonly EntityRef[] {
  const shows = (ref: EntityRef): boolean => isDrawn(ref) && isThere(ref);
  const turn = outline.turns[spanAt(outline.turns, moment.at)];
  if (turn === undefined) return [];
  const fresh = new Set(violationsAt(outline, moment.at).filter(({ at }) => at > turn.from).map(({ id }) => id)); // prettier-ignore
  const broken = marks.filter((mark) => !mark.next && fresh.has(mark.id)).flatMap(({ refs }) => refs.filter(shows).slice(0, 1)); // prettier-ignore
  if (broken.length > 0) return broken;
  const changed = changedBy(program, moment).map(({ ref }) => ref).filter(shows); // prettier-ignore
  if (changed.length > 0) return changed.length > MOST ? [] : changed;
  return moment.turnEvents.flatMap((event) => {
    const touches = event.type === 'read' || event.type === 'wrote' || event.type === 'posted';
    return touches && event.page !== undefined ? (pageRef(event.page) ?? []) : [];
  });
}

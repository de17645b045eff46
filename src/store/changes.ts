/** To the next step that changes the selected object: the run is looked through beside the one on the screen. */
import { spanAt } from '../base/spans.ts';
import type { EntityRef } from '../sim/model/state.ts';
import { seek } from './actions.ts';
import { page, setPage, type Shown } from './store.ts';

/** Of a long run, so many turns are looked at from where one is: each is a state that a worker sends. */
const MOST_TURNS = 400;
const FEW = 24;

let looking: AbortController | undefined;

/** `way`: 1 on, −1 back. */
export async function goToChange(way: 1 | -1): Promise<void> {
  const { shown, at, selected } = page();
  if (shown === undefined || selected === undefined) {
    return setPage({ notice: { text: 'Select an object first: then j goes to the next step that changes it.', tone: 'info' } }); // prettier-ignore
  }
  looking?.abort();
  const mine = new AbortController();
  looking = mine;
  const ends = turnsFrom(shown, at, way);
  const to = await firstChange(shown, ends, selected, mine.signal).catch((error: unknown) => error);
  // Who went on meanwhile is where they want to be.
  if (mine.signal.aborted || page().shown?.outline !== shown.outline || page().at !== at) return;
  if (typeof to === 'number') return seek(to);
  setPage({ notice: { text: to instanceof Error ? `The run could not be looked through: ${to.message}` : missing(ends.length, way), tone: 'info' } }); // prettier-ignore
}

function missing(turns: number, way: 1 | -1): string {
  const where = way === 1 ? 'later' : 'earlier';
  if (turns === MOST_TURNS)
    return `None of the ${MOST_TURNS} ${where} steps changes the selected object: go on from there.`;
  return `No ${where} step changes the selected object.`;
}

/** Ends of the turns to look at, the nearest first. */
function turnsFrom({ outline: { turns } }: Shown, at: number, way: 1 | -1): readonly number[] {
  const here = spanAt(turns, at);
  const ahead = way === 1 ? turns.slice(here < 0 ? 0 : here) : turns.slice(0, Math.max(0, here + 1)).reverse();
  return ahead.map(({ to }) => to).filter((to) => (way === 1 ? to > at : to < at)).slice(0, MOST_TURNS); // prettier-ignore
}

async function firstChange(
  { program }: Shown,
  ends: readonly number[],
  ref: EntityRef,
  signal: AbortSignal,
): Promise<number | undefined> {
  if (ends.length === 0) return undefined;
  const [{ collectRun }, { touches }] = await Promise.all([
    import('../worker/collect.ts'),
    import('../explain/touched.ts'),
  ]);
  // Mostly it is near: all of them are asked for only where it is not.
  for (const some of [ends.slice(0, FEW), ends.slice(FEW)]) {
    if (some.length === 0) continue;
    const { moments } = await collectRun(program, { places: () => some, signal });
    const found = some.find((end) => {
      const moment = moments.get(end);
      return moment !== undefined && touches(moment, ref);
    });
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The whole run on the screen, step by step, as a handout has it. */
import { collectRun, turnEnds } from '../worker/collect.ts';
import { page, type Shown } from './store.ts';

/** A longer run is a book. */
const MOST = 150;

/** The start and the end of each turn; `left`: how many more there are. Rejects with a sentence. */
export async function collectShown(signal: AbortSignal): Promise<{ shown: readonly Shown[]; left: number }> {
  const { shown } = page();
  if (shown === undefined) throw new Error('There is no run to print.');
  const { scenario, program } = shown;
  const places = turnEnds(shown.outline).slice(0, MOST + 1);
  const { outline, moments } = await collectRun(program, { places: () => places, signal });
  const all = places.flatMap((at): Shown[] => {
    const moment = moments.get(at);
    return moment === undefined ? [] : [{ scenario, program, outline, moment }];
  });
  return { shown: all, left: shown.outline.turns.length + 1 - places.length };
}

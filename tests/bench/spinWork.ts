// The checker's side of the comparison with SPIN; bundled, as it is shipped.
import { loadScenario } from '../../src/scenario/load.ts';
import { progressOf } from '../../src/checker/report.ts';
import { advanceSearch, createSearch, isComplete } from '../../src/checker/search.ts';
import type { Symmetry } from '../../src/checker/verdict.ts';
import { FULL } from '../../src/checker/verdict.ts';

export type Timed = { readonly states: number; readonly transitions: number; readonly ms: number };

/** To its end; `watched`: every property is asked for, else none. */
export function search(text: string, symmetry: Symmetry, watched: boolean): Timed {
  const loaded = loadScenario(text);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.error));
  const from = performance.now();
  const search = createSearch(loaded.value.program, { ...FULL, symmetry, maxOutcomes: 0 });
  if (!watched) {
    search.open = 0;
    search.silent = 0;
  }
  while (!advanceSearch(search, 1000));
  const ms = performance.now() - from;
  if (!isComplete(search)) throw new Error('The search met a bound.');
  const { states, transitions } = progressOf(search);
  return { states, transitions, ms };
}

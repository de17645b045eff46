/** The histogram of final states: what they look like from outside, how many look so, and the first of each. */
import type { Program } from '../sim/model/program.ts';
import type { State } from '../sim/model/state.ts';
import type { Final } from '../sim/final.ts';
import { finalOf } from '../sim/final.ts';

export type Seen = { readonly final: Final; count: number; readonly id: number };

export type Outcomes = {
  readonly visit: (state: State, id: number, weight: number) => void;
  readonly all: () => readonly Seen[];
  /** There are more than are kept. */
  readonly isCut: () => boolean;
  readonly finals: () => number;
};

export function createOutcomes(program: Program, most: number): Outcomes {
  const seen = new Map<string, Seen>();
  let cut = false;
  let finals = 0;
  return {
    visit(state, id, weight) {
      finals += weight;
      if (most === 0) return;
      const final = finalOf(program, state);
      const key = JSON.stringify(final);
      const known = seen.get(key);
      if (known !== undefined) known.count += weight;
      else if (seen.size < most) seen.set(key, { final, count: weight, id });
      else cut = true;
    },
    all: () => [...seen.values()],
    isCut: () => cut,
    finals: () => finals,
  };
}

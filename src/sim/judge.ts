/** Asks every property after a step, and again only those whose inputs changed. */
import type { SimEvent } from './model/event.ts';
import type { Program } from './model/program.ts';
import type { State } from './model/state.ts';
import { ALL_PROPERTIES } from './invariants/all.ts';
import type { Finding, StateProperty } from './invariants/finding.ts';

export type Judge = {
  /** All that is broken in this state, and all that this step's events broke for a moment. */
  readonly judge: (state: State, events: readonly SimEvent[]) => { readonly lasting: readonly Finding[]; readonly moments: readonly Finding[] }; // prettier-ignore
};

type Memo = { inputs: readonly unknown[]; found: readonly Finding[] };

export function createJudge(program: Program): Judge {
  const memo = new Map<StateProperty, Memo>();
  const lastingOf = (property: StateProperty, state: State): readonly Finding[] => {
    const inputs = property.inputs(state);
    const before = memo.get(property);
    if (before !== undefined && inputs.every((input, i) => input === before.inputs[i])) return before.found;
    const found = property.check(program, state);
    memo.set(property, { inputs, found });
    return found;
  };
  return {
    judge(state, events) {
      const lasting: Finding[] = [];
      const moments: Finding[] = [];
      for (const property of ALL_PROPERTIES) {
        if (property.kind === 'state') lasting.push(...lastingOf(property, state));
        else
          for (const event of events) {
            const found = property.check(program, state, event);
            if (found !== undefined) moments.push(found);
          }
      }
      return { lasting, moments };
    },
  };
}

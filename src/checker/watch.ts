/**
 * Asks the properties of the player of every micro-step, and each only as long as its answer is open. A set of
 * properties is a number with a bit for each, in the order of `ALL_PROPERTIES`.
 *
 * L1 is not asked here: it speaks of all that can still happen (liveness.ts).
 */
import type { SimEvent } from '../sim/model/event.ts';
import type { Program } from '../sim/model/program.ts';
import type { PropertyId } from '../sim/model/property.ts';
import type { State } from '../sim/model/state.ts';
import { ALL_PROPERTIES } from '../sim/invariants/all.ts';
import type { Doer } from '../sim/invariants/finding.ts';
import { speaksOf } from '../sim/invariants/vacuity.ts';

export type PropertySet = number;

export const CHECKED: readonly PropertyId[] = ALL_PROPERTIES.map(({ id }) => id);
export const bitOf = (id: PropertyId): PropertySet => 1 << CHECKED.indexOf(id);
export const ALL: PropertySet = (1 << CHECKED.length) - 1;
const L1_BIT = bitOf('L1');

export type Watch = {
  /** The properties of `ask` that this micro-step violates. `base`: a state in which none of them is violated. */
  readonly judge: (base: State | undefined, state: State, events: readonly SimEvent[], by: Doer, ask: PropertySet) => PropertySet;
  /** The properties of `ask` that this micro-step speaks of. */
  readonly spoken: (state: State, events: readonly SimEvent[], by: Doer, ask: PropertySet) => PropertySet;
  /** What the first of these properties that is violated has to say. */
  readonly tell: (state: State, events: readonly SimEvent[], by: Doer, ask: PropertySet) => string;
}; // prettier-ignore

export function createWatch(program: Program): Watch {
  return {
    judge(base, state, events, by, ask) {
      let found = 0;
      for (let k = 0; k < ALL_PROPERTIES.length; k++) {
        const bit = 1 << k;
        const property = ALL_PROPERTIES[k];
        if ((ask & bit) === 0 || bit === L1_BIT || property === undefined) continue;
        if (property.kind === 'moment') {
          for (const event of events) if (property.check(program, state, event, by) !== undefined) found |= bit;
        } else if (base === undefined || isTouched(property.inputs(base), property.inputs(state))) {
          if (property.check(program, state).length > 0) found |= bit;
        }
      }
      return found;
    },
    spoken(state, events, by, ask) {
      let found = 0;
      for (let k = 0; k < CHECKED.length; k++) {
        const id = CHECKED[k];
        if ((ask & (1 << k)) !== 0 && id !== undefined && speaksOf(id, { state, events, by })) found |= 1 << k;
      }
      return found;
    },
    tell(state, events, by, ask) {
      const asked = ALL_PROPERTIES.filter((_, k) => (ask & (1 << k)) !== 0);
      for (const property of asked) {
        const found = property.kind === 'state' ? property.check(program, state) : events.map((event) => property.check(program, state, event, by)); // prettier-ignore
        const first = found.find((one) => one !== undefined);
        if (first !== undefined) return first.message;
      }
      return '';
    },
  };
}

function isTouched(before: readonly unknown[], now: readonly unknown[]): boolean {
  for (let k = 0; k < now.length; k++) if (now[k] !== before[k]) return true;
  return false;
}

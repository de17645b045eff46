/**
 * Asks the properties of the player of every micro-step, and each only where its answer may be another than before. A
 * set of properties is a number with a bit for each, in the order of `ALL_PROPERTIES`.
 *
 * L1 is not asked here: it speaks of all that can still happen (liveness.ts).
 */
import type { SimEvent } from '../sim/model/event.ts';
import { TOUCHED } from '../sim/model/draft.ts';
import type { Program } from '../sim/model/program.ts';
import type { PropertyId } from '../sim/model/property.ts';
import type { State } from '../sim/model/state.ts';
import { ALL_PROPERTIES } from '../sim/invariants/all.ts';
import type { Doer, MomentProperty, StateProperty } from '../sim/invariants/finding.ts';
import { INPUTS, UNMAPPED } from '../sim/invariants/finding.ts';
import { speaksOf } from '../sim/invariants/vacuity.ts';

export type PropertySet = number;

export const CHECKED: readonly PropertyId[] = ALL_PROPERTIES.map(({ id }) => id);
export const bitOf = (id: PropertyId): PropertySet => 1 << CHECKED.indexOf(id);
export const ALL: PropertySet = (1 << CHECKED.length) - 1;
const L1_BIT = bitOf('L1');

export type Watch = {
  /** The properties of `ask` that hold no longer in this state, whatever led to it. */
  readonly lastingIn: (state: State, ask: PropertySet) => PropertySet;
  /** An operation begins in this state; `lasting`: what lastingIn says of it. */
  readonly begin: (state: State, lasting: PropertySet) => void;
  /** The properties of `ask` that the next micro-step violates, or leaves violated. `touched`: of TOUCHED, by bit. */
  readonly after: (state: State, events: readonly SimEvent[], touched: number, by: Doer, ask: PropertySet) => PropertySet;
  /** What lasts after the last micro-step. */
  readonly lasting: () => PropertySet;
  /** What a micro-step violates, or leaves violated, whatever came before. */
  readonly judge: (state: State, events: readonly SimEvent[], by: Doer, ask: PropertySet) => PropertySet;
  /** The properties of `ask` that this micro-step speaks of. */
  readonly spoken: (state: State, events: readonly SimEvent[], by: Doer, ask: PropertySet) => PropertySet;
  /** What the first of these properties that is violated has to say. */
  readonly tell: (state: State, events: readonly SimEvent[], by: Doer, ask: PropertySet) => string;
}; // prettier-ignore

type Lasting = { readonly bit: PropertySet; readonly reads: number; readonly isBroken: StateProperty['isBroken'] };
type Moment = { readonly bit: PropertySet; readonly check: MomentProperty['check'] };

const LASTING: readonly Lasting[] = ALL_PROPERTIES.flatMap((property) => {
  if (property.kind !== 'state' || property.id === 'L1') return [];
  const reads = property.inputs.reduce((bits, name) => bits | INPUTS[name].bit, 0);
  return [{ bit: bitOf(property.id), reads, isBroken: property.isBroken }];
});

/** By type of event: who has something to say of it. */
const MOMENTS = new Map<SimEvent['type'], Moment[]>();
for (const property of ALL_PROPERTIES)
  if (property.kind === 'moment')
    for (const type of property.on)
      MOMENTS.set(type, [...(MOMENTS.get(type) ?? []), { bit: bitOf(property.id), check: property.check }]);

const EVERYTHING = -1;

export function createWatch(program: Program): Watch {
  let lasting = 0;
  let unmapped = false;

  /** What lasts, judged anew where it may be otherwise. */
  function update(state: State, touched: number, ask: PropertySet): void {
    for (const { bit, reads, isBroken } of LASTING) {
      if ((ask & bit) === 0 || (reads & touched) === 0) continue;
      if (isBroken(program, state)) lasting |= bit;
      else lasting &= ~bit;
    }
  }

  function momentary(state: State, events: readonly SimEvent[], by: Doer, ask: PropertySet): PropertySet {
    let found = 0;
    for (const event of events) {
      const moments = MOMENTS.get(event.type);
      if (moments === undefined) continue;
      for (const { bit, check } of moments)
        if ((ask & ~found & bit) !== 0 && check(program, state, event, by) !== undefined) found |= bit;
    }
    return found;
  }

  return {
    lastingIn(state, ask) {
      lasting = 0;
      update(state, EVERYTHING, ask);
      return lasting;
    },
    begin(state, before) {
      lasting = before;
      unmapped = hasUnmapped(state);
    },
    after(state, events, touched, by, ask) {
      const before = unmapped;
      if ((touched & TOUCHED.tasks) !== 0) unmapped = hasUnmapped(state);
      update(state, before || unmapped ? touched | UNMAPPED : touched, ask);
      return (lasting & ask) | momentary(state, events, by, ask);
    },
    lasting: () => lasting,
    judge(state, events, by, ask) {
      lasting = 0;
      update(state, EVERYTHING, ask);
      return lasting | momentary(state, events, by, ask);
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
      for (const property of ALL_PROPERTIES) {
        const bit = bitOf(property.id);
        if ((ask & bit) === 0 || bit === L1_BIT) continue;
        const found = property.kind === 'state' ? property.check(program, state) : events.map((event) => property.check(program, state, event, by)); // prettier-ignore
        const first = found.find((one) => one !== undefined);
        if (first !== undefined) return first.message;
      }
      return '';
    },
  };
}

/** A task has taken a block that is in no map yet. */
function hasUnmapped(state: State): boolean {
  for (const { frames } of state.tasks) for (const frame of frames) if ('y' in frame && frame.y >= 0) return true;
  return false;
}

/**
 * A property judges a state and the events that led to it, and names what is broken. It must not use the code it
 * judges: this room imports no operations. `inputs` are the records it looks at: while they are the same objects the
 * verdict stands.
 *
 * Where the things judged are many (pages of mappings and MRs), a property judges stretches of them, and says which
 * may have a new verdict from what differs between two states: so a step pays for what it touched, whatever the size.
 */
import type { SimEvent } from '../model/event.ts';
import type { TaskId } from '../model/ids.ts';
import { NO_TASK } from '../model/ids.ts';
import type { Op } from '../model/op.ts';
import type { Program } from '../model/program.ts';
import type { PropertyId } from '../model/property.ts';
import type { EntityRef, State } from '../model/state.ts';

export type Finding = {
  readonly id: PropertyId;
  /** Stable name of the instance while the same thing is broken. */
  readonly key: string;
  readonly message: string;
  /** The first is the culprit. */
  readonly refs: readonly EntityRef[];
};

/** True or false of a state. */
export type StateProperty = {
  readonly kind: 'state';
  readonly id: PropertyId;
  readonly inputs: (state: State) => readonly unknown[];
  readonly check: (program: Program, state: State) => readonly Finding[];
  readonly stretches?: StretchRules;
};

/** In the order in which findings are told. */
export const STRETCHED = ['sum', 'block', 'map', 'mr', 'dma', 'pipe'] as const;

/** Pages [from, to) of a mapping, slots of an MR, accounts of blocks; a DMA, a pipe or a sum is one place long. */
export type Stretch = {
  readonly of: (typeof STRETCHED)[number];
  readonly id: number;
  readonly from: number;
  readonly to: number;
};

export type StretchRules = {
  /** All that may be judged otherwise in `now` than in `before`; without a `before`, all there is. */
  readonly suspects: (before: State | undefined, now: State) => readonly Stretch[];
  /** Calls `f` with each place in the stretch that is broken, ascending. */
  readonly broken: (state: State, stretch: Stretch, f: (at: number) => void) => void;
  readonly tell: (program: Program, state: State, stretch: Stretch) => Finding;
};

/** What is told of one property at a time; the rest is as broken, and would only be more of the same. */
export const MOST_FINDINGS = 1000;

/** A property of stretches, judged in one go. */
export function stretchProperty(id: PropertyId, inputs: StateProperty['inputs'], stretches: StretchRules): StateProperty {
  const check: StateProperty['check'] = (program, state) => {
    const found: Finding[] = [];
    for (const stretch of stretches.suspects(undefined, state)) {
      stretches.broken(state, stretch, (at) => {
        if (found.length < MOST_FINDINGS) found.push(stretches.tell(program, state, { ...stretch, from: at, to: at + 1 })); // prettier-ignore
      });
    }
    return found;
  };
  return { kind: 'state', id, inputs, check, stretches };
} // prettier-ignore

/** Whose micro-step it is, and the operation that it serves: none when the NIC acts by itself, or a process dies. */
export type Doer = { readonly task: TaskId; readonly op?: Op };
export const NOBODY: Doer = { task: NO_TASK };

/** True or false of the moment at which an event happens; `state` is the one after it. */
export type MomentProperty = {
  readonly kind: 'moment';
  readonly id: PropertyId;
  readonly check: (program: Program, state: State, event: SimEvent, by: Doer) => Finding | undefined;
};

export function momentProperty(id: PropertyId, check: MomentProperty['check']): MomentProperty {
  return { kind: 'moment', id, check };
}

export type Property = StateProperty | MomentProperty;

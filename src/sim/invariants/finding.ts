/**
 * A property judges a state and the events that led to it, and names what is broken. It must not use the code it
 * judges: this room imports no operations. `inputs` are the records it looks at: while they are the same objects the
 * verdict stands, so a step pays only for what it touched.
 */
import type { SimEvent } from '../model/event.ts';
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
};

/** True or false of the moment at which an event happens. */
export type MomentProperty = {
  readonly kind: 'moment';
  readonly id: PropertyId;
  readonly check: (program: Program, state: State, event: SimEvent) => Finding | undefined;
};

export type Property = StateProperty | MomentProperty;

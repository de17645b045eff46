/**
 * A property judges a state and the events that led to it, and names what is broken. It must not use the code it
 * judges: this room imports no operations. `inputs` are what it looks at: while they are the same objects the verdict
 * stands.
 *
 * Where the things judged are many (pages of mappings and MRs), a property judges stretches of them, and says which
 * may have a new verdict from what differs between two states: so a step pays for what it touched, whatever the size.
 */
import { TOUCHED } from '../model/draft.ts';
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

/** Not of the draft's own: a block that a fault or a write has taken is in the file's map only later. */
export const UNMAPPED = 1 << 30;

/** What a property may look at, and which edits change it (`bit`, of TOUCHED). `unmapped`: of the frames no more than
 *  the blocks that they have taken. */
export const INPUTS = {
  use: { of: (s: State): unknown => s.device.use, bit: TOUCHED.use },
  tags: { of: (s: State): unknown => s.device.tags, bit: TOUCHED.tags },
  device: { of: (s: State): unknown => s.device, bit: TOUCHED.use | TOUCHED.tags | TOUCHED.pins },
  inodes: { of: (s: State): unknown => s.inodes, bit: TOUCHED.inodes },
  locks: { of: (s: State): unknown => s.inodes, bit: TOUCHED.locks },
  procs: { of: (s: State): unknown => s.procs, bit: TOUCHED.procs },
  maps: { of: (s: State): unknown => s.maps, bit: TOUCHED.maps },
  mrs: { of: (s: State): unknown => s.mrs, bit: TOUCHED.mrs },
  dmas: { of: (s: State): unknown => s.dmas, bit: TOUCHED.dmas },
  pipes: { of: (s: State): unknown => s.pipes, bit: TOUCHED.pipes },
  tasks: { of: (s: State): unknown => s.tasks, bit: TOUCHED.tasks },
  unmapped: { of: (s: State): unknown => s.tasks, bit: UNMAPPED },
} as const;
export type Input = keyof typeof INPUTS;

/** True or false of a state. */
export type StateProperty = {
  readonly kind: 'state';
  readonly id: PropertyId;
  readonly inputs: readonly Input[];
  readonly check: (program: Program, state: State) => readonly Finding[];
  /** Whether `check` would find anything, without saying what. */
  readonly isBroken: (program: Program, state: State) => boolean;
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
  /** Whether anything at all is broken; the same as asking for everything, at less cost in small states. */
  readonly isBroken?: (state: State) => boolean;
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
  const isBroken: StateProperty['isBroken'] = (_, state) => {
    if (stretches.isBroken !== undefined) return stretches.isBroken(state);
    let found = false;
    const note = (): void => {
      found = true;
    };
    for (const stretch of stretches.suspects(undefined, state)) if (!found) stretches.broken(state, stretch, note);
    return found;
  };
  return { kind: 'state', id, inputs, check, isBroken, stretches };
} // prettier-ignore

/** Whose micro-step it is, and the operation that it serves: none when the NIC acts by itself, or a process dies. */
export type Doer = { readonly task: TaskId; readonly op?: Op };
export const NOBODY: Doer = { task: NO_TASK };

/** True or false of the moment at which an event happens; `state` is the one after it. */
export type MomentProperty = {
  readonly kind: 'moment';
  readonly id: PropertyId;
  /** It has nothing to say of events of other types. */
  readonly on: readonly SimEvent['type'][];
  readonly check: (program: Program, state: State, event: SimEvent, by: Doer) => Finding | undefined;
};

type EventOf<T extends SimEvent['type']> = Extract<SimEvent, { type: T }>;
type MomentCheck<T extends SimEvent['type']> = (program: Program, state: State, event: EventOf<T>, by: Doer) => Finding | undefined; // prettier-ignore

function isOn<T extends SimEvent['type']>(event: SimEvent, on: readonly T[]): event is EventOf<T> {
  for (const type of on) if (type === event.type) return true;
  return false;
}

export function momentProperty<T extends SimEvent['type']>(id: PropertyId, on: readonly T[], check: MomentCheck<T>): MomentProperty {
  return { kind: 'moment', id, on, check: (program, state, event, by) => isOn(event, on) ? check(program, state, event, by) : undefined };
} // prettier-ignore

export type Property = StateProperty | MomentProperty;

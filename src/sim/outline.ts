/**
 * What a run looks like from outside: plain data for the page, the command line and the tests. An `Outline` is made
 * once per run, a `Moment` for any position in it.
 *
 * Positions count micro-steps: 0 is the initial state, `outline.length` the last. Turns group them: one turn is what
 * one line of the text (or the wake-up of a sleeper) did without being interrupted.
 */
import type { SimEvent } from './model/event.ts';
import type { Block, DmaId, DramId, InodeId, MrId, Page, Slot, TaskId } from './model/ids.ts';
import type { KnobName } from './model/knobs.ts';
import type { PropertyId } from './model/property.ts';
import type { DmaKind, EntityRef, LockMode, LockName, State, Wait } from './model/state.ts';

/** `fn.pc` of the step, e.g. `store.c1`; a finite list, see micro.ts. */
export type MicroId = string;

export type Micro = {
  readonly id: MicroId;
  /** The place in the outermost operation that this micro-step serves: `reg_mr.g3` for a fault taken while pinning. */
  readonly root: MicroId;
  readonly task: TaskId;
  /** Index into `Program.steps`. */
  readonly step: number;
};

/**
 * begun; woke: a sleeper went on; again: it goes on after the turns of others; held: its actor is asleep, nothing
 * happened; exit: the work of dying that a kill left to its victim; dma: a completion on its own (of the step that
 * posted it).
 */
export type TurnKind = 'begun' | 'woke' | 'again' | 'held' | 'exit' | 'dma';

export type Turn = {
  /** Index into `Program.steps`. */
  readonly step: number;
  readonly task: TaskId;
  readonly kind: TurnKind;
  /** Micro-steps [from, to) of the run. Every turn has at least one. */
  readonly from: number;
  readonly to: number;
};

/** One instance of a broken property. `at`: the position (after the micro-step) where it was first true. */
export type Violation = {
  readonly id: PropertyId;
  readonly at: number;
  readonly step: number;
  /** Stable name of the instance within the property: equal while the same thing is broken. */
  readonly key: string;
  /** One sentence, exact. */
  readonly message: string;
  /** The objects to mark; the first is the culprit. */
  readonly refs: readonly EntityRef[];
  /** Steps (indexes into Program.steps) of the chain that led here, in order, the last one `step`. -1: the initial state. */
  readonly because: readonly Cause[];
  /** Position where a state property was true no longer; absent: to the end, or a fact of one moment. */
  readonly until?: number;
  /** True of a state (drawn while it lasts), or of a moment (drawn at that step). */
  readonly kind: 'state' | 'moment';
};

/** `refs`: the objects that the sentence is about. */
export type Cause = { readonly step: number; readonly sentence: string; readonly refs: readonly EntityRef[] };

/** What a step of the text came to, with the field names of `run --json`. */
export type StepResult = {
  readonly result: string;
  readonly value: string | undefined;
  readonly met: boolean | undefined;
  /** What it slept on, in words, if it ever did. */
  readonly blockedOn: string | undefined;
  readonly eventually: string | undefined;
  /** Its actor was asleep when its turn came. */
  readonly held: boolean;
  readonly microsteps: readonly MicroId[];
  readonly violations: readonly PropertyId[];
};

/** A bar of the timeline below an operation: a wait, or a lock held. Positions; `to` absent: to the end of the run. */
export type WaitSpan = { readonly task: TaskId; readonly step: number; readonly wait: Wait; readonly text: string; readonly from: number; readonly to?: number }; // prettier-ignore
export type LockSpan = { readonly task: TaskId; readonly inode: InodeId; readonly lock: LockName; readonly mode: LockMode; readonly name: string; readonly from: number; readonly to?: number }; // prettier-ignore
/** A bar of the NIC's lane: an RDMA operation in flight, from its post by `task` to its completion, whoever brings that about. */
export type DmaSpan = { readonly dma: DmaId; readonly task: TaskId; readonly step: number; readonly kind: DmaKind; readonly mr: MrId; readonly slot: Slot; readonly name: string; readonly from: number; readonly to?: number }; // prettier-ignore

/** The word of the order that could not happen: from `at` on the run goes on as written. */
export type Misfit = { readonly word: number; readonly at: number; readonly why: string };

export type Outline = {
  /** Number of micro-steps. */
  readonly length: number;
  readonly micros: readonly Micro[];
  readonly turns: readonly Turn[];
  readonly steps: readonly StepResult[];
  readonly waits: readonly WaitSpan[];
  readonly locks: readonly LockSpan[];
  readonly dmas: readonly DmaSpan[];
  readonly violations: readonly Violation[];
  readonly claims: readonly { readonly text: string; readonly met: boolean }[];
  readonly misfit?: Misfit;
  /** Blocks that anything claimed at any position, ascending: the wide columns of the stage. */
  readonly claimed: readonly Block[];
  /** DRAM pages that were anonymous at any position, ascending: columns of the stage too. */
  readonly anon: readonly DramId[];
};

/** The run at one position: everything that a view needs. */
export type Moment = {
  readonly at: number;
  readonly state: State;
  /** The state before this turn began: for what changed. */
  readonly before: State;
  /** Facts of the turn up to here, and of the last micro-step alone. */
  readonly turnEvents: readonly SimEvent[];
  readonly events: readonly SimEvent[];
  /** Since which step (index into Program.steps, -1: from the start) each claim stands: keys of `claimKey`. */
  readonly since: Readonly<Record<string, number>>;
};

/** The run again with one knob changed alone. */
export type KnobRun = {
  readonly knob: KnobName;
  readonly value: string;
  /** What each step of the text came to. */
  readonly results: readonly string[];
  /** Each property that broke, and the step (index into Program.steps, -1: the start) where it did first. */
  readonly broken: readonly { readonly id: PropertyId; readonly step: number }[];
};

/** What one micro-step did to the page that was asked about. */
export type StoryFact = {
  /** The position after the micro-step. */
  readonly at: number;
  /** Index into Program.steps. */
  readonly step: number;
  readonly type: SimEvent['type'];
  readonly sentence: string;
  readonly refs: readonly EntityRef[];
};

/** Everything that ever happened to one page. */
export type Story = {
  readonly page: Page;
  readonly facts: readonly StoryFact[];
  /** Later facts that were left off. */
  readonly left: number;
};

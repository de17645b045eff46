/**
 * What a checker says: plain data for the page, the command line and the tests. Numbers are exact with `symmetry: 'free'`
 * too: `states`, `transitions` and outcome counts speak of the full graph (`semantics` §5), `visited` of what had to be
 * looked at. `symmetry: 'all'` gives that up: then they count what was visited. With `order`, states, transitions and
 * depth are those of the smaller graph, and a trace may be longer than the shortest; final states and their counts are
 * all there. Verdicts, and what conditions and outcomes say, are the same whatever the reductions.
 */
import type { Final } from '../sim/final.ts';
import type { Grain, Move } from '../sim/model/order.ts';
import type { PropertyId } from '../sim/model/property.ts';

/**
 * none; free: states that differ by the names of blocks free at the start count as one look, and are counted each;
 * all: states that differ by any renaming of blocks are one. Only with `alloc any`, else the names matter.
 */
export type Symmetry = 'none' | 'free' | 'all';

export type Settings = {
  readonly grain: Grain;
  readonly symmetry: Symmetry;
  /** Partial-order reduction; only at micro grain: an operation as a whole is independent of next to nothing. */
  readonly order: boolean;
  /** Visited states, and bytes of the visited set, at most. */
  readonly maxStates: number;
  readonly maxBytes: number;
  /** Outcomes told apart at most; 0: none are gathered. */
  readonly maxOutcomes: number;
};

// prettier-ignore
export const FULL: Settings = { grain: 'op', symmetry: 'none', order: false, maxStates: 100_000_000, maxBytes: 2 ** 30, maxOutcomes: 10_000 };
export const EXACT: Settings = { ...FULL, symmetry: 'free' };
export const QUICK: Settings = { ...FULL, symmetry: 'all', order: true, maxOutcomes: 0 };

/** From the state after the lines above the first menu, or from the start. */
export type Trace = readonly Move[];

/** actors: liveness is told for 31 tasks at most. */
export type Bound = 'states' | 'memory' | 'stopped' | 'actors';

export type Verdict =
  | { readonly type: 'holds' }
  /** A shortest trace; the violation is in its last move (or, of a trace without moves, in what comes before them). */
  | { readonly type: 'violated'; readonly trace: Trace; readonly message: string }
  | { readonly type: 'unknown'; readonly bound: Bound }
  /** No run reached what the property speaks of. */
  | { readonly type: 'vacuous' };

/** Still being looked for. */
export type Pending = { readonly type: 'pending' };

export type Progress = {
  readonly states: number;
  readonly visited: number;
  readonly transitions: number;
  /** Of the layer that is being expanded. */
  readonly depth: number;
  /** States found and not expanded yet. */
  readonly frontier: number;
  readonly bytes: number;
  /** What is known by now. */
  readonly properties: { readonly [P in PropertyId]: Verdict | Pending };
};

/** holds: the condition is met by the runs as its quantifier asks. */
export type ClaimVerdict = {
  readonly text: string;
  readonly verdict: 'holds' | 'violated' | 'unknown';
  /** Final states that satisfy the condition, and that do not (herd7's Positive and Negative). */
  readonly positive: number;
  readonly negative: number;
  /** A run whose end satisfies it, and one whose end does not: a shortest each. */
  readonly witness?: Trace;
  readonly counterexample?: Trace;
};

export type Outcome = {
  readonly final: Final;
  /** Final states that look so. */
  readonly count: number;
  /** A shortest run to it; of the first hundred. */
  readonly trace?: Trace;
};

/** What an operation of the text came to in any run, so that nothing holds for lack of trying. */
export type Witness = {
  /** Line of the text, and the operation in its words: `peer rdma_read mr 0`. */
  readonly line: number;
  readonly text: string;
  /** Result (`ok`, an errno, a tag, `blocks`) → a shortest run that gives it, in the order of finding. */
  readonly results: readonly { readonly result: string; readonly trace: Trace }[];
};

export type CheckReport = {
  /** As used: without a reduction that was asked for and has nothing to say here. */
  readonly settings: Settings;
  readonly states: number;
  readonly visited: number;
  readonly transitions: number;
  /** Length of the longest of the shortest paths: the initial state is at 0. */
  readonly depth: number;
  readonly complete: boolean;
  readonly bound?: Bound;
  readonly bytes: number;
  readonly properties: { readonly [P in PropertyId]: Verdict };
  readonly claims: readonly ClaimVerdict[];
  readonly finals: number;
  /** By first finding; `outcomesCut`: there are more than are kept. */
  readonly outcomes: readonly Outcome[];
  readonly outcomesCut: boolean;
  readonly witnesses: readonly Witness[];
};

/**
 * `exists`, `forbid`, `always` over all runs. What a condition says of the final state is judged when that is visited;
 * what it says of the run (a property: violated anywhere in it) only when the graph is complete, by walking every pair
 * of a state and a set of properties violated on the way to it (runs.ts).
 */
import type { Claim, Condition, Program } from '../sim/model/program.ts';
import type { PropertyId } from '../sim/model/property.ts';
import type { State } from '../sim/model/state.ts';
import { conditionHolds } from '../sim/conditions.ts';
import { bitOf } from './watch.ts';
import type { Numbers } from './numbers.ts';
import { createNumbers } from './numbers.ts';

/** The set of properties that conditions speak of, by bit. */
export function mentionedBy(program: Program): number {
  return program.claims.reduce((bits, { condition }) => bits | mentions(condition).reduce((sum, id) => sum | bitOf(id), 0), 0); // prettier-ignore
}

export function mentions(condition: Condition): readonly PropertyId[] {
  if (condition.type === 'property') return [condition.id];
  if (condition.type === 'not') return mentions(condition.of);
  return condition.type === 'and' || condition.type === 'or' ? condition.of.flatMap(mentions) : [];
}

/** A claim about final states alone: how many satisfy it, and the first that does and that does not. */
export type Tally = { positive: number; negative: number; witness?: number; counterexample?: number };

const newTally = (): Tally => ({ positive: 0, negative: 0 });

/** More mentioned properties than this are too many sets to walk. */
export const MOST_MENTIONED = 8;

export type Claims = {
  readonly tallies: readonly { readonly claim: Claim; readonly tally: Tally; readonly ofRuns: boolean }[];
  /**
   * Final states, and for each the number of its truth table, and of its weight among `weights`; only where a claim
   * speaks of runs.
   */
  readonly finals: Numbers;
  readonly tables: Numbers;
  readonly weighed: Numbers;
  readonly weights: readonly number[];
  /** Table → set of properties (k-th of `ids` by bit k) → by claim of runs: whether it is satisfied. */
  readonly truth: readonly (readonly (readonly boolean[])[])[];
  /** Mentioned properties in order. */
  readonly ids: readonly PropertyId[];
  readonly isFinal: (enabled: number) => boolean;
  /** A final state; `weight` states look like it but for the names of blocks. */
  readonly visit: (state: State, id: number, weight: number) => void;
  readonly bytes: () => number;
};

const NOTHING: ReadonlySet<PropertyId> = new Set();

export function createClaims(program: Program): Claims {
  const tallies = program.claims.map((claim) => ({
    claim,
    tally: newTally(),
    ofRuns: mentions(claim.condition).length > 0,
  }));
  const ids = [...new Set(program.claims.flatMap(({ condition }) => mentions(condition)))];
  const sets = ids.length > MOST_MENTIONED ? [] : Array.from({ length: 1 << ids.length }, (_, set) => new Set(ids.filter((__, k) => (set & (1 << k)) !== 0))); // prettier-ignore
  const ofRuns = tallies.filter((one) => one.ofRuns);
  const ofEnds = tallies.filter((one) => !one.ofRuns);
  const finals = createNumbers();
  const tables = createNumbers();
  const weighed = createNumbers();
  const weights: number[] = [];
  const truth: boolean[][][] = [];
  const numbers = new Map<string, number>();
  const endless = program.menus.some(({ times }) => times === undefined);

  function tableOf(state: State): number {
    const table = sets.map((violated) => ofRuns.map(({ claim }) => conditionHolds({ program, state, violated }, claim.condition))); // prettier-ignore
    const name = table.flat().join();
    const known = numbers.get(name);
    if (known !== undefined) return known;
    numbers.set(name, truth.length);
    return truth.push(table) - 1;
  }

  return {
    tallies,
    finals,
    tables,
    weighed,
    weights,
    truth,
    ids,
    isFinal: (enabled) => enabled === 0 || endless,
    visit(state, id, weight) {
      for (const { claim, tally } of ofEnds) {
        const met = conditionHolds({ program, state, violated: NOTHING }, claim.condition);
        if (met) tally.positive += weight;
        else tally.negative += weight;
        if (met) tally.witness ??= id;
        else tally.counterexample ??= id;
      }
      if (ofRuns.length === 0) return;
      finals.push(id);
      tables.push(tableOf(state));
      // There are few weights, and some are too big for a list of numbers.
      if (!weights.includes(weight)) weights.push(weight);
      weighed.push(weights.indexOf(weight));
    },
    bytes: () => finals.bytes() + tables.bytes() + weighed.bytes(),
  };
}

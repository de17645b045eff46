/**
 * The shortest run on which two options (or kernels) behave differently: breadth first over the pairs of states that
 * the same moves lead to. They differ when a move gives another result, when it is possible in only one, and, if asked
 * for, when it violates a property in only one. A handle like that of a search; operation grain.
 */
import { err, ok, type Result } from '../base/result.ts';
import type { Program } from '../sim/model/program.ts';
import type { PropertyId } from '../sim/model/property.ts';
import { makeWorld } from '../sim/apply.ts';
import { setUp } from '../sim/setup.ts';
import { compareSetups } from './differenceSetup.ts';
import type { Numbers } from './numbers.ts';
import { createNumbers } from './numbers.ts';
import { packPair, storedRow } from './pairRows.ts';
import type { Both, Done, Pair, Side, Sides } from './pairs.ts';
import { eachMove, idsOf } from './pairs.ts';
import { setupMoves } from './setupMoves.ts';
import type { Bound, Trace } from './verdict.ts';
import type { Visited } from './visited.ts';
import { createVisited } from './visited.ts';
import { ALL, createWatch } from './watch.ts';

export type DifferenceSettings = {
  readonly maxPairs: number;
  readonly maxBytes: number;
  /** A property that is violated in only one is a difference too. L1 is not asked for: no single move violates it. */
  readonly properties: boolean;
};

export const DIFFERENCE: DifferenceSettings = { maxPairs: 20_000_000, maxBytes: 2 ** 30, properties: false };

/** The last move under one of the two. */
export type Told = {
  readonly possible: boolean;
  /** What it returned; `blocks`: fell asleep; '' where nothing returns, or it is not possible. */
  readonly result: string;
  /** For the first time on this run; empty unless asked for. */
  readonly violated: readonly PropertyId[];
};

export type Difference = {
  readonly kind: 'result' | 'possible' | 'violation';
  /** The lines above the first menu, as far as they go; the difference is in the last of them if `trace` is empty. */
  readonly setup: Trace;
  /** From there; the difference is in the last move. */
  readonly trace: Trace;
  readonly first: Told;
  readonly second: Told;
};

export type DifferenceReport = {
  readonly pairs: number;
  readonly transitions: number;
  readonly depth: number;
  /** Every pair was looked at, or a difference was found. */
  readonly complete: boolean;
  readonly bound?: Bound;
  readonly difference?: Difference;
};

type Found = { readonly at: number; readonly both: Both } | { readonly at: 'setup'; readonly difference: Difference };

export type DifferenceSearch = {
  readonly settings: DifferenceSettings;
  readonly sides: Sides;
  readonly start: Pair;
  readonly visited: Visited;
  readonly parents: Numbers;
  transitions: number;
  depth: number;
  layer: Pair[];
  coming: Pair[];
  at: number;
  next: number;
  found: Found | undefined;
  bound: Bound | undefined;
};

/** Refused, with the reason, when the two do not have the same tables: then a move means different things in them. */
export function createDifference(first: Program, second: Program, settings: DifferenceSettings): Result<DifferenceSearch, string> {
  const why = whyIncomparable(first, second);
  if (why !== undefined) return err(why);
  const sides: Sides = [sideOf(first), sideOf(second)];
  const setup = compareSetups(sides, settings.properties);
  const start = { first: setUp(sides[0].world).state, second: setUp(sides[1].world).state, violated: setup.violated };
  const search: DifferenceSearch = {
    settings, sides, start, visited: createVisited(), parents: createNumbers(), transitions: 0, depth: 0, layer: [start],
    coming: [], at: 0, next: 0, found: setup.difference && { at: 'setup', difference: setup.difference }, bound: undefined,
  }; // prettier-ignore
  register(search, start, -1);
  return ok(search);
} // prettier-ignore

const sideOf = (program: Program): Side => ({ world: makeWorld(program), watch: createWatch(program) });

/** What moves are named by has to be the same. */
const TABLES = ['blocks', 'alloc', 'tags', 'procs', 'actors', 'files', 'maps', 'mrs', 'dmas', 'pipes'] as const;

function whyIncomparable(first: Program, second: Program): string | undefined {
  const other = TABLES.find((table) => JSON.stringify(first[table]) !== JSON.stringify(second[table]));
  if (other !== undefined) return `a move of one means nothing in the other: under them the text has other ${other}`;
  const steps = (program: Program): string => JSON.stringify([program.steps.map(({ actor, text }) => [actor, text]), program.menus]); // prettier-ignore
  return steps(first) === steps(second)
    ? undefined
    : 'a move of one means nothing in the other: under them the text has other steps';
}

/** True when the pair is new. */
function register({ visited, parents }: DifferenceSearch, pair: Pair, parent: number): boolean {
  const packed = packPair(pair);
  const isNew = visited.add(packed, packed.length) >= 0;
  if (isNew) parents.push(parent + 1);
  return isNew;
}

/** Looks at no more than `most` pairs; true when there is nothing left to do. */
export function advanceDifference(search: DifferenceSearch, most: number): boolean {
  for (let n = 0; n < most; n++) {
    if (search.found !== undefined || search.bound !== undefined) return true;
    if (search.at === search.layer.length && !nextLayer(search)) return true;
    if (search.visited.size() > search.settings.maxPairs) search.bound = 'states';
    else if (bytesOfPairs(search) > search.settings.maxBytes) search.bound = 'memory';
    else expand(search);
  }
  return false;
}

function nextLayer(search: DifferenceSearch): boolean {
  if (search.coming.length === 0) return false;
  search.layer = search.coming;
  search.coming = [];
  search.at = 0;
  search.depth++;
  return true;
}

/** Pairs in layers are objects beside the rows: a rough figure for one. */
const BYTES_OF_PAIR = 3000;

const bytesOfPairs = ({ visited, parents, layer, coming }: DifferenceSearch): number =>
  visited.bytes() + parents.bytes() + (layer.length + coming.length) * BYTES_OF_PAIR;

const asked = ({ settings }: DifferenceSearch, { violated }: Pair): number =>
  settings.properties ? ALL & ~violated : 0;

function expand(search: DifferenceSearch): void {
  const pair = search.layer[search.at++] as Pair;
  const id = search.next++;
  eachMove(search.sides, pair, asked(search, pair), (both) => {
    search.transitions++;
    if (kindOf(both) !== undefined) {
      search.found = { at: id, both };
      return true;
    }
    const after = nextPair(pair, both);
    if (after !== undefined && register(search, after, id)) search.coming.push(after);
    return false;
  });
}

function nextPair({ violated }: Pair, { first, second }: Both): Pair | undefined {
  if (first === undefined || second === undefined) return undefined;
  return { first: first.after, second: second.after, violated: violated | first.violated };
}

function kindOf({ first, second }: Both): Difference['kind'] | undefined {
  if (first === undefined || second === undefined) return 'possible';
  if (first.result !== second.result) return 'result';
  return first.violated === second.violated ? undefined : 'violation';
}

export function differenceOf(search: DifferenceSearch): DifferenceReport {
  const { visited, transitions, depth, found } = search;
  const done = found !== undefined || (search.bound === undefined && search.at === search.layer.length && search.coming.length === 0); // prettier-ignore
  return {
    pairs: visited.size(),
    transitions,
    depth,
    complete: done,
    ...(done ? {} : { bound: search.bound ?? 'stopped' }),
    ...(found === undefined ? {} : { difference: found.at === 'setup' ? found.difference : tellFound(search, found) }),
  };
}

function tellFound(search: DifferenceSearch, { at, both }: Extract<Found, { at: number }>): Difference {
  const kind = kindOf(both);
  if (kind === undefined) throw new Error('no difference');
  const setup = setupMoves(search.sides[0].world).map(({ move }) => move);
  return { kind, setup, trace: [...movesTo(search, at), both.move], first: toldOf(both.first), second: toldOf(both.second) }; // prettier-ignore
}

const toldOf = (done: Done | undefined): Told => ({ possible: done !== undefined, result: done?.result ?? '', violated: idsOf(done?.violated ?? 0) }); // prettier-ignore

/** A pair keeps only where it was found from: its moves are found again by taking them. */
function movesTo(search: DifferenceSearch, id: number): Trace {
  const path: number[] = [];
  for (let at = id; at > 0; at = search.parents.get(at) - 1) path.push(at);
  let pair = search.start;
  return path.reverse().map((next) => {
    const wanted = storedRow(search.visited, next);
    let taken: Both | undefined;
    eachMove(search.sides, pair, asked(search, pair), (both) => {
      const after = nextPair(pair, both);
      if (after === undefined || packPair(after).join() !== wanted) return false;
      taken = both;
      pair = after;
      return true;
    });
    if (taken === undefined) throw new Error(`no move to pair ${next}`);
    return taken.move;
  });
} // prettier-ignore

/**
 * Visits every reachable state once, breadth first, by the same steps and properties as the player. A search is a
 * handle that goes on for as many states as it is asked to, so that whoever drives it can stop, pause and tell.
 */
import type { SimEvent } from '../sim/model/event.ts';
import type { Program } from '../sim/model/program.ts';
import type { State } from '../sim/model/state.ts';
import type { Step, World } from '../sim/apply.ts';
import { applyStep, makeWorld } from '../sim/apply.ts';
import { doerOf } from '../sim/judge.ts';
import type { Doer } from '../sim/invariants/finding.ts';
import { NOBODY } from '../sim/invariants/finding.ts';
import { VOLUNTARY } from '../sim/invariants/voluntary.ts';
import { initialState } from '../sim/initial.ts';
import { setUp } from '../sim/setup.ts';
import { packState } from '../sim/stateKey.ts';
import type { Claims } from './claims.ts';
import { createClaims, mentionedBy } from './claims.ts';
import type { Graph } from './graph.ts';
import { createGraph, IS_VOLUNTARY } from './graph.ts';
import type { Numbers } from './numbers.ts';
import { createNumbers } from './numbers.ts';
import type { Outcomes } from './outcomes.ts';
import { createOutcomes } from './outcomes.ts';
import { successorsOf } from './successors.ts';
import type { Bound, Settings } from './verdict.ts';
import type { Visited } from './visited.ts';
import { createVisited } from './visited.ts';
import type { Watch } from './watch.ts';
import { ALL, CHECKED, createWatch } from './watch.ts';
import type { Attempts } from './witnesses.ts';
import { createAttempts } from './witnesses.ts';

export type Search = {
  readonly world: World;
  readonly settings: Settings;
  readonly start: State;
  /** What the lines above the first menu violate already. */
  readonly before: number;
  readonly visited: Visited;
  /** By state: the one it was found from. */
  readonly parents: Numbers;
  readonly watch: Watch;
  /** By property: the state out of which its first violation leads; −1: the start violates it. */
  readonly violatedFrom: Map<number, number>;
  /** Properties to be asked for, and those that nothing has spoken of. */
  open: number;
  silent: number;
  /** Properties that conditions speak of: every transition keeps which of them it violates. */
  readonly mentioned: number;
  readonly graph: Graph;
  readonly claims: Claims;
  readonly attempts: Attempts;
  readonly outcomes: Outcomes;
  transitions: number;
  depth: number;
  /** Found, not expanded; the first is state number `next`. */
  layer: State[];
  coming: State[];
  at: number;
  next: number;
  bound: Bound | undefined;
};

/** The row that packing fills; one for all searches, for packing calls nobody back. */
let row = new Uint16Array(1024);

export function createSearch(program: Program, settings: Settings): Search {
  const world = makeWorld(program);
  const watch = createWatch(program);
  const { state: start, steps } = setUp(world);
  const { violated, spoken } = judgeSetUp(world, watch, steps);
  const visited = createVisited();
  const parents = createNumbers();
  const search: Search = {
    world, settings, start, before: violated, visited, parents, watch, violatedFrom: new Map(), open: ALL, silent: ALL & ~spoken,
    mentioned: mentionedBy(program), graph: createGraph(), claims: createClaims(program), attempts: createAttempts(program), outcomes: createOutcomes(program, settings.maxOutcomes),
    transitions: 0, depth: 0, layer: [start], coming: [], at: 0, next: 0, bound: undefined,
  }; // prettier-ignore
  close(search, violated, -1);
  register(search, start, -1);
  return search;
}

/** What is violated, and spoken of, on the way to the start. */
function judgeSetUp(world: World, watch: Watch, steps: readonly Step[]): { violated: number; spoken: number } {
  let state = initialState(world.program);
  let violated = watch.judge(undefined, state, [], NOBODY, ALL);
  let spoken = watch.spoken(state, [], NOBODY, ALL);
  for (const step of steps) {
    const by = doerOf(state, step);
    const result = applyStep(world, state, step);
    state = result.state;
    violated |= watch.judge(undefined, state, result.events, by, ALL);
    spoken |= watch.spoken(state, result.events, by, ALL);
  }
  return { violated, spoken };
}

/** These properties are violated by a transition out of `from`. */
function close(search: Search, found: number, from: number): void {
  for (let k = 0; k < CHECKED.length; k++) if ((found & search.open & (1 << k)) !== 0) search.violatedFrom.set(k, from);
  search.open &= ~found;
}

function keyOf(state: State): number {
  let length = packState(state, row);
  if (length > row.length) {
    row = new Uint16Array(2 * length);
    length = packState(state, row);
  }
  return length;
}

/** The id of the state: a new one, or ~id of one that was there. */
function register(search: Search, state: State, parent: number): number {
  const length = keyOf(state);
  const id = search.visited.add(row, length);
  if (id >= 0) search.parents.push(parent + 1);
  return id;
}

/** Expands at most `most` states; true when there is nothing left to do. */
export function advanceSearch(search: Search, most: number): boolean {
  for (let n = 0; n < most; n++) {
    if (search.bound !== undefined) return true;
    if (search.at === search.layer.length && !nextLayer(search)) return true;
    if (search.visited.size() > search.settings.maxStates) search.bound = 'states';
    else if (bytesOf(search) > search.settings.maxBytes) search.bound = 'memory';
    else expand(search);
  }
  return false;
}

function nextLayer(search: Search): boolean {
  if (search.coming.length === 0) return false;
  search.layer = search.coming;
  search.coming = [];
  search.at = 0;
  search.depth++;
  return true;
}

export const isComplete = (search: Search): boolean =>
  search.bound === undefined && search.at === search.layer.length && search.coming.length === 0;

/** States in layers are objects beside the rows: a rough figure for one. */
const BYTES_OF_STATE = 1500;

export const bytesOf = ({ visited, parents, graph, layer, coming }: Search): number =>
  visited.bytes() + parents.bytes() + graph.bytes() + (layer.length + coming.length) * BYTES_OF_STATE;

function expand(search: Search): void {
  const { world, watch, graph, mentioned } = search;
  const state = search.layer[search.at] as State;
  const id = search.next;
  // The state is not needed again: let it go.
  search.layer[search.at] = undefined as never;
  search.at++;
  search.next++;
  const busy = tasksOf(state, false);
  const keep = busy !== 0 || mentioned !== 0;
  if (keep) graph.open(id, busy, tasksOf(state, true));
  let by: Doer = NOBODY;
  let found = 0;
  const enabled = successorsOf(world, search.settings.grain, state, {
    begins(step) {
      by = doerOf(state, step);
      found = 0;
    },
    micro(after, events) {
      const ask = search.open | mentioned;
      if (ask !== 0) found |= watch.judge(state, after, events, by, ask);
      if (search.silent !== 0) search.silent &= ~watch.spoken(after, events, by, search.silent);
      noteAttempts(search, id, by, events);
    },
    ends(step, after) {
      search.transitions++;
      if ((found & search.open) !== 0) close(search, found, id);
      if (after === state) return link(search, keep, step, id, found);
      const to = register(search, after, id);
      if (to >= 0) search.coming.push(after);
      link(search, keep, step, to < 0 ? ~to : to, found);
    },
  });
  if (search.claims.isFinal(enabled)) {
    search.claims.visit(state, id, 1);
    search.outcomes.visit(state, id, 1);
  }
}

function link(search: Search, keep: boolean, step: Step, to: number, found: number): void {
  if (!keep) return;
  const voluntary = step.type === 'begin' && VOLUNTARY.has(step.op.verb);
  search.graph.edge(to, ((found & search.mentioned) | (voluntary ? IS_VOLUNTARY : 0)) >>> 0);
}

function noteAttempts(search: Search, id: number, by: Doer, events: readonly SimEvent[]): void {
  for (const event of events)
    if (event.type === 'returned' && event.task === by.task) search.attempts.note(by.op, event.result, id);
    else if (event.type === 'slept' && event.task === by.task) search.attempts.note(by.op, 'blocks', id);
}

/** By bit; more than 32 actors share the last. */
function tasksOf(state: State, asleep: boolean): number {
  let bits = 0;
  for (let task = 0; task < state.tasks.length; task++) {
    const record = state.tasks[task];
    if (record !== undefined && record.frames.length > 0 && (!asleep || record.wait.type !== 'none'))
      bits |= 1 << Math.min(task, 31);
  }
  return bits >>> 0;
}

/** The key of a state as this search names it, as text. */
export function keyRow(_: Search, state: State): string {
  const length = keyOf(state);
  return row.subarray(0, length).join();
}

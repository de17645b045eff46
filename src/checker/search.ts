/**
 * Visits every reachable state once, breadth first, by the same steps and properties as the player. A search is a
 * handle that goes on for as many states as it is asked to, so that whoever drives it can stop, pause and tell.
 */
import type { SimEvent } from '../sim/model/event.ts';
import type { Program } from '../sim/model/program.ts';
import type { State } from '../sim/model/state.ts';
import type { Begin, Step, World } from '../sim/apply.ts';
import { applyStep, makeWorld } from '../sim/apply.ts';
import { beginsAt } from '../sim/begins.ts';
import { pushSteps, pushWhatComesByItself } from '../sim/enabled.ts';
import { doerOf } from '../sim/judge.ts';
import type { Doer } from '../sim/invariants/finding.ts';
import { NOBODY } from '../sim/invariants/finding.ts';
import { VOLUNTARY } from '../sim/invariants/voluntary.ts';
import { initialState } from '../sim/initial.ts';
import { setUp } from '../sim/setup.ts';
import type { Naming } from '../sim/blockNames.ts';
import { packState } from '../sim/stateKey.ts';
import type { Claims } from './claims.ts';
import { createClaims, mentionedBy } from './claims.ts';
import type { Core, Cores, Turn, Turns } from './cores.ts';
import { atStart, createCores, knownTurns } from './cores.ts';
import type { Graph } from './graph.ts';
import { createGraph, IS_VOLUNTARY } from './graph.ts';
import type { Numbers } from './numbers.ts';
import { createNumbers } from './numbers.ts';
import type { Outcomes } from './outcomes.ts';
import { createOutcomes } from './outcomes.ts';
import type { Successors } from './successors.ts';
import { takeStep } from './successors.ts';
import { quietTask } from './quiet.ts';
import { namingOf } from './symmetry.ts';
import type { Bound, Settings } from './verdict.ts';
import type { Visited } from './visited.ts';
import { createVisited } from './visited.ts';
import type { Watch } from './watch.ts';
import { ALL, CHECKED, createWatch } from './watch.ts';
import type { Attempts } from './witnesses.ts';
import { createAttempts } from './witnesses.ts';

export type Search = {
  readonly world: World;
  /** As used. */
  readonly settings: Settings;
  /** Where states count as one that differ by names of blocks. */
  readonly naming: Naming | undefined;
  /** Blocks whose names do not matter. */
  readonly swappable: ((block: number) => boolean) | undefined;
  readonly start: State;
  /** What the lines above the first menu violate already. */
  readonly before: number;
  /** By state: its core, and where each actor is. */
  readonly visited: Visited;
  readonly cores: Cores;
  /** By core, where it was asked. */
  readonly quiet: number[];
  /** Of the state that is being expanded. */
  readonly positions: number[];
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
  /** Of the full graph, as far as the reductions let that be known. */
  states: number;
  transitions: number;
  depth: number;
  /** States from number `next` on are not expanded; from `coming` on they are of the next layer. */
  next: number;
  coming: number;
  bound: Bound | undefined;
};

/** The row that packing fills; one for all searches, for packing calls nobody back. */
let row = new Uint16Array(1024);

export function createSearch(program: Program, asked: Settings): Search {
  const world = makeWorld(program);
  const watch = createWatch(program);
  const { state: start, steps } = setUp(world);
  const { violated, spoken } = judgeSetUp(world, watch, steps);
  const naming = namingOf(program, start, asked.symmetry);
  const settings = { ...asked, symmetry: naming === undefined ? 'none' : asked.symmetry, order: asked.order && asked.grain === 'micro' } as const; // prettier-ignore
  const swaps = new Set(naming?.pool);
  const search: Search = {
    world, settings, naming, swappable: naming === undefined ? undefined : (block) => swaps.has(block), start, before: violated,
    visited: createVisited(), cores: createCores(naming), quiet: [], positions: start.tasks.map(({ pos }) => pos), parents: createNumbers(), watch, violatedFrom: new Map(), open: ALL, silent: ALL & ~spoken,
    mentioned: mentionedBy(program), graph: createGraph(), claims: createClaims(program), attempts: createAttempts(program),
    outcomes: createOutcomes(program, settings.maxOutcomes, settings.symmetry === 'free' ? naming : undefined),
    states: 0, transitions: 0, depth: 0, next: 0, coming: 1, bound: undefined,
  }; // prettier-ignore
  close(search, violated, -1);
  register(search, search.cores.of(atStart(start), watch.lastingIn(start, ALL)), -1);
  return search;
}

/** What is violated, and spoken of, on the way to the start. */
function judgeSetUp(world: World, watch: Watch, steps: readonly Step[]): { violated: number; spoken: number } {
  let state = initialState(world.program);
  let violated = watch.judge(state, [], NOBODY, ALL);
  let spoken = watch.spoken(state, [], NOBODY, ALL);
  for (const step of steps) {
    const by = doerOf(state, step);
    const result = applyStep(world, state, step);
    state = result.state;
    violated |= watch.judge(state, result.events, by, ALL);
    spoken |= watch.spoken(state, result.events, by, ALL);
  }
  return { violated, spoken };
}

/** These properties are violated by a transition out of `from`. */
function close(search: Search, found: number, from: number): void {
  for (let k = 0; k < CHECKED.length; k++) if ((found & search.open & (1 << k)) !== 0) search.violatedFrom.set(k, from);
  search.open &= ~found;
}

function keyOf(state: State, naming: Naming | undefined): number {
  let length = packState(state, row, naming);
  if (length > row.length) {
    row = new Uint16Array(2 * length);
    length = packState(state, row, naming);
  }
  return length;
}

/** The row of a state: its core and its positions, each in letters of fifteen bits, the top bit saying that more follow. */
function rowOf(core: number, positions: ArrayLike<number>): number {
  let length = putNumber(core, 0);
  for (let task = 0; task < positions.length; task++) length = putNumber(positions[task] ?? 0, length);
  return length;
}

function putNumber(value: number, at: number): number {
  let rest = value;
  let n = at;
  for (; rest > 0x7fff; rest >>>= 15) row[n++] = (rest & 0x7fff) | 0x8000;
  row[n++] = rest;
  return n;
}

/** Reads the row of a state: its positions are in `search.positions` afterwards. */
function readRow(search: Search, id: number): Core {
  search.visited.read(id, row);
  const { positions } = search;
  let at = 0;
  let core = 0;
  for (let k = -1; k < positions.length; k++) {
    let value = 0;
    let shift = 0;
    let letter = row[at++] ?? 0;
    for (; letter > 0x7fff; letter = row[at++] ?? 0) {
      value |= (letter & 0x7fff) << shift;
      shift += 15;
    }
    value |= letter << shift;
    if (k < 0) core = value;
    else positions[k] = value;
  }
  return search.cores.at(core);
}

/** The id of the state; a new one comes in the next layer. */
function register(search: Search, core: Core, parent: number): number {
  const id = search.visited.add(row, rowOf(core.id, search.positions));
  if (id < 0) return ~id;
  search.parents.push(parent + 1);
  search.states += standsFor(search, core);
  return id;
}

/** The states of the full graph that one with this core stands for, as far as that is counted. */
const standsFor = ({ settings }: Search, { orbit }: Core): number => (settings.symmetry === 'free' ? orbit : 1);

/** Expands at most `most` states; true when there is nothing left to do. */
export function advanceSearch(search: Search, most: number): boolean {
  for (let n = 0; n < most; n++) {
    if (search.bound !== undefined) return true;
    if (search.next === search.visited.size()) return true;
    if (search.next === search.coming) {
      search.coming = search.visited.size();
      search.depth++;
    }
    if (search.visited.size() > search.settings.maxStates) search.bound = 'states';
    else if (search.next % ROUND === 0 && bytesOf(search) > search.settings.maxBytes) search.bound = 'memory';
    else expand(search);
  }
  return false;
}

/** Memory is looked at after so many states. */
const ROUND = 32;

export const isComplete = (search: Search): boolean =>
  search.bound === undefined && search.next === search.visited.size();

export const bytesOf = ({ visited, parents, graph, claims, cores }: Search): number =>
  visited.bytes() + parents.bytes() + graph.bytes() + claims.bytes() + cores.bytes();

function expand(search: Search): void {
  const { graph, mentioned, positions } = search;
  const { program } = search.world;
  const id = search.next;
  const core = readRow(search, id);
  search.next++;
  const keep = core.busy !== 0 || mentioned !== 0;
  if (keep) graph.open(id, core.busy, core.asleep);
  const stands = standsFor(search, core);
  let enabled = 0;
  const only = search.settings.order ? quietOf(search, core) : -1;
  for (let task = 0; task <= positions.length; task++) {
    if (only >= 0 && task !== only) continue;
    const begins = task === positions.length ? NO_BEGINS : beginsAt(program, positions[task] ?? 0, task);
    const turns = knownTurns(core, task, begins) ?? workOut(search, { core, id, task, begins });
    enabled += turns.steps;
    for (const turn of turns.list) {
      search.transitions += search.settings.symmetry === 'free' ? stands * turn.weight : 1;
      follow(search, turn, id, keep);
    }
  }
  if (search.claims.isFinal(enabled)) {
    search.claims.visit(core.state, id, stands);
    search.outcomes.visit(core.state, id, stands);
  }
}

/** The task that goes alone from here, whatever the positions; −1: none. */
function quietOf({ world, quiet }: Search, { id, state }: Core): number {
  return (quiet[id] ??= quietTask(world, state));
}

const NO_BEGINS: readonly Begin[] = [];

/** Takes a turn out of the state whose positions are read. */
function follow(search: Search, { to, moves, violated, voluntary }: Turn, id: number, keep: boolean): void {
  const { positions } = search;
  const was = positions[moves] ?? 0;
  if (moves >= 0) positions[moves] = was + 1;
  const target = register(search, to, id);
  if (moves >= 0) positions[moves] = was;
  if (keep) search.graph.edge(target, ((violated & search.mentioned) | (voluntary ? IS_VOLUNTARY : 0)) >>> 0);
}

type Place = { readonly core: Core; readonly id: number; readonly task: number; readonly begins: readonly Begin[] };

/** What a task may do in a core, or what comes by itself; `id`: the first state that asks. */
function workOut(search: Search, { core, id, task, begins }: Place): Turns {
  const { world, watch, mentioned, swappable, cores } = search;
  const { state } = core;
  const steps: Step[] = [];
  if (task < state.tasks.length) pushSteps(world.program, state, task, begins, steps);
  else pushWhatComesByItself(state, steps);
  const list: Turn[] = [];
  const ask = search.open | mentioned;
  let by: Doer = NOBODY;
  let violated = 0;
  let moves = -1;
  const visit: Successors = {
    ...(swappable === undefined ? {} : { swappable }),
    begins(step) {
      by = doerOf(state, step);
      violated = 0;
      watch.begin(state, core.lasting);
    },
    micro(after, events, touched) {
      if (ask !== 0) violated |= watch.after(after, events, touched, by, ask);
      if (search.silent !== 0) search.silent &= ~watch.spoken(after, events, by, search.silent);
      noteAttempts(search, id, by, events);
    },
    ends(step, after, _, weight) {
      if ((violated & search.open) !== 0) close(search, violated, id);
      const to = after === state ? core : cores.of(after, watch.lasting());
      list.push({ moves, to, violated, voluntary: step.type === 'begin' && VOLUNTARY.has(step.op.verb), weight }); // prettier-ignore
    },
  };
  for (const step of steps) {
    moves = moverOf(step);
    takeStep(world, search.settings.grain, state, inPlace(step), visit);
  }
  const turns = { begins, steps: steps.length, list };
  (core.turns[task] ??= []).push(turns);
  return turns;
}

/** The step as if its list or menu went on for ever: a core has no positions. */
const inPlace = (step: Step): Step => (step.type === 'begin' ? { ...step, menu: 'unlimited' } : step);

/** Whose position a step moves: a list or a menu with a count. */
const moverOf = (step: Step): number => (step.type === 'begin' && step.menu !== 'unlimited' ? step.task : -1);

function noteAttempts(search: Search, id: number, by: Doer, events: readonly SimEvent[]): void {
  for (const event of events)
    if (event.type === 'returned' && event.task === by.task) search.attempts.note(by.op, event.result, id);
    else if (event.type === 'slept' && event.task === by.task) search.attempts.note(by.op, 'blocks', id);
}

/** Liveness is kept by bits: of more tasks than this it is unknown. */
export const MOST_TASKS = 31;

/**
 * The key of a state as this search names it, as text; with other names: a key among those with these names.
 */
export function keyRow(search: Search, state: State, names?: Naming): string {
  if (names !== undefined) return row.subarray(0, keyOf(state, names)).join();
  const core = search.cores.find(state);
  return core < 0
    ? ''
    : row
        .subarray(
          0,
          rowOf(
            core,
            state.tasks.map(({ pos }) => pos),
          ),
        )
        .join();
}

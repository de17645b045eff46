/**
 * What a step does, and what it violates, does not depend on how far actors have come in their lists and menus: that
 * only says what they may begin. So a state is a core, all of it but the positions, and a row of positions; and what
 * an actor may do in a core is worked out once, for all states that have it.
 */
import type { Begin } from '../sim/apply.ts';
import type { Naming } from '../sim/blockNames.ts';
import type { State } from '../sim/model/state.ts';
import { packState } from '../sim/stateKey.ts';
import type { Visited } from './visited.ts';
import { createVisited } from './visited.ts';
import type { PropertySet } from './watch.ts';

/** A transition out of a core: for every state that has it. */
export type Turn = {
  /** Whose position it moves, or −1. */
  readonly moves: number;
  readonly to: Core;
  readonly violated: PropertySet;
  readonly voluntary: boolean;
  /** The transitions that it stands for. */
  readonly weight: number;
};

export type Turns = {
  /** What the actor may begin here; the very list. */
  readonly begins: readonly Begin[];
  /** Steps that are enabled: each has a turn for every answer of the allocator. */
  readonly steps: number;
  readonly list: readonly Turn[];
};

export type Core = {
  readonly id: number;
  /** With every actor at position 0. */
  readonly state: State;
  /** States that differ from this by names of blocks alone, itself among them. */
  readonly orbit: number;
  /** The properties asked for that do not hold in it, whatever led to it. */
  readonly lasting: PropertySet;
  /** Tasks in an operation, by bit, and those that are asleep. */
  readonly busy: number;
  readonly asleep: number;
  /** By task, and last what comes by itself: the turns worked out so far. */
  readonly turns: Turns[][];
};

export type Cores = {
  /** The core of a state whose actors are at position 0. */
  readonly of: (state: State, lasting: PropertySet) => Core;
  readonly at: (id: number) => Core;
  /** The number of the core of this state, −1: it is in none. */
  readonly find: (state: State) => number;
  readonly size: () => number;
  readonly bytes: () => number;
};

/** Objects beside the row: a rough figure for a core, and for a turn. */
const BYTES_OF_CORE = 1200;
const BYTES_OF_TURN = 64;

export function createCores(naming: Naming | undefined): Cores {
  const rows: Visited = createVisited();
  const all: Core[] = [];
  let row = new Uint16Array(1024);

  function pack(state: State): number {
    let length = packState(state, row, naming);
    if (length > row.length) {
      row = new Uint16Array(2 * length);
      length = packState(state, row, naming);
    }
    return length;
  }

  return {
    of(state, lasting) {
      const id = rows.add(row, pack(state));
      if (id < 0) return all[~id] as Core;
      const core = { id, state, orbit: naming?.orbit ?? 1, lasting, busy: tasksOf(state, false), asleep: tasksOf(state, true), turns: [] }; // prettier-ignore
      all.push(core);
      return core;
    },
    at: (id) => all[id] as Core,
    find: (state) => rows.find(row, pack(atStart(state))),
    size: () => all.length,
    // About as many turns are worked out as there are cores, times the tasks that are not done.
    bytes: () => rows.bytes() + all.length * (BYTES_OF_CORE + 4 * BYTES_OF_TURN),
  };
}

/** The state with every actor at position 0. */
export function atStart(state: State): State {
  if (state.tasks.every(({ pos }) => pos === 0)) return state;
  return { ...state, tasks: state.tasks.map((task) => (task.pos === 0 ? task : { ...task, pos: 0 })) };
}

/** The turns known of a task that may begin these. */
export function knownTurns(core: Core, task: number, begins: readonly Begin[]): Turns | undefined {
  const known = core.turns[task];
  if (known === undefined) return undefined;
  for (const turns of known) if (turns.begins === begins) return turns;
  return undefined;
}

/** By bit; of more than 32 the last share one. */
function tasksOf(state: State, asleep: boolean): number {
  let bits = 0;
  for (let task = 0; task < state.tasks.length; task++) {
    const record = state.tasks[task];
    if (record !== undefined && record.frames.length > 0 && (!asleep || record.wait.type !== 'none'))
      bits |= 1 << Math.min(task, 31);
  }
  return bits >>> 0;
}

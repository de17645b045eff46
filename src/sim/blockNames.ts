/**
 * The names of blocks in a key. Where the allocator may take any free block, blocks differ by what is on them and who
 * refers to them, not by their numbers: renaming them maps every step to a step. A naming says which blocks may be
 * called otherwise; they are numbered as they are met, and those that nothing refers to come last, sorted by what is on
 * them. So states that differ by such names alone get one key.
 */
import type { Runs } from '../base/runs.ts';
import { runsEach } from '../base/runs.ts';
import type { Block } from './model/ids.ts';
import type { Program } from './model/program.ts';
import type { Device } from './model/state.ts';

export type Naming = {
  /** By block: the name that it keeps, or −1. */
  readonly kept: Int32Array;
  /** Names of the blocks that keep none, ascending. */
  readonly pool: Int32Array;
  /** The rest is of the last key: by block, the name it got; how many of the pool are given. */
  readonly names: Int32Array;
  given: number;
  /** By name: what is on the block (see `cellsOf`). */
  readonly cells: Float64Array;
  /** What a tag and the mark of unzeroed take in a cell. */
  readonly width: number;
  /** How many states differ from that of the last key by names alone, itself among them. */
  orbit: number;
};

/** `kept`: by block; `tags`: how many tags there are. */
export function newNaming(kept: readonly number[], tags: number): Naming {
  const pool = Int32Array.from(kept.flatMap((name, block) => (name < 0 ? [block] : [])));
  const { length } = kept;
  return { kept: Int32Array.from(kept), pool, names: new Int32Array(length), given: 0, cells: new Float64Array(length), width: 2 * tags, orbit: 1 }; // prettier-ignore
}

/** ext4 looks at which blocks are next to each other (ext4Conversion); the lowest free block is a matter of numbers. */
export const areNamesFree = ({ alloc, fs }: Program): boolean => alloc === 'any' && fs.type !== 'ext4';

export function beginNames(naming: Naming): void {
  naming.names.set(naming.kept);
  naming.given = 0;
}

/** The name of a block that something refers to. */
export function nameOf(naming: Naming, block: Block): number {
  const known = naming.names[block] ?? block;
  if (known >= 0) return known;
  const name = naming.pool[naming.given++] ?? block;
  naming.names[block] = name;
  return name;
}

/** Blocks that nobody has asked the name of: what is on each, ascending. */
const rest: number[] = [];

/** What is on the blocks, by name; call it when the name of every block that something refers to was asked for. */
export function tellUnnamed(naming: Naming, device: Device): Float64Array {
  const { names, cells, pool, given } = naming;
  const on = cellsOf(device, naming);
  rest.length = 0;
  for (let block = 0; block < names.length; block++) {
    const name = names[block] ?? -1;
    if (name >= 0) cells[name] = on[block] ?? 0;
    else insert(rest, on[block] ?? 0);
  }
  for (let k = 0; k < rest.length; k++) cells[pool[given + k] ?? 0] = rest[k] ?? 0;
  naming.orbit = waysOf(pool.length, given, rest);
  return cells;
}

function insert(sorted: number[], value: number): void {
  let at = sorted.length;
  for (; at > 0 && (sorted[at - 1] ?? 0) > value; at--) sorted[at] = sorted[at - 1] ?? 0;
  sorted[at] = value;
}

let scratch = new Float64Array(64);

/** By block: use, tag and the mark of unzeroed in one number. */
function cellsOf({ use, tags, unzeroed }: Device, { kept: { length: blocks }, width }: Naming): Float64Array {
  if (scratch.length < blocks) scratch = new Float64Array(blocks);
  scratch.fill(0, 0, blocks);
  const add = (runs: Runs, to: (value: number) => number): void =>
    runsEach(runs, 0, blocks, (at, len, value, step) => {
      for (let i = 0; i < len; i++) scratch[at + i] = (scratch[at + i] ?? 0) + to(value + i * step);
    });
  add(tags, (tag) => 2 * tag);
  add(unzeroed, () => 1);
  // From −2 up.
  add(use, (n) => (n + 2) * width);
  return scratch;
}

/** Ways to call `pool` blocks so that it shows: each of `given` is told from all, the others by what is on them. */
function waysOf(pool: number, given: number, others: readonly number[]): number {
  let left = pool;
  let ways = 1;
  for (let k = 0; k < given; k++) ways *= left--;
  for (let k = 0, alike = 0; k < others.length; k++) {
    alike = k > 0 && others[k] === others[k - 1] ? alike + 1 : 1;
    // One factor of a binomial at a time, so that every product is whole.
    ways = (ways * (others.length - k)) / alike;
  }
  return ways;
}

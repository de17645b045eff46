/**
 * The histogram of final states: what they look like from outside, how many look so, and the first of each. A final
 * state may stand for others that differ by names of blocks: those look alike but for the blocks that they show.
 */
import type { Naming } from '../sim/blockNames.ts';
import type { Program } from '../sim/model/program.ts';
import type { State } from '../sim/model/state.ts';
import type { Final } from '../sim/final.ts';
import { finalOf } from '../sim/final.ts';

/** `final` may be a renaming of what state `id` looks like. */
export type Seen = { readonly final: Final; count: number; readonly id: number };

export type Outcomes = {
  readonly visit: (state: State, id: number, weight: number) => void;
  readonly all: () => readonly Seen[];
  /** There are more than are kept. */
  readonly isCut: () => boolean;
  readonly finals: () => number;
};

/** `naming`: with the names that each state stands for. */
export function createOutcomes(program: Program, most: number, naming?: Naming): Outcomes {
  const seen = new Map<string, Seen>();
  const pool = Array.from(naming?.pool ?? []);
  let cut = false;
  let finals = 0;
  let told = 0;
  return {
    visit(state, id, weight) {
      finals += weight;
      if (most === 0) return;
      const looks = finalOf(program, state);
      const shown = shownBlocks(looks, pool);
      const final = renamed(looks, new Map(shown.map((block, k) => [block, pool[k] ?? block])));
      const key = JSON.stringify(final);
      const known = seen.get(key);
      if (known !== undefined) known.count += weight;
      else if (told < most) {
        seen.set(key, { final, count: weight, id });
        told += waysToName(pool.length, shown.length);
      } else cut = true;
    },
    all: () => [...seen.values()].flatMap((one) => everyRenaming(one, pool, most)).slice(0, most),
    isCut: () => cut || told > most,
    finals: () => finals,
  };
}

function waysToName(names: number, blocks: number): number {
  let ways = 1;
  for (let k = 0; k < blocks; k++) ways *= names - k;
  return ways;
}

/** Those of `pool` that it shows, in order. */
export function shownBlocks({ files, mrs }: Final, pool: readonly number[]): readonly number[] {
  if (pool.length === 0) return [];
  const shown = new Set<number>();
  for (const { blocks } of [...Object.values(files), ...Object.values(mrs)])
    for (const block of blocks) if (block !== null && pool.includes(block)) shown.add(block);
  return [...shown];
}

function renamed(final: Final, names: ReadonlyMap<number, number>): Final {
  if (names.size === 0) return final;
  const blocks = (of: readonly (number | null)[]): readonly (number | null)[] =>
    of.map((block) => (block === null ? null : (names.get(block) ?? block)));
  const each = <T extends { readonly blocks: readonly (number | null)[] }>(of: Readonly<Record<string, T>>): Record<string, T> =>
    Object.fromEntries(Object.entries(of).map(([name, record]) => [name, { ...record, blocks: blocks(record.blocks) }]));
  return { ...final, files: each(final.files), mrs: each(final.mrs) };
} // prettier-ignore

/** At most `most` of them; as many states look like each. */
function everyRenaming({ final, count, id }: Seen, pool: readonly number[], most: number): readonly Seen[] {
  const shown = shownBlocks(final, pool);
  const ways = waysToName(pool.length, shown.length);
  const found: Seen[] = [];
  eachArrangement(pool, shown.length, (names) => {
    const given = new Map(shown.map((block, k) => [block, names[k] ?? block]));
    return found.push({ final: renamed(final, given), count: count / ways, id }) < most;
  });
  return found;
}

/** Lists of `length` different ones, in order, while `f` says so. */
function eachArrangement(of: readonly number[], length: number, f: (list: readonly number[]) => boolean, list: readonly number[] = []): boolean {
  if (list.length === length) return f(list);
  return of.every((one) => list.includes(one) || eachArrangement(of, length, f, [...list, one]));
} // prettier-ignore

/**
 * The columns of DRAM pages. With the page cache they share those of the blocks; otherwise they stand behind them:
 *
 *     cached:  | index by index, of every file and memfd | left the cache | anonymous |
 *     DAX:     | blocks … free blocks | index by index, of every memfd | anonymous |
 *
 * A page that ever was anonymous has its column for the whole run, so that nothing moves when another is given back.
 */
import type { DramId } from '../sim/model/ids.ts';
import type { BoxSpec } from './footprint.ts';
import { anonOf } from './homes.ts';

export type DramPlan = {
  /** How many columns. */
  readonly count: number;
  /** By file box: the first of its columns. */
  readonly starts: ReadonlyMap<string, number>;
  /** For pages that left the page cache. */
  readonly spares: readonly number[];
  readonly anon: ReadonlyMap<DramId, number>;
  /** Column of a home that is no block. */
  readonly columnOf: (spec: BoxSpec, slot: number) => number | undefined;
};

/** `base`: the column where they begin. */
export function dramPlan(specs: readonly BoxSpec[], anon: readonly DramId[], cached: boolean, base: number): DramPlan {
  const starts = new Map<string, number>();
  let next = base;
  for (const spec of specs) {
    if (spec.hue !== 'file' || (!cached && spec.memfd === undefined)) continue;
    starts.set(spec.key, next);
    next += Math.max(1, spec.indexes.length);
  }
  const spareCount = cached ? Math.min(3, specs.filter((spec) => spec.hue === 'dma').length) : 0;
  const spares = Array.from({ length: spareCount }, (_, i) => next + i);
  const anonBase = next + spareCount;
  const inFile = (spec: BoxSpec, slot: number): number | undefined => {
    const file = specs.find((other) => other.hue === 'file' && other.file === spec.file && other.memfd === spec.memfd);
    const start = file === undefined ? undefined : starts.get(file.key);
    const at = file?.indexes.indexOf(spec.fileIndexes[slot] ?? -1) ?? -1;
    return at < 0 || start === undefined ? undefined : start + at;
  };
  return {
    count: next - base + spareCount + anon.length,
    starts,
    spares,
    anon: new Map(anon.map((dram, i) => [dram, anonBase + i])),
    columnOf(spec, slot) {
      const home = spec.homes[slot];
      const nth = home === undefined ? undefined : anonOf(home);
      if (nth === undefined) return inFile(spec, slot);
      return anon.length === 0 ? undefined : anonBase + Math.min(nth, anon.length - 1);
    },
  };
}

/** How many claims a state has: what a picture must show to be all of it. */
import { runsGet, runsSize } from '../../base/runs.ts';
import type { Runs } from '../../base/runs.ts';
import type { State } from '../../sim/model/state.ts';

const sum = (tables: readonly Runs[]): number => tables.reduce((n, table) => n + runsSize(table), 0);

/** Slots that point at something, counted as the scene counts them: a file index once, in the cache or on its block. */
export function claimCount({ inodes, maps, mrs, dmas, pipes }: State): number {
  const files = inodes.filter(({ live }) => live);
  const posted = dmas.filter(({ phase, kind, mr, index }) => {
    const rdma = kind === 'rdma_read' || kind === 'rdma_write';
    // One that has not translated yet points at nothing.
    return phase === 'posted' && (!rdma || runsGet(mrs[mr]?.mtt ?? [], index) !== undefined);
  });
  return (
    sum(files.map(({ map, cache, memfd }) => (memfd < 0 ? map : cache))) +
    sum(maps.filter(({ live }) => live).map(({ ptes }) => ptes)) +
    sum(
      mrs
        .filter(({ state }) => state !== 'none' && state !== 'destroyed')
        .map(({ mtt, pins }) => (runsSize(mtt) >= runsSize(pins) ? mtt : pins)),
    ) +
    posted.length +
    pipes.filter(({ phase }) => phase === 'full').length
  );
}

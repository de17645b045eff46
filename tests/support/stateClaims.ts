// Every claim of a state, straight from its tables: what a picture of it has to show.
import { runsEach, runsGet } from '../../src/base/runs.ts';
import {
  blockOfPage,
  dramOfPage,
  extentBlock,
  isBlock,
  pageOfDram,
  ptePage,
  ZERO_PAGE,
} from '../../src/sim/model/ids.ts';
import type { Program } from '../../src/sim/model/program.ts';
import type { State } from '../../src/sim/model/state.ts';

/** kind, name, index, page: `file A 1 4`. */
export type StateClaim = {
  readonly kind: string;
  readonly name: string;
  readonly index: number;
  readonly page: string;
};

const pageName = (page: number): string =>
  page === ZERO_PAGE ? 'z' : isBlock(page) ? `${blockOfPage(page)}` : `D${dramOfPage(page)}`;

export function stateClaims(program: Program, state: State): StateClaim[] {
  const out: StateClaim[] = [];
  const each = (runs: Parameters<typeof runsEach>[0], visit: (index: number, value: number) => void): void =>
    runsEach(runs, 0, Infinity, (from, len, value, step) => {
      for (let i = 0; i < len; i++) visit(from + i, value + i * step);
    });
  for (const inode of state.inodes.filter(({ live }) => live)) {
    const memfd = inode.memfd >= 0;
    const name = memfd ? (program.maps[inode.memfd]?.name ?? '') : (program.files[inode.name]?.name ?? '');
    const kind = memfd ? 'mfd' : 'file';
    each(inode.map, (index, extent) => out.push({ kind, name, index, page: `${extentBlock(extent)}` }));
    each(inode.cache, (index, dram) => out.push({ kind, name, index, page: pageName(pageOfDram(dram)) }));
  }
  state.maps.forEach((map, id) => {
    if (map.live)
      each(map.ptes, (index, pte) =>
        out.push({ kind: 'PTE', name: program.maps[id]?.name ?? '', index, page: pageName(ptePage(pte)) }),
      );
  });
  state.mrs.forEach((mr, id) => {
    if (mr.state === 'none' || mr.state === 'destroyed') return;
    for (let slot = 0; slot < mr.len; slot++) {
      const page = runsGet(mr.mtt, slot) ?? runsGet(mr.pins, slot);
      if (page !== undefined)
        out.push({ kind: 'MR', name: program.mrs[id]?.name ?? '', index: slot, page: pageName(page) });
    }
  });
  for (const dma of state.dmas.filter(({ phase }) => phase === 'posted')) {
    const rdma = dma.kind === 'rdma_read' || dma.kind === 'rdma_write';
    const page = rdma ? runsGet(state.mrs[dma.mr]?.mtt ?? [], dma.index) : dma.page;
    if (page !== undefined) out.push({ kind: 'DMA', name: '', index: -1, page: pageName(page) });
  }
  for (const pipe of state.pipes.filter(({ phase }) => phase === 'full'))
    out.push({ kind: 'pipe', name: '', index: -1, page: pageName(pipe.page) });
  return out;
}

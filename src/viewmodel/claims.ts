/**
 * The claims on pages, slot by slot: what a file index, a PTE, an MTT slot, a DMA or a pipe points at in one state.
 */
import { runsGet } from '../base/runs.ts';
import type { Page } from '../sim/model/ids.ts';
import {
  extentBlock,
  extentWritten,
  isDram,
  NO_MAP,
  pageOfBlock,
  pageOfDram,
  ptePage,
  pteWritable,
  ZERO_PAGE,
} from '../sim/model/ids.ts';
import type { EntityRef, State } from '../sim/model/state.ts';
import type { LiveBox } from './live.ts';
import type { LinkKind, SlotLook } from './scene.ts';

export type SlotFact = {
  readonly look: SlotLook;
  /** Undefined: points at nothing. */
  readonly page: Page | undefined;
  /** File slots with the page cache: the DRAM page in front of the block. */
  readonly cache: Page | undefined;
  readonly kind: LinkKind;
  readonly writable: boolean;
  readonly flow: '' | 'up' | 'down';
  readonly cut: boolean;
};

type Some = Partial<SlotFact> & Pick<SlotFact, 'look' | 'page' | 'kind'>;

const factOf = ({ look, page, kind, cache, writable = false, flow = '', cut = false }: Some): SlotFact => ({
  look,
  page,
  kind,
  cache,
  writable,
  flow,
  cut,
});

/** The logical index of slot i: file index, page of the mapping, slot of the MR. */
export const indexOf = (live: LiveBox, i: number): number =>
  live.type === 'dma' ? live.of.index : (live.box.spec.indexes[i] ?? 0);

/** How many of a box's places are taken now: a file ends at its size, or behind the last block that it still has. */
export function slotCount(live: LiveBox): number {
  const { indexes } = live.box.spec;
  switch (live.type) {
    case 'file': {
      let n = indexes.length;
      while (n > 0 && !hasIndex(live, indexes[n - 1] ?? 0)) n--;
      return n;
    }
    case 'map':
    case 'mr': {
      const { len } = live.of;
      let n = indexes.length;
      while (n > 0 && (indexes[n - 1] ?? 0) >= len) n--;
      return n;
    }
    case 'dma':
    case 'pipe':
      return 1;
  }
}

const hasIndex = ({ of }: Extract<LiveBox, { type: 'file' }>, index: number): boolean =>
  index < of.size || runsGet(of.map, index) !== undefined || runsGet(of.cache, index) !== undefined;

export function slotRef(live: LiveBox, i: number): EntityRef {
  const index = indexOf(live, i);
  switch (live.type) {
    case 'file':
      return { type: 'extent', inode: live.inode, index };
    case 'map':
      return { type: 'pte', map: live.map, vpage: index };
    case 'mr':
      return { type: 'mtt', mr: live.mr, slot: index };
    case 'dma':
    case 'pipe':
      return live.ref;
  }
}

export function slotFact(state: State, live: LiveBox, i: number): SlotFact {
  const index = indexOf(live, i);
  switch (live.type) {
    case 'file':
      return extentFact(live.of, index);
    case 'map': {
      const pte = runsGet(live.of.ptes, index);
      if (pte === undefined) return factOf({ look: 'absent', page: undefined, kind: 'pte' });
      return factOf({ look: 'plain', page: ptePage(pte), kind: 'pte', writable: pteWritable(pte) });
    }
    case 'mr':
      return mttFact(live.of, index);
    case 'dma': {
      const { of } = live;
      const rdma = of.kind === 'rdma_read' || of.kind === 'rdma_write';
      const mtt = rdma ? state.mrs[of.mr]?.mtt : undefined;
      const page = mtt === undefined ? of.page : runsGet(mtt, of.index);
      const flow = of.kind === 'rdma_write' || of.kind === 'dio_read' ? 'up' : 'down';
      return factOf({ look: page === undefined ? 'invalid' : 'plain', page, kind: 'pin', flow });
    }
    case 'pipe':
      return factOf({ look: 'plain', page: live.of.page, kind: 'pin' });
  }
}

function extentFact(inode: Extract<LiveBox, { type: 'file' }>['of'], index: number): SlotFact {
  const extent = runsGet(inode.map, index);
  const cached = runsGet(inode.cache, index);
  const cache = cached === undefined ? undefined : pageOfDram(cached);
  // What a memfd has is its pages: nothing lies behind them.
  if (inode.memfd !== NO_MAP) return factOf({ look: cache === undefined ? 'hole' : 'plain', page: cache, kind: 'own' });
  if (extent === undefined) return factOf({ look: 'hole', page: undefined, kind: 'own', cache });
  const look = extentWritten(extent) ? 'plain' : 'unwritten';
  return factOf({ look, page: pageOfBlock(extentBlock(extent)), kind: 'own', cache });
}

function mttFact(mr: Extract<LiveBox, { type: 'mr' }>['of'], slot: number): SlotFact {
  const kind = mr.odp ? 'odp' : 'mtt';
  const page = runsGet(mr.mtt, slot) ?? runsGet(mr.pins, slot);
  if (page === undefined) return factOf({ look: mr.odp ? 'invalid' : 'absent', page, kind });
  return factOf({ look: 'plain', page, kind, writable: mr.writable, cut: mr.state === 'revoked' });
}

export const isZero = (page: Page | undefined): boolean => page === ZERO_PAGE;
export const isCached = (page: Page | undefined): boolean => page !== undefined && isDram(page);

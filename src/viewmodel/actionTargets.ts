/** What an object of the stage stands for to somebody who wants to do something with it: files, mappings, MRs, … by index. */
import type { Runs } from '../base/runs.ts';
import { runsEach } from '../base/runs.ts';
import type { DmaId, InodeId, MapId, MrId, Page, PipeId, TaskId } from '../sim/model/ids.ts';
import { extentBlock, isBlock, NO_FILE, pageOfBlock, pageOfDram, ptePage } from '../sim/model/ids.ts';
import type { EntityRef, State } from '../sim/model/state.ts';

export type Target =
  | { readonly type: 'file'; readonly inode: InodeId; readonly index?: number }
  | { readonly type: 'map'; readonly map: MapId; readonly index?: number }
  | { readonly type: 'mr'; readonly mr: MrId; readonly index?: number }
  | { readonly type: 'dma'; readonly dma: DmaId }
  | { readonly type: 'pipe'; readonly pipe: PipeId }
  | { readonly type: 'task'; readonly task: TaskId };

/** Where in a table a value that fits first stands; `value` of a run grows with it, or stays. */
function firstAt(runs: Runs, fits: (value: number) => boolean): number | undefined {
  let found: number | undefined;
  runsEach(runs, 0, Infinity, (at, len, value, step) => {
    for (let i = 0; i < (step === 0 ? 1 : len); i += 1) {
      if (fits(value + i * step)) {
        found = at + i;
        return true;
      }
    }
    return undefined;
  });
  return found;
}

/** Everything that claims a page, by the index through which it does. */
function onPage(state: State, page: Page): readonly Target[] {
  const files = state.inodes.flatMap((inode, id): Target[] => {
    const index = isBlock(page)
      ? firstAt(inode.map, (value) => pageOfBlock(extentBlock(value)) === page)
      : firstAt(inode.cache, (value) => pageOfDram(value) === page);
    return inode.live && index !== undefined ? [{ type: 'file', inode: id, index }] : [];
  });
  const maps = state.maps.flatMap(({ live, ptes }, map): Target[] => {
    const index = live ? firstAt(ptes, (value) => ptePage(value) === page) : undefined;
    return index === undefined ? [] : [{ type: 'map', map, index }];
  });
  const mrs = state.mrs.flatMap(({ state: phase, mtt, pins }, mr): Target[] => {
    const index = firstAt(mtt, (value) => value === page) ?? firstAt(pins, (value) => value === page);
    return phase === 'none' || phase === 'destroyed' || index === undefined ? [] : [{ type: 'mr', mr, index }];
  });
  const dmas = state.dmas.flatMap((dma, id): Target[] =>
    dma.phase === 'posted' && dma.page === page ? [{ type: 'dma', dma: id }] : [],
  );
  const pipes = state.pipes.flatMap((pipe, id): Target[] =>
    pipe.phase === 'full' && pipe.page === page ? [{ type: 'pipe', pipe: id }] : [],
  );
  return [...files, ...maps, ...mrs, ...dmas, ...pipes];
}

/** A memfd has no name to speak of it by. */
const isNamed = (state: State, target: Target): boolean =>
  target.type !== 'file' || (state.inodes[target.inode]?.name ?? NO_FILE) !== NO_FILE;

export function targetsOf(state: State, ref: EntityRef): readonly Target[] {
  return rawTargets(state, ref).filter((target) => isNamed(state, target));
}

function rawTargets(state: State, ref: EntityRef): readonly Target[] {
  switch (ref.type) {
    case 'block':
      return onPage(state, pageOfBlock(ref.block));
    case 'dram':
      return onPage(state, pageOfDram(ref.dram));
    case 'extent':
      return [{ type: 'file', inode: ref.inode, index: ref.index }];
    case 'pte':
      return [{ type: 'map', map: ref.map, index: ref.vpage }];
    case 'mtt':
      return [{ type: 'mr', mr: ref.mr, index: ref.slot }];
    case 'lock':
    case 'lease':
      return [{ type: 'file', inode: ref.inode }];
    case 'file':
    case 'map':
    case 'mr':
    case 'dma':
    case 'pipe':
    case 'task':
      return [ref];
  }
}

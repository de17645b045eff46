/** Whether a run has an object of this name at all: a reference may come from a link, and with it from anybody. */
import type { EntityRef, State } from '../model/state.ts';

export function existsIn(state: State, ref: EntityRef): boolean {
  const has = (table: readonly unknown[], id: number): boolean => id >= 0 && id < table.length;
  switch (ref.type) {
    case 'block':
      return ref.block >= 0 && ref.block < blocksOf(state);
    case 'dram':
      return has(state.dram, ref.dram);
    case 'file':
      return has(state.inodes, ref.inode);
    case 'extent':
      return has(state.inodes, ref.inode) && ref.index < blocksOf(state);
    case 'map':
      return has(state.maps, ref.map);
    case 'pte':
      return has(state.maps, ref.map) && ref.vpage < (state.maps[ref.map]?.len ?? 0);
    case 'mr':
      return has(state.mrs, ref.mr);
    case 'mtt':
      return has(state.mrs, ref.mr) && ref.slot < (state.mrs[ref.mr]?.len ?? 0);
    case 'dma':
      return has(state.dmas, ref.dma);
    case 'pipe':
      return has(state.pipes, ref.pipe);
    case 'task':
      return has(state.tasks, ref.task);
    case 'lock':
      return has(state.inodes, ref.inode);
    case 'lease':
      return has(state.inodes, ref.inode);
  }
}

const blocksOf = ({ device: { free, busy, owned, zombie } }: State): number => free + busy + owned + zombie;

import type { EntityRef } from '../model/state.ts';

/**
 * The name of a claim in `Moment.since`. Claims on pages are extents, PTEs, MTT slots and the pins of DMAs and pipes;
 * the other kinds have a key too, so that any object can be looked up and compared.
 */
export function claimKey(ref: EntityRef): string {
  switch (ref.type) {
    case 'extent':
      return `extent:${ref.inode}:${ref.index}`;
    case 'pte':
      return `pte:${ref.map}:${ref.vpage}`;
    case 'mtt':
      return `mtt:${ref.mr}:${ref.slot}`;
    case 'dma':
      return `pin:dma:${ref.dma}`;
    case 'pipe':
      return `pin:pipe:${ref.pipe}`;
    case 'block':
      return `block:${ref.block}`;
    case 'dram':
      return `dram:${ref.dram}`;
    case 'file':
      return `file:${ref.inode}`;
    case 'map':
      return `map:${ref.map}`;
    case 'mr':
      return `mr:${ref.mr}`;
    case 'task':
      return `task:${ref.task}`;
    case 'lock':
      return `lock:${ref.inode}:${ref.lock}`;
    case 'lease':
      return `lease:${ref.inode}:${ref.proc}`;
  }
}

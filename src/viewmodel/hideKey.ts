/** The key by which a box of the stage is hidden, and the box that shows an object: small, as the keyboard needs it at once. */
import { NO_MAP } from '../sim/model/ids.ts';
import type { EntityRef, State } from '../sim/model/state.ts';

/** Of the key of a box: all inodes that bear one name in turn go together. */
export const hideKey = (boxKey: string): string => boxKey.replace(/^(file:\d+):\d+$/, '$1');

/** The box that shows an object; undefined: pages, tasks and the like are always there. */
export function hideKeyOf(state: State, ref: EntityRef): string | undefined {
  switch (ref.type) {
    case 'file':
    case 'extent':
    case 'lock':
    case 'lease': {
      const inode = state.inodes[ref.inode];
      if (inode === undefined) return undefined;
      return inode.memfd === NO_MAP ? `file:${inode.name}` : `memfd:${inode.memfd}`;
    }
    case 'map':
    case 'pte':
      return `map:${ref.map}`;
    case 'mr':
    case 'mtt':
      return `mr:${ref.mr}`;
    case 'dma':
      return `dma:${ref.dma}`;
    case 'pipe':
      return `pipe:${ref.pipe}`;
    case 'block':
    case 'dram':
    case 'task':
      return undefined;
  }
}

/** COW breaks under way: what a fault installs before the file has it. Not yet the file's, and no stranger's either. */
import type { Block, FileIndex, InodeId } from '../model/ids.ts';
import type { State } from '../model/state.ts';

type Install = { readonly inode: InodeId; readonly index: FileIndex; readonly block: Block };

/** COW breaks under way: between c1 and c6 the block of the COW fork is the file's as well. */
export function installs(state: State): readonly Install[] {
  const found: Install[] = [];
  for (const { frames } of state.tasks)
    for (const frame of frames) {
      const map = frame.fn === 'store' && frame.y >= 0 ? state.maps[frame.map] : undefined;
      if (frame.fn === 'store' && map !== undefined) found.push({ inode: map.inode, index: map.off + frame.vpage, block: frame.y }); // prettier-ignore
    }
  return found;
}

export const isBeingInstalled = (state: State, inode: InodeId, index: FileIndex, block: Block): boolean =>
  installs(state).some((place) => place.inode === inode && place.index === index && place.block === block);

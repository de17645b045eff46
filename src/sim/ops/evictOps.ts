/** The evict behind the last reference of an unlinked inode. */
import type { InodeId } from '../model/ids.ts';
import { NO_INODE } from '../model/ids.ts';
import { editDma, editInode, editMr, editPipe } from '../model/draft.ts';
import { NO_INODE_RECORD } from '../model/state.ts';
import { onEvictPin, TO_END } from '../policies/layout.ts';
import { busyEntry, inodeOf } from '../query/inodes.ts';
import { removeExtents } from './extents.ts';
import type { Ctx, Procedure } from './machine.ts';
import { draftOf, emit, go, killPending, ret } from './machine.ts';
import { meetPin, sleepOnPin } from './onPin.ts';
import { dropCache } from './pageCache.ts';
import { dropEntries } from './pageTables.ts';

/** evict(): 7.0 waits in dax_break_layout_final, uninterruptibly; 6.x frees at once, pinned or not. */
export const EVICT: Procedure<'evict'> = {
  wait(c, f) {
    const inode = inodeOf(draftOf(c), f.inode);
    const waits = c.kernel.evictWaits && c.program.fs.dax === 'always';
    const busy = waits ? busyEntry(draftOf(c), inode, 0, TO_END) : undefined;
    const met = busy === undefined ? undefined : meetPin(c, busy, onEvictPin(c.program.option.knobs), 'wait');
    if (met?.act === 'called') return undefined;
    if (busy === undefined || met?.act !== 'sleep') {
      go(c, 'free');
      return 'again';
    }
    // It was the caller who had to die for it: its exit evicts, after its pins are gone.
    if (killPending(c) && !isExiting(c)) return ret(c, 'ok');
    sleepOnPin(c, 'evict', { ...met, page: busy, inode: f.inode });
    return undefined;
  },
  free(c, f) {
    dropCache(c, f.inode, 0, TO_END);
    dropEntries(c, f.inode, 0, TO_END);
    removeExtents(c, f.inode, 0, TO_END);
    forgetInode(c, f.inode);
    emit(c, { type: 'evicted', inode: f.inode });
    ret(c, 'ok');
  },
};

const isExiting = (c: Ctx): boolean => draftOf(c).tasks[c.task]?.frames.some(({ fn }) => fn === 'exit') === true;

/** The inode is gone: pins that outlive it point at no inode, and the younger ones move up in age. */
function forgetInode(c: Ctx, gone: InodeId): void {
  const { age } = inodeOf(draftOf(c), gone);
  Object.assign(editInode(c.e, gone), NO_INODE_RECORD);
  draftOf(c).inodes.forEach((inode, id) => {
    if (inode.live && inode.age > age) editInode(c.e, id).age = inode.age - 1;
  });
  draftOf(c).mrs.forEach((mr, id) => {
    if (mr.inode === gone) editMr(c.e, id).inode = NO_INODE;
  });
  draftOf(c).dmas.forEach((dma, id) => {
    if (dma.inode === gone) editDma(c.e, id).inode = NO_INODE;
  });
  draftOf(c).pipes.forEach((pipe, id) => {
    if (pipe.inode === gone) editPipe(c.e, id).inode = NO_INODE;
  });
}

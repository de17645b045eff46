/** rw-semaphores of an inode: first come, first served, handed over at release (kernel/locking/rwsem.c, handoff). */
import type { InodeId } from '../model/ids.ts';
import { editInode, TOUCHED } from '../model/draft.ts';
import type { Lock, LockMode, LockName } from '../model/state.ts';
import { NO_LOCK } from '../model/state.ts';
import { inodeOf, lockOf } from '../query/inodes.ts';
import type { Ctx } from './machine.ts';
import { draftOf, emit, sleepOn } from './machine.ts';

const KEY = { i_rwsem: 'rwsem', invalidate_lock: 'mmlock' } as const;

function setLock(c: Ctx, inode: InodeId, lock: LockName, value: Lock): void {
  editInode(c.e, inode, TOUCHED.locks)[KEY[lock]] = value;
}

function fits(lock: Lock, mode: LockMode): boolean {
  return lock.holders.length === 0 || (mode === 'shared' && lock.holders.every((h) => h.mode === 'shared'));
}

export function holdsLock(c: Ctx, inode: InodeId, lock: LockName): boolean {
  return lockOf(inodeOf(draftOf(c), inode), lock).holders.some((h) => h.task === c.task);
}

/** True when the task holds the lock; false when it went to sleep for it (its handler runs again then). */
export function acquire(c: Ctx, inode: InodeId, lock: LockName, mode: LockMode): boolean {
  const now = lockOf(inodeOf(draftOf(c), inode), lock);
  if (now.holders.some((h) => h.task === c.task)) {
    emit(c, { type: 'locked', inode, lock, mode, task: c.task });
    return true;
  }
  if (now.queue.length === 0 && fits(now, mode)) {
    const claim = { task: c.task, mode };
    setLock(c, inode, lock, {
      holders: now.holders.length === 0 ? [claim] : [...now.holders, claim],
      queue: now.queue,
    });
    emit(c, { type: 'locked', inode, lock, mode, task: c.task });
    return true;
  }
  setLock(c, inode, lock, { holders: now.holders, queue: [...now.queue, { task: c.task, mode }] });
  sleepOn(c, { type: 'lock', inode, lock, mode });
  return false;
}

export function release(c: Ctx, inode: InodeId, lock: LockName): void {
  const now = lockOf(inodeOf(draftOf(c), inode), lock);
  const mine = now.holders.find((h) => h.task === c.task);
  if (mine === undefined) return;
  const free = now.holders.length === 1 && now.queue.length === 0;
  let next: Lock = free ? NO_LOCK : { holders: now.holders.filter((h) => h !== mine), queue: now.queue };
  for (let head = next.queue[0]; head !== undefined && fits(next, head.mode); head = next.queue[0])
    next = { holders: [...next.holders, head], queue: next.queue.slice(1) };
  setLock(c, inode, lock, next);
  emit(c, { type: 'unlocked', inode, lock, mode: mine.mode, task: c.task });
}

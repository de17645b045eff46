/** pread(2), pwrite(2), open, close, creat, unlink(2), fsync(2), sync(2), and the evict behind the last reference. */
import type { FileId, InodeId } from '../model/ids.ts';
import { NO_INODE, pageOfBlock, pageOfDram, ZERO_TAG } from '../model/ids.ts';
import { editDma, editDram, editInode, editMr, editPipe, editProc } from '../model/draft.ts';
import { NO_INODE_RECORD, NO_LOCK } from '../model/state.ts';
import { onEvictPin, TO_END } from '../policies/layout.ts';
import { onRelocatePin } from '../policies/sharing.ts';
import {
  busyEntry,
  extentAt,
  filePage,
  fileTag,
  inodeOf,
  procOf as procRecord,
  refcount,
  resolveName,
} from '../query/inodes.ts';
import { isPinned } from '../query/pins.ts';
import { allocate, commitLog, dropRefs, isShared, setTag } from './blocks.ts';
import { makeWritten, removeExtents, setExtent } from './extents.ts';
import { finish } from './finish.ts';
import { acquire, release } from './locks.ts';
import type { Ctx, FrameOf, Handler, Procedure } from './machine.ts';
import { draftOf, emit, go, holdOpen, NO_BLOCK, procOf, refused, ret, killPending, sleepOn } from './machine.ts';
import { cachePage, dropCache, writeBack } from './pageCache.ts';
import { cleanPtes, dropEntries, zapFile } from './pageTables.ts';

/** The inode of a name, held open for the verb; undefined after ENOENT was returned. */
export function openForVerb(c: Ctx, f: FrameOf<'op'>, file: FileId): InodeId | undefined {
  const inode = resolveName(draftOf(c), file, procOf(c));
  if (inode !== NO_INODE) {
    holdOpen(c, [inode]);
    return inode;
  }
  emit(c, { type: 'refused', errno: 'ENOENT', why: 'no file of that name' });
  c.label = 'op.enoent';
  finish(c, f, 'ENOENT');
  return undefined;
}

export function createInode(c: Ctx, name: FileId): InodeId {
  const table = draftOf(c).inodes;
  const free = table.findIndex((inode) => !inode.live);
  const id = free === -1 ? table.length : free;
  if (free === -1) draftOf(c).inodes = [...table, { ...NO_INODE_RECORD }];
  const age = table.filter((inode) => inode.live).length;
  Object.assign(editInode(c.e, id), { ...NO_INODE_RECORD, live: true, name, age, links: 1, rwsem: NO_LOCK });
  draftOf(c).names = draftOf(c).names.map((inode, file) => (file === name ? id : inode));
  emit(c, { type: 'created', inode: id });
  return id;
}

export const create: Handler<'op'> = (c, f) => {
  if (f.op.verb !== 'create') return;
  if (draftOf(c).names[f.op.file] !== NO_INODE) return finish(c, f, fail(c, 'EEXIST', 'the name is taken'));
  createInode(c, f.op.file);
  finish(c, f, 'ok');
};

function fail(c: Ctx, errno: string, why: string): string {
  return refused(c, { act: 'refuse', errno, why });
}

export const open: Handler<'op'> = (c, f) => {
  if (f.op.verb !== 'open') return;
  const inode = openForVerb(c, f, f.op.file);
  if (inode === undefined) return;
  const proc = editProc(c.e, procOf(c));
  proc.opens = [...proc.opens, inode].sort((a, b) => a - b);
  emit(c, { type: 'opened', inode });
  finish(c, f, 'ok');
};

export const close: Handler<'op'> = (c, f) => {
  if (f.op.verb !== 'close') return;
  const { file } = f.op;
  const { opens } = procRecord(draftOf(c), procOf(c));
  const linked = opens.indexOf(draftOf(c).names[file] ?? NO_INODE);
  const at = linked >= 0 ? linked : opens.findIndex((id) => inodeOf(draftOf(c), id).name === file);
  const inode = opens[at];
  if (inode === undefined) return finish(c, f, fail(c, 'EBADF', 'this process has no such file open'));
  editProc(c.e, procOf(c)).opens = opens.filter((_, i) => i !== at);
  emit(c, { type: 'closed', inode });
  finish(c, f, 'ok');
};

export const unlink: Handler<'op'> = (c, f) => {
  if (f.op.verb !== 'unlink') return;
  const { file } = f.op;
  const inode = draftOf(c).names[file] ?? NO_INODE;
  if (inode === NO_INODE) {
    c.label = 'op.enoent';
    return finish(c, f, fail(c, 'ENOENT', 'no file of that name'));
  }
  draftOf(c).names = draftOf(c).names.map((id, name) => (name === file ? NO_INODE : id));
  editInode(c.e, inode).links = 0;
  emit(c, { type: 'unlinked', inode });
  finish(c, f, 'ok');
};

/** Cleans the PTEs, writes the cache back, commits the log. DMA writes never made anything dirty. */
export const fsync: Handler<'op'> = (c, f) => {
  if (f.op.verb !== 'fsync') return;
  const inode = openForVerb(c, f, f.op.file);
  if (inode === undefined) return;
  cleanPtes(c, inode);
  writeBack(c, inode, 0, TO_END);
  commitLog(c);
  finish(c, f, 'ok');
};

export const sync: Handler<'op'> = (c, f) => {
  draftOf(c).inodes.forEach((inode, id) => {
    if (!inode.live) return;
    cleanPtes(c, id);
    writeBack(c, id, 0, TO_END);
  });
  commitLog(c);
  finish(c, f, 'ok');
};

export const PREAD: Procedure<'pread'> = {
  lock(c, f) {
    if (acquire(c, f.inode, 'i_rwsem', 'shared')) go(c, 'read');
  },
  read(c, f) {
    if (f.op.verb !== 'pread') return;
    const inode = inodeOf(draftOf(c), f.inode);
    const tag = fileTag(draftOf(c), inode, f.op.index);
    if (tag !== undefined) {
      emit(c, { type: 'read', page: filePage(inode, f.op.index), tag, by: 'pread' });
    }
    go(c, 'unlock', { ret: tag === undefined ? 'EOF' : (c.program.tags[tag] ?? '.') });
  },
  unlock(c, f) {
    release(c, f.inode, 'i_rwsem');
    ret(c, f.ret);
  },
};

type Pwrite = FrameOf<'pwrite'>;
function writeOf(f: Pwrite): { index: number; tag: number } {
  if (f.op.verb !== 'pwrite') throw new Error(`pwrite frame of ${f.op.verb}`);
  return f.op;
}

/** xfs_file_dax_write, dax_iomap_iter. It never waits for pins; write.onPin is asked where it would relocate one. */
export const PWRITE: Procedure<'pwrite'> = {
  lock(c, f) {
    if (acquire(c, f.inode, 'i_rwsem', 'exclusive')) go(c, 'look');
  },
  look(c, f) {
    const extent = extentAt(inodeOf(draftOf(c), f.inode), writeOf(f).index);
    if (c.program.fs.dax === 'never' || (extent?.written === true && !isShared(c, extent.block))) go(c, 'write');
    else if (extent?.written !== true) go(c, 'alloc');
    else return relocate(c, f, extent.block);
    return 'again';
  },
  alloc(c, f) {
    const { index } = writeOf(f);
    if (f.x === NO_BLOCK) {
      const done = makeWritten(c, f.inode, index, (block) => setTag(c, block, ZERO_TAG));
      if (!done) return go(c, 'unlock', { ret: fail(c, 'ENOSPC', 'no free block') });
      return go(c, 'zap');
    }
    const block = allocate(c, f.inode, index, true);
    if (block === NO_BLOCK) return go(c, 'unlock', { ret: fail(c, 'ENOSPC', 'no free block') });
    go(c, 'zap', { y: block });
  },
  /** invalidate_inode_pages2_range: the index loses its PTEs and its DAX entry. */
  zap(c, f) {
    const { index } = writeOf(f);
    zapFile(c, f.inode, index, index + 1);
    dropEntries(c, f.inode, index, index + 1);
    go(c, f.y === NO_BLOCK ? 'write' : 'copy');
  },
  /** The whole block is new data: nothing of the old one is copied around it. */
  copy(c, f) {
    const { tag } = writeOf(f);
    setTag(c, f.y, tag);
    emit(c, { type: 'wrote', page: pageOfBlock(f.y), tag, by: 'pwrite', owners: 1 });
    go(c, 'remap');
  },
  remap(c, f) {
    setExtent(c, f.inode, writeOf(f).index, { block: f.y, written: true });
    dropRefs(c, f.x, 1);
    go(c, 'unlock', { y: NO_BLOCK });
  },
  write(c, f) {
    const { index, tag } = writeOf(f);
    if (c.program.fs.dax === 'never') writeCached(c, f.inode, index, tag);
    else writeInPlace(c, f.inode, index, tag);
    const { size } = inodeOf(draftOf(c), f.inode);
    if (index >= size) {
      emit(c, { type: 'sizeSet', inode: f.inode, from: size, to: index + 1 });
      editInode(c.e, f.inode).size = index + 1;
    }
    go(c, 'unlock');
  },
  unlock(c, f) {
    release(c, f.inode, 'i_rwsem');
    ret(c, f.ret === '' ? 'ok' : f.ret);
  },
  /** write.onPin=wait: asleep with i_rwsem held. */
  slept(c) {
    if (c.interrupted) go(c, 'unlock', { ret: 'EINTR' });
    else go(c, 'look');
    return 'again';
  },
};

function relocate(c: Ctx, f: Pwrite, x: number): 'again' | undefined {
  const decision = isPinned(draftOf(c), x) ? onRelocatePin(c.program.option.knobs) : { act: 'proceed' as const };
  switch (decision.act) {
    case 'proceed':
      go(c, 'alloc', { x });
      return 'again';
    case 'sleep':
      if (killPending(c)) go(c, 'unlock', { ret: 'EINTR' });
      else {
        go(c, 'slept');
        sleepOn(c, { type: 'write', page: pageOfBlock(x), inode: f.inode });
      }
      c.label = 'pwrite.wait';
      return undefined;
    case 'refuse':
      go(c, 'unlock', { ret: refused(c, decision) });
      c.label = 'pwrite.refused';
      return undefined;
  }
}

function writeInPlace(c: Ctx, inode: InodeId, index: number, tag: number): void {
  const extent = extentAt(inodeOf(draftOf(c), inode), index);
  if (extent === undefined) return;
  setTag(c, extent.block, tag);
  const owners = refcount(draftOf(c).device, extent.block);
  emit(c, { type: 'wrote', page: pageOfBlock(extent.block), tag, by: 'pwrite', owners });
}

function writeCached(c: Ctx, inode: InodeId, index: number, tag: number): void {
  const dram = cachePage(c, inode, index);
  Object.assign(editDram(c.e, dram), { tag, dirty: true });
  emit(c, { type: 'wrote', page: pageOfDram(dram), tag, by: 'pwrite', owners: 1 });
}

/** evict(): 7.0 waits in dax_break_layout_final, uninterruptibly; 6.x frees at once, pinned or not. */
export const EVICT: Procedure<'evict'> = {
  wait(c, f) {
    const inode = inodeOf(draftOf(c), f.inode);
    const waits = c.kernel.evictWaits && c.program.fs.dax === 'always';
    const busy = waits ? busyEntry(draftOf(c), inode, 0, TO_END) : undefined;
    if (busy === undefined || onEvictPin(c.program.option.knobs).act === 'proceed') {
      go(c, 'free');
      return 'again';
    }
    sleepOn(c, { type: 'evict', page: busy, inode: f.inode });
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

/** open, close, creat, unlink(2), fsync(2), sync(2). */
import { refuse } from '../policies/decision.ts';
import type { FileId, InodeId } from '../model/ids.ts';
import { NO_INODE } from '../model/ids.ts';
import { editInode, editProc } from '../model/draft.ts';
import { NO_INODE_RECORD, NO_LOCK } from '../model/state.ts';
import { onFlag, readWriteAllowed } from '../policies/guards.ts';
import { TO_END } from '../policies/layout.ts';
import { inodeOf, procOf as procRecord, resolveName } from '../query/inodes.ts';
import { commitLog } from './blocks.ts';
import { finish } from './finish.ts';
import type { Ctx, FrameOf, Handler } from './machine.ts';
import { draftOf, emit, holdOpen, procOf, refused } from './machine.ts';
import { writeBack } from './pageCache.ts';
import { cleanPtes } from './pageTables.ts';

/** The inode of a name, held open for the verb; undefined after ENOENT was returned. */
export function openForVerb(c: Ctx, f: FrameOf<'op'>, file: FileId): InodeId | undefined {
  const inode = resolveName(draftOf(c), file, procOf(c));
  if (inode !== NO_INODE) {
    holdOpen(c, [inode]);
    return inode;
  }
  c.label = 'op.enoent';
  finish(c, f, refused(c, NO_SUCH_NAME));
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
  if (draftOf(c).names[f.op.file] !== NO_INODE)
    return finish(c, f, refused(c, refuse('EEXIST', 'the name is taken', 'name')));
  createInode(c, f.op.file);
  finish(c, f, 'ok');
};

const NO_SUCH_NAME = refuse('ENOENT', 'no file of that name', 'name');

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
  if (inode === undefined)
    return finish(c, f, refused(c, refuse('EBADF', 'this process has no such file open', 'name')));
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
    return finish(c, f, refused(c, NO_SUCH_NAME));
  }
  const decision = onFlag(c.program.option.knobs, inodeOf(draftOf(c), inode), 'unlink', procOf(c));
  if (decision.act === 'refuse') return finish(c, f, refused(c, decision));
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
  const decision = readWriteAllowed(c.program.fs.type);
  if (decision.act === 'refuse') return finish(c, f, refused(c, decision));
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

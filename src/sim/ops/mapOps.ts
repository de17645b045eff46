/** mmap(2), munmap(2), and what the CPU does through a mapping. */
import type { Check } from '../model/check.ts';
import { refuse } from '../policies/decision.ts';
import { runsClear } from '../../base/runs.ts';
import type { InodeId } from '../model/ids.ts';
import {
  NO_FILE,
  NO_INODE,
  NO_MAP,
  blockOfPage,
  dramOfPage,
  isBlock,
  isDram,
  ptePage,
  pteWritable,
} from '../model/ids.ts';
import { editDram, editInode, editMap, editMr } from '../model/draft.ts';
import type { Op } from '../model/op.ts';
import { NO_MAPPING } from '../model/state.ts';
import { inodeOf, mappingOf, pageTag, refcount } from '../query/inodes.ts';
import { setTag } from './blocks.ts';
import { pteAllows, pteAt } from './faults.ts';
import { createInode, openForVerb } from './fileOps.ts';
import { finish } from './finish.ts';
import type { Ctx, FrameOf, Handler } from './machine.ts';
import { call, draftOf, emit, faultFrame, go, refused } from './machine.ts';
import { dirtyPte, zapRange } from './pageTables.ts';

export const mmap: Handler<'op'> = (c, f) => {
  if (f.op.verb !== 'mmap') return;
  const { op } = f;
  const file = op.source === 'file' ? openForVerb(c, f, op.file) : NO_INODE;
  if (file === undefined) return;
  const len = op.len ?? (file === NO_INODE ? 0 : inodeOf(draftOf(c), file).size - op.off);
  const errno = mmapError(c, op, len);
  if (errno !== undefined) return finish(c, f, errno);
  const inode = op.source === 'memfd' ? makeMemfd(c, op, len) : file;
  const isPrivate = op.private || op.source === 'anon';
  const made = { made: true, live: true, source: op.source, private: isPrivate, inode, off: op.off, len, writable: op.writable }; // prettier-ignore
  Object.assign(editMap(c.e, op.map), { ...NO_MAPPING, ...made });
  rebaseOnDemand(c, op.map);
  emit(c, { type: 'mapped', map: op.map, inode });
  finish(c, f, 'ok');
};

type MmapOp = Extract<Op, { verb: 'mmap' }>;

function mmapError(c: Ctx, op: MmapOp, len: number): string | undefined {
  const no = (errno: string, why: string, check: Check): string => refused(c, refuse(errno, why, check));
  if (len <= 0) return no('EINVAL', 'the length is 0', 'arguments');
  if (op.sync && (c.program.fs.dax === 'never' || op.source !== 'file'))
    return no('EOPNOTSUPP', 'MAP_SYNC needs DAX', 'features');
  if (op.private && op.source === 'file' && c.program.fs.type === 'device-dax')
    return no('EINVAL', 'device-dax is mapped shared or not at all', 'features');
  if (mappingOf(draftOf(c), op.map).live) return no('EEXIST', 'the name is a mapping of this process already', 'name');
  return undefined;
}

/**
 * memfd_create(2) and ftruncate: a file of shmem that nothing but its mappings refers to; or who has its descriptor too,
 * where a program gives that a name (the language has none).
 */
function makeMemfd(c: Ctx, { map, file }: MmapOp, size: number): InodeId {
  const inode = createInode(c, file);
  Object.assign(editInode(c.e, inode), { memfd: map, size, links: file === NO_FILE ? 0 : 1 });
  return inode;
}

/** An MR on demand is over addresses: what is mapped there anew is what the NIC's next fault finds. */
function rebaseOnDemand(c: Ctx, map: number): void {
  const { inode, off } = mappingOf(draftOf(c), map);
  draftOf(c).mrs.forEach((mr, id) => {
    if (mr.odp && mr.map === map && mr.state === 'live') Object.assign(editMr(c.e, id), { inode, base: off + mr.off });
  });
}

/** Zaps the PTEs and calls the MMU notifier. Pins survive, and do not hold the inode. */
export const munmap: Handler<'op'> = (c, f) => {
  if (f.op.verb !== 'munmap') return;
  if (mappingOf(draftOf(c), f.op.map).live) unmap(c, f.op.map);
  finish(c, f, 'ok');
};

export function unmap(c: Ctx, map: number): void {
  const { inode, len } = mappingOf(draftOf(c), map);
  zapRange(c, map, 0, len);
  const edited = editMap(c.e, map);
  edited.ptes = runsClear(edited.ptes, 0, len);
  edited.live = false;
  edited.inode = NO_INODE;
  emit(c, { type: 'unmapped', map, inode });
}

/** A load or a store by the CPU: through the PTE, or a fault and again. */
export const access: Handler<'op'> = (c, f) => {
  if (f.op.verb !== 'load' && f.op.verb !== 'store') return;
  const { map, index, verb } = f.op;
  const mapping = mappingOf(draftOf(c), map);
  const write = verb === 'store';
  c.label = `op.${verb}`;
  if (!mapping.live || index >= mapping.len || (write && !mapping.writable)) {
    const isThere = mapping.live && index < mapping.len;
    const refusal = isThere ? refuse('EFAULT', 'the mapping is read-only', 'writable') : refuse('EFAULT', 'nothing is mapped there', 'mapping'); // prettier-ignore
    return finish(c, f, refused(c, refusal));
  }
  const pte = pteAt(c, map, index);
  if (pte === undefined || !pteAllows(pte, write, pteWritable)) {
    c.label = '';
    call(c, 'faulted', faultFrame(verb, map, index));
    return 'again';
  }
  if (f.op.verb === 'store') storeThrough(c, f, ptePage(pte));
  else loadThrough(c, f, ptePage(pte));
  return undefined;
};

function loadThrough(c: Ctx, f: FrameOf<'op'>, page: number): void {
  const tag = pageTag(draftOf(c), page);
  emit(c, { type: 'read', page, tag, by: 'load' });
  finish(c, f, c.program.tags[tag] ?? '.');
}

function storeThrough(c: Ctx, f: FrameOf<'op'>, page: number): void {
  if (f.op.verb !== 'store') return;
  const { map, index, tag } = f.op;
  writePage(c, page, tag);
  dirtyPte(c, map, index);
  const owners = isBlock(page) ? refcount(draftOf(c).device, blockOfPage(page)) : 1;
  emit(c, { type: 'wrote', page, tag, by: 'store', owners });
  finish(c, f, 'ok');
}

/** Puts data into a page, whoever owns it now. Only a page in front of a block has something to be written back to. */
export function writePage(c: Ctx, page: number, tag: number): void {
  if (isBlock(page)) setTag(c, blockOfPage(page), tag);
  else if (isDram(page)) {
    const edited = editDram(c.e, dramOfPage(page));
    edited.tag = tag;
    edited.dirty = !edited.anon && draftOf(c).inodes[edited.inode]?.memfd === NO_MAP;
  }
}

/** After the fault of an access. */
export const faulted: Handler<'op'> = (c, f) => {
  if (f.ret === 'ok') {
    go(c, 'access', { ret: '' });
    return 'again';
  }
  c.label = `op.${f.op.verb}`;
  return finish(c, f, f.ret);
};

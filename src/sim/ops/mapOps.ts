/** mmap(2), munmap(2), CPU loads and stores, and GUP of one page. */
import { runsClear } from '../../base/runs.ts';
import { NO_INODE, blockOfPage, dramOfPage, isBlock, isDram, ptePage, pteWritable } from '../model/ids.ts';
import { editDram, editMap, editMr } from '../model/draft.ts';
import { NO_MAPPING } from '../model/state.ts';
import { readOnlyPinUnshares } from '../policies/pinning.ts';
import { extentAt, inodeOf, mappingOf, pageTag, refcount } from '../query/inodes.ts';
import { isShared, setTag } from './blocks.ts';
import { pteAllows, pteAt } from './faults.ts';
import { openForVerb } from './fileOps.ts';
import { finish } from './finish.ts';
import type { Ctx, FrameOf, Handler, Procedure } from './machine.ts';
import { call, draftOf, emit, faultFrame, go, refused, ret } from './machine.ts';
import { dirtyPte, zapRange } from './pageTables.ts';

export const mmap: Handler<'op'> = (c, f) => {
  if (f.op.verb !== 'mmap') return;
  const { op } = f;
  const inode = openForVerb(c, f, op.file);
  if (inode === undefined) return;
  const len = op.len ?? inodeOf(draftOf(c), inode).size - op.off;
  const errno = mmapError(c, f, len);
  if (errno !== undefined) return finish(c, f, errno);
  const made = { made: true, live: true, inode, off: op.off, len, writable: op.writable };
  Object.assign(editMap(c.e, op.map), { ...NO_MAPPING, ...made });
  rebaseOnDemand(c, op.map);
  emit(c, { type: 'mapped', map: op.map, inode });
  finish(c, f, 'ok');
};

function mmapError(c: Ctx, f: FrameOf<'op'>, len: number): string | undefined {
  if (f.op.verb !== 'mmap') return undefined;
  const no = (errno: string, why: string): string => refused(c, { act: 'refuse', errno, why });
  if (len <= 0) return no('EINVAL', 'the length is 0');
  if (f.op.sync && c.program.fs.dax === 'never') return no('EOPNOTSUPP', 'MAP_SYNC needs DAX');
  if (mappingOf(draftOf(c), f.op.map).live) return no('EEXIST', 'the name is a mapping of this process already');
  return undefined;
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
    const why = mapping.live && index < mapping.len ? 'the mapping is read-only' : 'nothing is mapped there';
    return finish(c, f, refused(c, { act: 'refuse', errno: 'EFAULT', why }));
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

/** Puts data into a page, whoever owns it now. */
export function writePage(c: Ctx, page: number, tag: number): void {
  if (isBlock(page)) setTag(c, blockOfPage(page), tag);
  else if (isDram(page)) Object.assign(editDram(c.e, dramOfPage(page)), { tag, dirty: true });
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

/**
 * get_user_pages of one page: follow the PTE, else fault as a store (FOLL_WRITE) or a load. A read-only pin of a shared
 * block follows pin.readonly. Returns `ok` and the page, or EFAULT.
 */
export const GUP: Procedure<'gup'> = {
  follow(c, f) {
    const pte = pteAt(c, f.map, f.vpage);
    const unshare = f.unshare && !f.write && sharedBehind(c, f.map, f.vpage);
    if (!unshare && pte !== undefined && pteAllows(pte, f.write, pteWritable)) ret(c, 'ok', { page: ptePage(pte) });
    else call(c, 'faulted', faultFrame(f.write || unshare ? 'store' : 'load', f.map, f.vpage));
    return 'again';
  },
  faulted(c, f) {
    if (f.ret === 'ok') go(c, 'follow', { ret: '' });
    else ret(c, f.ret === 'EINTR' ? 'EINTR' : 'EFAULT');
    return 'again';
  },
};

function sharedBehind(c: Ctx, map: number, vpage: number): boolean {
  const { live, inode, off } = mappingOf(draftOf(c), map);
  if (!live || c.program.fs.dax === 'never') return false;
  const extent = extentAt(inodeOf(draftOf(c), inode), off + vpage);
  return extent?.written === true && isShared(c, extent.block);
}

/** The frame that pins one page of a mapping. */
export function gupFrame(c: Ctx, map: number, vpage: number, write: boolean): FrameOf<'gup'> {
  const unshare = readOnlyPinUnshares(c.program.option.knobs);
  return { fn: 'gup', pc: 'follow', map, vpage, write, unshare, ret: '' };
}

/**
 * fork(2): copy_process, dup_mmap, copy_page_range. The child gets the mappings, open files and uverbs handles; pins,
 * leases and DMA stay with the parent. PTEs of anonymous pages are shared read-only, so that the next writer moves;
 * all other PTEs the child faults in by itself (vma_needs_copy).
 */
import { refuse } from '../policies/decision.ts';
import { runsGet, runsSet } from '../../base/runs.ts';
import type { MapId, Page, ProcId, Vpage } from '../model/ids.ts';
import { makePte, pageOfDram, pteDirty, ptePage } from '../model/ids.ts';
import { editMap, editProc } from '../model/draft.ts';
import { NO_MAPPING } from '../model/state.ts';
import { hasAnonPage, isAnon, isPinnedForDma } from '../query/anonymous.ts';
import { mappingOf, pageTag, procOf as procRecord } from '../query/inodes.ts';
import { procOfTask } from '../query/waits.ts';
import { newAnonPage } from './anonymous.ts';
import { finish } from './finish.ts';
import type { Ctx, Handler } from './machine.ts';
import { draftOf, emit, procOf, refused } from './machine.ts';
import { eachPte, notify, setPte } from './pageTables.ts';

export const fork: Handler<'op'> = (c, f) => {
  if (f.op.verb !== 'fork') return;
  const proc = procOf(c);
  const { child } = f.op;
  if (procRecord(draftOf(c), child).state !== 'unborn')
    return finish(c, f, refused(c, refuse('EEXIST', 'the child is there already', 'name')));
  const { opens, handle, handles } = procRecord(draftOf(c), proc);
  Object.assign(editProc(c.e, child), { state: 'running', opens, handle, handles });
  emit(c, { type: 'forked', proc, child });
  c.program.maps.forEach((decl, map) => {
    if (decl.proc === proc && mappingOf(draftOf(c), map).live) copyMapping(c, map, child);
  });
  finish(c, f, 'ok');
};

function copyMapping(c: Ctx, from: MapId, child: ProcId): void {
  const name = c.program.maps[from]?.name;
  const to = c.program.maps.findIndex((m) => m.proc === child && m.name === name);
  if (to === -1) return;
  const { source, private: isPrivate, inode, off, len, writable } = mappingOf(draftOf(c), from);
  Object.assign(editMap(c.e, to), { ...NO_MAPPING, made: true, live: true, source, private: isPrivate, inode, off, len, writable }); // prettier-ignore
  emit(c, { type: 'mapped', map: to, inode });
  if (!hasAnonPage(draftOf(c), mappingOf(draftOf(c), from))) return;
  const { ptes } = mappingOf(draftOf(c), from);
  eachPte(ptes, 0, len, (vpage, page) => copyPage(c, { from, to, vpage }, page));
  notify(c, from, 0, len);
}

/** copy_present_pte. A page that is pinned for DMA must not move under its owner: the child gets a copy now. */
function copyPage(c: Ctx, { from, to, vpage }: { from: MapId; to: MapId; vpage: Vpage }, page: Page): void {
  if (!isAnon(draftOf(c), page)) return setPte(c, to, vpage, page, false);
  if (isPinnedForDma(draftOf(c), page, c.kernel.shortPinIsGet)) {
    const tag = pageTag(draftOf(c), page);
    const copy = newAnonPage(c, tag);
    emit(c, { type: 'anonCopied', map: to, vpage, from: page, to: copy, tag });
    return setPte(c, to, vpage, pageOfDram(copy), true);
  }
  protectPte(c, from, vpage);
  setPte(c, to, vpage, page, false);
}

function protectPte(c: Ctx, map: MapId, vpage: Vpage): void {
  const { ptes } = mappingOf(draftOf(c), map);
  const pte = runsGet(ptes, vpage);
  const readOnly = pte === undefined ? undefined : makePte(ptePage(pte), false, pteDirty(pte));
  if (readOnly !== undefined && readOnly !== pte) editMap(c.e, map).ptes = runsSet(ptes, vpage, 1, readOnly, 1);
}

/** The uverbs file descriptor goes to another process (SCM_RIGHTS): whoever holds it holds the MRs of it. */
export const shareUverbs: Handler<'op'> = (c, f) => {
  if (f.op.verb !== 'share_uverbs') return;
  const to = procOfTask(c.program, f.op.actor);
  const from = procOf(c);
  if (to !== undefined && procRecord(draftOf(c), to).state === 'running') {
    const { handle } = procRecord(draftOf(c), from);
    const { handles } = procRecord(draftOf(c), to);
    if (!handles.includes(handle)) editProc(c.e, to).handles = [...handles, handle].sort((a, b) => a - b);
    emit(c, { type: 'handleShared', from, to });
  }
  finish(c, f, 'ok');
};

/**
 * The end of an operation: what it edited and left as it was goes back to the very objects of the state before, up to
 * the state itself. So states share more, and "nothing changed" is one comparison of two references.
 */
import type { Edits } from './model/draft.ts';
import type { Device, Dma, DramPage, Inode, Mapping, Mr, Pipe, Proc, State, Task } from './model/state.ts';

/** The state that an operation came to: the base itself when nothing is different. */
export function settle({ base, draft }: Edits): State {
  let same = true;
  if (draft.device !== base.device && sameDevice(draft.device, base.device)) draft.device = base.device;
  if (draft.device !== base.device) same = false;
  if (draft.inodes !== base.inodes) draft.inodes = settleTable(draft.inodes, base.inodes, sameInode);
  if (draft.dram !== base.dram) draft.dram = settleTable(draft.dram, base.dram, sameDram);
  if (draft.procs !== base.procs) draft.procs = settleTable(draft.procs, base.procs, sameProc);
  if (draft.maps !== base.maps) draft.maps = settleTable(draft.maps, base.maps, sameMapping);
  if (draft.mrs !== base.mrs) draft.mrs = settleTable(draft.mrs, base.mrs, sameMr);
  if (draft.dmas !== base.dmas) draft.dmas = settleTable(draft.dmas, base.dmas, sameDma);
  if (draft.pipes !== base.pipes) draft.pipes = settleTable(draft.pipes, base.pipes, samePipe);
  if (draft.tasks !== base.tasks) draft.tasks = settleTable(draft.tasks, base.tasks, sameTask);
  if (draft.names !== base.names) draft.names = settleTable(draft.names, base.names, Object.is);
  if (draft.sleepers !== base.sleepers) draft.sleepers = settleTable(draft.sleepers, base.sleepers, Object.is);
  same &&= draft.inodes === base.inodes && draft.dram === base.dram && draft.procs === base.procs;
  same &&= draft.maps === base.maps && draft.mrs === base.mrs && draft.dmas === base.dmas;
  same &&= draft.pipes === base.pipes && draft.tasks === base.tasks && draft.names === base.names;
  return same && draft.sleepers === base.sleepers ? base : draft;
}

/** The draft's table is its own copy, so its records may be put back in place. */
function settleTable<T>(table: readonly T[], before: readonly T[], alike: (a: T, b: T) => boolean): readonly T[] {
  let same = table.length === before.length;
  for (let id = 0; id < table.length; id++) {
    const now = table[id] as T;
    const was = before[id];
    if (now === was) continue;
    if (was !== undefined && alike(now, was)) (table as T[])[id] = was;
    else same = false;
  }
  return same ? before : table;
}

const sameDevice = (a: Device, b: Device): boolean =>
  a.use === b.use && a.tags === b.tags && a.unzeroed === b.unzeroed && a.pins === b.pins && a.free === b.free &&
  a.busy === b.busy && a.owned === b.owned && a.zombie === b.zombie; // prettier-ignore

const sameInode = (a: Inode, b: Inode): boolean =>
  a.live === b.live && a.name === b.name && a.age === b.age && a.size === b.size && a.links === b.links && a.flag === b.flag && a.flaggedBy === b.flaggedBy && a.leases === b.leases && a.memfd === b.memfd &&
  a.map === b.map && a.entries === b.entries && a.cache === b.cache && a.rwsem === b.rwsem && a.mmlock === b.mmlock; // prettier-ignore

const sameDram = (a: DramPage, b: DramPage): boolean =>
  a.live === b.live &&
  a.anon === b.anon &&
  a.inode === b.inode &&
  a.index === b.index &&
  a.tag === b.tag &&
  a.dirty === b.dirty;

const sameProc = (a: Proc, b: Proc): boolean => a.state === b.state && a.fate === b.fate && a.opens === b.opens && a.handle === b.handle && a.handles === b.handles; // prettier-ignore

const sameMapping = (a: Mapping, b: Mapping): boolean =>
  a.made === b.made && a.live === b.live && a.source === b.source && a.private === b.private && a.inode === b.inode && a.off === b.off && a.len === b.len &&
  a.writable === b.writable && a.ptes === b.ptes; // prettier-ignore

const sameMr = (a: Mr, b: Mr): boolean =>
  (a.state === 'none' && b.state === 'none') ||
  (a.state === b.state && a.proc === b.proc && a.handle === b.handle && a.map === b.map && a.off === b.off && a.len === b.len &&
    a.inode === b.inode && a.base === b.base && a.access === b.access && a.odp === b.odp && a.writable === b.writable &&
    a.mtt === b.mtt && a.pins === b.pins); // prettier-ignore

/** What a DMA was that is over is nobody's business. */
const sameDma = (a: Dma, b: Dma): boolean =>
  (a.phase === 'none' && b.phase === 'none') ||
  (a.phase === b.phase && a.kind === b.kind && a.proc === b.proc && a.mr === b.mr && a.index === b.index &&
    a.tag === b.tag && a.page === b.page && a.inode === b.inode && a.fileIndex === b.fileIndex && a.result === b.result); // prettier-ignore

const samePipe = (a: Pipe, b: Pipe): boolean =>
  a.phase === b.phase && a.proc === b.proc && a.page === b.page && a.inode === b.inode && a.fileIndex === b.fileIndex;

/** Two idle tasks; one at work is never what it was. */
const sameTask = (a: Task, b: Task): boolean =>
  a.pos === b.pos && a.frames.length === 0 && b.frames.length === 0 && a.signal === b.signal;

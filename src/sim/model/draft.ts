/**
 * A state under work. A draft starts as the base state and copies a record the first time that it is edited, so that
 * one step costs what it touches and everything else stays shared with the state before.
 */
import type { DmaId, DramId, InodeId, MapId, MrId, PipeId, ProcId, TaskId } from './ids.ts';
import type { Frame } from './frame.ts';
import type { Device, Dma, DramPage, Inode, Mapping, Mr, Pipe, Proc, State, Task } from './state.ts';

export type Mutable<T> = { -readonly [K in keyof T]: T[K] };
export type Draft = Mutable<State>;

/** Which records of the draft are copies already. One scratch object a step; never part of a state. */
export type Edits = { readonly base: State; readonly draft: Draft };

export function beginDraft(base: State): Edits {
  return { base, draft: { ...base } };
}

function own<T extends object>(table: readonly T[], before: readonly T[], id: number): { table: readonly T[]; item: Mutable<T> } {
  const found = table[id];
  if (found === undefined) throw new RangeError(`record ${id} of ${table.length}`);
  // A record beyond the base table was made by this draft: whoever appends makes a fresh one, never a shared blank.
  if (table !== before && found !== before[id]) return { table, item: found };
  const copy = { ...found };
  const owned = table === before ? table.slice() : (table as T[]);
  owned[id] = copy;
  return { table: owned, item: copy };
} // prettier-ignore

export function editDevice(e: Edits): Mutable<Device> {
  if (e.draft.device === e.base.device) e.draft.device = { ...e.base.device };
  return e.draft.device;
}

export function editInode(e: Edits, id: InodeId): Mutable<Inode> {
  const { table, item } = own(e.draft.inodes, e.base.inodes, id);
  e.draft.inodes = table;
  return item;
}

export function editDram(e: Edits, id: DramId): Mutable<DramPage> {
  const { table, item } = own(e.draft.dram, e.base.dram, id);
  e.draft.dram = table;
  return item;
}

export function editProc(e: Edits, id: ProcId): Mutable<Proc> {
  const { table, item } = own(e.draft.procs, e.base.procs, id);
  e.draft.procs = table;
  return item;
}

export function editMap(e: Edits, id: MapId): Mutable<Mapping> {
  const { table, item } = own(e.draft.maps, e.base.maps, id);
  e.draft.maps = table;
  return item;
}

export function editMr(e: Edits, id: MrId): Mutable<Mr> {
  const { table, item } = own(e.draft.mrs, e.base.mrs, id);
  e.draft.mrs = table;
  return item;
}

export function editDma(e: Edits, id: DmaId): Mutable<Dma> {
  const { table, item } = own(e.draft.dmas, e.base.dmas, id);
  e.draft.dmas = table;
  return item;
}

export function editPipe(e: Edits, id: PipeId): Mutable<Pipe> {
  const { table, item } = own(e.draft.pipes, e.base.pipes, id);
  e.draft.pipes = table;
  return item;
}

export function editTask(e: Edits, id: TaskId): Mutable<Task> {
  const { table, item } = own(e.draft.tasks, e.base.tasks, id);
  e.draft.tasks = table;
  return item;
}

/** Replaces the top frame of a task. */
export function setTop(e: Edits, id: TaskId, frame: Frame): void {
  const task = editTask(e, id);
  task.frames = [...task.frames.slice(0, -1), frame];
}

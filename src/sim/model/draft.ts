/**
 * A state under work. A draft starts as the base state and copies a record the first time that it is edited, so that
 * one step costs what it touches and everything else stays shared with the state before.
 */
import type { DmaId, DramId, InodeId, MapId, MrId, PipeId, ProcId, TaskId } from './ids.ts';
import type { Device, Dma, DramPage, Inode, Mapping, Mr, Pipe, Proc, State, Task } from './state.ts';

export type Mutable<T> = { -readonly [K in keyof T]: T[K] };
export type Draft = Mutable<State>;

/** Which records of the draft are copies already. One scratch object a step; never part of a state. */
export type Edits = { readonly base: State; readonly draft: Draft };

export function beginDraft(base: State): Edits {
  return { base, draft: { ...base } };
}

function recordAt<T>(table: readonly T[], id: number): T {
  const found = table[id];
  if (found === undefined) throw new RangeError(`record ${id} of ${table.length}`);
  return found;
}

/** The table with a record of its own: copied the first time only. */
function withRecord<T>(table: readonly T[], before: readonly T[], id: number, record: T): readonly T[] {
  const owned = table === before ? table.slice() : (table as T[]);
  owned[id] = record;
  return owned;
}

// One function for each kind of record, alike but for the record: an engine copies one fast where it knows its shape.
// A record that is not the base's is a copy already, or was made by this draft: whoever appends makes a fresh one.

export function editDevice(e: Edits): Mutable<Device> {
  if (e.draft.device === e.base.device) e.draft.device = { ...e.base.device };
  return e.draft.device;
}

export function editInode(e: Edits, id: InodeId): Mutable<Inode> {
  const found = recordAt(e.draft.inodes, id);
  if (found !== e.base.inodes[id]) return found;
  const copy = { ...found };
  e.draft.inodes = withRecord(e.draft.inodes, e.base.inodes, id, copy);
  return copy;
}

export function editDram(e: Edits, id: DramId): Mutable<DramPage> {
  const found = recordAt(e.draft.dram, id);
  if (found !== e.base.dram[id]) return found;
  const copy = { ...found };
  e.draft.dram = withRecord(e.draft.dram, e.base.dram, id, copy);
  return copy;
}

export function editProc(e: Edits, id: ProcId): Mutable<Proc> {
  const found = recordAt(e.draft.procs, id);
  if (found !== e.base.procs[id]) return found;
  const copy = { ...found };
  e.draft.procs = withRecord(e.draft.procs, e.base.procs, id, copy);
  return copy;
}

export function editMap(e: Edits, id: MapId): Mutable<Mapping> {
  const found = recordAt(e.draft.maps, id);
  if (found !== e.base.maps[id]) return found;
  const copy = { ...found };
  e.draft.maps = withRecord(e.draft.maps, e.base.maps, id, copy);
  return copy;
}

export function editMr(e: Edits, id: MrId): Mutable<Mr> {
  const found = recordAt(e.draft.mrs, id);
  if (found !== e.base.mrs[id]) return found;
  const copy = { ...found };
  e.draft.mrs = withRecord(e.draft.mrs, e.base.mrs, id, copy);
  return copy;
}

export function editDma(e: Edits, id: DmaId): Mutable<Dma> {
  const found = recordAt(e.draft.dmas, id);
  if (found !== e.base.dmas[id]) return found;
  const copy = { ...found };
  e.draft.dmas = withRecord(e.draft.dmas, e.base.dmas, id, copy);
  return copy;
}

export function editPipe(e: Edits, id: PipeId): Mutable<Pipe> {
  const found = recordAt(e.draft.pipes, id);
  if (found !== e.base.pipes[id]) return found;
  const copy = { ...found };
  e.draft.pipes = withRecord(e.draft.pipes, e.base.pipes, id, copy);
  return copy;
}

export function editTask(e: Edits, id: TaskId): Mutable<Task> {
  const found = recordAt(e.draft.tasks, id);
  if (found !== e.base.tasks[id]) return found;
  const copy = { ...found };
  e.draft.tasks = withRecord(e.draft.tasks, e.base.tasks, id, copy);
  return copy;
}

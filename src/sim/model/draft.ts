/**
 * A state under work. A draft starts as the base state and copies a record the first time that it is edited, so that
 * one step costs what it touches and everything else stays shared with the state before.
 */
import type { DmaId, DramId, InodeId, MapId, MrId, PipeId, ProcId, TaskId } from './ids.ts';
import type { Device, Dma, DramPage, Inode, Mapping, Mr, Pipe, Proc, State, Task } from './state.ts';

export type Mutable<T> = { -readonly [K in keyof T]: T[K] };
export type Draft = Mutable<State>;

/** What was edited, by bit. Locks apart from the rest of their inode, for they come and go in every operation. */
export const TOUCHED = {
  use: 1, tags: 2, pins: 4, inodes: 8, locks: 16, dram: 32, procs: 64, maps: 128, mrs: 256, dmas: 512, pipes: 1024, tasks: 2048,
} as const; // prettier-ignore

/** Which records of the draft are copies already. One scratch object a step; never part of a state. */
export type Edits = {
  readonly base: State;
  readonly draft: Draft;
  /** Since whoever asks set it to 0. */
  touched: number;
};

export function beginDraft(base: State): Edits {
  return { base, draft: { ...base }, touched: 0 };
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

/** `what`: use, tags, pins of TOUCHED. */
export function editDevice(e: Edits, what: number): Mutable<Device> {
  e.touched |= what;
  if (e.draft.device === e.base.device) e.draft.device = { ...e.base.device };
  return e.draft.device;
}

export function editInode(e: Edits, id: InodeId, what: number = TOUCHED.inodes): Mutable<Inode> {
  e.touched |= what;
  const found = recordAt(e.draft.inodes, id);
  if (found !== e.base.inodes[id]) return found;
  const copy = { ...found };
  e.draft.inodes = withRecord(e.draft.inodes, e.base.inodes, id, copy);
  return copy;
}

export function editDram(e: Edits, id: DramId): Mutable<DramPage> {
  e.touched |= TOUCHED.dram;
  const found = recordAt(e.draft.dram, id);
  if (found !== e.base.dram[id]) return found;
  const copy = { ...found };
  e.draft.dram = withRecord(e.draft.dram, e.base.dram, id, copy);
  return copy;
}

export function editProc(e: Edits, id: ProcId): Mutable<Proc> {
  e.touched |= TOUCHED.procs;
  const found = recordAt(e.draft.procs, id);
  if (found !== e.base.procs[id]) return found;
  const copy = { ...found };
  e.draft.procs = withRecord(e.draft.procs, e.base.procs, id, copy);
  return copy;
}

export function editMap(e: Edits, id: MapId): Mutable<Mapping> {
  e.touched |= TOUCHED.maps;
  const found = recordAt(e.draft.maps, id);
  if (found !== e.base.maps[id]) return found;
  const copy = { ...found };
  e.draft.maps = withRecord(e.draft.maps, e.base.maps, id, copy);
  return copy;
}

export function editMr(e: Edits, id: MrId): Mutable<Mr> {
  e.touched |= TOUCHED.mrs;
  const found = recordAt(e.draft.mrs, id);
  if (found !== e.base.mrs[id]) return found;
  const copy = { ...found };
  e.draft.mrs = withRecord(e.draft.mrs, e.base.mrs, id, copy);
  return copy;
}

export function editDma(e: Edits, id: DmaId): Mutable<Dma> {
  e.touched |= TOUCHED.dmas;
  const found = recordAt(e.draft.dmas, id);
  if (found !== e.base.dmas[id]) return found;
  const copy = { ...found };
  e.draft.dmas = withRecord(e.draft.dmas, e.base.dmas, id, copy);
  return copy;
}

export function editPipe(e: Edits, id: PipeId): Mutable<Pipe> {
  e.touched |= TOUCHED.pipes;
  const found = recordAt(e.draft.pipes, id);
  if (found !== e.base.pipes[id]) return found;
  const copy = { ...found };
  e.draft.pipes = withRecord(e.draft.pipes, e.base.pipes, id, copy);
  return copy;
}

export function editTask(e: Edits, id: TaskId): Mutable<Task> {
  e.touched |= TOUCHED.tasks;
  const found = recordAt(e.draft.tasks, id);
  if (found !== e.base.tasks[id]) return found;
  const copy = { ...found };
  e.draft.tasks = withRecord(e.draft.tasks, e.base.tasks, id, copy);
  return copy;
}

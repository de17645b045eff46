/**
 * Who has to wait at micro grain for what is no object of the model: the locked DAX entry, mmap_lock, the NIC's own
 * order. Nothing here ever sleeps, so it shows as a step that is not enabled yet; and each waits only for a task that
 * is awake, so somebody can always go on.
 */
import type { Frame } from './model/frame.ts';
import type { DmaId, InodeId, MapId, TaskId } from './model/ids.ts';
import type { Op } from './model/op.ts';
import type { Program } from './model/program.ts';
import type { State } from './model/state.ts';
import { procOfTask } from './query/waits.ts';

/** The next step of a running task has to wait for another task's turn. */
export function mustWait(program: Program, state: State, id: TaskId): boolean {
  const frame = state.tasks[id]?.frames.at(-1);
  switch (frame?.fn) {
    case 'load':
    case 'store':
      return frame.pc === 'look' && isEntryTaken(state, id, indexBehind(state, frame));
    case 'pwrite':
      return (frame.pc === 'look' || frame.pc === 'slept') && isEntryTaken(state, id, writtenIndex(frame));
    case 'exit':
      return frame.pc === 'mm' && faultIn(state, id, (map) => program.maps[map]?.proc === frame.proc);
    case 'dma':
      return isMoving(state, id, frame.dma);
    case 'dereg':
      return frame.pc === 'drain' && state.dmas.some((d, dma) => d.phase === 'posted' && d.mr === frame.mr && isMoving(state, id, dma)); // prettier-ignore
    default:
      return false;
  }
}

/** An operation that cannot begin yet. */
export function mustWaitToBegin(program: Program, state: State, { task: id, op }: { task: TaskId; op: Op }): boolean {
  switch (op.verb) {
    case 'fork': {
      const proc = procOfTask(program, id);
      return faultIn(state, id, (map) => program.maps[map]?.proc === proc);
    }
    case 'munmap':
      return faultIn(state, id, (map) => map === op.map);
    case 'complete':
      return isMoving(state, id, op.dma);
    case 'dio_end':
      return state.tasks.some(({ frames: [verb] }) => verb?.fn === 'op' && verb.pc === 'submit' && 'dma' in verb.op && verb.op.dma === op.dma); // prettier-ignore
    default:
      return false;
  }
}

type Place = { readonly inode: InodeId; readonly index: number };

function indexBehind(state: State, frame: Extract<Frame, { fn: 'load' | 'store' }>): Place | undefined {
  const map = state.maps[frame.map];
  return map?.live === true && map.inode >= 0 ? { inode: map.inode, index: map.off + frame.vpage } : undefined;
}

const writtenIndex = ({ inode, op }: Extract<Frame, { fn: 'pwrite' }>): Place | undefined =>
  op.verb === 'pwrite' || op.verb === 'pwrite_direct' ? { inode, index: op.index } : undefined;

const BEFORE_ENTRY: ReadonlySet<string> = new Set(['lock', 'look', 'slept']);

/** Where a task holds the locked DAX entry (grab_mapping_entry, or the COW fork's own block): in the midst of a fault, or of a
 *  pwrite that moves the index to another block. */
function entryHeld(state: State, frame: Frame | undefined): Place | undefined {
  if (frame?.fn === 'pwrite') return ['zap', 'copy', 'remap'].includes(frame.pc) ? writtenIndex(frame) : undefined;
  if (frame?.fn !== 'load' && frame?.fn !== 'store') return undefined;
  return BEFORE_ENTRY.has(frame.pc) ? undefined : indexBehind(state, frame);
}

function isEntryTaken(state: State, id: TaskId, wanted: Place | undefined): boolean {
  if (wanted === undefined) return false;
  return state.tasks.some(({ frames }, other) => {
    const held = other === id ? undefined : entryHeld(state, frames.at(-1));
    return held !== undefined && held.inode === wanted.inode && held.index === wanted.index;
  });
}

/** A fault holds mmap_lock of its process until it is over, or sleeps for a pin without it; munmap, fork and exit want it alone. */
function faultIn(state: State, id: TaskId, which: (map: MapId) => boolean): boolean {
  return state.tasks.some(({ frames }, other) => {
    const frame = other === id ? undefined : frames.at(-1);
    return (frame?.fn === 'load' || frame?.fn === 'store') && frame.pc !== 'slept' && which(frame.map);
  });
}

/** Another task is between the translation of this DMA and its end. */
function isMoving(state: State, id: TaskId, dma: DmaId): boolean {
  return state.tasks.some(({ frames }, other) => {
    const frame = other === id ? undefined : frames.at(-1);
    return frame?.fn === 'dma' && frame.dma === dma && (frame.pc === 'n4' || frame.pc === 'n5');
  });
}

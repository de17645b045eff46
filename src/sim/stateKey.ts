/**
 * An exact key of a state: equal keys ⇔ equal states in the sense of `semantics` §5. A state is packed into a row of
 * letters, record by record, by hand: no JSON, and no hash that could collide.
 *
 * Not in it: what a record keeps of an earlier life (a DMA that is over, an MR that is destroyed), counts that follow
 * from the rest (`device.pins`, the sums), and the slot numbers of inodes and DRAM pages (see packing.ts).
 */
import { runsEqual } from '../base/runs.ts';
import type { Device, Dma, Inode, Lock, Mapping, Mr, Pipe, Proc, State, Task, Wait } from './model/state.ts';
import { FILE_FLAGS, LEASE_KINDS, MAP_SOURCES } from './model/op.ts';
import type { Naming } from './blockNames.ts';
import { tellUnnamed } from './blockNames.ts';
import { putFrame } from './packFrame.ts';
import type { Pen } from './packing.ts';
import { beginRow, newPen, put, putBit, putBlocks, putCache, putInode, putPage, putPages, putRuns, putWord } from './packing.ts'; // prettier-ignore

/** One row is packed at a time, and packing calls nobody back. */
const pen: Pen = newPen();

/**
 * Packs a state into `row` and returns how many letters that takes. If that is more than the row is long, the rest was
 * dropped: come back with a longer one. With a `naming`, states that differ by the names of blocks get one row.
 */
export function packState(state: State, row: Uint16Array, naming?: Naming): number {
  beginRow(pen, state, row, naming);
  if (naming === undefined) putDevice(pen, state.device);
  put(pen, pen.inodes);
  for (let age = 0; age < pen.inodes; age++) putLive(pen, state.inodes[pen.byAge[age] ?? -1]);
  for (const proc of state.procs) putProc(pen, proc);
  for (const map of state.maps) putMapping(pen, map);
  for (const mr of state.mrs) putMr(pen, mr);
  for (const dma of state.dmas) putDma(pen, dma);
  for (const pipe of state.pipes) putPipe(pen, pipe);
  for (const task of state.tasks) putTask(pen, task);
  putDram(pen, state);
  put(pen, state.sleepers.length);
  for (const task of state.sleepers) put(pen, task);
  // What is on a block is told by its name, so after all names are given.
  if (naming !== undefined) for (const cell of tellUnnamed(naming, state.device)) put(pen, cell);
  return pen.n;
}

function putDevice(p: Pen, { use, tags, unzeroed }: Device): void {
  putRuns(p, use);
  putRuns(p, tags);
  putRuns(p, unzeroed);
}

function putLive(p: Pen, inode: Inode | undefined): void {
  if (inode === undefined) return;
  put(p, inode.name);
  put(p, inode.size);
  put(p, inode.links);
  putBlocks(p, inode.map);
  putBlocks(p, inode.entries);
  putCache(p, inode.cache);
  putLock(p, inode.rwsem);
  putLock(p, inode.mmlock);
  put(p, FILE_FLAGS.indexOf(inode.flag));
  put(p, inode.flaggedBy);
  put(p, inode.memfd);
  put(p, inode.leases.length);
  for (const { proc, kind, breaking } of inode.leases) {
    put(p, proc);
    put(p, 2 * LEASE_KINDS.indexOf(kind) + (breaking ? 1 : 0));
  }
}

type Claim = Lock['holders'][number];
const claimNumber = ({ task, mode }: Claim): number => 2 * task + (mode === 'exclusive' ? 1 : 0);

/** Who came first counts in the queue, not among those who hold the lock together. */
function putLock(p: Pen, { holders, queue }: Lock): void {
  put(p, holders.length);
  if (holders.length > 1) for (const claim of holders.map(claimNumber).sort((a, b) => a - b)) put(p, claim);
  else for (const claim of holders) put(p, claimNumber(claim));
  put(p, queue.length);
  for (const claim of queue) put(p, claimNumber(claim));
}

const PROC_STATES = { unborn: 4, running: 0, dying: 1, killed: 2, exited: 3 } as const;

function putProc(p: Pen, { state, fate, opens, handle, handles }: Proc): void {
  put(p, PROC_STATES[state]);
  if (state === 'dying') putBit(p, fate === 'killed');
  putInodes(p, opens);
  put(p, handle);
  put(p, handles.length);
  for (const held of handles) put(p, held);
}

/** A set of inodes, oldest first. */
function putInodes(p: Pen, inodes: readonly number[]): void {
  put(p, inodes.length);
  if (inodes.length > 0) for (const age of inodes.map((id) => p.ages[id] ?? -1).sort((a, b) => a - b)) put(p, age);
}

function putMapping(p: Pen, { made, live, source, private: priv, inode, off, len, writable, ptes }: Mapping): void {
  put(p, live ? 2 : made ? 1 : 0);
  if (!live) return;
  put(p, MAP_SOURCES.indexOf(source));
  putInode(p, inode);
  put(p, off);
  put(p, len);
  putBit(p, writable);
  putBit(p, priv);
  putPages(p, ptes);
}

const MR_STATES = { none: 0, pinning: 1, live: 2, revoked: 3, destroyed: 4 } as const;

function putMr(p: Pen, mr: Mr): void {
  put(p, MR_STATES[mr.state]);
  if (mr.state === 'none' || mr.state === 'destroyed') return;
  put(p, mr.proc);
  put(p, mr.handle);
  put(p, mr.map);
  put(p, mr.off);
  put(p, mr.len);
  putInode(p, mr.inode);
  put(p, mr.base);
  put(p, mr.access);
  putBit(p, mr.odp);
  putBit(p, mr.writable);
  putPages(p, mr.pins);
  const alike = runsEqual(mr.mtt, mr.pins);
  putBit(p, alike);
  if (!alike) putPages(p, mr.mtt);
}

const DMA_KINDS = { rdma_read: 1, rdma_write: 2, dio_write: 3, dio_read: 4 } as const;

function putDma(p: Pen, dma: Dma): void {
  if (dma.phase === 'none') return put(p, 0);
  if (dma.phase === 'done') {
    put(p, -1);
    return putWord(p, dma.result);
  }
  put(p, DMA_KINDS[dma.kind]);
  put(p, dma.proc);
  put(p, dma.mr);
  put(p, dma.index);
  put(p, dma.tag);
  putPage(p, dma.page);
  putInode(p, dma.inode);
  put(p, dma.fileIndex);
}

function putPipe(p: Pen, pipe: Pipe): void {
  put(p, pipe.phase === 'full' ? 2 : pipe.phase === 'drained' ? 1 : 0);
  if (pipe.phase !== 'full') return;
  put(p, pipe.proc);
  putPage(p, pipe.page);
  putInode(p, pipe.inode);
  put(p, pipe.fileIndex);
}

function putTask(p: Pen, { pos, frames, wait, signal, holds }: Task): void {
  put(p, pos);
  put(p, 2 * frames.length + (signal ? 1 : 0));
  if (frames.length === 0) return;
  for (const frame of frames) putFrame(p, frame);
  putInodes(p, holds);
  putWait(p, wait);
}

function putWait(p: Pen, wait: Wait): void {
  putWord(p, wait.type);
  switch (wait.type) {
    case 'none':
      return;
    case 'lock':
      putInode(p, wait.inode);
      putBit(p, wait.lock === 'i_rwsem');
      return putBit(p, wait.mode === 'exclusive');
    case 'pin':
    case 'write':
    case 'evict':
    case 'spin':
      putInode(p, wait.inode);
      putWord(p, wait.only ?? '');
      return putPage(p, wait.page);
    case 'lease':
      putInode(p, wait.inode);
      return put(p, wait.proc);
    case 'threads':
      return put(p, wait.proc);
  }
}

/** Pages that nothing reaches do not count; neither does what an orphaned page once was. */
function putDram(p: Pen, state: State): void {
  put(p, p.drams);
  for (let number = 0; number < p.drams; number++) {
    const page = state.dram[p.dramMet[number] ?? -1];
    if (page === undefined) continue;
    put(p, page.tag);
    put(p, page.anon ? -2 : page.inode < 0 ? -1 : page.dirty ? 1 : 0);
  }
}

let scratch = new Uint16Array(4096);

/** The packed state as a string, for a `Set` or a `Map`. */
export function stateKey(state: State): string {
  let length = packState(state, scratch);
  if (length > scratch.length) {
    scratch = new Uint16Array(2 * length);
    length = packState(state, scratch);
  }
  let text = '';
  for (let from = 0; from < length; from += CHUNK)
    text += spell(scratch.subarray(from, Math.min(length, from + CHUNK)));
  return text;
}

/** As many arguments as a call surely takes. */
const CHUNK = 4096;

/** An array-like will do for `apply`, and is many times faster than spreading it. */
const spell = (letters: ArrayLike<number>): string => String(Reflect.apply(String.fromCharCode, undefined, letters));

/**
 * The whole state of the modelled machine: plain frozen data, a fixed set of small records. Two rules make it cheap:
 * a step copies only the records that it touches (the rest is shared with the state before), and every map over blocks
 * or indexes is a run-length map (`Runs`), so that its cost grows with what a step touches, not with the device.
 *
 * What is not here, on purpose: results already returned, names, who did what when (the run log has that).
 */
import type { Runs } from '../../base/runs.ts';
import { emptyRuns } from '../../base/runs.ts';
import type { Block, DmaId, DramId, FileId, FileIndex, InodeId, MapId, MrId, Page, PipeId, ProcId, Slot, TagId, TaskId, Vpage } from './ids.ts'; // prettier-ignore
import type { Frame } from './frame.ts';
import type { FileFlag, LeaseKind, MapSource } from './op.ts';

/** `use` of a block: number of map entries (≥ 1: OWNED), or one of these. */
export const FREE = 0;
/** Freed, log not committed: not handed out (fs log=async). */
export const BUSY = -1;
/** No owner, kept from the allocator by a pin (free.onPin=defer). */
export const ZOMBIE = -2;

export type Device = {
  /** Block → refcount ≥ 1, or FREE, BUSY, ZOMBIE. Every block has a value. */
  readonly use: Runs;
  /** Block → TagId of what the medium holds, free blocks too. Absent: zeroes. */
  readonly tags: Runs;
  /** Block → 1: allocated without zeroing and not written since. */
  readonly unzeroed: Runs;
  /** Block → number of pins on it, of every kind; S11 holds it against what the owners hold. */
  readonly pins: Runs;
  /** How many blocks are in each state; their sum is N (property S11). */
  readonly free: number;
  readonly busy: number;
  readonly owned: number;
  readonly zombie: number;
};

export type LockMode = 'exclusive' | 'shared';
export type LockName = 'i_rwsem' | 'invalidate_lock';
/** A kernel rw-semaphore: first come, first served; handed over at release. */
export type Lock = {
  readonly holders: readonly { readonly task: TaskId; readonly mode: LockMode }[];
  readonly queue: readonly { readonly task: TaskId; readonly mode: LockMode }[];
};

/** fcntl(F_SETLEASE) on the layout of a file, as the proposals have it. */
export type Lease = {
  readonly proc: ProcId;
  readonly kind: LeaseKind;
  /** Somebody waits for it to be given up; it ends with the grace period. */
  readonly breaking: boolean;
};

export type Inode = {
  readonly live: boolean;
  /** The name it was made under; it may be unlinked since. NO_FILE: a memfd. */
  readonly name: FileId;
  /** The mapping that made this memfd; NO_MAP for a file. A memfd has no links, no blocks: its pages are `cache`. */
  readonly memfd: MapId;
  /** 0 = the oldest live inode: stands for inode number and for address order. */
  readonly age: number;
  readonly size: number;
  /** 0 after unlink. */
  readonly links: number;
  /** FileIndex → extent (block, written?): see makeExtent. Holes are absent. */
  readonly map: Runs;
  /** FileIndex → Block faulted in through this inode: all that a layout operation scans. */
  readonly entries: Runs;
  /** FileIndex → DramId: the page cache (dax=never). */
  readonly cache: Runs;
  readonly rwsem: Lock;
  readonly mmlock: Lock;
  /** In the order of setlease. */
  readonly leases: readonly Lease[];
  readonly flag: FileFlag;
  /** The process that set the flag; -1 without one. */
  readonly flaggedBy: ProcId;
};

/**
 * A page of DRAM: of the page cache or shmem (`inode`, `index`), or anonymous (no inode; whoever has a PTE or a pin on
 * it). A page of the cache loses its inode when truncate, punch or a clone orphans it.
 */
export type DramPage = {
  readonly live: boolean;
  readonly anon: boolean;
  readonly inode: InodeId;
  readonly index: FileIndex;
  readonly tag: TagId;
  readonly dirty: boolean;
};

export type Proc = {
  /** unborn: its fork has not happened. running; dying: SIGKILL delivered or exit called, threads still ending; then killed or exited. */
  readonly state: 'unborn' | 'running' | 'dying' | 'killed' | 'exited';
  /** What `state` becomes after `dying`. */
  readonly fate: 'killed' | 'exited';
  /** Inodes that `open` holds, ascending. */
  readonly opens: readonly InodeId[];
  /** The uverbs handle that it registers MRs with, named by the process that opened it (a forked child: its parent's). */
  readonly handle: ProcId;
  /** Handles that it holds, ascending: its own, and those shared with it. The last close of one destroys its MRs. */
  readonly handles: readonly ProcId[];
};

export type Mapping = {
  /** mmap has succeeded under this name at some time. */
  readonly made: boolean;
  readonly live: boolean;
  readonly source: MapSource;
  /** MAP_PRIVATE: a store copies the page into anonymous memory first. Always so for `anon`. */
  readonly private: boolean;
  /** The file, or the memfd; NO_INODE for `anon`. */
  readonly inode: InodeId;
  /** File block behind page 0. */
  readonly off: FileIndex;
  readonly len: number;
  /** PROT_WRITE. */
  readonly writable: boolean;
  /** Vpage → PTE (page, writable, dirty): see makePte. Absent: no PTE. */
  readonly ptes: Runs;
};

export type Mr = {
  /** none: never made, or refused. pinning: reg_mr is at work. revoked: key dead, pins still held. */
  readonly state: 'none' | 'pinning' | 'live' | 'revoked' | 'destroyed';
  /** Whose address space it was registered in. */
  readonly proc: ProcId;
  /** The uverbs handle that owns it. */
  readonly handle: ProcId;
  readonly map: MapId;
  /** Page of the mapping behind slot 0. */
  readonly off: Vpage;
  readonly len: number;
  /** The inode it was registered through; NO_INODE once that is gone. */
  readonly inode: InodeId;
  /** File index behind slot 0. */
  readonly base: FileIndex;
  /** Bit i = ACCESS_FLAGS[i]. */
  readonly access: number;
  readonly odp: boolean;
  /** Pinned (or, on demand, faulted) with write. */
  readonly writable: boolean;
  /** Slot → Page: what the NIC translates to. Absent: invalid. */
  readonly mtt: Runs;
  /** Slot → Page held by a longterm pin. On demand: none. */
  readonly pins: Runs;
};

export type DmaKind = 'rdma_read' | 'rdma_write' | 'dio_write' | 'dio_read';
export type Dma = {
  /** none: not made, or refused. posted: in flight. done: completed, its result waits to be asked for. */
  readonly phase: 'none' | 'posted' | 'done';
  readonly kind: DmaKind;
  /** Who posted it. */
  readonly proc: ProcId;
  readonly mr: MrId;
  /** rdma_*: the slot; dio_*: the page of the mapping. */
  readonly index: Slot;
  readonly tag: TagId;
  /** dio_*: the pinned page, and the inode and index it was pinned through. */
  readonly page: Page;
  readonly inode: InodeId;
  readonly fileIndex: FileIndex;
  /** phase done: what the completion returned: a tag, `ok`, `NAK`. */
  readonly result: string;
};

export type Pipe = {
  readonly phase: 'none' | 'full' | 'drained';
  readonly proc: ProcId;
  readonly page: Page;
  readonly inode: InodeId;
  readonly fileIndex: FileIndex;
};

/**
 * Which pins of its page a sleeper waits for; absent: all. short: not those of MRs, which it would fence. dying: only
 * those whose owners die already; others it would kill.
 */
export type PinWait = 'short' | 'dying';

/** What a sleeper waits for. It can go on exactly when `canGoOn` (sim/query/waits) says so. */
export type Wait =
  | { readonly type: 'none' }
  /** Queued on a lock of an inode; over when the lock was handed over. Neither interruptible nor killable. */
  | { readonly type: 'lock'; readonly inode: InodeId; readonly lock: LockName; readonly mode: LockMode }
  /** The layout wait of t4: until the last pin of `page` goes, or a signal. */
  | { readonly type: 'pin'; readonly page: Page; readonly inode: InodeId; readonly only?: PinWait }
  /** A COW break that waits for the pins of the block it would leave (write.onPin=wait); killable. */
  | { readonly type: 'write'; readonly page: Page; readonly inode: InodeId; readonly only?: PinWait }
  /** Until the last lease on `inode` of another process than `proc` is given up, or the grace period ends; nothing held. */
  | { readonly type: 'lease'; readonly inode: InodeId; readonly proc: ProcId }
  /** Evict of an unlinked inode: uninterruptible. */
  | { readonly type: 'evict'; readonly page: Page; readonly inode: InodeId; readonly only?: PinWait }
  /** FICLONE going round between its two inodes: neither interruptible nor killable. */
  | { readonly type: 'spin'; readonly page: Page; readonly inode: InodeId; readonly only?: PinWait }
  /** exit: until the other threads have ended. */
  | { readonly type: 'threads'; readonly proc: ProcId };

export type Task = {
  /** How many steps of its own list the actor has begun. */
  readonly pos: number;
  /** The running operation, outermost first; empty: idle. */
  readonly frames: readonly Frame[];
  readonly wait: Wait;
  /** A signal is pending. */
  readonly signal: boolean;
  /** Inodes that the running verb holds open, as its file descriptor would. */
  readonly holds: readonly InodeId[];
};

export type State = {
  readonly device: Device;
  /** FileId → the inode of that name, or NO_INODE. */
  readonly names: readonly InodeId[];
  readonly inodes: readonly Inode[];
  readonly dram: readonly DramPage[];
  readonly procs: readonly Proc[];
  readonly maps: readonly Mapping[];
  readonly mrs: readonly Mr[];
  readonly dmas: readonly Dma[];
  readonly pipes: readonly Pipe[];
  readonly tasks: readonly Task[];
  /** Sleeping tasks, asleep longest first. */
  readonly sleepers: readonly TaskId[];
};

/** Who holds a pin. */
export type PinOwner =
  | { readonly type: 'mr'; readonly mr: MrId; readonly slot: Slot }
  | { readonly type: 'dma'; readonly dma: DmaId }
  | { readonly type: 'pipe'; readonly pipe: PipeId };

/** Anything on the screen that a sentence, a link or a violation can point at. */
export type EntityRef =
  | { readonly type: 'block'; readonly block: Block }
  | { readonly type: 'dram'; readonly dram: DramId }
  | { readonly type: 'file'; readonly inode: InodeId }
  | { readonly type: 'extent'; readonly inode: InodeId; readonly index: FileIndex }
  | { readonly type: 'map'; readonly map: MapId }
  | { readonly type: 'pte'; readonly map: MapId; readonly vpage: Vpage }
  | { readonly type: 'mr'; readonly mr: MrId }
  | { readonly type: 'mtt'; readonly mr: MrId; readonly slot: Slot }
  | { readonly type: 'dma'; readonly dma: DmaId }
  | { readonly type: 'pipe'; readonly pipe: PipeId }
  | { readonly type: 'task'; readonly task: TaskId }
  | { readonly type: 'lock'; readonly inode: InodeId; readonly lock: LockName }
  | { readonly type: 'lease'; readonly inode: InodeId; readonly proc: ProcId };

/** Empty records: what a table holds before its object is made. */
export const NO_LOCK: Lock = { holders: [], queue: [] };
export const NO_DRAM: DramPage = { live: false, anon: false, inode: -1, index: 0, tag: 0, dirty: false };
export const NO_INODE_RECORD: Inode = {
  live: false, name: -1, memfd: -1, age: -1, size: 0, links: 0, map: emptyRuns, entries: emptyRuns, cache: emptyRuns,
  rwsem: NO_LOCK, mmlock: NO_LOCK, leases: [], flag: 'none', flaggedBy: -1,
}; // prettier-ignore
export const NO_MAPPING: Mapping = { made: false, live: false, source: 'file', private: false, inode: -1, off: 0, len: 0, writable: false, ptes: emptyRuns }; // prettier-ignore
export const NO_MR: Mr = {
  state: 'none', proc: -1, handle: -1, map: -1, off: 0, len: 0, inode: -1, base: 0, access: 0, odp: false, writable: false,
  mtt: emptyRuns, pins: emptyRuns,
}; // prettier-ignore
export const NO_DMA: Dma = { phase: 'none', kind: 'rdma_read', proc: -1, mr: -1, index: 0, tag: 0, page: -1, inode: -1, fileIndex: 0, result: '' }; // prettier-ignore
export const NO_PIPE: Pipe = { phase: 'none', proc: -1, page: -1, inode: -1, fileIndex: 0 };
export const IDLE_TASK: Task = { pos: 0, frames: [], wait: { type: 'none' }, signal: false, holds: [] };

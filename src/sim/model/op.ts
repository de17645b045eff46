/**
 * The operations a scenario can ask for: one list of verbs, one union. Names are resolved to ids, indexes are blocks
 * within the file, mapping or MR named.
 * Sources: the man pages of the same names (fallocate(2), ftruncate(2), ioctl_ficlonerange(2), ibv_reg_mr(3), …).
 */
import type { DmaId, FileId, FileIndex, MapId, MrId, PipeId, ProcId, Slot, TagId, TaskId, Vpage } from './ids.ts';

export const VERBS = [
  'mmap', 'munmap', 'load', 'store', 'pread', 'pwrite', 'pwrite_direct', 'ftruncate', 'fallocate', 'reflink', 'dedupe', 'create', 'unlink',
  'open', 'close', 'fsync', 'sync', 'msync', 'madvise', 'fork', 'exit', 'kill', 'signal', 'reg_mr', 'rereg_mr', 'dereg_mr',
  'rdma_read', 'rdma_write', 'post_read', 'post_write', 'complete', 'dio_write', 'dio_read', 'dio_end', 'vmsplice', 'peek',
  'pipe_read', 'setlease', 'unlease', 'share_uverbs', 'set', 'wait',
] as const; // prettier-ignore
export type Verb = (typeof VERBS)[number];

export const FALLOCATE_MODES = ['alloc', 'punch', 'zero', 'collapse', 'insert', 'unshare'] as const;
export type FallocateMode = (typeof FALLOCATE_MODES)[number];

/** What is mapped: a file; anonymous memory (always private); a memfd, an unnamed file in shmem (shared). */
export const MAP_SOURCES = ['file', 'anon', 'memfd'] as const;
export type MapSource = (typeof MAP_SOURCES)[number];

export const ADVICES = ['dontneed', 'remove'] as const;
export type Advice = (typeof ADVICES)[number];

/** fcntl(2) F_SETLEASE as the proposals have it: on the layout of a file, shared or exclusive. */
export const LEASE_KINDS = ['layout', 'exclusive'] as const;
export type LeaseKind = (typeof LEASE_KINDS)[number];

/** Marks of an inode that `set` gives: S_IMMUTABLE's cousin of the proposals, and S_SWAPFILE. */
export const FILE_FLAGS = ['none', 'immutable', 'swapfile'] as const;
export type FileFlag = (typeof FILE_FLAGS)[number];

/** ibv_reg_mr(3) access flags, without their IBV_ACCESS_ prefix. */
export const ACCESS_FLAGS = ['local_write', 'remote_read', 'remote_write', 'remote_atomic', 'on_demand'] as const;
export type AccessFlag = (typeof ACCESS_FLAGS)[number];

export type Op =
  /** `len` absent: the whole file from `off`. `file` is NO_FILE unless `source` is file. */
  | { readonly verb: 'mmap'; readonly map: MapId; readonly source: MapSource; readonly file: FileId; readonly off: FileIndex; readonly len?: number; readonly writable: boolean; readonly private: boolean; readonly sync: boolean }
  | { readonly verb: 'munmap'; readonly map: MapId }
  | { readonly verb: 'load'; readonly map: MapId; readonly index: Vpage }
  | { readonly verb: 'store'; readonly map: MapId; readonly index: Vpage; readonly tag: TagId }
  | { readonly verb: 'pread'; readonly file: FileId; readonly index: FileIndex }
  /** pwrite_direct: through a descriptor with O_DIRECT. On a DAX file the same; else it goes past the page cache. */
  | { readonly verb: 'pwrite' | 'pwrite_direct'; readonly file: FileId; readonly index: FileIndex; readonly tag: TagId }
  | { readonly verb: 'ftruncate'; readonly file: FileId; readonly size: number }
  | { readonly verb: 'fallocate'; readonly file: FileId; readonly mode: FallocateMode; readonly off: FileIndex; readonly len: number }
  /** `range` absent: FICLONE of the whole source; else FICLONERANGE. */
  | { readonly verb: 'reflink' | 'dedupe'; readonly src: FileId; readonly dst: FileId; readonly range?: CloneRange }
  | { readonly verb: 'create' | 'unlink' | 'open' | 'close' | 'fsync'; readonly file: FileId }
  | { readonly verb: 'sync' | 'exit' | 'wait' }
  | { readonly verb: 'kill' | 'signal' | 'share_uverbs'; readonly actor: TaskId }
  | { readonly verb: 'fork'; readonly child: ProcId }
  | { readonly verb: 'msync'; readonly map: MapId }
  | { readonly verb: 'madvise'; readonly map: MapId; readonly advice: Advice; readonly off: Vpage; readonly len: number }
  | { readonly verb: 'setlease'; readonly file: FileId; readonly kind: LeaseKind }
  | { readonly verb: 'unlease'; readonly file: FileId }
  | { readonly verb: 'set'; readonly file: FileId; readonly flag: FileFlag }
  /** `range` absent: the whole mapping. */
  | { readonly verb: 'reg_mr'; readonly mr: MrId; readonly map: MapId; readonly off: Vpage; readonly len?: number; readonly access: readonly AccessFlag[] }
  | { readonly verb: 'rereg_mr'; readonly mr: MrId; readonly access: readonly AccessFlag[] }
  | { readonly verb: 'dereg_mr'; readonly mr: MrId }
  | { readonly verb: 'rdma_read'; readonly mr: MrId; readonly index: Slot }
  | { readonly verb: 'rdma_write'; readonly mr: MrId; readonly index: Slot; readonly tag: TagId }
  | { readonly verb: 'post_read'; readonly dma: DmaId; readonly mr: MrId; readonly index: Slot }
  | { readonly verb: 'post_write'; readonly dma: DmaId; readonly mr: MrId; readonly index: Slot; readonly tag: TagId }
  | { readonly verb: 'complete' | 'dio_end'; readonly dma: DmaId }
  | { readonly verb: 'dio_write'; readonly dma: DmaId; readonly map: MapId; readonly index: Vpage }
  | { readonly verb: 'dio_read'; readonly dma: DmaId; readonly map: MapId; readonly index: Vpage; readonly tag: TagId }
  | { readonly verb: 'vmsplice'; readonly pipe: PipeId; readonly map: MapId; readonly index: Vpage }
  | { readonly verb: 'peek' | 'pipe_read'; readonly pipe: PipeId }; // prettier-ignore

export type CloneRange = { readonly srcOff: FileIndex; readonly dstOff: FileIndex; readonly len: number };

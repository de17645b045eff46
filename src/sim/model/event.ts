/**
 * What a micro-step did, as facts in the past tense. Everything that is said about a step (sentence, changed list,
 * causes, timeline) is made from these and from the states around it.
 */
import type { Block, DmaId, DramId, FileIndex, InodeId, MapId, MrId, Page, PipeId, ProcId, Slot, TagId, TaskId, Vpage } from './ids.ts'; // prettier-ignore
import type { Check } from './check.ts';
import type { KnobName } from './knobs.ts';
import type { Advice, FileFlag, LeaseKind } from './op.ts';
import type { DmaKind, LockMode, LockName, PinOwner, Wait } from './state.ts';

export type SimEvent =
  | { readonly type: 'locked'; readonly inode: InodeId; readonly lock: LockName; readonly mode: LockMode; readonly task: TaskId }
  | { readonly type: 'unlocked'; readonly inode: InodeId; readonly lock: LockName; readonly mode: LockMode; readonly task: TaskId }
  | { readonly type: 'slept'; readonly task: TaskId; readonly wait: Wait }
  | { readonly type: 'woke'; readonly task: TaskId; readonly wait: Wait; readonly by: 'condition' | 'signal' }
  | { readonly type: 'mapped'; readonly map: MapId; readonly inode: InodeId }
  | { readonly type: 'unmapped'; readonly map: MapId; readonly inode: InodeId }
  | { readonly type: 'faulted'; readonly map: MapId; readonly vpage: Vpage; readonly write: boolean }
  | { readonly type: 'pteSet'; readonly map: MapId; readonly vpage: Vpage; readonly page: Page; readonly writable: boolean }
  /** `len` PTEs gone; `page` is what the first one pointed at. */
  | { readonly type: 'pteZapped'; readonly map: MapId; readonly vpage: Vpage; readonly len: number; readonly page: Page }
  | { readonly type: 'entrySet'; readonly inode: InodeId; readonly index: FileIndex; readonly block: Block; readonly was?: Block }
  | { readonly type: 'entriesDropped'; readonly inode: InodeId; readonly index: FileIndex; readonly len: number }
  | { readonly type: 'scanned'; readonly inode: InodeId; readonly index: FileIndex; readonly len: number; readonly busy?: Page }
  /** 6.x: no VMA maps the inode, so zap and scan were skipped. */
  | { readonly type: 'scanSkipped'; readonly inode: InodeId }
  | { readonly type: 'allocated'; readonly block: Block; readonly len: number; readonly inode: InodeId; readonly index: FileIndex; readonly zeroed: boolean }
  | { readonly type: 'freed'; readonly block: Block; readonly len: number; readonly to: 'free' | 'busy' | 'zombie'; readonly pins: number }
  | { readonly type: 'logCommitted'; readonly blocks: number }
  | { readonly type: 'copied'; readonly from: Page; readonly to: Page; readonly tag: TagId }
  | { readonly type: 'extentSet'; readonly inode: InodeId; readonly index: FileIndex; readonly len: number; readonly block: Block; readonly written: boolean; readonly was?: Block }
  | { readonly type: 'extentsRemoved'; readonly inode: InodeId; readonly index: FileIndex; readonly len: number; readonly blocks: number }
  | { readonly type: 'refcount'; readonly block: Block; readonly len: number; readonly from: number; readonly to: number }
  | { readonly type: 'sizeSet'; readonly inode: InodeId; readonly from: number; readonly to: number }
  | { readonly type: 'shared'; readonly src: InodeId; readonly dst: InodeId; readonly srcIndex: FileIndex; readonly dstIndex: FileIndex; readonly len: number }
  | { readonly type: 'wrote'; readonly page: Page; readonly tag: TagId; readonly by: 'store' | 'pwrite' | 'rdma' | 'dio'; readonly owners: number }
  | { readonly type: 'read'; readonly page: Page; readonly tag: TagId; readonly by: 'load' | 'pread' | 'rdma' | 'dio' | 'pipe' }
  | { readonly type: 'pinned'; readonly owner: PinOwner; readonly page: Page; readonly inode: InodeId; readonly index: FileIndex; readonly write: boolean }
  | { readonly type: 'unpinned'; readonly owner: PinOwner; readonly page: Page }
  | { readonly type: 'mttSet'; readonly mr: MrId; readonly slot: Slot; readonly len: number; readonly page: Page }
  | { readonly type: 'mttZapped'; readonly mr: MrId; readonly slot: Slot; readonly len: number; readonly page: Page }
  | { readonly type: 'mrState'; readonly mr: MrId; readonly to: 'live' | 'revoked' | 'destroyed' }
  | { readonly type: 'posted'; readonly dma: DmaId; readonly kind: DmaKind; readonly mr: MrId; readonly slot: Slot; readonly page?: Page }
  | { readonly type: 'nak'; readonly dma: DmaId; readonly mr: MrId; readonly slot: Slot; readonly why: 'key' | 'bounds' | 'access' | 'fault' }
  /** The data moved. `inode`/`index`: where it was pinned; `fileBlock`: what the file has there now (absent: nothing). */
  | { readonly type: 'transferred'; readonly dma: DmaId; readonly kind: DmaKind; readonly mr: MrId; readonly slot: Slot; readonly page: Page; readonly tag: TagId; readonly inode: InodeId; readonly index: FileIndex }
  | { readonly type: 'completed'; readonly dma: DmaId }
  | { readonly type: 'opened' | 'closed' | 'created' | 'unlinked' | 'evicted'; readonly inode: InodeId }
  | { readonly type: 'cached'; readonly inode: InodeId; readonly index: FileIndex; readonly dram: DramId }
  | { readonly type: 'orphaned'; readonly inode: InodeId; readonly index: FileIndex; readonly dram: DramId; readonly pins: number }
  | { readonly type: 'writtenBack'; readonly inode: InodeId; readonly index: FileIndex; readonly dram: DramId; readonly block: Block }
  /** A private page was copied into anonymous memory: the mapping no longer follows the file (or its parent) here. */
  | { readonly type: 'anonCopied'; readonly map: MapId; readonly vpage: Vpage; readonly from: Page; readonly to: DramId; readonly tag: TagId }
  | { readonly type: 'anonMapped'; readonly map: MapId; readonly vpage: Vpage; readonly dram: DramId }
  | { readonly type: 'anonFreed'; readonly dram: DramId }
  | { readonly type: 'forked'; readonly proc: ProcId; readonly child: ProcId }
  | { readonly type: 'handleShared'; readonly from: ProcId; readonly to: ProcId }
  | { readonly type: 'reregistered'; readonly mr: MrId; readonly access: number }
  | { readonly type: 'advised'; readonly map: MapId; readonly advice: Advice; readonly vpage: Vpage; readonly len: number }
  /** collapse (by < 0) or insert (by > 0): what was at `index` and above is now `by` further on. */
  | { readonly type: 'shifted'; readonly inode: InodeId; readonly index: FileIndex; readonly by: number }
  | { readonly type: 'compared'; readonly src: InodeId; readonly dst: InodeId; readonly equal: boolean }
  | { readonly type: 'leaseSet' | 'leaseBreaking' | 'leaseGivenUp' | 'leaseRemoved'; readonly inode: InodeId; readonly proc: ProcId; readonly kind: LeaseKind }
  | { readonly type: 'flagSet'; readonly inode: InodeId; readonly flag: FileFlag }
  /** An option fenced an MR of somebody, or killed a process, to let a layout operation or a write go on. */
  | { readonly type: 'sacrificed'; readonly victim: { readonly mr: MrId } | { readonly proc: ProcId }; readonly knob: KnobName }
  | { readonly type: 'signalled'; readonly task: TaskId; readonly effect: 'ends-wait' | 'pending' | 'nothing' }
  | { readonly type: 'killed'; readonly proc: ProcId }
  | { readonly type: 'exited'; readonly proc: ProcId }
  /** The machine said no: the errno, the rule, its place in the order of checks, and the knob that decides it if one does. */
  | { readonly type: 'refused'; readonly errno: string; readonly why: string; readonly check: Check; readonly knob?: KnobName }
  | { readonly type: 'pipeFilled' | 'pipeDrained'; readonly pipe: PipeId }
  /** The step's object was never made, or its actor is dead, or it is asleep. Nothing happened. */
  | { readonly type: 'void' | 'gone' | 'held' }
  /** The operation returned to its caller. */
  | { readonly type: 'returned'; readonly task: TaskId; readonly result: string; readonly value?: string }; // prettier-ignore

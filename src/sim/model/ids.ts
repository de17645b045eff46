/**
 * Names for the numbers of the model. Everything is counted in blocks of 4096 bytes (one block = one page), never in
 * bytes. Ids are indexes into the tables of `Program` (what the text names) or of `State` (inodes, DRAM pages).
 *
 * Flavours instead of hard brands: a plain number may become an id where it is made, but one kind of id is never
 * accepted for another.
 */
type Flavour<K extends string> = number & { readonly __kind?: K };

/** A file *name* of the text: index into `Program.files`. A name may be given to a new inode after unlink. */
export type FileId = Flavour<'file'>;
/** Index into `State.inodes`; `NO_INODE` where the inode is gone. */
export type InodeId = Flavour<'inode'>;
/** Index into `Program.procs` and `State.procs`. */
export type ProcId = Flavour<'proc'>;
/** Index into `Program.actors` and `State.tasks`: a thread of a process, or the remote peer. */
export type TaskId = Flavour<'task'>;
/** Index into `Program.maps` and `State.maps`: one mapping name of one process. */
export type MapId = Flavour<'map'>;
export type MrId = Flavour<'mr'>;
/** Index into `Program.dmas` and `State.dmas`: a posted DMA or an O_DIRECT in flight. */
export type DmaId = Flavour<'dma'>;
export type PipeId = Flavour<'pipe'>;
/** Index into `Program.tags`; 0 is `.`, zeroes. */
export type TagId = Flavour<'tag'>;
/** A block of the device, 0 … `Program.blocks` − 1. */
export type Block = Flavour<'block'>;
/** A block index within a file. */
export type FileIndex = Flavour<'index'>;
/** A page within a mapping, 0 = its first. */
export type Vpage = Flavour<'vpage'>;
/** A slot of an MR's translation table, 0 = its first page. */
export type Slot = Flavour<'slot'>;
/** What a PTE, an MTT slot or a pin can point at: a block, the zero page, or a page of DRAM (page cache,
 * shmem, anonymous). */
export type Page = Flavour<'page'>;
/** Index into `State.dram`. */
export type DramId = Flavour<'dram'>;

export const NO_INODE: InodeId = -1;
export const NO_FILE: FileId = -1;
export const NO_MAP: MapId = -1;
export const NO_TASK: TaskId = -1;
export const ZERO_TAG: TagId = 0;

/**
 * One number for every page: blocks first, then the zero page, then DRAM.
 *
 *     0 … 2^27−1   block of the device
 *     2^27         the shared zero page
 *     2^27+1 …     DRAM page 0, 1, …
 *
 * All below 2^28, so that PTE bits fit above it in a small integer.
 */
export const MAX_BLOCKS = 1 << 27;
export const ZERO_PAGE: Page = 1 << 27;
const DRAM_BASE = ZERO_PAGE + 1;

export const pageOfBlock = (block: Block): Page => block as number;
export const pageOfDram = (dram: DramId): Page => DRAM_BASE + dram;
export const isBlock = (page: Page): boolean => page < ZERO_PAGE;
export const isDram = (page: Page): boolean => page > ZERO_PAGE;
export const blockOfPage = (page: Page): Block => page as number;
export const dramOfPage = (page: Page): DramId => page - DRAM_BASE;

/** A value of `Mapping.ptes`: a page with two bits above it. */
const PTE_WRITABLE = 1 << 28;
const PTE_DIRTY = 1 << 29;
export const makePte = (page: Page, writable: boolean, dirty: boolean): number =>
  page + (writable ? PTE_WRITABLE : 0) + (dirty ? PTE_DIRTY : 0);
export const ptePage = (pte: number): Page => pte & (PTE_WRITABLE - 1);
export const pteWritable = (pte: number): boolean => (pte & PTE_WRITABLE) !== 0;
export const pteDirty = (pte: number): boolean => (pte & PTE_DIRTY) !== 0;

/** A value of `Inode.map`: a block, with one bit above it for an unwritten extent. */
const EXTENT_UNWRITTEN = 1 << 28;
export const makeExtent = (block: Block, written: boolean): number => block + (written ? 0 : EXTENT_UNWRITTEN);
export const extentBlock = (extent: number): Block => extent & (EXTENT_UNWRITTEN - 1);
export const extentWritten = (extent: number): boolean => (extent & EXTENT_UNWRITTEN) === 0;

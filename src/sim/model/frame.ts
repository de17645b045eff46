/**
 * A running operation is a short stack of frames, each a procedure with a place in it (`pc`) and its registers: what a
 * kernel stack is to a sleeping task. Plain data, so a sleeping operation is part of the state like anything else.
 * A micro-step is named `fn.pc` (`store.c1`, `layout.t4`): see `micro.ts` for the list.
 */
import type { Block, DmaId, FileIndex, InodeId, MapId, MrId, Page, ProcId, Vpage } from './ids.ts';
import type { Op } from './op.ts';

/** How a called procedure ended: `ok`, or what its caller has to return or translate. */
export type Ret = string;

export type Frame =
  /** The verb itself. `ret` is what the last called frame returned. */
  | { readonly fn: 'op'; readonly pc: string; readonly op: Op; readonly ret: Ret; readonly i: number; readonly page: Page; readonly result: string }
  /** A page fault at `vpage` of `map`. `x`: block found, `y`: block allocated. */
  | { readonly fn: 'load' | 'store'; readonly pc: string; readonly map: MapId; readonly vpage: Vpage; readonly x: Block; readonly y: Block; readonly ret: Ret }
  /** get_user_pages of one page; returns `ok` with the page in its caller's register. */
  | { readonly fn: 'gup'; readonly pc: string; readonly map: MapId; readonly vpage: Vpage; readonly write: boolean; readonly unshare: boolean; readonly ret: Ret }
  /** ftruncate and fallocate: t1 … t7. */
  | { readonly fn: 'layout'; readonly pc: string; readonly inode: InodeId; readonly op: Op; readonly ret: Ret }
  /** FICLONE, FICLONERANGE, FIDEDUPERANGE: r1 … r5. */
  | { readonly fn: 'reflink'; readonly pc: string; readonly dedupe: boolean; readonly src: InodeId; readonly dst: InodeId; readonly srcOff: FileIndex; readonly dstOff: FileIndex; readonly len: number; readonly ret: Ret }
  | { readonly fn: 'pwrite'; readonly pc: string; readonly inode: InodeId; readonly op: Op; readonly x: Block; readonly y: Block; readonly ret: Ret }
  | { readonly fn: 'pread'; readonly pc: string; readonly inode: InodeId; readonly op: Op; readonly ret: Ret }
  /** The last reference of an unlinked inode went. */
  | { readonly fn: 'evict'; readonly pc: string; readonly inode: InodeId; readonly ret: Ret }
  /** n1 … n5 of one DMA. */
  | { readonly fn: 'dma'; readonly pc: string; readonly dma: DmaId; readonly ret: Ret }
  /** d1, d2 of one MR. `fence`: an option did it; the MR stays, revoked and without pins, until its owner deregisters it. */
  | { readonly fn: 'dereg'; readonly pc: string; readonly mr: MrId; readonly fence: boolean; readonly ret: Ret }
  | { readonly fn: 'exit'; readonly pc: string; readonly proc: ProcId; readonly ret: Ret }; // prettier-ignore

export type FrameFn = Frame['fn'];

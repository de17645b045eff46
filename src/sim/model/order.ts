/**
 * An interleaving: which transitions are taken, in which order. What a checker finds is told so, and a text can ask
 * for one (`order`).
 */
import type { DmaId, FileId, TaskId } from './ids.ts';

/** op: one move is an operation from its start, or its wake-up, to its end or next wait. micro: one micro-step. */
export const GRAINS = ['op', 'micro'] as const;
export type Grain = (typeof GRAINS)[number];

/**
 * `choices` answer the allocator's questions in order (alloc any): the k-th of the free blocks, ascending; missing: 0.
 * step: the line `Program.steps[step]` begins. entry: an entry of the menu of `task`. run: a task goes on, or wakes.
 * dma: the NIC completes it by itself. grace: the leases on the file of that name are taken away.
 */
export type Move =
  | { readonly type: 'step'; readonly task: TaskId; readonly step: number; readonly choices?: readonly number[] }
  | { readonly type: 'entry'; readonly task: TaskId; readonly entry: number; readonly choices?: readonly number[] }
  | { readonly type: 'run'; readonly task: TaskId; readonly choices?: readonly number[] }
  | { readonly type: 'dma'; readonly dma: DmaId }
  | { readonly type: 'grace'; readonly file: FileId };

export type Order = { readonly grain: Grain; readonly moves: readonly Move[] };

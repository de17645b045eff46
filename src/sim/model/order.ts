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
 * dma: the NIC begins to complete it by itself (in an order: or goes on with that). grace: the leases on the file of that name are taken away.
 */
export type Move =
  | { readonly type: 'step'; readonly task: TaskId; readonly step: number; readonly choices?: readonly number[] }
  | { readonly type: 'entry'; readonly task: TaskId; readonly entry: number; readonly choices?: readonly number[] }
  | { readonly type: 'run'; readonly task: TaskId; readonly choices?: readonly number[] }
  | { readonly type: 'dma'; readonly dma: DmaId; readonly choices?: readonly number[] }
  | { readonly type: 'grace'; readonly file: FileId };

/**
 * What a text can ask for. lines: the steps `from` to `to`, both included, as written: line after line, sleepers that
 * can go on before the next line.
 */
export type OrderWord =
  Exclude<Move, { type: 'entry' }> | { readonly type: 'lines'; readonly from: number; readonly to: number };

/** Exactly this interleaving: the run ends where the words do. */
export type Order = { readonly grain: Grain; readonly words: readonly OrderWord[] };

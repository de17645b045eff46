/** What crosses the seam to a checking worker: one search at a time, in slices, so that every command is heard soon. */
import type { CheckReport, Progress, Settings } from '../checker/verdict.ts';
import type { Program } from '../sim/model/program.ts';

/** Counted up by the pool. */
export type CheckId = number;

export type CheckCommand =
  /** Begin this search; one that is still going is given up. */
  | { readonly type: 'check'; readonly id: CheckId; readonly program: Program; readonly settings: Settings }
  | { readonly type: 'pause' | 'resume'; readonly id: CheckId }
  /** End here, and tell what is known. */
  | { readonly type: 'stop'; readonly id: CheckId }
  /** Forget it. */
  | { readonly type: 'cancel'; readonly id: CheckId }
  /** Are you there? A worker that ran out of memory raises no event. */
  | { readonly type: 'ping' };

export type CheckReply =
  | { readonly type: 'progress'; readonly id: CheckId; readonly progress: Progress }
  /** The end: complete, bounded or stopped. */
  | { readonly type: 'report'; readonly id: CheckId; readonly report: CheckReport }
  /** A bug of ours: the search threw. */
  | { readonly type: 'failed'; readonly id: CheckId; readonly message: string }
  | { readonly type: 'pong' };

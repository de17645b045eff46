/** What crosses the seam to a checking worker: one search at a time, in slices, so that every command is heard soon. */
import type { DifferenceReport, DifferenceSettings } from '../checker/difference.ts';
import type { CheckReport, Progress, Settings } from '../checker/verdict.ts';
import type { Program } from '../sim/model/program.ts';

/** Counted up by the pool. */
export type CheckId = number;

/** What is to be found out. */
export type CheckOrder =
  | { readonly type: 'check'; readonly program: Program; readonly settings: Settings }
  /** The shortest run on which the two behave differently. */
  | { readonly type: 'difference'; readonly first: Program; readonly second: Program; readonly settings: DifferenceSettings }; // prettier-ignore

export type CheckCommand =
  /** Begin; what is still going is given up. */
  | { readonly type: 'begin'; readonly id: CheckId; readonly order: CheckOrder }
  | { readonly type: 'pause' | 'resume'; readonly id: CheckId }
  /** End here, and tell what is known. */
  | { readonly type: 'stop'; readonly id: CheckId }
  /** Forget it. */
  | { readonly type: 'cancel'; readonly id: CheckId }
  /** Are you there? A worker that ran out of memory raises no event. */
  | { readonly type: 'ping' };

/** How far it is. */
export type CheckProgress =
  | { readonly type: 'progress'; readonly progress: Progress }
  | { readonly type: 'pairs'; readonly pairs: number; readonly depth: number };

/** The end: complete, bounded or stopped. */
export type CheckEnd =
  | { readonly type: 'report'; readonly report: CheckReport }
  | { readonly type: 'difference'; readonly report: DifferenceReport }
  /** It is refused, or the search threw (a bug of ours). */
  | { readonly type: 'failed'; readonly message: string };

export type CheckReply = { readonly type: 'told'; readonly id: CheckId; readonly news: CheckProgress | CheckEnd } | { readonly type: 'pong' }; // prettier-ignore

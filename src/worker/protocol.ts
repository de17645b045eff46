/**
 * What crosses the worker seam: two unions of plain data. A command names its run and every report echoes it, so that
 * what an old run still says can be told apart and dropped.
 */
import type { Program } from '../sim/model/program.ts';
import type { Moment, Outline } from '../sim/outline.ts';

/** Counted up by the client; a restarted worker goes on with the same number. */
export type RunId = number;

/** To the worker. */
export type Command =
  /** Run this program to its end; a run that is still going is given up. */
  | { readonly type: 'load'; readonly run: RunId; readonly program: Program }
  /** Only after the outline; `at` within 0 … outline.length. */
  | { readonly type: 'seek'; readonly run: RunId; readonly at: number }
  | { readonly type: 'cancel'; readonly run: RunId }
  /** Are you there? A worker that ended itself raises no event. */
  | { readonly type: 'ping'; readonly nonce: number };

/** From the worker. A moment is complete: no view ever asks the worker a question. */
export type Report =
  /** The run goes on; `micros` done so far. */
  | { readonly type: 'progress'; readonly run: RunId; readonly micros: number }
  /** The run is complete; `moment` is its position 0. */
  | { readonly type: 'outline'; readonly run: RunId; readonly outline: Outline; readonly moment: Moment }
  | { readonly type: 'moment'; readonly run: RunId; readonly moment: Moment }
  /** A bug of ours: the simulation threw. */
  | { readonly type: 'failed'; readonly run: RunId; readonly message: string }
  | { readonly type: 'pong'; readonly nonce: number };

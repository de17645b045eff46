/**
 * What crosses the worker seam: two unions of plain data. A command names its run and every report echoes it, so that
 * what an old run still says can be told apart and dropped.
 */
import type { Program } from '../sim/model/program.ts';
import type { Page } from '../sim/model/ids.ts';
import type { KnobRun, Moment, Outline, Story } from '../sim/outline.ts';

/** Counted up by the client; a restarted worker goes on with the same number. */
export type RunId = number;

/** To the worker. */
export type Command =
  /** Run this program to its end; a run that is still going is given up. */
  | { readonly type: 'load'; readonly run: RunId; readonly program: Program }
  /** Only after the outline; `at` within 0 … outline.length. */
  | { readonly type: 'seek'; readonly run: RunId; readonly at: number }
  /** Only after the outline. What the screen does not need to stand; it is answered beside the seeks, in slices. */
  | { readonly type: 'ask'; readonly run: RunId; readonly ask: AskId; readonly question: Question }
  | { readonly type: 'cancel'; readonly run: RunId }
  /** Are you there? A worker that ended itself raises no event. */
  | { readonly type: 'ping'; readonly nonce: number };

/** Counted up by the client. */
export type AskId = number;

/** What the user asks about a run, beyond its moments. */
export type Question =
  /** Every knob changed alone, to every other value. */
  | { readonly type: 'knobs' }
  /** Another position, without going there; `since`: as if all after that position were one turn. */
  | { readonly type: 'moment'; readonly at: number; readonly since?: number }
  /** What ever happened to one page. */
  | { readonly type: 'story'; readonly page: Page };

export type Answer =
  | { readonly type: 'knobs'; readonly runs: readonly KnobRun[] }
  | { readonly type: 'moment'; readonly moment: Moment }
  | { readonly type: 'story'; readonly story: Story }
  /** The run is too long for this question; `most`: micro-steps. */
  | { readonly type: 'tooLong'; readonly most: number };

/** From the worker. A moment is complete: what is on the screen without being asked for is in it. */
export type Report =
  /** The run goes on; `micros` done so far. */
  | { readonly type: 'progress'; readonly run: RunId; readonly micros: number }
  /** The run is complete; `moment` is its position 0. */
  | { readonly type: 'outline'; readonly run: RunId; readonly outline: Outline; readonly moment: Moment }
  | { readonly type: 'moment'; readonly run: RunId; readonly moment: Moment }
  | { readonly type: 'answer'; readonly run: RunId; readonly ask: AskId; readonly answer: Answer }
  /** A bug of ours: the simulation threw. */
  | { readonly type: 'failed'; readonly run: RunId; readonly message: string }
  | { readonly type: 'pong'; readonly nonce: number };

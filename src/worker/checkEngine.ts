/**
 * The checking worker without the worker: commands in, replies out. It has no clock: whoever drives it says how much to
 * do at a time, and when to tell how far it is.
 */
import { assertNever } from '../base/assert.ts';
import { advanceDifference, createDifference, differenceOf } from '../checker/difference.ts';
import type { Pieces } from '../checker/pieces.ts';
import { progressOf, reportPieces } from '../checker/report.ts';
import { advanceSearch, createSearch } from '../checker/search.ts';
import type { Verdict } from '../checker/verdict.ts';
import type { PropertyId } from '../sim/model/property.ts';
import type { CheckCommand, CheckEnd, CheckId, CheckOrder, CheckProgress, CheckReply } from './checkProtocol.ts';

export type CheckEngine = {
  readonly handle: (command: CheckCommand) => readonly CheckReply[];
  /** Goes on for so many states at most, or for one piece of the report. */
  readonly advance: (states: number) => readonly CheckReply[];
  /** Something can be done now. */
  readonly isBusy: () => boolean;
  readonly progress: () => readonly CheckReply[];
};

/** A search of either kind. */
type Work = {
  /** True when there is nothing left to do. */
  readonly advance: (states: number) => boolean;
  readonly progress: () => CheckProgress;
  readonly tell: () => Pieces<CheckEnd>;
};

type Job = { readonly id: CheckId; readonly work: Work; paused: boolean; telling: Pieces<CheckEnd> | undefined };

export function createCheckEngine(): CheckEngine {
  let job: Job | undefined;

  function begin(id: CheckId, order: CheckOrder): readonly CheckReply[] {
    // The memory of the old one first.
    job = undefined;
    const work = workOf(order);
    if ('refused' in work) return [{ type: 'told', id, news: { type: 'failed', message: work.refused } }];
    job = { id, work, paused: false, telling: undefined };
    return [];
  }

  return {
    handle(command) {
      if (command.type === 'ping') return [{ type: 'pong' }];
      if (command.type === 'begin') return begin(command.id, command.order);
      if (job?.id !== command.id) return [];
      switch (command.type) {
        case 'pause':
        case 'resume':
          job.paused = command.type === 'pause';
          return [];
        case 'stop':
          job.paused = false;
          job.telling ??= job.work.tell();
          return [];
        case 'cancel':
          job = undefined;
          return [];
        default:
          return assertNever(command);
      }
    },
    advance(states) {
      if (job === undefined || job.paused) return [];
      if (job.telling === undefined) {
        if (job.work.advance(states)) job.telling = job.work.tell();
        return [];
      }
      const { done, value } = job.telling.next();
      if (done !== true) return [];
      const { id } = job;
      job = undefined;
      return [{ type: 'told', id, news: value }];
    },
    isBusy: () => job !== undefined && !job.paused,
    progress: () => (job === undefined ? [] : [{ type: 'told', id: job.id, news: job.work.progress() }]),
  };
}

function workOf(order: CheckOrder): Work | { readonly refused: string } {
  return order.type === 'check' ? searchFor(order) : differenceFor(order);
}

function searchFor({ program, settings }: Extract<CheckOrder, { type: 'check' }>): Work {
  const search = createSearch(program, settings);
  /** Violations that were told, with their runs. */
  const known = new Map<PropertyId, Verdict>();
  return {
    advance: (states) => advanceSearch(search, states),
    progress: () => ({ type: 'progress', progress: progressOf(search, known) }),
    *tell() {
      return { type: 'report', report: yield* reportPieces(search) };
    },
  };
}

function differenceFor({ first, second, settings }: Extract<CheckOrder, { type: 'difference' }>): Work | { readonly refused: string } {
  const made = createDifference(first, second, settings);
  if (!made.ok) return { refused: made.error };
  const search = made.value;
  return {
    advance: (pairs) => advanceDifference(search, pairs),
    progress: () => ({ type: 'pairs', pairs: search.visited.size(), depth: search.depth }),
    *tell() {
      yield;
      return { type: 'difference', report: differenceOf(search) };
    },
  };
} // prettier-ignore

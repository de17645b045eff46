/**
 * The checking worker without the worker: commands in, replies out. It has no clock: whoever drives it says how much to
 * do at a time, and when to tell how far it is. A unit of work is about what one state takes.
 */
import { assertNever } from '../base/assert.ts';
import { progressOf, reportOf } from '../checker/report.ts';
import { advanceSearch, createSearch, type Search } from '../checker/search.ts';
import type { Verdict } from '../checker/verdict.ts';
import type { PropertyId } from '../sim/model/property.ts';
import type { CheckCommand, CheckId, CheckReply } from './checkProtocol.ts';

export type CheckEngine = {
  readonly handle: (command: CheckCommand) => readonly CheckReply[];
  /** Goes on for so many units at most. */
  readonly advance: (units: number) => readonly CheckReply[];
  /** Something can be done now. */
  readonly isBusy: () => boolean;
  readonly progress: () => readonly CheckReply[];
};

type Job = {
  readonly id: CheckId;
  readonly search: Search;
  /** Violations that were told, with their traces. */
  readonly known: Map<PropertyId, Verdict>;
  paused: boolean;
  /** Nothing more is to be visited. */
  ended: boolean;
};

export function createCheckEngine(): CheckEngine {
  let job: Job | undefined;

  return {
    handle(command) {
      if (command.type === 'ping') return [{ type: 'pong' }];
      if (command.type === 'check') {
        const { id, program, settings } = command;
        job = undefined;
        job = { id, search: createSearch(program, settings), known: new Map(), paused: false, ended: false };
        return [];
      }
      if (job?.id !== command.id) return [];
      switch (command.type) {
        case 'pause':
        case 'resume':
          job.paused = command.type === 'pause';
          return [];
        case 'stop':
          job.paused = false;
          job.ended = true;
          return [];
        case 'cancel':
          job = undefined;
          return [];
        default:
          return assertNever(command);
      }
    },
    advance(units) {
      if (job === undefined || job.paused) return [];
      if (!job.ended) {
        job.ended = advanceSearch(job.search, units);
        return [];
      }
      const { id, search } = job;
      job = undefined;
      return [{ type: 'report', id, report: reportOf(search) }];
    },
    isBusy: () => job !== undefined && !job.paused,
    progress: () => (job === undefined ? [] : [{ type: 'progress', id: job.id, progress: progressOf(job.search, job.known) }]), // prettier-ignore
  };
}

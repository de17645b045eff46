/**
 * The page's end of the seam to the checking workers: a queue of searches, as many at once as there are cores to spare.
 * A worker that dies, or falls silent, is replaced and its search begun again, once; then the search has failed.
 */
import { assertNever } from '../base/assert.ts';
import type { CheckCommand, CheckEnd, CheckId, CheckOrder, CheckProgress, CheckReply } from './checkProtocol.ts';
import { spawnCheck } from './spawn.ts';

/** What becomes of a search. After a `CheckEnd` there is nothing more. */
export type CheckNews =
  | { readonly type: 'started' }
  /** Its worker died; it begins again from nothing. */
  | { readonly type: 'restarted'; readonly why: string }
  | CheckProgress
  | CheckEnd;

/** The part of Worker that is used, so that tests can stand in for it. */
export type CheckWorkerLike = Pick<Worker, 'postMessage' | 'terminate' | 'onmessage' | 'onerror' | 'onmessageerror'>;

export type Pool = {
  /** Searches at once. */
  readonly size: number;
  /** At the end of the queue. */
  readonly add: (order: CheckOrder, tell: (news: CheckNews) => void) => CheckId;
  /** Everything halts where it is; what waits goes on waiting. */
  readonly pause: () => void;
  readonly resume: () => void;
  /** Its report comes, of what is known; a search that did not begin is forgotten. False: it had not begun. */
  readonly stop: (id: CheckId) => boolean;
  /** Forgotten: nothing more is told of it. */
  readonly cancel: (id: CheckId) => void;
  /** The workers end with the last search; a new one starts them again. */
  readonly release: () => void;
  /** Workers stay for the next search. */
  readonly hold: () => void;
  /** Everything ends at once, and nothing is told. */
  readonly close: () => void;
};

const TICK_MS = 600;
/** Silent ticks before a worker counts as dead: its script may still be loading; else, longer than any machine stalls. */
const PATIENCE = { fresh: 34, seated: 9 };
const MAX_TRIES = 2;

type Job = {
  readonly id: CheckId;
  readonly order: CheckOrder;
  readonly tell: (news: CheckNews) => void;
  tries: number;
};
type Seat = { readonly worker: CheckWorkerLike; job: Job | undefined; fresh: boolean; silent: number };

/** All cores but the one that the page has. */
export const poolSize = (cores: number | undefined): number => Math.max(1, Math.min(32, (cores ?? 2) - 1));

export function createPool(size: number, spawn: () => CheckWorkerLike = spawnCheck): Pool {
  const seats: Seat[] = [];
  const queue: Job[] = [];
  let ids = 0;
  let timer: ReturnType<typeof setInterval> | undefined;
  let paused = false;
  let held = true;

  const send = ({ worker }: Seat, command: CheckCommand): void => worker.postMessage(command);
  const seatOf = (id: CheckId): Seat | undefined => seats.find(({ job }) => job?.id === id);

  function open(): Seat {
    const seat: Seat = { worker: spawn(), job: undefined, fresh: true, silent: 0 };
    seats.push(seat);
    // A worker that was replaced has nothing to say any more.
    const isSeated = (): boolean => seats.includes(seat);
    seat.worker.onmessage = ({ data }: MessageEvent<CheckReply>) => {
      if (isSeated()) hear(seat, data);
    };
    seat.worker.onerror = (event) => {
      if (isSeated()) died(seat, event.message || 'its script did not load');
    };
    seat.worker.onmessageerror = () => {
      if (isSeated()) died(seat, 'a message could not be read');
    };
    timer ??= setInterval(tick, TICK_MS);
    return seat;
  }

  function dismiss(seat: Seat): void {
    seat.worker.terminate();
    seats.splice(seats.indexOf(seat), 1);
    if (seats.length > 0) return;
    clearInterval(timer);
    timer = undefined;
  }

  /** Who waits gets a worker; who has nothing to do may go. */
  function fill(): void {
    while (!paused && queue.length > 0) {
      const seat = seats.find(({ job }) => job === undefined) ?? (seats.length < size ? open() : undefined);
      const job = seat === undefined ? undefined : queue.shift();
      if (seat === undefined || job === undefined) break;
      seat.job = job;
      seat.silent = 0;
      job.tries += 1;
      send(seat, { type: 'begin', id: job.id, order: job.order });
      job.tell({ type: 'started' });
    }
    if (!held && queue.length === 0) for (const seat of [...seats]) if (seat.job === undefined) dismiss(seat);
  }

  function hear(seat: Seat, reply: CheckReply): void {
    seat.fresh = false;
    seat.silent = 0;
    const { job } = seat;
    if (reply.type === 'pong' || job === undefined || reply.id !== job.id) return;
    const { news } = reply;
    switch (news.type) {
      case 'progress':
      case 'pairs':
        return job.tell(news);
      case 'report':
      case 'difference':
      case 'failed':
        return end(seat, job, news);
      default:
        return assertNever(news);
    }
  }

  function end(seat: Seat, job: Job, news: CheckEnd): void {
    seat.job = undefined;
    job.tell(news);
    fill();
  }

  function died(seat: Seat, why: string): void {
    const { job } = seat;
    dismiss(seat);
    if (job !== undefined && job.tries < MAX_TRIES) {
      queue.unshift(job);
      job.tell({ type: 'restarted', why });
    } else job?.tell({ type: 'failed', message: `its worker stopped twice (${why})` });
    fill();
  }

  function tick(): void {
    for (const seat of seats.filter(({ job }) => job !== undefined)) {
      if (seat.silent >= (seat.fresh ? PATIENCE.fresh : PATIENCE.seated)) died(seat, 'it no longer answers');
      else if (seat.silent++ === 0) send(seat, { type: 'ping' });
    }
  }

  function forget(id: CheckId): boolean {
    const at = queue.findIndex((job) => job.id === id);
    if (at >= 0) queue.splice(at, 1);
    return at >= 0;
  }

  function toAll(type: 'pause' | 'resume'): void {
    paused = type === 'pause';
    for (const seat of seats) if (seat.job !== undefined) send(seat, { type, id: seat.job.id });
  }

  return {
    size,
    add(order, tell) {
      ids += 1;
      queue.push({ id: ids, order, tell, tries: 0 });
      const id = ids;
      // Not before the caller knows the id.
      queueMicrotask(fill);
      return id;
    },
    pause: () => toAll('pause'),
    resume() {
      toAll('resume');
      fill();
    },
    stop(id) {
      if (forget(id)) return false;
      const seat = seatOf(id);
      // One that is paused has to go on to be able to tell.
      if (seat !== undefined) send(seat, { type: 'stop', id });
      return seat !== undefined;
    },
    cancel(id) {
      forget(id);
      const seat = seatOf(id);
      if (seat === undefined) return;
      send(seat, { type: 'cancel', id });
      seat.job = undefined;
      fill();
    },
    hold: () => void (held = true),
    release() {
      held = false;
      fill();
    },
    close() {
      queue.length = 0;
      for (const seat of [...seats]) dismiss(seat);
    },
  };
}

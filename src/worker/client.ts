/**
 * The page's end of the seam: one worker, one run, at most one seek in flight. A worker that stops without a word
 * (self.close(), out of memory) is noticed by its silence, started anew and brought back to the same position.
 */
import { assertNever } from '../base/assert.ts';
import type { Answer, AskId, Command, Question, Report, RunId } from './protocol.ts';
import { spawnSim } from './spawn.ts';

type Program = Extract<Command, { type: 'load' }>['program'];
type Outline = Extract<Report, { type: 'outline' }>['outline'];
type Moment = Extract<Report, { type: 'moment' }>['moment'];

/** What the page is told, of the current run only. */
export type News =
  | { readonly type: 'progress'; readonly micros: number }
  | { readonly type: 'outline'; readonly outline: Outline; readonly moment: Moment }
  | { readonly type: 'moment'; readonly moment: Moment }
  | { readonly type: 'failed'; readonly message: string }
  /** The worker stopped; a new one is at work on the same run. */
  | { readonly type: 'stopped'; readonly why: string }
  /** The new worker is back at the position that was last asked for; its moment was the news before. */
  | { readonly type: 'restarted' }
  /** Too many restarts in a row; `retry` starts over. */
  | { readonly type: 'gaveUp'; readonly why: string };

/** The part of Worker that is used, so that tests can stand in for it. */
export type WorkerLike = Pick<Worker, 'postMessage' | 'terminate' | 'onmessage' | 'onerror' | 'onmessageerror'>;

export type Client = {
  readonly load: (program: Program) => void;
  /** Asked for before the outline or while another is in flight: kept, and the latest wins. */
  readonly seek: (at: number) => void;
  /** Of the run as it is loaded by then; never answered where another one takes its place before. */
  readonly ask: (question: Question, hear: (answer: Answer) => void) => void;
  /** After `gaveUp`: the same program, the same position. */
  readonly retry: () => void;
  readonly close: () => void;
};

const TICK_MS = 600;
/** Silent ticks before a worker counts as dead: fresh (its script may still be loading), at work on a load, else. */
const PATIENCE = { fresh: 34, loading: 17, seated: 2 };
/** Ticks of good health after which restarts are no longer "in a row". */
const HEALTHY_TICKS = 17;
const MAX_RESTARTS = 3;

/** What the client knows of its run; a new one for every load, kept over a restart. */
type Job = {
  readonly run: RunId;
  readonly program: Program;
  told: boolean;
  /** The worker has sent its outline: seeks may go out. */
  ready: boolean;
  at: number;
  inFlight: number | undefined;
  queued: number | undefined;
  /** Not answered yet, so that a new worker can be asked again. */
  readonly asked: Map<AskId, { readonly question: Question; readonly hear: (answer: Answer) => void }>;
};

export function createClient(tell: (news: News) => void, spawn: () => WorkerLike = spawnSim): Client {
  let worker: WorkerLike | undefined;
  let job: Job | undefined;
  let runs = 0;
  let asks = 0;
  let timer: ReturnType<typeof setInterval> | undefined;
  let fresh = true;
  let silent = 0;
  let healthy = 0;
  let pinged = false;
  let restarts = 0;
  let restarting = false;

  const send = (command: Command): void => worker?.postMessage(command);

  function start(): void {
    const mine = spawn();
    worker = mine;
    fresh = true;
    silent = 0;
    healthy = 0;
    pinged = false;
    // A worker that was replaced has nothing to say any more, not even that it died.
    mine.onmessage = ({ data }: MessageEvent<Report>) => {
      if (worker === mine) hear(data);
    };
    mine.onerror = (event) => {
      if (worker === mine) died(event.message || 'its script did not load');
    };
    mine.onmessageerror = () => {
      if (worker === mine) died('a message could not be read');
    };
    timer ??= setInterval(tick, TICK_MS);
  }

  function stop(): void {
    clearInterval(timer);
    timer = undefined;
    worker?.terminate();
    worker = undefined;
  }

  function tick(): void {
    const patience = fresh ? PATIENCE.fresh : job !== undefined && !job.ready ? PATIENCE.loading : PATIENCE.seated;
    silent = pinged ? silent + 1 : 0;
    if (silent >= patience) return died('it no longer answers');
    healthy = silent === 0 ? healthy + 1 : 0;
    if (healthy >= HEALTHY_TICKS) restarts = 0;
    if (pinged) return;
    pinged = true;
    send({ type: 'ping', nonce: 0 });
  }

  function died(why: string): void {
    stop();
    if (restarts >= MAX_RESTARTS) return tell({ type: 'gaveUp', why });
    restarts += 1;
    tell({ type: 'stopped', why });
    resume();
  }

  /** A new worker for the run that the old one had. */
  function resume(): void {
    start();
    restarting = true;
    if (job === undefined) return;
    job.ready = false;
    job.inFlight = undefined;
    job.queued = undefined;
    send({ type: 'load', run: job.run, program: job.program });
  }

  function hear(report: Report): void {
    fresh = false;
    silent = 0;
    pinged = false;
    if (report.type === 'pong' || job === undefined || report.run !== job.run) return;
    switch (report.type) {
      case 'progress':
        return tell({ type: 'progress', micros: report.micros });
      case 'outline':
        return hearOutline(job, report);
      case 'moment':
        return hearMoment(job, report.moment);
      case 'answer':
        return hearAnswer(job, report.ask, report.answer);
      case 'failed':
        job.asked.clear();
        job.inFlight = undefined;
        job.queued = undefined;
        return tell({ type: 'failed', message: report.message });
      default:
        return assertNever(report);
    }
  }

  function hearOutline(of: Job, { outline, moment }: { readonly outline: Outline; readonly moment: Moment }): void {
    of.ready = true;
    for (const [ask, { question }] of of.asked) send({ type: 'ask', run: of.run, ask, question });
    if (!of.told) tell({ type: 'outline', outline, moment });
    of.told = true;
    // Who was told may have asked for a place already.
    if (of.inFlight === undefined && (restarting || of.at !== 0)) seek(of.at);
  }

  function hearMoment(of: Job, moment: Moment): void {
    of.inFlight = undefined;
    tell({ type: 'moment', moment });
    if (of.inFlight === undefined && of.queued !== undefined) seek(of.queued);
    if (!restarting || of.inFlight !== undefined) return;
    restarting = false;
    tell({ type: 'restarted' });
  }

  function hearAnswer(of: Job, number: AskId, answer: Answer): void {
    const hear = of.asked.get(number)?.hear;
    of.asked.delete(number);
    hear?.(answer);
  }

  function seek(at: number): void {
    if (job === undefined) throw new Error(`seek to ${at} without a run`);
    job.at = at;
    if (!job.ready) return;
    if (job.inFlight !== undefined) {
      job.queued = at;
      return;
    }
    job.inFlight = at;
    job.queued = undefined;
    send({ type: 'seek', run: job.run, at });
  }

  return {
    load(program) {
      if (worker === undefined) start();
      if (job !== undefined && !job.ready) send({ type: 'cancel', run: job.run });
      runs += 1;
      restarting = false;
      job = {
        run: runs,
        program,
        told: false,
        ready: false,
        at: 0,
        inFlight: undefined,
        queued: undefined,
        asked: new Map(),
      };
      send({ type: 'load', run: runs, program });
    },
    seek,
    ask(question, hear) {
      if (job === undefined) throw new Error('a question without a run');
      asks += 1;
      job.asked.set(asks, { question, hear });
      if (job.ready) send({ type: 'ask', run: job.run, ask: asks, question });
    },
    retry() {
      stop();
      restarts = 0;
      resume();
    },
    close() {
      stop();
      job = undefined;
    },
  };
}

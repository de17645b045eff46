/**
 * A whole run with all its moments, for what shows more than one at a time: two runs side by side, a handout, a text of
 * every step. A worker of its own, so that the run on the screen is not disturbed; gone when the answer is there.
 */
import type { Moment, Outline } from '../sim/outline.ts';
import type { Program } from '../sim/model/program.ts';
import { createClient, type Client, type News } from './client.ts';

export type Collected = {
  readonly program: Program;
  readonly outline: Outline;
  /** Position → its moment, for the positions that were asked for. */
  readonly moments: ReadonlyMap<number, Moment>;
};

export type CollectOptions = {
  /** The positions wanted. Absent: the start and the end of every turn. */
  readonly places?: (outline: Outline) => readonly number[];
  readonly signal?: AbortSignal;
  readonly create?: (tell: (news: News) => void) => Client;
};

/** The start, and where each turn ends. */
export const turnEnds = ({ turns }: Outline): readonly number[] => [0, ...turns.map(({ to }) => to)];

/** Rejects with an Error where the simulation failed, or with the signal's reason. */
export function collectRun(program: Program, options: CollectOptions = {}): Promise<Collected> {
  const { places = turnEnds, signal, create = createClient } = options;
  return new Promise((resolve, reject) => {
    const moments = new Map<number, Moment>();
    let outline: Outline | undefined;
    let wanted: readonly number[] = [];
    const end = (settle: () => void): void => {
      client.close();
      signal?.removeEventListener('abort', onAbort);
      settle();
    };
    const onAbort = (): void => end(() => reject(reasonOf(signal)));
    const askNext = (): void => {
      const whole = outline;
      const next = wanted.find((at) => !moments.has(at));
      if (next !== undefined) client.seek(next);
      else if (whole !== undefined) end(() => resolve({ program, outline: whole, moments }));
    };
    const client = create((news) => {
      switch (news.type) {
        case 'outline':
          outline = news.outline;
          wanted = [...new Set(places(news.outline))].filter((at) => at >= 0 && at <= news.outline.length);
          moments.set(0, news.moment);
          return askNext();
        case 'moment':
          moments.set(news.moment.at, news.moment);
          return askNext();
        case 'failed':
          return end(() => reject(new Error(`The simulation failed: ${news.message}`)));
        case 'gaveUp':
          return end(() => reject(new Error(`The worker stopped again and again (${news.why}).`)));
        case 'progress':
        case 'stopped':
        case 'restarted':
          return;
      }
    });
    if (signal?.aborted === true) return onAbort();
    signal?.addEventListener('abort', onAbort);
    client.load(program);
  });
}

const reasonOf = (signal: AbortSignal | undefined): Error =>
  signal?.reason instanceof Error ? signal.reason : new Error('It was given up.');

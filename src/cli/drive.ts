/** Goes on with a search in slices, so that the process hears Ctrl-C and somebody who watches sees how far it is. */
import { progressOf, reportOf } from '../checker/report.ts';
import { advanceSearch, createSearch } from '../checker/search.ts';
import type { CheckReport, Progress, Settings, Verdict } from '../checker/verdict.ts';
import type { Program } from '../sim/model/program.ts';
import type { PropertyId } from '../sim/model/property.ts';
import type { Io } from './io.ts';
import { countOf, grouped } from './words.ts';

export type Job = {
  /** True when there is nothing left to do. */
  readonly advance: (most: number) => boolean;
  readonly progress: () => string;
};

/** In ms. */
const SLICE = 40;
const STATES_AT_ONCE = 16;

/** False when it was interrupted. */
export async function drive(job: Job, io: Io): Promise<boolean> {
  try {
    for (;;) {
      const started = io.now();
      do if (job.advance(STATES_AT_ONCE)) return true;
      while (io.now() - started < SLICE);
      io.progress?.(job.progress());
      await io.pause();
      if (io.interrupted()) return false;
    }
  } finally {
    io.progress?.('');
  }
}

export type Checked = { readonly report: CheckReport; readonly ms: number; readonly interrupted: boolean };

/** `what`: whose search it is, for those who watch. */
export async function checkProgram(program: Program, settings: Settings, what: string, io: Io): Promise<Checked> {
  const started = io.now();
  const search = createSearch(program, settings);
  const known = new Map<PropertyId, Verdict>();
  const progress = (): string => `${what}: ${progressWords(progressOf(search, known), io.now() - started)}`;
  const done = await drive({ advance: (most) => advanceSearch(search, most), progress }, io);
  return { report: reportOf(search), ms: Math.round(io.now() - started), interrupted: !done };
}

function progressWords({ states, depth, frontier, properties }: Progress, ms: number): string {
  const violated = Object.values(properties).filter(({ type }) => type === 'violated').length;
  const rate = grouped((1000 * states) / Math.max(1, ms));
  return `${countOf(states, 'state')}, ${rate}/s, depth ${depth}, ${grouped(frontier)} to expand, ${violated} violated`;
}

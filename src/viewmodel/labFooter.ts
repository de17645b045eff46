/** The line below the matrix: how far the search is, and how fast. */
import { PROPERTY_IDS } from '../sim/model/property.ts';
import type { LabRow, LabState } from './labState.ts';
import { bytesInWords, grouped, isDecided, rounded, timeInWords } from './labWords.ts';

export type LabButton = 'check' | 'rest' | 'again' | 'pause' | 'resume' | 'stop';

export type FooterScene = {
  readonly decided: number;
  readonly all: number;
  /** `258 of 288`. */
  readonly progress: string;
  /** `3,914,220 states`, `1.9 M states/s`, `depth 9`, … */
  readonly figures: readonly { readonly text: string; readonly title: string }[];
  /** Names of the options being checked. */
  readonly now: readonly string[];
  /** When nothing runs: what came of it. */
  readonly word: string;
  readonly buttons: readonly LabButton[];
  /** For the live region: only what is worth an interruption. */
  readonly spoken: string;
};

const sum = (rows: readonly LabRow[], of: (row: LabRow) => number | undefined): number =>
  rows.reduce((total, row) => total + (of(row) ?? 0), 0);

export function footerScene(state: LabState): FooterScene {
  const rows = state.rows.filter(({ hidden }) => !hidden);
  const all = rows.length * PROPERTY_IDS.length;
  const decided = sum(rows, (row) => PROPERTY_IDS.filter((id) => isDecided(row, id)).length);
  const running = rows.filter(({ status }) => status === 'running' || status === 'paused');
  const word = wordOf(state, rows);
  return {
    decided,
    all,
    progress: `${grouped(decided)} of ${grouped(all)}`,
    figures: figuresOf(state, rows, running),
    now: running.map(({ name }) => name),
    word,
    buttons: buttonsOf(state, rows),
    spoken: state.running ? '' : word,
  };
}

function figuresOf(state: LabState, rows: readonly LabRow[], running: readonly LabRow[]): FooterScene['figures'] {
  const states = sum(rows, (row) => row.report?.states ?? row.progress?.states);
  const perSecond = sum(running, (row) => row.perSecond);
  const frontier = sum(running, (row) => row.progress?.frontier);
  const depth = Math.max(0, ...running.map((row) => row.progress?.depth ?? 0));
  const bytes = sum(running, (row) => row.progress?.bytes);
  const left = state.running && !state.paused ? estimate(rows, running.length) : undefined;
  const figures = [
    { text: `${grouped(states)} states`, title: 'Distinct states, all rows together', on: states > 0 },
    { text: `${rounded(perSecond)} states/s`, title: 'Distinct states a second, of late', on: perSecond > 0 },
    { text: `depth ${depth}, ${rounded(frontier)} to expand`, title: 'Of the searches that run now: the deepest layer, and states found that are not expanded yet', on: running.some(({ progress }) => progress !== undefined) }, // prettier-ignore
    { text: bytesInWords(bytes), title: 'Memory of the visited sets of the searches that run now', on: bytes > 0 },
    { text: `about ${timeInWords(left ?? 0)} left`, title: 'If the options that are left take as long as those that are done', on: left !== undefined }, // prettier-ignore
  ];
  return figures.flatMap(({ text, title, on }) => (on ? [{ text, title }] : []));
}

/** Only once a quarter is done; a single search does not know how much it has before it. */
function estimate(rows: readonly LabRow[], abreast: number): number | undefined {
  const done = rows.filter(({ status, ms }) => status === 'done' && ms !== undefined);
  const left = rows.filter(({ status }) => status === 'queued' || status === 'running');
  if (abreast === 0 || done.length < 3 || done.length * 4 < rows.length) return undefined;
  const each = sum(done, (row) => row.ms) / done.length;
  return Math.max(0, each * left.length - sum(left, (row) => row.ms)) / abreast;
}

function wordOf(state: LabState, rows: readonly LabRow[]): string {
  if (state.paused) return 'Paused';
  if (state.running) return '';
  const stopped = rows.filter(({ status }) => status === 'stopped').length;
  const failed = rows.filter(({ status }) => status === 'failed').length;
  const bounded = rows.filter(({ report }) => report !== undefined && !report.complete).length;
  if (stopped > 0) return 'Stopped: what was not decided is unknown';
  if (failed > 0) return `${failed} of ${rows.length} searches failed`;
  if (rows.length === 0 || rows.some(({ report }) => report === undefined)) return '';
  return bounded > 0 ? `Matrix done; ${bounded} of ${rows.length} rows reached a bound` : 'Matrix complete: every state of every row was visited'; // prettier-ignore
}

function buttonsOf(state: LabState, rows: readonly LabRow[]): readonly LabButton[] {
  if (state.running) return [state.paused ? 'resume' : 'pause', 'stop'];
  const answered = rows.filter(({ status }) => status === 'done').length;
  if (rows.every(({ status }) => status === 'idle')) return ['check'];
  return answered < rows.length ? ['rest', 'again'] : ['again'];
}

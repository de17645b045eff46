/** Questions beside the matrix: a row's final states, its option with one more knob changed, two rows compared. */
import { EXACT } from '../checker/verdict.ts';
import { KNOB_NAMES, KNOBS, makeOption, type KnobName } from '../sim/model/knobs.ts';
import type { CheckNews } from '../worker/checkPool.ts';
import { labPool } from './labPool.ts';
import { refusal, settingsNow } from './labRuns.ts';
import { lab, labStore, rowOf, setLab } from './labStore.ts';
import { programUnder } from './labWorlds.ts';
import type { LabAway, LabDifference, LabOption, LabOutcomes, LabState, RowId } from '../viewmodel/labState.ts';

let outcomesCheck: number | undefined;
let differenceCheck: number | undefined;
let awayChecks: number[] = [];

/** Counted exactly, and told apart: symmetry that keeps the counts, no partial order. */
export function askOutcomes(id: RowId): void {
  dropOutcomes();
  const row = rowOf(id);
  const { world, kernel } = lab();
  if (row === undefined || world === undefined) return;
  const loaded = programUnder(world.text, row.option, kernel);
  if (!loaded.ok) return setLab({ outcomes: { row: id, status: 'failed', message: refusal(loaded.error) } });
  const { symmetry, order, maxOutcomes } = EXACT;
  const settings = settingsNow({ symmetry, order, maxOutcomes });
  setLab({ outcomes: { row: id, status: 'running' } });
  const check = labPool().add({ type: 'check', program: loaded.value, settings }, (news) => {
    if (outcomesCheck === check) hearOutcomes(id, news);
  });
  outcomesCheck = check;
}

function hearOutcomes(row: RowId, news: CheckNews): void {
  if (news.type === 'progress') setLab({ outcomes: { row, status: 'running', progress: news.progress } });
  else if (news.type === 'report')
    endOutcomes({ row, status: news.report.bound === 'stopped' ? 'stopped' : 'done', report: news.report }); // prettier-ignore
  else if (news.type === 'failed') endOutcomes({ row, status: 'failed', message: news.message });
}

function endOutcomes(outcomes: LabOutcomes): void {
  outcomesCheck = undefined;
  setLab({ outcomes });
}

/** `properties`: a property that only one violates is a difference too. */
export function askDifference(first: RowId, second: RowId, properties: boolean): void {
  dropDifference();
  const [a, b] = [rowOf(first), rowOf(second)];
  const { world, kernel, maxStates, maxBytes } = lab();
  if (a === undefined || b === undefined || world === undefined) return;
  const [one, other] = [programUnder(world.text, a.option, kernel), programUnder(world.text, b.option, kernel)];
  if (!one.ok) return setLab({ difference: { first, second, status: 'failed', message: `${a.name}: ${refusal(one.error)}` } }); // prettier-ignore
  if (!other.ok) return setLab({ difference: { first, second, status: 'failed', message: `${b.name}: ${refusal(other.error)}` } }); // prettier-ignore
  setLab({ difference: { first, second, status: 'running' } });
  const settings = { maxPairs: maxStates, maxBytes, properties };
  const check = labPool().add({ type: 'difference', first: one.value, second: other.value, settings }, (news) => {
    if (differenceCheck === check) hearDifference({ first, second }, news);
  });
  differenceCheck = check;
}

function hearDifference(of: Pick<LabDifference, 'first' | 'second'>, news: CheckNews): void {
  if (news.type === 'pairs') return setLab({ difference: { ...of, status: 'running', pairs: news.pairs, depth: news.depth } }); // prettier-ignore
  if (news.type !== 'difference' && news.type !== 'failed') return;
  differenceCheck = undefined;
  if (news.type === 'failed') return setLab({ difference: { ...of, status: 'failed', message: news.message } });
  const { report } = news;
  const status = report.bound === 'stopped' ? 'stopped' : 'done';
  setLab({ difference: { ...of, status, pairs: report.pairs, depth: report.depth, report } });
}

export type Neighbour = { readonly knob: KnobName; readonly value: string; readonly option: LabOption };

/** The option with one knob at another of its values. */
export function neighboursOf({ preset, set }: LabOption): readonly Neighbour[] {
  const { knobs } = makeOption(preset);
  return KNOB_NAMES.flatMap((knob) => {
    const now: string = set[knob] ?? knobs[knob];
    return KNOBS[knob].filter((value) => value !== now).map((value) => ({ knob, value, option: { preset, set: { ...set, [knob]: value } } })); // prettier-ignore
  });
}

export function askAway(id: RowId): void {
  dropAway();
  const row = rowOf(id);
  const { world, kernel } = lab();
  if (row === undefined || world === undefined) return;
  const programs = neighboursOf(row.option).flatMap((neighbour) => {
    const loaded = programUnder(world.text, neighbour.option, kernel);
    return loaded.ok ? [{ ...neighbour, program: loaded.value }] : [];
  });
  setLab({ away: { row: id, running: programs.length > 0, all: programs.length, checked: [] } });
  const checks = new Set<number>();
  for (const { knob, value, program } of programs) {
    const check = labPool().add({ type: 'check', program, settings: settingsNow() }, (news) => {
      if (awayChecks.includes(check)) hearAway(check, { knob, value }, news);
    });
    checks.add(check);
  }
  awayChecks = [...checks];
}

function hearAway(check: number, of: Pick<Neighbour, 'knob' | 'value'>, news: CheckNews): void {
  if (news.type !== 'report' && news.type !== 'failed') return;
  awayChecks = awayChecks.filter((one) => one !== check);
  const { away } = lab();
  if (away === undefined) return;
  const checked: LabAway['checked'] = news.type === 'report' ? [...away.checked, { ...of, report: news.report }] : away.checked; // prettier-ignore
  // One that failed is none of the neighbours that can be told about.
  const all = news.type === 'report' ? away.all : away.all - 1;
  setLab({ away: { ...away, all, checked, running: awayChecks.length > 0 } });
}

const without = (key: 'outcomes' | 'away' | 'difference') =>
  labStore.setState(({ [key]: _, ...rest }: LabState) => rest, true);

function dropOutcomes(): void {
  if (outcomesCheck !== undefined) labPool().cancel(outcomesCheck);
  outcomesCheck = undefined;
  without('outcomes');
}

function dropAway(): void {
  const checks = awayChecks;
  awayChecks = [];
  for (const check of checks) labPool().cancel(check);
  without('away');
}

function dropDifference(): void {
  if (differenceCheck !== undefined) labPool().cancel(differenceCheck);
  differenceCheck = undefined;
  without('difference');
}

export function dropQuestions(): void {
  dropOutcomes();
  dropAway();
  dropDifference();
}

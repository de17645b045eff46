/**
 * Two runs side by side: what a user can do there. Comes with its code; `openCompare` of actions.ts fetches it. Both runs
 * are collected whole, each by a worker of its own, so a step of the comparison asks nobody.
 */
import { setOption } from './actions.ts';
import { setClock } from './clock.ts';
import { compared, compareStore, emptyCompare, NOTHING_INNER, setCompared, type CompareLayout, type CompareSide } from './compareStore.ts'; // prettier-ignore
import { keepPlaying } from './playback.ts';
import { firstViolation } from './places.ts';
import { page, pageStore, setPage, type ComparePlace, type Page } from './store.ts';
import { findLinked } from '../io/linkPlace.ts';
import { err, ok, type Result } from '../base/result.ts';
import type { Diagnostic } from '../scenario/diagnostic.ts';
import { loadScenario } from '../scenario/load.ts';
import { readOverrides } from '../scenario/overrides.ts';
import { formatOption, PRESET_NAMES } from '../sim/model/knobs.ts';
import type { Program } from '../sim/model/program.ts';
import type { Moment, Turn } from '../sim/outline.ts';
import { compareRuns, nextBroken, placesToCompare, rowAt, type Comparison } from '../viewmodel/compareRows.ts';
import { collectRun, type Collected, type CollectOptions } from '../worker/collect.ts';

/** For tests: who works a run out. */
let create: CollectOptions['create'];
export function connectCompare(by: CollectOptions['create']): void {
  create = by;
  forget();
}

type Asked = Pick<Page, 'text' | 'preset' | 'kernel' | 'scenario'> & { readonly other: string };

let asked: Asked | undefined;
let control = new AbortController();
/** What `go` wrote: any other place came from an address. */
let told: ComparePlace | undefined;

/** Runs of late by what makes them: one of the two is often the same as before. */
const kept = new Map<string, Promise<Collected>>();
const MOST_KEPT = 4;

function forget(): void {
  control.abort();
  control = new AbortController();
  asked = undefined;
  kept.clear();
  compareStore.setState(emptyCompare, true);
}

/** What the page asks for, if that is not there or on its way already. */
export function start(): void {
  const { text, preset, kernel, scenario, comparePlace } = page();
  if (comparePlace === undefined || text === '') return;
  const next: Asked = { text, preset, kernel, scenario, other: comparePlace.other };
  if (asked !== undefined && sameAsked(asked, next)) {
    if (comparePlace !== told) goToPlace(comparePlace);
    return;
  }
  const sameText = asked?.text === text;
  asked = next;
  void work(next, sameText && comparePlace === told);
}

const sameAsked = (a: Asked, b: Asked): boolean =>
  a.text === b.text && a.preset === b.preset && a.kernel === b.kernel && a.scenario === b.scenario && a.other === b.other; // prettier-ignore

const optionOf = (text: string): Result<Parameters<typeof loadScenario>[1], readonly Diagnostic[]> =>
  readOverrides({ option: text, set: [] });

function programs({ text, preset, kernel, other }: Asked): readonly [Result<Program, string>, Result<Program, string>] {
  const under = (overrides: Parameters<typeof loadScenario>[1]): Result<Program, string> => {
    const loaded = loadScenario(text, { ...overrides, ...(kernel === undefined ? {} : { kernel }) });
    return loaded.ok ? ok(loaded.value.program) : err(refusalOf(loaded.error));
  };
  const read = optionOf(other);
  return [under(preset === undefined ? {} : { preset }), read.ok ? under(read.value) : err(refusalOf(read.error))];
}

function refusalOf([first]: readonly Diagnostic[]): string {
  return first === undefined ? 'the text is refused' : `line ${first.line}: ${first.message}`;
}

/** `stays`: another option of the same text, so the same step stays in view. */
async function work(of: Asked, stays: boolean): Promise<void> {
  const [left, right] = programs(of);
  const before = compared();
  const sideOf = (program: Result<Program, string>, option: string): CompareSide =>
    program.ok ? { option: formatOption(program.value.option), status: 'running' } : { option, status: 'refused', message: program.error }; // prettier-ignore
  setCompared({ left: sideOf(left, of.preset ?? ''), right: sideOf(right, of.other), find: undefined });
  if (!left.ok || !right.ok) return setCompared({ comparison: undefined, row: 0 });
  if (!stays) setCompared({ comparison: undefined, row: 0, opened: new Set() });
  const runs = await Promise.allSettled([collected(of.text, left.value), collected(of.text, right.value)]);
  if (asked !== of) return;
  const [one, other] = runs;
  if (one.status === 'rejected' || other.status === 'rejected') return fail(one, other);
  const comparison = compareRuns(one.value, other.value);
  const done = (side: CompareSide): CompareSide => ({ ...side, status: 'done' });
  const { left: l, right: r } = compared();
  setCompared({ left: done(l), right: done(r), comparison, opened: new Set(), inner: NOTHING_INNER });
  if (stays && before.comparison !== undefined) show(sameStep(before.comparison, before.row, comparison));
  else goToPlace(page().comparePlace);
}

function fail(...runs: readonly PromiseSettledResult<Collected>[]): void {
  const { left, right } = compared();
  const sides = [left, right].map((side, i): CompareSide => {
    const run = runs[i];
    if (run?.status !== 'rejected') return { ...side, status: 'done' };
    const message = run.reason instanceof Error ? run.reason.message : String(run.reason);
    return { ...side, status: 'failed', message };
  });
  kept.clear();
  asked = undefined;
  setCompared({ left: sides[0] ?? left, right: sides[1] ?? right, comparison: undefined, row: 0 });
}

function collected(text: string, program: Program): Promise<Collected> {
  const key = JSON.stringify([formatOption(program.option), program.kernel, text]);
  const known = kept.get(key);
  if (known !== undefined) return known;
  const run = collectRun(program, { places: placesToCompare, signal: control.signal, ...(create === undefined ? {} : { create }) }); // prettier-ignore
  // One that failed is tried again when it is asked for again.
  run.catch(() => kept.delete(key));
  kept.set(key, run);
  const [oldest] = kept.keys();
  if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
  return run;
}

function sameStep(old: Comparison, row: number, { rows }: Comparison): number {
  const step = old.rows[row - 1]?.step;
  if (step === undefined) return 0;
  const found = rows.findIndex((one) => one.step === step);
  return found >= 0 ? found + 1 : rows.findLastIndex((one) => one.step < step) + 1;
}

function goToPlace(place: ComparePlace | undefined): void {
  const { comparison } = compared();
  if (comparison === undefined) return;
  const row = rowOfPlace(comparison, place);
  const { inRow = 0 } = place ?? {};
  show(row);
  if (inRow > 0 && inRow < microsIn(comparison, row)) void showWithin(comparison, row, inRow);
}

function rowOfPlace(comparison: Comparison, place: ComparePlace | undefined): number {
  if (place === undefined) return 0;
  const { at, row, want, link } = place;
  if (want === 'difference') return comparison.first ?? 0;
  if (want !== undefined) return rowAt(comparison, firstViolation(comparison.left.outline, want, 'step'));
  if (row !== undefined) return Math.min(row, comparison.rows.length);
  const { program, outline } = comparison.left;
  return rowAt(comparison, link === undefined ? at : findLinked(link, program, outline).at);
}

/** The one place where the clock is set. */
function show(row: number): void {
  const { comparison } = compared();
  if (comparison === undefined) return;
  const within = Math.max(0, Math.min(comparison.rows.length, row));
  setCompared({ row: within, micro: 0 });
  const at = comparison.rows[within - 1]?.leftAt ?? 0;
  const other = page().comparePlace?.other ?? compared().right.option;
  told = { other, at, ...(rowAt(comparison, at) === within ? {} : { row: within }) };
  setPage({ comparePlace: told });
  keepPlaying();
}

const lengthOf = (turn: Turn | undefined): number => (turn === undefined ? 0 : turn.to - turn.from);

/** Micro-steps of the longer side of a row; the other waits at its end. */
const microsIn = ({ rows }: Comparison, row: number): number =>
  Math.max(1, lengthOf(rows[row - 1]?.left), lengthOf(rows[row - 1]?.right));

/** Where one micro-step leads from here; undefined: nowhere. */
function microFrom(comparison: Comparison, by: 1 | -1): { readonly row: number; readonly micro: number } | undefined {
  const { row, micro } = compared();
  const at = micro === 0 ? microsIn(comparison, row) : micro;
  const next = by === 1 && micro === 0 ? { row: row + 1, micro: 1 } : { row, micro: at + by };
  if (next.row > comparison.rows.length || (row === 0 && by === -1)) return undefined;
  if (next.micro <= 0) return { row: row - 1, micro: 0 };
  return next.micro >= microsIn(comparison, next.row) ? { row: next.row, micro: 0 } : next;
}

async function stepMicro(by: 1 | -1): Promise<void> {
  setPage({ playing: false });
  const { comparison } = compared();
  const to = comparison && microFrom(comparison, by);
  if (comparison === undefined || to === undefined) return;
  if (to.micro === 0) show(to.row);
  else await showWithin(comparison, to.row, to.micro);
}

/** The midst of a row, as soon as its moments are here; named with its row, as its place in the left run is not the row's. */
async function showWithin(comparison: Comparison, row: number, micro: number): Promise<void> {
  if (!(await bringInner(comparison, row))) return;
  show(row);
  setCompared({ micro });
  const { comparePlace } = page();
  if (comparePlace === undefined) return;
  told = { ...comparePlace, row, inRow: micro };
  setPage({ comparePlace: told });
}

/** The moments within a row; false: they are wanted no more. */
async function bringInner(comparison: Comparison, row: number): Promise<boolean> {
  const { left, right } = comparison.rows[row - 1] ?? {};
  const { inner } = compared();
  const of = async (side: 'left' | 'right', turn: Turn | undefined): Promise<ReadonlyMap<number, Moment>> => {
    const inside = Array.from({ length: Math.max(0, lengthOf(turn) - 1) }, (_, i) => (turn?.from ?? 0) + i + 1);
    if (inside.every((at) => inner[side].has(at))) return inner[side];
    const run = await collectRun(comparison[side].program, { places: () => inside, ...(create === undefined ? {} : { create }) }); // prettier-ignore
    return new Map([...inner[side], ...run.moments]);
  };
  const both = await Promise.all([of('left', left), of('right', right)]).catch(() => undefined);
  if (both === undefined || compared().comparison !== comparison) return false;
  setCompared({ inner: { left: both[0], right: both[1] } });
  return true;
}

/** Playing stops: two hands on one wheel. */
export function goToRow(row: number): void {
  setPage({ playing: false });
  show(row);
}

export function goToFirstDifference(): void {
  const first = compared().comparison?.first;
  if (first !== undefined) goToRow(first);
}

setClock({
  length: () => compared().comparison?.rows.length ?? 0,
  now: () => compared().row,
  to: goToRow,
  by(steps, grain) {
    if (grain === 'micro') void stepMicro(steps);
    // Back from the midst of a row: to where it began.
    else goToRow(compared().row + steps + (steps === 1 && compared().micro > 0 ? -1 : 0));
  },
  toNextBroken() {
    const { comparison, row } = compared();
    const next = comparison && nextBroken(comparison, row);
    if (next !== undefined) goToRow(next);
  },
  toFirstDifference: goToFirstDifference,
  tick() {
    const { comparison, row } = compared();
    if (comparison === undefined || row >= comparison.rows.length) return false;
    show(row + 1);
    return true;
  },
});

/** Opens equal rows, or puts them away. */
export function toggleFold(from: number): void {
  const opened = new Set(compared().opened);
  if (!opened.delete(from)) opened.add(from);
  setCompared({ opened });
}

export function setLayout(layout: CompareLayout): void {
  setCompared({ layout });
}

export function lookAt(seen: 'left' | 'right'): void {
  setCompared({ seen });
}

/** The option of the right side, as a text writes it. */
export function setOther(other: string): void {
  const { comparePlace } = page();
  if (comparePlace === undefined) return;
  told = { ...comparePlace, other };
  setPage({ comparePlace: told });
}

/** Why the sides cannot change places; undefined: they can. The left one is the run of the player, which takes a preset. */
export function whyNotSwapped(): string | undefined {
  const { right, comparison } = compared();
  if (comparison === undefined) return 'both runs are being worked out';
  return PRESET_NAMES.some((preset) => preset === right.option) ? undefined : 'an option with knobs of its own stands on the right'; // prettier-ignore
}

export function swapSides(): void {
  const { left, right } = compared();
  const preset = PRESET_NAMES.find((one) => one === right.option);
  if (preset === undefined || whyNotSwapped() !== undefined) return;
  setOther(left.option);
  setOption(preset);
}

pageStore.subscribe((now, before) => {
  if (now.screen !== 'compare') return;
  const fields = ['screen', 'text', 'preset', 'kernel', 'scenario', 'comparePlace'] as const;
  if (fields.some((field) => now[field] !== before[field])) start();
});

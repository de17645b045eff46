/** Everything a user can do in the lab, as functions. Comes with the lab's code; `openLab` of actions.ts fetches it. */
import { openPlayer } from './actions.ts';
import { askAway, askDifference, askOutcomes, dropQuestions } from './labAsk.ts';
import { forgetOption, keepOption, openOptions } from './labKeeping.ts';
import { openRun } from './labPlay.ts';
import { labPool } from './labPool.ts';
import { dropRow, dropRows, pauseRows, resumeRows, runRows, stopRows } from './labRuns.ts';
import { blankRow, changeRow, lab, rowOf, setLab } from './labStore.ts';
import { WORLDS, worldOf } from './labWorlds.ts';
import { OWN, page, setPage, type LabPlace } from './store.ts';
import { MAX_OPTIONS } from '../library/ownOptions.ts';
import { freeName } from '../library/names.ts';
import { freshId, tidyName } from '../library/ownScenario.ts';
import { readOverrides } from '../scenario/overrides.ts';
import type { ClaimVerdict, Settings } from '../checker/verdict.ts';
import { KNOB_NAMES, type PresetName } from '../sim/model/knobs.ts';
import type { Grain } from '../sim/model/order.ts';
import type { Kernel } from '../sim/model/program.ts';
import { PROPERTIES } from '../sim/model/property.ts';
import type {
  LabCell,
  LabGroup,
  LabOption,
  LabRow,
  LabSelection,
  LabSort,
  LabWorld,
  RowId,
} from '../viewmodel/labState.ts';

/** As it was left, but for what `place` names. The first time: the default world. */
export function openLab(place?: LabPlace): void {
  // Not made before: the page says how many there are.
  labPool();
  if (lab().worlds.length === 0) setLab({ worlds: WORLDS });
  openOptions();
  if (place !== undefined && place.world !== lab().world?.id) chooseWorld(place.world);
  if (lab().world === undefined) chooseWorld(WORLDS[0]?.id ?? '');
  if (place?.preset !== undefined) {
    const { preset: row, property } = place;
    setLab({ selected: { row, ...(property === undefined ? {} : { property }) } });
  }
  setPage({ screen: 'lab', playing: false });
  tellPlace();
}

/** Without waiting for what else comes with the page. */
export const knowsWorld = (id: string): boolean => lab().world?.id === id || WORLDS.some((world) => world.id === id);

/** To the player, as it was left. Searches that are going go on; what they find is here when one comes back. */
export function leaveLab(): void {
  openPlayer();
}

export function chooseWorld(id: string): void {
  const world = lab().worlds.find((one) => one.id === id) ?? worldOf(id);
  if (world === undefined) {
    setPage({ notice: { text: `There is no world named '${id}'.`, tone: 'problem' } });
    return;
  }
  takeWorld(world);
}

/** The text that is open in the editor, with its options tried instead of the one it names. */
export function worldFromText(): void {
  const world = worldOf(page().scenario);
  if (world === undefined) return;
  openLab();
  takeWorld(world);
}

function takeWorld(world: LabWorld): void {
  const own = world.source === 'own';
  const worlds = own ? [...WORLDS, world] : lab().worlds;
  const now = lab().world;
  setLab({ worlds });
  if (now?.id === world.id && now.text === world.text) return;
  reset({ world, kernel: undefined });
  tellPlace();
}

/** Another question: what was found answers the old one. */
function reset(change: Parameters<typeof setLab>[0]): void {
  dropRows();
  dropQuestions();
  setLab({ ...change, rows: lab().rows.map(blankRow), startedAt: undefined, running: false, paused: false });
}

/** undefined: as the text has it. */
export function setKernel(kernel: Kernel | undefined): void {
  if (kernel !== lab().kernel) reset({ kernel });
}

export function setGrain(grain: Grain): void {
  if (grain !== lab().grain) reset({ grain });
}

export function setReductions(change: Partial<Pick<Settings, 'symmetry' | 'order'>>): void {
  const { symmetry, order } = lab();
  if ((change.symmetry ?? symmetry) !== symmetry || (change.order ?? order) !== order) reset(change);
}

export const MOST_STATES = 1_000_000_000;

/** What was ended by the old bound is asked again by `start`. */
export function setMaxStates(most: number): void {
  if (!Number.isInteger(most) || most < 1 || most > MOST_STATES) return;
  setLab({ maxStates: most });
}

/** All rows on the screen that lack an answer, from the first to the last. */
export function start(): void {
  runRows(inOrder(lab().rows.filter((row) => !row.hidden && lacksAnswer(row))));
}

/** One row alone, whatever is known of it. */
export function startRow(id: RowId): void {
  dropRow(id);
  const row = rowOf(id);
  if (row !== undefined) runRows([row]);
}

function lacksAnswer({ status, report }: LabRow): boolean {
  if (status === 'done') return report?.bound === 'states' && report.settings.maxStates < lab().maxStates;
  return status === 'idle' || status === 'stopped' || status === 'failed';
}

/** By what is not known yet, rows are as the thread has them. */
function inOrder(rows: readonly LabRow[]): readonly LabRow[] {
  return lab().sort === 'name' ? rows.toSorted((a, b) => (a.name < b.name ? -1 : 1)) : rows;
}

/** Ends here; what is known by now is told. */
export function stop(): void {
  stopRows();
}

export function pause(): void {
  pauseRows();
}

export function resume(): void {
  resumeRows();
}

/** All rows on the screen from nothing. */
export function restart(): void {
  dropRows();
  setLab({ rows: lab().rows.map((row) => (row.hidden ? row : blankRow(row))), startedAt: undefined, paused: false });
  start();
}

/** "What if": a row for a preset with knobs changed. undefined: it is refused, and the user is told. */
export function addWhatIf(preset: PresetName, set: LabOption['set'], name?: string): RowId | undefined {
  const own = lab().rows.filter((row) => row.own);
  const words = KNOB_NAMES.flatMap((knob) => (set[knob] === undefined ? [] : [`${knob}=${set[knob]}`]));
  const read = readOverrides({ option: preset, set: words });
  if (!read.ok || words.length === 0) return refuse(read.ok ? 'No knob is changed.' : (read.error[0]?.message ?? ''));
  if (own.length >= MAX_OPTIONS) return refuse(`There are ${MAX_OPTIONS} options of yours already. Remove some first.`);
  const taken = lab().rows.map((row) => row.name);
  const row: LabRow = {
    id: OWN + freshId(),
    name: freeName(name ?? [preset, ...words].join(' '), taken),
    option: { preset, set },
    own: true,
    hidden: false,
    status: 'idle',
  };
  setLab({ rows: [...lab().rows, row] });
  keepOption(row);
  // Into a matrix that is asked for already.
  if (lab().startedAt !== undefined) runRows([row]);
  return row.id;
}

function refuse(text: string): undefined {
  setPage({ notice: { text, tone: 'problem' } });
  return undefined;
}

export function renameRow(id: RowId, name: string): void {
  const row = rowOf(id);
  if (row?.own !== true || tidyName(name) === row.name) return;
  const taken = lab().rows.filter((one) => one.id !== id).map((one) => one.name); // prettier-ignore
  changeRow(id, { name: freeName(tidyName(name), taken) });
  const renamed = rowOf(id);
  if (renamed !== undefined) keepOption(renamed);
}

export function removeRow(id: RowId): void {
  if (rowOf(id)?.own !== true) return;
  dropRow(id);
  const { outcomes, away, difference } = lab();
  if ([outcomes?.row, away?.row, difference?.first, difference?.second].includes(id)) dropQuestions();
  setLab({ rows: lab().rows.filter((row) => row.id !== id) });
  if (lab().selected?.row === id) select(undefined);
  forgetOption(id);
}

/** A hidden row is not started. */
export function hideRow(id: RowId): void {
  changeRow(id, { hidden: true });
}

export function showRow(id: RowId): void {
  changeRow(id, { hidden: false });
}

export function showAll(): void {
  setLab({ rows: lab().rows.map((row) => (row.hidden ? { ...row, hidden: false } : row)) });
}

export function sortBy(sort: LabSort): void {
  setLab({ sort });
}

export function groupBy(group: LabGroup): void {
  setLab({ group });
}

export function select(selected: LabSelection | undefined): void {
  setLab({ selected });
  tellPlace();
}

/** For the address. */
function tellPlace(): void {
  const { world, selected } = lab();
  const preset = selected === undefined ? undefined : rowOf(selected.row);
  setPage({
    labPlace:
      world === undefined
        ? undefined
        : {
            world: world.id,
            ...(preset === undefined || preset.own ? {} : { preset: preset.option.preset }),
            ...(preset === undefined || preset.own || selected?.property === undefined ? {} : { property: selected.property }), // prettier-ignore
          },
  });
}

/** The row's final states, and what every operation came to: a search of its own, without shortcuts. */
export function findOutcomes(id: RowId): void {
  askOutcomes(id);
}

/** "One knob away": the same question of the row's option with each knob changed alone. */
export function findAway(id: RowId): void {
  askAway(id);
}

/** The shortest run on which two rows behave differently; `properties`: or on which only one violates something. */
export function findDifference(first: RowId, second: RowId, properties = false): void {
  askDifference(first, second, properties);
}

/** The run of `findDifference`, under the one option or the other. */
export function playDifference(which: 'first' | 'second'): void {
  const { difference } = lab();
  const row = rowOf(difference?.[which] ?? '');
  const trace = difference?.report?.difference?.trace;
  if (row !== undefined && trace !== undefined) openRun({ row, trace, grain: 'op', title: 'where two options differ' });
}

/** None of the questions beside the matrix is asked any more. */
export function stopQuestions(): void {
  dropQuestions();
}

/** The shortest run that violates it, in the player, where it does. */
export function play({ row: id, property }: LabCell): void {
  const row = rowOf(id);
  const verdict = row?.report?.properties[property] ?? row?.progress?.properties[property];
  if (row === undefined || verdict?.type !== 'violated') return;
  const { name } = PROPERTIES[property];
  openRun({ row, trace: verdict.trace, title: `${property} ${name}`, about: verdict.message, violated: property });
}

/** The k-th final state of `findOutcomes`. */
export function playOutcome(k: number): void {
  const { outcomes } = lab();
  const row = rowOf(outcomes?.row ?? '');
  const trace = outcomes?.report?.outcomes[k]?.trace;
  if (row !== undefined && trace !== undefined) openRun({ row, trace, title: `final state ${k + 1}` });
}

/** What an operation came to, by its line and its words. */
export function playWitness(id: RowId, of: { readonly line: number; readonly text: string; readonly result: string }): void {
  const row = rowOf(id);
  const report = lab().outcomes?.row === id ? (lab().outcomes?.report ?? row?.report) : row?.report;
  const witness = report?.witnesses.find(({ line, text }) => line === of.line && text === of.text);
  const trace = witness?.results.find(({ result }) => result === of.result)?.trace;
  if (row !== undefined && trace !== undefined) openRun({ row, trace, title: `${of.text} -> ${of.result}` });
} // prettier-ignore

/** A run that ends so, or one that does not; of the k-th condition of the text. */
export function playClaim(id: RowId, k: number, which: 'witness' | 'counterexample'): void {
  const row = rowOf(id);
  const claim: ClaimVerdict | undefined = row?.report?.claims[k];
  const trace = claim?.[which];
  if (row !== undefined && trace !== undefined && claim !== undefined) openRun({ row, trace, title: claim.text });
}

/** The matrix and its searches: one a row, all in the pool at once. */
import { assertNever } from '../base/assert.ts';
import type { Diagnostic } from '../scenario/diagnostic.ts';
import type { Progress, Settings } from '../checker/verdict.ts';
import type { CheckNews } from '../worker/checkPool.ts';
import { labPool } from './labPool.ts';
import { NO_PACE, paceWith, perSecond, statesLeft, type Pace } from './labRates.ts';
import { blankRow, changeRow, lab, putRow, rowOf, setLab } from './labStore.ts';
import { programUnder } from './labWorlds.ts';
import type { LabRow, RowId } from '../viewmodel/labState.ts';

/** A row's search. `since`: when it last went on; absent while it waits or is paused. */
type Task = {
  readonly check: number;
  spent: number;
  since: number | undefined;
  pace: Pace;
  /** Told, and not on the screen yet. */
  progress: Progress | undefined;
};

const tasks = new Map<RowId, Task>();
/** Several workers tell ten times a second each: the page is told so often of all together. */
const FLUSH_MS = 100;
let flushing: ReturnType<typeof setTimeout> | undefined;

const spentBy = ({ spent, since }: Task): number => spent + (since === undefined ? 0 : performance.now() - since);

export function settingsNow(change: Partial<Settings> = {}): Settings {
  const { grain, symmetry, order, maxStates, maxBytes } = lab();
  return { grain, symmetry, order, maxStates, maxBytes, maxOutcomes: 0, ...change };
}

export function runRows(rows: readonly LabRow[]): void {
  resumeRows();
  for (const row of rows) runRow(row);
  if (rows.length > 0) setLab({ startedAt: lab().startedAt ?? performance.now() });
  tellWhole();
}

function runRow(row: LabRow): void {
  const { world, kernel } = lab();
  if (world === undefined) return;
  const loaded = programUnder(world.text, row.option, kernel);
  if (!loaded.ok) return putRow({ ...blankRow(row), status: 'failed', message: refusal(loaded.error) });
  putRow({ ...blankRow(row), status: 'queued' });
  const settings = settingsNow();
  const check = labPool().add({ type: 'check', program: loaded.value, settings }, (news) => {
    // Of a search that was forgotten nothing is to be shown.
    const task = tasks.get(row.id);
    if (task?.check === check) hear(row.id, task, news);
  });
  tasks.set(row.id, { check, spent: 0, since: undefined, pace: NO_PACE, progress: undefined });
}

export function refusal([first]: readonly Diagnostic[]): string {
  return first === undefined ? 'the text is refused' : `line ${first.line}: ${first.message}`;
}

function hear(id: RowId, task: Task, news: CheckNews): void {
  switch (news.type) {
    case 'started':
      task.since = performance.now();
      changeRow(id, { status: 'running' });
      return;
    case 'restarted':
      Object.assign(task, { spent: 0, since: undefined, pace: NO_PACE, progress: undefined });
      return changeRow(id, { status: 'queued', message: `Its worker stopped (${news.why}); it begins again.` });
    case 'progress':
      task.progress = news.progress;
      task.pace = paceWith(task.pace, spentBy(task), news.progress);
      flushing ??= setTimeout(flush, FLUSH_MS);
      return;
    case 'report':
      return end(id, { ...ended(id, task), report: news.report, status: news.report.bound === 'stopped' ? 'stopped' : 'done' }); // prettier-ignore
    case 'failed':
      return end(id, { ...ended(id, task), status: 'failed', message: news.message });
    case 'pairs':
    case 'difference':
      return;
    default:
      return assertNever(news);
  }
}

/** What of a row outlives its search. */
function ended(id: RowId, task: Task): LabRow | undefined {
  const row = rowOf(id);
  return row === undefined ? undefined : { ...blankRow(row), ms: Math.round(spentBy(task)) };
}

function flush(): void {
  flushing = undefined;
  const rows = lab().rows.map((row) => {
    const task = tasks.get(row.id);
    return task?.progress === undefined ? row : withProgress(row, task, task.progress);
  });
  for (const task of tasks.values()) task.progress = undefined;
  setLab({ rows });
}

function withProgress(row: LabRow, task: Task, progress: Progress): LabRow {
  const rate = perSecond(task.pace);
  const left = statesLeft(task.pace, progress);
  return {
    ...blankRow(row),
    status: row.status,
    progress,
    ms: Math.round(spentBy(task)),
    ...(rate === undefined ? {} : { perSecond: rate }),
    ...(left === undefined ? {} : { left }),
  };
}

function end(id: RowId, row: (Partial<LabRow> & Pick<LabRow, 'status'>) | undefined): void {
  tasks.delete(id);
  const before = rowOf(id);
  if (row !== undefined && before !== undefined) putRow({ ...blankRow(before), ...row });
  tellWhole();
}

function tellWhole(): void {
  setLab({ running: tasks.size > 0, ...(tasks.size === 0 ? { paused: false } : {}) });
}

/** What is known by now is told; what did not begin is as if it had not been asked for. */
export function stopRows(): void {
  for (const [id, { check }] of [...tasks]) if (!labPool().stop(check)) forget(id);
  labPool().resume();
  setLab({ paused: false });
  tellWhole();
}

export function pauseRows(): void {
  if (tasks.size === 0 || lab().paused) return;
  labPool().pause();
  for (const task of tasks.values()) Object.assign(task, { spent: spentBy(task), since: undefined });
  setLab({ paused: true, rows: lab().rows.map((row) => (row.status === 'running' ? { ...row, status: 'paused' } : row)) }); // prettier-ignore
}

export function resumeRows(): void {
  if (!lab().paused) return;
  setLab({ paused: false, rows: lab().rows.map((row) => (row.status === 'paused' ? { ...row, status: 'running' } : row)) }); // prettier-ignore
  for (const [id, task] of tasks) if (rowOf(id)?.status === 'running') task.since = performance.now();
  labPool().resume();
}

/** As if it had not been asked for. */
export function dropRow(id: RowId): void {
  const task = tasks.get(id);
  if (task === undefined) return;
  labPool().cancel(task.check);
  forget(id);
  tellWhole();
}

function forget(id: RowId): void {
  tasks.delete(id);
  const row = rowOf(id);
  if (row !== undefined) putRow(blankRow(row));
}

export function dropRows(): void {
  for (const id of [...tasks.keys()]) dropRow(id);
  // A paused pool would keep the next question waiting.
  labPool().resume();
}

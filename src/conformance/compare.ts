/** Holds what the model did against what was recorded, step by step: result, value, what a sleeper waits for, and state. */
import type { World } from '../sim/apply.ts';
import { makeWorld } from '../sim/apply.ts';
import type { State } from '../sim/model/state.ts';
import { isInterruptible } from '../sim/query/waits.ts';
import { Bijection } from './bijection.ts';
import { compareState, type Comparing } from './compareState.ts';
import { play } from './play.ts';
import type { RecordedStep, Recording } from './recording.ts';
import type { Limit } from './limit.ts';
import { limitsOf } from './scope.ts';
import { MIXED, translate, type Part, type Translated } from './translate.ts';

export type Difference = { readonly n: number; readonly what: string; readonly want: string; readonly got: string };

export type Comparison =
  /** `statesTo`: from there on a large folio shows, and only results and values were compared. */
  | { readonly status: 'reproduced'; readonly statesTo?: number }
  | { readonly status: 'differs'; readonly differences: readonly Difference[] }
  /** Whatever was in scope before agreed. */
  | { readonly status: 'out-of-scope'; readonly from: number; readonly reason: string };

/** A recording with its program, to be played under as many rules as one likes. */
export type Prepared = {
  readonly recording: Recording;
  readonly translated: Translated;
  /** The first of them first. */
  readonly limits: readonly Limit[];
};

export function prepare(recording: Recording): Prepared {
  const translated = translate(recording);
  const cut = translated.ok && translated.cut !== undefined ? [translated.cut] : [];
  return { recording, translated, limits: [...limitsOf(recording), ...cut].sort((a, b) => a.from - b.from) };
}

const asItIs = (world: World): World => world;

/** `plant` swaps the rules of the model for others: a test of the comparison itself. */
export function compare({ recording, translated, limits }: Prepared, plant: (world: World) => World = asItIs): Comparison {
  if (!translated.ok) return { status: 'out-of-scope', from: 1, reason: translated.reason };
  const { program, parts } = translated;
  const played = play(plant(makeWorld(program)), parts);
  const home = program.procs.findIndex(({ name }) => name === 'P1');
  const base = { program, played, dax: recording.dax, home, frames: new Bijection(), known: new Set<number>() };
  const differences: Difference[] = [];
  const statesTo = limits[0]?.from ?? Number.POSITIVE_INFINITY;
  const last = limits.find(({ still }) => still === 'nothing')?.from ?? Number.POSITIVE_INFINITY;
  for (const part of parts) {
    const { n } = part.step;
    if (n >= last) break;
    const expect: Comparing['expect'] = (what, want, got) => {
      if (want !== got) differences.push({ n, what, want, got });
    };
    comparePart({ ...base, expect }, part, n < statesTo);
  }
  return conclude(differences, limits);
} // prettier-ignore

function conclude(differences: readonly Difference[], limits: readonly Limit[]): Comparison {
  const [first] = limits;
  const outside = first !== undefined && differences.every(({ n }) => n >= first.from);
  if (outside && (differences.length > 0 || limits.some(({ still }) => still === 'nothing')))
    return { status: 'out-of-scope', from: first.from, reason: first.reason };
  if (differences.length > 0) return { status: 'differs', differences };
  return { status: 'reproduced', ...(first === undefined ? {} : { statesTo: first.from }) };
}

function comparePart(c: Comparing, part: Part, withState: boolean): void {
  const state = c.played.after[part.upTo];
  // Before its first line nothing has happened.
  if (part.upTo < 0) return;
  if (state === undefined) return c.expect('step', 'a state', 'none');
  compareResult(c, part, state);
  // Frames that left the cache come back as others.
  if (part.step.op === 'drop_caches') state.dram.forEach((_, dram) => c.frames.release(dram));
  if (withState) compareState(c, part.step.obs, state);
}

const ASLEEP = 'BLOCKED';
const isFailure = (result: string): boolean => /^(E[A-Z0-9]{3,}|SIGBUS|NAK|BLOCKED|void|gone|differs)$/.test(result);

/** What the recorded call came to by now: the first of its lines that failed or sleeps, else ok. */
function compareResult(c: Comparing, { step, lines, refused, upTo }: Part, state: State): void {
  const task = c.program.steps[lines[0] ?? -1]?.actor ?? -1;
  if (step.result === 'KILLED') return c.expect('process', 'killed', procState(c, state, task));
  const results = lines.map((line) => {
    const ending = c.played.endings[line];
    return ending !== undefined && ending.at <= upTo ? ending.result : ASLEEP;
  });
  const got = refused ?? results.find(isFailure) ?? (isInFlight(c, lines, state) ? ASLEEP : 'ok');
  c.expect(step.op, recordedResult(step), got);
  if (step.sigbus !== (step.result === 'SIGBUS'))
    c.expect(`SIGBUS at ${step.op}`, step.sigbus ? 'SIGBUS' : 'none', got);
  const read = results.filter((result) => result !== 'EOF').map((tag) => (tag === MIXED.tag ? MIXED.recorded : tag));
  if (step.value !== undefined) c.expect(`value of ${step.op}`, step.value, read.join(''));
  if (got === ASLEEP && results.includes(ASLEEP)) compareSleep(c, step, state, task);
}

/** In the words of the language: ioctl(2) of dedupe succeeds and says that they differ, a completion says why it failed. */
function recordedResult({ op, result }: RecordedStep): string {
  if (op.startsWith('dedupe') && /differs$/i.test(result)) return 'differs';
  return op.startsWith('rdma') && /_ERR$/.test(result) ? 'NAK' : result;
}

function procState(c: Comparing, state: State, task: number): string {
  const actor = c.program.actors[task];
  return actor?.type === 'thread' ? (state.procs[actor.proc]?.state ?? '?') : '?';
}

/** The recorder's O_DIRECT is one call that takes its time; the model's is in flight until it ends. */
function isInFlight(c: Comparing, lines: readonly number[], state: State): boolean {
  const op = c.program.steps[lines[0] ?? -1]?.op;
  if (op?.verb !== 'dio_read' && op?.verb !== 'dio_write') return false;
  return state.dmas[op.dma]?.phase === 'posted';
}

/** The innermost function of the stack says what a sleeper waits for; a lock is waited for inside the operation itself. */
function waitsFor(innermost: string): string {
  if (/break(_dax)?_layouts?$/.test(innermost)) return 'pin';
  return innermost.includes('break_lease') ? 'lease' : 'lock';
}

/** S is an interruptible sleep, D is not. */
function compareSleep(c: Comparing, step: RecordedStep, state: State, task: number): void {
  const wait = state.tasks[task]?.wait;
  if (wait === undefined || step.taskState === undefined) return;
  c.expect('task state', step.taskState, isInterruptible(wait) ? 'S' : 'D');
  c.expect('waits for', waitsFor(step.kernelStack?.[0] ?? '?'), wait.type);
}

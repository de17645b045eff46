/**
 * Holds what the model did against what was recorded, step by step: result, value, what a sleeper waits for, and the
 * state after the step. Not compared: times, which free block was taken, frames of the page cache once freed.
 */
import { runsEach, runsGet } from '../../src/base/runs.ts';
import type { World } from '../../src/sim/apply.ts';
import {
  blockOfPage,
  dramOfPage,
  isBlock,
  ptePage,
  ZERO_PAGE,
  type Block,
  type Page,
} from '../../src/sim/model/ids.ts';
import type { Program } from '../../src/sim/model/program.ts';
import type { Inode, Mapping, State } from '../../src/sim/model/state.ts';
import { KERNEL_PROFILES } from '../../src/sim/policies/kernel.ts';
import { blockTag, extentAt, inodeOf, mappingOf, refcount, resolveName } from '../../src/sim/query/inodes.ts';
import { isInterruptible } from '../../src/sim/query/waits.ts';
import { Bijection } from './bijection.ts';
import { recordedBlock, type Observation, type Trace, type TraceFile, type TraceMap, type TraceStep } from './trace.ts';
import { firstLargeFolio } from './traceFolio.ts';
import { translate, type Part } from './traceProgram.ts';
import { play, type Played } from './traceRun.ts';

export type Difference = { readonly n: number; readonly what: string; readonly want: string; readonly got: string };

export type Comparison =
  /** `statesTo`: after that step only results and values were compared (large folios). */
  | { readonly status: 'reproduced'; readonly statesTo: number }
  | { readonly status: 'differs'; readonly differences: readonly Difference[] }
  | { readonly status: 'out-of-scope'; readonly reason: string };

type Comparing = {
  readonly program: Program;
  readonly played: Played;
  readonly dax: boolean;
  /** P1, whose mappings were recorded. */
  readonly home: number;
  /** Frames of the page cache ↔ DRAM pages, as long as those live. */
  readonly frames: Bijection;
  /** Blocks that were written: what is in the others is whatever the disk had. */
  readonly known: Set<Block>;
  readonly expect: (what: string, want: string, got: string) => void;
};

/** `plant` swaps the rules of the model for others: a test of the comparison itself. */
export function compareTrace(trace: Trace, plant: (world: World) => World = (world) => world): Comparison {
  const translated = translate(trace);
  if (!translated.ok) return { status: 'out-of-scope', reason: translated.reason };
  const { program, parts } = translated;
  const played = play(plant({ program, kernel: KERNEL_PROFILES[program.kernel] }), parts);
  const home = program.procs.findIndex(({ name }) => name === 'P1');
  const base = { program, played, dax: trace.dax, home, frames: new Bijection(), known: new Set<Block>() };
  const differences: Difference[] = [];
  const statesTo = (firstLargeFolio(trace) ?? trace.steps.length + 1) - 1;
  for (const part of parts) {
    const { n } = part.step;
    const expect: Comparing['expect'] = (what, want, got) => {
      if (want !== got) differences.push({ n, what, want, got });
    };
    comparePart({ ...base, expect }, part, n <= statesTo);
  }
  return differences.length > 0 ? { status: 'differs', differences } : { status: 'reproduced', statesTo };
}

function comparePart(c: Comparing, part: Part, withState: boolean): void {
  const state = c.played.after[part.upTo];
  if (state === undefined) return c.expect('step', 'a state', 'none');
  compareResult(c, part, state);
  if (!withState) return;
  compareFiles(c, part.step.obs, state);
  compareMaps(c, part.step.obs, state);
  compareContents(c, part.step.obs, state);
}

const ASLEEP = 'BLOCKED';
const isFailure = (result: string): boolean => /^(E[A-Z]{3,}|SIGBUS|NAK|BLOCKED|void|gone)$/.test(result);

/** What the recorded call came to by now: the first of its lines that failed or sleeps, else ok. */
function compareResult(c: Comparing, { step, lines, upTo }: Part, state: State): void {
  const task = c.program.steps[lines[0] ?? -1]?.actor ?? -1;
  if (step.result === 'KILLED') return c.expect('process', 'killed', procState(c, state, task));
  const results = lines.map((line) => {
    const ending = c.played.endings[line];
    return ending !== undefined && ending.at <= upTo ? ending.result : ASLEEP;
  });
  const got = results.find(isFailure) ?? (isInFlight(c, lines, state) ? 'BLOCKED' : 'ok');
  c.expect(step.op, step.result, got);
  if (step.value !== undefined) c.expect(`value of ${step.op}`, step.value, results.filter((r) => r !== 'EOF').join(''));
  if (got === ASLEEP && results.includes(ASLEEP)) compareSleep(c, step, state, task);
} // prettier-ignore

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

const WAITS: Readonly<Record<string, string>> = { xfs_break_dax_layouts: 'pin', xfs_ilock: 'lock' };

/** S is an interruptible sleep, D is not; the innermost function of the stack says what for. */
function compareSleep(c: Comparing, step: TraceStep, state: State, task: number): void {
  const wait = state.tasks[task]?.wait;
  if (wait === undefined || step.taskState === undefined) return;
  const asleepIn = step.kernelStack?.[0] ?? '?';
  c.expect('task state', step.taskState, isInterruptible(wait) ? 'S' : 'D');
  c.expect('waits for', WAITS[asleepIn] ?? asleepIn, wait.type);
}

function compareFiles(c: Comparing, obs: Observation, state: State): void {
  for (const [name, file] of Object.entries(obs.files)) {
    const id = c.program.files.findIndex((f) => f.name === name);
    const inode = resolveName(state, id, c.home);
    c.expect(`file ${name}`, 'there', inode < 0 ? 'gone' : 'there');
    if (inode >= 0) compareFile(c, { name, file, inode: inodeOf(state, inode), state });
  }
}

type Side = { readonly name: string; readonly file: TraceFile; readonly inode: Inode; readonly state: State };

function compareFile(c: Comparing, side: Side): void {
  const { name, file, inode } = side;
  c.expect(`size of ${name}`, String(file.sizeBytes / 4096), String(inode.size));
  if (file.extents === undefined) return;
  const end = Math.max(inode.size, ...file.extents.map(({ logical, length }) => logical + length), endOfMap(inode));
  for (let index = 0; index < end; index++) c.expect(`${name}[${index}]`, recordedAt(file, index), modelledAt(c, side, index)); // prettier-ignore
}

function endOfMap(inode: Inode): number {
  let end = 0;
  runsEach(inode.map, 0, Number.MAX_SAFE_INTEGER, (at, len) => {
    end = at + len;
  });
  return end;
}

function recordedAt(file: TraceFile, index: number): string {
  const extent = file.extents?.find(({ logical, length }) => index >= logical && index < logical + length);
  if (extent === undefined) return 'hole';
  const flags = ['UNWRITTEN', 'SHARED'].filter((flag) => extent.flags.includes(flag));
  return [recordedBlock(file, index) ?? 'delayed', ...flags].join(' ');
}

/** The model's block by its recorded name, with the same flags. */
function modelledAt(c: Comparing, { file, inode, state }: Side, index: number): string {
  const extent = extentAt(inode, index);
  if (extent === undefined) return isDelayed(inode, index, state) ? 'delayed' : 'hole';
  if (extent.written) c.known.add(extent.block);
  else c.known.delete(extent.block);
  const name = recordedBlock(file, index);
  if (name !== undefined) c.played.blocks.bind(name, extent.block);
  const flags = [extent.written ? '' : ' UNWRITTEN', refcount(state.device, extent.block) > 1 ? ' SHARED' : ''];
  return nameOf(c, extent.block) + flags.join('');
}

const nameOf = (c: Comparing, block: Block): string => c.played.blocks.nameOf(block) ?? `block ${block}`;

/** Dirty in the page cache, and no block yet. */
function isDelayed(inode: Inode, index: number, state: State): boolean {
  const dram = runsGet(inode.cache, index);
  return dram !== undefined && state.dram[dram]?.dirty === true;
}

function compareMaps(c: Comparing, obs: Observation, state: State): void {
  // The frame of a page that is no more may come back as another.
  state.dram.forEach(({ live }, dram) => {
    if (!live) c.frames.release(dram);
  });
  c.program.maps.forEach(({ name, proc }, id) => {
    if (proc !== c.home) return;
    const seen = obs.mmapFrames[name];
    const mapping = mappingOf(state, id);
    c.expect(`mapping ${name}`, seen === undefined ? 'none' : 'live', mapping.live ? 'live' : 'none');
    if (seen !== undefined && mapping.live) comparePages(c, name, seen, mapping);
  });
}

function comparePages(c: Comparing, name: string, seen: TraceMap, mapping: Mapping): void {
  c.expect(`pages of ${name}`, String(seen.pages.length), String(mapping.len));
  seen.pages.forEach((want, vpage) => {
    const pte = runsGet(mapping.ptes, vpage);
    // Fault-around: the kernel maps cached pages next to the one that was touched.
    if (pte === undefined && !c.dax && want?.startsWith('F') === true) return;
    c.expect(`${name}, page ${vpage}`, want ?? 'none', pte === undefined ? 'none' : frameName(c, ptePage(pte), want));
  });
}

function frameName(c: Comparing, page: Page, want: string | undefined): string {
  if (page === ZERO_PAGE) return 'ZERO';
  if (isBlock(page)) return nameOf(c, blockOfPage(page));
  if (want?.startsWith('F') === true) c.frames.bind(want, dramOfPage(page));
  return c.frames.nameOf(dramOfPage(page)) ?? `DRAM page ${dramOfPage(page)}`;
}

/** What the medium holds: of blocks in use, and of freed ones that were written before. */
function compareContents(c: Comparing, obs: Observation, state: State): void {
  for (const [name, want] of Object.entries(obs.blockContent)) {
    const block = c.played.blocks.numberOf(name);
    if (block === undefined || !c.known.has(block)) continue;
    c.expect(`content of ${name}`, want, c.program.tags[blockTag(state.device, block)] ?? '?');
  }
}

/**
 * The program that a recording stands for. The translation is by rule: every recorded operation becomes lines of the
 * scenario language, and the loader itself says what this build has not. A rule looks at the operation and at what was
 * recorded before it, never at the id of the recording, and never at what the operation came to.
 */
import { loadScenario } from '../../src/scenario/load.ts';
import type { Program } from '../../src/sim/model/program.ts';
import type { Trace, TraceStep } from './trace.ts';

/** Which lines of the program a recorded step became: indexes into Program.steps. */
export type Part = {
  readonly step: TraceStep;
  /** Lines whose results are the step's. Of a `return`: those of the operation that returns, or its end. */
  readonly lines: readonly number[];
  /** The last line so far: the state after it is the state after this step. */
  readonly upTo: number;
};

export type Translated =
  | { readonly ok: true; readonly program: Program; readonly parts: readonly Part[] }
  | { readonly ok: false; readonly reason: string };

/** What the rules know of the recording so far. */
type Writer = {
  readonly lines: string[];
  /** What P1 has open and mapped: a child that is forked has it too. */
  readonly open: Set<string>;
  readonly maps: Map<string, string>;
  readonly forked: Set<string>;
  /** Lines of each recorded step, for its `return`. */
  readonly linesOf: Map<number, readonly number[]>;
  /** O_DIRECT by the number of its step: if that did not come back at once, its `return` ends it. */
  readonly inFlight: Map<number, string>;
};

type Rule = (w: Writer, step: TraceStep, actor: string) => readonly number[];

const emit = (w: Writer, actor: string, text: string): number => w.lines.push(`${actor} ${text}`) - 1;

function word(step: TraceStep, key: string): string {
  const value = step.args[key];
  if (typeof value !== 'string') throw new Error(`step ${step.n}, ${step.op}, has no ${key}`);
  return value;
}

function count(step: TraceStep, key: string): number {
  const value = step.args[key];
  if (typeof value !== 'number') throw new Error(`step ${step.n}, ${step.op}, has no ${key}`);
  return value;
}

const upTo = (n: number): readonly number[] => Array.from({ length: n }, (_, i) => i);

/** One line, written from the arguments of the step. */
const line =
  (text: (step: TraceStep) => string): Rule =>
  (w, step, actor) => [emit(w, actor, text(step))];

/** A system call over n blocks is n lines of one block each, one after the other; `text` gets the i-th. */
const perBlock =
  (length: (step: TraceStep) => number, text: (step: TraceStep, i: number) => string): Rule =>
  (w, step, actor) =>
    upTo(length(step)).map((i) => emit(w, actor, text(step, i)));

const tagsOf = (step: TraceStep): number => word(step, 'tags').length;
const countOf = (step: TraceStep): number => count(step, 'count');
const tag = (step: TraceStep, i: number): string => word(step, 'tags').charAt(i);

/** open(2) with O_CREAT: the name is made if it is not there. */
const open: Rule = (w, step, actor) => {
  const file = word(step, 'file');
  w.open.add(file);
  emit(w, actor, `create ${file}`);
  return [emit(w, actor, `open ${file}`)];
};

const close: Rule = (w, step, actor) => {
  w.open.delete(word(step, 'file'));
  return [emit(w, actor, `close ${word(step, 'file')}`)];
};

const mmap: Rule = (w, step, actor) => {
  const { file } = step.args;
  const prot = word(step, 'prot') === 'r' ? 'ro' : 'rw';
  const kind = word(step, 'flags').includes('MAP_PRIVATE') ? 'private' : 'shared';
  const what = file === undefined ? `anon ${countOf(step)}` : `${file} ${count(step, 'block')} ${countOf(step)} ${prot} ${kind}`; // prettier-ignore
  const text = `${word(step, 'map')} = mmap ${what}`;
  w.maps.set(word(step, 'map'), text);
  return [emit(w, actor, text)];
};

const munmap: Rule = (w, step, actor) => {
  w.maps.delete(word(step, 'map'));
  return [emit(w, actor, `munmap ${word(step, 'map')}`)];
};

const MODES: Readonly<Record<string, string>> = {
  ALLOCATE: 'alloc',
  PUNCH_HOLE: 'punch',
  ZERO_RANGE: 'zero',
  COLLAPSE_RANGE: 'collapse',
  INSERT_RANGE: 'insert',
  UNSHARE_RANGE: 'unshare',
};

/** O_DIRECT of the slow disk, the page as buffer. The note tells what the disk holds. */
const dio =
  (verb: 'dio_write' | 'dio_read'): Rule =>
  (w, step, actor) => {
    const name = `dio${step.n}`;
    const from = verb === 'dio_read' ? ` ${/disk holds (\w)/.exec(step.note ?? '')?.[1] ?? '?'}` : '';
    w.inFlight.set(step.n, name);
    return [emit(w, actor, `${name} = ${verb} ${word(step, 'map')} ${count(step, 'page')}${from}`)];
  };

/** Flags without IBV_ACCESS_; the recorder writes ODP for ON_DEMAND. */
function access(step: TraceStep): string {
  const flags = word(step, 'access').toLowerCase().split('|');
  return flags.map((flag) => (flag === 'odp' ? 'on_demand' : flag)).join(' ');
}

/** What ended the wait, by the recorder's note: a signal, SIGKILL, or nothing but what other steps did. */
const back: Rule = (w, step, actor) => {
  const of = count(step, 'of');
  const note = step.note ?? '';
  // With SA_RESTART the kernel begins the call again after the handler: seen from outside it never left its wait.
  if (note.includes('SIGUSR1') && !note.includes('with SA_RESTART')) emit(w, 'P1', `signal ${actor}`);
  if (note.includes('SIGKILL')) emit(w, 'P1', `kill ${actor}`);
  const dioName = step.op === 'return' ? w.inFlight.get(of) : undefined;
  return dioName === undefined ? (w.linesOf.get(of) ?? []) : [emit(w, actor, `dio_end ${dioName}`)];
};

const RULES: Readonly<Record<string, Rule>> = {
  open,
  close,
  unlink: line((s) => `unlink ${word(s, 'file')}`),
  fsync: line((s) => `fsync ${word(s, 'file')}`),
  sync: line(() => 'sync'),
  pwrite: perBlock(tagsOf, (s, i) => `pwrite ${word(s, 'file')} ${count(s, 'block') + i} ${tag(s, i)}`),
  pread: perBlock(countOf, (s, i) => `pread ${word(s, 'file')} ${count(s, 'block') + i}`),
  load: perBlock(countOf, (s, i) => `load ${word(s, 'map')} ${count(s, 'page') + i}`),
  store: perBlock(tagsOf, (s, i) => `store ${word(s, 'map')} ${count(s, 'page') + i} ${tag(s, i)}`),
  ftruncate: line((s) => `ftruncate ${word(s, 'file')} ${count(s, 'newSizeBlocks')}`),
  fallocate: line(
    (s) => `fallocate ${word(s, 'file')} ${MODES[word(s, 'mode')] ?? '?'} ${count(s, 'block')} ${countOf(s)}`,
  ),
  clonerange: line(
    (s) => `reflink ${word(s, 'src')} ${word(s, 'dst')} ${count(s, 'srcBlock')} ${count(s, 'dstBlock')} ${countOf(s)}`,
  ),
  mmap,
  munmap,
  madvise: line((s) => `madvise ${word(s, 'map')} ${word(s, 'advice').replace('MADV_', '').toLowerCase()} ${count(s, 'page')} ${countOf(s)}`), // prettier-ignore
  fork: line(() => 'fork P2'),
  'pinPipe(vmsplice)': perBlock(countOf, (s, i) => `${word(s, 'pin')}${i === 0 ? '' : `-${i}`} = vmsplice ${word(s, 'map')} ${count(s, 'page') + i}`), // prettier-ignore
  'peekPipe(tee)': line((s) => `peek ${word(s, 'pin')}`),
  drainPipe: line((s) => `pipe_read ${word(s, 'pin')}`),
  'directWriteFromMap(slow dev)': dio('dio_write'),
  'directReadIntoMap(slow dev)': dio('dio_read'),
  ibv_reg_mr: line((s) => `${word(s, 'mr')} = reg_mr ${word(s, 'map')} ${count(s, 'page')} ${countOf(s)} ${access(s)}`),
  ibv_dereg_mr: line((s) => `dereg_mr ${word(s, 'mr')}`),
  rdmaRead: (w, s) => [emit(w, 'peer', `rdma_read ${word(s, 'mr')} ${count(s, 'page')}`)],
  rdmaWrite: (w, s) => [emit(w, 'peer', `rdma_write ${word(s, 'mr')} ${count(s, 'page')} ${word(s, 'tags')}`)],
  return: back,
  stillBlocked: back,
};

const threadOf = (actor: string): number => Number(/^T(\d+)$/.exec(actor)?.[1] ?? 0);

/** P1 and its threads T1, T2, … are one process; P2 is another. */
const actorName = (actor: string): string => (threadOf(actor) > 0 ? `P1.${threadOf(actor) + 1}` : actor.replace('main', 'P1')); // prettier-ignore

/** A child that the recorder forked opens and maps for itself what it has: shared file mappings come without PTEs. */
function inherit(w: Writer, actor: string): void {
  if (actor.startsWith('P1') || w.forked.has(actor)) return;
  w.forked.add(actor);
  for (const file of w.open) emit(w, actor, `open ${file}`);
  for (const text of w.maps.values()) emit(w, actor, text);
}

function header(trace: Trace): readonly string[] {
  return [
    `title "${trace.id}"`,
    // More blocks than any recording uses: here only a commit of the log makes a freed block free.
    'device 256',
    `fs xfs reflink=${trace.fs.includes('reflink=0') ? 0 : 1} dax=${trace.dax ? 'always' : 'never'} log=async`,
    'kernel 6.12',
    // Soft-RoCE had no on-demand paging yet.
    'option mainline hw.odp=off',
    // Which free block is taken, the recording answers: see traceRun.
    'alloc any',
    `proc P1 threads=${1 + Math.max(...trace.steps.map(({ actor }) => threadOf(actor)))}`,
  ];
}

export function translate(trace: Trace): Translated {
  const w: Writer = { lines: [], open: new Set(), maps: new Map(), forked: new Set(), linesOf: new Map(), inFlight: new Map() }; // prettier-ignore
  const parts: Part[] = [];
  for (const step of trace.steps) {
    const rule = RULES[step.op];
    if (rule === undefined) return { ok: false, reason: `${step.op} is no operation of the model` };
    const actor = actorName(step.actor);
    inherit(w, actor);
    const lines = rule(w, step, actor);
    w.linesOf.set(step.n, lines);
    parts.push({ step, lines, upTo: w.lines.length - 1 });
  }
  const loaded = loadScenario([...header(trace), ...w.lines].join('\n'));
  if (loaded.ok) return { ok: true, program: loaded.value.program, parts };
  return { ok: false, reason: [...new Set(loaded.error.map(({ message }) => message))].join('; ') };
}

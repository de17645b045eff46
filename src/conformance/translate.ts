/** The program that a recording stands for: every recorded operation becomes lines of the scenario language, by rule. */
import { loadScenario } from '../scenario/load.ts';
import type { Op } from '../sim/model/op.ts';
import type { Program } from '../sim/model/program.ts';
import type { Limit } from './limit.ts';
import { BLOCK_BYTES, cellsOf, UNNOTED, type RecordedStep, type Recording } from './recording.ts';
import { profileOf } from './profile.ts';
import { MEMFD_FILE, ruleOf } from './rules.ts';
import { emit, makeWriter, Untranslatable, type Writer } from './writer.ts';

/** Which lines of the program a recorded step became: indexes into Program.steps. */
export type Part = {
  readonly step: RecordedStep;
  /** Lines whose results are the step's. Of a `return`: those of the operation that returns, or its end. */
  readonly lines: readonly number[];
  /** The kernel's answer before anything of the model is asked. */
  readonly refused?: string;
  /** The last line so far: the state after it is the state after this step. */
  readonly upTo: number;
};

export type Translated =
  | {
      readonly ok: true;
      readonly program: Program;
      readonly parts: readonly Part[];
      readonly text: string;
      /** From here on the recording has no translation. */
      readonly cut?: Limit;
    }
  | { readonly ok: false; readonly reason: string };

/** Contents of a block that are no letter. */
export const MIXED = { recorded: '*', tag: 'mixed' } as const;

const threadOf = (actor: string): number => Number(/^T(\d+)$/.exec(actor)?.[1] ?? 0);

/** P1 and its threads T1, T2, … are one process; P2 is another; `main` is the recorder in P1. */
const actorName = (actor: string): string => (threadOf(actor) > 0 ? `P1.${threadOf(actor) + 1}` : actor.replace('main', 'P1')); // prettier-ignore

/** A child that nobody saw forked is forked when it is first heard of. */
function birth(w: Writer, actor: string): void {
  if (!/^P[1-9]\d?(\.\d+)?$/.test(actor)) throw new Untranslatable(`'${actor}' is neither P1 … nor T1 …`);
  if (actor.startsWith('P1.') || w.procs.has(actor)) return;
  w.procs.add(actor);
  emit(w, 'P1', `fork ${actor}`);
}

/** What a script next to the recorder put into a file while another was opened. */
function fillFiles(w: Writer, step: RecordedStep, actor: string): void {
  if (step.op !== 'open') return;
  for (const [name, file] of step.obs.files) {
    const before = w.seen?.files.get(name);
    if (file.sizeBytes === (before?.sizeBytes ?? 0)) continue;
    if (before === undefined) emit(w, actor, `create ${name}`);
    const cells = cellsOf(file);
    cells.forEach((cell, index) => {
      const block = cell?.block;
      if (cell === undefined || cell.unwritten || block === UNNOTED) return;
      emit(w, actor, `pwrite ${name} ${index} ${contentOf(step, block)}`);
    });
    // Blocks that the recorder did not note are there, and that is all that is known of them.
    const unnoted = cells.findIndex((cell) => cell?.block === UNNOTED);
    if (unnoted >= 0) emit(w, actor, `fallocate ${name} alloc ${unnoted} ${cells.length - unnoted}`);
    emit(w, actor, `fsync ${name}`);
  }
}

function contentOf({ obs }: RecordedStep, block: string | undefined): string {
  const content = block === undefined ? undefined : obs.blockContent.get(block);
  return content !== undefined && /^[A-Za-z0-9]$/.test(content) ? content : MIXED.tag;
}

function fsLine({ fs, dax, steps }: Recording): string {
  if (steps.some(({ op }) => op.endsWith(' devdax'))) return 'fs device-dax';
  const type = /^(xfs|ext4)\b/.exec(fs)?.[1];
  if (type === undefined) throw new Untranslatable(`the model has no file system '${fs.slice(0, 40)}'`);
  const reflink = type === 'xfs' ? ` reflink=${fs.includes('reflink=0') ? 0 : 1}` : '';
  return `fs ${type}${reflink} dax=${dax ? 'always' : 'never'} log=async`;
}

function header(recording: Recording): readonly string[] {
  const { steps, kernel } = recording;
  const profile = profileOf(kernel);
  if (profile === undefined) throw new Untranslatable(`the model has no kernel ${kernel.slice(0, 40)}`);
  const has = (op: string): boolean => steps.some((step) => step.op === op);
  const knobs = [
    // Soft-RoCE had no on-demand paging yet.
    ...(profile === '7.0' ? [] : ['hw.odp=off']),
    // fcntl's leases are given up or run out, as the layout leases of the proposals are under `recall`.
    ...(has('setlease') ? ['layout.lease=recall'] : []),
    ...(has('swapon') ? ['file.immutable=swapfile'] : []),
  ];
  const size = Math.max(0, ...steps.flatMap(({ obs }) => [...obs.files.values()].map(({ sizeBytes }) => sizeBytes)));
  return [
    // More blocks than the recording uses: here only a commit of the log makes a freed block free.
    `device ${256 + 4 * Math.ceil(size / BLOCK_BYTES)}`,
    fsLine(recording),
    `kernel ${profile}`,
    `option mainline ${knobs.join(' ')}`,
    // Which free block is taken, the recording answers: see play.
    'alloc any',
    `proc P1 threads=${1 + Math.max(0, ...steps.map(({ actor }) => threadOf(actor)))}`,
    ...(has('ftruncate devdax') || has('mmap devdax') ? ['file devdax aaaaaaaa'] : []),
  ];
}

function writeStep(w: Writer, step: RecordedStep): Part {
  const rule = ruleOf(step);
  if (rule === undefined) throw new Untranslatable(`${step.op.slice(0, 40)} is no operation of the model`);
  const actor = actorName(step.actor);
  birth(w, actor);
  fillFiles(w, step, actor);
  if (step.result === 'KILLED' && step.op !== 'return') throw new Untranslatable('no step says who was killed');
  const written = rule(w, step, actor);
  w.linesOf.set(step.n, written.lines);
  w.seen = step.obs;
  return { step, ...written, upTo: w.lines.length - 1 };
}

/** A memfd that the recording uses as a file gets its name in the program; the language has none for it. */
function nameMemfd(program: Program): Program {
  const file = program.files.findIndex(({ name }) => name === MEMFD_FILE);
  if (file < 0) return program;
  const named = (op: Op): Op => (op.verb === 'mmap' && op.source === 'memfd' ? { ...op, file } : op);
  const files = program.files.map((one, id) => (id === file ? { ...one, init: { type: 'absent' } as const } : one));
  return { ...program, files, steps: program.steps.map((step) => ({ ...step, op: named(step.op) })) };
}

/** Steps up to the first that has no rule. */
function writeParts(recording: Recording, w: Writer): { readonly parts: readonly Part[]; readonly cut?: Limit } {
  const parts: Part[] = [];
  for (const step of recording.steps) {
    const lines = w.lines.length;
    try {
      parts.push(writeStep(w, step));
    } catch (error) {
      if (!(error instanceof Untranslatable)) throw error;
      w.lines.length = lines;
      return { parts, cut: { from: step.n, reason: error.message, still: 'nothing' } };
    }
  }
  return { parts };
}

export function translate(recording: Recording): Translated {
  try {
    return load(recording, header(recording));
  } catch (error) {
    if (error instanceof Untranslatable) return { ok: false, reason: error.message };
    throw error;
  }
}

function load(recording: Recording, head: readonly string[]): Translated {
  const w = makeWriter(recording);
  const { parts, cut } = writeParts(recording, w);
  const memfd = w.lines.some((line) => line.includes(MEMFD_FILE)) ? [`file ${MEMFD_FILE}`] : [];
  const above = [...head, ...memfd];
  const text = [...above, ...w.lines].join('\n');
  const loaded = loadScenario(text);
  const end = cut === undefined ? {} : { cut };
  if (loaded.ok) return { ok: true, program: nameMemfd(loaded.value.program), parts, text, ...end };
  // What the language does not take ends the translation there.
  const [found] = loaded.error;
  const message = found?.message ?? 'no scenario';
  const wrong = parts.find(({ upTo }) => upTo >= (found?.line ?? 0) - 1 - above.length);
  if (wrong === undefined || (found?.line ?? 0) <= above.length || recording.steps.length === 0) return { ok: false, reason: message }; // prettier-ignore
  const steps = recording.steps.slice(0, recording.steps.indexOf(wrong.step));
  const shorter = load({ ...recording, steps }, head);
  return shorter.ok ? { ...shorter, cut: { from: wrong.step.n, reason: message, still: 'nothing' } } : shorter;
}

// A bundled scenario that says "Recorded on Linux 6.12: P03 (xfs-dax)" is that recording: the same operations in the
// same order on the same blocks, and under kernel 6.12 and option mainline the same results.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { play } from '../../src/conformance/play.ts';
import type { RecordedStep } from '../../src/conformance/recording.ts';
import { recordingNamedIn } from '../../src/conformance/recordingView.ts';
import { translate, type Part } from '../../src/conformance/translate.ts';
import { loadScenario } from '../../src/scenario/load.ts';
import { initialState } from '../../src/sim/initial.ts';
import type { Op } from '../../src/sim/model/op.ts';
import type { Program } from '../../src/sim/model/program.ts';
import type { State } from '../../src/sim/model/state.ts';
import type { StepResult } from '../../src/sim/outline.ts';
import { fileTag } from '../../src/sim/query/inodes.ts';
import { KERNEL_PROFILES } from '../../src/sim/policies/kernel.ts';
import { runToEnd } from '../../src/sim/run.ts';
import { packedRecordings, recordingNamed } from '../support/recordingPack.ts';

const FOLDER = join(import.meta.dirname, '../../public/scenarios');
const ID = /\b[ELPR]\d\d[a-z]?\b/g;

const scenarios = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.dax'))
  .map((file) => {
    const loaded = loadScenario(readFileSync(join(FOLDER, file), 'utf8'), { kernel: '6.12', preset: 'mainline' });
    if (!loaded.ok) throw new Error(`${file} does not load`);
    return { file, program: loaded.value.program };
  });

const recorded = scenarios.flatMap(({ file, program }) => {
  const named = recordingNamedIn(program.about);
  return named === undefined ? [] : [{ file, program, ...named }];
});

test('the recordings that scenarios name are here', () => {
  expect(recorded.length).toBeGreaterThan(0);
  const ids = packedRecordings().map(({ id }) => id);
  for (const { program } of scenarios) {
    const lines = program.about.filter((line) => /record/i.test(line));
    expect(ids).toEqual(expect.arrayContaining(lines.flatMap((line) => line.match(ID) ?? [])));
  }
});

/** Name → tags, of the files that have a name. */
function contents(program: Program, state: State): Readonly<Record<string, string>> {
  const files = program.files.flatMap(({ name }, id) => {
    const inode = state.inodes[state.names[id] ?? -1];
    if (inode === undefined) return [];
    const tags = Array.from({ length: inode.size }, (_, i) => program.tags[fileTag(state, inode, i) ?? 0]);
    return [[name, tags.join('')]] as const;
  });
  return Object.fromEntries(files);
}

const SETUP: ReadonlySet<Op['verb']> = new Set<Op['verb']>(['create', 'open', 'pwrite', 'fsync']);
const isRead = ({ verb }: Op): boolean => verb === 'pread' || verb === 'load';

/** The part of a recording behind its setup, line by line, without what a scenario leaves out. */
function linesOf(program: Program, parts: readonly Part[]): readonly number[] {
  const first = program.steps.findIndex(({ op }) => !SETUP.has(op.verb));
  // A read that brought nothing is one line, however many blocks it asked for.
  const rest = parts.flatMap(({ step, lines }) => (step.value === undefined ? lines.slice(1) : []));
  const empty = new Set(rest.filter((line) => isRead(program.steps[line]?.op ?? { verb: 'wait' })));
  return program.steps.flatMap(({ op }, line) => (line < first || op.verb === 'open' || empty.has(line) ? [] : [line]));
}

/** Ids count in order of creation on both sides, so an operation is the same if its ids and indexes are. */
function sameWords(program: Program, line: number, state: State | undefined): unknown {
  const declared = program.steps[line];
  if (declared === undefined || state === undefined) return undefined;
  const { op, actor } = declared;
  const who = op.verb.startsWith('rdma') ? 'peer' : program.actors[actor]?.name.replace('P1', 'app');
  const sizeOf = (file: number): number => state.inodes[state.names[file] ?? -1]?.size ?? -1;
  const whole = { mmap: { off: 0, len: undefined }, reflink: { range: undefined } };
  // Written out or not, the whole file is the whole file.
  if (op.verb === 'mmap' && op.off === 0 && op.len === sizeOf(op.file)) return { who, ...op, ...whole.mmap };
  if (op.verb === 'reflink' && op.range?.srcOff === 0 && op.range.dstOff === 0 && op.range.len === sizeOf(op.src)) return { who, ...op, ...whole.reflink }; // prettier-ignore
  return 'tag' in op ? { who, ...op, tag: program.tags[op.tag] } : { who, ...op };
}

/** What a recorded step came to, in the words of a run. */
function resultOf({ step }: Part, results: readonly StepResult[]): { result: string; value: string | undefined } {
  const ends = results.map(({ result, eventually }) => (step.op === 'return' && result === 'blocks' ? (eventually ?? 'blocks') : result)); // prettier-ignore
  const failed = ends.find((end) => /^(E[A-Z]{3,}|SIGBUS|NAK|blocks|void|gone)$/.test(end));
  return { result: failed ?? 'ok', value: step.value === undefined ? undefined : ends.join('') };
}

/** The recorder's O_DIRECT comes back when it ends, the model's is in flight; a read at the end of file is ok. */
function wanted({ op, result, value }: RecordedStep): { result: string; value: string | undefined } {
  const inFlight = op.startsWith('direct') && result === 'BLOCKED';
  return { result: inFlight ? 'ok' : result.replace('BLOCKED', 'blocks'), value };
}

describe.each(recorded)('$file', ({ program, id, env, kernel }) => {
  const translated = translate(recordingNamed(`${kernel} ${env} ${id}`));
  if (!translated.ok) throw new Error(translated.reason);
  const { program: original, parts } = translated;
  const { after } = play({ program: original, kernel: KERNEL_PROFILES['6.12'] }, parts);
  const lines = linesOf(original, parts);

  test('begins where the recording stood', () => {
    const start = after[(lines[0] ?? 0) - 1];
    expect(start).toBeDefined();
    if (start !== undefined) expect(contents(program, initialState(program))).toEqual(contents(original, start));
  });

  test('does what was done', () => {
    const asked = program.steps.map((_, line) => sameWords(program, line, initialState(program)));
    expect(asked).toEqual(lines.map((line) => sameWords(original, line, after[line])));
  });

  test('comes to what was recorded', () => {
    const { steps } = runToEnd(program).outline;
    const compared = parts.flatMap((part) => {
      const results = part.lines.flatMap((line) => steps[lines.indexOf(line)] ?? []);
      return results.length === 0 ? [] : [{ n: part.step.n, want: wanted(part.step), got: resultOf(part, results) }];
    });
    expect(compared.map(({ n, got }) => ({ n, ...got }))).toEqual(compared.map(({ n, want }) => ({ n, ...want })));
    expect(new Set(compared.map(({ n }) => n)).size).toBeGreaterThan(lines.length / 8);
  });
});

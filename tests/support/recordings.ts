// Recordings of real kernels (packed in tests/traces) that a bundled scenario names: what a C program printed while it ran under Linux 6.12. One file
// an experiment; `obs` is what fiemap, pagemap and the media showed after a step. Block ids count by first appearance:
// only equality means something.
import { bundledTexts } from './bundledTexts.ts';
import { packedSources } from './recordingPack.ts';

export interface RecordedStep {
  readonly n: number;
  readonly actor: string;
  readonly op: string;
  readonly args: Readonly<Record<string, string | number>>;
  readonly result: string;
  readonly value?: string;
  readonly obs: {
    /** `extents` is null while an operation held the file's lock. */
    readonly files: Readonly<
      Record<string, { readonly sizeBytes: number; readonly extents: readonly RecordedExtent[] | null }>
    >;
    readonly mmapFrames: Readonly<Record<string, { readonly pages: readonly (string | null)[] }>>;
  };
}

export interface RecordedExtent {
  readonly logical: number;
  readonly length: number;
  readonly physical: readonly string[] | null;
  readonly flags: readonly string[];
}

export interface Recording {
  readonly id: string;
  readonly env: string;
  readonly kernel: string;
  readonly steps: readonly RecordedStep[];
}

const TEXTS = bundledTexts();

/** How a scenario names its recording. */
export const recordedAs = ({ id, env, kernel }: Recording): string =>
  `Recorded on Linux ${kernel.split('.').slice(0, 2).join('.')}: ${id} (${env}).`;

export function readRecordings(): readonly Recording[] {
  return packedSources()
    .map(({ text }) => JSON.parse(text) as Recording)
    .filter((recording) => TEXTS.some(({ text }) => text.includes(recordedAs(recording))));
}

/** Names of the recording program and of the scenarios. */
export const MAPPINGS: Readonly<Record<string, string>> = { m1: 'm', m2: 'k', n1: 'n' };
const MODES: Readonly<Record<string, string>> = { PUNCH_HOLE: 'punch', ZERO_RANGE: 'zero' };

/** P1 is the main thread, T1 its second, … */
export const actorOf = ({ actor }: RecordedStep): string =>
  actor === 'P1' ? 'app' : `app.${Number(actor.slice(1)) + 1}`;

/** What a recorded step reads as in the language: one text a block, each with the result that was recorded. */
export function linesOf(
  step: RecordedStep,
  recording: Recording,
): readonly { readonly text: string; readonly result: string }[] {
  const { args, op } = step;
  const m = MAPPINGS[args['map'] ?? ''] ?? '';
  const first = Number(args['page'] ?? args['block']);
  const back = recording.steps.find((other) => other.op === 'return' && other.args['of'] === step.n);
  const outcome = step.result === 'BLOCKED' ? `blocks, ${back?.result}` : step.result;
  const one = (text: string, result = outcome): readonly { text: string; result: string }[] => [{ text, result }];
  const each = (
    texts: (index: number) => string,
    letters: string | undefined,
  ): readonly { text: string; result: string }[] =>
    [...(letters ?? '?')].map((letter, i) => ({ text: texts(first + i), result: letter }));
  switch (op) {
    case 'open':
      return one(`create ${args['file']}`);
    case 'fsync':
      return one(`fsync ${args['file']}`);
    case 'sync':
      return one('sync');
    case 'mmap':
      return one(`${m} = mmap ${args['file']}`);
    case 'munmap':
      return one(`munmap ${m}`);
    case 'load':
      return step.result === 'ok' ? each((i) => `load ${m} ${i}`, step.value) : one(`load ${m} ${first}`);
    case 'store':
      return one(`store ${m} ${first} ${args['tags']}`);
    case 'pread':
      // A read that finds nothing left is one line.
      if (step.result === 'ok') return each((i) => `pread ${args['file']} ${i}`, step.value);
      return one(`pread ${args['file']} ${first}`, `blocks, ${back?.value ?? 'EOF'}`);
    case 'pwrite':
      return [...String(args['tags'])].map((tag, i) => ({
        text: `pwrite ${args['file']} ${first + i} ${tag}`,
        result: outcome,
      }));
    case 'ftruncate':
      return one(`ftruncate ${args['file']} ${args['newSizeBlocks']}`);
    case 'fallocate':
      return one(`fallocate ${args['file']} ${MODES[args['mode'] ?? '']} ${first} ${args['count']}`);
    case 'clonerange':
      return one(`reflink ${args['src']} ${args['dst']}`);
    case 'pinPipe(vmsplice)':
      return one(`p = vmsplice ${m} ${first}`);
    case 'peekPipe(tee)':
      return one('peek p', step.value);
    case 'drainPipe':
      return one('pipe_read p', step.value);
    case 'directWriteFromMap(slow dev)':
      return one(`d = dio_write ${m} ${first}`, 'ok');
    case 'directReadIntoMap(slow dev)':
      return one(`d = dio_read ${m} ${first} R`, 'ok');
    case 'ibv_reg_mr':
      return one(`mr = reg_mr ${m} ${first} ${args['count']} remote_read`);
    case 'rdmaRead':
      return one(`rdma_read mr ${first}`, step.value);
    case 'ibv_dereg_mr':
      return one('dereg_mr mr');
    case 'return':
      // The end of an operation that slept belongs to its own line; the end of an I/O is a line.
      return /^direct/.test(String(args['op'])) ? one('dio_end d', 'ok') : [];
    default:
      return [];
  }
}

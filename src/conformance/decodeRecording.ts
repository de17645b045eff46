/**
 * Text → recording. The text may be anything: every field that is read is checked, names are such that they can stand in
 * a scenario, and sizes have bounds. Never throws.
 */
import { err, ok, type Result } from '../base/result.ts';
import type { Observation, RecordedExtent, RecordedFile, RecordedMap, RecordedStep, Recording } from './recording.ts';

/** What is wrong, and what to do about it. */
export type NotARecording = { readonly problem: string; readonly cure: string };

export const MAX_RECORDING_BYTES = 8 * 1024 * 1024;
const MAX_STEPS = 2_000;
/** Blocks of a file, pages of a mapping: a comparison looks at each. */
const MAX_BLOCKS = 16_384;
const MAX_LIST = 10_000;

class Bad extends Error {}

function bad(where: string, expected: string): never {
  throw new Bad(`${where} is not ${expected}`);
}

type Fields = ReadonlyMap<string, unknown>;

function fields(value: unknown, where: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return bad(where, 'an object');
  return new Map(
    Object.entries(value).map(([key, held]): [string, unknown] => [key, held === null ? undefined : held]),
  );
}

function list(value: unknown, where: string, most = MAX_LIST): readonly unknown[] {
  if (!Array.isArray(value)) return bad(where, 'a list');
  return value.length <= most ? value : bad(where, `a list of at most ${most}`);
}

function text(value: unknown, where: string): string {
  return typeof value === 'string' && value.length <= MAX_LIST ? value : bad(where, 'a text');
}

/** A name that can be written into a scenario. */
function name(value: unknown, where: string): string {
  return typeof value === 'string' && /^[A-Za-z0-9_-]{1,64}$/.test(value) ? value : bad(where, 'a name');
}

function number(value: unknown, where: string, most = MAX_BLOCKS): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) return bad(where, 'a number');
  return value <= most ? value : bad(where, `a number of at most ${most}`);
}

const optional = <T>(value: unknown, read: (value: unknown) => T): T | undefined =>
  value === undefined ? undefined : read(value);

function named<T>(value: unknown, where: string, read: (value: unknown, where: string) => T): ReadonlyMap<string, T> {
  const found = fields(value, where);
  if (found.size > MAX_LIST) return bad(where, `an object of at most ${MAX_LIST} fields`);
  return new Map([...found].map(([key, held]) => [name(key, `a name in ${where}`), read(held, `${where}.${key}`)]));
}

function extent(value: unknown, where: string): RecordedExtent {
  const at = fields(value, where);
  const physical = optional(at.get('physical'), (ids) => list(ids, `${where}.physical`, MAX_BLOCKS).map((id) => name(id, where))); // prettier-ignore
  return {
    logical: number(at.get('logical'), `${where}.logical`),
    length: number(at.get('length'), `${where}.length`),
    ...(physical === undefined ? {} : { physical }),
    flags: list(at.get('flags') ?? [], `${where}.flags`).map((flag) => text(flag, `${where}.flags`)),
  };
}

function file(value: unknown, where: string): RecordedFile {
  const at = fields(value, where);
  const found = at.get('extents');
  const extents = optional(found, (all) => list(all, `${where}.extents`).map((one) => extent(one, `${where}.extents`)));
  const sizeBytes = number(at.get('sizeBytes'), `${where}.sizeBytes`, MAX_BLOCKS * 4096);
  return { sizeBytes, ...(extents === undefined ? {} : { extents }) };
}

function map(value: unknown, where: string): RecordedMap {
  const at = fields(value, where);
  const of = optional(at.get('file'), (held) => name(held, `${where}.file`));
  // null, no PTE, is a page all the same.
  const pages = list(at.get('pages'), `${where}.pages`).map((page) => page === null ? undefined : name(page, `${where}.pages`)); // prettier-ignore
  return { ...(of === undefined ? {} : { file: of }), firstBlock: number(at.get('firstBlock') ?? 0, where), pages };
}

function observation(value: unknown, where: string): Observation {
  const at = fields(value, where);
  return {
    files: named(at.get('files') ?? {}, `${where}.files`, file),
    mmapFrames: named(at.get('mmapFrames') ?? {}, `${where}.mmapFrames`, map),
    blockContent: named(at.get('blockContent') ?? {}, `${where}.blockContent`, text),
  };
}

/** Arguments that are neither a word nor a number say nothing that a rule reads. */
function args(value: unknown, where: string): ReadonlyMap<string, string | number> {
  const kept = [...fields(value, where)].flatMap(([key, held]): [string, string | number][] => {
    if (typeof held === 'string') return [[key, text(held, `${where}.${key}`)]];
    return typeof held === 'number' ? [[key, number(held, `${where}.${key}`)]] : [];
  });
  return new Map(kept);
}

function step(value: unknown, i: number): RecordedStep {
  const where = `steps[${i}]`;
  const at = fields(value, where);
  const words = (key: string): string | undefined => optional(at.get(key), (held) => text(held, `${where}.${key}`));
  const [tags, taskState, note] = [words('value'), words('taskState'), words('note')];
  const stack = optional(at.get('kernelStack'), (all) => list(all, where).map((line) => text(line, where)));
  return {
    n: number(at.get('n'), `${where}.n`),
    actor: name(at.get('actor'), `${where}.actor`),
    op: text(at.get('op'), `${where}.op`),
    args: args(at.get('args') ?? {}, `${where}.args`),
    result: text(at.get('result'), `${where}.result`),
    ...(tags === undefined ? {} : { value: tags }),
    sigbus: at.get('sigbus') === true,
    blockedMs: typeof at.get('blockedMs') === 'number' ? Number(at.get('blockedMs')) : 0,
    ...(taskState === undefined ? {} : { taskState }),
    ...(stack === undefined ? {} : { kernelStack: stack }),
    ...(note === undefined ? {} : { note }),
    obs: observation(at.get('obs'), `${where}.obs`),
  };
}

/** A step of words alone: nobody did anything, and nobody looked. */
function isRemark(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return 'note' in value && !('op' in value) && !('result' in value) && !('obs' in value);
}

function recording(value: unknown, from: string): Recording {
  const at = fields(value, 'the file');
  const blockSize = at.get('blockSize') ?? 4096;
  if (blockSize !== 4096) return bad('blockSize', '4096');
  return {
    file: from,
    id: name(at.get('id'), 'id'),
    title: text(at.get('title') ?? '', 'title'),
    kernel: text(at.get('kernel'), 'kernel'),
    env: name(at.get('env'), 'env'),
    fs: text(at.get('fs'), 'fs'),
    dax: typeof at.get('dax') === 'boolean' ? at.get('dax') === true : bad('dax', 'true or false'),
    steps: list(at.get('steps'), 'steps', MAX_STEPS)
      .filter((one) => !isRemark(one))
      .map(step),
  };
}

const CURE = 'give a recording as tests/traces/RECORDINGS.md describes it, or take the file out of the folder';

export function decodeRecording(from: string, source: string): Result<Recording, NotARecording> {
  if (source.length > MAX_RECORDING_BYTES)
    return err({ problem: `longer than ${MAX_RECORDING_BYTES / 1024 / 1024} MB`, cure: CURE });
  try {
    return ok(recording(JSON.parse(source.replace(/^\ufeff/, '')), from));
  } catch (error) {
    if (error instanceof Bad) return err({ problem: `no recording: ${error.message}`, cure: CURE });
    if (error instanceof SyntaxError) return err({ problem: `no JSON: ${error.message}`, cure: CURE });
    throw error;
  }
}

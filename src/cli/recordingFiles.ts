/**
 * Where recordings lie: a folder of `.json` files, one such file, or a pack. A pack is gzip of one JSON line a recording,
 * {"file": name, "text": contents}: `gunzip -c PACK` shows it.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { MAX_RECORDING_BYTES } from '../conformance/decodeRecording.ts';

export type Source = { readonly file: string; readonly text: string };
/** A file that cannot be read at all. */
export type Unreadable = { readonly file: string; readonly problem: string; readonly cure: string };

/** What a pack may unpack to. */
const MAX_PACK_BYTES = 256 * 1024 * 1024;
/** The list that comes with a folder of recordings. */
const INDEX = 'index.json';

/** Throws what the system says when `path` is not there. */
export function openRecordings(path: string): Iterable<Source | Unreadable> {
  if (statSync(path).isDirectory()) return readFolder(path);
  return path.endsWith('.gz') ? readPack(path) : [readOne(path)];
}

function* readFolder(folder: string): Generator<Source | Unreadable> {
  const names = readdirSync(folder).filter((name) => name.endsWith('.json') && name !== INDEX);
  for (const name of names.sort()) yield readOne(join(folder, name));
}

function readOne(path: string): Source | Unreadable {
  const file = basename(path);
  try {
    const { size } = statSync(path);
    if (size > MAX_RECORDING_BYTES)
      return { file, problem: `${size} bytes`, cure: `a recording has at most ${MAX_RECORDING_BYTES} bytes` };
    return { file, text: readFileSync(path, 'utf8') };
  } catch (error) {
    return { file, problem: messageOf(error), cure: 'give a file that can be read' };
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

function* readPack(path: string): Generator<Source | Unreadable> {
  const pack = basename(path);
  const cure = 'make it with gzip from lines {"file": …, "text": …}';
  let lines: readonly string[];
  try {
    lines = gunzipSync(readFileSync(path), { maxOutputLength: MAX_PACK_BYTES }).toString('utf8').split('\n');
  } catch (error) {
    yield { file: pack, problem: `no pack: ${messageOf(error)}`, cure };
    return;
  }
  for (const [i, line] of lines.entries()) {
    if (line === '') continue;
    yield packedLine(line) ?? { file: `${pack}:${i + 1}`, problem: 'no packed recording', cure };
  }
}

function packedLine(line: string): Source | undefined {
  try {
    const { file, text } = Object(JSON.parse(line)) as { readonly file?: unknown; readonly text?: unknown };
    return typeof file === 'string' && typeof text === 'string' ? { file, text } : undefined;
  } catch {
    return undefined;
  }
}

// The recordings of tests/traces, unpacked once a process.
import { join } from 'node:path';
import { openRecordings, type Source } from '../../src/cli/recordingFiles.ts';
import { decodeRecording } from '../../src/conformance/decodeRecording.ts';
import type { Recording } from '../../src/conformance/recording.ts';

export const PACK = join(import.meta.dirname, '../traces/recordings.jsonl.gz');

/** One experiment after the other, whatever the kernel: alike texts lie next to each other and shrink best. */
export function packLines(sources: readonly Source[]): string {
  const id = ({ file }: Source): string => file.replace(/^.*__/, '');
  const ordered = [...sources].sort((a, b) => (id(a) < id(b) ? -1 : id(a) > id(b) ? 1 : a.file < b.file ? -1 : 1));
  return ordered.map(({ file, text }) => `${JSON.stringify({ file, text })}\n`).join('');
}

let sources: readonly Source[] | undefined;
let decoded: readonly Recording[] | undefined;

export function packedSources(): readonly Source[] {
  sources ??= [...openRecordings(PACK)].map((source) => {
    if ('problem' in source) throw new Error(`${source.file}: ${source.problem}`);
    return source;
  });
  return sources;
}

/** In the order of their files. */
export function packedRecordings(): readonly Recording[] {
  decoded ??= packedSources()
    .map(({ file, text }) => {
      const found = decodeRecording(file, text);
      if (!found.ok) throw new Error(`${file}: ${found.error.problem}`);
      return found.value;
    })
    .sort((a, b) => (a.file < b.file ? -1 : 1));
  return decoded;
}

/** `6.12 xfs-dax E01`: what tests call a recording. */
export const shortName = ({ file }: { readonly file: string }): string =>
  file.replace(/^(\d+\.\d+)[^_]*__(.*)__(.*)\.json$/, '$1 $2 $3');

export function recordingNamed(name: string): Recording {
  const found = packedRecordings().find((recording) => shortName(recording) === name);
  if (found === undefined) throw new Error(`no recording ${name}`);
  return found;
}

/** Words of the recorder and what they are in the scenario language. */
import { Untranslatable, word } from './writer.ts';
import type { RecordedStep } from './recording.ts';

const MODES: ReadonlyMap<string, string> = new Map([
  ['ALLOCATE', 'alloc'],
  ['PUNCH_HOLE', 'punch'],
  ['ZERO_RANGE', 'zero'],
  ['COLLAPSE_RANGE', 'collapse'],
  ['INSERT_RANGE', 'insert'],
  ['UNSHARE_RANGE', 'unshare'],
]);

export function fallocateMode(step: RecordedStep): string {
  const mode = word(step, 'mode');
  const found = MODES.get(mode.replace(/\|?(FALLOC_FL_)?KEEP_SIZE\|?/, '').replace('FALLOC_FL_', ''));
  if (found === undefined) throw new Untranslatable(`step ${step.n}: no fallocate mode of the model is ${mode}`);
  return found;
}

/** The note of an O_DIRECT read tells what comes. */
export const HELD_BY_DISK = /disk holds (\w)\b/;

export const URING_ACCESS = 'local_write remote_read remote_write';

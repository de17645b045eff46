/** Words of the recorder and what they are in the scenario language. */
import { countArg, wordArg, type RecordedStep } from './recording.ts';
import { Untranslatable } from './writer.ts';

const MODES: ReadonlyMap<string, string> = new Map([
  ['', 'alloc'],
  ['ALLOCATE', 'alloc'],
  ['PUNCH_HOLE', 'punch'],
  ['ZERO_RANGE', 'zero'],
  ['COLLAPSE_RANGE', 'collapse'],
  ['INSERT_RANGE', 'insert'],
  ['UNSHARE_RANGE', 'unshare'],
]);
/** As linux/falloc.h numbers them. */
const MODE_BITS = ['KEEP_SIZE', 'PUNCH_HOLE', 'NO_HIDE_STALE', 'COLLAPSE_RANGE', 'ZERO_RANGE', 'INSERT_RANGE', 'UNSHARE_RANGE']; // prettier-ignore

/** The flags of a call, with or without FALLOC_FL_, or as a number. */
function modeFlags(step: RecordedStep): readonly string[] {
  const bits = countArg(step, 'mode');
  if (bits !== undefined && bits >= 2 ** MODE_BITS.length) return [String(bits)];
  if (bits !== undefined) return MODE_BITS.filter((_, bit) => Math.floor(bits / 2 ** bit) % 2 === 1);
  const flags = (wordArg(step, 'mode') ?? 'ALLOCATE').toUpperCase().split(/\s*\|\s*/);
  return flags.map((flag) => flag.replace(/^FALLOC_FL_/, '')).filter((flag) => flag !== '0' && flag !== '');
}

export function fallocateMode(step: RecordedStep): { readonly mode: string; readonly keepsSize: boolean } {
  const flags = modeFlags(step);
  const mode = MODES.get(flags.filter((flag) => flag !== 'KEEP_SIZE').join('|'));
  if (mode === undefined) throw new Untranslatable(`no fallocate mode of the model is ${flags.join('|').slice(0, 80)}`);
  return { mode, keepsSize: flags.includes('KEEP_SIZE') && mode !== 'punch' };
}

const ACCESS: ReadonlyMap<string, string> = new Map([
  ['LOCAL_WRITE', 'local_write'],
  ['REMOTE_READ', 'remote_read'],
  ['REMOTE_WRITE', 'remote_write'],
  ['REMOTE_ATOMIC', 'remote_atomic'],
  ['ON_DEMAND', 'on_demand'],
  ['ODP', 'on_demand'],
]);

/** Flags with or without IBV_ACCESS_; the recorder writes ODP for ON_DEMAND. */
export function accessWords(step: RecordedStep): readonly string[] {
  const flags = (wordArg(step, 'access') ?? '').toUpperCase().split(/\s*\|\s*/);
  return flags.map((flag) => {
    const found = ACCESS.get(flag.replace(/^(IBV|IB)_ACCESS_/, ''));
    if (found === undefined) throw new Untranslatable(`no access of the model is '${flag.slice(0, 40)}'`);
    return found;
  });
}

/** ib_check_mr_access comes before all else, and the language would add the flag. */
export const lacksLocalWrite = (words: readonly string[]): boolean =>
  !words.includes('local_write') && words.some((word) => word === 'remote_write' || word === 'remote_atomic');

const MAP_FLAGS = new Set(['SHARED', 'SHARED_VALIDATE', 'PRIVATE', 'ANONYMOUS', 'ANON', 'SYNC', 'NORESERVE']);
const PROTS: ReadonlyMap<string, string> = new Map([['r', 'ro'], ['rw', 'rw'], ['PROT_READ', 'ro'], ['PROT_READ|PROT_WRITE', 'rw']]); // prettier-ignore

/** prot and flags of mmap(2). */
export function mapKind(step: RecordedStep) {
  const flags = (wordArg(step, 'flags') ?? '').split(/\s*\|\s*/).map((flag) => flag.replace(/^MAP_/, ''));
  const strange = flags.find((flag) => !MAP_FLAGS.has(flag));
  if (strange !== undefined) throw new Untranslatable(`no flag of the model's mmap is '${strange.slice(0, 40)}'`);
  const prot = PROTS.get((wordArg(step, 'prot') ?? '').replace(/\s/g, ''));
  if (prot === undefined) throw new Untranslatable('the model maps to read, or to read and write');
  const shared = !flags.includes('PRIVATE');
  return { prot, shared, anonymous: flags.some((flag) => flag.startsWith('ANON')), sync: flags.includes('SYNC') };
}

/** The note of an O_DIRECT read tells what comes. */
export const HELD_BY_DISK = /disk holds (\w)\b/;

export const URING_ACCESS = 'local_write remote_read remote_write';

/**
 * Where a recorded page cache stops working page by page: a folio of several pages makes blocks dirty, and has them
 * written, that nobody wrote to, and loses its PTEs as a whole. Read off the recording alone.
 */
import { cellsOf, countArg, wordArg, type Observation, type RecordedFile, type RecordedStep, type Recording } from './recording.ts'; // prettier-ignore

/** Operations that give blocks to a file without dirtying its cache. */
const LAYOUT: ReadonlySet<string> = new Set(['clonerange', 'dedupe', 'exchangerange', 'fallocate', 'ftruncate', 'truncate(path)']); // prettier-ignore

/** The first step whose effects reach past the pages that it names. */
export function firstLargeFolio(recording: Recording): number | undefined {
  if (recording.dax) return undefined;
  const dirty = new Map<string, Set<number>>();
  const before = new Map<string, RecordedFile>();
  let frames: Observation['mmapFrames'] = new Map();
  for (const step of recording.steps) {
    if (losesPtesOutside(step, frames)) return step.n;
    frames = step.obs.mmapFrames;
    const { file: target, indexes } = written(step);
    dirty.set(target, new Set([...(dirty.get(target) ?? []), ...indexes]));
    for (const [name, file] of step.obs.files) {
      const gains = isMaking(step) || LAYOUT.has(step.op) ? [] : gained(before.get(name), file);
      if (gains.some((index) => dirty.get(name)?.has(index) !== true)) return step.n;
      if (file.extents !== undefined) before.set(name, file);
    }
    clean(dirty, step);
  }
  return undefined;
}

/** While files are opened, a script next to the recorder may fill them. */
const isMaking = ({ op }: RecordedStep): boolean => op === 'open';

function written(step: RecordedStep): { readonly file: string; readonly indexes: readonly number[] } {
  const map = step.obs.mmapFrames.get(wordArg(step, 'map') ?? '');
  const file = map?.file ?? wordArg(step, 'file');
  const first = map === undefined ? countArg(step, 'block') : map.firstBlock + (countArg(step, 'page') ?? 0);
  const count = step.op.startsWith('directReadIntoMap') ? 1 : (wordArg(step, 'tags')?.length ?? 0);
  return { file: file ?? '', indexes: Array.from({ length: count }, (_, i) => (first ?? 0) + i) };
}

/** Blocks [from, to) of `file` are what the operation is about. */
type Range = { readonly file: string; readonly from: number; readonly to: number };

function layoutRange(step: RecordedStep): Range | undefined {
  if (!LAYOUT.has(step.op)) return undefined;
  const start = countArg(step, 'newSizeBlocks') ?? countArg(step, 'block') ?? countArg(step, 'dstBlock') ?? 0;
  const count = countArg(step, 'count');
  // A shift drops the cache from the block before it on (xfs_prepare_shift).
  const shifts = /COLLAPSE|INSERT/.test(wordArg(step, 'mode') ?? '');
  const from = shifts ? Math.max(0, start - 1) : start;
  const to = count === undefined || shifts ? Number.POSITIVE_INFINITY : from + count;
  return { file: wordArg(step, 'file') ?? wordArg(step, 'dst') ?? '', from, to };
}

function losesPtesOutside(step: RecordedStep, before: Observation['mmapFrames']): boolean {
  const range = layoutRange(step);
  if (range === undefined) return false;
  return [...step.obs.mmapFrames].some(([name, { file, firstBlock, pages }]) =>
    pages.some((page, i) => {
      const index = firstBlock + i;
      const kept = file !== range.file || index < range.from || index >= range.to;
      return kept && page === undefined && before.get(name)?.pages[i] !== undefined;
    }),
  );
}

/** What was written back, or lost its place in the file, is not dirty any more. */
function clean(dirty: Map<string, Set<number>>, step: RecordedStep): void {
  if (step.op === 'sync') dirty.clear();
  if (step.op === 'fsync') dirty.delete(wordArg(step, 'file') ?? '');
  const range = layoutRange(step);
  if (range === undefined || wordArg(step, 'mode') === 'ALLOCATE') return;
  const { file, from, to } = range;
  dirty.set(file, new Set([...(dirty.get(file) ?? [])].filter((index) => index < from || index >= to)));
}

/** Indexes that came to hold data, or data to be written, somewhere else than before. */
function gained(was: RecordedFile | undefined, now: RecordedFile): readonly number[] {
  const [old, places] = [was === undefined ? [] : placesOf(was), placesOf(now)];
  return places.flatMap((at, index) => (at === undefined || at === 'unwritten' || old[index] === at ? [] : [index]));
}

const placesOf = (file: RecordedFile): readonly (string | undefined)[] =>
  cellsOf(file).map((cell) => (cell?.unwritten === true ? 'unwritten' : cell && (cell.block ?? 'delayed')));

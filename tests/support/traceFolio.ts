/**
 * Where a recorded page cache stops working page by page: a folio of several pages makes blocks dirty, and has them
 * written, that nobody wrote to, and loses its PTEs as a whole. Read off the recording alone.
 */
import type { Observation, Trace, TraceFile, TraceStep } from './trace.ts';

/** Operations that give blocks to a file without dirtying its cache. */
const LAYOUT: ReadonlySet<string> = new Set(['clonerange', 'dedupe', 'fallocate', 'ftruncate', 'truncate(path)']);

/** The first step whose effects reach past the pages that it names. */
export function firstLargeFolio(trace: Trace): number | undefined {
  if (trace.dax) return undefined;
  const dirty = new Map<string, Set<number>>();
  const before = new Map<string, TraceFile>();
  let frames: Observation['mmapFrames'] = {};
  for (const step of trace.steps) {
    if (losesPtesOutside(step, frames)) return step.n;
    frames = step.obs.mmapFrames;
    const { file: target, indexes } = written(step);
    dirty.set(target, new Set([...(dirty.get(target) ?? []), ...indexes]));
    for (const [name, file] of Object.entries(step.obs.files)) {
      const gains = gained(before.get(name), file);
      if (!LAYOUT.has(step.op) && gains.some((index) => dirty.get(name)?.has(index) !== true)) return step.n;
      if (file.extents !== undefined) before.set(name, file);
    }
    clean(dirty, step);
  }
  return undefined;
}

function written({ op, args, obs }: TraceStep): { readonly file: string; readonly indexes: readonly number[] } {
  const map = typeof args['map'] === 'string' ? obs.mmapFrames[args['map']] : undefined;
  const file = map?.file ?? args['file'];
  const first = map === undefined ? args['block'] : map.firstBlock + Number(args['page']);
  const count = op === 'directReadIntoMap(slow dev)' ? 1 : typeof args['tags'] === 'string' ? args['tags'].length : 0;
  return { file: String(file), indexes: Array.from({ length: count }, (_, i) => Number(first) + i) };
}

/** Blocks [from, to) of `file` are what the operation is about. */
type Range = { readonly file: string; readonly from: number; readonly to: number };

function layoutRange({ op, args }: TraceStep): Range | undefined {
  if (!LAYOUT.has(op)) return undefined;
  const from = Number(args['newSizeBlocks'] ?? args['block'] ?? args['dstBlock']);
  const to = args['count'] === undefined ? Number.POSITIVE_INFINITY : from + Number(args['count']);
  return { file: String(args['file'] ?? args['dst']), from, to };
}

function losesPtesOutside(step: TraceStep, before: Observation['mmapFrames']): boolean {
  const range = layoutRange(step);
  if (range === undefined) return false;
  return Object.entries(step.obs.mmapFrames).some(([name, { file, firstBlock, pages }]) =>
    pages.some((page, i) => {
      const index = firstBlock + i;
      const kept = file !== range.file || index < range.from || index >= range.to;
      return kept && page === undefined && before[name]?.pages[i] !== undefined;
    }),
  );
}

/** What was written back, or lost its place in the file, is not dirty any more. */
function clean(dirty: Map<string, Set<number>>, step: TraceStep): void {
  if (step.op === 'sync') dirty.clear();
  if (step.op === 'fsync') dirty.delete(String(step.args['file']));
  const range = layoutRange(step);
  if (range === undefined || step.args['mode'] === 'ALLOCATE') return;
  const { file, from, to } = range;
  dirty.set(file, new Set([...(dirty.get(file) ?? [])].filter((index) => index < from || index >= to)));
}

/** Indexes that came to hold data, or data to be written, somewhere else than before. */
function gained(was: TraceFile | undefined, now: TraceFile): readonly number[] {
  const old = places(was);
  return [...places(now)].filter(([index, at]) => at !== 'unwritten' && old.get(index) !== at).map(([index]) => index);
}

function places(file: TraceFile | undefined): ReadonlyMap<number, string> {
  const found = new Map<number, string>();
  for (const { logical, length, physical, flags } of file?.extents ?? [])
    for (let i = 0; i < length; i++)
      found.set(logical + i, flags.includes('UNWRITTEN') ? 'unwritten' : (physical?.[i] ?? 'delayed'));
  return found;
}

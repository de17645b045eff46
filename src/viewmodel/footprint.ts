/**
 * Every box that the stage can show at any step of a run, with its slots and the blocks that they first mean. Decided
 * from the text and the outline alone, once a run: a box that comes later finds its place reserved, and nothing moves.
 */
import { mrName, pipeName, procName } from '../explain/names.ts';
import type { DmaId, FileId, MapId, MrId, PipeId } from '../sim/model/ids.ts';
import { NO_FILE } from '../sim/model/ids.ts';
import type { Op } from '../sim/model/op.ts';
import type { Program } from '../sim/model/program.ts';
import { mapOf } from '../sim/model/program.ts';
import { mapName } from '../sim/query/naming.ts';
import type { Outline } from '../sim/outline.ts';
import type { Home, Homes, MapRange } from './homes.ts';
import { homesOf, MAX_SLOTS } from './homes.ts';
import type { Lifetime, Timetable } from './lifetimes.ts';
import { lifetimeOf, timetableOf } from './lifetimes.ts';
import type { Hue } from './scene.ts';

type BoxSource =
  /** `nth`: a name may be given to a new inode while the unlinked one lives on. */
  | { readonly type: 'file'; readonly file: FileId; readonly nth: number }
  /** The unnamed file in shmem that a mapping made. */
  | { readonly type: 'memfd'; readonly map: MapId }
  | { readonly type: 'map'; readonly map: MapId }
  | { readonly type: 'mr'; readonly mr: MrId }
  | { readonly type: 'dma'; readonly dma: DmaId }
  | { readonly type: 'pipe'; readonly pipe: PipeId };

export type BoxSpec = {
  readonly key: string;
  readonly source: BoxSource;
  readonly hue: Hue;
  /** The indexes that have a slot, ascending. */
  readonly indexes: readonly number[];
  /** By slot: what it means first; undefined where the text does not tell, and for a memfd. */
  readonly homes: readonly (Home | undefined)[];
  /** By slot: file, or memfd, and index behind it. */
  readonly file: FileId;
  readonly memfd: MapId | undefined;
  readonly fileIndexes: readonly number[];
  readonly label: string;
  /** The longest text that may stand beside the name. */
  readonly metaRoom: string;
  readonly life: Lifetime;
};

const range = (from: number, len: number): number[] => Array.from({ length: len }, (_, i) => from + i);

/** Which indexes of 0 … size−1 get a slot: all of them, or those that are spoken of and the first ones. */
function shownIndexes(size: number, touched: ReadonlySet<number>): number[] {
  if (size <= MAX_SLOTS) return range(0, size);
  const named = [...touched].filter((index) => index < size).slice(0, MAX_SLOTS / 2);
  const chosen = new Set([...named, ...range(0, MAX_SLOTS - named.length)]);
  return [...chosen].sort((a, b) => a - b);
}

type Context = { readonly program: Program; readonly outline: Outline; readonly times: Timetable; readonly homes: Homes; readonly shown: readonly (readonly number[])[] }; // prettier-ignore

const succeeded = (outline: Outline, step: number): boolean => {
  const result = outline.steps[step];
  return result === undefined || (result.eventually ?? result.result) === 'ok';
};

const makes = (op: Op, file: FileId): boolean =>
  (op.verb === 'create' && op.file === file) || (op.verb === 'reflink' && op.dst === file);

/** How many inodes may bear one name in the course of the run. */
function inodesNamed({ program, outline }: Context, file: FileId): number {
  let inodes = program.files[file]?.init.type === 'absent' ? 0 : 1;
  let linked = inodes === 1;
  program.steps.forEach(({ op }, step) => {
    if (!succeeded(outline, step)) return;
    if (op.verb === 'unlink' && op.file === file) linked = false;
    else if (!linked && makes(op, file)) {
      linked = true;
      inodes++;
    }
  });
  return Math.min(inodes, 3);
}

function fileBoxes(at: Context): BoxSpec[] {
  return at.program.files.flatMap(({ name, init }, file) => {
    const indexes = at.shown[file] ?? [];
    const origin = init.type === 'reflink' ? ` · reflink of ${at.program.files[init.src]?.name ?? ''}` : '';
    return range(0, inodesNamed(at, file)).map((nth) => ({
      key: `file:${file}:${nth}`,
      source: { type: 'file' as const, file, nth },
      hue: 'file' as const,
      indexes,
      homes: indexes.map((index) => at.homes.blocks[file]?.get(index)),
      file,
      memfd: undefined,
      fileIndexes: indexes,
      label: `file ${name}`,
      life: { from: 0, to: Infinity },
      metaRoom: `${'m'.repeat(Math.min(indexes.length, 10))} · size ${at.homes.sizes[file] ?? 0}${nth === 0 ? origin : ''}${guardRoom(at, file)}`,
    }));
  });
}

/** Room for a lease or a mark beside the size. */
function guardRoom(at: Context, file: FileId): string {
  const guarded = at.program.steps.some(({ op }) => (op.verb === 'setlease' || op.verb === 'set') && op.file === file);
  return guarded ? ' lease: app, recalled' : '';
}

/** Files without a name: only page tables, pins and this box lead to their pages. */
function memfdBoxes(at: Context): BoxSpec[] {
  return at.homes.memfds.flatMap((size, map) => {
    if (size === 0) return [];
    const indexes = shownIndexes(size, new Set());
    return {
      key: `memfd:${map}`,
      source: { type: 'memfd' as const, map },
      hue: 'file' as const,
      indexes,
      homes: indexes.map(() => undefined),
      file: NO_FILE,
      memfd: map,
      fileIndexes: indexes,
      label: `memfd ${mapName(at.program, map)}`,
      metaRoom: `${'m'.repeat(Math.min(size, 10))} · size ${size}`,
      life: { from: 0, to: Infinity },
    };
  });
}

type Slots = Pick<BoxSpec, 'indexes' | 'homes' | 'file' | 'memfd' | 'fileIndexes'>;

const NO_RANGE: MapRange = { file: 0, memfd: undefined, private: false, off: 0, len: 0, blocks: new Map() };

/** The slots of a window into a file, from every range that the window was ever made with. */
function windowOf(at: Context, ranges: readonly MapRange[]): Slots {
  const first = ranges[0] ?? NO_RANGE;
  const longest = ranges.reduce((len, r) => Math.max(len, r.len), 0);
  const shown = new Set(at.shown[first.file] ?? shownIndexes(first.off + longest, new Set()));
  const indexes = longest <= MAX_SLOTS ? range(0, longest) : range(0, longest).filter((i) => shown.has(first.off + i));
  const fileIndexes = indexes.map((i) => first.off + i);
  return {
    indexes,
    fileIndexes,
    file: first.file,
    memfd: first.memfd,
    homes: fileIndexes.map((i) => first.blocks.get(i) ?? at.homes.blocks[first.file]?.get(i)),
  };
}

function mapBoxes(at: Context): BoxSpec[] {
  return at.homes.maps.flatMap((ranges, map) => {
    if (ranges.length === 0) return [];
    const { name, proc } = mapOf(at.program, map);
    return {
      ...windowOf(at, ranges),
      key: `map:${map}`,
      source: { type: 'map' as const, map },
      hue: 'cpu' as const,
      label: `${procName(at.program, proc)}: ${name}`,
      metaRoom: mapRoom(at, ranges[0]),
      life: lifetimeOf(
        at.times,
        (op) => (op.verb === 'mmap' && op.map === map) || (op.verb === 'fork' && op.child === proc),
        (op) => op.verb === 'munmap' && op.map === map,
      ),
    };
  });
}

function mapRoom(at: Context, range: MapRange | undefined): string {
  const file = at.program.files[range?.file ?? 0]?.name;
  if (file === undefined) return range?.memfd === undefined ? 'anonymous, rw' : 'memfd[0..9] rw';
  return `mmap ${file}[0..9] rw${range?.private === true ? ', private' : ''}`;
}

/** A second process may come to hold its handle. */
function mrRoom(at: Context, over: string): string {
  const shares = at.program.steps.some(({ op }) => op.verb === 'fork' || op.verb === 'share_uverbs');
  return `WRITE MR over ${over}${shares ? ' · handle of app, also child' : ''}`;
}

function mrBoxes(at: Context): BoxSpec[] {
  return at.homes.mrs.flatMap((ranges, mr) => {
    const first = ranges[0];
    if (first === undefined) return [];
    const { name, proc } = mapOf(at.program, first.map);
    return {
      ...windowOf(at, ranges),
      key: `mr:${mr}`,
      source: { type: 'mr' as const, mr },
      hue: 'dma' as const,
      label: `${procName(at.program, proc)}: ${mrName(at.program, mr)}`,
      metaRoom: mrRoom(at, name),
      life: lifetimeOf(
        at.times,
        (op) => op.verb === 'reg_mr' && op.mr === mr,
        (op) => op.verb === 'dereg_mr' && op.mr === mr,
      ),
    };
  });
}

/** One slot: the page that a named DMA, an O_DIRECT or a pipe has hold of. */
function singleBox(at: Context, window: MapRange | undefined, index: number): Slots {
  const file = window?.file ?? 0;
  const fileIndex = (window?.off ?? 0) + index;
  return {
    indexes: [index],
    fileIndexes: [fileIndex],
    file,
    memfd: window?.memfd,
    homes: [window?.blocks.get(fileIndex) ?? at.homes.blocks[file]?.get(fileIndex)],
  };
}

const flightKey = (op: Op): string | undefined => {
  if (op.verb === 'vmsplice') return `pipe:${op.pipe}`;
  const posts =
    op.verb === 'dio_write' || op.verb === 'dio_read' || op.verb === 'post_read' || op.verb === 'post_write';
  return posts ? `dma:${op.dma}` : undefined;
};

const endKey = (op: Op): string | undefined => {
  if (op.verb === 'pipe_read') return `pipe:${op.pipe}`;
  return op.verb === 'dio_end' || op.verb === 'complete' ? `dma:${op.dma}` : undefined;
};

type Flight = { readonly key: string; readonly source: BoxSource; readonly window: MapRange | undefined; readonly index: number; readonly label: string; readonly metaRoom: string }; // prettier-ignore

function flightOf(at: Context, op: Op, actor: string): Flight | undefined {
  const { program, homes } = at;
  switch (op.verb) {
    case 'dio_write':
    case 'dio_read':
      return { key: `dma:${op.dma}`, source: { type: 'dma', dma: op.dma }, window: homes.maps[op.map]?.at(-1), index: op.index, label: `${actor}: ${program.dmas[op.dma]?.name ?? ''}`, metaRoom: 'O_DIRECT write, in flight' }; // prettier-ignore
    case 'post_read':
    case 'post_write':
      return { key: `dma:${op.dma}`, source: { type: 'dma', dma: op.dma }, window: homes.mrs[op.mr]?.at(-1), index: op.index, label: `${actor}: ${program.dmas[op.dma]?.name ?? ''}`, metaRoom: 'RDMA write, in flight' }; // prettier-ignore
    case 'vmsplice':
      return { key: `pipe:${op.pipe}`, source: { type: 'pipe', pipe: op.pipe }, window: homes.maps[op.map]?.at(-1), index: op.index, label: `${actor}: ${pipeName(program, op.pipe)}`, metaRoom: 'vmsplice, holds the page' }; // prettier-ignore
    default:
      return undefined;
  }
}

/** DMAs that the text names, O_DIRECT and pipes; an unnamed rdma_read shows on the MTT link that it goes through. */
function flightBoxes(at: Context): BoxSpec[] {
  const found = new Map<string, BoxSpec>();
  for (const { op, actor } of at.program.steps) {
    const flight = flightOf(at, op, at.program.actors[actor]?.name ?? '');
    if (flight === undefined || flight.window === undefined || found.has(flight.key)) continue;
    const { key, source, window, index, label, metaRoom } = flight;
    const life = lifetimeOf(
      at.times,
      (other) => flightKey(other) === key,
      (other) => endKey(other) === key,
    );
    found.set(key, { ...singleBox(at, window, index), key, source, hue: 'dma', label, metaRoom, life });
  }
  return [...found.values()];
}

/** Files, then page tables, then MRs, then what is in flight: the order of the rows, and of ties. */
export function footprintOf(program: Program, outline: Outline): readonly BoxSpec[] {
  const homes = homesOf(program, outline);
  const shown = program.files.map((_, file) => shownIndexes(homes.sizes[file] ?? 0, homes.touched[file] ?? new Set()));
  const at: Context = { program, outline, times: timetableOf(program, outline), homes, shown };
  return [...fileBoxes(at), ...memfdBoxes(at), ...mapBoxes(at), ...mrBoxes(at), ...flightBoxes(at)];
}

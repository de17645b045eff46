/**
 * Where each index of each file first lies in a run, as far as the text tells: a replay of the layout alone, without
 * locks, waits, pins or page tables. It decides only in which column a slot is drawn, so that what never moved stands
 * straight; every link is drawn from the state. A wrong guess bends a link and says nothing false.
 */
import type { FileId, FileIndex, MapId, MrId, ProcId, TaskId } from '../sim/model/ids.ts';
import { NO_FILE } from '../sim/model/ids.ts';
import type { Op } from '../sim/model/op.ts';
import type { Program } from '../sim/model/program.ts';
import type { Outline } from '../sim/outline.ts';

/** No more slots of one file are ever drawn. */
export const MAX_SLOTS = 96;

/** Where a slot stands: at a block; below zero, at a page of anonymous memory (see `anonHome`). */
export type Home = number;

/** The home of the nth page of anonymous memory that a run takes; `anonOf` is the way back. */
const anonHome = (n: number): Home => -1 - n;
export const anonOf = (home: Home): number | undefined => (home < 0 ? -1 - home : undefined);

export type MapRange = {
  /** NO_FILE: anonymous memory, or a memfd. */
  readonly file: FileId;
  /** The mapping that made the memfd behind it. */
  readonly memfd: MapId | undefined;
  readonly private: boolean;
  readonly off: FileIndex;
  readonly len: number;
  /** By file index: the block behind it when the window was first used there, else when it was made. */
  readonly blocks: ReadonlyMap<FileIndex, Home>;
};
/** `own`: pages that were copied into, or made in, anonymous memory. */
type Window = MapRange & { readonly blocks: Map<FileIndex, Home>; readonly own: Map<FileIndex, Home>; readonly used: Set<FileIndex> }; // prettier-ignore
type MrRange = MapRange & { readonly map: MapId };

export type Homes = {
  /** By file: the block that an index maps first. Indexes from MAX_SLOTS on only where an operation names them. */
  readonly blocks: readonly ReadonlyMap<FileIndex, number>[];
  /** By file: one more than the highest index that it ever has. */
  readonly sizes: readonly number[];
  /** By file: indexes that operations name. */
  readonly touched: readonly ReadonlySet<FileIndex>[];
  /** By mapping: the size of the memfd that it made; 0 without one. */
  readonly memfds: readonly number[];
  /** By mapping and MR: every range it was made with. */
  readonly maps: readonly (readonly MapRange[])[];
  readonly mrs: readonly (readonly MrRange[])[];
};

type Layout = {
  readonly program: Program;
  readonly first: Map<FileIndex, number>[];
  readonly now: Map<FileIndex, number>[];
  readonly refs: Map<number, number>;
  readonly sizes: number[];
  readonly touched: Set<FileIndex>[];
  readonly maps: Window[][];
  readonly mrs: MrRange[][];
  /** By MR: the blocks that it pins. */
  readonly pins: Set<number>[];
  /** Blocks below `next` that are free again, ascending. */
  readonly freed: number[];
  next: number;
  /** By mapping: there is one now. */
  readonly mapped: boolean[];
  readonly memfds: number[];
  /** Pages of anonymous memory taken so far. */
  anon: number;
};

const table = <T>(n: number, make: () => T): T[] => Array.from({ length: n }, make);

function emptyLayout(program: Program): Layout {
  const files = program.files.length;
  return {
    program,
    first: table(files, () => new Map<number, number>()),
    now: table(files, () => new Map<number, number>()),
    refs: new Map(),
    sizes: table(files, () => 0),
    touched: table(files, () => new Set<number>()),
    maps: table(program.maps.length, () => []),
    mrs: table(program.mrs.length, () => []),
    pins: table(program.mrs.length, () => new Set<number>()),
    freed: [],
    next: 0,
    mapped: table(program.maps.length, () => false),
    memfds: table(program.maps.length, () => 0),
    anon: 0,
  };
}

function grow(at: Layout, file: FileId, size: number): void {
  at.sizes[file] = Math.max(at.sizes[file] ?? 0, size);
}

function put(at: Layout, file: FileId, index: FileIndex, block: number): void {
  at.now[file]?.set(index, block);
  at.refs.set(block, (at.refs.get(block) ?? 0) + 1);
  if (at.first[file]?.has(index) === false) at.first[file]?.set(index, block);
}

function drop(at: Layout, file: FileId, index: FileIndex): void {
  const block = at.now[file]?.get(index);
  if (block === undefined) return;
  at.now[file]?.delete(index);
  at.refs.set(block, (at.refs.get(block) ?? 1) - 1);
  free(at, block);
}

/** Back to the allocator, unless somebody owns it or, where that counts, pins it. */
function free(at: Layout, block: number): void {
  const deferred = at.program.option.knobs['free.onPin'] === 'defer' && at.pins.some((pins) => pins.has(block));
  if ((at.refs.get(block) ?? 0) > 0 || deferred || at.freed.includes(block)) return;
  at.freed.push(block);
  at.freed.sort((a, b) => a - b);
}

function allocate(at: Layout, file: FileId, index: FileIndex): void {
  const block = at.freed.shift() ?? at.next;
  if (block === at.next) {
    if (at.next >= at.program.blocks) return;
    at.next++;
  }
  put(at, file, index, block);
}

/** A write: into a hole it allocates, into a shared block it breaks the share. */
function write(at: Layout, file: FileId, index: FileIndex): void {
  const block = at.now[file]?.get(index);
  if (block === undefined) allocate(at, file, index);
  else if ((at.refs.get(block) ?? 0) > 1) {
    const before = at.freed.length;
    drop(at, file, index);
    if (at.freed.length === before) allocate(at, file, index);
  }
}

function declare(at: Layout): void {
  at.program.files.forEach(({ init }, file) => {
    if (init.type === 'cells') {
      grow(at, file, init.cells.length);
      init.cells.forEach((cell, index) => {
        if (cell === 'hole') return;
        if (index < MAX_SLOTS) put(at, file, index, at.next);
        at.next++;
      });
    } else if (init.type === 'reflink') share(at, init.src, file, { srcOff: init.off, dstOff: 0, len: init.len });
  });
}

function share(
  at: Layout,
  src: FileId,
  dst: FileId,
  range: { srcOff: number; dstOff: number; len: number | undefined },
): void {
  const len = range.len ?? (at.sizes[src] ?? 0) - range.srcOff;
  grow(at, dst, range.dstOff + len);
  for (let i = 0; i < Math.min(len, MAX_SLOTS); i++) {
    const block = at.now[src]?.get(range.srcOff + i);
    if (block === at.now[dst]?.get(range.dstOff + i)) continue;
    drop(at, dst, range.dstOff + i);
    if (block !== undefined) put(at, dst, range.dstOff + i, block);
  }
}

/** A new mapping: what it shows is what the file has now, until it is used. */
function map(at: Layout, op: Extract<Op, { verb: 'mmap' }>): void {
  const memfd = op.source === 'memfd' ? op.map : undefined;
  const file = op.source === 'file' ? op.file : NO_FILE;
  const len = op.len ?? Math.max(0, (at.sizes[file] ?? 0) - op.off);
  if (memfd !== undefined) at.memfds[op.map] = Math.max(at.memfds[op.map] ?? 0, len);
  at.maps[op.map]?.push({ file, memfd, private: op.private || op.source === 'anon', off: op.off, len, blocks: new Map(at.now[file]), own: new Map(), used: new Set() }); // prettier-ignore
  at.mapped[op.map] = true;
}

/** The child's mappings of the same names; it gets copies of pinned anonymous pages, and shares the others. */
function fork(at: Layout, parent: ProcId, child: ProcId): void {
  const { maps } = at.program;
  maps.forEach(({ name, proc }, from) => {
    const window = at.maps[from]?.at(-1);
    const to = maps.findIndex((other) => other.proc === child && other.name === name);
    if (proc !== parent || at.mapped[from] !== true || window === undefined || to < 0) return;
    const pinned = at.mrs.some((ranges) => ranges.at(-1)?.map === from);
    const own = new Map([...window.own].map(([index, home]) => [index, pinned ? anonHome(at.anon++) : home]));
    at.maps[to]?.push({ ...window, blocks: new Map([...window.blocks, ...own]), own, used: new Set(window.used) });
    at.mapped[to] = true;
  });
}

/** The file index behind a page of a mapping, by the range that the mapping was made with last. */
function behind(ranges: readonly MapRange[] | undefined, page: number): { file: FileId; index: FileIndex } | undefined {
  const range = ranges?.[ranges.length - 1];
  return range === undefined ? undefined : { file: range.file, index: range.off + page };
}

function touch(at: Layout, where: { file: FileId; index: FileIndex } | undefined, writes: boolean): void {
  if (where === undefined || where.file === NO_FILE) return;
  at.touched[where.file]?.add(where.index);
  if (writes && where.index < (at.sizes[where.file] ?? 0)) write(at, where.file, where.index);
}

/** An access through a mapping: of the first one at each page it is kept where it went. */
function access(at: Layout, map: MapId, page: number, writes: boolean): void {
  const window = at.maps[map]?.at(-1);
  const where = behind(at.maps[map], page);
  if (window === undefined || where === undefined) return;
  touch(at, where, writes && !window.private);
  const copies = writes && window.private && page < window.len && !window.own.has(where.index);
  if (copies) window.own.set(where.index, anonHome(at.anon++));
  if (window.used.has(where.index)) return;
  if (!copies || window.file !== NO_FILE) window.used.add(where.index);
  // A private page of a file first stands for the file's; one of anonymous memory for nothing before it is written.
  const home = at.now[where.file]?.get(where.index) ?? window.own.get(where.index);
  if (home !== undefined) window.blocks.set(where.index, home);
}

function eachIndex(from: number, to: number, f: (index: number) => void): void {
  for (let i = from; i < Math.min(to, from + MAX_SLOTS); i++) f(i);
}

function fallocate(at: Layout, op: Extract<Op, { verb: 'fallocate' }>): void {
  const end = op.off + op.len;
  eachIndex(op.off, end, (i) => void at.touched[op.file]?.add(i));
  if (op.mode === 'insert') return shift(at, op.file, op.off, op.len);
  if (op.mode === 'unshare') return eachIndex(op.off, end, (i) => touch(at, { file: op.file, index: i }, true));
  if (op.mode !== 'punch' && op.mode !== 'collapse') grow(at, op.file, end);
  if (op.mode !== 'alloc') eachIndex(op.off, end, (i) => drop(at, op.file, i));
  if (op.mode === 'collapse') return shift(at, op.file, end, -op.len);
  if (op.mode === 'punch') return;
  eachIndex(op.off, end, (i) => {
    if (at.now[op.file]?.has(i) === false) allocate(at, op.file, i);
  });
}

/** What is at `from` and above moves by `by`; an index that had no block before has its home there. */
function shift(at: Layout, file: FileId, from: FileIndex, by: number): void {
  const now = at.now[file];
  const moved = [...(now ?? [])].filter(([index]) => index >= from);
  for (const [index] of moved) now?.delete(index);
  for (const [index, block] of moved) {
    now?.set(index + by, block);
    if (at.first[file]?.has(index + by) === false) at.first[file]?.set(index + by, block);
  }
  if (by > 0) grow(at, file, (at.sizes[file] ?? 0) + by);
}

function register(at: Layout, op: Extract<Op, { verb: 'reg_mr' }>): void {
  const map = at.maps[op.map]?.at(-1);
  if (map === undefined) return;
  const len = op.len ?? map.len - op.off;
  const unshares = at.program.option.knobs['pin.readonly'] === 'unshare';
  // A longterm pin through a private mapping copies first, for READ too.
  const writes = unshares || map.private || op.access.some((flag) => flag !== 'remote_read' && flag !== 'on_demand');
  if (!op.access.includes('on_demand')) eachIndex(op.off, op.off + len, (page) => access(at, op.map, page, writes));
  // After the pinning: what the MTT will hold.
  const pinned: ReadonlyMap<FileIndex, Home> = new Map([...(at.now[map.file] ?? []), ...map.own]);
  eachIndex(map.off + op.off, map.off + op.off + len, (i) => {
    const block = pinned.get(i);
    if (block !== undefined && block >= 0 && !op.access.includes('on_demand')) at.pins[op.mr]?.add(block);
  });
  at.mrs[op.mr]?.push({ ...map, off: map.off + op.off, len, blocks: pinned, map: op.map });
}

function unpin(at: Layout, mr: MrId): void {
  const blocks = [...(at.pins[mr]?.keys() ?? [])];
  at.pins[mr]?.clear();
  for (const block of blocks) free(at, block);
}

function truncate(at: Layout, file: FileId, size: number): void {
  grow(at, file, size);
  at.touched[file]?.add(Math.max(0, size - 1));
  for (const index of [...(at.now[file]?.keys() ?? [])]) if (index >= size) drop(at, file, index);
}

function play(at: Layout, op: Op, actor: TaskId): void {
  switch (op.verb) {
    case 'mmap':
      return map(at, op);
    case 'munmap':
      at.mapped[op.map] = false;
      return;
    case 'fork': {
      const parent = at.program.actors[actor];
      return parent?.type === 'thread' ? fork(at, parent.proc, op.child) : undefined;
    }
    case 'load':
    case 'dio_write':
    case 'vmsplice':
      return access(at, op.map, op.index, false);
    case 'store':
    case 'dio_read':
      return access(at, op.map, op.index, true);
    case 'pread':
      return touch(at, op, false);
    case 'pwrite':
    case 'pwrite_direct':
      grow(at, op.file, op.index + 1);
      return touch(at, op, true);
    case 'ftruncate':
      return truncate(at, op.file, op.size);
    case 'fallocate':
      return fallocate(at, op);
    case 'reflink':
    case 'dedupe':
      return share(at, op.src, op.dst, op.range ?? { srcOff: 0, dstOff: 0, len: undefined });
    case 'unlink':
      for (const index of [...(at.now[op.file]?.keys() ?? [])]) drop(at, op.file, index);
      return;
    case 'reg_mr':
      return register(at, op);
    case 'dereg_mr':
      return unpin(at, op.mr);
    case 'rdma_read':
    case 'post_read':
      return touch(at, behind(at.mrs[op.mr], op.index), false);
    case 'rdma_write':
    case 'post_write':
      return touch(at, behind(at.mrs[op.mr], op.index), false);
    default:
      return;
  }
}

/** Refusals before anything was made; a reg_mr that fails later has pinned pages for a while. */
const REFUSED_AT_ONCE = /^(EOPNOTSUPP|EPERM|EINVAL|ENOENT|void|gone)$/;
const REFUSED = /^(E[A-Z]{3,}|void|gone)$/;

/** A step that came to nothing, now and later, leaves no trace in the layout. */
function tookPlace(outline: Outline, step: number, verb: Op['verb']): boolean {
  const result = outline.steps[step];
  if (result === undefined) return true;
  return !(verb === 'reg_mr' ? REFUSED_AT_ONCE : REFUSED).test(result.eventually ?? result.result);
}

/** In the order in which they ended: one that slept did its work when it woke. */
function stepsAsRun(program: Program, outline: Outline): number[] {
  const ended = new Map<number, number>();
  for (const { step, to } of outline.turns) ended.set(step, to);
  const when = (step: number): number => ended.get(step) ?? Infinity;
  return program.steps.map((_, step) => step).sort((a, b) => when(a) - when(b) || a - b);
}

export function homesOf(program: Program, outline: Outline): Homes {
  const at = emptyLayout(program);
  declare(at);
  for (const step of stepsAsRun(program, outline)) {
    const found = program.steps[step];
    if (found !== undefined && tookPlace(outline, step, found.op.verb)) play(at, found.op, found.actor);
  }
  return { blocks: at.first, sizes: at.sizes, touched: at.touched, memfds: at.memfds, maps: at.maps, mrs: at.mrs };
}

/**
 * What the text alone says about lengths: an index past a mapping or an MR is an error in the text when no run could
 * make it right. Nothing is known of a file's size once a step may have changed it.
 */
import type { MapId, ProcId } from '../sim/model/ids.ts';
import type { Op } from '../sim/model/op.ts';
import type { FileDecl } from '../sim/model/program.ts';

/** `undefined`: not known from the text. */
type Length = number | undefined;

export type Lengths = {
  readonly ofFile: (file: number) => Length;
  readonly ofMap: (map: number) => Length;
  readonly ofMr: (mr: number) => Length;
  /** Takes in what a step may have changed, in the order of the text. */
  readonly follow: (op: Op) => void;
  /** Takes in what the entries of all menus may change, in any order. */
  readonly followMenus: (ops: readonly Op[]) => void;
};

/** By child process, parents first: the parent's mapping, and the child's of the same name. */
export type Copies = ReadonlyMap<ProcId, readonly (readonly [from: MapId, to: MapId])[]>;

export function createLengths(files: readonly FileDecl[], copies: Copies): Lengths {
  const sizes = new Map<number, number>();
  files.forEach((file, id) => {
    const size = declaredSize(file, (src) => sizes.get(src));
    if (size !== undefined) sizes.set(id, size);
  });
  const maps = new Map<number, Length>();
  const mrs = new Map<number, Length>();
  const inherit = (child: ProcId): void => {
    for (const [from, to] of copies.get(child) ?? []) widen(maps, to, maps.get(from));
  };
  const follow = (op: Op): void => {
    if (op.verb === 'mmap') widen(maps, op.map, op.len ?? restOf(sizes.get(op.file), op.off));
    else if (op.verb === 'fork') inherit(op.child);
    else if (op.verb === 'reg_mr') widen(mrs, op.mr, op.len ?? restOf(maps.get(op.map), op.off));
    else for (const file of resized(op, sizes)) sizes.delete(file);
  };
  const followMenus = (ops: readonly Op[]): void => {
    const forked = new Set(ops.flatMap((op) => (op.verb === 'fork' ? [op.child] : [])));
    for (const op of ops) if (!MAKERS.has(op.verb)) follow(op);
    for (const op of ops) if (op.verb === 'mmap') follow(op);
    for (const child of copies.keys()) if (forked.has(child)) inherit(child);
    for (const op of ops) if (op.verb === 'reg_mr') follow(op);
  };
  return {
    ofFile: (file) => sizes.get(file),
    ofMap: (map) => maps.get(map),
    ofMr: (mr) => mrs.get(mr),
    follow,
    followMenus,
  };
}

const MAKERS: ReadonlySet<string> = new Set(['mmap', 'fork', 'reg_mr']);

export function declaredSize(file: FileDecl, sizeOf: (file: number) => Length): Length {
  const { init } = file;
  if (init.type === 'absent') return undefined;
  if (init.type === 'cells') return init.cells.length;
  return init.len ?? restOf(sizeOf(init.src), init.off);
}

const restOf = (size: Length, off: number): Length => (size === undefined ? undefined : Math.max(0, size - off));

/** A name that is made anew may stand for either. Length 0 is EINVAL: nothing was made, so nothing is known. */
function widen(lengths: Map<number, Length>, id: number, length: Length): void {
  const before = lengths.get(id);
  const unknown = length === undefined || length === 0 || (lengths.has(id) && before === undefined);
  lengths.set(id, unknown ? undefined : Math.max(length, before ?? 0));
}

/** Files whose size the step may change. */
function resized(op: Op, sizes: ReadonlyMap<number, number>): readonly number[] {
  switch (op.verb) {
    case 'ftruncate':
    case 'create':
    case 'unlink':
      return [op.file];
    case 'pwrite':
    case 'pwrite_direct':
      return op.index < (sizes.get(op.file) ?? 0) ? [] : [op.file];
    case 'fallocate':
      if (op.mode === 'collapse' || op.mode === 'insert') return [op.file];
      return op.mode === 'punch' || op.off + op.len <= (sizes.get(op.file) ?? 0) ? [] : [op.file];
    case 'reflink':
      return [op.dst];
    default:
      return [];
  }
}

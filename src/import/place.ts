/**
 * Extents in bytes → blocks of the model. Blocks of 4096 bytes; physical ones are numbered anew by rank, so that order
 * and sharing stay and the distances between them go. Where files are too large for a text, and all their ends are
 * multiples of something larger, one block stands for that much.
 */
import { MAX_BLOCKS } from './bounds.ts';
import { BLOCK, countOf, type Machine, type Told } from './machine.ts';

/** In blocks of the model, along one file. */
export type Segment = {
  readonly at: number;
  readonly len: number;
  readonly written: boolean;
  /** Where on the machine, in the same unit. */
  readonly from: number;
  readonly shared: boolean;
};

export type PlacedFile = {
  /** Of `machine.files`; -1: stands for files that are not here. */
  readonly file: number;
  readonly name: string;
  readonly called: string;
  readonly size: number;
  readonly segments: readonly Segment[];
};

/** A stretch of blocks of the machine that the same files hold. */
export type Atom = { readonly from: number; readonly len: number; readonly written: boolean; readonly shared: boolean; readonly users: readonly PlacedFile[] }; // prettier-ignore

export type Placed = {
  readonly files: readonly PlacedFile[];
  /** In the order of the machine. */
  readonly atoms: readonly Atom[];
  /** Bytes that one block stands for. */
  readonly unit: number;
};

const hasNoFragment = (...numbers: readonly number[]): boolean => numbers.every((n) => n % BLOCK === 0);

export function place(machine: Machine, freeName: (name: string) => string, told: Told): Placed {
  const files = machine.files.flatMap((_, i) => placeFile(machine, i, told));
  const { files: fitting, unit } = scale(machine, files, told);
  const { kept, atoms } = withoutConflicts(fitting, told);
  return withOthers(kept, atoms, unit, freeName, told);
}

function placeFile({ files }: Machine, i: number, told: Told): readonly PlacedFile[] {
  const file = files[i];
  if (file === undefined) return [];
  const { name, called, extents } = file;
  const data = extents.filter(({ state }) => state !== 'hole');
  const off = data.find(({ at, len, physical = 0 }) => !hasNoFragment(at, physical) || (!hasNoFragment(len) && at + len < (file.size ?? 0))); // prettier-ignore
  if (off !== undefined) {
    told.misfit(`${called}: the extent at byte ${off.at} (physical byte ${off.physical ?? 0}, ${off.len} bytes) is not on blocks of 4 KiB: the file is left out.`); // prettier-ignore
    return [];
  }
  const bytes = file.size ?? extents.reduce((end, { at, len }) => Math.max(end, at + len), 0);
  const size = Math.ceil(bytes / BLOCK);
  if (file.size === undefined)
    told.assume(`${called}: its size is not in the output. It is taken to end where its last extent ends.`); // prettier-ignore
  else if (bytes % BLOCK !== 0)
    told.assume(`${called}: ${bytes} bytes long, taken as ${countOf(size, 'whole block')}.`);
  const segments: Segment[] = [];
  let past = 0;
  for (const { at, len, physical, state, shared, why } of data) {
    if (physical === undefined) {
      told.misfit(`${called}: ${countOf(Math.ceil(len / BLOCK), 'block')} at block ${at / BLOCK} (${why ?? 'no block'}): a hole here.`); // prettier-ignore
      continue;
    }
    const first = at / BLOCK;
    const all = Math.ceil(len / BLOCK);
    const kept = Math.max(0, Math.min(all, size - first));
    past += all - kept;
    if (shared && state === 'unwritten') told.misfit(`${called}: unwritten and shared at block ${first}: taken as not shared.`); // prettier-ignore
    if (kept > 0) segments.push({ at: first, len: kept, written: state === 'written', from: physical / BLOCK, shared: shared && state === 'written' }); // prettier-ignore
  }
  if (past > 0)
    told.misfit(`${called}: ${countOf(past, 'block')} past its end (allocated, not in its size): left out.`);
  const own = file.assumed && size > 0 ? [{ at: 0, len: size, written: true, from: FAR * (i + 1), shared: false }] : segments; // prettier-ignore
  return [{ file: i, name, called, size, segments: own }];
}

/** Where nothing says: behind all blocks that a tool can print, each such file apart. */
const FAR = 2 ** 42;
export const isFar = (from: number, unit: number): boolean => from * (unit / BLOCK) >= FAR;

const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b));
const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);

function scale(
  machine: Machine,
  files: readonly PlacedFile[],
  told: Told,
): { files: readonly PlacedFile[]; unit: number } {
  // prettier-ignore
  const total = (list: readonly PlacedFile[]): number => sum(list.map(({ size }) => size));
  if (total(files) <= MAX_BLOCKS) return { files, unit: BLOCK };
  let by = 0;
  for (const { size, segments } of files) {
    by = gcd(by, size);
    for (const { at, len, from } of segments) by = gcd(gcd(gcd(by, at), len), from);
  }
  for (const { start, end, offset } of machine.procs.flatMap(({ maps }) => maps))
    by = gcd(gcd(by, offset / BLOCK), (end - start) / BLOCK);
  const larger = Number.isInteger(by) && by > 1 ? by : 1;
  if (larger > 1) told.assume(`One block here stands for ${larger * 4} KiB there: every extent and mapping begins and ends on a multiple of that.`); // prettier-ignore
  const scaled = files.map((file) => ({
    ...file,
    size: file.size / larger,
    segments: file.segments.map((one) => ({ ...one, at: one.at / larger, len: one.len / larger, from: one.from / larger })),
  })); // prettier-ignore
  const kept = [...scaled];
  while (total(kept) > MAX_BLOCKS) {
    const largest = kept.reduce((a, b) => (b.size > a.size ? b : a));
    kept.splice(kept.indexOf(largest), 1);
    told.misfit(`${largest.called}: ${largest.size} blocks. The files of one scenario may have ${MAX_BLOCKS} together, so it is left out; import a smaller file.`); // prettier-ignore
  }
  return { files: kept, unit: BLOCK * larger };
}

type Use = { readonly from: number; readonly to: number; readonly file: PlacedFile; readonly segment: Segment };

/** The same block twice, and nobody says it is shared: two devices, or two moments. Only one of them can be true. */
function withoutConflicts(
  files: readonly PlacedFile[],
  told: Told,
): { kept: readonly PlacedFile[]; atoms: readonly Atom[] } {
  // prettier-ignore
  let kept = files;
  for (;;) {
    const { atoms, conflict } = atomsOf(kept);
    if (conflict === undefined) return { kept, atoms };
    told.misfit(`${conflict.called}: it names blocks that ${conflict.other} has too, and no output says they are shared (two file systems, or two moments?). It is left out.`); // prettier-ignore
    kept = kept.filter(({ file }) => file !== conflict.file);
  }
}

type Conflict = { readonly file: number; readonly called: string; readonly other: string };

function atomsOf(files: readonly PlacedFile[]): { readonly atoms: readonly Atom[]; readonly conflict?: Conflict } {
  const uses = files
    .flatMap((file) =>
      file.segments.map((segment): Use => ({ from: segment.from, to: segment.from + segment.len, file, segment })),
    ) // prettier-ignore
    .sort((a, b) => a.from - b.from || a.to - b.to);
  const cuts = [...new Set(uses.flatMap(({ from, to }) => [from, to]))].sort((a, b) => a - b);
  const atoms: Atom[] = [];
  let active: Use[] = [];
  let next = 0;
  for (const [i, from] of cuts.entries()) {
    active = active.filter(({ to }) => to > from);
    for (let use = uses[next]; use?.from === from; use = uses[++next]) active.push(use);
    const to = cuts[i + 1];
    const [first, second] = active;
    if (to === undefined || first === undefined) continue;
    if (second !== undefined && !active.some(({ segment }) => segment.shared)) {
      const [early, late] = first.file.file <= second.file.file ? [first, second] : [second, first];
      return { atoms: [], conflict: { file: late.file.file, called: late.file.called, other: early.file.called } };
    }
    if (active.length > 1 && active.some(({ segment }) => !segment.written)) {
      const loser = active.find(({ segment }) => !segment.written) ?? second ?? first;
      return { atoms: [], conflict: { file: loser.file.file, called: loser.file.called, other: (active.find((use) => use !== loser) ?? first).file.called } }; // prettier-ignore
    }
    atoms.push({
      from,
      len: to - from,
      written: first.segment.written,
      shared: active.some(({ segment }) => segment.shared),
      users: active.map(({ file }) => file),
    });
  }
  return { atoms };
}

/** What is shared with nobody here is shared with somebody elsewhere: a store to it must still copy. */
function withOthers(
  files: readonly PlacedFile[],
  atoms: readonly Atom[],
  unit: number,
  freeName: (name: string) => string,
  told: Told,
): Placed {
  // prettier-ignore
  const lonely = new Set(atoms.filter(({ users, shared }) => users.length === 1 && shared));
  if (lonely.size === 0) return { files, atoms, unit };
  let at = 0;
  const segments = [...lonely].map(({ from, len }): Segment => {
    const segment = { at, len, written: true, from, shared: true };
    at += len;
    return segment;
  });
  const name = freeName('elsewhere');
  const other: PlacedFile = { file: -1, name, called: name, size: at, segments };
  told.assume(`${countOf(at, 'block')} of ${[...new Set([...lonely].flatMap(({ users }) => users.map(({ called }) => called)))].join(', ')} ${at === 1 ? 'is' : 'are'} shared with files whose outputs are not here: the file ${name} stands for them.`); // prettier-ignore
  const joined = atoms.map((atom) => (lonely.has(atom) ? { ...atom, users: [...atom.users, other] } : atom));
  return { files: [...files, other], atoms: joined, unit };
}

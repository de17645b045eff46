/**
 * Which `file` lines, and which set-up steps, make the blocks of the machine. Plain lines where they can: a file's own
 * blocks, or a clone of one above. Otherwise each stretch of blocks is first a file of its own, in the order of the
 * machine; the files share what is theirs of it, and it is unlinked. So every block has its rank, and its owners.
 */
import type { Atom, Placed, PlacedFile, Segment } from './place.ts';

export type Layout = {
  readonly declarations: readonly string[];
  readonly setup: readonly string[];
  /** The first block of the model's device, of each atom. */
  readonly blockOf: ReadonlyMap<Atom, number>;
  readonly blocks: number;
  readonly inOrder: boolean;
};

const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';

/** Of a block of the machine; blocks that are told one by one have letters of their own, as far as those go. */
function letters(atoms: readonly Atom[]): (atom: Atom) => string {
  const total = atoms.reduce((n, { len, written }) => n + (written ? len : 0), 0);
  const of = new Map<Atom, string>();
  let next = 0;
  for (const [i, atom] of atoms.entries()) {
    if (!atom.written) of.set(atom, '_'.repeat(atom.len));
    else if (total > LETTERS.length) of.set(atom, (LETTERS[i % LETTERS.length] ?? 'a').repeat(atom.len));
    else of.set(atom, LETTERS.slice(next, (next += atom.len)));
  }
  return (atom) => of.get(atom) ?? '';
}

/** A part of a file that is one atom. */
type Part = { readonly at: number; readonly atom: Atom };
type Parts = ReadonlyMap<PlacedFile, readonly Part[]>;

function partsOf({ files, atoms }: Placed): Parts {
  const starts = atoms.map(({ from }) => from);
  const parts = new Map<PlacedFile, readonly Part[]>();
  for (const file of files)
    parts.set(
      file,
      file.segments.flatMap((segment) => cut(segment, atoms, starts)),
    );
  return parts;
}

function cut({ at, from, len }: Segment, atoms: readonly Atom[], starts: readonly number[]): readonly Part[] {
  const parts: Part[] = [];
  for (let i = firstAt(starts, from); ; i++) {
    const atom = atoms[i];
    if (atom === undefined || atom.from >= from + len) return parts;
    parts.push({ at: at + atom.from - from, atom });
  }
}

/** Every segment begins where an atom does. */
function firstAt(starts: readonly number[], from: number): number {
  let [low, high] = [0, starts.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) < from) low = middle + 1;
    else high = middle;
  }
  return low;
}

export function layOut(placed: Placed, freeName: (name: string) => string, reflink: boolean): Layout | undefined {
  const parts = partsOf(placed);
  const tags = letters(placed.atoms);
  const simple = plainLines(placed, parts, tags);
  if (simple !== undefined && (simple.inOrder || !reflink)) return simple;
  return reflink ? pooled(placed, parts, tags, freeName) : undefined;
}

type Tags = (atom: Atom) => string;

function cellsOf(size: number, parts: readonly Part[], tags: Tags, takes: (atom: Atom) => boolean): string {
  let cells = '';
  for (const { at, atom } of parts) if (takes(atom)) cells = cells.padEnd(at, '.') + tags(atom);
  return cells.padEnd(size, '.');
}

const fileLine = (name: string, cells: string): string => (cells === '' ? `file ${name} ""` : `file ${name} ${cells}`);

function plainLines({ files, atoms }: Placed, parts: Parts, tags: Tags): Layout | undefined {
  const rank = new Map(atoms.map((atom, i) => [atom, i]));
  const first = (file: PlacedFile): number => (parts.get(file) ?? []).reduce((least, { atom }) => Math.min(least, rank.get(atom) ?? 0), Infinity); // prettier-ignore
  const order = files.map((file) => ({ file, rank: first(file) })).sort((a, b) => a.rank - b.rank || b.file.size - a.file.size); // prettier-ignore
  const blockOf = new Map<Atom, number>();
  const declarations: string[] = [];
  const whole: PlacedFile[] = [];
  let blocks = 0;
  for (const { file } of order) {
    const own = parts.get(file) ?? [];
    if (own.some(({ atom }) => blockOf.has(atom))) {
      const clone = cloneLine(file, whole, parts);
      if (clone === undefined) return undefined;
      declarations.push(clone);
      continue;
    }
    // A block twice in one file is beyond a line of cells.
    if (new Set(own.map(({ atom }) => atom)).size !== own.length) return undefined;
    for (const { atom } of own) {
      blockOf.set(atom, blocks);
      blocks += atom.len;
    }
    declarations.push(
      fileLine(
        file.name,
        cellsOf(file.size, own, tags, () => true),
      ),
    );
    whole.push(file);
  }
  return { declarations, setup: [], blockOf, blocks, inOrder: rises(atoms, blockOf) };
}

const rises = (atoms: readonly Atom[], blockOf: ReadonlyMap<Atom, number>): boolean =>
  atoms.every((atom, i) => i === 0 || (blockOf.get(atom) ?? 0) > (blockOf.get(atoms[i - 1] ?? atom) ?? 0));

/** A file that is a range of one above, block by block; a clone does not take what is unwritten. */
function cloneLine(file: PlacedFile, above: readonly PlacedFile[], parts: Parts): string | undefined {
  const own = parts.get(file) ?? [];
  const [first] = own;
  if (first === undefined) return undefined;
  for (const src of above) {
    const theirs = parts.get(src) ?? [];
    const start = theirs.find(({ atom }) => atom === first.atom);
    if (start === undefined) continue;
    const off = start.at - first.at;
    if (off < 0 || off + file.size > src.size) continue;
    const range = theirs.filter(({ at, atom }) => at + atom.len > off && at < off + file.size && atom.written);
    const same = range.length === own.length && range.every(({ at, atom }, i) => own[i]?.atom === atom && own[i]?.at === at - off); // prettier-ignore
    if (!same) continue;
    return `file ${file.name} = reflink ${src.name}${off === 0 && file.size === src.size ? '' : ` ${off} ${file.size}`}`;
  }
  return undefined;
}

type Pool = { readonly name: string; readonly at: ReadonlyMap<Atom, number> };

function pooled({ files, atoms }: Placed, parts: Parts, tags: Tags, freeName: (name: string) => string): Layout {
  const blockOf = new Map<Atom, number>();
  const declarations: string[] = [];
  const declared = new Set<PlacedFile>();
  const pools: Pool[] = [];
  let blocks = 0;
  let stretch: Atom[] = [];
  const take = (atom: Atom): void => {
    blockOf.set(atom, blocks);
    blocks += atom.len;
  };
  const flush = (): void => {
    if (stretch.length === 0) return;
    const name = freeName(`disk${pools.length + 1}`);
    const at = new Map<Atom, number>();
    let cells = '';
    for (const atom of stretch) {
      at.set(atom, cells.length);
      cells += tags(atom);
      take(atom);
    }
    pools.push({ name, at });
    declarations.push(fileLine(name, cells));
    stretch = [];
  };
  const declare = (file: PlacedFile): void => {
    if (declared.has(file)) return;
    declared.add(file);
    const own = parts.get(file) ?? [];
    for (const { atom } of own) if (!atom.written) take(atom);
    declarations.push(
      fileLine(
        file.name,
        cellsOf(file.size, own, tags, ({ written }) => !written),
      ),
    );
  };
  for (const atom of atoms) {
    if (atom.written) {
      stretch.push(atom);
      continue;
    }
    flush();
    for (const user of atom.users) declare(user);
  }
  flush();
  for (const file of files) declare(file);
  const setup = [...files.flatMap((file) => shareLines(file, parts.get(file) ?? [], pools)), ...pools.map(({ name }) => `setup unlink ${name}`)]; // prettier-ignore
  return { declarations, setup, blockOf, blocks, inOrder: rises(atoms, blockOf) };
}

function shareLines(file: PlacedFile, parts: readonly Part[], pools: readonly Pool[]): readonly string[] {
  type Run = { readonly pool: Pool; readonly from: number; readonly at: number; readonly len: number };
  const runs: Run[] = [];
  for (const { at, atom } of parts) {
    const pool = pools.find((one) => one.at.has(atom));
    const from = pool?.at.get(atom);
    if (pool === undefined || from === undefined) continue;
    const last = runs.at(-1);
    if (last?.pool === pool && last.from + last.len === from && last.at + last.len === at)
      runs[runs.length - 1] = { ...last, len: last.len + atom.len }; // prettier-ignore
    else runs.push({ pool, from, at, len: atom.len });
  }
  return runs.map(({ pool, from, at, len }) => `setup reflink ${pool.name} ${file.name} ${from} ${at} ${len}`);
}

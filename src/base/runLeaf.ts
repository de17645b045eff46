/**
 * A leaf of a run map: up to 32 runs in one flat list of numbers, three for each run, ascending by index.
 *
 *     index    0 1 2 3 4 5 6          [at, span, value,  …]
 *     value    7 7 7 . 4 5 6    ===>  [ 0,    3,     7,  4, -3, 4]
 *
 * A span is the length of the run, negative where the value grows by one with each index. A run of one index has
 * span 1. Flat, because a list of numbers is copied and compared many times faster than a list of objects.
 */
export type Leaf = readonly number[];

export const RUN_WIDTH = 3;
export const MAX_LEAF = 32 * RUN_WIDTH;

/** Reads a position that is in range by construction; as a cast it costs nothing in the loops of the checker. */
export const numAt = (list: readonly number[], k: number): number => list[k] as number;

export const spanOf = (len: number, step: 0 | 1): number => (step === 1 && len > 1 ? -len : len);
export const lenOfSpan = (span: number): number => (span < 0 ? -span : span);
export const runEnd = (leaf: Leaf, k: number): number => numAt(leaf, k) + lenOfSpan(numAt(leaf, k + 1));

/** Replaces what is in [from, to) by one run starting at `from` (`span` 0: by nothing); from `to` on, all moves by `shift`. */
export interface Edit {
  readonly from: number;
  readonly to: number;
  readonly span: number;
  readonly value: number;
  readonly shift: number;
}

/** Return true to stop. */
export type RunVisitor = (at: number, len: number, value: number, step: 0 | 1) => void | true;

export interface Walk {
  readonly from: number;
  readonly to: number;
  /** Added to every index given to the visitor. */
  readonly base: number;
}

/** Position of the last run that starts at or before `index`, or −3. */
export function findRun(leaf: Leaf, index: number): number {
  let low = 0;
  let high = leaf.length / RUN_WIDTH;
  while (low < high) {
    const mid = (low + high) >>> 1;
    if (numAt(leaf, mid * RUN_WIDTH) <= index) low = mid + 1;
    else high = mid;
  }
  return (low - 1) * RUN_WIDTH;
}

export function leafGet(leaf: Leaf, index: number): number | undefined {
  const k = findRun(leaf, index);
  if (k < 0) return undefined;
  const offset = index - numAt(leaf, k);
  const span = numAt(leaf, k + 1);
  if (span < 0) return offset < -span ? numAt(leaf, k + 2) + offset : undefined;
  return offset < span ? numAt(leaf, k + 2) : undefined;
}

/**
 * Puts a run behind all others, keeping `out` canonical: an index whose value equals a neighbour's belongs to a constant
 * run; what is left forms growing runs as long as they go. So an end of a growing run may have to be given up:
 *
 *     4 5 6  then  6 6     ===>     4 5 | 6 6 6
 */
export function appendRun(out: number[], at: number, span: number, value: number): void {
  const k = out.length - RUN_WIDTH;
  if (k < 0 || runEnd(out, k) !== at) {
    out.push(at, span, value);
    return;
  }
  const lastSpan = numAt(out, k + 1);
  const last = numAt(out, k + 2) + (lastSpan < 0 ? -lastSpan - 1 : 0);
  if (value === last) {
    const equal = span < 0 ? 1 : span;
    if (lastSpan > 0) out[k + 1] = lastSpan + equal;
    else {
      out[k + 1] = lastSpan === -2 ? 1 : lastSpan + 1;
      out.push(at - 1, equal + 1, value);
    }
    if (span < 0) out.push(at + 1, span === -2 ? 1 : span + 1, value + 1);
  } else if (value === last + 1 && lastSpan <= 1 && span <= 1) {
    out[k + 1] = -lenOfSpan(lastSpan) - lenOfSpan(span);
  } else {
    out.push(at, span, value);
  }
}

/** The runs of an edited leaf, canonical again; may be more than a leaf holds. */
export function leafEdit(leaf: Leaf, { from, to, span, value, shift }: Edit): number[] {
  const out: number[] = [];
  let k = 0;
  for (; k < leaf.length && numAt(leaf, k) < from; k += RUN_WIDTH) {
    const room = from - numAt(leaf, k);
    const old = numAt(leaf, k + 1);
    if (lenOfSpan(old) > room) {
      appendRun(out, numAt(leaf, k), old < 0 ? spanOf(room, 1) : room, numAt(leaf, k + 2));
      break; // Without going on: this run may reach beyond `to` as well.
    }
    out.push(numAt(leaf, k), old, numAt(leaf, k + 2));
  }
  if (span !== 0) appendRun(out, from, span, value);
  for (; k < leaf.length; k += RUN_WIDTH) {
    const cut = to - numAt(leaf, k);
    const old = numAt(leaf, k + 1);
    const rest = lenOfSpan(old) - cut;
    if (cut <= 0) appendRun(out, numAt(leaf, k) + shift, old, numAt(leaf, k + 2));
    else if (rest > 0 && old < 0) appendRun(out, to + shift, spanOf(rest, 1), numAt(leaf, k + 2) + cut);
    else if (rest > 0) appendRun(out, to + shift, rest, numAt(leaf, k + 2));
  }
  return out;
}

export function leafShift(leaf: Leaf, by: number): Leaf {
  if (by === 0) return leaf;
  const out = leaf.slice();
  for (let k = 0; k < out.length; k += RUN_WIDTH) out[k] = numAt(out, k) + by;
  return out;
}

export function leafSize(leaf: Leaf): number {
  let size = 0;
  for (let k = 0; k < leaf.length; k += RUN_WIDTH) size += lenOfSpan(numAt(leaf, k + 1));
  return size;
}

export function leafEquals(a: Leaf, b: Leaf): boolean {
  if (a.length !== b.length) return false;
  for (let k = 0; k < a.length; k++) if (a[k] !== b[k]) return false;
  return true;
}

/** Visits the runs that touch [from, to), cut to it, with `base` added to their indexes; true when it was stopped. */
export function leafEach(leaf: Leaf, { from, to, base }: Walk, visit: RunVisitor): boolean {
  for (let k = Math.max(findRun(leaf, from), 0); k < leaf.length; k += RUN_WIDTH) {
    const at = numAt(leaf, k);
    if (at >= to) return false;
    const end = runEnd(leaf, k);
    const start = at < from ? from : at;
    const len = (end > to ? to : end) - start;
    if (len <= 0) continue;
    const grows = numAt(leaf, k + 1) < 0;
    const value = numAt(leaf, k + 2) + (grows ? start - at : 0);
    if (visit(base + start, len, value, grows && len > 1 ? 1 : 0) === true) return true;
  }
  return false;
}

/** Lowest index ≥ `from` that has this value. */
export function leafFirst(leaf: Leaf, value: number, from: number): number | undefined {
  for (let k = Math.max(findRun(leaf, from), 0); k < leaf.length; k += RUN_WIDTH) {
    const at = numAt(leaf, k);
    const start = Math.max(at, from);
    const offset = value - numAt(leaf, k + 2);
    if (numAt(leaf, k + 1) > 0) {
      if (offset === 0 && start < runEnd(leaf, k)) return start;
    } else if (at + offset >= start && at + offset < runEnd(leaf, k)) return at + offset;
  }
  return undefined;
}

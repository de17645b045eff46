/**
 * Where two run maps differ. Parts that both share are skipped unseen, so for a map and its edited successor the cost is
 * that of the edit.
 */
import type { Node } from './runTree.ts';
import { baseAt, isLeaf, kidAt } from './runTree.ts';
import { lenOfSpan, numAt, RUN_WIDTH } from './runLeaf.ts';

/** [at, at + len): the first values before and after (undefined: unmapped), each constant or growing by its step. */
export interface Difference {
  readonly at: number;
  readonly len: number;
  readonly was: number | undefined;
  readonly wasStep: 0 | 1;
  readonly now: number | undefined;
  readonly nowStep: 0 | 1;
}

interface Part {
  readonly node: Node;
  readonly base: number;
}
interface Piece {
  readonly at: number;
  readonly end: number;
  readonly value: number;
  readonly step: 0 | 1;
}

const startOf = ({ node, base }: Part): number =>
  isLeaf(node) ? base + (node.length === 0 ? 0 : numAt(node, 0)) : base + baseAt(node, 0);

function expand(stack: Part[], { node, base }: Part, pieces: Piece[]): void {
  stack.pop();
  if (!isLeaf(node)) {
    for (let k = node.kids.length - 1; k >= 0; k--) stack.push({ node: kidAt(node, k), base: base + baseAt(node, k) });
    return;
  }
  for (let k = 0; k < node.length; k += RUN_WIDTH) {
    const at = base + numAt(node, k);
    const span = numAt(node, k + 1);
    pieces.push({ at, end: at + lenOfSpan(span), value: numAt(node, k + 2), step: span < 0 ? 1 : 0 });
  }
}

/** The runs of both maps that lie in parts which they do not share. */
function unshared(a: Node, b: Node): readonly [readonly Piece[], readonly Piece[]] {
  const [left, right]: [Part[], Part[]] = [[{ node: a, base: 0 }], [{ node: b, base: 0 }]];
  const [before, after]: [Piece[], Piece[]] = [[], []];
  for (;;) {
    const l = left.at(-1);
    const r = right.at(-1);
    if (l === undefined && r === undefined) return [before, after];
    if (l !== undefined && r !== undefined && l.node === r.node && l.base === r.base) {
      left.pop();
      right.pop();
    } else if (r === undefined || (l !== undefined && isFirst(l, r))) {
      if (l !== undefined) expand(left, l, before);
    } else expand(right, r, after);
  }
}

/** A branch is opened before a leaf that starts with it is read: the leaf may be in it. */
function isFirst(l: Part, r: Part): boolean {
  const order = startOf(l) - startOf(r);
  return order !== 0 ? order < 0 : !isLeaf(l.node) || isLeaf(r.node);
}

const valueAt = (piece: Piece | undefined, at: number): number | undefined =>
  piece === undefined || at < piece.at ? undefined : piece.value + piece.step * (at - piece.at);

/** The end of what `piece` says about `at`: its own, or that of the gap before it. */
const reach = (piece: Piece | undefined, at: number): number =>
  piece === undefined ? Infinity : at < piece.at ? piece.at : piece.end;

/** A run of one index has no step of its own: it may be seen as either. */
const stepOf = (piece: Piece | undefined, at: number): 0 | 1 => (piece === undefined || at < piece.at ? 0 : piece.step);

/** Calls `f` for each stretch that differs, ascending. */
export function runsDiff(a: Node, b: Node, f: (difference: Difference) => void): void {
  if (a === b) return;
  const [before, after] = unshared(a, b);
  let [i, j, at] = [0, 0, 0];
  for (;;) {
    const l = before[i];
    const r = after[j];
    if (l === undefined && r === undefined) return;
    if (at < Math.min(l?.at ?? Infinity, r?.at ?? Infinity)) at = Math.min(l?.at ?? Infinity, r?.at ?? Infinity);
    const end = Math.min(reach(l, at), reach(r, at));
    const piece = { at, len: end - at, was: valueAt(l, at), wasStep: stepOf(l, at), now: valueAt(r, at), nowStep: stepOf(r, at) }; // prettier-ignore
    tell(piece, f);
    at = end;
    if (l?.end === end) i++;
    if (r?.end === end) j++;
  }
}

/** A constant run and a growing one can meet at an index in between. */
function tell(piece: Difference, f: (difference: Difference) => void): void {
  const { at, len, was, wasStep, now, nowStep } = piece;
  if (was === undefined || now === undefined) {
    if (was !== now) f(piece);
    return;
  }
  if (wasStep === nowStep || len === 1) {
    if (was !== now) f(piece);
    return;
  }
  const meet = wasStep === 1 ? now - was : was - now;
  if (meet < 0 || meet >= len) return f(piece);
  if (meet > 0) f({ ...piece, len: meet });
  const rest = meet + 1;
  if (rest < len) f({ at: at + rest, len: len - rest, was: was + wasStep * rest, wasStep, now: now + nowStep * rest, nowStep }); // prettier-ignore
}

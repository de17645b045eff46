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

/** Walks both maps at once and keeps the runs that lie in parts which they do not share. */
interface Walk {
  readonly left: Part[];
  readonly right: Part[];
  readonly before: Piece[];
  readonly after: Piece[];
}

/** Skips one shared part, or opens the part that comes first. */
function walkOn({ left, right, before, after }: Walk): void {
  const l = left.at(-1);
  const r = right.at(-1);
  if (l !== undefined && r !== undefined && l.node === r.node && l.base === r.base) {
    left.pop();
    right.pop();
  } else if (l !== undefined && (r === undefined || isFirst(l, r))) expand(left, l, before);
  else if (r !== undefined) expand(right, r, after);
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

/** Return true to stop. */
export type DifferenceVisitor = (difference: Difference) => void | true;

/** Calls `f` for each stretch that differs, ascending, until it returns true. */
export function runsDiff(a: Node, b: Node, f: DifferenceVisitor): void {
  if (a === b) return;
  const walk: Walk = { left: [{ node: a, base: 0 }], right: [{ node: b, base: 0 }], before: [], after: [] };
  const { left, right, before, after } = walk;
  let [i, j, at] = [0, 0, 0];
  for (;;) {
    while ((i === before.length && left.length > 0) || (j === after.length && right.length > 0)) walkOn(walk);
    const l = before[i];
    const r = after[j];
    if (l === undefined && r === undefined) return;
    at = Math.max(at, Math.min(l?.at ?? Infinity, r?.at ?? Infinity));
    const end = Math.min(reach(l, at), reach(r, at));
    const piece = { at, len: end - at, was: valueAt(l, at), wasStep: stepOf(l, at), now: valueAt(r, at), nowStep: stepOf(r, at) }; // prettier-ignore
    if (tell(piece, f) === true) return;
    at = end;
    if (l?.end === end) i++;
    if (r?.end === end) j++;
  }
}

/** A constant run and a growing one can meet at an index in between. */
function tell(piece: Difference, f: DifferenceVisitor): void | true {
  const { at, len, was, wasStep, now, nowStep } = piece;
  if (was === undefined || now === undefined || wasStep === nowStep || len === 1)
    return was === now ? undefined : f(piece);
  const meet = wasStep === 1 ? now - was : was - now;
  if (meet < 0 || meet >= len) return f(piece);
  if (meet > 0 && f({ ...piece, len: meet }) === true) return true;
  const rest = meet + 1;
  if (rest === len) return undefined;
  return f({ at: at + rest, len: len - rest, was: was + wasStep * rest, wasStep, now: now + nowStep * rest, nowStep });
}

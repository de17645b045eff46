/**
 * The big form of a run map: a B+ tree whose leaves hold 16 to 32 runs and whose branches have 16 to 32 kids (the root 2
 * or more). Indexes in a kid count from the kid's own first index, so that all behind a point can be moved by adding to
 * a few numbers on the way down. An edit copies one path; the rest is shared with the tree before.
 */
import { assert } from './assert.ts';
import type { Edit, Leaf, RunVisitor, Walk } from './runLeaf.ts';
import { appendRun, findRun, leafEach, leafEdit, leafShift, leafSize } from './runLeaf.ts';
import { MAX_LEAF, numAt, RUN_WIDTH, runEnd, spanOf } from './runLeaf.ts';

export interface Branch {
  /** Five numbers for each kid: where it begins in this branch, then its size, runs, lowest and highest value. */
  readonly info: readonly number[];
  readonly kids: readonly Node[];
}
export type Node = Leaf | Branch;

const INFO = 5;
const MAX_KIDS = 32;

export const isLeaf = (node: Node): node is Leaf => Array.isArray(node);

export function kidAt(branch: Branch, k: number): Node {
  const kid = branch.kids[k];
  assert(kid !== undefined, 'no such kid');
  return kid;
}
export const baseAt = (branch: Branch, k: number): number => numAt(branch.info, k * INFO);

/** The last kid that begins at or before `index`, or −1. */
export function findKid({ info, kids }: Branch, index: number): number {
  let low = 0;
  let high = kids.length;
  while (low < high) {
    const mid = (low + high) >>> 1;
    if (numAt(info, mid * INFO) <= index) low = mid + 1;
    else high = mid;
  }
  return low - 1;
}

/** Sum of one of the columns of `info`. */
function total({ info }: Branch, column: number): number {
  let sum = 0;
  for (let k = column; k < info.length; k += INFO) sum += numAt(info, k);
  return sum;
}
export const nodeSize = (node: Node): number => (isLeaf(node) ? leafSize(node) : total(node, 1));
export const nodeCount = (node: Node): number => (isLeaf(node) ? node.length / RUN_WIDTH : total(node, 2));

/** Whether kid `k` may hold the value: false is certain. */
export const mayHold = ({ info }: Branch, k: number, value: number): boolean =>
  numAt(info, k * INFO + 3) <= value && value <= numAt(info, k * INFO + 4);

function pushInfo(out: number[], base: number, node: Node): void {
  let low = Infinity;
  let high = -Infinity;
  if (isLeaf(node)) {
    for (let k = 0; k < node.length; k += RUN_WIDTH) {
      const value = numAt(node, k + 2);
      const span = numAt(node, k + 1);
      low = Math.min(low, value);
      high = Math.max(high, span < 0 ? value - span - 1 : value);
    }
  } else {
    for (let k = 0; k < node.info.length; k += INFO) {
      low = Math.min(low, numAt(node.info, k + 3));
      high = Math.max(high, numAt(node.info, k + 4));
    }
  }
  out.push(base, nodeSize(node), nodeCount(node), low, high);
}

export function shiftNode(node: Node, by: number): Node {
  if (by === 0) return node;
  if (isLeaf(node)) return leafShift(node, by);
  const info = node.info.slice();
  for (let k = 0; k < info.length; k += INFO) info[k] = numAt(info, k) + by;
  return { info, kids: node.kids };
}

/** A kid with its indexes counted as in its branch. */
const kidInPlace = (branch: Branch, k: number): Node => shiftNode(kidAt(branch, k), baseAt(branch, k));

const firstIndex = (node: Node): number => (isLeaf(node) ? numAt(node, 0) : numAt(node.info, 0));

/** Makes nodes, all counted in one frame, the kids of a branch counted in that frame. */
export function branchOf(nodes: readonly Node[]): Branch {
  const info: number[] = [];
  const kids = nodes.map((node) => {
    const base = firstIndex(node);
    const kid = shiftNode(node, -base);
    pushInfo(info, base, kid);
    return kid;
  });
  return { info, kids };
}

/** Kids from `start` up to `end`; a single kid stands for itself, none is the empty leaf. */
function part(branch: Branch, start: number, end: number): Node {
  if (start >= end) return [];
  if (start + 1 === end) return kidInPlace(branch, start);
  return { info: branch.info.slice(start * INFO, end * INFO), kids: branch.kids.slice(start, end) };
}

function halves(branch: Branch): Node[] {
  const n = branch.kids.length;
  return n <= MAX_KIDS ? [branch] : [part(branch, 0, n >>> 1), part(branch, n >>> 1, n)];
}

/** By `concat`, which copies in one go what a spread takes one by one. */
const glue = (a: Branch, b: Branch): Branch => ({ info: a.info.concat(b.info), kids: a.kids.concat(b.kids) });

/** A branch even of a single kid, unlike `part`. */
const slice = ({ info, kids }: Branch, start: number, end: number): Branch => ({
  info: info.slice(start * INFO, end * INFO),
  kids: kids.slice(start, end),
});

function heightOf(node: Node): number {
  let height = 0;
  for (let at = node; !isLeaf(at); at = kidAt(at, 0)) height++;
  return height;
}

/** One or two nodes, as high as the higher of `a` and `b`, that hold first `a`, then `b`. */
function join(a: Node, b: Node, heightDiff: number): Node[] {
  if (isLeaf(a) && isLeaf(b)) {
    const all = a.concat(b);
    if (all.length <= MAX_LEAF) return [all];
    const middle = ((all.length / RUN_WIDTH) >>> 1) * RUN_WIDTH;
    return [all.slice(0, middle), all.slice(middle)];
  }
  if (heightDiff > 0 && !isLeaf(a)) {
    const last = a.kids.length - 1;
    return halves(glue(slice(a, 0, last), branchOf(join(kidInPlace(a, last), b, heightDiff - 1))));
  }
  if (heightDiff < 0 && !isLeaf(b)) {
    return halves(glue(branchOf(join(a, kidInPlace(b, 0), heightDiff + 1)), slice(b, 1, b.kids.length)));
  }
  assert(!isLeaf(a) && !isLeaf(b), 'nodes of equal height are of one kind');
  return halves(glue(a, b));
}

/** Two trees, the second wholly behind the first and not to be merged with it, as one. */
function concat(a: Node, b: Node): Node {
  if (isLeaf(a) && a.length === 0) return b;
  if (isLeaf(b) && b.length === 0) return a;
  const nodes = join(a, b, heightOf(a) - heightOf(b));
  const [only] = nodes;
  return only !== undefined && nodes.length === 1 ? only : branchOf(nodes);
}

/** The runs that start before `index`. */
function head(node: Node, index: number): Node {
  if (isLeaf(node)) return node.slice(0, findRun(node, index - 1) + RUN_WIDTH);
  const k = findKid(node, index - 1);
  return k < 0 ? [] : concat(part(node, 0, k), head(kidInPlace(node, k), index));
}

/** The runs that start at or after `index`. */
function tail(node: Node, index: number): Node {
  if (isLeaf(node)) return node.slice(findRun(node, index - 1) + RUN_WIDTH);
  const k = findKid(node, index - 1);
  return k < 0 ? node : concat(tail(kidInPlace(node, k), index), part(node, k + 1, node.kids.length));
}

/** Start of the last run that starts before `index`; `index` if there is none. */
function startBefore(node: Node, index: number): number {
  if (isLeaf(node)) {
    const k = findRun(node, index - 1);
    return k < 0 ? index : numAt(node, k);
  }
  const k = findKid(node, index - 1);
  if (k < 0) return index;
  const base = baseAt(node, k);
  return startBefore(kidAt(node, k), index - base) + base;
}

/** End of the first run that ends after `index`; `index` if there is none. */
function endAfter(node: Node, index: number): number {
  if (isLeaf(node)) {
    const k = Math.max(findRun(node, index), 0);
    const hit = k < node.length && runEnd(node, k) <= index ? k + RUN_WIDTH : k;
    return hit < node.length ? runEnd(node, hit) : index;
  }
  for (let k = Math.max(findKid(node, index), 0); k < node.kids.length; k++) {
    const base = baseAt(node, k);
    const end = endAfter(kidAt(node, k), index - base) + base;
    if (end > index) return end;
  }
  return index;
}

/** Visits the runs that touch [from, to), ascending and cut to it; true when it was stopped. */
export function eachRun(node: Node, walk: Walk, visit: RunVisitor): boolean {
  return isLeaf(node) ? leafEach(node, walk, visit) : eachKid(node, walk, visit);
}

function eachKid(branch: Branch, { from, to, base }: Walk, visit: RunVisitor): boolean {
  for (let k = Math.max(findKid(branch, from), 0); k < branch.kids.length; k++) {
    const start = baseAt(branch, k);
    if (start >= to) return false;
    const walk = { from: from - start, to: to - start, base: base + start };
    if (eachRun(kidAt(branch, k), walk, visit)) return true;
  }
  return false;
}

/** The kid's part of an edit done in that kid alone, if it can be. */
function editKid(branch: Branch, edit: Edit, isLast: boolean): Branch | undefined {
  const k = findKid(branch, edit.from - 1);
  if (k < 0) return undefined;
  const base = baseAt(branch, k);
  const { span, value, shift } = edit;
  const inKid = { from: edit.from - base, to: edit.to - base, span, value, shift };
  const kid = editInside(kidAt(branch, k), inKid, isLast && k === branch.kids.length - 1);
  if (kid === undefined) return undefined;
  const kids = branch.kids.slice();
  kids[k] = kid;
  const info = branch.info.slice(0, k * INFO);
  pushInfo(info, base, kid);
  return { info: info.concat(branch.info.slice((k + 1) * INFO)), kids };
}

/**
 * The usual case, one path copied: the edit and the two runs on either side that may merge lie in this node, which keeps
 * its height, its beginning and its bounds. `isLast` tells that nothing lies behind this node.
 */
function editInside(node: Node, edit: Edit, isLast: boolean): Node | undefined {
  if (isLeaf(node)) {
    const n = node.length;
    if (n < 4 * RUN_WIDTH || numAt(node, RUN_WIDTH) >= edit.from) return undefined;
    if (!isLast && runEnd(node, n - 2 * RUN_WIDTH) <= edit.to) return undefined;
    const out = leafEdit(node, edit);
    return out.length <= MAX_LEAF && out.length * 2 >= MAX_LEAF ? out : undefined;
  }
  const inKid = editKid(node, edit, isLast);
  if (inKid !== undefined) return inKid;
  const before = startBefore(node, edit.from);
  if (startBefore(node, before) === before) return undefined;
  const behind = endAfter(node, edit.to);
  if (!isLast && endAfter(node, behind) === behind) return undefined;
  const out = editAcross(node, edit);
  return heightOf(out) === heightOf(node) && !isLeaf(out) && out.kids.length * 2 >= MAX_KIDS ? out : undefined;
}

/** The general case: what lies before and behind is kept as trees, and the runs between are formed anew. */
function editAcross(root: Node, { from, to, span, value, shift }: Edit): Node {
  // A run beside the edit may change, and then merge with the run behind it; never more (see `appendRun`).
  const start = startBefore(root, startBefore(root, from));
  const end = endAfter(root, endAfter(root, to));
  const between: number[] = [];
  const add = (at: number, len: number, first: number, step: 0 | 1): void => {
    appendRun(between, at, spanOf(len, step), first);
  };
  eachRun(root, { from: start, to: from, base: 0 }, add);
  if (span !== 0) appendRun(between, from, span, value);
  eachRun(root, { from: to, to: end, base: shift }, add);
  return concat(concat(head(root, start), between), shiftNode(tail(root, end), shift));
}

/** Up to 32 runs are always one leaf, so that equal small maps have equal form. */
function settle(node: Node): Node {
  if (isLeaf(node) || nodeCount(node) * RUN_WIDTH > MAX_LEAF) return node;
  const flat: number[] = [];
  eachRun(node, { from: 0, to: Infinity, base: 0 }, (at, len, value, step) => {
    flat.push(at, spanOf(len, step), value);
  });
  return flat;
}

export function treeEdit(root: Branch, edit: Edit): Node {
  const inside = edit.shift === 0 ? editKid(root, edit, true) : undefined;
  return settle(inside ?? editAcross(root, edit));
}

/** A tree of canonical runs laid flat, evenly filled. */
export function treeOf(flat: readonly number[]): Node {
  if (flat.length <= MAX_LEAF) return flat;
  let nodes: readonly Node[] = chunks(flat.length / RUN_WIDTH).map(([start, end]) =>
    flat.slice(start * RUN_WIDTH, end * RUN_WIDTH),
  );
  while (nodes.length > MAX_KIDS) {
    const level = nodes;
    nodes = chunks(level.length).map(([start, end]) => branchOf(level.slice(start, end)));
  }
  return branchOf(nodes);
}

/** Cuts 0 … n into even stretches of about three quarters of 32, which leaves room to grow. */
function chunks(n: number): (readonly [number, number])[] {
  const count = Math.ceil(n / 24);
  return Array.from({ length: count }, (_, i) => [Math.floor((i * n) / count), Math.floor(((i + 1) * n) / count)]);
}

/** The leaves in order, each with the index it counts from. */
export function leavesOf(
  node: Node,
  base = 0,
  out: { leaf: Leaf; base: number }[] = [],
): { leaf: Leaf; base: number }[] {
  if (isLeaf(node)) out.push({ leaf: node, base });
  else node.kids.forEach((kid, k) => leavesOf(kid, base + baseAt(node, k), out));
  return out;
}

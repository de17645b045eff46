/**
 * A map from indexes (integers ≥ 0) to integers, kept as runs: stretches that are constant (step 0) or grow by one with
 * each index (step 1, as the blocks of an extent do). Immutable: an edit gives a new map that shares what did not change,
 * or the same object when nothing did. Plain data, to be frozen, cloned, sent and written as JSON.
 *
 * Equal maps list equal runs, in whatever order they were built: an index whose value equals a neighbour's belongs to a
 * constant run; what is left forms growing runs as long as they go; a run of one index has step 0.
 *
 *     index  0 1 2 3 4 5 6 7          runs  at 0  len 2  value 3  step 1
 *     value  3 4 5 5 5 6 . 9    ===>        at 2  len 3  value 5  step 0
 *                                           at 5  len 1  value 6  step 0
 *                                           at 7  len 1  value 9  step 0
 *
 * A longest growing run from the left would be shorter at times, but one edit could then change all runs behind it.
 * Up to 32 runs are one flat list, equal if and only if the maps are (see runLeaf); more are a tree (see runTree).
 */
import type { Edit, RunVisitor } from './runLeaf.ts';
import { appendRun, leafEdit, leafEquals, leafFirst, leafGet, MAX_LEAF, spanOf } from './runLeaf.ts';
import type { Branch, Node } from './runTree.ts';
import { baseAt, eachRun, findKid, isLeaf, kidAt, leavesOf, mayHold } from './runTree.ts';
import { nodeCount, nodeSize, treeEdit, treeOf } from './runTree.ts';

export type Runs = Node;
export interface Run {
  readonly at: number;
  readonly len: number;
  readonly value: number;
  readonly step: 0 | 1;
}

export const emptyRuns: Runs = Object.freeze([]);

export function runsGet(runs: Runs, index: number): number | undefined {
  let node = runs;
  let at = index;
  while (!isLeaf(node)) {
    const k = findKid(node, at);
    if (k < 0) return undefined;
    at -= baseAt(node, k);
    node = kidAt(node, k);
  }
  return leafGet(node, at);
}

function checkRange(at: number, len: number): void {
  if (!(Number.isSafeInteger(at) && Number.isSafeInteger(len) && at >= 0 && len >= 0)) {
    throw new Error(`A run cannot be at ${at} with length ${len}`);
  }
}

function edited(runs: Runs, edit: Edit): Runs {
  if (!isLeaf(runs)) return treeEdit(runs, edit);
  const out = leafEdit(runs, edit);
  if (leafEquals(runs, out)) return runs;
  return out.length <= MAX_LEAF ? out : treeOf(out);
}

/** Whether the map holds this very run already, though maybe cut in other ways. */
function holds(runs: Branch, at: number, len: number, { span, value }: Pick<Edit, 'span' | 'value'>): boolean {
  let next = at;
  eachRun(runs, { from: at, to: at + len, base: 0 }, (start, n, first, step) => {
    const grows = span < 0;
    const fits =
      start === next && first === (grows ? value + start - at : value) && (n === 1 || (step === 1) === grows);
    if (fits) next = start + n;
    return fits ? undefined : true;
  });
  return next === at + len;
}

/** Overwrites [at, at + len). */
export function runsSet(runs: Runs, at: number, len: number, value: number, step: 0 | 1): Runs {
  checkRange(at, len);
  if (len === 0) return runs;
  const edit = { from: at, to: at + len, span: spanOf(len, step), value, shift: 0 };
  return !isLeaf(runs) && holds(runs, at, len, edit) ? runs : edited(runs, edit);
}

/** Whether no index of [from, to) is mapped. */
function isClear(runs: Runs, from: number, to: number): boolean {
  return !eachRun(runs, { from, to, base: 0 }, () => true);
}

/** Unmaps [at, at + len). */
export function runsClear(runs: Runs, at: number, len: number): Runs {
  checkRange(at, len);
  if (len === 0 || isClear(runs, at, at + len)) return runs;
  return edited(runs, { from: at, to: at + len, span: 0, value: 0, shift: 0 });
}

/** Moves every index ≥ `from` by `delta`. What they move over, [from + delta, from) when down, must be clear. */
export function runsShift(runs: Runs, from: number, delta: number): Runs {
  const start = Math.min(from, from + delta);
  checkRange(start, Math.abs(delta));
  if (!isClear(runs, start, from)) throw new Error(`Shift of ${from} by ${delta} over mapped indexes`);
  if (delta === 0 || isClear(runs, from, Infinity)) return runs;
  return edited(runs, { from: start, to: from, span: 0, value: 0, shift: delta });
}

/** Visits the runs that touch [from, to), ascending and cut to it, until the visitor returns true. */
export function runsEach(runs: Runs, from: number, to: number, visit: RunVisitor): void {
  eachRun(runs, { from, to, base: 0 }, visit);
}

/** Number of runs. */
export const runsCount = (runs: Runs): number => nodeCount(runs);

/** Number of mapped indexes. */
export const runsSize = (runs: Runs): number => nodeSize(runs);

/** Lowest index ≥ `from` whose value is `value`. Parts of a big map whose values are all lower or higher are skipped. */
export function runsFirst(runs: Runs, value: number, from: number): number | undefined {
  if (isLeaf(runs)) return leafFirst(runs, value, from);
  for (let k = Math.max(findKid(runs, from), 0); k < runs.kids.length; k++) {
    if (!mayHold(runs, k, value)) continue;
    const base = baseAt(runs, k);
    const found = runsFirst(kidAt(runs, k), value, from - base);
    if (found !== undefined) return found + base;
  }
  return undefined;
}

export function runsEqual(a: Runs, b: Runs): boolean {
  if (a === b) return true;
  if (isLeaf(a) || isLeaf(b)) return isLeaf(a) && isLeaf(b) && leafEquals(a, b);
  return nodeCount(a) === nodeCount(b) && nodeSize(a) === nodeSize(b) && treesEqual(a, b);
}

/** Trees of the same runs may be cut into leaves in other ways, so they are compared as two streams. */
function treesEqual(a: Branch, b: Branch): boolean {
  const left = leavesOf(a);
  const right = leavesOf(b);
  let [i, j, x, y] = [0, 0, 0, 0];
  for (;;) {
    const l = left[i];
    const r = right[j];
    if (l === undefined || r === undefined) return l === r;
    if (x === 0 && y === 0 && l.leaf === r.leaf && l.base === r.base) {
      i++;
      j++;
      continue;
    }
    const same = (k: number, base: number): boolean => (l.leaf[x + k] ?? 0) + base === (r.leaf[y + k] ?? 0);
    if (!same(0, l.base - r.base) || !same(1, 0) || !same(2, 0)) return false;
    x += 3;
    y += 3;
    if (x === l.leaf.length) [i, x] = [i + 1, 0];
    if (y === r.leaf.length) [j, y] = [j + 1, 0];
  }
}

/** The map of these runs. Ascending ones are laid down in one go; otherwise the later ones overwrite. */
export function runsFrom(list: readonly Run[]): Runs {
  const flat: number[] = [];
  let end = 0;
  for (const { at, len, value, step } of list) {
    checkRange(at, len);
    if (at < end) return list.reduce((runs, run) => runsSet(runs, run.at, run.len, run.value, run.step), emptyRuns);
    if (len > 0) appendRun(flat, at, spanOf(len, step), value);
    end = at + len;
  }
  return treeOf(flat);
}

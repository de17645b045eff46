/**
 * Two runs of one text in lock-step: their turns side by side, each in its order. A row is a turn of both, or of one
 * where the other has none (it did not sleep, or never comes there). The clock of a comparison counts rows: 0 is the
 * start, row k the state after it.
 */
import type { Outline, Turn, TurnKind } from '../sim/outline.ts';
import { FACTS, factsOfTurn, type CompareRun, type TurnFacts } from './compareTurn.ts';

export type Difference = keyof TurnFacts | 'alone';

export type CompareRow = {
  /** Index into the steps of the text. */
  readonly step: number;
  readonly left: Turn | undefined;
  readonly right: Turn | undefined;
  /** Where each run stands after the row; a side without a turn stays where it was. */
  readonly leftAt: number;
  readonly rightAt: number;
  /** In what they differ; empty: both came to the same. */
  readonly differs: readonly Difference[];
};

export type Comparison = {
  readonly left: CompareRun;
  readonly right: CompareRun;
  readonly rows: readonly CompareRow[];
  /** The row, counted from 1; absent: no turn differs. */
  readonly first: number | undefined;
  /** So many turns of each were compared, and there are more. */
  readonly bound: number | undefined;
};

export const MOST_TURNS = 400;

/** The start and the ends of the turns that are compared: what has to be collected of a run. */
export const placesToCompare = ({ turns }: Outline): readonly number[] => [
  0,
  ...turns.slice(0, MOST_TURNS).map(({ to }) => to),
];

export function compareRuns(left: CompareRun, right: CompareRun): Comparison {
  const [a, b] = [left, right].map(({ outline }) => outline.turns.slice(0, MOST_TURNS)) as [Turn[], Turn[]];
  let leftAt = 0;
  let rightAt = 0;
  const rows = alignTurns(a, b).map(([one, other]): CompareRow => {
    leftAt = one?.to ?? leftAt;
    rightAt = other?.to ?? rightAt;
    const step = one?.step ?? other?.step ?? 0;
    return { step, left: one, right: other, leftAt, rightAt, differs: differencesOf(left, one, right, other) };
  });
  const first = rows.findIndex(({ differs }) => differs.length > 0);
  const long = left.outline.turns.length > MOST_TURNS || right.outline.turns.length > MOST_TURNS;
  return { left, right, rows, first: first < 0 ? undefined : first + 1, bound: long ? MOST_TURNS : undefined };
}

function differencesOf(
  left: CompareRun,
  one: Turn | undefined,
  right: CompareRun,
  other: Turn | undefined,
): readonly Difference[] {
  if (one === undefined || other === undefined) return ['alone'];
  const [a, b] = [factsOfTurn(left, one), factsOfTurn(right, other)];
  return FACTS.filter((fact) => a[fact] !== b[fact]);
}

type Pair = readonly [Turn | undefined, Turn | undefined];

/** A line's own turn, whether it went on or was held back, keeps runs together; what follows of it joins in. */
const isOwn = (kind: TurnKind): boolean => kind === 'begun' || kind === 'held';
const isLater = (kind: TurnKind): boolean => kind === 'woke' || kind === 'again';

function weightOf(a: Turn, b: Turn): number {
  if (a.step !== b.step) return 0;
  if (isOwn(a.kind) && isOwn(b.kind)) return 1000;
  if (a.kind === b.kind && a.task === b.task) return 4;
  return isLater(a.kind) && isLater(b.kind) ? 2 : 0;
}

const ORDER: readonly TurnKind[] = ['begun', 'held', 'woke', 'again', 'exit', 'dma'];

/** Of two turns that have no partner: the earlier line's stands first. */
const isEarlier = (a: Turn, b: Turn): boolean =>
  a.step !== b.step ? a.step < b.step : ORDER.indexOf(a.kind) < ORDER.indexOf(b.kind);

/** The heaviest alignment that keeps both orders; each turn stands in exactly one row. */
export function alignTurns(a: readonly Turn[], b: readonly Turn[]): readonly Pair[] {
  const best = weightTable(a, b);
  const width = b.length + 1;
  const at = (i: number, j: number): number => best[i * width + j] ?? 0;
  const pairs: Pair[] = [];
  for (let i = 0, j = 0; i < a.length || j < b.length;) {
    const [one, other] = [a[i], b[j]];
    if (one !== undefined && other !== undefined && pays(weightOf(one, other), at(i, j), at(i + 1, j + 1))) {
      pairs.push([one, other]);
      i++;
      j++;
    } else if (other === undefined || (one !== undefined && goesAlone(one, other, at(i + 1, j), at(i, j + 1)))) {
      pairs.push([one, undefined]);
      i++;
    } else {
      pairs.push([undefined, other]);
      j++;
    }
  }
  return pairs;
}

const pays = (weight: number, now: number, after: number): boolean => weight > 0 && now === weight + after;

/** Both can go alone without loss: the earlier line does. */
const goesAlone = (one: Turn, other: Turn, without: number, withoutOther: number): boolean =>
  without === withoutOther ? !isEarlier(other, one) : without > withoutOther;

/** By (i, j): the weight of the best alignment of what follows there. */
function weightTable(a: readonly Turn[], b: readonly Turn[]): Int32Array {
  const width = b.length + 1;
  const best = new Int32Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      const [one, other] = [a[i], b[j]];
      const weight = one === undefined || other === undefined ? 0 : weightOf(one, other);
      const cell = i * width + j;
      const alone = Math.max(best[cell + width] ?? 0, best[cell + 1] ?? 0);
      best[cell] = Math.max(alone, weight === 0 ? 0 : weight + (best[cell + width + 1] ?? 0));
    }
  }
  return best;
}

/** The row of a position of the left run, where a link led: the first after which it stands there. */
export function rowAt({ rows }: Comparison, leftAt: number): number {
  if (leftAt <= 0) return 0;
  const found = rows.findIndex((row) => row.leftAt >= leftAt);
  return found < 0 ? rows.length : found + 1;
}

/** The next row in which either side breaks a property for the first time. */
export function nextBroken({ left, right, rows }: Comparison, row: number): number | undefined {
  const broken = ({ outline }: CompareRun, turn: Turn | undefined): boolean =>
    turn !== undefined && outline.violations.some(({ at }) => at > turn.from && at <= turn.to);
  const found = rows.findIndex((one, i) => i >= row && (broken(left, one.left) || broken(right, one.right)));
  return found < 0 ? undefined : found + 1;
}

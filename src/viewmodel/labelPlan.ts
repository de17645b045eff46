/**
 * Where the label of a box may stand: to the right of its frame, to the left of it, or in a band on the side away from
 * the strip. Never where a link may pass: the lanes of the rows behind are known before anything is linked, so the place
 * holds for the whole run. At each step the words are set into it, as many as fit (see labels.ts).
 */
import type { Lifetime } from './lifetimes.ts';
import { liveTogether } from './lifetimes.ts';
import type { Measure } from './textWidth.ts';

/** A box as far as labels care: its frame at its longest, and the lanes that its own links take past nearer rows. */
export type LabelBox = {
  readonly key: string;
  readonly row: number;
  readonly x0: number;
  readonly x1: number;
  readonly lanes: readonly number[];
  /** Lanes of links that leave to the other side, past farther rows. */
  readonly backLanes: readonly number[];
  readonly name: string;
  readonly metaRoom: string;
  readonly life: Lifetime;
};

export type LabelSpace = { readonly line: 0 | 1; readonly x0: number; readonly x1: number };

export type LabelPlan = {
  readonly mode: 'right' | 'left' | 'far';
  readonly spaces: readonly LabelSpace[];
  readonly nameSize: number;
  readonly metaSize: number;
  /** No place keeps off the links: the label stands on a plate that hides them. */
  readonly plate: boolean;
};

type LabelField = { readonly left: number; readonly right: number; readonly k: number; readonly least: number; readonly measure: Measure; readonly pitch: number; readonly twoLines: boolean; readonly large: boolean }; // prettier-ignore

const AIR = 10;
const LANE_AIR = 8;
/** Room for `i_rwsem: name` and a lock, wanted beside the name of a file. */
const wantedOf = (box: LabelBox, sizes: Sizes, measure: Measure): { least: number; good: number } => {
  const name = measure(box.name, sizes.name, 'bold');
  const meta = measure(box.metaRoom, sizes.meta, 'sans');
  return sizes.twoLines ? { least: name, good: Math.max(name, meta) } : { least: name, good: name + meta + sizes.meta };
};

type Sizes = { readonly name: number; readonly meta: number; readonly twoLines: boolean };

function sizesOf({ k, least, twoLines, large }: LabelField): Sizes {
  const name = Math.max((large ? 15 : 12) * k, large ? least * 1.33 : least);
  return { name, meta: Math.max((large ? 12 : 11.5) * k, least), twoLines };
}

/** Every x at which a link may cross a row. */
function lanesThrough({ row, life }: LabelBox, boxes: readonly LabelBox[]): number[] {
  const others = boxes.filter((box) => liveTogether(box.life, life));
  const lanes = others.flatMap((box) => (box.row > row ? box.lanes : box.row < row ? box.backLanes : []));
  return lanes.sort((a, b) => a - b);
}

type Gap = { readonly x0: number; readonly x1: number };

/** What is left of [x0, x1] between lanes. */
function gapsOf(x0: number, x1: number, lanes: readonly number[], air: number): Gap[] {
  const gaps: Gap[] = [];
  let from = x0;
  for (const lane of lanes) {
    if (lane + air <= from || lane - air >= x1) continue;
    if (lane - air > from) gaps.push({ x0: from, x1: lane - air });
    from = lane + air;
  }
  if (x1 > from) gaps.push({ x0: from, x1 });
  return gaps;
}

type Place = { readonly mode: LabelPlan['mode']; readonly gaps: readonly Gap[]; readonly score: number };

const widest = (gaps: readonly Gap[]): number => Math.max(0, ...gaps.map((gap) => gap.x1 - gap.x0));

function scored(mode: Place['mode'], gaps: readonly Gap[], want: { least: number; good: number }): Place {
  const room = widest(gaps);
  const score =
    room >= want.good ? 3 : room >= want.least + 0.4 * (want.good - want.least) ? 2 : room >= want.least ? 1 : 0;
  return { mode, gaps, score };
}

/** The first gap with room for the name and more; none past `reach`, or nobody sees whose label it is. */
function firstGood(gaps: readonly Gap[], reach: number, want: { least: number; good: number }): Gap[] {
  const near = gaps.filter((gap) => gap.x0 <= reach);
  const good = near.find((gap) => gap.x1 - gap.x0 >= want.least + 0.4 * (want.good - want.least));
  return good === undefined ? near.slice(0, 1) : [good];
}

type Plans = ReadonlyMap<string, LabelPlan>;

function placesFor(
  box: LabelBox,
  { boxes, plans }: { boxes: readonly LabelBox[]; plans: Plans },
  field: LabelField,
): Place[] {
  const { k } = field;
  const sizes = sizesOf(field);
  const want = wantedOf(box, sizes, field.measure);
  const lanes = lanesThrough(box, boxes);
  const rowmates = boxes.filter(
    (other) => other.row === box.row && other.key !== box.key && liveTogether(other.life, box.life),
  );
  const after = Math.min(field.right, ...rowmates.filter((o) => o.x0 > box.x0).map((o) => o.x0 - AIR * k));
  const before = Math.max(field.left, ...rowmates.filter((o) => o.x0 < box.x0).map((o) => o.x1 + AIR * k));
  const right = firstGood(gapsOf(box.x1 + AIR * k, after, lanes, LANE_AIR * k), box.x1 + field.pitch, want);
  // Between two boxes there is one label: the left one's, if it is there already.
  const taken = rowmates.some((o) => o.x0 < box.x0 && plans.get(o.key)?.mode === 'right');
  const left = taken ? [] : gapsOf(before, box.x0 - AIR * k, lanes, LANE_AIR * k).slice(-1);
  // Away from the strip; there its own links leave only towards the blocks behind a page cache.
  const reach = Math.min(after, Math.max(box.x1, box.x0 + want.least) + field.pitch);
  const around = [...lanes, ...box.backLanes].sort((a, b) => a - b);
  const far = gapsOf(box.x0 + 2 * k, reach, around, LANE_AIR * k);
  const farWant = wantedOf(box, { ...sizes, twoLines: false }, field.measure);
  return [scored('right', right, want), scored('left', left, want), scored('far', far, farWant)];
}

/** Beside the frame if name and some of the rest fit there; in a band of its own otherwise. */
function choose(places: readonly Place[]): Place {
  const beside = places.find((place) => place.mode !== 'far' && place.score >= 2);
  if (beside !== undefined) return beside;
  return (
    [...places].sort((a, b) => b.score - a.score || widest(b.gaps) - widest(a.gaps))[0] ?? {
      mode: 'far',
      gaps: [],
      score: 0,
    }
  );
}

const smallOf = ({ k, least }: LabelField): number => Math.max(12 * k, least);

function onPlate(box: LabelBox, plan: LabelPlan, name: number, field: LabelField): LabelPlan {
  const { k, right } = field;
  const x0 = Math.min(box.x0 + 2 * k, right - name - 4 * k);
  const size = Math.min(plan.nameSize, smallOf(field));
  return {
    mode: 'far',
    plate: true,
    spaces: [{ line: 0, x0, x1: x0 + name + 4 * k }],
    nameSize: size,
    metaSize: Math.min(plan.metaSize, size),
  };
}

export function planLabels(boxes: readonly LabelBox[], field: LabelField): Plans {
  const sizes = sizesOf(field);
  const plans = new Map<string, LabelPlan>();
  for (const box of [...boxes].sort((a, b) => a.x0 - b.x0)) {
    const place = choose(placesFor(box, { boxes, plans }, field));
    const lines: readonly (0 | 1)[] = sizes.twoLines && place.mode !== 'far' ? [0, 1] : [0];
    const spaces = lines.flatMap((line) => place.gaps.map((gap) => ({ line, ...gap })));
    const small = place.mode === 'far' ? Math.min(sizes.name, smallOf(field)) : sizes.name;
    const plan: LabelPlan = {
      mode: place.mode,
      spaces,
      nameSize: small,
      metaSize: Math.min(sizes.meta, small),
      plate: false,
    };
    const name = field.measure(box.name, small, 'bold');
    plans.set(box.key, widest(place.gaps) >= name ? plan : onPlate(box, plan, name, field));
  }
  return alignRight(plans, boxes, field);
}

/** Labels that stand alone right of their frames share one left edge, that of the widest. */
function alignRight(
  plans: Map<string, LabelPlan>,
  boxes: readonly LabelBox[],
  { k, least, measure }: LabelField,
): ReadonlyMap<string, LabelPlan> {
  const alone = boxes.every(
    (box) => boxes.filter((other) => other.row === box.row && liveTogether(other.life, box.life)).length === 1,
  );
  if (!alone || [...plans.values()].some((plan) => plan.mode !== 'right')) return plans;
  const edge = Math.max(...boxes.map((box) => box.x1)) + (AIR + 6) * k;
  const fits = boxes.every(
    (box) =>
      (plans.get(box.key)?.spaces[0]?.x1 ?? 0) - edge >= measure(box.name, Math.max(15 * k, least), 'bold') * 1.6,
  );
  if (!fits) return plans;
  for (const [key, plan] of plans)
    plans.set(key, { ...plan, spaces: plan.spaces.map((space) => ({ ...space, x0: edge })) });
  return plans;
}

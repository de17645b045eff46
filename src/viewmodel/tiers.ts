/**
 * How high everything is: the largest of four sizes that fits the window, then its surplus given to the channels, the
 * gaps between rows and the margins.
 */
import type { LabelPlan } from './labelPlan.ts';
import type { SlotStyle, Viewport } from './scene.ts';

/** Lengths at k = 1. */
export type Tier = {
  readonly slot: number;
  readonly rowGap: number;
  readonly cell: number;
  readonly medium: number;
  readonly channel: number;
  readonly margin: number;
};

const TIERS: readonly Tier[] = [
  { slot: 44, rowGap: 12, cell: 116, medium: 82, channel: 62, margin: 16 },
  { slot: 34, rowGap: 11, cell: 98, medium: 66, channel: 54, margin: 12 },
  { slot: 25, rowGap: 10, cell: 82, medium: 58, channel: 44, margin: 10 },
  { slot: 20, rowGap: 9, cell: 62, medium: 50, channel: 40, margin: 6 },
];
/** A wall is wider than a window: between the first two, with slots that still have two lines. */
const ROOM_TIER: Tier = { slot: 40, rowGap: 11, cell: 112, medium: 74, channel: 56, margin: 10 };
const [LARGEST, ...SMALLER] = TIERS;
const ROOM_TIERS: readonly Tier[] = [...(LARGEST === undefined ? [] : [LARGEST]), ROOM_TIER, ...SMALLER];

const SMALLEST: Tier = { slot: 20, rowGap: 9, cell: 62, medium: 50, channel: 40, margin: 6 };

const FRAME = 8;
/** Of a row of labels that stand beside no frame. */
const BAND = 17;

const CHANNEL_MOST = 96;
const ROW_GAP_MOST = 20;

/** By row, 0 nearest the strip: whether it has a band for labels. */
type Bands = { readonly above: readonly boolean[]; readonly below: readonly boolean[] };
export type Shape = {
  readonly bands: Bands;
  readonly cached: boolean;
  readonly cpuRows: number;
  readonly band: number;
};

/** Height of a band, at k = 1: of one line of a label. */
export const bandOf = ({ k, least = 0 }: Viewport): number => Math.max(BAND, (least * 1.35) / k);

/** Too narrow for two texts: one text, in a slot that is about as high as wide. */
export function slotStyleOf(tier: Tier, narrow: number): SlotStyle {
  if (tier.slot >= 40 && narrow >= 40) return 'stack';
  return (tier.slot >= 30 && narrow >= 38) || (tier.slot >= 24 && narrow >= 42) ? 'inline' : 'single';
}

const squared = (tier: Tier, narrow: number): Tier =>
  slotStyleOf(tier, narrow) === 'single' && tier.slot > 26 ? { ...tier, slot: narrow < 34 ? 26 : 32 } : tier;

function rowsHeight(tier: Tier, bands: readonly boolean[], { gap, height }: { gap: number; height: number }): number {
  const frames = bands.reduce((sum, band) => sum + tier.slot + FRAME + (band ? height : 0), 0);
  return frames + Math.max(0, bands.length - 1) * gap;
}

/** Without surplus, at k = 1. */
function heightOf(tier: Tier, { bands, cached, band }: Shape): number {
  const at = { gap: tier.rowGap, height: band };
  const rows = rowsHeight(tier, bands.above, at) + rowsHeight(tier, bands.below, at);
  const channels = 2 + (cached ? 1 : 0);
  return rows + tier.cell + channels * tier.channel + (cached ? tier.medium : 0) + 2 * tier.margin;
}

export function chooseTier<S extends Shape>(
  view: Viewport,
  narrow: number,
  shapeOf: (tier: Tier) => S,
): S & { tier: Tier } {
  for (const size of (view.least ?? 0) > 0 ? ROOM_TIERS : TIERS) {
    const tier = squared(size, narrow);
    const shape = shapeOf(tier);
    if (heightOf(tier, shape) * view.k <= view.height) return { ...shape, tier };
  }
  const tier = squared(SMALLEST, narrow);
  return { ...shapeOf(tier), tier };
}

export type Down = {
  readonly height: number;
  readonly strip: { readonly y: number; readonly h: number };
  readonly medium: { readonly y: number; readonly h: number } | undefined;
  readonly channels: { readonly above: number; readonly below: number; readonly medium: number };
  rowAt(
    side: 'above' | 'below',
    row: number,
    mode: LabelPlan['mode'],
  ): { readonly top: number; readonly baselines: readonly [number, number] };
};

type Air = { readonly channel: number; readonly gap: number; readonly margin: number };

/** Shares out what the tier leaves: first the channels, then the gaps, then half of the rest above and half below. */
function airOf(tier: Tier, shape: Shape, view: Viewport): Air {
  const channels = shape.cached ? 3 : 2;
  const gaps = Math.max(0, shape.bands.above.length - 1) + Math.max(0, shape.bands.below.length - 1);
  let surplus = Math.max(0, view.height / view.k - heightOf(tier, shape));
  const channel = Math.min(CHANNEL_MOST - tier.channel, (surplus * 0.6) / channels);
  surplus -= channel * channels;
  const gap = gaps === 0 ? 0 : Math.min(ROW_GAP_MOST - tier.rowGap, (surplus * 0.5) / gaps);
  surplus -= gap * gaps;
  return { channel: tier.channel + channel, gap: tier.rowGap + gap, margin: tier.margin + surplus / 2 };
}

type RowBox = { readonly frame: number; readonly band: number };

/** Frames and bands from the top down, starting at y. */
function stackDown(
  tier: Tier,
  bands: readonly boolean[],
  start: number,
  { gap, flip, height }: { gap: number; flip: boolean; height: number },
): { rows: RowBox[]; end: number } {
  const rows: RowBox[] = [];
  let y = start;
  const order = flip ? bands.map((_, i) => bands.length - 1 - i) : bands.map((_, i) => i);
  order.forEach((r, n) => {
    const band = bands[r] === true ? height : 0;
    // The band is on the side away from the strip.
    rows[r] = flip ? { band: y, frame: y + band } : { frame: y, band: y + tier.slot + FRAME };
    y += tier.slot + FRAME + band + (n < order.length - 1 ? gap : 0);
  });
  return { rows, end: y };
}

export function stackRows(tier: Tier, shape: Shape, view: Viewport): Down {
  const { k } = view;
  const air = airOf(tier, shape, view);
  let y = air.margin;
  const medium = shape.cached ? { y: y * k, h: tier.medium * k } : undefined;
  if (medium !== undefined) y += tier.medium + air.channel;
  const above = stackDown(tier, shape.bands.above, y, { gap: air.gap, flip: true, height: shape.band });
  const stripY = above.end + air.channel;
  const below = stackDown(tier, shape.bands.below, stripY + tier.cell + air.channel, {
    gap: air.gap,
    flip: false,
    height: shape.band,
  });
  const height = Math.max(view.height, (below.end + air.margin) * k);
  const channel = air.channel * k;
  return {
    height,
    strip: { y: stripY * k, h: tier.cell * k },
    medium,
    channels: { above: channel, below: channel, medium: channel },
    rowAt(side, row, mode) {
      const at = (side === 'above' ? above : below).rows[row] ?? { frame: 0, band: 0 };
      const top = at.frame + FRAME / 2;
      const middle = top + tier.slot / 2;
      const far = at.band + shape.band * 0.735;
      // Larger letters need their lines further apart.
      const larger = Math.max(0, (view.least ?? 0) / k - 12);
      const lines: readonly [number, number] =
        mode === 'far' ? [far, far] : tier.slot >= 40 ? [middle - 2 - larger * 0.4, middle + 15 + larger] : tier.slot >= 24 ? [middle - 2 - larger * 0.2, middle + 11.5 + larger] : [middle + 4 + larger * 0.3, middle + 4 + larger * 0.3]; // prettier-ignore
      return { top: top * k, baselines: [lines[0] * k, lines[1] * k] };
    },
  };
}

/**
 * The geometry of the stage for one run and one window: strip, columns, boxes with their slots and ports, places of the
 * labels. Depends on nothing that a step changes.
 *
 *     files (first file farthest)        with the page cache:   blocks
 *     ── channel ──                                             ── channel ──
 *     the strip of pages                                        files, ── channel ──, strip of DRAM pages
 *     ── channel ──                                             ── channel ──
 *     page tables, then MRs and DMA                             page tables, then MRs and DMA
 */
import type { Block } from '../sim/model/ids.ts';
import type { Program } from '../sim/model/program.ts';
import type { Outline } from '../sim/outline.ts';
import type { Cascade, Placed } from './cascade.ts';
import { backPortAt, cascadeOf, packRows, packTogether, pitchFor, placeAt, portAt, slotAt } from './cascade.ts';
import type { Columns } from './columns.ts';
import { columnsOf, wideSet } from './columns.ts';
import type { DramPlan } from './dramPlan.ts';
import { dramPlan } from './dramPlan.ts';
import type { BoxSpec } from './footprint.ts';
import { footprintOf } from './footprint.ts';
import { frameOf } from './frame.ts';
import { hideKey } from './hideKey.ts';
import type { LabelBox, LabelPlan } from './labelPlan.ts';
import { planLabels } from './labelPlan.ts';
import { besideLegend, legendOf } from './legend.ts';
import type { SceneLegend, SlotStyle, Viewport } from './scene.ts';
import type { Measure } from './textWidth.ts';
import { textWidth } from './textWidth.ts';
import type { Down, Tier } from './tiers.ts';
import { bandOf, chooseTier, slotStyleOf, stackRows } from './tiers.ts';

export type BoxPlan = {
  readonly spec: BoxSpec;
  readonly side: 'above' | 'below';
  /** 0 is nearest the strip. */
  readonly row: number;
  readonly col: number;
  /** Top of the slots. */
  readonly y: number;
  /** Left ends of the slots, and where their links leave: towards the strip, and away from it. */
  readonly slots: readonly number[];
  readonly ports: readonly number[];
  readonly backPorts: readonly number[];
  readonly label: LabelPlan;
  readonly baselines: readonly [number, number];
};

export type Strip = { readonly y: number; readonly h: number };

export type StagePlan = {
  readonly k: number;
  readonly measure: Measure;
  /** No text is smaller, in px; 0: as the design has them. */
  readonly least: number;
  readonly width: number;
  readonly height: number;
  readonly gutter: number;
  readonly tier: Tier;
  readonly columns: Columns;
  readonly colOf: ReadonlyMap<Block, number>;
  /** The strip that page tables and MRs point at: the blocks, or the DRAM pages. */
  readonly strip: Strip;
  /** With the page cache: the strip of blocks, above the files. */
  readonly medium: Strip | undefined;
  readonly above: Cascade;
  readonly below: Cascade;
  /** Heights of the channels around the strip, and below the medium. */
  readonly channels: { readonly above: number; readonly below: number; readonly medium: number };
  readonly style: SlotStyle;
  readonly boxes: readonly BoxPlan[];
  readonly dram: DramPlan;
  readonly legend: SceneLegend | undefined;
};

/** The longest lines of the row headings. */
const HEADINGS = ['page tables', 'page cache', 'blocks, cache'] as const;

const PAD_RIGHT = 16;
/** Room for the lanes of the associations alone. */
const BARE_GUTTER = 28;
const ROOM_GUTTER = 44;

const measureOf = (view: Viewport): Measure => view.measure ?? textWidth;
const inRoom = ({ least = 0 }: Viewport): boolean => least > 0;

type Group = 'file' | 'cpu' | 'dma';
type Rows = { readonly above: Placed[][]; readonly below: Placed[][]; readonly cpuRows: number };

/** `beside`: the boxes of the run on the other half of the screen. */
function placeAll(
  specs: readonly BoxSpec[],
  homes: (spec: BoxSpec) => readonly (number | undefined)[],
  columns: number,
  beside: readonly BoxSpec[] | undefined,
): Rows {
  const placed = (list: readonly BoxSpec[], group: Group): Placed[] =>
    list.filter((spec) => spec.hue === group).map((spec) => ({ spec, col: placeAt(homes(spec), columns) }));
  const place = (group: Group): Placed[][] =>
    beside === undefined ? packRows(placed(specs, group)) : packTogether(placed(specs, group), placed(beside, group));
  const cpu = place('cpu');
  return { above: place('file').reverse(), below: [...cpu, ...place('dma')], cpuRows: cpu.length };
}

/** So many columns let every box stand where it is nearest to its blocks. */
function columnsWanted(
  specs: readonly BoxSpec[],
  homes: (spec: BoxSpec) => readonly (number | undefined)[],
  columns: number,
): number {
  return specs.reduce((most, spec) => {
    const n = spec.indexes.length;
    return Math.max(most, placeAt(homes(spec), columns + n) + Math.max(1, n));
  }, 0);
}

const isInDram = ({ memfd, homes }: BoxSpec): boolean =>
  memfd !== undefined || homes.some((home) => home !== undefined && home < 0);

function split<T>(list: readonly T[], is: (one: T) => boolean): readonly [readonly T[], readonly T[]] {
  return [list.filter(is), list.filter((one) => !is(one))];
}

type Setting = {
  readonly program: Program;
  readonly view: Viewport;
  readonly specs: readonly BoxSpec[];
  /** Of the run on the other half of the screen. */
  readonly beside: readonly BoxSpec[] | undefined;
  readonly cached: boolean;
};

/** The boxes of both runs, each once, in an order that does not tell which run is asked for. */
function specsOfBoth({ specs, beside }: Setting): readonly BoxSpec[] {
  if (beside === undefined) return specs;
  const longest = new Map<string, BoxSpec>();
  for (const spec of [...specs, ...beside]) {
    const known = longest.get(spec.key);
    if (known === undefined || known.indexes.length < spec.indexes.length) longest.set(spec.key, spec);
  }
  return [...longest.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
}

const either = (a: readonly number[], b: readonly number[] | undefined): readonly number[] =>
  b === undefined ? a : [...new Set([...a, ...b])].sort((x, y) => x - y);

function columnOf(wide: readonly (Block | undefined)[]): Map<Block, number> {
  return new Map(wide.flatMap((block, col): [Block, number][] => (block === undefined ? [] : [[block, col]])));
}

type Across = {
  readonly columns: Columns;
  readonly colOf: ReadonlyMap<Block, number>;
  readonly rows: Rows;
  /** Of the run on the other half of the screen: its labels take height here too. */
  readonly besideRows: Rows | undefined;
  readonly above: Cascade;
  readonly below: Cascade;
  readonly gutter: number;
  readonly dram: DramPlan;
};

function toldOf(specs: readonly BoxSpec[], { violations }: Outline): ReadonlySet<Block> {
  const homes = specs.flatMap((spec) => spec.homes.flatMap((home) => (home === undefined || home < 0 ? [] : [home])));
  const broken = violations.flatMap(({ refs }) => refs.flatMap((ref) => (ref.type === 'block' ? [ref.block] : [])));
  return new Set([...homes, ...broken]);
}

/** Everything left to right. */
function across(setting: Setting, outline: Outline): Across {
  const { program, view, specs: own, beside, cached } = setting;
  const other = view.beside?.outline;
  const [claimed, anon] = [either(outline.claimed, other?.claimed), either(outline.anon, other?.anon)];
  const blocks = program.blocks;
  const specs = specsOfBoth(setting);
  const each = beside === undefined ? own : [...own, ...beside];
  const told = new Set([...toldOf(own, outline), ...(other === undefined ? [] : toldOf(beside ?? [], other))]);
  // With the page cache the two strips share their columns.
  const shared = cached ? dramPlan(specs, anon, cached, 0) : undefined;
  const homesIn = (colOf: ReadonlyMap<Block, number>, dram: DramPlan) => (spec: BoxSpec) =>
    spec.homes.map((home, slot) =>
      cached || home === undefined || home < 0 ? dram.columnOf(spec, slot) : colOf.get(home),
    );
  const narrow = wideSet({ claimed, told, blocks, least: shared?.count ?? 0 });
  const first = shared ?? dramPlan(specs, anon, cached, narrow.length);
  // What stands among pages of DRAM gets its room behind them, all else among the blocks.
  const [inDram, inBlocks] = cached || first.count === 0 ? [[], each] : split(each, isInDram);
  const wanted = columnsWanted(inBlocks, homesIn(columnOf(narrow), first), narrow.length);
  const wideBlocks = wideSet({ claimed, told, blocks, least: Math.max(wanted, narrow.length) });
  const colOf = columnOf(wideBlocks);
  const dram = shared ?? dramPlan(specs, anon, cached, wideBlocks.length);
  const n = wideBlocks.length;
  const extra = cached ? 0 : Math.max(dram.count, columnsWanted(inDram, homesIn(colOf, dram), n + dram.count) - n);
  const rows = placeAll(own, homesIn(colOf, dram), wideBlocks.length + extra, beside);
  const besideRows = beside && placeAll(beside, homesIn(colOf, dram), wideBlocks.length + extra, own);
  const crowded = wideBlocks.length + extra > 8 || rows.below.length > 3;
  const measure = measureOf(view);
  // Row headings, then the two lanes of the associations.
  const strips = extra > 0 ? [...HEADINGS, `${blocks} blocks, DRAM`] : HEADINGS;
  const headings = Math.max(...strips.map((text) => measure(text, 11 * view.k, 'sans')));
  const named = Math.max((crowded ? 92 : 100) * view.k, headings + (16 + 22) * view.k);
  // In a room the labels say it: the headings leave their place to the pages.
  const gutter = Math.ceil(inRoom(view) ? ROOM_GUTTER * view.k : beside === undefined ? named : BARE_GUTTER * view.k);
  const minPitch = Math.max(pitchFor(rows.above.length, view.k), pitchFor(rows.below.length, view.k));
  const columns = columnsOf({ blocks, claimed, wideBlocks, behind: extra, left: gutter, room: view.width - gutter - PAD_RIGHT * view.k, k: view.k, minPitch }); // prettier-ignore
  const above = cascadeOf('above', rows.above.length, columns.usable, view.k);
  const below = cascadeOf('below', rows.below.length, columns.usable, view.k);
  return { columns, colOf, rows, besideRows, above, below, gutter, dram };
}

type Flat = Omit<BoxPlan, 'y' | 'label' | 'baselines'>;

function flatBoxes({ rows, above, below, columns }: Across): Flat[] {
  const side = (cascade: Cascade, list: readonly Placed[][]): Flat[] =>
    list.flatMap((row, r) =>
      row.map(({ spec, col }) => {
        const at = (offset: number): number[] => spec.indexes.map((_, i) => (columns.wide[col + i] ?? 0) + offset);
        const ports = at(portAt(cascade, r));
        return {
          spec,
          side: cascade.side,
          row: r,
          col,
          slots: at(slotAt(cascade, r)),
          ports,
          backPorts: at(backPortAt(cascade, r)),
        };
      }),
    );
  return [...side(above, rows.above), ...side(below, rows.below)];
}

function labelBoxes(
  boxes: readonly Flat[],
  cascade: Cascade,
  at: { columns: Columns; k: number; cached: boolean },
): LabelBox[] {
  const { columns, k, cached } = at;
  return boxes.map(({ spec, row, col, slots, ports, backPorts }) => {
    const first = slots[0] ?? (columns.wide[col] ?? 0) + slotAt(cascade, row);
    const last = slots.at(-1);
    const frame = frameOf(first, last === undefined ? first : last + cascade.slot, k);
    return { key: spec.key, row, x0: frame.x, x1: frame.x + frame.w, lanes: ports, backLanes: cached ? backPorts : [], name: spec.label, metaRoom: spec.metaRoom, life: spec.life }; // prettier-ignore
  });
}

function labelsFor(
  flat: readonly Flat[],
  at: Across,
  { view, cached }: Setting,
  tier: Tier,
): ReadonlyMap<string, LabelPlan> {
  const right = Math.max(view.width, at.columns.right) - PAD_RIGHT * view.k;
  const field = {
    left: at.gutter,
    right,
    k: view.k,
    least: view.least ?? 0,
    measure: measureOf(view),
    pitch: at.columns.pitch,
    twoLines: tier.slot >= 24,
    large: tier.slot >= 40,
  };
  const plans = new Map<string, LabelPlan>();
  for (const cascade of [at.above, at.below]) {
    const boxes = flat.filter((box) => box.side === cascade.side);
    const side = planLabels(
      labelBoxes(boxes, cascade, { columns: at.columns, k: view.k, cached: cached && cascade.side === 'above' }),
      field,
    );
    for (const [key, plan] of side) plans.set(key, plan);
  }
  return plans;
}

/** Rows (0 nearest the strip) that have a band for labels. */
function bandsOf(
  flat: readonly Flat[],
  labels: ReadonlyMap<string, LabelPlan>,
  side: Flat['side'],
  rows: number,
): boolean[] {
  return Array.from({ length: rows }, (_, r) =>
    flat.some((box) => box.side === side && box.row === r && labels.get(box.spec.key)?.mode === 'far'),
  );
}

const NO_LABEL: LabelPlan = { mode: 'right', spaces: [], nameSize: 12, metaSize: 12, plate: false };

type Vertical = { readonly tier: Tier; readonly down: Down; readonly boxes: readonly BoxPlan[] };

/** Everything top to bottom, and the labels, whose bands take height. */
function downwards(at: Across, setting: Setting, narrow: number): Vertical {
  const { cached, view } = setting;
  const { cpuRows } = at.rows;
  const flat = flatBoxes(at);
  const beside = at.besideRows === undefined ? [] : flatBoxes({ ...at, rows: at.besideRows });
  const { tier, labels, bands } = chooseTier(view, narrow, (size) => {
    const found = labelsFor(flat, at, setting, size);
    const others = labelsFor(beside, at, setting, size);
    const rows = (side: Flat['side']): boolean[] => {
      const theirs = bandsOf(beside, others, side, at[side].rows);
      return bandsOf(flat, found, side, at[side].rows).map((band, r) => band || theirs[r] === true);
    };
    return {
      labels: found,
      bands: { above: rows('above'), below: rows('below') },
      cached,
      cpuRows,
      band: bandOf(view),
    };
  });
  const down = stackRows(tier, { bands, cached, cpuRows, band: bandOf(view) }, view);
  const boxes = flat.map((box): BoxPlan => {
    const label = labels.get(box.spec.key) ?? NO_LABEL;
    const { top, baselines } = down.rowAt(box.side, box.row, label.mode);
    return { ...box, y: top, label, baselines };
  });
  return { tier, down, boxes };
}

/** `hidden`: keys of `hideKey`; the others are laid out as if those were not in the text. */
export function stagePlan(
  program: Program,
  outline: Outline,
  viewport: Viewport,
  hidden: readonly string[] = [],
): StagePlan {
  const { k } = viewport;
  const setting: Setting = {
    program,
    view: viewport,
    specs: footprintOf(program, outline).filter(({ key }) => !hidden.includes(hideKey(key))),
    beside: viewport.beside && footprintOf(viewport.beside.program, viewport.beside.outline),
    cached: program.fs.dax === 'never',
  };
  const at = across(setting, outline);
  const { columns, colOf, above, below, gutter, dram } = at;
  const narrow = Math.min(above.slot, below.slot) / k;
  const { tier, down, boxes } = downwards(at, setting, narrow);
  const { height, strip, medium, channels } = down;
  const width = Math.max(viewport.width, columns.right + PAD_RIGHT * k);
  const style = slotStyleOf(tier, narrow);
  const measure = measureOf(viewport);
  const plan = { k, measure, least: viewport.least ?? 0, width, height, gutter, tier, columns, colOf, strip, medium, above, below, channels, style, boxes, dram }; // prettier-ignore
  // Where the stage is panned, its corner is not the window's.
  const hasLegend = viewport.beside === undefined && !inRoom(viewport) && width <= viewport.width;
  return besideLegend(plan, hasLegend ? legendOf(plan, program) : undefined);
}

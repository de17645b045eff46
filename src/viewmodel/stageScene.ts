/**
 * The stage at one moment, ready to be drawn: a pure function of run, moment, window and what is pointed at. The plan
 * (columns, rows, places) depends on run and window alone and is kept for the last of them.
 */
import { count } from '../explain/names.ts';
import type { Program } from '../sim/model/program.ts';
import type { EntityRef } from '../sim/model/state.ts';
import type { Moment, Outline } from '../sim/outline.ts';
import { associationsOf } from './associations.ts';
import type { Facts } from './facts.ts';
import { cellName, factsOf } from './facts.ts';
import { sceneBadges, sceneNotes } from './plates.ts';
import type { SlotRow } from './rows.ts';
import type { SceneCell, SceneHeading, SceneWalk, StageScene, Viewport } from './scene.ts';
import { sceneBox } from './stageBoxes.ts';
import type { BareCell, CellSetting } from './stageCells.ts';
import { blockCells, dramCells, dramColumns, freeTexts, sleepersByPage } from './stageCells.ts';
import type { StagePlan } from './stageLayout.ts';
import { stagePlan } from './stageLayout.ts';
import { sceneLinks } from './stageLinks.ts';
import { sceneSlot } from './stageSlots.ts';
import { waitLinks } from './waitLinks.ts';

const FIRST_LINE = 'file A abcd';

const plans = new WeakMap<Outline, { program: Program; view: Viewport; hidden: string; plan: StagePlan }>();
const NONE: readonly string[] = [];

const sameView = (a: Viewport, b: Viewport): boolean =>
  a.width === b.width && a.height === b.height && a.k === b.k && a.measure === b.measure && a.beside === b.beside && a.least === b.least; // prettier-ignore

export function planFor(program: Program, outline: Outline, view: Viewport, hidden = NONE): StagePlan {
  const names = hidden.join();
  const kept = plans.get(outline);
  if (kept !== undefined && kept.program === program && kept.hidden === names && sameView(kept.view, view))
    return kept.plan;
  const plan = stagePlan(program, outline, view, hidden);
  plans.set(outline, { program, view, hidden: names, plan });
  return plan;
}

function finishCell(cell: BareCell, facts: Facts): SceneCell {
  const { lit, ring, onPage, violated } = facts;
  cell.violated = (onPage.get(cell.key) ?? []).some((row) => violated.has(row.key));
  cell.ringed = ring === cell.key;
  cell.faded = lit !== undefined && !lit.has(cell.key) && cell.look !== 'fold';
  cell.name = cellName(cell, facts);
  return cell;
}

export function sceneCells(setting: CellSetting, facts: Facts, dramCols: ReadonlyMap<number, number>): SceneCell[] {
  const sleepers = sleepersByPage(setting.program, setting.state);
  const blocks = blockCells(setting, new Set(facts.onPage.keys()), sleepers);
  const cells = [...blocks, ...dramCells(setting, dramCols)];
  return cells.map((cell) => finishCell(cell, facts));
}

function headingsOf(plan: StagePlan, blocks: number): SceneHeading[] {
  const { k, strip, medium } = plan;
  const middle = (hue: 'file' | 'cpu' | 'dma'): number | undefined => {
    const tops = plan.boxes.filter((box) => box.spec.hue === hue).map((box) => box.y);
    return tops.length === 0 ? undefined : (Math.min(...tops) + Math.max(...tops) + plan.tier.slot * k) / 2;
  };
  const nic = plan.boxes.some((box) => box.spec.source.type === 'mr');
  const cached = medium !== undefined;
  const list: readonly (readonly [string, string, string, number | undefined])[] = [
    ['medium', 'Blocks', `${blocks} on disk`, cached ? medium.y + medium.h / 2 : undefined],
    ['files', 'Files', cached ? 'blocks, cache' : 'own pages', middle('file')],
    ['pages', cached ? 'DRAM' : 'Pages', cached ? 'page cache' : `${blocks} blocks${plan.dram.count > 0 ? ', DRAM' : ''}`, strip.y + strip.h / 2], // prettier-ignore
    ['cpu', 'CPU', 'page tables', middle('cpu')],
    ['dma', 'DMA', nic ? 'NIC tables' : 'pinned', middle('dma')],
  ];
  return list.flatMap(([key, title, sub, y]) => (y === undefined ? [] : [{ key, title, sub, y }]));
}

function bedsOf({ medium, strip, k }: StagePlan): StageScene['beds'] {
  const strips = medium === undefined ? [strip] : [medium, strip];
  return strips.map(({ y, h }, i) => ({ key: `bed${i}`, y: y - 11 * k, h: h + 22 * k }));
}

/** As the script says it where nothing is written. */
function hintOf(program: Program, { boxes, gutter, strip, k }: StagePlan): StageScene['hint'] {
  if (boxes.length > 0 || program.steps.length > 0) return undefined;
  return { key: 'hint', x: gutter, y: strip.y - 40 * k, text: FIRST_LINE };
}

function walksOf(cells: readonly SceneCell[], { onPage }: Facts): SceneWalk[] {
  const near = (a: SlotRow, b: SlotRow): number => a.live.box.row - b.live.box.row;
  return cells.map((cell) => {
    const rows = onPage.get(cell.key) ?? [];
    const of = (side: 'above' | 'below'): string[] =>
      rows
        .filter((row) => row.live.box.side === side)
        .sort(near)
        .map((row) => row.key);
    // The blocks behind a page cache lie above the files that own them.
    const flipped = cell.ref.type === 'block' && rows.some((row) => row.fact.cache !== undefined);
    return flipped
      ? { page: cell.key, above: [], below: of('above') }
      : { page: cell.key, above: of('above'), below: of('below') };
  });
}

function kinOf(rows: readonly SlotRow[]): StageScene['kin'] {
  const found = new Map<string, SlotRow[]>();
  for (const row of rows) found.set(row.logical, [...(found.get(row.logical) ?? []), row]);
  return [...found.values()]
    .filter((kin) => kin.length > 1)
    .map((kin) => kin.toSorted((a, b) => a.live.box.y - b.live.box.y).map(({ key }) => key));
}

function stageName(program: Program, { marks, claims }: Facts): string {
  const broken = [...new Set(marks.filter((mark) => !mark.next).map((mark) => mark.id))];
  const verdict = broken.length === 0 ? 'no property is violated here' : `violated: ${broken.join(', ')}`;
  return `Stage: ${program.blocks} blocks, ${count(claims, 'claim')}, ${verdict}`;
}

export function stageScene(
  program: Program,
  outline: Outline,
  moment: Moment,
  viewport: Viewport,
  focus?: EntityRef,
  hidden: readonly string[] = NONE,
  spotlight = false,
): StageScene {
  const plan = planFor(program, outline, viewport, hidden);
  const { state, before } = moment;
  const facts = factsOf({ program, outline, moment, focus, spotlight }, plan);
  const { live, rows, violated, lit, ring, titles } = facts;
  const dramCols = dramColumns(state, plan, live);
  const unnamed = state.dmas.slice(program.dmas.length - program.actors.length);
  const { links, movedFrom } = sceneLinks({
    plan,
    rows,
    dramCols,
    violated,
    lit,
    turnEvents: moment.turnEvents,
    unnamed,
  });
  const setting = { program, state, before, plan };
  const slotSetting = { ...setting, marks: { violated, lit, ring } };
  const boxSetting = { ...setting, lit, ring };
  const cells = sceneCells(setting, facts, dramCols);
  const boxes = live.map((box) => sceneBox(boxSetting, box));
  const plates = { plan, links, cells, boxes };
  const badges = sceneBadges(facts.marks, plates);
  return {
    width: plan.width,
    height: plan.height,
    gutter: plan.gutter,
    middle: plan.strip.y + plan.strip.h / 2,
    k: plan.k,
    name: stageName(program, facts),
    beds: bedsOf(plan),
    headings: viewport.beside !== undefined || plan.least > 0 ? [] : headingsOf(plan, program.blocks),
    associations: associationsOf(plan, live),
    cells,
    texts: freeTexts(plan),
    hint: hintOf(program, plan),
    links,
    // Only while somebody points: otherwise the hourglass, the lock and the chain of the wait say it.
    waits: focus === undefined ? [] : waitLinks(state, { plan, boxes, cells, ring }),
    boxes,
    slots: rows.map((row) => sceneSlot(slotSetting, row, titles.get(row.key) ?? '')),
    notes: sceneNotes(movedFrom, badges, plates),
    badges,
    legend: plan.legend,
    walks: walksOf(cells, facts),
    kin: kinOf(rows),
  };
}

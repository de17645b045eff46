/**
 * The stage as a score of text, read top to bottom: files own from above, page tables and MTTs reach from below, and
 * what every one of them claims is a line to the page. Where all of it does not fit into 72 columns there is no score.
 */
import type { Page } from '../../sim/model/ids.ts';
import { blockOfPage, isBlock, isDram, dramOfPage } from '../../sim/model/ids.ts';
import type { Program } from '../../sim/model/program.ts';
import type { State } from '../../sim/model/state.ts';
import type { Facts } from '../../viewmodel/facts.ts';
import type { LiveBox } from '../../viewmodel/live.ts';
import { slotCount } from '../../viewmodel/claims.ts';
import type { SlotRow } from '../../viewmodel/rows.ts';
import type { SceneCell } from '../../viewmodel/scene.ts';
import type { StagePlan } from '../../viewmodel/stageLayout.ts';
import type { Canvas } from './canvas.ts';
import { createCanvas, endOf, linesOf, write, writeIfFree } from './canvas.ts';
import type { CellText, Strip } from './cells.ts';
import { cellText, cellWidth, drawStrip, stripHeight } from './cells.ts';
import type { Channel, Link } from './channel.ts';
import { channelHeight, drawChannel } from './channel.ts';
import { cut, WIDTH } from './plainText.ts';
import type { Room, ScoreLayout, Use } from './scoreLayout.ts';
import { layScore } from './scoreLayout.ts';
import { pageText, rowLabel, slotText, type SlotText } from './scoreTexts.ts';

export type ScoreInput = {
  readonly program: Program;
  readonly state: State;
  readonly plan: StagePlan;
  readonly facts: Facts;
  readonly cells: readonly SceneCell[];
  readonly dramCols: ReadonlyMap<number, number>;
};

const labelOf = (program: Program, live: LiveBox): string => cut(rowLabel(program, live), WIDEST_LABEL);

/** A claim that the score draws. `cache`: the page of DRAM in front of the block. */
type Drawn = {
  readonly row: SlotRow;
  readonly text: SlotText;
  readonly col: number;
  readonly page: number | undefined;
  readonly cache: number | undefined;
};

type Score = ScoreInput & {
  readonly drawn: readonly Drawn[];
  readonly layout: ScoreLayout;
  readonly cellTexts: { readonly blocks: ReadonlyMap<number, CellText>; readonly dram: ReadonlyMap<number, CellText> };
};

/** Longer labels are cut: the objects are named in full below the picture. */
const WIDEST_LABEL = 14;

function colOfPage({ plan, dramCols }: ScoreInput, page: Page | undefined): number | undefined {
  if (page === undefined) return undefined;
  if (isBlock(page)) return plan.colOf.get(blockOfPage(page));
  return isDram(page) ? dramCols.get(dramOfPage(page)) : undefined;
}

/** Undefined: a page that the plan has no column for. */
function drawnRows(input: ScoreInput): Drawn[] | undefined {
  const { program, state, facts } = input;
  const out: Drawn[] = [];
  for (const row of facts.rows) {
    const { fact, live, slot } = row;
    const page = colOfPage(input, fact.page);
    const cache = colOfPage(input, fact.cache);
    const lost = (of: Page | undefined, col: number | undefined): boolean =>
      of !== undefined && (isBlock(of) || isDram(of)) && col === undefined;
    if (lost(fact.page, page) || lost(fact.cache, cache)) return undefined;
    out.push({ row, text: slotText(program, state, row), col: live.box.col + slot, page, cache });
  }
  return out;
}

/** How much of the run the columns and lanes are for: all of it, so that two steps can be laid side by side, or this moment. */
type Frame = 'run' | 'run columns' | 'moment';

function usesOf({ plan, facts }: ScoreInput, drawn: readonly Drawn[], frame: Frame): Use[] {
  const boxes = frame === 'run' ? plan.boxes : facts.live.map(({ box }) => box);
  const slots = boxes.flatMap(({ spec, side, row, col }) =>
    spec.indexes.map((_, i): Use => ({ side, row, col: col + i })),
  );
  const links = drawn.flatMap(
    ({
      row: {
        live: { box },
      },
      page,
      cache,
    }) => [page, cache].flatMap((col): Use[] => (col === undefined ? [] : [{ side: box.side, row: box.row, col }])),
  );
  return [...slots, ...links];
}

function colsOf(input: ScoreInput, drawn: readonly Drawn[], frame: Frame): number[] {
  const { plan, cells } = input;
  if (frame !== 'moment') return plan.columns.wide.map((_, col) => col);
  const telling = cells.flatMap((cell) =>
    cell.look === 'zombie' || cell.look === 'busy' || cell.pinCount > 0 || cell.word !== ''
      ? (colOfCell(input, cell) ?? [])
      : [],
  );
  const cols = new Set([...drawn.flatMap(({ col, page, cache }) => [col, page ?? col, cache ?? col]), ...telling]);
  return [...cols].sort((a, b) => a - b);
}

const colOfCell = ({ plan, dramCols }: ScoreInput, { ref }: SceneCell): number | undefined =>
  ref.type === 'block' ? plan.colOf.get(ref.block) : ref.type === 'dram' ? dramCols.get(ref.dram) : undefined;

function roomOf(drawn: readonly Drawn[], side: 'above' | 'below'): Room {
  const texts = drawn.filter(({ row }) => row.live.box.side === side).map(({ text }) => text);
  return {
    left: Math.max(1, ...texts.map(({ index }) => index.length)),
    right: Math.max(1, ...texts.map(({ value }) => value.length)),
  };
}

function fit(input: ScoreInput, drawn: readonly Drawn[], frame: Frame): Score | undefined {
  const { plan, program, facts, cells } = input;
  const uses = usesOf(input, drawn, frame);
  const cols = colsOf(input, drawn, frame);
  const blocks = new Map<number, CellText>();
  const dram = new Map<number, CellText>();
  for (const cell of cells) {
    const col = colOfCell(input, cell);
    if (col !== undefined && cell.look !== 'fold' && cols.includes(col))
      (cell.ref.type === 'dram' && plan.medium !== undefined ? dram : blocks).set(col, cellText(cell));
  }
  const labels = facts.live.map((live) => labelOf(program, live).length);
  const gutter = Math.max(8, ...labels) + 2;
  const widthAt = (col: number): number =>
    Math.max(6, ...[blocks.get(col), dram.get(col)].flatMap((text) => (text === undefined ? [] : [cellWidth(text)])));
  const room = { above: roomOf(drawn, 'above'), below: roomOf(drawn, 'below') };
  const layout = layScore({ plan, blocks: program.blocks, gutter, cols, uses, room, cellWidth: widthAt });
  return layout === undefined ? undefined : { ...input, drawn, layout, cellTexts: { blocks, dram } };
}

const END = { own: '▼', ro: '△', rw: '▲', mtt: '●', pin: '●', odp: '○', cache: '▼' } as const;

function endGlyph({ fact, live }: SlotRow, broken: boolean): string {
  if (broken) return '#';
  if (live.type === 'file') return live.box.side === 'above' ? END.own : END.rw;
  if (live.type === 'map') return fact.writable ? END.rw : END.ro;
  return fact.kind === 'odp' ? END.odp : END.mtt;
}

function movedNote({ row: { fact, was } }: Drawn): string {
  if (fact.page === undefined || was?.page === undefined || fact.page === was.page) return '';
  return `moved ${pageText(was.page)} -> ${pageText(fact.page)}`;
}

/** The links of one side to one strip. `back`: of files to the blocks behind the page cache. */
function linksOf(
  score: Score,
  lines: ReadonlyMap<LiveBox, number>,
  side: 'above' | 'below',
  back: boolean,
): Link[] | undefined {
  const { plan, facts, layout } = score;
  const out: Link[] = [];
  for (const one of score.drawn) {
    const { row, col } = one;
    const { box } = row.live;
    const cached = plan.medium !== undefined && row.live.type === 'file' && row.live.of.memfd < 0;
    const target = cached && !back ? one.cache : !cached && back ? undefined : one.page;
    if (box.side !== side || target === undefined) continue;
    const from = layout.lane({ side, row: box.row, col });
    const lane = layout.lane({ side, row: box.row, col: target });
    const y = lines.get(row.live);
    if (from === undefined || lane === undefined || y === undefined) return undefined;
    const violated = facts.violated.has(row.key);
    out.push({
      from,
      to: target === col ? from : lane + 1,
      y,
      violated,
      odp: row.fact.kind === 'odp',
      cut: row.fact.cut,
      flow: row.fact.flow,
      end: back ? '▲' : endGlyph(row, violated),
      note: movedNote(one),
    });
  }
  return out;
}

/** Boxes of one side in the order of their lines. */
function boxLines({ facts }: ScoreInput, side: 'above' | 'below'): LiveBox[] {
  const far = side === 'above' ? -1 : 1;
  const kind = ({ type }: LiveBox): number => (type === 'file' ? 0 : type === 'map' ? 1 : 2);
  return facts.live
    .filter(({ box }) => box.side === side)
    .sort((a, b) => (a.box.row - b.box.row) * far || kind(a) - kind(b) || a.box.col - b.box.col);
}

function drawRows(canvas: Canvas, score: Score, lines: ReadonlyMap<LiveBox, number>): void {
  const { program, facts, layout } = score;
  for (const { row, text, col } of score.drawn) {
    const y = lines.get(row.live);
    const lane = layout.lane({ side: row.live.box.side, row: row.live.box.row, col });
    if (y === undefined || lane === undefined) continue;
    const sign = facts.violated.has(row.key) ? '#' : text.sign;
    write(canvas, lane - text.index.length, y, text.index + sign + text.value);
  }
  for (const [live, y] of lines) {
    write(canvas, 1, y, labelOf(program, live));
    if (live.type === 'file' && slotCount(live) === 0) writeIfFree(canvas, layout.gutter + 1, y, '(empty)', WIDTH);
    const broken = score.drawn.flatMap(({ row }) => (row.live === live ? (facts.violated.get(row.key) ?? []) : []));
    if (broken.length > 0) writeIfFree(canvas, endOf(canvas, y) + 1, y, `<- ${[...new Set(broken)].join(' ')}`, WIDTH);
  }
}

function drawScore(score: Score): Canvas | undefined {
  const { plan, layout, cellTexts } = score;
  const cached = plan.medium !== undefined;
  const strip = (label: string, cells: Strip['cells'], folds: boolean): Strip => ({
    label,
    items: layout.items,
    cells,
    folds,
  });
  const blocks = strip('blocks', cellTexts.blocks, true);
  const main = cached ? strip('DRAM', cellTexts.dram, false) : blocks;
  const [above, below] = [boxLines(score, 'above'), boxLines(score, 'below')];
  const lines = new Map<LiveBox, number>();
  const numbered = (boxes: readonly LiveBox[], from: number): void =>
    boxes.forEach((box, i) => void lines.set(box, from + i));
  numbered([...above, ...below], 0);
  const back = cached ? linksOf(score, lines, 'above', true) : [];
  const height = (side: 'above' | 'below', rear = false): number | undefined => {
    const links = linksOf(score, lines, side, rear);
    return links && channelHeight(links);
  };
  const heights = [back && channelHeight(back), height('above'), height('below')] as const;
  const [behind, over, under] = heights;
  if (behind === undefined || over === undefined || under === undefined) return undefined;
  // Top to bottom: with the page cache the blocks come first.
  const files = cached ? stripHeight(blocks) + behind : 0;
  const top = files + above.length + (above.length > 0 ? over : 0);
  const tables = top + stripHeight(main) + under;
  numbered(above, files);
  numbered(below, tables);
  const canvas = createCanvas();
  const side = (links: Link[] | undefined, channel: Channel): void => drawChannel(canvas, links ?? [], channel);
  if (cached) side(linksOf(score, lines, 'above', true), { down: -1, edge: files, border: stripHeight(blocks) - 1 });
  side(linksOf(score, lines, 'above', false), { down: 1, edge: files + above.length - 1, border: top });
  side(linksOf(score, lines, 'below', false), { down: -1, edge: tables, border: top + stripHeight(main) - 1 });
  if (cached) drawStrip(canvas, blocks, 0);
  drawStrip(canvas, main, top);
  drawRows(canvas, score, lines);
  return canvas;
}

/** Every claim that the picture shows, or undefined where it cannot show them all. */
export function scoreLines(input: ScoreInput, box: boolean): string[] | undefined {
  const drawn = drawnRows(input);
  if (drawn === undefined) return undefined;
  for (const frame of ['run', 'run columns', 'moment'] as const) {
    const score = fit(input, drawn, frame);
    const canvas = score && drawScore(score);
    if (canvas !== undefined) return linesOf(canvas, box);
  }
  return undefined;
}

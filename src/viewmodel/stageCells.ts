/** The cells of the strip: what each page holds, who counts on it, what happened to it in this turn. */
import { runsGet } from '../base/runs.ts';
import type { Block, DramId, Page } from '../sim/model/ids.ts';
import { dramOfPage, isDram, NO_INODE, pageOfBlock, pageOfDram } from '../sim/model/ids.ts';
import type { Program } from '../sim/model/program.ts';
import type { EntityRef, State } from '../sim/model/state.ts';
import { BUSY, FREE, ZOMBIE } from '../sim/model/state.ts';
import { isAnonMapped } from '../sim/query/anonymous.ts';
import { claimKey } from '../sim/query/claimKey.ts';
import { blockTag } from '../sim/query/inodes.ts';
import { taskName } from '../sim/query/naming.ts';
import { eachPin, pinCount } from '../sim/query/pins.ts';
import type { Column } from './columns.ts';
import type { LiveBox } from './live.ts';
import type { CellLook, Rect, SceneCell, SceneText } from './scene.ts';
import type { StagePlan, Strip } from './stageLayout.ts';
import type { Measure } from './textWidth.ts';
import { fitSize } from './textWidth.ts';

export type CellSetting = {
  readonly program: Program;
  readonly state: State;
  readonly before: State;
  readonly plan: StagePlan;
};

/** What a cell says, before it is known how much room there is. */
type Content = {
  readonly ref: EntityRef;
  readonly look: CellLook;
  readonly number: string;
  readonly count: string;
  readonly countWas: string;
  readonly tag: string;
  readonly tagFaint: boolean;
  readonly sheets: number;
  readonly pins: number;
  readonly word: string;
  readonly changed: boolean;
};

export type Sleepers = ReadonlyMap<Page, string>;

/** Page → who sleeps until its pins are gone. */
export function sleepersByPage(program: Program, state: State): Sleepers {
  const names = new Map<Page, string[]>();
  for (const task of state.sleepers) {
    const wait = state.tasks[task]?.wait;
    if (wait === undefined || !('page' in wait)) continue;
    names.set(wait.page, [...(names.get(wait.page) ?? []), taskName(program, task)]);
  }
  return new Map(
    [...names].map(([page, who]) => [page, who.length > 1 ? `${who[0] ?? ''} +${who.length - 1}` : (who[0] ?? '')]),
  );
}

const stateOfBlock = (state: State, block: Block): number => runsGet(state.device.use, block) ?? FREE;
const lookOf = (use: number): CellLook =>
  use === FREE ? 'free' : use === BUSY ? 'busy' : use === ZOMBIE ? 'zombie' : 'owned';
const countText = (use: number): string => (use > 0 ? `×${use}` : '');

function wordOf(use: number, was: number): string {
  if (use > 0 && was <= 0) return 'new';
  if (use === FREE && was !== FREE) return 'freed';
  return use === BUSY ? 'log' : use === ZOMBIE ? 'zombie' : '';
}

function blockContent({ program, state, before }: CellSetting, block: Block, reached: boolean): Content {
  const use = stateOfBlock(state, block);
  const was = stateOfBlock(before, block);
  const tagged = use !== FREE || reached;
  const tag = program.tags[blockTag(state.device, block)] ?? '.';
  const retagged = blockTag(state.device, block) !== blockTag(before.device, block);
  return {
    ref: { type: 'block', block },
    look: lookOf(use),
    number: `${block}`,
    count: countText(use),
    countWas: use !== was && was > 0 && use > 0 ? countText(was) : '',
    tag: tagged ? tag : '',
    tagFaint: use === FREE || use === BUSY,
    sheets: Math.min(2, Math.max(0, use - 1)),
    pins: pinCount(state, pageOfBlock(block)),
    word: wordOf(use, was),
    // A count that changed says so itself.
    changed: lookOf(use) !== lookOf(was) || (retagged && tagged),
  };
}

function dramContent({ program, state, before }: CellSetting, dram: DramId): Content {
  const page = state.dram[dram];
  const was = before.dram[dram];
  const anon = page?.anon === true;
  // Only a pin is left of it.
  const orphan = anon ? !isAnonMapped(state, pageOfDram(dram)) : page?.inode === NO_INODE;
  const fresh = was?.live !== true;
  return {
    ref: { type: 'dram', dram },
    look: orphan ? 'orphan' : 'owned',
    number: `d${dram}`,
    count: '',
    countWas: '',
    tag: program.tags[page?.tag ?? 0] ?? '.',
    tagFaint: false,
    sheets: 0,
    pins: pinCount(state, pageOfDram(dram)),
    word: orphan ? 'orphan' : page?.dirty === true ? 'dirty' : fresh ? 'new' : anon ? 'anon' : '',
    changed: fresh || page?.tag !== was.tag || page.inode !== was.inode || page.dirty !== was.dirty,
  };
}

type Bottom = Pick<SceneCell, 'pins' | 'word' | 'wordRoom' | 'hourglass'>;

/** As much of the bottom line as fits: the glyphs always, then the word, then the number of pins. */
function bottomLine(width: number, content: Content, { k, least, sleeper, measure }: CellAt): Bottom {
  const { pins } = content;
  const long = pins === 0 ? '' : `${pins} pin${pins === 1 ? '' : 's'}`;
  const short = pins > 1 ? `${pins}` : '';
  const words = sleeper !== undefined ? [sleeper, ''] : [content.word, ''];
  const pinRoom = (text: string): number => (pins === 0 ? 0 : 12 * k + measure(text, Math.max(12 * k, least), 'sans'));
  const hourglass = sleeper !== undefined;
  const wordRoom = (text: string): number => measure(text, Math.max(11.5 * k, least), hourglass ? 'bold' : 'sans');
  const number = pins === 0 ? '' : `${pins}`;
  for (const word of words) {
    // A bare number before a word would count that word.
    for (const text of word === '' || hourglass ? [long, number, short] : [long, short]) {
      const apart = pins > 0 && (word !== '' || hourglass) ? 4 * k : 0;
      const room = pinRoom(text) + wordRoom(word) + apart + (hourglass ? 10 * k : 0);
      if (room <= width) return { pins: text, word, wordRoom: wordRoom(word), hourglass };
    }
  }
  return { pins: '', word: '', wordRoom: 0, hourglass };
}

type CellAt = {
  readonly k: number;
  readonly least: number;
  readonly sleeper: string | undefined;
  readonly measure: Measure;
};

/** Filled in by the scene: what the page stands in, and its name. */
export type BareCell = { -readonly [F in keyof SceneCell]: SceneCell[F] };

/** In a room the tag is read from the last row. */
const LARGER_TAG = 1.3;

function cellOf(rect: Rect, content: Content, thin: boolean, at: CellAt): BareCell {
  const { k, least, measure } = at;
  const inner = rect.w - 14 * k - (content.sheets > 0 ? 4 * k : 0);
  const numberSize = Math.max(least, rect.w < 30 * k ? 11 * k : 12 * k);
  const countSize = Math.max(12 * k, least);
  const head = measure(content.number, numberSize, 'mono') + measure(content.count, countSize, 'mono') + 6 * k;
  const struck = head + measure(content.countWas, countSize, 'mono') + 4 * k <= inner;
  const large = rect.w >= 90 * k && rect.h >= 94 * k ? 38 : rect.w >= 44 * k && rect.h >= 76 * k ? 28 : 20;
  const tagSize = large * k * (least > 0 ? LARGER_TAG : 1);
  const { pins, word, wordRoom, hourglass } = bottomLine(inner, content, at);
  return {
    x: rect.x,
    y: rect.y,
    w: rect.w,
    h: rect.h,
    key: claimKey(content.ref),
    ref: content.ref,
    look: content.look,
    thin,
    sheets: content.sheets,
    number: content.number,
    numberSize,
    count: least > 0 && head > inner ? '' : content.count,
    countWas: struck ? content.countWas : '',
    tag: content.tag,
    tagSize: fitSize(content.tag, inner, { size: tagSize, least: Math.max(11 * k, least), face: 'mono', measure }),
    tagFaint: content.tagFaint,
    pinned: content.pins > 0,
    pinCount: content.pins,
    sleeper: at.sleeper ?? '',
    pins,
    word,
    wordRoom,
    hourglass,
    changed: content.changed,
    violated: false,
    ringed: false,
    faded: false,
    name: '',
  };
}

const stripOfBlocks = (plan: StagePlan): Strip => plan.medium ?? plan.strip;

/** Every block of the strip; `reached`: pages that some link ends on. */
export function blockCells(setting: CellSetting, reached: ReadonlySet<string>, sleepers: Sleepers): BareCell[] {
  const { plan } = setting;
  const { y, h } = stripOfBlocks(plan);
  return plan.columns.list.flatMap((column) => {
    const { block } = column;
    if (block === undefined) return [];
    const rect = { x: column.x, y, w: column.w, h };
    if (column.kind === 'fold') return foldCell(rect, column, setting);
    const at = { k: plan.k, least: plan.least, measure: plan.measure, sleeper: sleepers.get(pageOfBlock(block)) };
    const cell = cellOf(
      rect,
      blockContent(setting, block, reached.has(claimKey({ type: 'block', block }))),
      column.kind === 'thin',
      at,
    );
    return column.kind === 'thin' ? thinCell(cell, block, setting) : cell;
  });
}

/** Thin columns carry a number where there is room for it, else every fifth one. */
function thinCell(cell: BareCell, block: Block, { plan, program }: CellSetting): BareCell {
  const size = Math.max(11 * plan.k, plan.least);
  const room = plan.columns.list.find((c) => c.kind === 'thin')?.w ?? 0;
  const all = room >= plan.measure(`${program.blocks - 1}`, size, 'mono') + 2 * plan.k;
  const some = block % 5 === 0 || block === program.blocks - 1;
  // The last number stands apart from the fifth one before it.
  const shown = all || (some && !(block % 5 === 0 && program.blocks - 1 - block < 3 && program.blocks - 1 !== block));
  return { ...cell, number: shown ? `${block}` : '', numberSize: size };
}

function foldCell(rect: Rect, { block, count, free }: Column, { plan, program }: CellSetting): BareCell {
  const content: Content = {
    ref: { type: 'block', block: block ?? 0 },
    look: 'fold',
    number: '',
    count: '',
    countWas: '',
    tag: '',
    tagFaint: true,
    sheets: 0,
    pins: 0,
    word: '',
    changed: false,
  };
  const cell = cellOf(rect, content, false, {
    k: plan.k,
    least: plan.least,
    measure: plan.measure,
    sleeper: undefined,
  });
  const last = Math.min(program.blocks, (block ?? 0) + count) - 1;
  return { ...cell, number: `${block ?? 0}–${last}`, word: free ? 'free' : 'more', tag: `${count}` };
}

/**
 * Column of every DRAM page: that of its file index, or its own if it is anonymous. A page that left its file stays where
 * it was pinned through, or moves aside if another took its place.
 */
export function dramColumns(state: State, plan: StagePlan, live: readonly LiveBox[]): ReadonlyMap<DramId, number> {
  const columns = new Map<DramId, number>();
  const taken = new Set<number>();
  const colAt = (inode: number, index: number): number | undefined => {
    const box = live.find((other) => other.type === 'file' && other.inode === inode)?.box;
    const slot = box?.spec.indexes.indexOf(index) ?? -1;
    return box === undefined || slot < 0 ? undefined : box.col + slot;
  };
  const put = (dram: DramId, col: number | undefined): void => {
    const { spares } = plan.dram;
    const spare = spares.find((other) => !taken.has(other)) ?? spares.at(-1);
    const where = col === undefined || taken.has(col) ? spare : col;
    if (where === undefined) return;
    columns.set(dram, where);
    taken.add(where);
  };
  const inFile = state.dram.flatMap((page, dram) => (page.live && page.inode !== NO_INODE ? [{ page, dram }] : []));
  for (const { page, dram } of inFile) put(dram, colAt(page.inode, page.index));
  const lost = state.dram.flatMap((page, dram) => (page.live && page.inode === NO_INODE ? [{ page, dram }] : []));
  if (lost.length === 0) return columns;
  const through = pinnedThrough(state, plan);
  for (const { page, dram } of lost)
    put(dram, page.anon ? plan.dram.anon.get(dram) : (colAt(through.inode.get(dram) ?? NO_INODE, page.index) ?? through.column.get(dram))); // prettier-ignore
  return columns;
}

type Through = { readonly inode: Map<DramId, number>; readonly column: Map<DramId, number> };

/** The inodes that pins were taken through; of a memfd that is gone, the column of the MR's mapping. */
function pinnedThrough(state: State, plan: StagePlan): Through {
  const found: Through = { inode: new Map(), column: new Map() };
  eachPin(state, ({ owner, page, inode }) => {
    if (!isDram(page)) return;
    found.inode.set(dramOfPage(page), inode);
    const mr = owner.type === 'mr' ? state.mrs[owner.mr] : undefined;
    const box = mr === undefined ? undefined : plan.boxes.find(({ spec }) => spec.key === `memfd:${mr.map}`);
    const start = box === undefined ? undefined : plan.dram.starts.get(box.spec.key);
    if (mr !== undefined && start !== undefined && owner.type === 'mr')
      found.column.set(dramOfPage(page), start + mr.base + owner.slot);
  });
  return found;
}

export function dramCells(setting: CellSetting, columns: ReadonlyMap<DramId, number>): BareCell[] {
  const { plan } = setting;
  return [...columns].map(([dram, col]) => {
    const rect = { x: plan.columns.wide[col] ?? 0, y: plan.strip.y, w: plan.columns.usable, h: plan.strip.h };
    return cellOf(rect, dramContent(setting, dram), false, {
      k: plan.k,
      least: plan.least,
      measure: plan.measure,
      sleeper: undefined,
    });
  });
}

/** `11 free` over every stretch of thin columns that is wide enough. */
export function freeTexts(plan: StagePlan): SceneText[] {
  const texts: SceneText[] = [];
  const { y, h } = stripOfBlocks(plan);
  const { list } = plan.columns;
  for (let i = 0; i < list.length;) {
    let n = 0;
    while (list[i + n]?.kind === 'thin') n++;
    const [first, last] = [list[i], list[i + n - 1]];
    if (n > 0 && first !== undefined && last !== undefined) {
      const text = `${n} free`;
      const width = last.x + last.w - first.x;
      if (n > 2 && width >= plan.measure(text, Math.max(13 * plan.k, plan.least), 'sans') + 12 * plan.k) {
        texts.push({ key: `free:${first.block ?? 0}`, x: first.x + width / 2, y: y + h * 0.56, text });
      }
    }
    i += Math.max(1, n);
  }
  return texts;
}

/**
 * The stage turned by a quarter for narrow screens: one row a page, its owners to the left, page tables and DMA to the
 * right; a link is being in the same row. The same facts as the stage, without a place.
 */
import type { Program } from '../sim/model/program.ts';
import type { EntityRef } from '../sim/model/state.ts';
import type { Moment, Outline } from '../sim/outline.ts';
import { claimKey } from '../sim/query/claimKey.ts';
import { fileName } from '../sim/query/naming.ts';
import type { Facts } from './facts.ts';
import { factsOf, markedClaim } from './facts.ts';
import type { LiveBox } from './live.ts';
import type { SlotRow } from './rows.ts';
import { pageKey } from './rows.ts';
import type { SceneCell } from './scene.ts';
import { guardWords, lockWords } from './stageBoxes.ts';
import { dramColumns } from './stageCells.ts';
import { planFor, sceneCells } from './stageScene.ts';
import { describeSlot, isChanged } from './stageSlots.ts';
import type { StagePlan } from './stageLayout.ts';
import { textWidth } from './textWidth.ts';

export type PhoneMark = 'clasp' | 'full' | 'hollow' | 'rail' | 'odp' | 'cut' | 'flow';

export type PhoneClaim = {
  readonly key: string;
  readonly ref: EntityRef;
  readonly mark: PhoneMark;
  readonly title: string;
  /** `rw`, `ro`, `in flight`, `revoked`. */
  readonly detail: string;
  readonly violated: readonly string[];
  readonly next: readonly string[];
  readonly changed: boolean;
  readonly faded: boolean;
  readonly name: string;
};

export type PhonePage = {
  readonly type: 'page';
  readonly key: string;
  readonly cell: SceneCell;
  readonly owners: readonly PhoneClaim[];
  readonly cpu: readonly PhoneClaim[];
  readonly dma: readonly PhoneClaim[];
};

export type PhoneRow = PhonePage | { readonly type: 'free'; readonly key: string; readonly text: string };

/** A file whose locks are held, or that has no name any more: what no row can show. */
type PhoneNotice = {
  readonly key: string;
  readonly ref: EntityRef;
  readonly title: string;
  readonly texts: readonly string[];
};

type PhoneSection = { readonly key: string; readonly title: string; readonly rows: readonly PhoneRow[] };

export type PhoneScene = {
  readonly name: string;
  readonly notices: readonly PhoneNotice[];
  readonly sections: readonly PhoneSection[];
  /** Claims on the shared zero page. */
  readonly zero: readonly PhoneClaim[];
};

/** Columns and slots are those of the stage at this size; only their texts are used. */
const LIKE = { width: 1200, height: 800, k: 1, measure: textWidth };

type Setting = {
  readonly program: Program;
  readonly moment: Moment;
  readonly facts: Facts;
  readonly next: ReadonlyMap<string, readonly string[]>;
};

function markOf(row: SlotRow): PhoneMark {
  const { fact } = row;
  if (fact.kind === 'own' || fact.kind === 'cache') return 'clasp';
  if (fact.kind === 'pte') return fact.writable ? 'full' : 'hollow';
  if (fact.flow !== '') return 'flow';
  return fact.cut ? 'cut' : fact.kind === 'odp' ? 'odp' : 'rail';
}

function detailOf({ fact, live }: SlotRow): string {
  if (live.type === 'map') return fact.writable ? 'rw' : 'ro';
  if (live.type === 'dma') return fact.flow === 'up' ? 'writes it' : 'reads it';
  if (live.type === 'file') return fact.look === 'unwritten' ? 'unwritten' : '';
  return fact.cut ? 'revoked' : '';
}

function claimOf(row: SlotRow, { program, moment, facts, next }: Setting): PhoneClaim {
  const title = facts.titles.get(row.key) ?? '';
  const violated = facts.violated.get(row.key) ?? [];
  const coming = next.get(row.key) ?? [];
  const words = [
    describeSlot(program, moment.state, row),
    ...violated.map((id) => `breaks ${id}`),
    ...coming.map((id) => `the next step breaks ${id}`),
  ];
  return {
    key: row.key,
    ref: row.ref,
    mark: markOf(row),
    title,
    detail: detailOf(row),
    violated,
    next: coming,
    changed: isChanged({ program, state: moment.state, before: moment.before }, row),
    faded: facts.lit !== undefined && !facts.lit.has(row.key),
    name: `${title}: ${words.join(', ')}`,
  };
}

function pageRow(cell: SceneCell, setting: Setting): PhonePage {
  const rows = setting.facts.onPage.get(cell.key) ?? [];
  const of = (test: (row: SlotRow) => boolean): PhoneClaim[] => rows.filter(test).map((row) => claimOf(row, setting));
  return {
    type: 'page',
    key: cell.key,
    cell,
    // First file first, as on the stage from the top.
    owners: of((row) => row.live.type === 'file').reverse(),
    cpu: of((row) => row.live.type === 'map'),
    dma: of((row) => row.live.type !== 'file' && row.live.type !== 'map'),
  };
}

/** Free blocks that no step of the run ever claims, as one row for each stretch. */
function withFree(cells: readonly SceneCell[], setting: Setting): PhoneRow[] {
  const rows: PhoneRow[] = [];
  let stretch: { from: number; count: number } | undefined;
  const close = (): void => {
    if (stretch === undefined) return;
    const { from, count } = stretch;
    rows.push({
      type: 'free',
      key: `free:${from}`,
      text: count === 1 ? `block ${from}, free` : `${count} free blocks, ${from} to ${from + count - 1}`,
    });
    stretch = undefined;
  };
  for (const cell of cells) {
    const block = cell.ref.type === 'block' ? cell.ref.block : 0;
    const count = cell.look === 'fold' ? Number(cell.tag) : 1;
    if (cell.thin || cell.look === 'fold')
      stretch = stretch === undefined ? { from: block, count } : { ...stretch, count: stretch.count + count };
    else {
      close();
      rows.push(pageRow(cell, setting));
    }
  }
  close();
  return rows;
}

function noticesOf(program: Program, live: readonly LiveBox[], moment: Moment): PhoneNotice[] {
  return live.flatMap((box): PhoneNotice[] => {
    if (box.type !== 'file') return [];
    const locks = [
      ...lockWords(program, 'i_rwsem', box.of.rwsem),
      ...lockWords(program, 'invalidate_lock', box.of.mmlock),
    ];
    const words = [...guardWords(program, box.of), ...locks];
    if (words.length === 0) return [];
    const texts = words.map(({ texts: [text = ''] }) => text.replace('|', ''));
    const name = fileName(program, moment.state, box.inode);
    return [{ key: claimKey(box.ref), ref: box.ref, title: box.of.memfd < 0 ? `file ${name}` : name, texts }];
  });
}

/** Claims that the step to come will break, by claimKey. */
function comingOf({ marks, rows }: Facts): Map<string, string[]> {
  const known = new Set(rows.map((row) => row.key));
  const found = new Map<string, string[]>();
  for (const mark of marks) {
    const key = mark.next ? markedClaim(mark, (other) => known.has(other)) : undefined;
    if (key !== undefined) found.set(key, [...(found.get(key) ?? []), mark.id]);
  }
  return found;
}

/** PTEs of the shared zero page, and MR slots that pin it: claims without a page of their own. */
function onNoPage(facts: Facts, setting: Setting): PhoneClaim[] {
  return facts.rows
    .filter((row) => row.fact.page !== undefined && pageKey(row.fact.page) === undefined && row.live.type !== 'file')
    .map((row) => claimOf(row, setting));
}

function sectionsOf(plan: StagePlan, cells: readonly SceneCell[], setting: Setting): PhoneSection[] {
  const dram = cells.filter((cell) => cell.ref.type === 'dram');
  const blocks = withFree(
    cells.filter((cell) => cell.ref.type === 'block'),
    setting,
  );
  if (plan.medium === undefined) {
    const pages: PhoneSection = { key: 'blocks', title: 'Pages', rows: blocks };
    const memory = dram.map((cell) => pageRow(cell, setting));
    return memory.length === 0 ? [pages] : [pages, { key: 'dram', title: 'DRAM', rows: memory }];
  }
  return [
    { key: 'dram', title: 'DRAM, the page cache', rows: dram.map((cell) => pageRow(cell, setting)) },
    { key: 'blocks', title: 'Blocks', rows: blocks },
  ];
}

type PhoneInput = {
  readonly program: Program;
  readonly outline: Outline;
  readonly moment: Moment;
  readonly focus: EntityRef | undefined;
  /** As of the stage. */
  readonly hidden?: readonly string[];
};

export function phoneScene(input: PhoneInput): PhoneScene {
  const { program, outline, moment, hidden } = input;
  const plan = planFor(program, outline, LIKE, hidden);
  const facts = factsOf(input, plan);
  const setting: Setting = { program, moment, facts, next: comingOf(facts) };
  const dramCols = dramColumns(moment.state, plan, facts.live);
  const cells = sceneCells({ program, state: moment.state, before: moment.before, plan }, facts, dramCols);
  return {
    name: `Pages of ${program.blocks} blocks and the claims on them`,
    notices: noticesOf(program, facts.live, moment),
    sections: sectionsOf(plan, cells, setting),
    zero: onNoPage(facts, setting),
  };
}

/**
 * The state page by page, for what a score of 72 columns cannot hold: one row a page with all its claims, the score
 * turned by a quarter. Neighbours whose claims run side by side are one row.
 *
 *      page   tag    own pin  file           CPU             DMA
 *      0      a      x2  1    A[0] B[0]      m[0] r          mr[0]
 *      2-3    cd     x2  1    A[2-3] B[2-3]  m[2-3] r        mr[2-3]
 */
import { runsEach, runsGet, type Runs } from '../../base/runs.ts';
import { claimsOn, type OwnerRow } from '../../explain/owners.ts';
import {
  blockOfPage,
  dramOfPage,
  isBlock,
  pageOfBlock,
  pageOfDram,
  ZERO_PAGE,
  type Page,
} from '../../sim/model/ids.ts';
import type { Program } from '../../sim/model/program.ts';
import { BUSY, FREE, ZOMBIE, type State } from '../../sim/model/state.ts';
import type { Moment } from '../../sim/outline.ts';
import { blockTag } from '../../sim/query/inodes.ts';
import { claimKey } from '../../sim/query/claimKey.ts';
import { pinCount } from '../../sim/query/pins.ts';
import { ascii, cut, safe, WIDTH } from './plainText.ts';

type Row = {
  readonly from: Page;
  readonly to: Page;
  readonly tags: readonly string[];
  readonly owned: string;
  readonly pins: string;
  /** By side, with the numbers that run along taken out. */
  readonly claims: readonly (readonly string[])[];
};

/** By claimKey: ids of the properties that the claim breaks. */
type Broken = ReadonlyMap<string, readonly string[]>;

const SIDES = ['File', 'CPU', 'DMA'] as const;
const MOST_ROWS = 160;
/** So many are told of pages that are one row. */
const MOST_TAGS = 20;
const MOST_PAGES = 4096;

/** Blocks that are told: all that are not free, and free ones that something still reaches. */
function toldBlocks({ device }: State): Page[] {
  const out = new Set<Page>();
  const collect = (runs: Runs, isTold: (value: number) => boolean): void =>
    runsEach(runs, 0, Infinity, (from, len, value, step) => {
      // A stretch of alike blocks that are not told may be as long as the device.
      if (step === 0 && !isTold(value)) return;
      for (let i = 0; i < len && out.size < MOST_PAGES; i++)
        if (isTold(value + i * step)) out.add(pageOfBlock(from + i));
    });
  collect(device.use, (value) => value !== FREE);
  collect(device.pins, (value) => value > 0);
  return [...out].sort((x, y) => x - y);
}

const toldDram = ({ dram }: State): Page[] => dram.flatMap(({ live }, id) => (live ? [pageOfDram(id)] : []));

function ownedText(state: State, page: Page): string {
  if (page === ZERO_PAGE) return 'zeroes';
  if (!isBlock(page))
    return state.dram[dramOfPage(page)]?.anon === true
      ? 'anon'
      : state.dram[dramOfPage(page)]?.inode === -1
        ? 'orphan'
        : 'cache';
  const use = runsGet(state.device.use, blockOfPage(page)) ?? FREE;
  return use > 0 ? `x${use}` : use === FREE ? 'free' : use === BUSY ? 'busy' : use === ZOMBIE ? 'zombie' : '';
}

/** `mr[1] as A[1] #S2`: short, for a table. */
function claimText({ who, as, ref }: OwnerRow, broken: Broken): string {
  const short = who
    .replace(', writable', ' rw').replace(', read-only', ' r').replace(', pinned for write', ' W').replace(', pinned read-only', ' R')
    .replace(', on demand, no pin', ' ODP').replace(', page cache', '').replace(', key revoked', ' revoked'); // prettier-ignore
  const ids = ref === undefined ? [] : (broken.get(claimKey(ref)) ?? []);
  return ascii([short, as, ids.length === 0 ? '' : `#${ids.join('#')}`].filter((part) => part !== '').join(' '));
}

function rowOf(program: Program, moment: Moment, page: Page, broken: Broken): Row {
  const { state } = moment;
  const rows = claimsOn(program, moment, page).filter(({ who }) => !who.startsWith('nobody'));
  const tag =
    page === ZERO_PAGE
      ? 0
      : isBlock(page)
        ? blockTag(state.device, blockOfPage(page))
        : (state.dram[dramOfPage(page)]?.tag ?? 0);
  const pins = pinCount(state, page);
  return {
    from: page,
    to: page,
    tags: [ascii(program.tags[tag] ?? '.')],
    owned: ownedText(state, page),
    pins: pins === 0 ? '' : `${pins}`,
    claims: SIDES.map((side) => rows.filter((row) => row.side === side).map((row) => claimText(row, broken))),
  };
}

const INDEX = /\[(\d+)(?:-(\d+))?\]/g;

/** The next row's claim where each index is one more, or undefined. */
function joinClaim(before: string, next: string): string | undefined {
  const ends = [...before.matchAll(INDEX)];
  const starts = [...next.matchAll(INDEX)];
  const along =
    ends.length === starts.length && ends.every((end, i) => Number(end[2] ?? end[1]) + 1 === Number(starts[i]?.[1]));
  if (!along || before.replace(INDEX, '[]') !== next.replace(INDEX, '[]')) return undefined;
  let i = 0;
  return before.replace(INDEX, (_, from: string) => `[${from}-${starts[i++]?.[1] ?? ''}]`);
}

function join(before: Row, next: Row): Row | undefined {
  const sameTags = next.tags.every((tag) => tag.length === 1) && before.tags[0]?.length === 1;
  if (before.to + 1 !== next.from || before.owned !== next.owned || before.pins !== next.pins || !sameTags)
    return undefined;
  const claims: string[][] = [];
  for (const [side, list] of before.claims.entries()) {
    const others = next.claims[side] ?? [];
    const joined = list.map((claim, i) => joinClaim(claim, others[i] ?? ''));
    if (list.length !== others.length || joined.includes(undefined)) return undefined;
    claims.push(joined.filter((claim) => claim !== undefined));
  }
  return { ...before, to: next.to, tags: [...before.tags, ...next.tags], claims };
}

const numberOf = (page: Page): string =>
  isBlock(page) ? `${page}` : page === ZERO_PAGE ? 'z' : `D${dramOfPage(page)}`;
const pagesText = ({ from, to }: Row): string => (from === to ? numberOf(from) : `${numberOf(from)}-${numberOf(to)}`);

const tagsText = ({ tags }: Row): string => cut(tags.join(''), Math.max(MOST_TAGS, tags[0]?.length ?? 0));

type Cells = readonly (readonly string[])[];

const HEAD: Cells = [['page'], ['tag'], ['own'], ['pin'], ['file'], ['CPU'], ['DMA']];

function cellsOf(row: Row): Cells {
  return [
    [pagesText(row)],
    [tagsText(row)],
    [row.owned],
    [row.pins],
    ...row.claims.map((list) => (list.length === 0 ? ['-'] : list)),
  ];
}

const widest = (texts: readonly string[]): number => Math.max(0, ...texts.map((text) => text.length));

/** Undefined: not even side by side they fit, so that a claim has a line of its own. */
function widths(rows: readonly Cells[]): number[] {
  const all = [HEAD, ...rows];
  return HEAD.map((_, col) => widest(all.flatMap((cells) => cells[col] ?? [])));
}

const pad = (text: string, width: number): string => text + ' '.repeat(Math.max(0, width - text.length));

function tableLines(cells: Cells, wide: readonly number[]): string[] {
  const height = Math.max(...cells.map((list) => list.length));
  return Array.from({ length: height }, (_, i) =>
    safe(` ${cells.map((list, col) => pad(list[i] ?? '', wide[col] ?? 0)).join('  ')}`),
  );
}

/** Where three columns of claims are too wide for the line: page, then its claims below each other. */
function narrowLines(row: Row): string[] {
  const own = [pagesText(row), tagsText(row), row.owned, row.pins === '' ? '' : `${row.pins} pins`].filter(
    (text) => text !== '',
  );
  const claims = row.claims.flatMap((list, side) =>
    list.map((text) => `${['file', 'CPU ', 'DMA '][side] ?? ''} ${text}`),
  );
  return [` ${own.join('  ')}`, ...claims.map((text) => `    ${text}`)].map((line) => safe(line.slice(0, WIDTH)));
}

export function pageLines(program: Program, moment: Moment, broken: Broken): string[] {
  const { state } = moment;
  const pages = [...toldBlocks(state), ZERO_PAGE, ...toldDram(state)];
  const rows: Row[] = [];
  for (const page of pages) {
    const row = rowOf(program, moment, page, broken);
    if (page === ZERO_PAGE && row.claims.every((list) => list.length === 0)) continue;
    const last = rows.at(-1);
    const joined = last === undefined ? undefined : join(last, row);
    if (joined === undefined) rows.push(row);
    else rows[rows.length - 1] = joined;
  }
  const shown = rows.slice(0, MOST_ROWS);
  const cells = shown.map(cellsOf);
  const wide = widths(cells);
  const fits = wide.reduce((sum, w) => sum + w + 2, 0) <= WIDTH;
  const left = rows.length - shown.length;
  return [
    ...(fits ? [HEAD, ...cells].flatMap((row) => tableLines(row, wide)) : shown.flatMap(narrowLines)),
    ...(left > 0 ? [` ... and ${left} rows of pages more`] : []),
    ` free blocks: ${state.device.free} of ${program.blocks}`,
  ];
}

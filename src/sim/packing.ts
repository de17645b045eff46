/**
 * The pen with which `stateKey` writes: a row of letters, and the numbers under which inodes and pages of DRAM go in a
 * key. Table slots are given out by what happened before, so a slot number would tell two equal states apart; inodes
 * go by age, and pages of DRAM by the order in which they are met. Blocks keep their numbers, unless a naming says that
 * they do not matter (blockNames.ts).
 */
import type { Runs } from '../base/runs.ts';
import { runsCount, runsEach, runsSize } from '../base/runs.ts';
import type { Naming } from './blockNames.ts';
import { beginNames, nameOf } from './blockNames.ts';
import { blockOfPage, dramOfPage, isBlock, isDram, pageOfDram, ptePage } from './model/ids.ts';
import type { State } from './model/state.ts';

export type Pen = {
  /** What does not fit is dropped: `n` says how long a row it takes. */
  row: Uint16Array;
  n: number;
  /** By inode id: its age, −1 where the slot is empty. */
  readonly ages: number[];
  /** By age: the inode id. */
  readonly byAge: number[];
  inodes: number;
  /** By DRAM id: its number in this key, −1 until it is met. */
  readonly dramNumbers: number[];
  /** By number: the DRAM id. */
  readonly dramMet: number[];
  drams: number;
  hasDram: boolean;
  naming: Naming | undefined;
};

export const newPen = (): Pen => ({
  row: new Uint16Array(0),
  n: 0,
  ages: [],
  byAge: [],
  inodes: 0,
  dramNumbers: [],
  dramMet: [],
  drams: 0,
  hasDram: false,
  naming: undefined,
});

export function beginRow(pen: Pen, state: State, row: Uint16Array, naming?: Naming): void {
  pen.row = row;
  pen.n = 0;
  pen.naming = naming;
  if (naming !== undefined) beginNames(naming);
  pen.inodes = 0;
  for (let id = 0; id < state.inodes.length; id++) {
    const inode = state.inodes[id];
    const age = inode?.live === true ? inode.age : -1;
    pen.ages[id] = age;
    if (age < 0) continue;
    pen.byAge[age] = id;
    pen.inodes++;
  }
  pen.drams = 0;
  pen.hasDram = state.dram.length > 0;
  for (let id = 0; id < state.dram.length; id++) pen.dramNumbers[id] = -1;
}

/**
 * A number takes one letter of sixteen bits if it is small, as nearly all are, and up to three: fifteen bits each, the
 * low ones first, the top bit saying that more follow. The sign is folded in, so that −1 is small too.
 */
export function put(pen: Pen, value: number): void {
  const folded = (value << 1) ^ (value >> 31);
  if (folded >>> 15 === 0) pen.row[pen.n++] = folded;
  else putLong(pen, folded);
}

function putLong(pen: Pen, folded: number): void {
  let rest = folded >>> 0;
  for (; rest > 0x7fff; rest >>>= 15) pen.row[pen.n++] = (rest & 0x7fff) | 0x8000;
  pen.row[pen.n++] = rest;
}

export function putBit(pen: Pen, value: boolean): void {
  pen.row[pen.n++] = value ? 1 : 0;
}

/** An errno, a tag, a place in a procedure: rare, so letter by letter. */
export function putWord(pen: Pen, word: string): void {
  put(pen, word.length);
  for (let k = 0; k < word.length; k++) put(pen, word.charCodeAt(k));
}

export function putInode(pen: Pen, inode: number): void {
  put(pen, inode < 0 ? -1 : (pen.ages[inode] ?? -1));
}

export function putPage(pen: Pen, page: number): void {
  if (isDram(page)) put(pen, pageOfDram(dramNumber(pen, dramOfPage(page))));
  else if (pen.naming !== undefined && page >= 0 && isBlock(page)) put(pen, nameOf(pen.naming, blockOfPage(page)));
  else put(pen, page);
}

/** A block in a register; negative: none. */
export const putBlock = (pen: Pen, block: number): void =>
  put(pen, pen.naming === undefined || block < 0 ? block : nameOf(pen.naming, block));

function dramNumber(pen: Pen, dram: number): number {
  const known = pen.dramNumbers[dram] ?? -1;
  if (known >= 0) return known;
  pen.dramNumbers[dram] = pen.drams;
  pen.dramMet[pen.drams] = dram;
  return pen.drams++;
}

const isFlat = (runs: Runs): runs is readonly number[] => Array.isArray(runs);

/** The canonical list of (at, span, value), which is what a small map is already. */
export function putRuns(pen: Pen, runs: Runs): void {
  if (!isFlat(runs)) return putTree(pen, runs);
  put(pen, runs.length);
  for (let k = 0; k < runs.length; k++) put(pen, runs[k] ?? 0);
}

function putTree(pen: Pen, runs: Runs): void {
  put(pen, 3 * runsCount(runs));
  runsEach(runs, 0, Infinity, (at, len, value, step) => {
    put(pen, at);
    put(pen, step === 1 ? -len : len);
    put(pen, value);
  });
}

/** A map to extents, or to blocks: index by index where these have other names. */
export function putBlocks(pen: Pen, runs: Runs): void {
  if (pen.naming === undefined) putRuns(pen, runs);
  else putEach(pen, runs);
}

/** A map to pages, or to PTEs. Pages of DRAM have new numbers, so their runs go index by index. */
export function putPages(pen: Pen, runs: Runs): void {
  if (pen.hasDram) putEach(pen, runs);
  else putBlocks(pen, runs);
}

/** Pages, PTEs and extents alike: a page below, marks above it. */
function putEach(pen: Pen, runs: Runs): void {
  put(pen, runsSize(runs));
  runsEach(runs, 0, Infinity, (at, len, value, step) => {
    for (let i = 0; i < len; i++) {
      const bits = value + i * step;
      put(pen, at + i);
      put(pen, bits - ptePage(bits));
      putPage(pen, ptePage(bits));
    }
  });
}

/** An index → DRAM id map. */
export function putCache(pen: Pen, runs: Runs): void {
  if (!pen.hasDram) return put(pen, 0);
  put(pen, runsSize(runs));
  runsEach(runs, 0, Infinity, (at, len, value, step) => {
    for (let i = 0; i < len; i++) {
      put(pen, at + i);
      put(pen, dramNumber(pen, value + i * step));
    }
  });
}

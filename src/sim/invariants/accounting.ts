/** S11: the books. A violation is a bug of ours. */
import type { Runs } from '../../base/runs.ts';
import { emptyRuns, runsEach, runsGet, runsSize } from '../../base/runs.ts';
import { runsDiff } from '../../base/runDiff.ts';
import type { Block, Page } from '../model/ids.ts';
import { blockOfPage, extentBlock, isBlock, makeExtent, pageOfBlock } from '../model/ids.ts';
import type { State } from '../model/state.ts';
import { holdsDioPin, holdsPipePin } from '../query/pins.ts';
import type { Finding, Stretch } from './finding.ts';
import { stretchProperty } from './finding.ts';
import { eachChange, eachHolder, eachUnmapped, mapOf } from './suspects.ts';

/**
 * Two accounts a block: 2·b, its references against the map entries, and 2·b + 1, its pins against what the owners hold.
 * A stretch of `block` counts in accounts; `sum` is the one account of blocks by state.
 */
const REFS = 0;
const PINS = 1;
const SUM: Stretch = { of: 'sum', id: 0, from: 0, to: 1 };

export const S11 = stretchProperty('S11', ['device', 'inodes', 'mrs', 'dmas', 'pipes', 'unmapped'], {
  suspects(before, now) {
    if (before === undefined) return [SUM, accounts(0, runsSize(now.device.use))];
    const found = [SUM];
    const add = (from: Block, to: Block): void => {
      found.push(accounts(from, to));
    };
    eachChange(before.device.use, now.device.use, add);
    eachChange(before.device.pins, now.device.pins, add);
    now.inodes.forEach((inode, id) =>
      eachValue(mapOf(before, id), inode.map, (extent) => addPage(pageOfBlock(extentBlock(extent)), add)),
    );
    now.mrs.forEach((mr, id) => eachValue(before.mrs[id]?.pins ?? emptyRuns, mr.pins, (page) => addPage(page, add)));
    for (const state of [before, now]) {
      eachUnmapped(state, (block) => add(block, block + 1));
      eachShortPage(state, (page) => addPage(page, add));
    }
    return found;
  },
  broken(state, stretch, f) {
    if (stretch.of === 'sum') {
      if (sumOf(state) !== runsSize(state.device.use)) f(0);
      return;
    }
    if (stretch.to - stretch.from > MANY) return eachUnbalanced(state, stretch, f);
    for (let at = stretch.from; at < stretch.to; at++) if (missing(state, at) !== 0) f(at);
  },
  isBroken: (state) => sumOf(state) !== runsSize(state.device.use) || unbalanced(state).length > 0,
  tell(_program, state, { of, from: at }) {
    if (of === 'sum') return sumFinding(state);
    const block = at >> 1;
    const booked = bookedIn(state, block, at & 1);
    const found = foundFor(state, block, at & 1);
    return (at & 1) === REFS
      ? finding(`ref:${block}`, `block ${block} has refcount ${booked} and ${found} map entries`)
      : finding(`pin:${block}`, `block ${block} counts ${booked} pins, its owners hold ${found}`);
  },
});

const accounts = (from: Block, to: Block): Stretch => ({ of: 'block', id: 0, from: 2 * from, to: 2 * to });
const finding = (key: string, message: string): Finding => ({ id: 'S11', key, message, refs: [] });

const sumOf = ({ device: { free, busy, owned, zombie } }: State): number => free + busy + owned + zombie;
function sumFinding(state: State): Finding {
  const { free, busy, owned, zombie, use } = state.device;
  return finding('sum', `FREE ${free} + BUSY ${busy} + OWNED ${owned} + ZOMBIE ${zombie} is not ${runsSize(use)}`);
}

type Span = (from: Block, to: Block) => void;
function addPage(page: Page, add: Span): void {
  if (page >= 0 && isBlock(page)) add(blockOfPage(page), blockOfPage(page) + 1);
}

/** The values before and after, wherever two maps differ. */
function eachValue(before: Runs, now: Runs, f: (value: number) => void): void {
  runsDiff(before, now, ({ len, was, wasStep, now: is, nowStep }) => {
    for (let i = 0; i < len; i++) {
      if (was !== undefined) f(was + i * wasStep);
      if (is !== undefined) f(is + i * nowStep);
    }
  });
}

function eachShortPage(state: State, f: (page: Page) => void): void {
  for (const dma of state.dmas) if (holdsDioPin(dma)) f(dma.page);
  for (const pipe of state.pipes) if (holdsPipePin(pipe)) f(pipe.page);
}

/** Beyond this many accounts it is less work to go through the maps once than to search them for each block. */
const MANY = 32;

const bookedIn = (state: State, block: Block, account: number): number =>
  account === PINS ? (runsGet(state.device.pins, block) ?? 0) : Math.max(0, runsGet(state.device.use, block) ?? 0);

/** Looks a block up in every map that could have it. */
function foundFor(state: State, block: Block, account: number): number {
  let found = 0;
  const one = (): void => {
    found++;
  };
  if (account === REFS) {
    for (const { map } of state.inodes)
      for (const written of [true, false]) eachHolder(map, makeExtent(block, written), one);
    eachUnmapped(state, (taken) => taken === block && one());
  } else {
    for (const { pins } of state.mrs) eachHolder(pins, block, one);
    eachShortPage(state, (page) => isBlock(page) && blockOfPage(page) === block && one());
  }
  return found;
}

const missing = (state: State, at: number): number =>
  foundFor(state, at >> 1, at & 1) - bookedIn(state, at >> 1, at & 1);

/** By account, ascending, as looking at one after the other would find them. */
function eachUnbalanced(state: State, { from, to }: Stretch, f: (at: number) => void): void {
  const found = unbalanced(state).flatMap((off) =>
    Array.from({ length: off.to - off.from }, (_, i) => 2 * (off.from + i) + off.account),
  );
  for (const at of found.sort((a, b) => a - b)) if (at >= from && at < to) f(at);
}

type Off = { readonly from: Block; readonly to: Block; readonly account: number };

/** Up to this many blocks a note for each of them is less work than a list of places. */
const DENSE = 1024;

/**
 * The accounts that do not balance, in one go through all maps: what each run of blocks adds is noted at its ends, and
 * summed up from the first to the last. On a large device it costs what the maps have runs, not what it has blocks.
 */
function unbalanced(state: State): readonly Off[] {
  const size = runsSize(state.device.use);
  const off: Off[] = [];
  for (const account of [REFS, PINS]) {
    if (size <= DENSE) sumDense(state, account, size, off);
    else sumSparse(state, account, off);
  }
  return off;
}

function sumDense(state: State, account: number, size: number, off: Off[]): void {
  const ends = new Int32Array(size + 1);
  eachEntry(state, account, (block, len, n) => {
    ends[block] = (ends[block] ?? 0) + n;
    ends[block + len] = (ends[block + len] ?? 0) - n;
  });
  for (let block = 0, sum = 0; block < size; block++) {
    sum += ends[block] ?? 0;
    if (sum !== 0) off.push({ from: block, to: block + 1, account });
  }
}

function sumSparse(state: State, account: number, off: Off[]): void {
  const ends = new Map<Block, number>();
  const note = (at: Block, n: number): void => void ends.set(at, (ends.get(at) ?? 0) + n);
  eachEntry(state, account, (block, len, n) => {
    note(block, n);
    note(block + len, -n);
  });
  const places = [...ends.keys()].sort((a, b) => a - b);
  let sum = 0;
  places.forEach((from, i) => {
    sum += ends.get(from) ?? 0;
    if (sum !== 0) off.push({ from, to: places[i + 1] ?? from + 1, account });
  });
}

/** Every run of blocks that an account hears of: what is found adds, what is booked takes away. */
function eachEntry(state: State, account: number, f: (block: Block, len: number, n: number) => void): void {
  const { use, pins } = state.device;
  runsEach(account === REFS ? use : pins, 0, Infinity, (at, len, value, step) => {
    if (step === 0) f(at, len, -Math.max(0, value));
    else for (let i = 0; i < len; i++) f(at + i, 1, -Math.max(0, value + i * step));
  });
  /** `len` neighbours, or the same block as often. */
  const found = (block: Block, len: number, step: number): void => {
    if (step === 1) f(block, len, 1);
    else f(block, 1, len);
  };
  if (account === REFS) {
    for (const { map } of state.inodes)
      runsEach(map, 0, Infinity, (_at, len, value, step) => found(extentBlock(value), len, step));
    eachUnmapped(state, (block) => f(block, 1, 1));
    return;
  }
  for (const mr of state.mrs)
    runsEach(mr.pins, 0, mr.len, (_at, len, page, step) => {
      if (isBlock(page)) found(blockOfPage(page), len, step);
    });
  eachShortPage(state, (page) => {
    if (isBlock(page)) f(blockOfPage(page), 1, 1);
  });
}

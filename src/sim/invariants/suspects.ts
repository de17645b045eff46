/** Where two states differ, as the stretches whose verdict that may change. At the cost of what differs. */
import type { Runs } from '../../base/runs.ts';
import { emptyRuns, runsFirst } from '../../base/runs.ts';
import { runsDiff } from '../../base/runDiff.ts';
import type { Block } from '../model/ids.ts';
import type { Mr, State } from '../model/state.ts';
import { holdsDioPin, holdsPipePin } from '../query/pins.ts';
import type { Stretch } from './finding.ts';

/** Stretches of indexes at which two maps differ, as long as they go. */
export function eachChange(before: Runs, now: Runs, f: (from: number, to: number) => void): void {
  let from = 0;
  let to = 0;
  runsDiff(before, now, ({ at, len }) => {
    if (at > to) {
      if (to > from) f(from, to);
      from = at;
    }
    to = at + len;
  });
  if (to > from) f(from, to);
}

/** Blocks for which `of` gives something else now, one by one. */
export function eachChangedValue(before: Runs, now: Runs, f: (block: Block, was: number, is: number) => void): void {
  runsDiff(before, now, ({ at, len, was, wasStep, now: is, nowStep }) => {
    for (let i = 0; i < len; i++) f(at + i, (was ?? 0) + i * wasStep, (is ?? 0) + i * nowStep);
  });
}

/** Indexes of a map that hold a value. Parts of a big map that cannot hold it are skipped. */
export function eachHolder(runs: Runs, value: number, f: (at: number) => void): void {
  for (let at = runsFirst(runs, value, 0); at !== undefined; at = runsFirst(runs, value, at + 1)) f(at);
}

/** Blocks that a task has allocated for a copy and not mapped yet. */
export function eachUnmapped(state: State | undefined, f: (block: Block) => void): void {
  for (const { frames } of state?.tasks ?? []) for (const frame of frames) if ('y' in frame && frame.y >= 0) f(frame.y);
}

/** What an MR reaches by DMA or keeps by a pin: its translations while it lives, its pins otherwise. */
export const reachOf = (mr: Mr): Runs => (mr.state === 'live' ? mr.mtt : mr.pins);

/** Suspect slots of the MRs: `whole` says that an MR has to be judged anew from end to end. */
export function changedSlots(
  before: State | undefined,
  now: State,
  whole: (was: Mr, is: Mr) => boolean,
): readonly Stretch[] {
  const found: Stretch[] = [];
  now.mrs.forEach((mr, id) => {
    const was = before?.mrs[id];
    if (was === mr) return;
    const all = { of: 'mr', id, from: 0, to: Math.max(mr.len, was?.len ?? 0) } as const;
    if (was === undefined || whole(was, mr)) found.push(all);
    else eachChange(reachOf(was), reachOf(mr), (from, to) => found.push({ ...all, from, to }));
  });
  return found;
}

/** DMAs and pipes that pin a page, or did: one page each, and few, so all of them, always. */
export function shortPins(before: State | undefined, now: State, of: 'dma' | 'pipe'): readonly Stretch[] {
  const holds = (state: State | undefined, id: number): boolean => {
    const dma = state?.dmas[id];
    const pipe = state?.pipes[id];
    return of === 'dma' ? dma !== undefined && holdsDioPin(dma) : pipe !== undefined && holdsPipePin(pipe);
  };
  const found: Stretch[] = [];
  const { length } = of === 'dma' ? now.dmas : now.pipes;
  for (let id = 0; id < length; id++) if (holds(now, id) || holds(before, id)) found.push({ of, id, from: 0, to: 1 });
  return found;
}

/** The slots of all MRs that reach a block. */
export function slotsOn(state: State, block: Block, f: (stretch: Stretch) => void): void {
  state.mrs.forEach((mr, id) => {
    eachHolder(reachOf(mr), block, (at) => f({ of: 'mr', id, from: at, to: at + 1 }));
  });
}

export const mapOf = (state: State | undefined, inode: number): Runs => state?.inodes[inode]?.map ?? emptyRuns;

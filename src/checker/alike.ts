/**
 * Answers of the allocator that lead to the same but for the names of blocks: it chooses between free blocks that
 * nothing refers to and that hold the same. One of them stands for all.
 */
import type { Runs } from '../base/runs.ts';
import { runsEach, runsGet } from '../base/runs.ts';
import type { Block } from '../sim/model/ids.ts';
import { ptePage } from '../sim/model/ids.ts';
import type { Frame } from '../sim/model/frame.ts';
import type { State } from '../sim/model/state.ts';
import { FREE } from '../sim/model/state.ts';

/** Answers that are alike: the first of them, and how many they are. */
export type Alike = { readonly answer: number; weight: number };

/** `swappable`: the blocks whose names do not matter. The draft of a step in its midst will do. */
export function alikeAnswers(state: State, swappable: (block: Block) => boolean): readonly Alike[] {
  const { use, tags, unzeroed, pins } = state.device;
  const met = referred(state);
  const found: Alike[] = [];
  const byTag = new Map<number, Alike>();
  let answer = 0;
  runsEach(use, 0, Infinity, (at, len, value, step) => {
    for (let block = at; block < at + len; block++) {
      if (value + step * (block - at) !== FREE) continue;
      const lone = met.has(block) || runsGet(unzeroed, block) !== undefined || runsGet(pins, block) !== undefined || !swappable(block); // prettier-ignore
      const tag = runsGet(tags, block) ?? 0;
      const known = lone ? undefined : byTag.get(tag);
      if (known !== undefined) known.weight++;
      else {
        const first = { answer, weight: 1 };
        if (!lone) byTag.set(tag, first);
        found.push(first);
      }
      answer++;
    }
  });
  return found;
}

/** Blocks that something refers to beside the device's own books; pages of other kinds are no blocks, and met in vain. */
function referred(state: State): ReadonlySet<number> {
  const met = new Set<number>();
  const all = (runs: Runs): void =>
    runsEach(runs, 0, Infinity, (_, len, value, step) => {
      for (let i = 0; i < len; i++) met.add(ptePage(value + i * step));
    });
  for (const { live, entries } of state.inodes) if (live) all(entries);
  for (const { live, ptes } of state.maps) if (live) all(ptes);
  for (const { state: at, mtt, pins } of state.mrs)
    if (at !== 'none' && at !== 'destroyed') {
      all(mtt);
      all(pins);
    }
  for (const { phase, page } of state.dmas) if (phase === 'posted') met.add(page);
  for (const { phase, page } of state.pipes) if (phase === 'full') met.add(page);
  for (const { frames, wait } of state.tasks) {
    for (const frame of frames) addFrame(met, frame);
    if ('page' in wait) met.add(wait.page);
  }
  return met;
}

function addFrame(met: Set<number>, frame: Frame): void {
  if ('page' in frame) met.add(frame.page);
  if ('x' in frame) met.add(frame.x);
  if ('y' in frame) met.add(frame.y);
}

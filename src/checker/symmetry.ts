/** Which blocks may be called otherwise, and so which states count as one look. */
import type { Naming } from '../sim/blockNames.ts';
import { areNamesFree, newNaming } from '../sim/blockNames.ts';
import type { Block } from '../sim/model/ids.ts';
import type { Program } from '../sim/model/program.ts';
import type { State } from '../sim/model/state.ts';
import { FREE } from '../sim/model/state.ts';
import { packState } from '../sim/stateKey.ts';
import { blockTag } from '../sim/query/inodes.ts';
import { runsGet } from '../base/runs.ts';
import type { Symmetry } from './verdict.ts';

/** Undefined where names matter, or where there is nothing to rename. */
export function namingOf(program: Program, start: State, symmetry: Symmetry): Naming | undefined {
  if (symmetry === 'none' || !areNamesFree(program)) return undefined;
  const every = newNaming(
    Array.from({ length: program.blocks }, () => -1),
    program.tags.length,
  );
  if (symmetry === 'all') return every.pool.length > 1 ? every : undefined;
  const pool = new Set(spareBlocks(start, every));
  return pool.size > 1 ? newNaming(Array.from(every.pool, (block) => (pool.has(block) ? -1 : block)), program.tags.length) : undefined; // prettier-ignore
}

const NO_ROW = new Uint16Array(0);

/**
 * The most blocks that the start has no way to tell apart: free, with the same contents, and nothing refers to them.
 * A renaming of these maps the start to itself, so whatever can be reached, its renamings can.
 */
function spareBlocks(start: State, every: Naming): readonly Block[] {
  packState(start, NO_ROW, every);
  const byTag = new Map<number, Block[]>();
  for (const block of every.pool) {
    const { use, unzeroed } = start.device;
    if ((every.names[block] ?? 0) >= 0 || runsGet(use, block) !== FREE || runsGet(unzeroed, block) !== undefined) continue;
    const tag = blockTag(start.device, block);
    byTag.set(tag, [...(byTag.get(tag) ?? []), block]);
  }
  return [...byTag.values()].reduce<readonly Block[]>((most, blocks) => (blocks.length > most.length ? blocks : most), []);
} // prettier-ignore

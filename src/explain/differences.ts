/** What differs between the state before a turn and now, record by record: shared records are skipped unseen. */
import type { Difference } from '../base/runDiff.ts';
import { runsDiff } from '../base/runDiff.ts';
import type { Runs } from '../base/runs.ts';
import { emptyRuns, runsGet } from '../base/runs.ts';
import type { Block, TagId } from '../sim/model/ids.ts';
import { ptePage, pteWritable } from '../sim/model/ids.ts';
import type { EntityRef, State } from '../sim/model/state.ts';
import { FREE } from '../sim/model/state.ts';
import type { Moment } from '../sim/outline.ts';

/** One object's stretch of differences: `kind` and `id` say which map of the state. */
export type Stretch = Difference & { readonly kind: 'extent' | 'pte' | 'mtt'; readonly id: number };

type Pair<T> = { readonly id: number; readonly was: T | undefined; readonly now: T };

/** Records of a table that are not the same object any more. */
export function changedRecords<T>(was: readonly T[], now: readonly T[]): readonly Pair<T>[] {
  if (was === now) return [];
  return now.flatMap((record, id) => (record === was[id] ? [] : [{ id, was: was[id], now: record }]));
}

/** More than anybody looks at one by one: a fragmented file can change in a million places at once. */
const MANY = 4096;

/** File maps, page tables and translation tables, at most 4096 of each. A PTE that only became dirty is no difference. */
export function stretchesOf({ before, state }: Moment): readonly Stretch[] {
  const out: Stretch[] = [];
  const add = (kind: Stretch['kind'], id: number, a: Runs | undefined, b: Runs): void => {
    const end = out.length + MANY;
    runsDiff(a ?? emptyRuns, b, (d) => {
      if (kind !== 'pte' || visible(d)) out.push({ ...d, kind, id });
      return out.length === end || undefined;
    });
  };
  for (const { id, was, now } of changedRecords(before.inodes, state.inodes)) add('extent', id, was?.map, now.map);
  for (const { id, was, now } of changedRecords(before.maps, state.maps)) add('pte', id, was?.ptes, now.ptes);
  for (const { id, was, now } of changedRecords(before.mrs, state.mrs)) add('mtt', id, was?.mtt, now.mtt);
  return out;
}

function visible({ was, now }: Difference): boolean {
  if (was === undefined || now === undefined) return true;
  return ptePage(was) !== ptePage(now) || pteWritable(was) !== pteWritable(now);
}

export type BlockChange = {
  readonly block: Block;
  readonly was: { readonly use: number; readonly tag: TagId; readonly pins: number };
  readonly now: { readonly use: number; readonly tag: TagId; readonly pins: number };
};

/** Blocks whose refcount or state, tag or pins changed in this turn, with the old values; at most 4096, ascending. */
export function blockChanges({ before, state }: Moment): readonly BlockChange[] {
  if (before.device === state.device) return [];
  const blocks = new Set<Block>();
  for (const key of ['use', 'tags', 'pins'] as const) {
    runsDiff(before.device[key], state.device[key], ({ at, len }) => {
      for (let i = 0; i < len && blocks.size < MANY; i++) blocks.add(at + i);
      return blocks.size === MANY || undefined;
    });
  }
  return [...blocks]
    .sort((a, b) => a - b)
    .map((block) => ({ block, was: blockOf(before, block), now: blockOf(state, block) }));
}

function blockOf({ device }: State, block: Block): BlockChange['now'] {
  const { use, tags, pins } = device;
  return { use: runsGet(use, block) ?? FREE, tag: runsGet(tags, block) ?? 0, pins: runsGet(pins, block) ?? 0 };
}

/** Everything that this turn changed, to be marked on the stage; at most 4096 of a kind. */
export function changedRefs(moment: Moment): readonly EntityRef[] {
  const { before, state } = moment;
  const refs: EntityRef[] = [];
  const room = { extent: MANY, pte: MANY, mtt: MANY };
  for (const { kind, id, at, len } of stretchesOf(moment)) {
    for (let i = 0; i < len && room[kind] > 0; i++, room[kind]--) refs.push(refOf(kind, id, at + i));
  }
  for (const { block } of blockChanges(moment)) refs.push({ type: 'block', block });
  for (const { id, was, now } of changedRecords(before.inodes, state.inodes)) {
    if (was?.size !== now.size || was.links !== now.links || was.flag !== now.flag || was.leases !== now.leases)
      refs.push({ type: 'file', inode: id });
    if (was?.rwsem !== now.rwsem) refs.push({ type: 'lock', inode: id, lock: 'i_rwsem' });
    if (was?.mmlock !== now.mmlock) refs.push({ type: 'lock', inode: id, lock: 'invalidate_lock' });
  }
  for (const { id, was, now } of changedRecords(before.maps, state.maps))
    if (was?.live !== now.live) refs.push({ type: 'map', map: id });
  for (const { id, was, now } of changedRecords(before.mrs, state.mrs))
    if (was?.state !== now.state || was.access !== now.access) refs.push({ type: 'mr', mr: id });
  for (const { id, was, now } of changedRecords(before.dmas, state.dmas))
    if (was?.phase !== now.phase) refs.push({ type: 'dma', dma: id });
  for (const { id, was, now } of changedRecords(before.pipes, state.pipes))
    if (was?.phase !== now.phase) refs.push({ type: 'pipe', pipe: id });
  for (const { id } of changedRecords(before.dram, state.dram)) refs.push({ type: 'dram', dram: id });
  for (const { id, was, now } of changedRecords(before.tasks, state.tasks))
    if (was?.wait.type !== now.wait.type) refs.push({ type: 'task', task: id });
  return refs;
}

export function refOf(kind: Stretch['kind'], id: number, at: number): EntityRef {
  if (kind === 'extent') return { type: 'extent', inode: id, index: at };
  return kind === 'pte' ? { type: 'pte', map: id, vpage: at } : { type: 'mtt', mr: id, slot: at };
}

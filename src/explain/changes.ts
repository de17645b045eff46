/** What a turn changed, as a list, the most telling first: found by comparing states, not by listening to events. */
import { dramOfPage, extentBlock, extentWritten, isBlock, NO_MAP, ptePage, pteWritable } from '../sim/model/ids.ts';
import type { Program } from '../sim/model/program.ts';
import type { EntityRef, Inode, Lease, State } from '../sim/model/state.ts';
import { BUSY, FREE, ZOMBIE } from '../sim/model/state.ts';
import type { Moment } from '../sim/outline.ts';
import { runsGet } from '../base/runs.ts';
import type { BlockChange, Stretch } from './differences.ts';
import { blockChanges, changedRecords, refOf, stretchesOf } from './differences.ts';
import { fileName, mapName, pageName, taskName } from '../sim/query/naming.ts';
import {
  blocksName,
  count,
  dmaName,
  dramList,
  extentName,
  leaseKindName,
  listOf,
  lockName,
  mrName,
  pipeName,
  procName,
  pteName,
  slotName,
} from './names.ts';
import { extentsOn } from './relations.ts';
import { tagName } from './told.ts';

export type Change = { readonly text: string; readonly ref: EntityRef };
type Ranked = Change & { readonly rank: number };
type World = { readonly program: Program; readonly moment: Moment; readonly state: State; readonly before: State };

/** Nobody reads a longer list; a fragmented file can change in a million places at once. */
const MOST = 1024;

export function changedBy(program: Program, moment: Moment): readonly Change[] {
  if (moment.before === moment.state) return [];
  const world: World = { program, moment, state: moment.state, before: moment.before };
  const blocks = blockChanges(moment);
  const found: readonly Ranked[] = [
    ...stretchesOf(moment)
      .slice(0, MOST)
      .map((stretch) => stretchChange(world, stretch)),
    ...usesChanged(world, blocks),
    ...tagsChanged(world, blocks),
    ...filesChanged(world),
    ...objectsChanged(world),
    ...dramChanged(world),
    ...tasksChanged(world),
  ];
  return [...found].sort((a, b) => a.rank - b.rank).map(({ text, ref }) => ({ text, ref }));
}

const isAre = (len: number): string => (len === 1 ? 'is' : 'are');

function stretchChange(world: World, stretch: Stretch): Ranked {
  const ref = refOf(stretch.kind, stretch.id, stretch.at);
  if (stretch.kind === 'extent') return { rank: 0, ref, text: extentChange(world, stretch) };
  if (stretch.kind === 'pte') return { rank: 2, ref, text: pteChange(world, stretch) };
  return { rank: 3, ref, text: mttChange(world, stretch) };
}

/** `blocks 4-7`; the first of many when the values do not grow. */
function blocksFrom(value: number, step: 0 | 1, len: number): string {
  const block = extentBlock(value);
  return len === 1 || step === 1 ? blocksName(block, len) : pageName(block as number);
}

function extentChange({ program, state, before }: World, { id, at, len, was, wasStep, now, nowStep }: Stretch): string {
  const alive = state.inodes[id]?.live === true;
  const name = extentName({ program, state: alive ? state : before }, id, at, len);
  if (now === undefined) return was === undefined ? name : `${name} lost ${blocksFrom(was, wasStep, len)}`;
  const to = `${extentWritten(now) ? '' : 'unwritten '}${blocksFrom(now, nowStep, len)}`;
  const tag =
    len === 1 && extentWritten(now)
      ? `, tag ${tagName(program, runsGet(state.device.tags, extentBlock(now)) ?? 0)}`
      : '';
  if (was === undefined) return `${name} ${isAre(len)} new: ${to}${tag}`;
  if (extentBlock(was) === extentBlock(now))
    return `${name} ${isAre(len)} ${extentWritten(now) ? 'written' : 'unwritten'} now`;
  return `${name} moved from ${blocksFrom(was, wasStep, len)} to ${to}${tag}`;
}

function pagesFrom(page: number, step: 0 | 1, len: number): string {
  if (len === 1 || step === 0) return pageName(page);
  return isBlock(page) ? blocksName(page, len) : dramList(Array.from({ length: len }, (_, i) => dramOfPage(page) + i));
}

function pteChange({ program }: World, { id, at, len, was, wasStep, now, nowStep }: Stretch): string {
  const name = pteName(program, id, at, len);
  const verb = len === 1 ? 'maps' : 'map';
  if (now === undefined) {
    const old = was === undefined ? '' : `, of ${pagesFrom(ptePage(was), wasStep, len)}`;
    return `${name} lost ${len === 1 ? 'its PTE' : 'their PTEs'}${old}`;
  }
  const kind = pteWritable(now) ? 'writable' : 'read-only';
  if (was !== undefined && ptePage(was) === ptePage(now)) return `${name} ${isAre(len)} ${kind} now`;
  return `${name} ${verb} ${pagesFrom(ptePage(now), nowStep, len)}, ${kind}`;
}

function mttChange({ program }: World, { id, at, len, was, wasStep, now, nowStep }: Stretch): string {
  const name = slotName(program, id, at, len);
  if (now !== undefined) return `${name} ${len === 1 ? 'translates' : 'translate'} to ${pagesFrom(now, nowStep, len)}`;
  const old = was === undefined ? '' : `, of ${pagesFrom(was, wasStep, len)}`;
  return `${name} lost ${len === 1 ? 'its translation' : 'their translations'}${old}`;
}

/** Neighbours with the same change, told together. */
function runsOf(
  blocks: readonly BlockChange[],
  same: (a: BlockChange, b: BlockChange) => boolean,
): readonly (readonly BlockChange[])[] {
  const out: BlockChange[][] = [];
  for (const change of blocks) {
    const run = out.at(-1);
    const last = run?.at(-1);
    if (run !== undefined && last !== undefined && last.block + 1 === change.block && same(last, change))
      run.push(change);
    else out.push([change]);
  }
  return out;
}

const sameUse = (a: BlockChange, b: BlockChange): boolean =>
  a.now.use === b.now.use && (a.now.use > 0 || a.now.pins > 0 === b.now.pins > 0);

/** Blocks freed, or with other owners. One that was taken is told by its extent. */
function usesChanged(world: World, blocks: readonly BlockChange[]): readonly Ranked[] {
  const changed = blocks.filter(({ was, now }) => was.use !== now.use && !(now.use === 1 && was.use <= 0));
  return runsOf(changed, sameUse).flatMap((run) => {
    const first = run[0];
    if (first === undefined) return [];
    const len = run.length;
    const name = upperBlock(blocksName(first.block, len));
    return [{ rank: 4, ref: { type: 'block', block: first.block }, text: `${name} ${useText(world, first, len)}` }];
  });
}

const upperBlock = (name: string): string => `B${name.slice(1)}`;

function useText({ program, state }: World, { block, now }: BlockChange, len: number): string {
  const pinned = now.pins > 0 ? ', though pinned' : '';
  if (now.use === FREE) return `${isAre(len)} free${pinned}`;
  if (now.use === BUSY) return `${isAre(len)} busy until the log commits${pinned}`;
  if (now.use === ZOMBIE) return len === 1 ? 'is a zombie, kept by its pin' : 'are zombies, kept by their pins';
  if (len > 1) return `have ${now.use === 1 ? 'one owner left' : `${now.use} owners`} each`;
  const owners = listOf(
    extentsOn(state, block).map(({ inode, index }) => extentName({ program, state }, inode, index)),
  );
  return now.use === 1 ? `has one owner left: ${owners}` : `has ${now.use} owners: ${owners}`;
}

/** Contents that changed in place; a block just taken shows its tag with its extent. */
function tagsChanged({ program }: World, blocks: readonly BlockChange[]): readonly Ranked[] {
  return blocks
    .filter(({ was, now }) => was.tag !== now.tag && !(was.use <= 0 && now.use === 1))
    .map(({ block, was, now }) => ({
      rank: 1,
      ref: { type: 'block', block },
      text: `Block ${block} holds ${tagName(program, now.tag)}, was ${tagName(program, was.tag)}`,
    }));
}

function filesChanged({ program, state, before }: World): readonly Ranked[] {
  return changedRecords(before.inodes, state.inodes).flatMap(({ id, was, now }) => {
    const ref: EntityRef = { type: 'file', inode: id };
    const out: Ranked[] = [];
    const say = (text: string): void => void out.push({ rank: 1.5, ref, text });
    if (was?.live !== true && now.live) say(`${fileName(program, state, id)} is new`);
    else if (was?.live === true && !now.live) say(`${fileName(program, before, id)} is evicted`);
    else if (was !== undefined && was.links !== now.links) say(`The name ${fileName(program, before, id)} is gone`);
    if (was !== undefined && was.live && now.live && was.size !== now.size)
      say(`${fileName(program, state, id)} has ${count(now.size, 'block')}, was ${was.size}`);
    if (was !== undefined && was.live && now.live && was.flag !== now.flag)
      say(`${fileName(program, state, id)} is ${now.flag === 'none' ? 'marked no more' : `marked ${now.flag}`}`);
    return [...out, ...leasesChanged(program, id, was?.leases ?? [], now)];
  });
}

function leasesChanged(program: Program, inode: number, was: readonly Lease[], now: Inode): readonly Ranked[] {
  const name = program.files[now.name]?.name ?? 'a file';
  const say = ({ proc, kind }: Lease, what: string): Ranked => ({
    rank: 1.8,
    ref: { type: 'lease', inode, proc },
    text: `${procName(program, proc)}'s ${leaseKindName(kind)} on ${name} ${what}`,
  });
  const of = (list: readonly Lease[], proc: number): Lease | undefined => list.find((lease) => lease.proc === proc);
  return [
    ...was.flatMap((lease) => (of(now.leases, lease.proc) === undefined ? [say(lease, 'is gone')] : [])),
    ...now.leases.flatMap((lease) => {
      const old = of(was, lease.proc);
      if (old === undefined) return [say(lease, 'is new')];
      return lease.breaking && !old.breaking ? [say(lease, 'is recalled')] : [];
    }),
  ];
}

function objectsChanged({ program, state, before }: World): readonly Ranked[] {
  const out: Ranked[] = [];
  const say = (rank: number, ref: EntityRef, text: string): void => void out.push({ rank, ref, text });
  for (const { id, was, now } of changedRecords(before.maps, state.maps)) {
    if (was?.live === now.live) continue;
    const ref: EntityRef = { type: 'map', map: id };
    say(
      1.6,
      ref,
      now.live
        ? `${mapName(program, id)} maps ${now.source === 'anon' ? 'anonymous memory' : now.source === 'memfd' ? 'a memfd' : fileName(program, state, now.inode)}`
        : `${mapName(program, id)} is unmapped`,
    );
  }
  for (const { id, was, now } of changedRecords(before.mrs, state.mrs))
    if (was?.state !== now.state && now.state !== 'none')
      say(2.9, { type: 'mr', mr: id }, `${mrName(program, id)} is ${now.state}`);
    else if (was !== undefined && was.access !== now.access && now.state === 'live')
      say(2.9, { type: 'mr', mr: id }, `${mrName(program, id)} has another access`);
  for (const { id, was, now } of changedRecords(before.dmas, state.dmas)) {
    if (was?.phase === now.phase) continue;
    const text = now.phase === 'posted' ? `is in flight` : 'has ended';
    say(3.5, { type: 'dma', dma: id }, `${dmaName(program, state, id)} ${text}`);
  }
  for (const { id, was, now } of changedRecords(before.pipes, state.pipes))
    if (was?.phase !== now.phase) say(3.5, { type: 'pipe', pipe: id }, `${pipeName(program, id)} ${now.phase === 'full' ? `holds ${pageName(now.page)}` : 'is empty'}`); // prettier-ignore
  for (const { id, was, now } of changedRecords(before.procs, state.procs)) {
    const first = program.actors.findIndex((actor) => actor.type === 'thread' && actor.proc === id);
    const ref: EntityRef = { type: 'task', task: first };
    if (was?.state === 'unborn' && now.state === 'running') say(0.5, ref, `${procName(program, id)} is forked`);
    else if (was?.state !== now.state) say(0.5, ref, `${procName(program, id)} is ${now.state}`);
    for (const handle of now.handles)
      if (was !== undefined && was.state === now.state && !was.handles.includes(handle))
        say(1.9, ref, `${procName(program, id)} holds the uverbs handle of ${procName(program, handle)}`);
  }
  return out;
}

function dramChanged({ program, state, before }: World): readonly Ranked[] {
  return changedRecords(before.dram, state.dram).flatMap(({ id, was, now }) => {
    const ref: EntityRef = { type: 'dram', dram: id };
    const name = `DRAM page ${id}`;
    if (!now.live) return was?.live === true ? [{ rank: 4.5, ref, text: `${name} is given back` }] : [];
    if (was?.live !== true && now.anon)
      return [{ rank: 1.7, ref, text: `${name} is new: anonymous, and holds ${tagName(program, now.tag)}` }];
    if (was?.live !== true && state.inodes[now.inode]?.memfd !== NO_MAP)
      return [{ rank: 1.7, ref, text: `${name} is new: ${extentName({ program, state }, now.inode, now.index)}` }];
    if (was?.live !== true)
      return [{ rank: 1.7, ref, text: `${name} caches ${extentName({ program, state }, now.inode, now.index)}` }];
    if (was.inode >= 0 && now.inode < 0) return [{ rank: 0.9, ref, text: `${name} is orphaned, kept by its pin` }];
    if (was.tag !== now.tag)
      return [{ rank: 1.4, ref, text: `${name} holds ${tagName(program, now.tag)}, was ${tagName(program, was.tag)}` }];
    return was.dirty && !now.dirty ? [{ rank: 4.6, ref, text: `${name} is clean` }] : [];
  });
}

/** Sleepers and locks that are different now than before the turn. */
function tasksChanged({ program, state, before }: World): readonly Ranked[] {
  const out: Ranked[] = [];
  for (const { id, was, now } of changedRecords(before.tasks, state.tasks)) {
    const slept = (was?.wait.type ?? 'none') !== 'none';
    const sleeps = now.wait.type !== 'none';
    const name = taskName(program, id);
    if (slept !== sleeps)
      out.push({ rank: 5, ref: { type: 'task', task: id }, text: `${name} is ${sleeps ? 'asleep' : 'awake'}` });
  }
  for (const { id, was, now } of changedRecords(before.inodes, state.inodes)) {
    for (const [key, lock] of [
      ['rwsem', 'i_rwsem'],
      ['mmlock', 'invalidate_lock'],
    ] as const) {
      const held = (holders: readonly { readonly task: number }[] | undefined): string =>
        (holders ?? []).map(({ task }) => taskName(program, task)).join(', ');
      const [a, b] = [held(was?.[key].holders), held(now[key].holders)];
      if (a === b || !now.live) continue;
      const name = lockName(program, state, id, lock);
      out.push({
        rank: 6,
        ref: { type: 'lock', inode: id, lock },
        text: b === '' ? `${name} is free` : `${b} ${b.includes(',') ? 'hold' : 'holds'} ${name}`,
      });
    }
  }
  return out;
}

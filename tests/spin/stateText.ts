// A state of the checker in the words in which default.pml prints its own, so that the two can be held against each other.
import { runsGet } from '../../src/base/runs.ts';
import type { World } from '../../src/sim/apply.ts';
import { makeWorld } from '../../src/sim/apply.ts';
import { extentBlock, pteDirty, ptePage, pteWritable, ZERO_PAGE } from '../../src/sim/model/ids.ts';
import type { Op } from '../../src/sim/model/op.ts';
import type { Program } from '../../src/sim/model/program.ts';
import type { Inode, Mapping, Mr, State, Task } from '../../src/sim/model/state.ts';
import { setUp } from '../../src/sim/setup.ts';
import { stateKey } from '../../src/sim/stateKey.ts';
import { successorsOf } from '../../src/checker/successors.ts';

const there = <T>(value: T | undefined): T => {
  if (value === undefined) throw new Error('The world is not the one that default.pml is written for.');
  return value;
};
const PAIR = [0, 1];
const TAGS = '.abXYZ';

function blocks({ device }: State, { tags, blocks: n }: Program): string {
  const all = Array.from({ length: n }, (_, block) => block);
  const use = all.map((block) => {
    const count = there(runsGet(device.use, block));
    return count >= 1 ? 1 : count === 0 ? 0 : 2;
  });
  return `${use.join('')} ${all.map((block) => TAGS.indexOf(tags[runsGet(device.tags, block) ?? 0] ?? '?')).join('')}`;
}

const plusOne = (value: number | undefined): number => (value === undefined ? 0 : extentBlock(value) + 1);
const mapOf = (inode: Inode): string => PAIR.map((k) => plusOne(runsGet(inode.map, k))).join('');
const entriesOf = (inode: Inode): string => PAIR.map((k) => plusOne(runsGet(inode.entries, k))).join('');

function ptes({ ptes }: Mapping): string {
  const both = PAIR.map((k) => runsGet(ptes, k));
  const pages = both.map((pte) =>
    pte === undefined ? 0 : ptePage(pte) === ZERO_PAGE ? 1 : 2 + 2 * ptePage(pte) + (pteWritable(pte) ? 1 : 0),
  );
  return `${pages.join(',')},${both.map((pte) => (pte !== undefined && pteDirty(pte) ? 1 : 0)).join('')}`;
}

function mrText({ state, odp, writable, mtt }: Mr): string {
  const number = ['none', 'live', 'revoked', 'destroyed'].indexOf(state);
  if (state !== 'live' && state !== 'revoked') return `${number}:0:00`;
  const slots = PAIR.map((k) => runsGet(mtt, k)).map((page) => (page === undefined ? 0 : page === ZERO_PAGE ? 7 : page + 1)); // prettier-ignore
  return `${number}:${odp ? 13 : writable ? 5 : 2}:${slots.join('')}`;
}

function opNumber(op: Op): number {
  if (op.verb === 'ftruncate') return op.size === 0 ? 1 : 2;
  return ['fallocate', 'reflink', 'pwrite'].indexOf(op.verb) + 3;
}

function taskText({ frames, wait }: Task): string {
  const op = frames.flatMap((frame) => ('op' in frame ? [frame.op] : []))[0];
  const what = ['none', 'pin', 'lock', 'lease', 'threads'].indexOf(wait.type);
  if (what === 0 || what === 4 || op === undefined) return `0:${what}:0`;
  return `${opNumber(op)}:${what}:${wait.type === 'pin' ? wait.page + 1 : 0}`;
}

const ENDS = { unborn: 9, running: 0, dying: 1, killed: 2, exited: 9 } as const;

function textOf({ program }: World, state: State, used: readonly number[]): string {
  const [a, b] = PAIR.map((file) => there(state.inodes[there(state.names[file])]));
  const mr = there(state.mrs[program.mrs.findIndex(({ name }) => name === 'mr')]);
  const { leases, rwsem } = there(a);
  const proc = there(state.procs[0]);
  const [app, admin] = PAIR.map((task) => taskText(there(state.tasks[task])));
  return [
    blocks(state, program), `A${there(a).size}:${mapOf(there(a))}/${entriesOf(there(a))}`, `B${there(b).size}:${mapOf(there(b))}`,
    `p${ptes(there(state.maps[0]))}`, `mr${mrText(mr)}`, `l${leases.length}${leases[0]?.breaking === true ? 1 : 0}`,
    `app${app ?? ''}`, `admin${admin ?? ''}`, `o${(rwsem.holders[0]?.task ?? -1) + 1}`,
    `f${state.sleepers.length > 1 ? there(state.sleepers[0]) + 1 : 0}`, `k${ENDS[proc.state]}`, `u${used.join('')}`,
  ].join(' '); // prettier-ignore
}

/** Every reachable state as text, one for each key: equal texts would be told twice. */
export function textsOf(program: Program): readonly string[] {
  const world = makeWorld(program);
  const start = setUp(world).state;
  const text = (state: State): string =>
    textOf(world, state, state.tasks.map(({ pos }, task) => pos - (start.tasks[task]?.pos ?? 0))); // prettier-ignore
  const seen = new Map([[stateKey(start), text(start)]]);
  const open = [start];
  for (let state = open.pop(); state !== undefined; state = open.pop())
    successorsOf(world, 'op', state, {
      begins: () => undefined,
      micro: () => undefined,
      ends(_, after) {
        const key = stateKey(after);
        if (seen.has(key)) return;
        seen.set(key, text(after));
        open.push(after);
      },
    });
  return [...seen.values()].sort();
}

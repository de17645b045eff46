// What must be true of every state, whatever the program did: each check gives the faults it found, in words.
import { runsEach, runsGet, type Runs } from '../../src/base/runs.ts';
import { dramOfPage, extentBlock, isBlock, isDram, pageOfDram, ptePage, pteWritable } from '../../src/sim/model/ids.ts';
import type { Program } from '../../src/sim/model/program.ts';
import type { State } from '../../src/sim/model/state.ts';
import { BUSY, FREE, ZOMBIE } from '../../src/sim/model/state.ts';
import { conditionHolds } from '../../src/sim/query/waits.ts';

/** S11 told the naive way: reference and pin counts block by block, and the sums by state. */
export function accountFaults(program: Program, state: State): readonly string[] {
  const { device } = state;
  const refs = new Array<number>(program.blocks).fill(0);
  const pins = new Array<number>(program.blocks).fill(0);
  const add = (counts: number[], block: number): void => {
    counts[block] = (counts[block] ?? 0) + 1;
  };
  for (const { map } of state.inodes) for (const extent of valuesOf(map)) add(refs, extentBlock(extent));
  for (const { frames } of state.tasks) for (const f of frames) if ('y' in f && f.y >= 0) add(refs, f.y);
  for (const mr of state.mrs) for (const page of valuesOf(mr.pins)) if (isBlock(page)) add(pins, page);
  for (const dma of state.dmas) if (dma.phase === 'posted' && dma.mr < 0 && isBlock(dma.page)) add(pins, dma.page);
  for (const pipe of state.pipes) if (pipe.phase === 'full' && isBlock(pipe.page)) add(pins, pipe.page);
  const faults: string[] = [];
  const counts = { free: 0, busy: 0, owned: 0, zombie: 0 };
  for (let block = 0; block < program.blocks; block++) {
    const use = runsGet(device.use, block) ?? NaN;
    counts[categoryOf(use)]++;
    if (Math.max(0, use) !== refs[block]) faults.push(`block ${block}: refcount ${use}, ${refs[block]} map entries`);
    if ((runsGet(device.pins, block) ?? 0) !== pins[block]) faults.push(`block ${block}: ${pins[block]} pins held`);
  }
  const { free, busy, owned, zombie } = device;
  const booked = JSON.stringify({ free, busy, owned, zombie });
  return JSON.stringify(counts) === booked
    ? faults
    : [...faults, `counted ${JSON.stringify(counts)}, booked ${booked}`];
}

/** Pages of DRAM that nothing points at, or that stand at an index where something else is. */
export function dramFaults(state: State): readonly string[] {
  const used = new Set<number>();
  for (const { ptes, live } of state.maps) if (live) for (const pte of valuesOf(ptes)) used.add(ptePage(pte));
  for (const { pins, mtt } of state.mrs) for (const page of [...valuesOf(pins), ...valuesOf(mtt)]) used.add(page);
  for (const dma of state.dmas) if (dma.phase === 'posted') used.add(dma.page);
  for (const pipe of state.pipes) if (pipe.phase === 'full') used.add(pipe.page);
  return state.dram.flatMap((page, dram) => {
    if (!page.live) return used.has(pageOfDram(dram)) ? [`DRAM page ${dram} is gone, and in use`] : [];
    if (page.inode >= 0) return runsGet(state.inodes[page.inode]?.cache ?? [], page.index) === dram ? [] : [`DRAM page ${dram} is not in its cache`]; // prettier-ignore
    return used.has(pageOfDram(dram)) ? [] : [`nothing points at DRAM page ${dram}`];
  });
}

/** An anonymous page that can be written through one mapping is mapped nowhere else. */
export function privateFaults(state: State): readonly string[] {
  const mappers = new Map<number, { count: number; writable: boolean }>();
  state.maps.forEach((m) => {
    for (const pte of m.live && m.private ? valuesOf(m.ptes) : []) {
      const page = ptePage(pte);
      if (!isDram(page) || state.dram[dramOfPage(page)]?.anon !== true) continue;
      const { count, writable } = mappers.get(page) ?? { count: 0, writable: false };
      mappers.set(page, { count: count + 1, writable: writable || pteWritable(pte) });
    }
  });
  return [...mappers].flatMap(([page, { count, writable }]) => (writable && count > 1 ? [`page ${page} is writable and mapped ${count} times`] : [])); // prettier-ignore
}

function valuesOf(runs: Runs): readonly number[] {
  const values: number[] = [];
  runsEach(runs, 0, Infinity, (_at, len, value, step) => {
    for (let i = 0; i < len; i++) values.push(value + i * step);
  });
  return values;
}

const categoryOf = (use: number): 'free' | 'busy' | 'owned' | 'zombie' =>
  ({ [FREE]: 'free', [BUSY]: 'busy', [ZOMBIE]: 'zombie' } as const)[use] ?? 'owned'; // prettier-ignore

/** Locks are held by tasks at work, and somebody holds what others queue for; sleepers are the tasks that wait. */
export function lockFaults(state: State): readonly string[] {
  const faults: string[] = [];
  state.inodes.forEach((inode, id) => {
    for (const { holders, queue } of [inode.rwsem, inode.mmlock]) {
      if (holders.length + queue.length > 0 && !inode.live) faults.push(`inode ${id} is gone, with a lock in use`);
      if (queue.length > 0 && holders.length === 0) faults.push(`nobody holds a lock of inode ${id} that has a queue`);
      if (holders.length > 1 && holders.some(({ mode }) => mode === 'exclusive'))
        faults.push(`inode ${id}: not exclusive`);
      for (const { task } of holders)
        if (state.tasks[task]?.frames.length === 0) faults.push(`idle task ${task} holds a lock of inode ${id}`);
      for (const { task } of queue)
        if (state.tasks[task]?.wait.type !== 'lock') faults.push(`task ${task} queues and is awake`);
    }
  });
  state.tasks.forEach((task, id) => {
    if ((task.wait.type !== 'none') !== state.sleepers.includes(id)) faults.push(`task ${id} sleeps by one account only`);
    if (task.frames.length === 0 && (task.holds.length > 0 || task.signal)) faults.push(`idle task ${id} keeps something`);
  });
  return faults;
} // prettier-ignore

/** Tasks that sleep though what they wait for has come. */
export const forgottenSleepers = (program: Program, state: State): readonly number[] =>
  state.sleepers.filter((task) => conditionHolds(program, state, task));

/** The path to the first part that JSON or structuredClone would lose or change; undefined when there is none. */
export function notPlain(value: unknown, path = 'state'): string | undefined {
  if (typeof value === 'string' || typeof value === 'boolean') return undefined;
  if (typeof value === 'number') return Number.isFinite(value) && !Object.is(value, -0) ? undefined : path;
  if (typeof value !== 'object' || value === null) return path;
  const proto: unknown = Object.getPrototypeOf(value);
  if (proto !== Object.prototype && proto !== Array.prototype) return path;
  const parts = Array.isArray(value) ? Array.from(value as unknown[], (part, i) => [i, part] as const) : Object.entries(value); // prettier-ignore
  for (const [key, part] of parts) {
    const found = notPlain(part, `${path}.${key}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The state before the first step: the files of the text on a fresh device, lowest blocks first. */
import { emptyRuns, runsFrom, runsGet, runsSet } from '../base/runs.ts';
import type { Block, DmaId, FileId } from './model/ids.ts';
import { makeExtent, NO_INODE } from './model/ids.ts';
import type { FileDecl, Program } from './model/program.ts';
import type { Mutable } from './model/draft.ts';
import type { Device, Inode, State } from './model/state.ts';
import { FREE, IDLE_TASK, NO_DMA, NO_INODE_RECORD, NO_MAPPING, NO_MR, NO_PIPE } from './model/state.ts';
import { TO_END } from './policies/layout.ts';
import { runsEach } from '../base/runs.ts';

function blankDevice(blocks: number): Mutable<Device> {
  return {
    use: runsFrom([{ at: 0, len: blocks, value: FREE, step: 0 }]),
    tags: emptyRuns,
    unzeroed: emptyRuns,
    pins: emptyRuns,
    free: blocks,
    busy: 0,
    owned: 0,
    zombie: 0,
  };
}

function take(device: Mutable<Device>, block: Block): void {
  device.use = runsSet(device.use, block, 1, 1, 0);
  device.free--;
  device.owned++;
}

/** How many DMAs have a name and can be left in flight: the first ones of the table. */
const namedDmas = (program: Program): number => program.dmas.length - program.actors.length;

/** Where the NIC completes a DMA that nobody asks for. A place each: one may have to wait in a fault, the others not. */
export const nicTask = (program: Program, dma: DmaId): number => program.actors.length + dma;

export function initialState(program: Program): State {
  const device = blankDevice(program.blocks);
  const inodes: Inode[] = [];
  const names: number[] = [];
  let next = 0;
  program.files.forEach((file, name) => {
    const inode = makeInode(file, name, device, inodes, names, () => next++);
    names.push(inode === undefined ? NO_INODE : inodes.length);
    if (inode !== undefined) inodes.push({ ...inode, age: inodes.length });
  });
  return {
    device,
    names,
    inodes,
    dram: [],
    procs: program.procs.map(({ forked }, id) => ({ state: forked ? 'unborn' : 'running', fate: 'exited', opens: [], handle: id, handles: forked ? [] : [id] })), // prettier-ignore
    maps: program.maps.map(() => NO_MAPPING),
    mrs: program.mrs.map(() => NO_MR),
    dmas: program.dmas.map(() => NO_DMA),
    pipes: program.pipes.map(() => NO_PIPE),
    tasks: Array.from({ length: program.actors.length + namedDmas(program) }, () => IDLE_TASK),
    sleepers: [],
  };
}

type MakeArgs = [FileDecl, FileId, Mutable<Device>, readonly Inode[], readonly number[], () => Block];

function makeInode(...[file, name, device, inodes, names, next]: MakeArgs): Inode | undefined {
  const { init } = file;
  if (init.type === 'absent') return undefined;
  const inode: Mutable<Inode> = { ...NO_INODE_RECORD, live: true, name, links: 1 };
  if (init.type === 'cells') {
    inode.size = init.cells.length;
    init.cells.forEach((cell, index) => {
      if (cell === 'hole') return;
      const block = next();
      take(device, block);
      inode.map = runsSet(inode.map, index, 1, makeExtent(block, cell !== 'unwritten'), 1);
      if (cell === 'unwritten') device.unzeroed = runsSet(device.unzeroed, block, 1, 1, 0);
      else if (cell.tag !== 0) device.tags = runsSet(device.tags, block, 1, cell.tag, 0);
    });
    return inode;
  }
  const src = inodes[names[init.src] ?? NO_INODE];
  if (src === undefined) return inode;
  const to = init.len === undefined ? src.size : Math.min(src.size, init.off + init.len);
  inode.size = Math.max(0, to - init.off);
  runsEach(src.map, init.off, Math.min(to, TO_END), (at, len, value, step) => {
    if (value >= makeExtent(0, false)) return;
    inode.map = runsSet(inode.map, at - init.off, len, value, step);
    for (let i = 0; i < len; i++) {
      const block = value + i * step;
      device.use = runsSet(device.use, block, 1, (runsGet(device.use, block) ?? 0) + 1, 0);
    }
  });
  return inode;
}

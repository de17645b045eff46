/**
 * What every object is called: in sentences, lists, tooltips and accessible names alike. Files, mappings, pages and
 * tasks have their names from `sim/query/naming`, which the core's own messages use.
 */
import type { DmaId, FileIndex, InodeId, MapId, MrId, ProcId } from '../sim/model/ids.ts';
import type { LeaseKind, Op } from '../sim/model/op.ts';
import type { Program } from '../sim/model/program.ts';
import { mapOf } from '../sim/model/program.ts';
import { fileName, mapName, taskName } from '../sim/query/naming.ts';
import type { DmaKind, EntityRef, LockName, PinOwner, State } from '../sim/model/state.ts';

/** `A[1]`, `A[0..3]`, `A[1] (unlinked)`. */
export function extentName(at: { program: Program; state: State }, inode: InodeId, index: FileIndex, len = 1): string {
  const name = fileName(at.program, at.state, inode);
  const [, plain = name, unlinked = ''] = /^(.*?)( \(unlinked\))?$/.exec(name) ?? [];
  return `${plain}[${rangeName(index, len)}]${unlinked}`;
}

/** `3` or `3..5`, for use in brackets. */
const rangeName = (from: number, len: number): string => (len === 1 ? `${from}` : `${from}..${from + len - 1}`);

/** `block 3` or `blocks 3-5`. */
export const blocksName = (from: number, len = 1): string =>
  len === 1 ? `block ${from}` : `blocks ${from}-${from + len - 1}`;

export const pteName = (program: Program, map: MapId, vpage: number, len = 1): string =>
  `${mapName(program, map)}[${rangeName(vpage, len)}]`;

export const mrName = (program: Program, mr: MrId): string => program.mrs[mr]?.name ?? 'an MR';

export const slotName = (program: Program, mr: MrId, slot: number, len = 1): string =>
  `${mrName(program, mr)}[${rangeName(slot, len)}]`;

export const procName = (program: Program, proc: number): string => program.procs[proc]?.name ?? 'a process';

const DMA_WORDS: { readonly [K in DmaKind]: string } = {
  rdma_read: 'RDMA read',
  rdma_write: 'RDMA write',
  dio_write: 'O_DIRECT write',
  dio_read: 'O_DIRECT read',
};

export const dmaKindName = (kind: DmaKind): string => DMA_WORDS[kind];

/** What rdma_read and rdma_write post has no name in the text. */
export const isUnnamedDma = (program: Program, dma: DmaId): boolean =>
  dma >= program.dmas.length - program.actors.length;

/** `d1`; for the unnamed one of an actor's rdma_read or rdma_write, whose it is. */
export function dmaName(program: Program, state: State, dma: DmaId): string {
  if (!isUnnamedDma(program, dma)) return program.dmas[dma]?.name ?? 'a DMA';
  const unnamed = dma - (program.dmas.length - program.actors.length);
  const kind = state.dmas[dma]?.kind ?? 'rdma_read';
  return `the ${dmaKindName(kind)} of ${taskName(program, unnamed)}`;
}

export const pipeName = (program: Program, pipe: number): string => `pipe ${program.pipes[pipe]?.name ?? ''}`.trimEnd();

export const lockName = (program: Program, state: State, inode: InodeId, lock: LockName): string =>
  `${lock} of ${fileName(program, state, inode)}`;

const LEASE_WORDS: { readonly [K in LeaseKind]: string } = {
  layout: 'layout lease',
  exclusive: 'exclusive layout lease',
};

export const leaseKindName = (kind: LeaseKind): string => LEASE_WORDS[kind];

/** `app's layout lease on A`. */
export function leaseName(program: Program, state: State, inode: InodeId, proc: ProcId): string {
  const kind = state.inodes[inode]?.leases.find((lease) => lease.proc === proc)?.kind ?? 'layout';
  return `${procName(program, proc)}'s ${LEASE_WORDS[kind]} on ${fileName(program, state, inode)}`;
}

/** `mr[1]`, `d1`, `pipe p`. */
export function ownerName(program: Program, state: State, owner: PinOwner): string {
  if (owner.type === 'mr') return slotName(program, owner.mr, owner.slot);
  return owner.type === 'dma' ? dmaName(program, state, owner.dma) : pipeName(program, owner.pipe);
}

export function nameOf(program: Program, state: State, ref: EntityRef): string {
  switch (ref.type) {
    case 'block':
      return `block ${ref.block}`;
    case 'dram':
      return `DRAM page ${ref.dram}`;
    case 'file':
      return `file ${fileName(program, state, ref.inode)}`;
    case 'extent':
      return extentName({ program, state }, ref.inode, ref.index);
    case 'map':
      return `${procName(program, mapOf(program, ref.map).proc)}: ${mapOf(program, ref.map).name}`;
    case 'pte':
      return pteName(program, ref.map, ref.vpage);
    case 'mr':
      return mrName(program, ref.mr);
    case 'mtt':
      return slotName(program, ref.mr, ref.slot);
    case 'dma':
      return dmaName(program, state, ref.dma);
    case 'pipe':
      return pipeName(program, ref.pipe);
    case 'task':
      return taskName(program, ref.task);
    case 'lock':
      return lockName(program, state, ref.inode, ref.lock);
    case 'lease':
      return leaseName(program, state, ref.inode, ref.proc);
  }
}

/** The call as a kernel developer names it: `ftruncate`, `fallocate punch`, `FICLONE`. */
export function callName(op: Op): string {
  switch (op.verb) {
    case 'fallocate':
      return `fallocate ${op.mode}`;
    case 'reflink':
      return op.range === undefined ? 'FICLONE' : 'FICLONERANGE';
    case 'dedupe':
      return 'FIDEDUPERANGE';
    case 'madvise':
      return `madvise ${op.advice}`;
    case 'set':
      return `set ${op.flag}`;
    case 'dio_write':
    case 'dio_read':
      return DMA_WORDS[op.verb];
    default:
      return op.verb;
  }
}

/** `a`, `a and b`, `a, b and c`; past `max`, `a, b and 3 more`. */
export function listOf(names: readonly string[], max = 4): string {
  const shown = names.length > max ? [...names.slice(0, max - 1), `${names.length - max + 1} more`] : names;
  const last = shown[shown.length - 1] ?? '';
  return shown.length < 2 ? last : `${shown.slice(0, -1).join(', ')} and ${last}`;
}

/** `1 pin`, `4 pins`. */
export const count = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? '' : 's'}`;

export const upperFirst = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Ascending numbers as ranges: `0-3 and 7`. */
export function blockList(blocks: readonly number[]): string {
  const ranges = rangesOf(blocks);
  const names = ranges.map(([from, len]) => (len === 1 ? `${from}` : `${from}-${from + len - 1}`));
  return `block${blocks.length === 1 ? '' : 's'} ${listOf(names)}`;
}

/** `DRAM page 2`, `DRAM pages 0-1`. */
export const dramList = (pages: readonly number[]): string =>
  `DRAM page${blockList([...pages].sort((a, b) => a - b)).slice('block'.length)}`;

/** Ascending numbers as [from, length] pairs. */
export function rangesOf(numbers: readonly number[]): readonly (readonly [number, number])[] {
  const out: [number, number][] = [];
  for (const n of numbers) {
    const last = out[out.length - 1];
    if (last !== undefined && last[0] + last[1] === n) last[1]++;
    else out.push([n, 1]);
  }
  return out;
}

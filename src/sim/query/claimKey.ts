import type { Block, FileIndex, InodeId } from '../model/ids.ts';
import type { EntityRef, PinOwner } from '../model/state.ts';

/**
 * The name of a claim in `Moment.since`. Claims on pages are extents, PTEs, MTT slots and the pins of DMAs and pipes;
 * the other kinds have a key too, so that any object can be looked up and compared.
 */
export function claimKey(ref: EntityRef): string {
  switch (ref.type) {
    case 'extent':
      return `extent:${ref.inode}:${ref.index}`;
    case 'pte':
      return `pte:${ref.map}:${ref.vpage}`;
    case 'mtt':
      return `mtt:${ref.mr}:${ref.slot}`;
    case 'dma':
      return `pin:dma:${ref.dma}`;
    case 'pipe':
      return `pin:pipe:${ref.pipe}`;
    case 'block':
      return `block:${ref.block}`;
    case 'dram':
      return `dram:${ref.dram}`;
    case 'file':
      return `file:${ref.inode}`;
    case 'map':
      return `map:${ref.map}`;
    case 'mr':
      return `mr:${ref.mr}`;
    case 'task':
      return `task:${ref.task}`;
    case 'lock':
      return `lock:${ref.inode}:${ref.lock}`;
    case 'lease':
      return `lease:${ref.inode}:${ref.proc}`;
  }
}

/** A pin; that of an MR's slot is there before its translation is. */
export function pinKey(owner: PinOwner): string {
  if (owner.type === 'mr') return `pin:mr:${owner.mr}:${owner.slot}`;
  return claimKey(owner.type === 'dma' ? { type: 'dma', dma: owner.dma } : { type: 'pipe', pipe: owner.pipe });
}

/** Not objects of their own, but things with a "since": DAX entries, and the last time a block was given out or freed. */
export const entryKey = (inode: InodeId, index: FileIndex): string => `entry:${inode}:${index}`;
export const allocatedKey = (block: Block): string => `allocated:${block}`;
export const freedKey = (block: Block): string => `freed:${block}`;

const NUMBERS = '(\\d+)';
const KEYS: readonly (readonly [RegExp, (a: number, b: number) => EntityRef])[] = [
  [new RegExp(`^extent:${NUMBERS}:${NUMBERS}$`), (inode, index) => ({ type: 'extent', inode, index })],
  [new RegExp(`^pte:${NUMBERS}:${NUMBERS}$`), (map, vpage) => ({ type: 'pte', map, vpage })],
  [new RegExp(`^mtt:${NUMBERS}:${NUMBERS}$`), (mr, slot) => ({ type: 'mtt', mr, slot })],
  [new RegExp(`^pin:dma:${NUMBERS}$`), (dma) => ({ type: 'dma', dma })],
  [new RegExp(`^pin:pipe:${NUMBERS}$`), (pipe) => ({ type: 'pipe', pipe })],
  [new RegExp(`^block:${NUMBERS}$`), (block) => ({ type: 'block', block })],
  [new RegExp(`^dram:${NUMBERS}$`), (dram) => ({ type: 'dram', dram })],
  [new RegExp(`^file:${NUMBERS}$`), (inode) => ({ type: 'file', inode })],
  [new RegExp(`^map:${NUMBERS}$`), (map) => ({ type: 'map', map })],
  [new RegExp(`^mr:${NUMBERS}$`), (mr) => ({ type: 'mr', mr })],
  [new RegExp(`^task:${NUMBERS}$`), (task) => ({ type: 'task', task })],
];

/** The other way round from `claimKey`, for what is drawn with its key; undefined: no object of that name is drawn. */
export function refOfKey(key: string): EntityRef | undefined {
  for (const [pattern, make] of KEYS) {
    const found = pattern.exec(key);
    if (found !== null) return make(Number(found[1]), Number(found[2]));
  }
  return undefined;
}

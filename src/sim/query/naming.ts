/** Plain names of things for messages of the core: `file A`, `A[1]`, `mr[1]`, `block 4`. */
import type { FileId, FileIndex, InodeId, MapId, Page, TaskId } from '../model/ids.ts';
import { blockOfPage, dramOfPage, isBlock, isDram } from '../model/ids.ts';
import type { Program } from '../model/program.ts';
import type { PinOwner, State } from '../model/state.ts';

export function fileName(program: Program, state: State, inode: InodeId): string {
  const record = state.inodes[inode];
  if (record === undefined || !record.live) return 'no file';
  if (record.memfd >= 0) return `memfd ${mapName(program, record.memfd)}`;
  const name = program.files[record.name]?.name ?? '?';
  return record.links === 0 ? `${name} (unlinked)` : name;
}

export const fileOfName = (program: Program, file: FileId): string => program.files[file]?.name ?? '?';

/** `A[1]`, `A[1] (unlinked)`. */
export function indexName(program: Program, state: State, inode: InodeId, index: FileIndex): string {
  const [name = '', ...more] = fileName(program, state, inode).split(' (');
  return [`${name}[${index}]`, ...more].join(' (');
}

export function pageName(page: Page): string {
  if (isBlock(page)) return `block ${blockOfPage(page)}`;
  return isDram(page) ? `DRAM page ${dramOfPage(page)}` : 'the zero page';
}

export const taskName = (program: Program, task: TaskId): string => program.actors[task]?.name ?? 'NIC';

export function mapName(program: Program, map: MapId): string {
  const found = program.maps[map];
  if (found === undefined) return '?';
  const twice = program.maps.some((m, id) => id !== map && m.name === found.name);
  return twice ? `${program.procs[found.proc]?.name ?? '?'}: ${found.name}` : found.name;
}

export function ownerName(program: Program, owner: PinOwner): string {
  switch (owner.type) {
    case 'mr':
      return `${program.mrs[owner.mr]?.name ?? '?'}[${owner.slot}]`;
    case 'dma':
      return program.dmas[owner.dma]?.name ?? '?';
    case 'pipe':
      return `pipe ${program.pipes[owner.pipe]?.name ?? '?'}`;
  }
}

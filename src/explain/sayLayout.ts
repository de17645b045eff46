/** Sentences of the operations that change which blocks a file has: ftruncate, fallocate, reflink. */
import type { InodeId } from '../sim/model/ids.ts';
import { extentBlock } from '../sim/model/ids.ts';
import { runsEach } from '../base/runs.ts';
import { freedClause, keptClause, sentence, zapCount } from './effects.ts';
import { blockList, callName, count } from './names.ts';
import { pinOwners, pinsOfBlocks } from './relations.ts';
import { inodeUsed, sizeClause } from './sayFile.ts';
import type { OpOf, Told } from './told.ts';
import { eventsOf, extentOf, fileOf, lastOf } from './told.ts';

const MANY = 4096;

export function sayFtruncate(told: Told, op: OpOf<'ftruncate'>): string {
  const inode = inodeUsed(told, op.file);
  const name = fileOf(told, inode);
  const set = lastOf(told.events, 'sizeSet');
  const zapped = zapCount(told);
  if (set === undefined) {
    const also = zapped === 0 ? '' : `, yet ${count(zapped, 'PTE')} of ${name} ${zapped === 1 ? 'is' : 'are'} gone`;
    return sentence(`ftruncate to the same size: ${name} keeps its ${count(op.size, 'block')}${also}`);
  }
  if (set.to > set.from)
    return sentence(`${name} grows from ${count(set.from, 'block')} to ${set.to}: the new tail is a hole`);
  const size =
    set.to === 0
      ? `${name} is empty now, of ${count(set.from, 'block')}`
      : `${name} shrinks from ${count(set.from, 'block')} to ${set.to}`;
  return sentence(size, freedClause(told), keptClause(told), orphanClause(told));
}

/** Page-cache pages that the file dropped while something pinned them. */
function orphanClause(told: Told): string {
  const pinned = eventsOf(told.events, 'orphaned').filter(({ pins }) => pins > 0);
  const pages = pinned.map(({ dram }) => dram);
  if (pages.length === 0) return '';
  const list = pages.length === 1 ? `DRAM page ${pages.join()} is` : `DRAM pages ${pages.join(', ')} are`;
  return `${list} orphaned: still pinned, no longer the file's`;
}

export function sayFallocate(told: Told, op: OpOf<'fallocate'>): string {
  const inode = inodeUsed(told, op.file);
  const range = extentOf(told, inode, op.off, op.len);
  const one = op.len === 1;
  if (op.mode === 'punch') {
    const removed = eventsOf(told.events, 'extentsRemoved').length > 0;
    if (!removed) return sentence(`fallocate punch finds ${range} a hole already`, orphanClause(told));
    return sentence(
      `fallocate punch makes ${range} ${one ? 'a hole' : 'holes'}`,
      freedClause(told),
      keptClause(told),
      orphanClause(told),
    );
  }
  const blocks = blocksIn(told, inode, op.off, op.len);
  if (op.mode === 'zero') {
    const fresh = `unwritten ${blockList(blocks)}`;
    return sentence(`fallocate zero puts ${fresh} at ${range}`, freedClause(told), keptClause(told), sizeClause(told), orphanClause(told)); // prettier-ignore
  }
  const allocated = eventsOf(told.events, 'allocated').map(({ block }) => block);
  if (allocated.length === 0) return sentence(`fallocate alloc finds no hole in ${range}`, sizeClause(told));
  const list = blockList([...allocated].sort((a, b) => a - b));
  return sentence(`fallocate alloc puts unwritten ${list} into the holes of ${range}`, sizeClause(told));
}

/** The blocks behind a range of a file, ascending. */
function blocksIn(told: Told, inode: InodeId, from: number, len: number): readonly number[] {
  const found: number[] = [];
  const record = told.state.inodes[inode];
  if (record === undefined) return found;
  runsEach(record.map, from, from + len, (_at, n, value, step) => {
    for (let i = 0; i < n && found.length < MANY; i++) found.push(extentBlock(value + i * step));
  });
  return found.sort((a, b) => a - b);
}

export function sayReflink(told: Told, op: OpOf<'reflink'>): string {
  const shared = eventsOf(told.events, 'shared');
  const first = shared[0];
  const src = told.program.files[op.src]?.name ?? 'the source';
  const dst = told.program.files[op.dst]?.name ?? 'the destination';
  if (first === undefined) return sentence(`${callName(op)} finds nothing in ${src} to share with ${dst}`);
  const blocks = shared.flatMap(({ dst: inode, dstIndex, len }) => blocksIn(told, inode, dstIndex, len));
  const sorted = [...new Set(blocks)].sort((a, b) => a - b);
  const writers = pinsOfBlocks(told.state, sorted).filter((pin) => pin.write);
  const danger =
    writers.length === 0
      ? ''
      : `, though ${pinOwners(told, writers)} can write ${writers.length === 1 ? 'it' : 'them'}`;
  return sentence(
    `${callName(op)}: ${dst} shares ${blockList(sorted)} with ${src} now${danger}`,
    freedClause(told),
    orphanClause(told),
  );
}

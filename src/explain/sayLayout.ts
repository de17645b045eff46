/** Sentences of the operations that change which blocks a file has: ftruncate, fallocate, reflink. */
import type { InodeId } from '../sim/model/ids.ts';
import { extentBlock } from '../sim/model/ids.ts';
import { runsEach } from '../base/runs.ts';
import { freedClause, keptClause, sentence, zapCount } from './effects.ts';
import { blockList, callName, count, dramList } from './names.ts';
import { pinOwners, pinsOfBlocks } from './relations.ts';
import { pageOfDram } from '../sim/model/ids.ts';
import { pinsOf } from '../sim/query/pins.ts';
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
  const why = carelessText(told);
  const size =
    set.to === 0
      ? `${name} is empty now, of ${count(set.from, 'block')}`
      : `${name} shrinks from ${count(set.from, 'block')} to ${set.to}`;
  return `${why.before}${sentence(size, ...lossClauses(told, why.after), orphanClause(told))}`;
}

/** Why pins did not stop it: the scan was skipped (6.12), the knob says so, or no DAX entry led to them. */
function carelessText(told: Told): { readonly before: string; readonly after: string } {
  const freed = eventsOf(told.events, 'freed').some(({ pins }) => pins > 0);
  const skipped = lastOf(told.events, 'scanSkipped');
  const busy = eventsOf(told.events, 'scanned').some((event) => event.busy !== undefined);
  const { knobs } = told.program.option;
  const knob = told.op.verb === 'reflink' ? 'reflink.onPin' : 'layout.onPin';
  if (skipped !== undefined && freed)
    return {
      before: `No VMA maps ${fileOf(told, skipped.inode)}, so ${told.program.kernel} does not look for pins: `,
      after: '',
    };
  if (busy) return { before: '', after: ` (${knob} = ${knobs[knob]})` };
  const scanned = freed ? lastOf(told.events, 'scanned') : undefined;
  const missed =
    scanned === undefined ? '' : ` (the scan goes by DAX entries, and ${fileOf(told, scanned.inode)} had none there)`;
  return { before: '', after: missed };
}

/** What became of the blocks that the file lost; where pins are left, why they did not count. */
function lossClauses(told: Told, why: string): readonly string[] {
  return [freedClause(told), keptClause(told)].map((text) => (/, but |zombie/.test(text) ? `${text}${why}` : text));
}

/** Page-cache pages that the file dropped while something pinned them. */
function orphanClause(told: Told): string {
  const pinned = eventsOf(told.events, 'orphaned').filter(({ pins }) => pins > 0);
  const pages = pinned.map(({ dram }) => dram);
  if (pages.length === 0) return '';
  const owners = pages.flatMap((dram) => pinsOf(told.state, pageOfDram(dram)));
  return `${dramList(pages)} ${pages.length === 1 ? 'is' : 'are'} orphaned, kept by ${pinOwners(told, owners)}`;
}

export function sayFallocate(told: Told, op: OpOf<'fallocate'>): string {
  const inode = inodeUsed(told, op.file);
  const range = extentOf(told, inode, op.off, op.len);
  const one = op.len === 1;
  if (op.mode === 'punch') {
    const removed = eventsOf(told.events, 'extentsRemoved').length > 0;
    if (!removed) return sentence(`fallocate punch finds ${range} a hole already`, orphanClause(told));
    const why = carelessText(told);
    const holes = `fallocate punch makes ${range} ${one ? 'a hole' : 'holes'}`;
    return `${why.before}${sentence(holes, ...lossClauses(told, why.after), orphanClause(told))}`;
  }
  const blocks = blocksIn(told, inode, op.off, op.len);
  if (op.mode === 'zero') {
    const fresh = `unwritten ${blockList(blocks)}`;
    const why = carelessText(told).after;
    return sentence(`fallocate zero puts ${fresh} at ${range}`, ...lossClauses(told, why), sizeClause(told), orphanClause(told)); // prettier-ignore
  }
  const allocated = eventsOf(told.events, 'allocated').flatMap(({ block, len }) => span(block, len));
  if (allocated.length === 0) return sentence(`fallocate alloc finds no hole in ${range}`, sizeClause(told));
  const list = blockList([...allocated].sort((a, b) => a - b));
  return sentence(
    `fallocate alloc puts unwritten ${list} into the ${one ? 'hole' : 'holes of'} ${range}`,
    sizeClause(told),
  );
}

const span = (block: number, len: number): readonly number[] =>
  Array.from({ length: Math.min(len, MANY) }, (_, i) => block + i);

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
  const why = carelessText(told);
  const same = op.src === op.dst;
  const whoDst = same ? extentOf(told, first.dst, first.dstIndex, first.len) : dst;
  const whoSrc = same ? extentOf(told, first.src, first.srcIndex, first.len) : src;
  if (same && first.srcIndex === first.dstIndex)
    return sentence(`${callName(op)} of ${src} onto itself changes no block`);
  const danger =
    writers.length === 0
      ? ''
      : `, though ${pinOwners(told, writers)} can write ${writers.length === 1 ? 'it' : 'them'}`;
  return sentence(
    `${whoDst} ${same && first.len > 1 ? 'share' : 'shares'} ${blockList(sorted)} with ${whoSrc} now${danger}${why.after}`,
    freedClause(told),
    orphanClause(told),
  );
}

/** Sentences of the operations that change which blocks a file has: ftruncate, fallocate, reflink. */
import type { FileIndex, InodeId } from '../sim/model/ids.ts';
import { blockOfPage, extentBlock, isBlock } from '../sim/model/ids.ts';
import { runsEach, runsGet } from '../base/runs.ts';
import { freedClause, keptClause, sentence, zapCount } from './effects.ts';
import { blockList, callName, count, dramList } from './names.ts';
import { clings, extentList, extentsOn, isPageOf, pinOwners, pinsOfBlocks } from './relations.ts';
import { movesOf, nowAt } from './shareBreak.ts';
import { pageOfDram } from '../sim/model/ids.ts';
import type { Pin } from '../sim/query/pins.ts';
import { eachPin, pinsOf } from '../sim/query/pins.ts';
import { inodeUsed, sizeClause } from './sayFile.ts';
import type { OpOf, Told } from './told.ts';
import { eventsOf, extentOf, fileOf, lastOf } from './told.ts';

const MANY = 4096;
/** Pins that a clause can speak of. */
const FEW = 64;

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
  const { knobs } = told.program.option;
  const kept = set.to > op.size ? `asked for ${op.size}, but pinned blocks stay (layout.onPin = ${knobs['layout.onPin']})` : ''; // prettier-ignore
  return `${why.before}${sentence(size, kept, ...lossClauses(told, why.after), orphanClause(told))}`;
}

/** Why pins did not stop it: the scan was skipped (6.12), the knob says so, or no DAX entry led to them. */
function carelessText(told: Told): { readonly before: string; readonly after: string } {
  const freed = eventsOf(told.events, 'freed').some(({ pins }) => pins > 0);
  const skipped = lastOf(told.events, 'scanSkipped');
  const busy = eventsOf(told.events, 'scanned').some((event) => event.busy !== undefined);
  const { knobs } = told.program.option;
  const clones = told.op.verb === 'reflink' || told.op.verb === 'dedupe';
  const knob = clones ? 'reflink.onPin' : 'layout.onPin';
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

type Range = { readonly call: string; readonly inode: InodeId; readonly off: FileIndex; readonly len: number };

export function sayFallocate(told: Told, op: OpOf<'fallocate'>): string {
  const range: Range = { call: callName(op), inode: inodeUsed(told, op.file), off: op.off, len: op.len };
  switch (op.mode) {
    case 'punch':
      return punchText(told, range);
    case 'zero':
      return zeroText(told, range);
    case 'alloc':
      return allocText(told, range);
    case 'collapse':
      return collapseText(told, range);
    case 'insert':
      return insertText(told, range);
    case 'unshare':
      return unshareText(told, range);
  }
}

const rangeOf = (told: Told, { inode, off, len }: Range): string => extentOf(told, inode, off, len);

/** fallocate punch, and madvise remove, which is one. */
export function punchText(told: Told, range: Range): string {
  const name = rangeOf(told, range);
  const removed = eventsOf(told.events, 'extentsRemoved').length > 0;
  if (!removed) return sentence(`${range.call} finds ${name} a hole already`, orphanClause(told));
  const why = carelessText(told);
  const holes = `${range.call} makes ${name} ${range.len === 1 ? 'a hole' : 'holes'}`;
  return `${why.before}${sentence(holes, ...lossClauses(told, why.after), orphanClause(told))}`;
}

function zeroText(told: Told, range: Range): string {
  const blocks = blockList(blocksIn(told, range.inode, range.off, range.len));
  const name = rangeOf(told, range);
  const kept = eventsOf(told.events, 'allocated').length === 0;
  const text = kept ? `makes ${name} unwritten: it keeps ${blocks}` : `puts unwritten ${blocks} at ${name}`;
  return sentence(`${range.call} ${text}`, ...lossClauses(told, carelessText(told).after), sizeClause(told), orphanClause(told)); // prettier-ignore
}

function allocText(told: Told, range: Range): string {
  const name = rangeOf(told, range);
  const allocated = eventsOf(told.events, 'allocated').flatMap(({ block, len }) => span(block, len));
  if (allocated.length === 0) return sentence(`${range.call} finds no hole in ${name}`, sizeClause(told));
  const list = blockList([...allocated].sort((a, b) => a - b));
  const holes = range.len === 1 ? 'hole' : 'holes of';
  return sentence(`${range.call} puts unwritten ${list} into the ${holes} ${name}`, sizeClause(told));
}

function collapseText(told: Told, range: Range): string {
  const name = rangeOf(told, range);
  const size = lastOf(told.events, 'sizeSet');
  const now = size === undefined ? '' : `, and ${fileOf(told, range.inode)} has ${count(size.to, 'block')}`;
  const why = carelessText(told);
  return `${why.before}${sentence(`${range.call} takes ${name} out: what was behind it moved down by ${range.len}${now}`, ...lossClauses(told, why.after), strayClause(told, range), orphanClause(told))}`;
}

function insertText(told: Told, range: Range): string {
  const size = lastOf(told.events, 'sizeSet');
  const now = size === undefined ? '' : `, and ${fileOf(told, range.inode)} has ${count(size.to, 'block')}`;
  const hole = range.len === 1 ? 'a hole' : `${range.len} holes`;
  const text = `${range.call} puts ${hole} at ${rangeOf(told, range)}: what was there moved up by ${range.len}${now}`;
  return sentence(text, strayClause(told, range), orphanClause(told));
}

/** Pins that stand for an index of the file whose block is another one since the shift. */
function strayClause(told: Told, { inode }: Range): string {
  const stray: Pin[] = [];
  eachPin(told.state, (pin) => {
    const { use } = told.state.device;
    const owned = isBlock(pin.page) && (runsGet(use, blockOfPage(pin.page)) ?? 0) > 0;
    if (owned && pin.inode === inode && !isPageOf(told.state, pin.page, pin.inode, pin.index)) stray.push(pin);
    return stray.length === FEW;
  });
  if (stray.length === 0) return '';
  const blocks = [...new Set(stray.map(({ page }) => blockOfPage(page)))].sort((a, b) => a - b);
  const now = blocks.flatMap((block) => extentsOn(told.state, block));
  return `${clings(told, stray, blockList(blocks))}, now ${extentList(told, now)}`;
}

function unshareText(told: Told, range: Range): string {
  const moves = movesOf(told);
  const fresh = eventsOf(told.events, 'extentSet').filter(({ was }) => was === undefined);
  const name = rangeOf(told, range);
  const filled = fresh.length === 0 ? '' : `its ${fresh.length === 1 ? 'hole is' : 'holes are'} unwritten now`;
  if (moves.length === 0) return sentence(`${range.call} finds no shared block in ${name}`, filled, sizeClause(told));
  const why = carelessText(told).after;
  return sentence(`${range.call} breaks the share: ${nowAt(told, moves)}`, ...lossClauses(told, why), filled, sizeClause(told)); // prettier-ignore
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

/** FICLONE, FICLONERANGE, FIDEDUPERANGE. */
export function sayReflink(told: Told, op: OpOf<'reflink' | 'dedupe'>): string {
  const shared = eventsOf(told.events, 'shared');
  const first = shared[0];
  const src = told.program.files[op.src]?.name ?? 'the source';
  const dst = told.program.files[op.dst]?.name ?? 'the destination';
  if (lastOf(told.events, 'compared')?.equal === false)
    return sentence(`${callName(op)} finds that ${src} and ${dst} differ, so nothing is shared`);
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

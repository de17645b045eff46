/** Sentences of read and write, and of names: pread, pwrite, create, open, close, unlink, fsync, sync. */
import type { FileId, InodeId } from '../sim/model/ids.ts';
import { isDram, NO_INODE, pageOfDram } from '../sim/model/ids.ts';
import { runsDiff } from '../base/runDiff.ts';
import { pteWritable } from '../sim/model/ids.ts';
import { extentAt, inodeOf } from '../sim/query/inodes.ts';
import { runsGet } from '../base/runs.ts';
import { evictClause, freedClause, sentence, zapCount } from './effects.ts';
import { mapName, pageName } from '../sim/query/naming.ts';
import { blocksName, count, listOf, procName } from './names.ts';
import { underPins } from './relations.ts';
import { leftBehind, movesOf, nowAt } from './shareBreak.ts';
import type { OpOf, Told } from './told.ts';
import { eventsOf, extentOf, fileOf, lastOf, returnedOf, tagName } from './told.ts';

export const nameOfFile = (told: Told, file: FileId): string => told.program.files[file]?.name ?? 'a file';

/** The inode that the verb worked on. */
export function inodeUsed(told: Told, file: FileId): InodeId {
  const locked = eventsOf(told.events, 'locked')[0]?.inode;
  const woke = lastOf(told.events, 'woke')?.wait;
  const waited = woke !== undefined && 'inode' in woke ? woke.inode : undefined;
  return locked ?? waited ?? told.before.names[file] ?? NO_INODE;
}

export function sayPread(told: Told, op: OpOf<'pread'>): string {
  const inode = inodeUsed(told, op.file);
  const record = inode === NO_INODE ? undefined : told.state.inodes[inode];
  const name = extentOf(told, inode, op.index);
  if (returnedOf(told)?.result === 'EOF' && record !== undefined)
    return sentence(`pread returns EOF for ${name}: ${fileOf(told, inode)} has ${count(record.size, 'block')}`);
  const read = lastOf(told.events, 'read');
  if (read === undefined || record === undefined) return sentence(`pread returns nothing for ${name}`);
  const cached = runsGet(record.cache, op.index);
  const extent = extentAt(record, op.index);
  const from =
    cached !== undefined
      ? `, from DRAM page ${cached} of the page cache`
      : extent === undefined
        ? ': it is a hole'
        : extent.written
          ? `, from ${pageName(read.page)}`
          : `: ${blocksName(extent.block)} is unwritten`;
  return sentence(`pread returns ${tagName(told.program, read.tag)} for ${name}${from}`);
}

export function sayPwrite(told: Told, op: OpOf<'pwrite' | 'pwrite_direct'>): string {
  const inode = inodeUsed(told, op.file);
  const name = extentOf(told, inode, op.index);
  const tag = tagName(told.program, op.tag);
  const wrote = lastOf(told.events, 'wrote');
  const move = movesOf(told)[0];
  const grew = sizeClause(told) || orphanClause(told);
  if (move !== undefined)
    return sentence(`pwrite broke the share: ${nowAt(told, [move])} with ${tag}${leftBehind(told, move)}`, grew);
  if (wrote === undefined) return sentence(`pwrite to ${name} writes nothing`);
  if (isDram(wrote.page))
    return sentence(`pwrite puts ${tag} into ${pageName(wrote.page)}, the page cache of ${name}`, grew);
  const set = lastOf(told.events, 'extentSet');
  if (set === undefined)
    return sentence(`pwrite puts ${tag} into ${name} in place: it stays ${pageName(wrote.page)}`, grew);
  const zapped = zapCount(told);
  const gone = zapped === 0 ? '' : `${count(zapped, 'PTE')} of the index ${zapped === 1 ? 'is' : 'are'} gone`;
  const under = underPins(told, set.block, { inode, index: op.index });
  const size = lastOf(told.events, 'sizeSet');
  if (size !== undefined)
    return sentence(`pwrite extends ${fileOf(told, inode)} to ${count(size.to, 'block')}: ${name} is ${pageName(wrote.page)} and holds ${tag}${under}`, gone); // prettier-ignore
  const how = set.was === undefined ? 'fills the hole' : 'converts the unwritten';
  return sentence(`pwrite ${how} ${name}: it is ${pageName(wrote.page)} and holds ${tag}${under}`, gone);
}

/** O_DIRECT past the page cache: `the cached page is dropped, and 1 pin keeps it`. */
function orphanClause(told: Told): string {
  const dropped = lastOf(told.events, 'orphaned');
  if (dropped === undefined) return '';
  const kept =
    dropped.pins === 0 ? '' : `, and ${count(dropped.pins, 'pin')} ${dropped.pins === 1 ? 'keeps' : 'keep'} it`;
  return `${pageName(pageOfDram(dropped.dram))} leaves the page cache${kept}`;
}

/** `A grows to 5 blocks`. */
export function sizeClause(told: Told): string {
  const set = lastOf(told.events, 'sizeSet');
  if (set === undefined) return '';
  return `${fileOf(told, set.inode)} grows to ${count(set.to, 'block')}`;
}

export function sayUnlink(told: Told, op: OpOf<'unlink'>): string {
  const name = nameOfFile(told, op.file);
  const inode = lastOf(told.events, 'unlinked')?.inode ?? NO_INODE;
  if (eventsOf(told.events, 'evicted').length > 0)
    return sentence(`unlink removes the name ${name} and, as nothing else refers to it, the file`, freedClause(told));
  return sentence(`unlink removes the name ${name}`, `the inode lives on, ${keepers(told, inode)}`);
}

/** `mapped as m and open in app`. */
function keepers(told: Told, inode: InodeId): string {
  const maps = told.state.maps.flatMap((m, id) => (m.live && m.inode === inode ? [mapName(told.program, id)] : []));
  const opens = told.state.procs.flatMap((p, id) => (p.opens.includes(inode) ? [procName(told.program, id)] : []));
  const held = told.state.tasks.some(({ holds }) => holds.includes(inode));
  const why = [
    maps.length === 0 ? '' : `mapped as ${listOf(maps)}`,
    opens.length === 0 ? '' : `open in ${listOf(opens)}`,
    held ? 'held by a call under way' : '',
  ].filter((text) => text !== '');
  return why.join(' and ');
}

export function sayClose(told: Told, op: OpOf<'close'>): string {
  return sentence(`${told.who} closes ${nameOfFile(told, op.file)}`, evictClause(told), freedClause(told));
}

/** fsync of one file, sync of all: PTEs that lost their write permission, pages written back, the log. */
export function sayFsync(told: Told, what: string): string {
  let protectedPtes = 0;
  told.state.maps.forEach((map, id) => {
    const was = told.before.maps[id];
    if (was === undefined || was.ptes === map.ptes) return;
    runsDiff(was.ptes, map.ptes, (d) => {
      if (d.was !== undefined && d.now !== undefined && pteWritable(d.was) && !pteWritable(d.now))
        protectedPtes += d.len;
    });
  });
  const back = eventsOf(told.events, 'writtenBack').length;
  const blocks = eventsOf(told.events, 'logCommitted').reduce((sum, event) => sum + event.blocks, 0);
  const clauses = [
    protectedPtes === 0
      ? ''
      : `${count(protectedPtes, 'dirty PTE')} ${protectedPtes === 1 ? 'is' : 'are'} write-protected again`,
    back === 0 ? '' : `${count(back, 'page')} of the page cache ${back === 1 ? 'is' : 'are'} written back`,
    blocks === 0 ? '' : `the log is committed and ${count(blocks, 'busy block')} ${blocks === 1 ? 'is' : 'are'} free`,
  ].filter((text) => text !== '');
  if (clauses.length === 0) return sentence(`${what} finds nothing dirty`);
  return sentence(`${what}: ${clauses.join('; ')}`);
}

export function sayNamed(told: Told, op: OpOf<'create' | 'open'>): string {
  const name = nameOfFile(told, op.file);
  if (op.verb === 'create') return sentence(`${told.who} creates ${name}, empty`);
  const inode = lastOf(told.events, 'opened')?.inode ?? NO_INODE;
  const kept = inode !== NO_INODE && inodeOf(told.state, inode).links === 0 ? ', though its name is gone' : '';
  return sentence(`${told.who} opens ${name}${kept}: the inode lives until close, whatever happens to the name`);
}

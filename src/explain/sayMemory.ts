/** Sentences of mmap, munmap, load and store. */
import type { MapId, Page } from '../sim/model/ids.ts';
import { blockOfPage, isBlock, isDram, ZERO_PAGE } from '../sim/model/ids.ts';
import { runsSize } from '../base/runs.ts';
import { extentAt } from '../sim/query/inodes.ts';
import { evictClause, freedClause, sentence, zapCount } from './effects.ts';
import { mapOf } from '../sim/model/program.ts';
import { pageName } from '../sim/query/naming.ts';
import { blocksName, count, listOf, mrName, ownerName, pteName } from './names.ts';
import { extentList, extentsOn, isPageOf, standing, underPins } from './relations.ts';
import { leftBehind, movesOf, nowAt } from './shareBreak.ts';
import { eachPin } from '../sim/query/pins.ts';
import type { OpOf, Told } from './told.ts';
import { eventsOf, extentOf, fileOf, lastOf, tagName } from './told.ts';

export function sayMmap(told: Told, op: OpOf<'mmap'>): string {
  const mapping = told.state.maps[op.map];
  const inode = lastOf(told.events, 'mapped')?.inode;
  if (mapping === undefined || inode === undefined) return sentence(`${told.who} maps nothing`);
  const whole = mapping.off === 0 && mapping.len === told.state.inodes[inode]?.size;
  const what = whole ? fileOf(told, inode) : extentOf(told, inode, mapping.off, mapping.len);
  const kind = `${mapping.writable ? 'read-write' : 'read-only'}${op.sync ? ', MAP_SYNC' : ''}`;
  return sentence(
    `${told.who} maps ${what} as ${mapOf(told.program, op.map).name}: ${count(mapping.len, 'page')}, shared, ${kind}`,
    'no PTEs until something faults',
  );
}

export function sayMunmap(told: Told, op: OpOf<'munmap'>): string {
  const ptes = zapCount(told);
  const gone = ptes === 0 ? 'it had no PTEs' : `${count(ptes, 'PTE')} ${ptes === 1 ? 'is' : 'are'} gone`;
  return sentence(
    `${told.who} unmaps ${mapOf(told.program, op.map).name}: ${gone}${pinsStay(told, op.map)}`,
    evictClause(told),
    freedClause(told),
  );
}

/** A pin does not end with its mapping. */
function shortPinsStay(told: Told, map: MapId): readonly string[] {
  const gone = told.before.maps[map];
  const names: string[] = [];
  if (gone === undefined) return names;
  eachPin(told.state, ({ owner, inode, index }) => {
    if (owner.type !== 'mr' && inode === gone.inode && index >= gone.off && index < gone.off + gone.len)
      names.push(`the pin of ${ownerName(told.program, told.state, owner)}`);
  });
  return names;
}

function pinsStay(told: Told, map: MapId): string {
  const mrs = told.state.mrs.flatMap((mr, id) =>
    mr.map === map && (mr.state === 'live' || mr.state === 'revoked') && runsSize(mr.pins) > 0
      ? [`the ${count(runsSize(mr.pins), 'pin')} of ${mrName(told.program, id)}`]
      : [],
  );
  const pins = [...mrs, ...shortPinsStay(told, map)];
  const one = pins.length === 1 && !/ pins /.test(pins.join());
  return pins.length === 0 ? '' : `, but ${listOf(pins)} ${one ? 'stays' : 'stay'}`;
}

/** The page that the access went to. */
function pageRead(told: Told): Page | undefined {
  return lastOf(told.events, 'read')?.page ?? lastOf(told.events, 'wrote')?.page;
}

/** `block 1`; where the file has moved on, whose it is. */
function whereAccessed(told: Told, map: MapId, index: number, page: Page): string {
  const mapping = told.state.maps[map];
  if (mapping === undefined || isPageOf(told.state, page, mapping.inode, mapping.off + index)) return pageName(page);
  const name = extentOf(told, mapping.inode, mapping.off + index);
  return page === ZERO_PAGE ? 'the zero page' : `${pageName(page)}, which is ${standing(told, page)} and not ${name}`;
}

export function sayLoad(told: Told, op: OpOf<'load'>): string {
  const page = pageRead(told);
  const pte = pteName(told.program, op.map, op.index);
  const read = lastOf(told.events, 'read');
  if (page === undefined || read === undefined) return sentence(`The load of ${pte} reads nothing`);
  const tag = tagName(told.program, read.tag);
  const where = whereAccessed(told, op.map, op.index, page);
  if (eventsOf(told.events, 'faulted').length === 0)
    return sentence(`The load reads ${tag} from ${where} through ${pte}; no fault`);
  const zapped = zapCount(told);
  const first = zapped === 0 ? '' : `zaps ${count(zapped, 'PTE')} of the shared block, then `;
  if (page === ZERO_PAGE)
    return sentence(
      `The load faults over ${holeName(told, op)}: ${pte} maps the zero page read-only, and it reads ${tag}`,
    );
  const cached = isDram(page) ? `, ${standing(told, page)},` : '';
  return sentence(`The load faults, ${first}maps ${where}${cached} read-only at ${pte} and reads ${tag}`);
}

/** `the hole A[1]`, `the unwritten A[1]`. */
function holeName(told: Told, op: OpOf<'load'>): string {
  const mapping = told.state.maps[op.map];
  const inode = mapping === undefined ? undefined : told.state.inodes[mapping.inode];
  if (mapping === undefined || inode === undefined) return 'a hole';
  const index = mapping.off + op.index;
  return `the ${extentAt(inode, index) === undefined ? 'hole' : 'unwritten'} ${extentOf(told, mapping.inode, index)}`;
}

export function sayStore(told: Told, op: OpOf<'store'>): string {
  const page = pageRead(told);
  const pte = pteName(told.program, op.map, op.index);
  const tag = tagName(told.program, op.tag);
  if (page === undefined) return sentence(`The store to ${pte} writes nothing`);
  const move = movesOf(told)[0];
  if (move !== undefined) return sentence(`The store broke the share: ${nowAt(told, [move])}${leftBehind(told, move)}`);
  if (eventsOf(told.events, 'faulted').length === 0)
    return sentence(
      `The store writes ${tag} into ${whereAccessed(told, op.map, op.index, page)} through ${pte}, writable already; no fault${sharers(told, page)}`,
    );
  return storeFault(told, { pte, tag, page, map: op.map, index: op.index });
}

type Fault = {
  readonly pte: string;
  readonly tag: string;
  readonly page: Page;
  readonly map: MapId;
  readonly index: number;
};

function storeFault(told: Told, { pte, tag, page, map, index }: Fault): string {
  const mapping = told.state.maps[map];
  const name = mapping === undefined ? 'the page' : extentOf(told, mapping.inode, mapping.off + index);
  if (isDram(page))
    return sentence(
      `The store faults: ${pte} maps ${pageName(page)}, the page cache of ${name}, writable, and it holds ${tag}`,
    );
  const set = lastOf(told.events, 'extentSet');
  if (set === undefined)
    return sentence(
      `The store faults: ${name} is unshared, so ${pte} maps ${pageName(page)} writable; it holds ${tag}`,
    );
  const how = set.was === undefined ? 'fills the hole' : 'converts the unwritten';
  const under = underPins(told, set.block, set);
  return sentence(
    `The store ${how} ${name}: it is ${blocksName(set.block)}, mapped writable at ${pte}, and holds ${tag}${under}`,
  );
}

/** A store into a block with several owners: they all see it. */
function sharers(told: Told, page: Page): string {
  const wrote = lastOf(told.events, 'wrote');
  if (wrote === undefined || wrote.owners < 2 || !isBlock(page)) return '';
  return `; ${extentList(told, extentsOn(told.state, blockOfPage(page)))} share it`;
}

/** Sentences of mmap, munmap, load and store. */
import type { FileIndex, MapId, Page } from '../sim/model/ids.ts';
import { blockOfPage, isBlock, isDram, ZERO_PAGE } from '../sim/model/ids.ts';
import { runsSize } from '../base/runs.ts';
import type { Mapping } from '../sim/model/state.ts';
import { extentAt } from '../sim/query/inodes.ts';
import { anonFreedClause, evictClause, freedClause, sentence, zapCount } from './effects.ts';
import { mapOf } from '../sim/model/program.ts';
import { pageName } from '../sim/query/naming.ts';
import { blocksName, count, listOf, mrName, ownerName, pteName } from './names.ts';
import { extentList, extentsOn, isPageOf, standing, underPins } from './relations.ts';
import { leftBehind, movesOf, nowAt } from './shareBreak.ts';
import { eachPin } from '../sim/query/pins.ts';
import type { EventOf, OpOf, Told } from './told.ts';
import { eventsOf, extentOf, fileOf, lastOf, tagName } from './told.ts';

export function sayMmap(told: Told, op: OpOf<'mmap'>): string {
  const mapping = told.state.maps[op.map];
  if (mapping?.live !== true) return sentence(`${told.who} maps nothing`);
  const kind = `${mapping.private ? 'private' : 'shared'}, ${mapping.writable ? 'read-write' : 'read-only'}${op.sync ? ', MAP_SYNC' : ''}`;
  return sentence(
    `${told.who} maps ${mappedName(told, mapping)} as ${mapOf(told.program, op.map).name}: ${count(mapping.len, 'page')}, ${kind}`,
    'no PTEs until something faults',
  );
}

/** `A`, `A[1..2]`, `anonymous memory`, `a memfd`. */
function mappedName(told: Told, { source, inode, off, len }: Mapping): string {
  if (source === 'anon') return 'anonymous memory';
  if (source === 'memfd') return 'a memfd';
  const whole = off === 0 && len === told.state.inodes[inode]?.size;
  return whole ? fileOf(told, inode) : extentOf(told, inode, off, len);
}

export function sayMunmap(told: Told, op: OpOf<'munmap'>): string {
  const ptes = zapCount(told);
  const gone = ptes === 0 ? 'it had no PTEs' : `${count(ptes, 'PTE')} ${ptes === 1 ? 'is' : 'are'} gone`;
  return sentence(
    `${told.who} unmaps ${mapOf(told.program, op.map).name}: ${gone}${keptText(told, op.map)}`,
    evictClause(told),
    freedClause(told),
    anonFreedClause(told),
  );
}

/** A pin does not end with its mapping. */
function shortPinsStay(told: Told, map: MapId): readonly string[] {
  const gone = told.before.maps[map];
  const names: string[] = [];
  if (gone === undefined) return names;
  eachPin(told.state, ({ owner, inode, index }) => {
    if (owner.type !== 'mr' && inode === gone.inode && inode >= 0 && index >= gone.off && index < gone.off + gone.len)
      names.push(`the pin of ${ownerName(told.program, told.state, owner)}`);
  });
  return names;
}

/** `, but the 4 pins of mr stay`: what zapping a mapping leaves. */
export function keptText(told: Told, map: MapId): string {
  const mrs = told.state.mrs.flatMap((mr, id) => {
    const held = runsSize(mr.pins);
    if (mr.map !== map || (mr.state !== 'live' && mr.state !== 'revoked') || held === 0) return [];
    return [`the ${held === 1 ? 'pin' : count(held, 'pin')} of ${mrName(told.program, id)}`];
  });
  const pins = [...mrs, ...shortPinsStay(told, map)];
  const one = pins.length === 1 && !/ pins /.test(pins.join());
  return pins.length === 0 ? '' : `, but ${listOf(pins)} ${one ? 'stays' : 'stay'}`;
}

/** One load or store that was done: what it touched, under which names. */
type Access = {
  readonly pte: string;
  readonly tag: string;
  readonly page: Page;
  readonly mapping: Mapping;
  readonly index: FileIndex;
  /** `A[1]`; without a file, the page of the mapping. */
  readonly name: string;
};

function accessOf(told: Told, op: OpOf<'load' | 'store'>): Access | undefined {
  const done = lastOf(told.events, op.verb === 'load' ? 'read' : 'wrote');
  const mapping = told.state.maps[op.map];
  if (done === undefined || mapping === undefined) return undefined;
  const index = mapping.off + op.index;
  const pte = pteName(told.program, op.map, op.index);
  const name = mapping.inode < 0 ? pte : extentOf(told, mapping.inode, index);
  return { pte, tag: tagName(told.program, done.tag), page: done.page, mapping, index, name };
}

/** `block 1`; where the file has moved on, whose it is. */
function whereAccessed(told: Told, { page, mapping, index, name }: Access): string {
  if (isAnonymous(told, page)) return `anonymous ${pageName(page)}`;
  if (isPageOf(told.state, page, mapping.inode, index)) return pageName(page);
  return page === ZERO_PAGE ? 'the zero page' : `${pageName(page)}, which is ${standing(told, page)} and not ${name}`;
}

const isAnonymous = (told: Told, page: Page): boolean => isDram(page) && standing(told, page) === 'anonymous';

export function sayLoad(told: Told, op: OpOf<'load'>): string {
  const access = accessOf(told, op);
  if (access === undefined) return sentence(`The load of ${pteName(told.program, op.map, op.index)} reads nothing`);
  const { pte, tag, page } = access;
  const where = whereAccessed(told, access);
  if (eventsOf(told.events, 'faulted').length === 0)
    return sentence(`The load reads ${tag} from ${where} through ${pte}; no fault`);
  const zapped = zapCount(told);
  const first = zapped === 0 ? '' : `zaps ${count(zapped, 'PTE')} of the shared block, then `;
  if (page === ZERO_PAGE)
    return sentence(
      `The load faults over ${holeName(told, access)}: ${pte} maps the zero page read-only, and it reads ${tag}`,
    );
  const cached = isDram(page) && !isAnonymous(told, page) ? `, ${standing(told, page)},` : '';
  const how = eventsOf(told.events, 'pteSet').at(-1)?.writable === true ? 'writable' : 'read-only';
  return sentence(`The load faults, ${first}maps ${where}${cached} ${how} at ${pte} and reads ${tag}`);
}

/** `the hole A[1]`, `the unwritten A[1]`, `m[0], which nobody wrote yet`. */
function holeName(told: Told, { mapping, index, name }: Access): string {
  const inode = told.state.inodes[mapping.inode];
  if (inode === undefined) return `${name}, not written yet`;
  return `the ${extentAt(inode, index) === undefined ? 'hole' : 'unwritten'} ${name}`;
}

export function sayStore(told: Told, op: OpOf<'store'>): string {
  const access = accessOf(told, op);
  if (access === undefined) return sentence(`The store to ${pteName(told.program, op.map, op.index)} writes nothing`);
  const { pte, tag, page } = access;
  const copied = lastOf(told.events, 'anonCopied');
  if (copied !== undefined) return privateCopy(told, access, copied);
  const move = movesOf(told)[0];
  if (move !== undefined) return sentence(`The store broke the share: ${nowAt(told, [move])}${leftBehind(told, move)}`);
  if (eventsOf(told.events, 'faulted').length === 0)
    return sentence(
      `The store writes ${tag} into ${whereAccessed(told, access)} through ${pte}, writable already; no fault${sharers(told, page)}`,
    );
  return storeFault(told, access);
}

/** A private mapping leaves its file, or its parent's page, here. */
function privateCopy(told: Told, { pte, tag, mapping, name }: Access, { from, to }: EventOf<'anonCopied'>): string {
  const left = from === ZERO_PAGE ? 'the zero page' : pageName(from);
  return sentence(
    `The store copies ${left} into anonymous DRAM page ${to}: ${pte} maps that, writable, and it holds ${tag}`,
    mapping.source === 'file' && isBlock(from) ? `${name} stays as it is` : '',
    anonPins(told, from),
  );
}

/** Who still has the page that the mapping left: `mr[0] still translates to block 1`. */
function anonPins(told: Told, from: Page): string {
  const owners: string[] = [];
  eachPin(told.state, ({ owner, page }) => {
    if (page === from && page !== ZERO_PAGE) owners.push(ownerName(told.program, told.state, owner));
  });
  return owners.length === 0
    ? ''
    : `${listOf(owners)} ${owners.length === 1 ? 'stays' : 'stay'} with ${pageName(from)}`;
}

function storeFault(told: Told, { pte, tag, page, name }: Access): string {
  if (isAnonymous(told, page))
    return sentence(
      `The store faults: ${pte} maps a new page of zeroes, anonymous ${pageName(page)}; it holds ${tag} now`,
    );
  if (isDram(page))
    return sentence(
      `The store faults: ${pte} maps ${pageName(page)}, ${standing(told, page)}, writable, and it holds ${tag}`,
    );
  const set = lastOf(told.events, 'extentSet');
  if (set === undefined)
    return sentence(
      `The store faults: ${name} is unshared, so ${pte} maps ${pageName(page)} writable; it holds ${tag}`,
    );
  return filledHole(told, { name, pte, tag, set });
}

type Filled = {
  readonly name: string;
  readonly pte: string;
  readonly tag: string;
  readonly set: EventOf<'extentSet'>;
};

function filledHole(told: Told, { name, pte, tag, set }: Filled): string {
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

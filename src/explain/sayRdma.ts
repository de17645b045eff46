/** Sentences of MRs and of DMA: reg_mr, dereg_mr, rdma_*, post_*, complete. */
import type { MrId } from '../sim/model/ids.ts';
import { ACCESS_FLAGS } from '../sim/model/op.ts';
import { runsGet, runsSize } from '../base/runs.ts';
import { blockOfPage, dramOfPage, isBlock, isDram, NO_INODE, ptePage, ZERO_PAGE } from '../sim/model/ids.ts';
import { isAnon } from '../sim/query/anonymous.ts';
import { claimKey } from '../sim/query/claimKey.ts';
import { freedClause, sentence, wakeClause } from './effects.ts';
import { mapName, pageName } from '../sim/query/naming.ts';
import { blockList, count, dmaName, dramList, listOf, mrName, pteName, slotName } from './names.ts';
import { extentList, extentsOn, fileNow, isPageOf, standing } from './relations.ts';
import { movesOf, nowAt } from './shareBreak.ts';
import type { EventOf, OpOf, Told } from './told.ts';
import { eventsOf, extentOf, fileOf, lastOf, stepName, tagName } from './told.ts';

/** `blocks 0-3`, `blocks 0-1 and the zero page`: pages in the order of their slots. */
export function pagesName(pages: readonly number[]): string {
  const sorted = [...new Set(pages)].sort((a, b) => a - b);
  const blocks = sorted.filter(isBlock);
  const zero = sorted.includes(ZERO_PAGE) ? ['the zero page'] : [];
  const dram = sorted.filter(isDram).map(dramOfPage);
  return listOf([
    ...(blocks.length === 0 ? [] : [blockList(blocks)]),
    ...zero,
    ...(dram.length === 0 ? [] : [dramList(dram)]),
  ]);
}

export function sayRegMr(told: Told, op: OpOf<'reg_mr'>): string {
  const name = mrName(told.program, op.mr);
  const pins = eventsOf(told.events, 'pinned');
  const first = pins[0];
  if (op.access.includes('on_demand'))
    return sentence(
      `reg_mr makes ${name} on demand: no pin and an empty table`,
      'the NIC will fault pages in and let them go',
    );
  if (first === undefined) return sentence(`reg_mr makes ${name}`);
  const range = pinnedRange(told, op, first, pins);
  const pages = pinnedPages(told, pins);
  const how = first.write ? 'for write' : 'read-only';
  const moves = movesOf(told);
  if (moves.length > 0) {
    const why = first.write ? '' : ` (pin.readonly = ${told.program.option.knobs['pin.readonly']})`;
    const all = moves.length === pins.length;
    const pinned = all ? `, pinned ${how} by ${name}` : `; ${name} pins ${range}, ${pages}, ${how}`;
    return sentence(`reg_mr broke the share first${why}: ${nowAt(told, moves)}${pinned}`);
  }
  if (pins.every(({ page }) => page === ZERO_PAGE))
    return sentence(`reg_mr pins the zero page for ${range}, ${how}: ${name} blocks nothing and sees no later store`);
  const it = pins.length === 1 ? 'it' : 'them';
  if (eventsOf(told.events, 'anonCopied').length > 0)
    return sentence(`reg_mr copies first, as ${mapName(told.program, op.map)} is private: ${range}, now ${pages}, ${pins.length === 1 ? 'is' : 'are'} pinned ${how}, and ${name} translates to ${it}`); // prettier-ignore
  return sentence(`reg_mr pins ${range}, ${pages}, ${how}`, `${name} translates to ${it}${sharedWith(told, pins, it)}`);
}

/** `A[0..3]`; of anonymous memory, the pages of the mapping. */
function pinnedRange(told: Told, op: OpOf<'reg_mr'>, first: EventOf<'pinned'>, pins: Pins): string {
  const { inode, index } = first;
  const anon = inode === NO_INODE || pins.every(({ page }) => isAnon(told.state, page));
  return anon ? pteName(told.program, op.map, op.off, pins.length) : extentOf(told, inode, index, pins.length);
}

type Pins = readonly EventOf<'pinned'>[];

/** `anonymous DRAM page 0`, `blocks 0-3`. */
function pinnedPages(told: Told, pins: Pins): string {
  const anon = pins.every(({ page }) => isAnon(told.state, page));
  return `${anon ? 'anonymous ' : ''}${pagesName(pins.map(({ page }) => page))}`;
}

/** Others who have the pinned blocks too. */
function sharedWith(told: Told, pins: readonly EventOf<'pinned'>[], it: string): string {
  const own = new Set(pins.map(({ inode }) => inode));
  const others = new Set<string>();
  for (const { page } of pins.slice(0, 64)) {
    if (!isBlock(page)) continue;
    for (const { inode } of extentsOn(told.state, blockOfPage(page))) {
      if (!own.has(inode)) others.add(told.program.files[told.state.inodes[inode]?.name ?? -1]?.name ?? 'another file');
    }
  }
  return others.size === 0 ? '' : `, and ${listOf([...others])} ${others.size === 1 ? 'shares' : 'share'} ${it}`;
}

/** `remote_read and remote_write`. */
const accessName = (access: number): string =>
  listOf(ACCESS_FLAGS.filter((_, bit) => (access & (1 << bit)) !== 0)) || 'no access';

export function sayReregMr(told: Told, op: OpOf<'rereg_mr'>): string {
  const name = mrName(told.program, op.mr);
  const access = lastOf(told.events, 'reregistered')?.access;
  if (access === undefined) return sentence(`rereg_mr leaves ${name} as it is`);
  const mr = told.state.mrs[op.mr];
  const pins = runsSize(mr?.pins ?? []);
  const how = mr?.writable === true ? 'for write' : 'read-only';
  const kept = pins === 0 ? '' : `; its ${count(pins, 'pin')}, taken ${how}, ${pins === 1 ? 'stays' : 'stay'}`;
  return sentence(`rereg_mr gives ${name} ${accessName(access)}${kept}`);
}

export function sayDeregMr(told: Told, op: OpOf<'dereg_mr'>): string {
  const drained = eventsOf(told.events, 'completed').map(({ dma }) => dmaName(told.program, told.state, dma));
  const fence = drained.length === 0 ? '' : `, drains ${listOf(drained)}`;
  const pins = eventsOf(told.events, 'unpinned').length;
  const what = pins === 0 ? '; it held no pin' : ` and drops its ${count(pins, 'pin')}`;
  return sentence(`dereg_mr kills the key of ${mrName(told.program, op.mr)}${fence}${what}`, freedClause(told), wakeClause(told)); // prettier-ignore
}

const NAK_WHY = {
  bounds: 'the slot is past its end',
  access: 'it was registered without that access',
  fault: 'the page fault for the slot failed',
} as const;

/** Why the key is dead: what happened to the MR. */
function deadKey(told: Told, mr: MrId): string {
  const step = told.moment.since[claimKey({ type: 'mr', mr })];
  const when = step === undefined || step < 0 ? 'before' : `in ${stepName(step)}`;
  const name = mrName(told.program, mr);
  return told.state.mrs[mr]?.state === 'revoked'
    ? `the key of ${name} was revoked ${when}`
    : `${name} was destroyed ${when}`;
}

function sayNak(told: Told, { mr, slot, why }: EventOf<'nak'>): string {
  const refused = lastOf(told.events, 'refused');
  const failed = refused === undefined ? NAK_WHY.fault : `its page fault got ${refused.errno}, ${refused.why}`;
  const reason = why === 'key' ? deadKey(told, mr) : why === 'fault' ? failed : NAK_WHY[why];
  return sentence(`The NIC answers NAK for ${slotName(told.program, mr, slot)}: ${reason}`);
}

/** Where the data went or came from, and what the file has there now. */
export function transferText(told: Told, moved: EventOf<'transferred'>): string {
  const { page, inode, index } = moved;
  if (isAnon(told.state, page)) return anonText(told, moved);
  if (isPageOf(told.state, page, inode, index)) return `${pageName(page)}, which is ${ownersOf(told, page, moved)}`;
  const whose = page === ZERO_PAGE ? pageName(page) : `${pageName(page)}, which is ${standing(told, page)}`;
  return `${whose}; ${fileNow(told, inode, index)}`;
}

/** `anonymous DRAM page 0, which buf[0] maps`; where the mapping has another page now, which one. */
function anonText(told: Told, { page, mr, slot }: EventOf<'transferred'>): string {
  const name = `anonymous ${pageName(page)}`;
  const record = told.state.mrs[mr];
  const mapping = record === undefined ? undefined : told.state.maps[record.map];
  if (record === undefined || mapping?.live !== true) return name;
  const pte = runsGet(mapping.ptes, record.off + slot);
  const at = pteName(told.program, record.map, record.off + slot);
  if (pte === undefined) return `${name}; ${at} has no PTE now`;
  return ptePage(pte) === page ? `${name}, which ${at} maps` : `${name}; ${at} maps ${pageName(ptePage(pte))} now`;
}

function ownersOf(told: Told, page: number, { inode, index }: EventOf<'transferred'>): string {
  if (!isBlock(page)) return isDram(page) ? standing(told, page) : extentOf(told, inode, index);
  const extents = extentsOn(told.state, blockOfPage(page));
  return extents.length === 0 ? extentOf(told, inode, index) : extentList(told, extents);
}

/** rdma_read, rdma_write and complete. */
export function sayTransfer(told: Told): string {
  const nak = lastOf(told.events, 'nak');
  if (nak !== undefined) return sayNak(told, nak);
  const moved = lastOf(told.events, 'transferred');
  if (moved === undefined) return sayFinished(told);
  const tag = tagName(told.program, moved.tag);
  const slot = slotName(told.program, moved.mr, moved.slot);
  const broke = movesOf(told);
  const fault = broke.length > 0 ? ` after a fault that broke the share: ${nowAt(told, broke)}` : faultText(told);
  if (moved.kind === 'rdma_read')
    return sentence(`${told.who} reads ${tag} through ${slot} from ${transferText(told, moved)}${fault}`);
  return sentence(
    `${told.who} writes ${tag} through ${slot} into ${transferText(told, moved)}${lostText(told, moved)}${fault}`,
  );
}

/** `, so A never gets Z`. */
export function lostText(told: Told, { page, inode, index, tag }: EventOf<'transferred'>): string {
  if (isPageOf(told.state, page, inode, index) || isAnon(told.state, page)) return '';
  const alive = told.state.inodes[inode]?.live === true;
  return alive ? `, so ${fileOf(told, inode)} never gets ${tagName(told.program, tag)}` : '';
}

/** A completion whose transfer came before: drained by dereg_mr, say. */
function sayFinished(told: Told): string {
  const { op } = told;
  const dma = op.verb === 'complete' ? op.dma : undefined;
  const before = dma === undefined ? undefined : told.before.dmas[dma];
  if (dma === undefined || before === undefined) return sentence(`${told.who} completes nothing`);
  const what = before.result === 'NAK' ? 'it was answered with NAK' : `it completed before, with ${before.result}`;
  return sentence(`${dmaName(told.program, told.before, dma)} has ended: ${what}`);
}

/** An on-demand slot was filled first. */
function faultText(told: Told): string {
  const set = lastOf(told.events, 'mttSet');
  return set === undefined ? '' : `; the slot was invalid, so the NIC faulted it in first`;
}

export function sayPost(told: Told, op: OpOf<'post_read' | 'post_write'>): string {
  const nak = lastOf(told.events, 'nak');
  const name = dmaName(told.program, told.state, op.dma);
  const slot = slotName(told.program, op.mr, op.index);
  if (nak !== undefined) {
    const reason = nak.why === 'key' ? deadKey(told, nak.mr) : NAK_WHY[nak.why];
    return sentence(`${told.who} posts ${name} for ${slot}, and its completion will be a NAK: ${reason}`);
  }
  const what = op.verb === 'post_read' ? 'a read' : `a write of ${tagName(told.program, op.tag)}`;
  return sentence(`${told.who} posts ${name}, ${what} through ${slot}: key and bounds are good, and it is in flight`);
}

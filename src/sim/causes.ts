/**
 * Why a property broke: the steps without which it would not have, in order, each as a short sentence. Told from the
 * run's facts, never guessed: who pinned, what moved the file away, what freed the block, who owns it now.
 */
import type { SimEvent } from './model/event.ts';
import { pageOfBlock, pageOfDram } from './model/ids.ts';
import type { Program } from './model/program.ts';
import type { EntityRef, State } from './model/state.ts';
import type { Cause } from './outline.ts';
import type { Fact, History } from './history.ts';
import { blockOrNone, coversBlock, coversIndex, lastFact } from './history.ts';
import type { Finding } from './invariants/finding.ts';
import { factRefs } from './factRefs.ts';
import { factSentence } from './factSentence.ts';
import { ownerName, pageName } from './query/naming.ts';
import { filePage } from './query/inodes.ts';
import { waitsForPage } from './query/waits.ts';
import { pinsOf } from './query/pins.ts';

type Told = {
  readonly program: Program;
  readonly state: State;
  readonly history: History;
  readonly at: number;
  readonly step: number;
};

export function causesOf(told: Told, finding: Finding): readonly Cause[] {
  const causes = new Map<number, Omit<Cause, 'step'>>();
  const add = (fact: Fact | undefined): void => {
    if (fact === undefined || causes.has(fact.step)) return;
    const sentence = factSentence(told, fact.event, blockOf(finding));
    causes.set(fact.step, { sentence, refs: factRefs(fact.event, blockOf(finding)) });
  };
  for (const ref of finding.refs)
    for (const fact of factsBehind(told, ref, finding)) if (isCause(finding, fact)) add(fact);
  for (const fact of factsBeyond(told, finding)) add(fact);
  if (!causes.has(told.step)) causes.set(told.step, { sentence: actOf(told, finding), refs: finding.refs });
  return [...causes].sort(([a], [b]) => a - b).map(([step, cause]) => ({ step, ...cause }));
}

/** What no single object of the finding remembers. */
function factsBeyond(told: Told, finding: Finding): readonly (Fact | undefined)[] {
  if (finding.id === 'S5b') return [rewriteOf(told, finding)];
  if (finding.id === 'L8') return [behindErrno(told)];
  if (finding.id === 'L7') return [pinMet(told)];
  return [];
}

/** Who wrote, since the pin, what the file has now instead of the page that was read. */
function rewriteOf(told: Told, { refs }: Finding): Fact | undefined {
  const slot = refs.find((ref) => ref.type === 'mtt');
  const place = refs.find((ref) => ref.type === 'extent');
  const inode = place === undefined ? undefined : told.state.inodes[place.inode];
  if (slot === undefined || place === undefined || inode?.live !== true) return undefined;
  const page = filePage(inode, place.index);
  const written = last(told, (e) => e.type === 'wrote' && e.page === page);
  const pinned = pinOf(told, slot.mr, slot.slot);
  return written !== undefined && pinned !== undefined && written.at < pinned.at ? undefined : written;
}

/** The pin, lease or flag that the refusal of this step was about. */
function behindErrno(told: Told): Fact | undefined {
  const refusal = last(told, (e) => e.type === 'refused')?.event;
  if (refusal?.type !== 'refused') return undefined;
  if (refusal.knob === 'layout.lease') return last(told, (e) => e.type === 'leaseSet');
  if (refusal.knob === 'file.immutable') return last(told, (e) => e.type === 'flagSet');
  return refusal.knob?.endsWith('.onPin') === true ? pinMet(told) : undefined;
}

/** The pin that the scan of this operation found; a write finds it without a scan. */
function pinMet(told: Told): Fact | undefined {
  const scan = last(told, (e) => e.type === 'scanned' && e.busy !== undefined);
  const busy = scan?.event.type === 'scanned' && scan.step === told.step ? scan.event.busy : undefined;
  const index = busy === undefined ? writtenIndex(told) : undefined;
  return last(told, (e) => e.type === 'pinned' && (busy === undefined || e.page === busy) && (index === undefined || e.index === index)); // prettier-ignore
}

/** The index of a file that this step writes to. */
function writtenIndex({ program, state, step }: Told): number | undefined {
  const op = program.steps[step]?.op;
  if (op?.verb === 'store') return (state.maps[op.map]?.off ?? 0) + op.index;
  return op?.verb === 'pwrite' || op?.verb === 'pwrite_direct' ? op.index : undefined;
}

/** Who sleeps, or is refused, meets a pin, wherever the file's blocks went meanwhile. */
const isCause = (finding: Finding, fact: Fact | undefined): boolean =>
  !finding.id.startsWith('L') || (fact?.event.type !== 'extentSet' && fact?.event.type !== 'extentsRemoved');

const isWait = ({ id }: Finding): boolean => id === 'L1' || id === 'L2' || id === 'L3';

/** What the step itself did, where no fact of its own is a cause: the access that met the broken thing. */
function actOf({ program, history, at }: Told, finding: Finding): string {
  if (finding.id === 'S4') return writeSentence(program, history, at);
  const [slot, page] = finding.refs;
  if ((finding.id !== 'S5a' && finding.id !== 'S5b') || slot?.type !== 'mtt' || page === undefined)
    return finding.message;
  const where = page.type === 'block' ? pageName(pageOfBlock(page.block)) : page.type === 'dram' ? pageName(pageOfDram(page.dram)) : 'the page'; // prettier-ignore
  return `the NIC ${finding.id === 'S5a' ? 'writes' : 'reads'} ${where} through ${ownerName(program, { type: 'mr', mr: slot.mr, slot: slot.slot })}`; // prettier-ignore
}

function writeSentence(program: Program, history: History, at: number): string {
  const write = lastFact(history, at, (e) => e.type === 'wrote' || e.type === 'transferred')?.event;
  if (write?.type === 'transferred' && write.mr >= 0)
    return `the NIC writes ${pageName(write.page)} through ${ownerName(program, { type: 'mr', mr: write.mr, slot: write.slot })}`;
  return write?.type === 'wrote' || write?.type === 'transferred'
    ? `this step writes ${pageName(write.page)}`
    : 'this step writes';
}

function factsBehind(told: Told, ref: EntityRef, finding: Finding): readonly (Fact | undefined)[] {
  switch (ref.type) {
    case 'mtt':
      return finding.refs.some(({ type }) => type === 'dram') ? [pinOf(told, ref.mr, ref.slot)] : behindSlot(told, ref.mr, ref.slot); // prettier-ignore
    case 'dma':
      return behindShortPin(told, { type: 'dma', dma: ref.dma });
    case 'pipe':
      return behindShortPin(told, { type: 'pipe', pipe: ref.pipe });
    case 'block':
      return behindBlock(told, ref.block, finding);
    case 'dram':
      return [last(told, (e) => e.type === 'orphaned' && e.dram === ref.dram)];
    case 'extent':
      return finding.id === 'S6' || finding.id === 'S2' ? [last(told, (e) => e.type === 'extentSet' && coversIndex(e, ref.inode, ref.index))] : []; // prettier-ignore
    case 'pte':
      return [last(told, (e) => e.type === 'pteSet' && e.map === ref.map && e.vpage === ref.vpage)];
    case 'task':
      return isWait(finding) ? behindSleep(told, ref.task) : [];
    case 'mr':
    case 'file':
    case 'map':
    case 'lock':
    case 'lease':
      return [];
  }
}

const last = ({ history, at }: Told, test: (event: SimEvent) => boolean): Fact | undefined => lastFact(history, at, test); // prettier-ignore

const pinOf = (told: Told, mr: number, slot: number): Fact | undefined =>
  last(told, (e) => e.type === 'pinned' && e.owner.type === 'mr' && e.owner.mr === mr && e.owner.slot === slot);

/** Who pinned or translated the slot, and what moved its file away from there since. */
function behindSlot(told: Told, mr: number, slot: number): readonly (Fact | undefined)[] {
  const set = pinOf(told, mr, slot) ?? last(told, (e) => e.type === 'mttSet' && e.mr === mr && slot >= e.slot && slot < e.slot + e.len); // prettier-ignore
  const record = told.state.mrs[mr];
  return record === undefined ? [set] : [set, moveOf(told, record.inode, record.base + slot, set)];
}

function behindShortPin(told: Told, owner: { type: 'dma'; dma: number } | { type: 'pipe'; pipe: number }): readonly (Fact | undefined)[] {
  const pinned = last(told, (e) => e.type === 'pinned' && sameOwner(e.owner, owner));
  const record = owner.type === 'dma' ? told.state.dmas[owner.dma] : told.state.pipes[owner.pipe];
  return record === undefined ? [pinned] : [pinned, moveOf(told, record.inode, record.fileIndex, pinned)];
} // prettier-ignore

const sameOwner = (a: { type: string }, b: { type: string }): boolean => JSON.stringify(a) === JSON.stringify(b);

/** The last change of a file index after the pin was taken. */
function moveOf(told: Told, inode: number, index: number, after: Fact | undefined): Fact | undefined {
  const moved = last(told, (e) => (e.type === 'extentSet' || e.type === 'extentsRemoved') && coversIndex(e, inode, index)); // prettier-ignore
  const fact = inode < 0 ? last(told, (e) => e.type === 'evicted') : moved;
  return fact !== undefined && after !== undefined && fact.at < after.at ? undefined : fact;
}

function behindBlock(told: Told, block: number, finding: Finding): readonly (Fact | undefined)[] {
  const freed = last(told, (e) => e.type === 'freed' && coversBlock(e, block));
  const given = last(told, (e) => e.type === 'extentSet' && coversBlock(e, block));
  if (finding.id === 'S1') return [freed];
  if (finding.id === 'S2' || finding.id === 'S5a' || finding.id === 'S5b') return freed === undefined ? [] : [freed, given !== undefined && given.at > freed.at ? given : undefined]; // prettier-ignore
  if (finding.id === 'S4') return [sharing(told, block), pinOn(told, block)];
  if (finding.id === 'S7') return [last(told, (e) => e.type === 'allocated' && coversBlock(e, block))];
  return [];
}

const sharing = (told: Told, block: number): Fact | undefined =>
  last(told, (e) => e.type === 'extentSet' && coversBlock(e, block));
const pinOn = (told: Told, block: number): Fact | undefined =>
  last(told, (e) => e.type === 'pinned' && blockOrNone(e.page) === block);

/** What a sleeper waits for: the pins of the block, or the holder of the lock. */
function behindSleep(told: Told, task: number): readonly (Fact | undefined)[] {
  const slept = last(told, (e) => e.type === 'slept' && e.task === task);
  const page = waitsForPage(told.state, task);
  if (page === undefined) return [slept];
  const pins = pinsOf(told.state, page).map((pin) => last(told, (e) => e.type === 'pinned' && sameOwner(e.owner, pin.owner))); // prettier-ignore
  return [...pins, slept];
}

/** The block that a finding is about: which of a run of blocks a sentence should name. */
function blockOf(finding: Finding): number | undefined {
  const ref = finding.refs.find((r) => r.type === 'block');
  return ref?.type === 'block' ? ref.block : undefined;
}

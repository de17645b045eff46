/** One sentence for one micro-step, from its events; what it does in general where they say nothing more. */
import type { SimEvent } from '../sim/model/event.ts';
import { runsGet } from '../base/runs.ts';
import { pinsOf } from '../sim/query/pins.ts';
import { notifiedSlots, sentence } from './effects.ts';
import {
  callName,
  count,
  dmaKindName,
  dmaName,
  isUnnamedDma,
  fileName,
  listOf,
  lockName,
  mrName,
  pageName,
  pteName,
  slotName,
} from './names.ts';
import { microInfo } from './micro.ts';
import { pinOwners } from './relations.ts';
import { pagesName } from './sayRdma.ts';
import { sayFailure } from './sayFailure.ts';
import { sayGone, sayHeld, sayVoid } from './sayProcess.ts';
import { saySleep } from './saySleep.ts';
import type { EventOf, Told } from './told.ts';
import { eventsOf, extentOf, fileOf, lastOf, tagName } from './told.ts';

/** Marks a clause that begins with its verb: the first one gets the subject of the micro-step, a later one `it`. */
const VERB = '~';

export function sayMicro(told: Told): string {
  const { id } = told.micro;
  if (id === 'op.void') return sayVoid(told);
  if (id === 'op.gone') return sayGone(told);
  if (id === 'op.held') return sayHeld(told);
  const now: Told = { ...told, events: told.moment.events };
  const slept = eventsOf(now.events, 'slept').find((event) => event.task === told.turn.task);
  if (slept !== undefined) return saySleep(now, slept.wait);
  const refused = lastOf(now.events, 'refused');
  if (refused !== undefined) return `${stepPrefix(told)}${sayFailure(now, refused.errno)}`;
  const facts = [...countedFacts(now), ...now.events.flatMap((event) => factOf(now, event)), ...droppedLocks(now)];
  const clauses = facts.length > 0 ? facts : [general(told)];
  const subject = subjectFor(told);
  const said = clauses.map((text, i) =>
    text.startsWith(VERB) ? `${i === 0 ? subject : 'it'} ${text.slice(1)}` : text,
  );
  const text = sentence(...said);
  const prefix = stepPrefix(told);
  return prefix === '' ? text.replace(/^the /, 'The ') : prefix + text;
}

/** `c2: `, `t3: `: the name of the step in the source's terms; the call before it where it serves one. */
function stepPrefix({ micro: { id, root } }: Told): string {
  const pc = id.slice(id.indexOf('.') + 1);
  const steps = [root !== id && root === 'op.g3' ? 'g3' : '', /^[a-z]\d$/.test(pc) ? pc : ''].filter(
    (name) => name !== '',
  );
  return steps.length === 0 ? '' : `${steps.join(', ')}: `;
}

function subjectFor(told: Told): string {
  const { id } = told.micro;
  const fn = id.slice(0, id.indexOf('.'));
  if (fn === 'load' || fn === 'store') return 'the fault';
  if (id === 'op.load' || id === 'op.store') return 'the CPU';
  if (id === 'dma.n1') return told.who;
  if (fn === 'dma') return id === 'dma.dioEnd' ? 'the transfer' : 'the NIC';
  if (fn === 'dereg') return 'dereg_mr';
  if (fn === 'evict') return 'evict';
  return fn === 'exit' ? `the exit of ${told.who}` : callName(told.op);
}

const ZAPS: Readonly<Record<string, string>> = {
  'load.sharedZap': 'finds no other PTE of the shared block to zap',
  'store.zap': 'finds no PTE of the index to zap',
  'store.c2': 'finds no PTE of the index to zap',
  'pwrite.zap': 'finds no PTE of the index to zap',
  'layout.t3': 'finds no PTE in scope to zap',
};

/** What the micro-step does in any run. */
function general(told: Told): string {
  const zap = ZAPS[told.micro.id];
  if (zap !== undefined) return `${VERB}${zap}`;
  const text = microInfo(told.program, told.op, told.micro.id).what.replace(/^[a-z]\d: /, '');
  return /^[a-z-]+s /.test(text) ? `${VERB}${text}` : text;
}

/** Zaps and unpins of one step count together, and the notifier with them. */
function countedFacts(told: Told): readonly string[] {
  const zaps = eventsOf(told.events, 'pteZapped');
  const slots = notifiedSlots(told.events).map(({ mr, slot, len }) => slotName(told.program, mr, slot, len));
  const zapped = zaps.reduce((sum, { len }) => sum + len, 0);
  const names = zaps.map(({ map, vpage, len }) => pteName(told.program, map, vpage, len));
  const unpinned = eventsOf(told.events, 'unpinned').map(({ page }) => page);
  return [
    zapped === 0 ? '' : `${VERB}zaps ${count(zapped, 'PTE')}, ${listOf(names)}`,
    slots.length === 0 ? '' : `the MMU notifier makes ${listOf(slots)} invalid`,
    unpinned.length === 0 ? '' : `${VERB}drops ${count(unpinned.length, 'pin')}, of ${pagesName(unpinned)}`,
  ].filter((text) => text !== '');
}

function droppedLocks(told: Told): readonly string[] {
  const names = eventsOf(told.events, 'unlocked').map((event) => lockNameOf(told, event));
  return names.length === 0 ? [] : [`${VERB}drops ${listOf(names)}`];
}

/** What one event says; nothing for those that are counted together or only repeat another. */
function factOf(told: Told, event: SimEvent): readonly string[] {
  switch (event.type) {
    case 'locked':
      return [`${VERB}takes ${lockName(told.program, told.state, event.inode, event.lock)} ${event.mode}`];
    case 'pteSet':
      return [
        `${VERB}maps ${pageName(event.page)} ${event.writable ? 'writable' : 'read-only'} at ${pteName(told.program, event.map, event.vpage)}`,
      ];
    case 'entrySet':
      return event.was === undefined ? [] : [`the DAX entry of ${extentOf(told, event.inode, event.index)} changes from block ${event.was} to block ${event.block}`]; // prettier-ignore
    case 'entriesDropped':
      return [`${VERB}drops DAX entries of ${fileOf(told, event.inode)}`];
    case 'scanned':
      return [scanText(told, event)];
    case 'scanSkipped':
      return [
        `${VERB}skips zap and scan, as no VMA maps ${fileName(told.program, told.state, event.inode)} (6.12: dax_layout_busy_page)`,
      ];
    case 'allocated':
      return [
        `${VERB}allocates ${event.zeroed ? 'and zeroes ' : ''}block ${event.block} for ${extentOf(told, event.inode, event.index)}`,
      ];
    case 'copied':
      return [
        `${VERB}copies ${tagName(told.program, event.tag)} from ${pageName(event.from)} to ${pageName(event.to)}`,
      ];
    case 'sizeSet':
      return [`the size of ${fileOf(told, event.inode)} goes from ${event.from} to ${event.to}`];
    case 'pinned':
      return [
        `${VERB}pins ${pageName(event.page)}, as ${extentOf(told, event.inode, event.index)}, ${event.write ? 'for write' : 'for read'}`,
      ];
    case 'logCommitted':
      return [`the log is committed: ${count(event.blocks, 'busy block')} can be handed out again`];
    default:
      return blockFact(told, event);
  }
}

function lockNameOf(told: Told, { inode, lock }: EventOf<'unlocked'>): string {
  const state = told.state.inodes[inode]?.live === true ? told.state : told.before;
  return lockName(told.program, state, inode, lock);
}

function scanText(told: Told, { inode, busy }: EventOf<'scanned'>): string {
  const name = fileOf(told, inode);
  if (busy === undefined) return `${VERB}finds no pinned block among the DAX entries of ${name}`;
  return `${VERB}finds ${pageName(busy)} of ${name} pinned by ${pinOwners(told, pinsOf(told.state, busy))}`;
}

function blockFact(told: Told, event: SimEvent): readonly string[] {
  const { program } = told;
  switch (event.type) {
    case 'extentSet': {
      const name = extentOf(told, event.inode, event.index, event.len);
      const to = event.len === 1 ? `block ${event.block}` : `blocks ${event.block}-${event.block + event.len - 1}`;
      return [`${name} ${event.len === 1 ? 'is' : 'are'} now ${event.written ? '' : 'unwritten '}${to}`];
    }
    case 'extentsRemoved':
      return [`${VERB}removes ${count(event.blocks, 'block')} from ${fileOf(told, event.inode)}`];
    case 'refcount': {
      const which =
        event.len === 1 ? `block ${event.block} has` : `blocks ${event.block}-${event.block + event.len - 1} have`;
      return [`${which} refcount ${event.to}`];
    }
    case 'freed':
      return [freedText(event)];
    case 'wrote':
      return [
        `${VERB}writes ${tagName(program, event.tag)} into ${pageName(event.page)}${event.owners > 1 ? `, which ${event.owners} file indexes share` : ''}`,
      ];
    case 'read':
      return [`${VERB}reads ${tagName(program, event.tag)} from ${pageName(event.page)}`];
    case 'mttSet':
      return [
        `${slotName(program, event.mr, event.slot, event.len)} ${event.len === 1 ? 'translates' : 'translate'} to ${pagesName(slotPages(told, event))}`,
      ];
    case 'mrState':
      return [
        event.to === 'revoked'
          ? `the key of ${mrName(program, event.mr)} is dead`
          : `${mrName(program, event.mr)} is ${event.to}`,
      ];
    default:
      return otherFact(told, event);
  }
}

function freedText({ block, len, to, pins }: EventOf<'freed'>): string {
  const which = len === 1 ? `block ${block} is` : `blocks ${block}-${block + len - 1} are`;
  const where = { free: 'free', busy: 'busy until the log commits', zombie: len === 1 ? 'a zombie' : 'zombies' }[to];
  return `${which} ${where}${pins > 0 && to !== 'zombie' ? ', though pinned' : ''}`;
}

function otherFact(told: Told, event: SimEvent): readonly string[] {
  const { program } = told;
  switch (event.type) {
    case 'posted':
      return [postedText(told, event)];
    case 'nak':
      return [`the NIC answers NAK for ${slotName(program, event.mr, event.slot)}`];
    case 'completed':
      return [`${dmaName(program, told.before, event.dma)} completes`];
    case 'unmapped':
    case 'mapped':
      return [];
    case 'cached':
      return [`DRAM page ${event.dram} caches ${extentOf(told, event.inode, event.index)}`];
    case 'orphaned':
      return event.pins > 0
        ? [`DRAM page ${event.dram} is orphaned: pinned, no longer in the file`]
        : [`DRAM page ${event.dram} leaves the cache`];
    case 'writtenBack':
      return [`DRAM page ${event.dram} is written back to block ${event.block}`];
    case 'evicted':
      return [`${fileOf(told, event.inode)} is evicted`];
    default:
      return [];
  }
}

const MANY = 64;

/** The pages behind a range of slots. */
function slotPages(told: Told, { mr, slot, len, page }: EventOf<'mttSet'>): readonly number[] {
  const mtt = told.state.mrs[mr]?.mtt;
  if (mtt === undefined) return [page];
  return Array.from({ length: Math.min(len, MANY) }, (_, i) => runsGet(mtt, slot + i) ?? page);
}

function postedText(told: Told, { dma, kind, mr, slot }: EventOf<'posted'>): string {
  const name = dmaName(told.program, told.state, dma);
  if (mr < 0) return `${name} is in flight`;
  const what = `an ${dmaKindName(kind)} of ${slotName(told.program, mr, slot)}`;
  return `${VERB}posts ${isUnnamedDma(told.program, dma) ? '' : `${name}, `}${what}`;
}

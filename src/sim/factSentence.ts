/** What a fact says, in one clause: the causes of a violation and the history of a page are told in the same words. */
import type { SimEvent } from './model/event.ts';
import { pageOfDram } from './model/ids.ts';
import type { Program } from './model/program.ts';
import type { State } from './model/state.ts';
import { coversBlock } from './history.ts';
import { fileName, indexName, mapName, ownerName, pageName, taskName } from './query/naming.ts';

/** Where things have their names; of an inode that is gone, the state before. */
export type Naming = { readonly program: Program; readonly state: State };

type EventOf<T extends SimEvent['type']> = Extract<SimEvent, { readonly type: T }>;

/** `about`: of a run of blocks the one that matters. */
export function factSentence(naming: Naming, event: SimEvent, about: number | undefined): string {
  return layoutSentence(naming, event, about) ?? claimSentence(naming, event) ?? otherSentence(naming, event);
}

/** Of files and of the allocator. */
function layoutSentence({ program, state }: Naming, event: SimEvent, about: number | undefined): string | undefined {
  const place = (inode: number, index: number): string => indexName(program, state, inode, index);
  switch (event.type) {
    case 'extentSet':
      return extentSentence({ program, state }, event, about);
    case 'extentsRemoved':
      return `${event.blocks === 1 && event.len === 1 ? place(event.inode, event.index) : `${place(event.inode, event.index)} and on`} ${event.blocks === 1 ? 'loses its block' : `lose ${event.blocks} blocks`}`; // prettier-ignore
    case 'shifted':
      return `what was ${place(event.inode, event.index)} is ${place(event.inode, event.index + event.by)} now`;
    case 'shared':
      return `${place(event.dst, event.dstIndex)} shares the block of ${place(event.src, event.srcIndex)}`;
    case 'allocated':
      return `block ${about ?? event.block} is allocated${event.zeroed ? '' : ' and not zeroed'}`;
    case 'freed':
      return freedSentence(event, about ?? event.block);
    case 'logCommitted':
      return about === undefined ? 'the log commits' : `the log commits: block ${about} is free`;
    case 'refcount':
      return `block ${about ?? event.block} has ${event.to === 1 ? '1 owner' : `${event.to} owners`}, was ${event.from}`;
    case 'evicted':
      return 'the unlinked inode is evicted and its blocks are freed';
    case 'orphaned':
      return state.inodes[event.inode]?.live === true
        ? `the page cache drops its page of ${place(event.inode, event.index)}; the pin keeps it`
        : 'the file goes, and its page with it; the pin keeps the page';
    case 'cached':
      return `the page cache gets ${pageName(pageOfDram(event.dram))} for ${place(event.inode, event.index)}`;
    case 'writtenBack':
      return `${pageName(pageOfDram(event.dram))} is written back to block ${event.block}`;
    case 'entrySet':
      return `the DAX entry of ${place(event.inode, event.index)} is block ${event.block}`;
    case 'entriesDropped':
      return `the DAX entry of ${place(event.inode, event.index)} is dropped`;
    case 'scanned':
      return `the scan of ${fileName(program, state, event.inode)} finds ${event.busy === undefined ? 'no pin' : `a pin on ${pageName(event.busy)}`}`; // prettier-ignore
    default:
      return undefined;
  }
}

function freedSentence({ pins, to }: EventOf<'freed'>, block: number): string {
  if (to === 'zombie') return `block ${block} loses its last owner: a zombie, kept by ${pins === 1 ? 'its pin' : `its ${pins} pins`}`; // prettier-ignore
  const pinned = pins === 0 ? '' : pins === 1 ? ' while pinned' : ` while pinned (${pins} pins)`;
  return `block ${block} is freed${pinned}${to === 'busy' ? ', busy until the log commits' : ''}`;
}

/** Of page tables, of the NIC, and of what moves data. */
function claimSentence({ program, state }: Naming, event: SimEvent): string | undefined {
  const slot = (mr: number, at: number): string => ownerName(program, { type: 'mr', mr, slot: at });
  const pte = (map: number, vpage: number): string => `${mapName(program, map)}[${vpage}]`;
  switch (event.type) {
    case 'pinned':
      return `${ownerName(program, event.owner)} pins ${pageName(event.page)} ${event.write ? 'for writing' : 'read-only'}`;
    case 'unpinned':
      return `${ownerName(program, event.owner)} drops its pin on ${pageName(event.page)}`;
    case 'mttSet':
      return `the NIC translates ${slot(event.mr, event.slot)} to ${pageName(event.page)}`;
    case 'mttZapped':
      return `the NIC translates ${slot(event.mr, event.slot)} no more`;
    case 'pteSet':
      return `the PTE of ${pte(event.map, event.vpage)} is set to ${pageName(event.page)}, ${event.writable ? 'writable' : 'read-only'}`;
    case 'pteZapped':
      return `the PTE of ${pte(event.map, event.vpage)} is zapped`;
    case 'anonCopied':
      return `${pte(event.map, event.vpage)} gets a copy of ${pageName(event.from)}: ${pageName(pageOfDram(event.to))}`;
    case 'anonMapped':
      return `${pte(event.map, event.vpage)} gets ${pageName(pageOfDram(event.dram))}, new anonymous memory`;
    case 'anonFreed':
      return `${pageName(pageOfDram(event.dram))} is given back`;
    default:
      return dataSentence({ program, state }, event);
  }
}

function dataSentence({ program }: Naming, event: SimEvent): string | undefined {
  const tag = (id: number): string => program.tags[id] ?? '?';
  switch (event.type) {
    case 'wrote':
      return `${WRITERS[event.by]} ${tag(event.tag)} to ${pageName(event.page)}`;
    case 'read':
      return `${READERS[event.by]} ${tag(event.tag)} from ${pageName(event.page)}`;
    case 'copied':
      return `${pageName(event.from)} is copied to ${pageName(event.to)}: ${tag(event.tag)}`;
    case 'posted':
      return `a transfer is posted for ${event.page === undefined ? 'its slot' : pageName(event.page)}`;
    case 'transferred': {
      const writes = event.kind === 'rdma_write' || event.kind === 'dio_read';
      const what = `${writes ? 'writes' : 'reads'} ${tag(event.tag)} ${writes ? 'to' : 'from'} ${pageName(event.page)}`;
      if (event.mr < 0) return `O_DIRECT ${what}`;
      return `the NIC ${what} through ${ownerName(program, { type: 'mr', mr: event.mr, slot: event.slot })}`;
    }
    default:
      return undefined;
  }
}

/** Of who sleeps, and of what takes a process, an MR or a lease away. */
function otherSentence({ program, state }: Naming, event: SimEvent): string {
  const proc = (id: number, else_: string): string => program.procs[id]?.name ?? else_;
  switch (event.type) {
    case 'slept':
      return `${taskName(program, event.task)} sleeps`;
    case 'woke':
      return `${taskName(program, event.task)} goes on`;
    case 'leaseSet':
      return `${proc(event.proc, 'a process')} takes a lease on ${fileName(program, state, event.inode)}`;
    case 'flagSet':
      return `${fileName(program, state, event.inode)} is flagged ${event.flag}`;
    case 'sacrificed':
      return 'mr' in event.victim
        ? `${program.mrs[event.victim.mr]?.name ?? 'an MR'} is revoked (${event.knob})`
        : `${proc(event.victim.proc, 'a process')} is killed (${event.knob})`;
    case 'killed':
      return `${proc(event.proc, 'the process')} gets SIGKILL`;
    default:
      return 'this step';
  }
}

const WRITERS = { store: 'a store writes', pwrite: 'pwrite writes', rdma: 'the NIC writes', dio: 'O_DIRECT writes' } as const; // prettier-ignore
const READERS = { load: 'a load reads', pread: 'pread reads', rdma: 'the NIC reads', dio: 'O_DIRECT reads', pipe: 'the pipe reads' } as const; // prettier-ignore

function extentSentence({ program, state }: Naming, event: EventOf<'extentSet'>, about: number | undefined): string {
  const offset = about !== undefined && coversBlock(event, about) ? about - event.block : 0;
  const where = indexName(program, state, event.inode, event.index + offset);
  const block = event.block + offset;
  if (event.was !== undefined && event.was !== block)
    return `${where} moves from block ${event.was} to block ${block}; no pin is looked at`;
  return `${where} maps block ${block}`;
}

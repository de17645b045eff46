/** S4, S5, S7, S8, S12: what a write or a read met at the moment it happened. */
import { runsGet } from '../../base/runs.ts';
import type { SimEvent } from '../model/event.ts';
import type { FileIndex, InodeId } from '../model/ids.ts';
import { blockOfPage, dramOfPage, extentBlock, extentWritten, isBlock, isDram, ZERO_PAGE, ZERO_TAG } from '../model/ids.ts'; // prettier-ignore
import type { Program } from '../model/program.ts';
import type { PropertyId } from '../model/property.ts';
import type { EntityRef, State } from '../model/state.ts';
import { indexName, ownerName, pageName } from '../query/naming.ts';
import type { Finding } from './finding.ts';
import { momentProperty } from './finding.ts';
import { isBeingInstalled } from './installs.ts';

type Wrote = Extract<SimEvent, { type: 'wrote' }>;
type Transferred = Extract<SimEvent, { type: 'transferred' }>;

const BY = { store: 'the store', pwrite: 'pwrite', rdma: 'the remote write', dio: 'the O_DIRECT read' } as const;

/** A DMA write or a CPU store into a block with more than one owner. */
export const S4 = momentProperty('S4', ['wrote'], (_program, _state, event) => {
  if (event.by === 'pwrite' || event.owners <= 1 || !isBlock(event.page)) return undefined;
  const block = blockOfPage(event.page);
  const message = `${BY[event.by]} lands in block ${block}, which has ${event.owners} owners`;
  return { id: 'S4', key: writeKey(event), message, refs: [{ type: 'block', block }] };
});

const writeKey = (event: Wrote): string => `${event.by}:${event.page}`;

/** The page that the file has at an index now, and what a read of it gives. */
function fileNow(state: State, inode: InodeId, index: FileIndex): { page: number; tag: number; what: string } | undefined {
  const record = state.inodes[inode];
  if (record?.live !== true || index >= record.size) return undefined;
  const cached = runsGet(record.cache, index);
  const page = cached === undefined ? undefined : state.dram[cached];
  if (cached !== undefined && page !== undefined) return { page: ZERO_PAGE + 1 + cached, tag: page.tag, what: `DRAM page ${cached}` }; // prettier-ignore
  const extent = runsGet(record.map, index);
  if (extent === undefined) return { page: -1, tag: ZERO_TAG, what: 'a hole' };
  if (!extentWritten(extent)) return { page: -1, tag: ZERO_TAG, what: 'an unwritten block' };
  const block = extentBlock(extent);
  return { page: block, tag: runsGet(state.device.tags, block) ?? ZERO_TAG, what: `block ${block}` };
} // prettier-ignore

/**
 * Private memory: a page of no file, or the zero page under an anonymous mapping. No file can disagree with it.
 */
function isPrivateMemory(state: State, event: Transferred): boolean {
  if (isDram(event.page)) return state.dram[dramOfPage(event.page)]?.anon === true;
  return event.page === ZERO_PAGE && state.maps[state.mrs[event.mr]?.map ?? -1]?.source === 'anon';
}

function transferFinding(program: Program, state: State, event: Transferred, id: PropertyId, what: string): Finding {
  const owner = { type: 'mr', mr: event.mr, slot: event.slot } as const;
  const now = fileNow(state, event.inode, event.index);
  const record = state.inodes[event.inode];
  const gone = record?.live === true ? 'is past the end of the file' : 'is gone with its file';
  const where = record?.live === true ? indexName(program, state, event.inode, event.index) : 'the index';
  const there = now === undefined ? gone : `is ${now.what}`;
  const message = `${what} through ${ownerName(program, owner)} in ${pageName(event.page)}, but ${where} ${there}`;
  const refs: EntityRef[] = [{ type: 'mtt', mr: event.mr, slot: event.slot }];
  if (isBlock(event.page)) refs.push({ type: 'block', block: blockOfPage(event.page) });
  if (isDram(event.page)) refs.push({ type: 'dram', dram: dramOfPage(event.page) });
  if (now !== undefined) refs.push({ type: 'extent', inode: event.inode, index: event.index });
  return { id, key: `${event.mr}:${event.slot}`, message, refs };
}

/** The file is about to have this very block there: the PTE that the NIC followed comes before the extent (c5, c6). */
const isTheFilesSoon = (state: State, { page, inode, index }: Transferred): boolean =>
  isBlock(page) && isBeingInstalled(state, inode, index, blockOfPage(page));

/** A remote write completes in a page that is not the file's at that index. */
export const S5a = momentProperty('S5a', ['transferred'], (program, state, event) => {
  if (event.kind !== 'rdma_write' || isPrivateMemory(state, event)) return undefined;
  const now = fileNow(state, event.inode, event.index);
  if ((now !== undefined && now.page === event.page) || isTheFilesSoon(state, event)) return undefined;
  return transferFinding(program, state, event, 'S5a', `the remote write of ${program.tags[event.tag] ?? '?'} lands`);
});

/** A remote read completes in such a page, and the tags differ. */
export const S5b = momentProperty('S5b', ['transferred'], (program, state, event) => {
  if (event.kind !== 'rdma_read' || isPrivateMemory(state, event)) return undefined;
  const now = fileNow(state, event.inode, event.index);
  if (now !== undefined && (now.page === event.page || now.tag === event.tag)) return undefined;
  if (isTheFilesSoon(state, event)) return undefined;
  return transferFinding(program, state, event, 'S5b', `the remote read finds ${program.tags[event.tag] ?? '?'}`);
});

/**
 * A read of what a block held before it was allocated: allocated without zeroing and not written since. Reads of the
 * file only: a stale pin that looks into somebody's unwritten block is S2 and S5b.
 */
export const S7 = momentProperty('S7', ['read'], (program, state, event) => {
  if (event.by !== 'load' && event.by !== 'pread') return undefined;
  if (!isBlock(event.page) || event.tag === ZERO_TAG) return undefined;
  const block = blockOfPage(event.page);
  if (runsGet(state.device.unzeroed, block) === undefined) return undefined;
  const message = `the read returns ${program.tags[event.tag] ?? '?'}, left in block ${block} from before its allocation`;
  return { id: 'S7', key: `${event.by}:${block}`, message, refs: [{ type: 'block', block }] };
});

export const S8 = momentProperty('S8', ['transferred'], (program, state, event) => {
  if (event.kind !== 'rdma_write' || state.mrs[event.mr]?.writable !== false) return undefined; // prettier-ignore
  const owner = { type: 'mr', mr: event.mr, slot: event.slot } as const;
  const message = `the remote write goes through ${ownerName(program, owner)}, which was pinned read-only`;
  return { id: 'S8', key: `${event.mr}:${event.slot}`, message, refs: [{ type: 'mtt', mr: event.mr, slot: event.slot }] }; // prettier-ignore
});

/** After dereg, or after a revoke that has cleared the table; while the key only is dead, what is in flight may end. */
export const S12 = momentProperty('S12', ['transferred'], (program, state, event) => {
  if (event.mr < 0) return undefined;
  const mr = state.mrs[event.mr];
  const fenced = mr?.state === 'destroyed' || (mr?.state === 'revoked' && runsGet(mr.mtt, event.slot) === undefined);
  if (!fenced) return undefined;
  const owner = { type: 'mr', mr: event.mr, slot: event.slot } as const;
  const message = `a DMA uses the translation of ${ownerName(program, owner)} after its fence`;
  return { id: 'S12', key: `${event.mr}:${event.slot}`, message, refs: [{ type: 'mtt', mr: event.mr, slot: event.slot }] }; // prettier-ignore
});

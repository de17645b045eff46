/**
 * ibv_reg_mr(3): g1 access, g2 admission, g3 pin page by page, g4 write the MTT. ibv_dereg_mr(3): d1 revoke the key
 * and drain, d2 unpin. Remote operations: n1 post, n2 key, bounds and access, n3 translate, n4 move the data, n5
 * complete. Key and bounds are judged at the post, the translation at completion; the data goes to the page behind the
 * translation, whoever owns it by then.
 */
import { runsEach, runsGet, runsSet } from '../../base/runs.ts';
import type { Slot } from '../model/ids.ts';
import { blockOfPage, isBlock, ptePage, pteWritable } from '../model/ids.ts';
import { editDma, editMr } from '../model/draft.ts';
import type { AccessFlag, Op } from '../model/op.ts';
import { ACCESS_FLAGS } from '../model/op.ts';
import { syncDma } from '../model/program.ts';
import { emptyRuns } from '../../base/runs.ts';
import type { Mr } from '../model/state.ts';
import { NO_DMA, NO_MR } from '../model/state.ts';
import { admitRegistration } from '../policies/pinning.ts';
import { dmaOf, mappingOf, mrOf, pageTag, procOf as procRecord, refcount } from '../query/inodes.ts';
import { pinPage, unpinPage } from './blocks.ts';
import { pteAllows, pteAt } from './faults.ts';
import { finish } from './finish.ts';
import type { Ctx, FrameOf, Handler, Procedure } from './machine.ts';
import { call, dmaFrame, draftOf, emit, faultFrame, go, NO_PAGE, procOf, refused, ret, topFrame } from './machine.ts';
import { gupFrame, writePage } from './mapOps.ts';

type RegOp = Extract<Op, { verb: 'reg_mr' }>;
type PostOp = Extract<Op, { verb: 'rdma_read' | 'rdma_write' | 'post_read' | 'post_write' }>;

const bit = (flag: AccessFlag): number => 1 << ACCESS_FLAGS.indexOf(flag);
const WRITES = bit('local_write') | bit('remote_write') | bit('remote_atomic');
const accessBits = (flags: readonly AccessFlag[]): number => flags.reduce((sum, flag) => sum | bit(flag), 0);

function regOf(f: FrameOf<'op'>): RegOp {
  if (f.op.verb !== 'reg_mr') throw new Error(`registration frame of ${f.op.verb}`);
  return f.op;
}

/** ib_check_mr_access; the mapping and the range. */
export const g1: Handler<'op'> = (c, f) => {
  const op = regOf(f);
  c.label = 'op.g1';
  const map = mappingOf(draftOf(c), op.map);
  const len = op.len ?? map.len - op.off;
  const no = (errno: string, why: string): void => finish(c, f, refused(c, { act: 'refuse', errno, why }));
  const state = mrOf(draftOf(c), op.mr).state;
  if (state === 'live' || state === 'pinning') return no('EEXIST', 'the name is a live MR already');
  if (len <= 0) return no('EINVAL', 'the length is 0');
  const access = accessBits(op.access);
  const record = {
    state: 'pinning', proc: procOf(c), map: op.map, off: op.off, len, inode: map.inode, base: map.off + op.off, access,
    odp: op.access.includes('on_demand'), writable: (access & WRITES) !== 0,
  } as const; // prettier-ignore
  Object.assign(editMr(c.e, op.mr), { ...NO_MR, ...record });
  go(c, 'g2');
};

export const g2: Handler<'op'> = (c, f) => {
  const op = regOf(f);
  const mr = mrOf(draftOf(c), op.mr);
  const map = mappingOf(draftOf(c), op.map);
  const decision = admitRegistration(c.program.option.knobs, {
    onDemand: mr.odp,
    mapped: isBehind(c, mr),
    fsdax: c.program.fs.dax === 'always',
    write: mr.writable,
    vmaWritable: map.writable,
  });
  c.label = 'op.g2';
  if (decision.act === 'refuse') giveUp(c, f, refused(c, decision));
  else go(c, mr.odp ? 'g4' : 'g3', { i: 0 });
};

/** Whether the mapping is still there, the one that the MR was asked for, and as long. */
function isBehind(c: Ctx, mr: Mr): boolean {
  const map = mappingOf(draftOf(c), mr.map);
  return map.live && mr.off + mr.len <= map.len && map.inode === mr.inode && map.off + mr.off === mr.base;
}

/** Pins the next page, after the fault that it needs. */
export const g3: Handler<'op'> = (c, f) => {
  const op = regOf(f);
  const mr = mrOf(draftOf(c), op.mr);
  if (f.i === mr.len) go(c, 'g4');
  else if (!isBehind(c, mr))
    return giveUp(c, f, refused(c, { act: 'refuse', errno: 'EFAULT', why: 'the range was unmapped meanwhile' })); // prettier-ignore
  else call(c, 'g3pin', gupFrame(c, op.map, op.off + f.i, mr.writable));
  return 'again';
};

export const g3pin: Handler<'op'> = (c, f) => {
  const op = regOf(f);
  c.label = 'op.g3';
  if (f.ret !== 'ok') return giveUp(c, f, f.ret);
  const slot = f.i;
  const mr = editMr(c.e, op.mr);
  mr.pins = runsSet(mr.pins, slot, 1, f.page, 1);
  pinPage(c, { type: 'mr', mr: op.mr, slot }, f.page, { inode: mr.inode, index: mr.base + slot, write: mr.writable });
  go(c, 'g3', { i: slot + 1, ret: '' });
};

export const g4: Handler<'op'> = (c, f) => {
  const op = regOf(f);
  c.label = 'op.g4';
  const mr = editMr(c.e, op.mr);
  mr.state = 'live';
  mr.mtt = mr.pins;
  runsEach(mr.mtt, 0, mr.len, (slot, len, page) => emit(c, { type: 'mttSet', mr: op.mr, slot, len, page }));
  emit(c, { type: 'mrState', mr: op.mr, to: 'live' });
  finish(c, f, 'ok');
};

/** reg_mr failed: what was pinned so far is released, and there never was an MR. */
function giveUp(c: Ctx, f: FrameOf<'op'>, errno: string): void {
  const op = regOf(f);
  unpinAll(c, op.mr);
  Object.assign(editMr(c.e, op.mr), NO_MR);
  finish(c, f, errno);
}

function unpinAll(c: Ctx, id: number): void {
  const pinned: [Slot, number][] = [];
  const mr = editMr(c.e, id);
  runsEach(mr.pins, 0, mr.len, (at, len, value, step) => {
    for (let i = 0; i < len; i++) pinned.push([at + i, value + i * step]);
  });
  mr.pins = emptyRuns;
  for (const [slot, page] of pinned) unpinPage(c, { type: 'mr', mr: id, slot }, page);
}

export const deregMr: Handler<'op'> = (c, f) => {
  if (f.op.verb !== 'dereg_mr') return;
  const mr = mrOf(draftOf(c), f.op.mr);
  if (mr.state === 'live' && mr.proc === procOf(c)) {
    call(c, 'return', { fn: 'dereg', pc: 'd1', mr: f.op.mr, ret: '' });
    return 'again';
  }
  const why = mr.state === 'live' ? 'the MR belongs to another process' : 'the MR is destroyed already';
  return finish(c, f, refused(c, { act: 'refuse', errno: 'EINVAL', why }));
};

export const DEREG: Procedure<'dereg'> = {
  d1(c, f) {
    editMr(c.e, f.mr).state = 'revoked';
    emit(c, { type: 'mrState', mr: f.mr, to: 'revoked' });
    go(c, 'drain');
  },
  /** The fence: what is in flight completes first. */
  drain(c, f) {
    const dma = draftOf(c).dmas.findIndex((d) => d.phase === 'posted' && d.mr === f.mr);
    if (dma === -1) go(c, 'd2');
    else call(c, 'drain', dmaFrame('n3', dma));
    return 'again';
  },
  d2(c, f) {
    const mr = editMr(c.e, f.mr);
    mr.state = 'destroyed';
    mr.mtt = emptyRuns;
    unpinAll(c, f.mr);
    emit(c, { type: 'mrState', mr: f.mr, to: 'destroyed' });
    ret(c, 'ok');
  },
};

/** rdma_* posts and completes; post_* posts and leaves the rest to `complete`, a drain, or the checker. */
export const post: Handler<'op'> = (c, f) => {
  const op = f.op;
  if (op.verb !== 'rdma_read' && op.verb !== 'rdma_write' && op.verb !== 'post_read' && op.verb !== 'post_write')
    return;
  const posted = op.verb === 'post_read' || op.verb === 'post_write';
  const dma = 'dma' in op ? op.dma : syncDma(c.program, c.task);
  const kind = op.verb === 'rdma_read' || op.verb === 'post_read' ? 'rdma_read' : 'rdma_write';
  const tag = 'tag' in op ? op.tag : 0;
  const mr = mrOf(draftOf(c), op.mr);
  c.label = 'dma.n1';
  if (dmaOf(draftOf(c), dma).phase === 'posted')
    return finish(c, f, refused(c, { act: 'refuse', errno: 'EEXIST', why: 'the name is in flight already' }));
  const record = { phase: 'posted', kind, proc: procOf(c), mr: op.mr, index: op.index, tag, inode: mr.inode, fileIndex: mr.base + op.index } as const; // prettier-ignore
  Object.assign(editDma(c.e, dma), { ...NO_DMA, ...record });
  emit(c, { type: 'posted', dma, kind, mr: op.mr, slot: op.index });
  return call(c, posted ? 'posted' : 'return', dmaFrame('n2', dma));
};

/** n2 of a post_* is over: the post itself is ok, a NAK shows at completion. */
export const posted: Handler<'op'> = (c, f) => {
  c.label = 'dma.n2';
  finish(c, f, 'ok');
};

export const complete: Handler<'op'> = (c, f) => {
  if (f.op.verb !== 'complete') return;
  const { dma } = f.op;
  const { phase, result } = dmaOf(draftOf(c), dma);
  if (phase === 'posted') {
    call(c, 'return', dmaFrame('n3', dma));
    return 'again';
  }
  editDma(c.e, dma).phase = 'none';
  c.label = 'dma.n5';
  return finish(c, f, result);
};

export const DMA: Procedure<'dma'> = {
  n2(c, f) {
    const dma = dmaOf(draftOf(c), f.dma);
    const why = nakReason(c, dma.mr, dma);
    const op = postOf(c);
    if (why !== undefined) return nak(c, f, why);
    if (op === undefined) return go(c, 'n3');
    ret(c, 'ok');
    return undefined;
  },
  n3(c, f) {
    const dma = dmaOf(draftOf(c), f.dma);
    if (dma.phase !== 'posted') return drained(c, f);
    const mr = mrOf(draftOf(c), dma.mr);
    const page = runsGet(mr.mtt, dma.index);
    if (page !== undefined) {
      Object.assign(editDma(c.e, f.dma), { page, inode: mr.inode, fileIndex: mr.base + dma.index });
      go(c, 'n4');
      return undefined;
    }
    if (!mr.odp || !reachesMapping(c, mr, dma.index)) return nak(c, f, 'fault');
    call(c, 'n3map', faultFrame(mr.writable ? 'store' : 'load', mr.map, mr.off + dma.index));
    return 'again';
  },
  /** ib_umem_odp_map_dma_and_lock: the slot gets what the fault mapped, unless it was zapped again meanwhile. */
  n3map(c, f) {
    const dma = dmaOf(draftOf(c), f.dma);
    const mr = mrOf(draftOf(c), dma.mr);
    if (dma.phase !== 'posted') return drained(c, f);
    if (f.ret !== 'ok') return nak(c, f, 'fault');
    const pte = pteAt(c, mr.map, mr.off + dma.index);
    if (pte !== undefined && pteAllows(pte, mr.writable, pteWritable)) {
      const edited = editMr(c.e, dma.mr);
      edited.mtt = runsSet(edited.mtt, dma.index, 1, ptePage(pte), 1);
      emit(c, { type: 'mttSet', mr: dma.mr, slot: dma.index, len: 1, page: ptePage(pte) });
    }
    c.label = 'dma.n3';
    go(c, 'n3', { ret: '' });
    return undefined;
  },
  n4(c, f) {
    const dma = dmaOf(draftOf(c), f.dma);
    if (dma.phase !== 'posted') return drained(c, f);
    if (dma.page === NO_PAGE) {
      go(c, 'n3');
      return 'again';
    }
    moveData(c, f.dma);
    go(c, 'n5');
    return undefined;
  },
  n5(c, f) {
    const dma = dmaOf(draftOf(c), f.dma);
    if (dma.phase !== 'posted') return drained(c, f);
    const result = dma.kind === 'rdma_read' ? (c.program.tags[dma.tag] ?? '.') : 'ok';
    end(c, f, result);
    return undefined;
  },
};

/** The remote post that runs on this task, if its DMA ends at n2. */
function postOf(c: Ctx): PostOp | undefined {
  const op = draftOf(c).tasks[c.task]?.frames[0];
  if (op?.fn !== 'op') return undefined;
  return op.op.verb === 'post_read' || op.op.verb === 'post_write' ? op.op : undefined;
}

function nakReason(c: Ctx, id: number, dma: { kind: string; index: Slot }): 'key' | 'bounds' | 'access' | undefined {
  const mr = mrOf(draftOf(c), id);
  if (mr.state !== 'live') return 'key';
  if (dma.index >= mr.len) return 'bounds';
  const need = dma.kind === 'rdma_read' ? bit('remote_read') : bit('remote_write');
  return (mr.access & need) === 0 ? 'access' : undefined;
}

function nak(c: Ctx, f: FrameOf<'dma'>, why: 'key' | 'bounds' | 'access' | 'fault'): void {
  const dma = dmaOf(draftOf(c), f.dma);
  emit(c, { type: 'nak', dma: f.dma, mr: dma.mr, slot: dma.index, why });
  c.label = why === 'fault' ? 'dma.n3' : 'dma.n2';
  end(c, f, 'NAK');
}

/** Whether this task's operation takes the result of the DMA; otherwise it waits to be asked for. */
function asksForIt(c: Ctx): boolean {
  const op = draftOf(c).tasks[c.task]?.frames[0];
  return op?.fn === 'op' && (op.op.verb === 'rdma_read' || op.op.verb === 'rdma_write' || op.op.verb === 'complete');
}

function end(c: Ctx, f: FrameOf<'dma'>, result: string): void {
  Object.assign(editDma(c.e, f.dma), { phase: asksForIt(c) ? 'none' : 'done', result });
  emit(c, { type: 'completed', dma: f.dma });
  ret(c, result);
}

/** Somebody else completed it first: a drain, or the NIC by itself. */
function drained(c: Ctx, f: FrameOf<'dma'>): 'again' | undefined {
  if (asksForIt(c)) editDma(c.e, f.dma).phase = 'none';
  ret(c, dmaOf(draftOf(c), f.dma).result);
  return topFrame(c) === undefined ? undefined : 'again';
}

/** Whether a fault of the NIC finds an address space, and a mapping there that reaches as far and may be written. */
function reachesMapping(c: Ctx, mr: Mr, slot: Slot): boolean {
  const map = mappingOf(draftOf(c), mr.map);
  return procRecord(draftOf(c), mr.proc).state === 'running' && map.live && mr.off + slot < map.len && (map.writable || !mr.writable); // prettier-ignore
}

function moveData(c: Ctx, id: number): void {
  const dma = editDma(c.e, id);
  const { page, kind, mr, index, inode, fileIndex } = dma;
  if (kind === 'rdma_read') {
    dma.tag = pageTag(draftOf(c), page);
    emit(c, { type: 'read', page, tag: dma.tag, by: 'rdma' });
  } else {
    writePage(c, page, dma.tag);
    const owners = isBlock(page) ? refcount(draftOf(c).device, blockOfPage(page)) : 1;
    emit(c, { type: 'wrote', page, tag: dma.tag, by: 'rdma', owners });
  }
  emit(c, { type: 'transferred', dma: id, kind, mr, slot: index, page, tag: dma.tag, inode, index: fileIndex });
}

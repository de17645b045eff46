/**
 * Remote operations: n1 post, n2 key, bounds and access, n3 translate, n4 move the data, n5 complete. Key and bounds are
 * judged at the post, the translation at completion; the data goes to the page behind the translation, whoever owns it
 * by then.
 */
import { refuse } from '../policies/decision.ts';
import { runsGet, runsSet } from '../../base/runs.ts';
import type { Slot } from '../model/ids.ts';
import { blockOfPage, isBlock, ptePage, pteWritable } from '../model/ids.ts';
import { editDma, editMr } from '../model/draft.ts';
import type { Op } from '../model/op.ts';
import { syncDma } from '../model/program.ts';
import type { Mr } from '../model/state.ts';
import { NO_DMA } from '../model/state.ts';
import { dmaOf, mappingOf, mrOf, pageTag, procOf as procRecord, refcount } from '../query/inodes.ts';
import { pteAllows, pteAt } from './faults.ts';
import { finish } from './finish.ts';
import type { Ctx, FrameOf, Handler, Procedure } from './machine.ts';
import { call, dmaFrame, draftOf, emit, faultFrame, go, NO_PAGE, procOf, refused, ret, topFrame } from './machine.ts';
import { writePage } from './mapOps.ts';
import { bit } from './mrOps.ts';

type PostOp = Extract<Op, { verb: 'rdma_read' | 'rdma_write' | 'post_read' | 'post_write' }>;

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
    return finish(c, f, refused(c, refuse('EEXIST', 'the name is in flight already', 'name')));
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
    const pte = pteAt(c, mr.map, mr.off + dma.index);
    if (pteAllows(pte, mr.writable, pteWritable)) go(c, 'n3map', { ret: 'ok' });
    else call(c, 'n3map', faultFrame(mr.writable ? 'store' : 'load', mr.map, mr.off + dma.index));
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

/** Short pins: O_DIRECT of another file with the mapped page as its buffer, and vmsplice(2) into a pipe. */
import type { Check } from '../model/check.ts';
import { refuse } from '../policies/decision.ts';
import { blockOfPage, isBlock } from '../model/ids.ts';
import { editDma, editPipe } from '../model/draft.ts';
import type { Op } from '../model/op.ts';
import { NO_DMA } from '../model/state.ts';
import { dmaOf, mappingOf, pageTag, pipeOf, refcount } from '../query/inodes.ts';
import { pinPage, unpinPage } from './blocks.ts';
import { finish } from './finish.ts';
import { gupFrame } from './gup.ts';
import type { Ctx, Handler } from './machine.ts';
import { call, draftOf, emit, go, procOf, refused } from './machine.ts';
import { writePage } from './mapOps.ts';

/** dio_write reads the page, dio_read writes it; vmsplice takes a reference for reading. */
export const pinOne: Handler<'op'> = (c, f) => {
  const { op } = f;
  if (op.verb !== 'dio_write' && op.verb !== 'dio_read' && op.verb !== 'vmsplice') return;
  const map = mappingOf(draftOf(c), op.map);
  const write = op.verb === 'dio_read';
  const no = (errno: string, why: string, check: Check): void => finish(c, f, refused(c, refuse(errno, why, check)));
  if (isTaken(c, op)) return no('EEXIST', 'the name is in flight already', 'name');
  if (!map.live || op.index >= map.len) return no('EFAULT', 'nothing is mapped there', 'mapping');
  if (write && !map.writable) return no('EFAULT', 'the mapping is read-only', 'writable');
  call(c, 'pinned', gupFrame(c, op.map, op.index, write));
  return 'again';
};

type PinOp = Extract<Op, { verb: 'dio_write' | 'dio_read' | 'vmsplice' }>;
const isTaken = (c: Ctx, op: PinOp): boolean =>
  op.verb === 'vmsplice' ? pipeOf(draftOf(c), op.pipe).phase === 'full' : dmaOf(draftOf(c), op.dma).phase === 'posted';

export const pinned: Handler<'op'> = (c, f) => {
  const { op } = f;
  if (op.verb !== 'dio_write' && op.verb !== 'dio_read' && op.verb !== 'vmsplice') return;
  c.label = op.verb === 'vmsplice' ? 'op.vmsplice' : 'op.dioPin';
  if (f.ret !== 'ok') return finish(c, f, f.ret);
  if (isTaken(c, op)) return finish(c, f, refused(c, refuse('EEXIST', 'the name was taken meanwhile', 'name'))); // prettier-ignore
  const { inode, off } = mappingOf(draftOf(c), op.map);
  const via = { inode, index: off + op.index, write: op.verb === 'dio_read' };
  const where = { proc: procOf(c), page: f.page, inode, fileIndex: via.index };
  if (op.verb === 'vmsplice') {
    Object.assign(editPipe(c.e, op.pipe), { phase: 'full', ...where });
    pinPage(c, { type: 'pipe', pipe: op.pipe }, f.page, via);
    emit(c, { type: 'pipeFilled', pipe: op.pipe });
    return finish(c, f, 'ok');
  }
  const tag = op.verb === 'dio_read' ? op.tag : 0;
  Object.assign(editDma(c.e, op.dma), { ...NO_DMA, phase: 'posted', kind: op.verb, index: op.index, tag, ...where });
  pinPage(c, { type: 'dma', dma: op.dma }, f.page, via);
  go(c, 'submit');
};

export const submit: Handler<'op'> = (c, f) => {
  const { op } = f;
  if (op.verb !== 'dio_write' && op.verb !== 'dio_read') return;
  c.label = 'op.dioSubmit';
  const { page } = dmaOf(draftOf(c), op.dma);
  emit(c, { type: 'posted', dma: op.dma, kind: op.verb, mr: -1, slot: Number(op.index), page });
  finish(c, f, 'ok');
};

export const dioEnd: Handler<'op'> = (c, f) => {
  if (f.op.verb !== 'dio_end') return;
  c.label = 'dma.dioEnd';
  const kind = dmaOf(draftOf(c), f.op.dma).kind;
  const tag = endDio(c, f.op.dma);
  finish(c, f, kind === 'dio_write' ? (c.program.tags[tag] ?? '.') : 'ok');
};

/** The transfer, then the unpin. Returns the tag that moved. */
export function endDio(c: Ctx, id: number): number {
  const dma = editDma(c.e, id);
  const { page, kind, index, inode, fileIndex } = dma;
  if (kind === 'dio_read') {
    writePage(c, page, dma.tag);
    const owners = isBlock(page) ? refcount(draftOf(c).device, blockOfPage(page)) : 1;
    emit(c, { type: 'wrote', page, tag: dma.tag, by: 'dio', owners });
  } else {
    dma.tag = pageTag(draftOf(c), page);
    emit(c, { type: 'read', page, tag: dma.tag, by: 'dio' });
  }
  const { tag } = dma;
  emit(c, { type: 'transferred', dma: id, kind, mr: -1, slot: index, page, tag, inode, index: fileIndex });
  dma.phase = 'none';
  emit(c, { type: 'completed', dma: id });
  unpinPage(c, { type: 'dma', dma: id }, page);
  return tag;
}

export const peek: Handler<'op'> = (c, f) => {
  if (f.op.verb !== 'peek' && f.op.verb !== 'pipe_read') return;
  const { pipe, verb } = f.op;
  c.label = verb === 'peek' ? 'pipe.peek' : 'pipe.read';
  const record = pipeOf(draftOf(c), pipe);
  if (record.phase !== 'full') return finish(c, f, 'EOF');
  const tag = pageTag(draftOf(c), record.page);
  emit(c, { type: 'read', page: record.page, tag, by: 'pipe' });
  if (verb === 'pipe_read') drainPipe(c, pipe);
  finish(c, f, c.program.tags[tag] ?? '.');
};

export function drainPipe(c: Ctx, pipe: number): void {
  const { page } = editPipe(c.e, pipe);
  editPipe(c.e, pipe).phase = 'drained';
  emit(c, { type: 'pipeDrained', pipe });
  unpinPage(c, { type: 'pipe', pipe }, page);
}

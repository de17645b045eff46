/** Operations and running frames as integers. At operation grain only sleepers have frames, so nothing here is hot. */
import { assertNever } from '../base/assert.ts';
import type { Frame } from './model/frame.ts';
import type { AccessFlag, Op } from './model/op.ts';
import { ACCESS_FLAGS, ADVICES, FALLOCATE_MODES, FILE_FLAGS, LEASE_KINDS, MAP_SOURCES, VERBS } from './model/op.ts';
import type { Pen } from './packing.ts';
import { put, putBit, putBlock, putInode, putPage, putWord } from './packing.ts';

export function putFrame(pen: Pen, frame: Frame): void {
  putWord(pen, frame.fn);
  putWord(pen, frame.pc);
  putWord(pen, frame.ret);
  putRegisters(pen, frame);
}

function putRegisters(pen: Pen, frame: Frame): void {
  switch (frame.fn) {
    case 'op':
      putOp(pen, frame.op);
      put(pen, frame.i);
      putPage(pen, frame.page);
      return putWord(pen, frame.result);
    case 'load':
    case 'store':
      putAll(pen, [frame.map, frame.vpage]);
      putBlock(pen, frame.x);
      return putBlock(pen, frame.y);
    case 'gup':
      putAll(pen, [frame.map, frame.vpage]);
      putBit(pen, frame.write);
      return putBit(pen, frame.unshare);
    case 'layout':
    case 'pread':
      putInode(pen, frame.inode);
      return putOp(pen, frame.op);
    case 'reflink':
      putBit(pen, frame.dedupe);
      putInode(pen, frame.src);
      putInode(pen, frame.dst);
      return putAll(pen, [frame.srcOff, frame.dstOff, frame.len]);
    case 'pwrite':
      putInode(pen, frame.inode);
      putOp(pen, frame.op);
      putBlock(pen, frame.x);
      return putBlock(pen, frame.y);
    case 'evict':
      return putInode(pen, frame.inode);
    case 'dma':
      return put(pen, frame.dma);
    case 'dereg':
      putBit(pen, frame.fence);
      return put(pen, frame.mr);
    case 'exit':
      return put(pen, frame.proc);
    default:
      return assertNever(frame);
  }
}

function putAll(pen: Pen, values: readonly number[]): void {
  for (const value of values) put(pen, value);
}

const VERB_NUMBER: ReadonlyMap<string, number> = new Map(VERBS.map((verb, number) => [verb, number]));

function putOp(pen: Pen, op: Op): void {
  put(pen, VERB_NUMBER.get(op.verb) ?? -1);
  putAll(pen, argumentsOf(op));
}

const NONE = -1;

const accessBits = (flags: readonly AccessFlag[]): number =>
  flags.reduce((sum, flag) => sum | (1 << ACCESS_FLAGS.indexOf(flag)), 0);

/** The arguments by place; as many as the verb has. */
function argumentsOf(op: Op): readonly number[] {
  switch (op.verb) {
    case 'mmap':
      return [op.map, MAP_SOURCES.indexOf(op.source), op.file, op.off, op.len ?? NONE, (op.writable ? 1 : 0) + (op.sync ? 2 : 0) + (op.private ? 4 : 0)]; // prettier-ignore
    case 'munmap':
      return [op.map];
    case 'load':
      return [op.map, op.index];
    case 'store':
      return [op.map, op.index, op.tag];
    case 'pread':
      return [op.file, op.index];
    case 'pwrite':
    case 'pwrite_direct':
      return [op.file, op.index, op.tag];
    case 'ftruncate':
      return [op.file, op.size];
    case 'fallocate':
      return [op.file, FALLOCATE_MODES.indexOf(op.mode), op.off, op.len];
    case 'reflink':
    case 'dedupe':
      return [op.src, op.dst, op.range?.srcOff ?? NONE, op.range?.dstOff ?? NONE, op.range?.len ?? NONE];
    case 'create':
    case 'unlink':
    case 'open':
    case 'close':
    case 'fsync':
      return [op.file];
    case 'sync':
    case 'exit':
    case 'wait':
      return [];
    case 'kill':
    case 'signal':
    case 'share_uverbs':
      return [op.actor];
    case 'fork':
      return [op.child];
    case 'msync':
      return [op.map];
    case 'madvise':
      return [op.map, ADVICES.indexOf(op.advice), op.off, op.len];
    case 'setlease':
      return [op.file, LEASE_KINDS.indexOf(op.kind)];
    case 'unlease':
      return [op.file];
    case 'set':
      return [op.file, FILE_FLAGS.indexOf(op.flag)];
    default:
      return rdmaArguments(op);
  }
}

type FileVerb =
  | 'mmap'
  | 'munmap'
  | 'load'
  | 'store'
  | 'pread'
  | 'pwrite'
  | 'pwrite_direct'
  | 'ftruncate'
  | 'fallocate'
  | 'reflink'
  | 'dedupe'
  | 'msync'
  | 'madvise';
type PlainVerb =
  | 'create'
  | 'unlink'
  | 'open'
  | 'close'
  | 'fsync'
  | 'sync'
  | 'exit'
  | 'wait'
  | 'kill'
  | 'signal'
  | 'share_uverbs'
  | 'fork'
  | 'setlease'
  | 'unlease'
  | 'set';

function rdmaArguments(op: Exclude<Op, { verb: FileVerb | PlainVerb }>): readonly number[] {
  switch (op.verb) {
    case 'reg_mr':
      return [op.mr, op.map, op.off, op.len ?? NONE, accessBits(op.access)];
    case 'rereg_mr':
      return [op.mr, accessBits(op.access)];
    case 'dereg_mr':
      return [op.mr];
    case 'rdma_read':
      return [op.mr, op.index];
    case 'rdma_write':
      return [op.mr, op.index, op.tag];
    case 'post_read':
      return [op.dma, op.mr, op.index];
    case 'post_write':
      return [op.dma, op.mr, op.index, op.tag];
    case 'complete':
    case 'dio_end':
      return [op.dma];
    case 'dio_write':
      return [op.dma, op.map, op.index];
    case 'dio_read':
      return [op.dma, op.map, op.index, op.tag];
    case 'vmsplice':
      return [op.pipe, op.map, op.index];
    case 'peek':
    case 'pipe_read':
      return [op.pipe];
    default:
      return assertNever(op);
  }
}

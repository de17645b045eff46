/** The verbs, and every procedure by name: where a new operation is entered. */
import type { Verb } from '../model/op.ts';
import { madvise, msync } from './adviceOps.ts';
import { close, create, fsync, open, openForVerb, sync, unlink } from './fileOps.ts';
import { dioEnd, peek, pinned, pinOne, submit } from './dioOps.ts';
import { EVICT } from './evictOps.ts';
import { LOAD, STORE } from './faults.ts';
import { finish } from './finish.ts';
import { fork, shareUverbs } from './forkOps.ts';
import { GUP } from './gup.ts';
import { LAYOUT } from './layoutOps.ts';
import { setFlag, setLease, unlease } from './leaseOps.ts';
import type { Ctx, FrameOf, Handler, Procedure, Procedures } from './machine.ts';
import { call, draftOf, NO_BLOCK } from './machine.ts';
import { access, faulted, mmap, munmap } from './mapOps.ts';
import { deregMr, DEREG, g1, g2, g3, g3pin, g4, reregMr } from './mrOps.ts';
import { exit, EXIT, isGone, kill, signal } from './processOps.ts';
import { complete, DMA, post, posted } from './rdmaOps.ts';
import { clone, REFLINK } from './reflinkOps.ts';
import { PREAD, PWRITE } from './rwOps.ts';
import { isUnborn, isVoid } from '../query/offers.ts';

const layout: Handler<'op'> = (c, f) => {
  if (f.op.verb !== 'ftruncate' && f.op.verb !== 'fallocate') return undefined;
  const inode = openForVerb(c, f, f.op.file);
  if (inode === undefined) return undefined;
  call(c, 'return', { fn: 'layout', pc: 'start', inode, op: f.op, ret: '' });
  return 'again';
};

const pread: Handler<'op'> = (c, f) => {
  if (f.op.verb !== 'pread') return undefined;
  const inode = openForVerb(c, f, f.op.file);
  if (inode === undefined) return undefined;
  call(c, 'return', { fn: 'pread', pc: 'start', inode, op: f.op, ret: '' });
  return 'again';
};

const pwrite: Handler<'op'> = (c, f) => {
  if (f.op.verb !== 'pwrite' && f.op.verb !== 'pwrite_direct') return undefined;
  const inode = openForVerb(c, f, f.op.file);
  if (inode === undefined) return undefined;
  call(c, 'return', { fn: 'pwrite', pc: 'start', inode, op: f.op, x: NO_BLOCK, y: NO_BLOCK, ret: '' });
  return 'again';
};

const wait: Handler<'op'> = (c, f) => finish(c, f, 'ok');

const VERB_HANDLERS: { readonly [V in Verb]: Handler<'op'> } = {
  mmap, munmap, load: access, store: access, pread, pwrite, pwrite_direct: pwrite, ftruncate: layout, fallocate: layout, reflink: clone,
  dedupe: clone, create, unlink, setlease: setLease, unlease, set: setFlag,
  open, close, fsync, sync, msync, madvise, fork, exit, kill, signal, share_uverbs: shareUverbs, reg_mr: g1,
  rereg_mr: reregMr, dereg_mr: deregMr, rdma_read: post, rdma_write: post,
  post_read: post, post_write: post, complete, dio_write: pinOne, dio_read: pinOne, dio_end: dioEnd, vmsplice: pinOne,
  peek, pipe_read: peek, wait,
}; // prettier-ignore

const OP: Procedure<'op'> = {
  start(c, f) {
    c.label = `op.${f.op.verb}`;
    if (isGone(c)) return nothing(c, f, 'gone');
    if (isVoid(c.program, draftOf(c), f.op) || isUnborn(c.program, draftOf(c), c.task)) return nothing(c, f, 'void');
    const result = VERB_HANDLERS[f.op.verb](c, f);
    if (result === 'again') c.label = '';
    return result;
  },
  access,
  faulted,
  g2,
  g3,
  g3pin,
  g4,
  pinned,
  submit,
  posted,
  /** The called procedure's result is the verb's. */
  return: (c, f) => finish(c, f, f.ret),
  reap: (c, f) => finish(c, f, f.result),
};

function nothing(c: Ctx, f: FrameOf<'op'>, why: 'gone' | 'void'): undefined {
  c.events.push({ type: why });
  c.label = `op.${why}`;
  finish(c, f, why);
}

export const PROCEDURES: Procedures = {
  op: OP,
  load: LOAD,
  store: STORE,
  gup: GUP,
  layout: LAYOUT,
  reflink: REFLINK,
  pwrite: PWRITE,
  pread: PREAD,
  evict: EVICT,
  dma: DMA,
  dereg: DEREG,
  exit: EXIT,
};

/** Places of `op` that end the verb within the micro-step that came back to them. */
export const TAIL: ReadonlySet<string> = new Set(['return', 'reap', 'posted']);

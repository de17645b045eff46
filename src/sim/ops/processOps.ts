/**
 * kill(2), exit(2), signals: do_exit. All threads end first; then exit_mm (PTEs, ODP notifiers), then the files: the
 * last close of a uverbs handle destroys the MRs (revoke, drain, unpin), then inodes without references are evicted.
 */
import type { ProcId } from '../model/ids.ts';
import { editProc, editTask } from '../model/draft.ts';
import { procOf as procRecord, taskOf } from '../query/inodes.ts';
import { isAsleep, isDying, isInterruptible, procOfTask } from '../query/waits.ts';
import { drainPipe, endDio } from './dioOps.ts';
import { finish, nextToEvict, sendKill } from './finish.ts';
import { giveUpLeases } from './leaseOps.ts';
import type { Ctx, Handler, Procedure } from './machine.ts';
import { call, deregFrame, draftOf, emit, go, procOf, push, ret, sleepOn } from './machine.ts';
import { unmap } from './mapOps.ts';

export const kill: Handler<'op'> = (c, f) => {
  if (f.op.verb !== 'kill') return;
  const proc = procOfTask(c.program, f.op.actor);
  const running = proc !== undefined && procRecord(draftOf(c), proc).state === 'running';
  if (running && proc === procOf(c)) {
    emit(c, { type: 'killed', proc });
    return die(c, 'killed');
  }
  if (running) sendKill(c, proc);
  finish(c, f, 'ok');
  return undefined;
};

export const signal: Handler<'op'> = (c, f) => {
  if (f.op.verb !== 'signal') return;
  const target = taskOf(draftOf(c), f.op.actor);
  const effect =
    !isAsleep(target) || isDying(c.program, draftOf(c), f.op.actor)
      ? 'nothing'
      : isInterruptible(target.wait)
        ? 'ends-wait'
        : 'pending';
  if (effect !== 'nothing') editTask(c.e, f.op.actor).signal = true;
  emit(c, { type: 'signalled', task: f.op.actor, effect });
  finish(c, f, 'ok');
};

export const exit: Handler<'op'> = (c) => die(c, 'exited');

/** The caller's own process ends, by this very task. */
function die(c: Ctx, fate: 'exited' | 'killed'): 'again' {
  const proc = procOf(c);
  Object.assign(editProc(c.e, proc), { state: 'dying', fate });
  go(c, 'return');
  push(c, { fn: 'exit', pc: 'threads', proc, ret: '' });
  return 'again';
}

export const EXIT: Procedure<'exit'> = {
  threads(c, f) {
    const others = c.program.actors.some((a, t) => t !== c.task && a.type === 'thread' && a.proc === f.proc && taskOf(draftOf(c), t).frames.length > 0); // prettier-ignore
    if (others) return sleepOn(c, { type: 'threads', proc: f.proc });
    go(c, 'mm');
  },
  mm(c, f) {
    draftOf(c).maps.forEach((map, id) => {
      if (map.live && c.program.maps[id]?.proc === f.proc) unmap(c, id);
    });
    go(c, 'mrs');
  },
  /** The last close of a uverbs handle destroys its MRs, one after the other; one that others hold is only let go. */
  mrs(c, f) {
    const mr = draftOf(c).mrs.findIndex((m) => (m.state === 'live' || m.state === 'revoked') && isLastHolder(c, f.proc, m.handle)); // prettier-ignore
    if (mr === -1) {
      if (procRecord(draftOf(c), f.proc).handles.length > 0) editProc(c.e, f.proc).handles = [];
      go(c, 'files');
    } else call(c, 'mrs', deregFrame(mr, false));
    return 'again';
  },
  /** A thread in O_DIRECT ends only when its I/O did; pipes close; open files close. */
  files(c, f) {
    draftOf(c).dmas.forEach((dma, id) => {
      if (dma.phase === 'posted' && dma.proc === f.proc && dma.kind.startsWith('dio')) endDio(c, id);
    });
    draftOf(c).pipes.forEach((pipe, id) => {
      if (pipe.phase === 'full' && pipe.proc === f.proc) drainPipe(c, id);
    });
    editProc(c.e, f.proc).opens = [];
    giveUpLeases(c, f.proc);
    go(c, 'evict');
  },
  evict(c, f) {
    const inode = nextToEvict(c);
    if (inode !== undefined) {
      call(c, 'evict', { fn: 'evict', pc: 'wait', inode, ret: '' });
      return 'again';
    }
    const proc = editProc(c.e, f.proc);
    proc.state = proc.fate;
    if (proc.fate === 'exited') emit(c, { type: 'exited', proc: f.proc });
    ret(c, 'ok');
    return undefined;
  },
};

const isLastHolder = (c: Ctx, proc: ProcId, handle: ProcId): boolean =>
  draftOf(c).procs.every(({ handles }, id) => handles.includes(handle) === (id === proc));

/** Dead or dying; whoever has not been forked yet is neither. */
export const isGone = (c: Ctx): boolean => {
  const proc = procOf(c);
  if (proc < 0) return false;
  const { state } = procRecord(draftOf(c), proc);
  return state !== 'running' && state !== 'unborn';
};

/**
 * ibv_reg_mr(3): g1 access, g2 admission, g3 pin page by page, g4 write the MTT. ibv_rereg_mr(3). ibv_dereg_mr(3): d1
 * revoke the key and drain, d2 unpin.
 */
import type { Check } from '../model/check.ts';
import { emptyRuns, runsEach, runsSet } from '../../base/runs.ts';
import type { MrId, Slot } from '../model/ids.ts';
import { NO_INODE } from '../model/ids.ts';
import { editMr } from '../model/draft.ts';
import type { AccessFlag, Op } from '../model/op.ts';
import { ACCESS_FLAGS } from '../model/op.ts';
import type { Mapping, Mr } from '../model/state.ts';
import { NO_MR } from '../model/state.ts';
import type { Decision } from '../policies/decision.ts';
import { PROCEED, refuse } from '../policies/decision.ts';
import type { Memory } from '../policies/pinning.ts';
import { admitRegistration } from '../policies/pinning.ts';
import { inodeOf, isWrittenAndUnshared, mappingOf, mrOf, procOf as procRecord } from '../query/inodes.ts';
import { pinPage, unpinPage } from './blocks.ts';
import { finish } from './finish.ts';
import { gupFrame, isFastPinnable } from './gup.ts';
import type { Ctx, FrameOf, Handler, Procedure } from './machine.ts';
import { call, deregFrame, dmaFrame, draftOf, emit, go, procOf, refused, ret } from './machine.ts';
import { invalidateSlots } from './pageTables.ts';

type RegOp = Extract<Op, { verb: 'reg_mr' }>;

export const bit = (flag: AccessFlag): number => 1 << ACCESS_FLAGS.indexOf(flag);
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
  const no = (errno: string, why: string, check: Check): void => finish(c, f, refused(c, refuse(errno, why, check)));
  const state = mrOf(draftOf(c), op.mr).state;
  if (state === 'live' || state === 'pinning') return no('EEXIST', 'the name is a live MR already', 'name');
  if (len <= 0) return no('EINVAL', 'the length is 0', 'arguments');
  const access = accessBits(op.access);
  const proc = procOf(c);
  const record = {
    state: 'pinning', proc, handle: procRecord(draftOf(c), proc).handle, map: op.map, off: op.off, len, inode: map.inode, base: map.off + op.off, access,
    odp: op.access.includes('on_demand'), writable: (access & WRITES) !== 0,
  } as const; // prettier-ignore
  Object.assign(editMr(c.e, op.mr), { ...NO_MR, ...record });
  go(c, 'g2');
};

export const g2: Handler<'op'> = (c, f) => {
  const op = regOf(f);
  const mr = mrOf(draftOf(c), op.mr);
  const decision = isBehind(c, mr) && !mr.odp && isFast(c, mr, 0, mr.len) ? admitFast(c) : admit(c, mr);
  c.label = 'op.g2';
  if (decision.act === 'refuse') giveUp(c, f, refused(c, decision));
  else go(c, mr.odp ? 'g4' : 'g3', { i: 0 });
};

/** ib_umem_get: 6.1 asks with write for every MR, and forces it where the MR itself needs none. */
const pinsWithWrite = (c: Ctx, mr: Mr): boolean => mr.writable || c.kernel.pinsForceWrite;

function isFast(c: Ctx, mr: Mr, from: Slot, to: Slot): boolean {
  for (let slot = from; slot < to; slot++)
    if (!isFastPinnable(c, mr.map, mr.off + slot, pinsWithWrite(c, mr))) return false;
  return true;
}

/** All pages are anonymous and there: gup_fast asks no VMA. */
const admitFast = (c: Ctx): Decision => admitRegistration(c.program.option.knobs, c.kernel, FAST);
const FAST = { onDemand: false, mapped: true, memory: 'anon', private: true, write: false, forced: false, vmaWritable: true, leased: false, isSettled: () => false } as const; // prettier-ignore

function admit(c: Ctx, mr: Mr): Decision {
  const map = mappingOf(draftOf(c), mr.map);
  const file = map.inode === NO_INODE ? undefined : inodeOf(draftOf(c), map.inode);
  return admitRegistration(c.program.option.knobs, c.kernel, {
    onDemand: mr.odp,
    mapped: isBehind(c, mr),
    memory: memoryBehind(c, map),
    private: map.private,
    write: pinsWithWrite(c, mr),
    forced: !mr.writable,
    vmaWritable: map.writable,
    leased: file?.leases.some((lease) => lease.proc === mr.proc) === true,
    isSettled: () => file !== undefined && file.flag !== 'none' && isWrittenAndUnshared(draftOf(c), file),
  });
}

function memoryBehind(c: Ctx, { source }: Mapping): Memory {
  if (source !== 'file') return source === 'anon' ? 'anon' : 'shmem';
  if (c.program.fs.type === 'device-dax') return 'device-dax';
  return c.program.fs.dax === 'always' ? 'fsdax' : 'cache';
}

/** Whether the mapping is still there, the one that the MR was asked for, and as long. */
function isBehind(c: Ctx, mr: Mr): boolean {
  const map = mappingOf(draftOf(c), mr.map);
  return map.live && mr.off + mr.len <= map.len && map.inode === mr.inode && map.off + mr.off === mr.base;
}

/** Pins the next page, after the fault that it needs. A page of a private mapping that gup_fast lost meets the VMA's rules. */
export const g3: Handler<'op'> = (c, f) => {
  const op = regOf(f);
  const mr = mrOf(draftOf(c), op.mr);
  if (mr.state !== 'pinning') return giveUp(c, f, fencedMeanwhile(c));
  c.label = 'op.g3';
  if (mr.state !== 'pinning')
    return giveUp(c, f, refused(c, refuse('EFAULT', 'its pins were taken away meanwhile', 'faults')));
  if (f.i === mr.len) {
    go(c, 'g4');
    return 'again';
  }
  if (!isBehind(c, mr)) return giveUp(c, f, refused(c, refuse('EFAULT', 'the range was unmapped meanwhile', 'faults')));
  const decision = mappingOf(draftOf(c), mr.map).private && !isFast(c, mr, f.i, f.i + 1) ? admit(c, mr) : PROCEED;
  if (decision.act === 'refuse') return giveUp(c, f, refused(c, decision));
  call(c, 'g3pin', gupFrame(c, op.map, op.off + f.i, pinsWithWrite(c, mr)));
  return 'again';
};

export const g3pin: Handler<'op'> = (c, f) => {
  const op = regOf(f);
  c.label = 'op.g3';
  if (f.ret !== 'ok') return giveUp(c, f, f.ret);
  if (mrOf(draftOf(c), op.mr).state !== 'pinning') return giveUp(c, f, fencedMeanwhile(c));
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

/** What it had pinned so far stood in the way of an operation, and the option let that go on. */
const fencedMeanwhile = (c: Ctx): string =>
  refused(c, refuse('EFAULT', 'the pages were taken back while they were pinned', 'faults'));

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

/** Whoever holds the uverbs handle may speak of its MRs. */
function holdsHandle(c: Ctx, mr: Mr): boolean {
  return procRecord(draftOf(c), procOf(c)).handles.includes(mr.handle);
}

/** Live, or fenced by an option; and nobody is destroying it. */
function isThere(c: Ctx, id: MrId): boolean {
  const { state } = mrOf(draftOf(c), id);
  const goes = draftOf(c).tasks.some(({ frames }) => frames.some((g) => g.fn === 'dereg' && g.mr === id && !g.fence));
  return (state === 'live' || state === 'revoked') && !goes;
}

function mrRefused(c: Ctx, id: MrId): string {
  const isForeign = !holdsHandle(c, mrOf(draftOf(c), id));
  return refused(
    c,
    refuse('EINVAL', isForeign ? 'the MR belongs to another uverbs handle' : 'the MR is gone already', 'handle'),
  );
}

/** IB_MR_REREG_ACCESS: the pages stay as they were pinned. On demand, slots that may be written to are faulted anew. */
export const reregMr: Handler<'op'> = (c, f) => {
  if (f.op.verb !== 'rereg_mr') return;
  const mr = mrOf(draftOf(c), f.op.mr);
  if (mr.state !== 'live' || !holdsHandle(c, mr)) return finish(c, f, mrRefused(c, f.op.mr));
  const onDemand = mr.access & bit('on_demand');
  const access = (accessBits(f.op.access) & ~bit('on_demand')) | onDemand;
  const writable = (access & WRITES) !== 0;
  if (writable && !mr.writable && !mr.odp && c.kernel.reregChecksWrite)
    return finish(c, f, refused(c, refuse('EACCES', 'the pages are pinned read-only', 'access')));
  editMr(c.e, f.op.mr).access = access;
  emit(c, { type: 'reregistered', mr: f.op.mr, access });
  if (mr.odp && writable !== mr.writable) {
    editMr(c.e, f.op.mr).writable = writable;
    if (writable) invalidateSlots(c, f.op.mr, 0, mr.len);
  }
  finish(c, f, 'ok');
};

export const deregMr: Handler<'op'> = (c, f) => {
  if (f.op.verb !== 'dereg_mr') return;
  const mr = mrOf(draftOf(c), f.op.mr);
  if (!isThere(c, f.op.mr) || !holdsHandle(c, mr)) return finish(c, f, mrRefused(c, f.op.mr));
  call(c, 'return', deregFrame(f.op.mr, false));
  return 'again';
};

export const DEREG: Procedure<'dereg'> = {
  d1(c, f) {
    const { state } = mrOf(draftOf(c), f.mr);
    if (state === 'none' || state === 'destroyed') return ret(c, 'ok');
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
  /** Somebody else may have destroyed it by now. */
  d2(c, f) {
    const mr = editMr(c.e, f.mr);
    if (mr.state !== 'revoked') return ret(c, 'ok');
    mr.mtt = emptyRuns;
    unpinAll(c, f.mr);
    if (!f.fence) {
      mr.state = 'destroyed';
      emit(c, { type: 'mrState', mr: f.mr, to: 'destroyed' });
    }
    ret(c, 'ok');
  },
};

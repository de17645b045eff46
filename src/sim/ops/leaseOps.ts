/**
 * Layout leases as the proposals have them (fcntl(2) F_SETLEASE, generic_add_lease, __break_lease), and the flag of a
 * file (`set`). Leases are met before any lock: whoever waits for one holds nothing.
 */
import { refuse } from '../policies/decision.ts';
import type { InodeId, ProcId } from '../model/ids.ts';
import { editInode } from '../model/draft.ts';
import type { Lease } from '../model/state.ts';
import { NO_INODE_RECORD } from '../model/state.ts';
import { flagAllowed, leaseAllowed, onForeignLease } from '../policies/guards.ts';
import { inodeOf } from '../query/inodes.ts';
import { openForVerb } from './fileOps.ts';
import { finish } from './finish.ts';
import type { Ctx, Handler } from './machine.ts';
import { draftOf, emit, go, procOf, refused, ret, signalPending, sleepOn } from './machine.ts';

/** Somebody of another process sleeps until `proc` gives up its lease. */
function isWaitedFor(c: Ctx, inode: InodeId, proc: ProcId): boolean {
  return draftOf(c).tasks.some(({ wait }) => wait.type === 'lease' && wait.inode === inode && wait.proc !== proc);
}

/** A lease is breaking exactly while somebody waits for it. */
function markBreaking(c: Ctx, inode: InodeId): void {
  const { leases } = inodeOf(draftOf(c), inode);
  const now = leases.map((lease) => {
    const breaking = isWaitedFor(c, inode, lease.proc);
    if (breaking && !lease.breaking) emit(c, { type: 'leaseBreaking', inode, proc: lease.proc, kind: lease.kind });
    return breaking === lease.breaking ? lease : { ...lease, breaking };
  });
  if (now.some((lease, i) => lease !== leases[i])) editInode(c.e, inode).leases = now;
}

function dropLeases(c: Ctx, inode: InodeId, type: 'leaseGivenUp' | 'leaseRemoved', which: (lease: Lease) => boolean): void {
  const { leases } = inodeOf(draftOf(c), inode);
  const gone = leases.filter(which);
  if (gone.length === 0) return;
  editInode(c.e, inode).leases = leases.filter((lease) => !which(lease));
  for (const { proc, kind } of gone) emit(c, { type, inode, proc, kind });
} // prettier-ignore

/**
 * A write, a layout operation or a clone meets the leases of its files. `ahead`: where the procedure goes without any
 * foreign one; `woken`: where it goes on after a sleep.
 */
export function meetLease(
  c: Ctx,
  inodes: readonly InodeId[],
  to: { ahead: string; woken: string },
): 'again' | undefined {
  const proc = procOf(c);
  for (const inode of inodes) {
    const decision = onForeignLease(c.program.option.knobs, inodeOf(draftOf(c), inode).leases, proc);
    if (decision.act === 'proceed') continue;
    c.label = `${c.ran}.lease`;
    if (decision.act === 'refuse') ret(c, refused(c, decision));
    else if (signalPending(c)) ret(c, 'EINTR');
    else {
      go(c, to.woken);
      sleepOn(c, { type: 'lease', inode, proc });
      markBreaking(c, inode);
    }
    return undefined;
  }
  go(c, to.ahead);
  return 'again';
}

/** After the sleep: `again` is where leases are met. */
export function leaseEnded(c: Ctx, inodes: readonly InodeId[], again: string): 'again' | undefined {
  for (const inode of inodes) markBreaking(c, inode);
  if (!c.interrupted) {
    go(c, again);
    return 'again';
  }
  c.label = `${c.ran}.lease`;
  ret(c, 'EINTR');
  return undefined;
}

export const setLease: Handler<'op'> = (c, f) => {
  if (f.op.verb !== 'setlease') return;
  const { kind } = f.op;
  const inode = openForVerb(c, f, f.op.file);
  if (inode === undefined) return;
  const proc = procOf(c);
  const { leases } = inodeOf(draftOf(c), inode);
  const decision = leaseAllowed(leases, proc, kind);
  if (decision.act === 'refuse') return finish(c, f, refused(c, decision));
  const own = leases.find((lease) => lease.proc === proc);
  const lease = { proc, kind, breaking: false };
  if (own === undefined) editInode(c.e, inode).leases = [...leases, lease];
  else if (own.kind !== kind) editInode(c.e, inode).leases = leases.map((l) => (l === own ? { ...own, kind } : l));
  emit(c, { type: 'leaseSet', inode, proc, kind });
  markBreaking(c, inode);
  finish(c, f, 'ok');
};

export const unlease: Handler<'op'> = (c, f) => {
  if (f.op.verb !== 'unlease') return;
  const inode = openForVerb(c, f, f.op.file);
  if (inode === undefined) return;
  const proc = procOf(c);
  if (!inodeOf(draftOf(c), inode).leases.some((lease) => lease.proc === proc))
    return finish(c, f, refused(c, refuse('EAGAIN', 'this process has no lease on the file', 'leases')));
  dropLeases(c, inode, 'leaseGivenUp', (lease) => lease.proc === proc);
  finish(c, f, 'ok');
};

/** The files of a process close: its leases go with them. */
export function giveUpLeases(c: Ctx, proc: ProcId): void {
  draftOf(c).inodes.forEach((inode, id) => {
    if (inode.live) dropLeases(c, id, 'leaseGivenUp', (lease) => lease.proc === proc);
  });
}

/** The grace period of a recall is over: what was not given up is taken away. */
export function endGrace(c: Ctx, inode: InodeId): void {
  dropLeases(c, inode, 'leaseRemoved', (lease) => lease.breaking);
}

export const setFlag: Handler<'op'> = (c, f) => {
  if (f.op.verb !== 'set') return;
  const { flag } = f.op;
  const inode = openForVerb(c, f, f.op.file);
  if (inode === undefined) return;
  const decision = flagAllowed(c.program.option.knobs);
  if (decision.act === 'refuse') return finish(c, f, refused(c, decision));
  const flaggedBy = flag === 'none' ? NO_INODE_RECORD.flaggedBy : procOf(c);
  Object.assign(editInode(c.e, inode), { flag, flaggedBy });
  emit(c, { type: 'flagSet', inode, flag });
  finish(c, f, 'ok');
};

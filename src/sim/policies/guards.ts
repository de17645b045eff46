/** What guards a file: its leases (layout.lease) and its flag (file.immutable). Who may set them, whom they stop. */
import type { ProcId } from '../model/ids.ts';
import type { Knobs } from '../model/knobs.ts';
import type { LeaseKind } from '../model/op.ts';
import type { FsType } from '../model/program.ts';
import type { Inode, Lease } from '../model/state.ts';
import type { Decision } from './decision.ts';
import { PROCEED, refuse, SLEEP } from './decision.ts';

/** setlease: a process changes its own lease as it likes (generic_add_lease). */
export function leaseAllowed(leases: readonly Lease[], proc: ProcId, kind: LeaseKind): Decision {
  const foreign = leases.filter((lease) => lease.proc !== proc);
  if (foreign.some((lease) => lease.kind === 'exclusive'))
    return refuse('EAGAIN', 'another process has an exclusive lease', 'leases');
  if (kind === 'exclusive' && foreign.length > 0) return refuse('EAGAIN', 'another process has a lease', 'leases');
  return PROCEED;
}

/** A write, a layout operation or a clone of `proc` meets the leases of a file, before any lock. */
export function onForeignLease(knobs: Knobs, leases: readonly Lease[], proc: ProcId): Decision {
  const value = knobs['layout.lease'];
  if (value === 'none' || leases.every((lease) => lease.proc === proc)) return PROCEED;
  return value === 'recall'
    ? SLEEP
    : refuse('ETXTBSY', 'another process has a lease on the file', 'leases', 'layout.lease');
}

/** `set`. */
export function flagAllowed(knobs: Knobs): Decision {
  if (knobs['file.immutable'] === 'off')
    return refuse('EOPNOTSUPP', 'files have no such flag in this file system', 'features', 'file.immutable');
  return PROCEED;
}

/** What somebody is about to do with a file that may be flagged. */
export type Use = 'layout' | 'cloneTo' | 'cloneFrom' | 'write' | 'unlink';

const STOPS: Readonly<Record<Knobs['file.immutable'], ReadonlySet<Use>>> = {
  off: new Set(),
  immutable: new Set(['layout', 'cloneTo'] as const),
  swapfile: new Set(['layout', 'cloneTo', 'cloneFrom', 'write', 'unlink'] as const),
};

/** Under i_rwsem: what a flagged file does not let happen. The process that flagged it may go on writing it. */
export function onFlag(knobs: Knobs, inode: Inode, use: Use, proc: ProcId): Decision {
  if (inode.flag === 'none' || !STOPS[knobs['file.immutable']].has(use)) return PROCEED;
  if (use === 'write' && inode.flaggedBy === proc) return PROCEED;
  if (use === 'unlink') return refuse('EPERM', 'the file is flagged: its name stays', 'flag', 'file.immutable');
  return refuse('ETXTBSY', 'the file is flagged: its layout stays', 'flag', 'file.immutable');
}

/** read(2), write(2), fsync(2): device-dax is only ever mapped (dax_fops has none of them). */
export function readWriteAllowed(fs: FsType): Decision {
  return fs === 'device-dax'
    ? refuse('EINVAL', 'a device-dax character device can only be mapped', 'features')
    : PROCEED;
}

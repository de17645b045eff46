/** Leases and flags: layout.lease, file.immutable. Who may take one, and what a foreign one means. */
import type { ProcId } from '../model/ids.ts';
import type { Knobs } from '../model/knobs.ts';
import type { LeaseKind } from '../model/op.ts';
import type { Lease } from '../model/state.ts';
import type { Decision } from './decision.ts';
import { PROCEED, refuse, SLEEP } from './decision.ts';

/** setlease: a process changes its own lease as it likes (generic_add_lease). */
export function leaseAllowed(leases: readonly Lease[], proc: ProcId, kind: LeaseKind): Decision {
  const foreign = leases.filter((lease) => lease.proc !== proc);
  if (foreign.some((lease) => lease.kind === 'exclusive'))
    return refuse('EAGAIN', 'another process has an exclusive lease');
  if (kind === 'exclusive' && foreign.length > 0) return refuse('EAGAIN', 'another process has a lease');
  return PROCEED;
}

/** A write, a layout operation or a clone of `proc` meets the leases of a file, before any lock. */
export function onForeignLease(knobs: Knobs, leases: readonly Lease[], proc: ProcId): Decision {
  const value = knobs['layout.lease'];
  if (value === 'none' || leases.every((lease) => lease.proc === proc)) return PROCEED;
  return value === 'recall' ? SLEEP : refuse('ETXTBSY', 'another process has a lease on the file', 'layout.lease');
}

/** `set`. */
export function flagAllowed(knobs: Knobs): Decision {
  if (knobs['file.immutable'] === 'off')
    return refuse('EOPNOTSUPP', 'files have no such flag in this file system', 'file.immutable');
  return PROCEED;
}

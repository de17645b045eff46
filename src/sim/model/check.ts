/**
 * In which order a call looks for reasons to refuse: feature knobs, leases, i_rwsem, flag, fs.shrink, pins; in GUP the
 * access, on-demand paging, the admission of fsdax, the writable mapping, the faults. Of several reasons the first is
 * told. The order is that of the operations; this is its list, for whoever tells where a refusal stands.
 */
import type { Verb } from './op.ts';

export const CHECKS = [
  'name', 'arguments', 'features', 'leases', 'i_rwsem', 'flag', 'fs.shrink', 'pins', 'range', 'contents', 'blocks',
  'handle', 'access', 'odp', 'longterm', 'mapping', 'admission', 'writable', 'faults', 'size', 'key', 'bounds', 'translation',
] as const; // prettier-ignore

export type Check = (typeof CHECKS)[number];

const NAMED: readonly Check[] = ['name'];
const CLONE: readonly Check[] = ['name', 'features', 'leases', 'i_rwsem', 'flag', 'pins', 'range'];
const FAULT: readonly Check[] = ['mapping', 'writable', 'size', 'pins', 'blocks'];
const SHORT_PIN: readonly Check[] = ['name', 'mapping', 'writable', 'size', 'pins', 'blocks', 'faults'];
const REMOTE: readonly Check[] = ['name', 'key', 'bounds', 'access', 'translation', 'size', 'pins', 'blocks'];

/** A check that a call does not make is not in its list. Locks stand where they are taken; they refuse nothing. */
const ORDERS: Partial<Record<Verb, readonly Check[]>> = {
  ftruncate: ['name', 'features', 'leases', 'i_rwsem', 'flag', 'fs.shrink', 'pins'],
  fallocate: ['name', 'arguments', 'features', 'leases', 'i_rwsem', 'flag', 'pins', 'range', 'blocks'],
  reflink: [...CLONE, 'blocks'],
  dedupe: [...CLONE, 'contents', 'blocks'],
  pwrite: ['name', 'features', 'leases', 'i_rwsem', 'flag', 'pins', 'blocks'],
  pwrite_direct: ['name', 'features', 'leases', 'i_rwsem', 'flag', 'pins', 'blocks'],
  pread: ['name', 'features', 'i_rwsem', 'size'],
  unlink: ['name', 'flag'],
  create: NAMED,
  open: NAMED,
  close: NAMED,
  fork: NAMED,
  fsync: ['name', 'features'],
  msync: ['mapping', 'features'],
  madvise: ['mapping', 'features', 'writable', 'leases', 'i_rwsem', 'flag', 'pins', 'blocks'],
  setlease: ['name', 'leases'],
  unlease: ['name', 'leases'],
  set: ['name', 'features'],
  mmap: ['name', 'arguments', 'features'],
  load: FAULT,
  store: FAULT,
  reg_mr: [
    'name',
    'arguments',
    'odp',
    'longterm',
    'mapping',
    'admission',
    'writable',
    'size',
    'pins',
    'blocks',
    'faults',
  ],
  rereg_mr: ['handle', 'access'],
  dereg_mr: ['handle'],
  dio_write: SHORT_PIN,
  dio_read: SHORT_PIN,
  vmsplice: SHORT_PIN,
  rdma_read: REMOTE,
  rdma_write: REMOTE,
  post_read: REMOTE,
  post_write: REMOTE,
  complete: REMOTE,
};

/** In the order in which the call makes them. */
export const checksOf = (verb: Verb): readonly Check[] => ORDERS[verb] ?? [];

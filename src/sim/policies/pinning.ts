/** Who may pin what: pin.longterm, pin.readonly, hw.odp. Sources: check_vma_flags (mm/gup.c), ib_reg_user_mr. */
import type { Knobs } from '../model/knobs.ts';
import type { Decision } from './decision.ts';
import { PROCEED, refuse } from './decision.ts';
import type { KernelProfile } from './kernel.ts';

/** What lies behind a mapping. `cache`: a file without DAX. */
export type Memory = 'anon' | 'shmem' | 'device-dax' | 'cache' | 'fsdax';

export type PinRequest = {
  readonly onDemand: boolean;
  /** The whole range is mapped. */
  readonly mapped: boolean;
  readonly memory: Memory;
  readonly private: boolean;
  /** Asked with FOLL_WRITE. */
  readonly write: boolean;
  /** Asked with FOLL_FORCE. */
  readonly forced: boolean;
  /** The VMA has PROT_WRITE. */
  readonly vmaWritable: boolean;
  /** The process has a layout lease on the file. */
  readonly leased: boolean;
  /** The file has a flag, is fully written, and shares no block. */
  readonly isSettled: () => boolean;
};

/**
 * g2 of reg_mr, in GUP's order: ODP, fsdax admission, writable file mapping, VM_WRITE. On demand nothing is looked up
 * now (ib_umem_odp_get): what a fault of the NIC meets decides later.
 */
export function admitRegistration(knobs: Knobs, kernel: KernelProfile, request: PinRequest): Decision {
  if (request.onDemand) {
    return knobs['hw.odp'] === 'on'
      ? PROCEED
      : refuse(kernel.odpRefusal, 'this NIC has no on-demand paging', 'odp', 'hw.odp');
  }
  if (knobs['pin.longterm'] === 'never')
    return refuse('EOPNOTSUPP', 'every MR that is not on demand is refused', 'longterm', 'pin.longterm');
  if (!request.mapped) return refuse('EFAULT', 'the range is not mapped', 'mapping');
  const decision = request.memory === 'fsdax' ? admitFsdax(knobs, request) : PROCEED;
  return decision.act === 'proceed' ? admitWrite(kernel, request) : decision;
}

function admitFsdax(knobs: Knobs, request: PinRequest): Decision {
  switch (knobs['pin.longterm']) {
    case 'refuse':
      return refuse('EOPNOTSUPP', 'a longterm pin of fsdax is refused', 'admission', 'pin.longterm');
    case 'lease':
      return request.leased
        ? PROCEED
        : refuse('EPERM', 'the process has no layout lease on the file', 'admission', 'pin.longterm');
    case 'immutable':
      return request.isSettled() ? PROCEED : refuse('EOPNOTSUPP', UNSETTLED, 'admission', 'pin.longterm');
    case 'allow':
    case 'never':
      return PROCEED;
  }
}

const UNSETTLED = 'the file has no flag, or has holes, unwritten or shared blocks';

/** writable_file_mapping_allowed, then VM_WRITE; FOLL_FORCE gets its own copy out of a private mapping. */
function admitWrite(kernel: KernelProfile, { write, memory, private: isPrivate, vmaWritable, forced }: PinRequest): Decision {
  if (!write) return PROCEED;
  if (memory === 'cache' && !isPrivate && kernel.cacheWritePinRefused)
    return refuse('EFAULT', 'a longterm write pin of a page-cache file mapping needs dirty tracking', 'writable');
  return vmaWritable || (forced && isPrivate) ? PROCEED : refuse('EFAULT', 'the mapping is not writable', 'writable');
} // prettier-ignore

/** Whether a read-only pin of a shared block breaks the COW first, as a store would. */
export function readOnlyPinUnshares(knobs: Knobs): boolean {
  return knobs['pin.readonly'] === 'unshare';
}

/** Who may pin what: pin.longterm, pin.readonly, hw.odp. Sources: check_vma_flags (mm/gup.c), ib_reg_user_mr. */
import type { Knobs } from '../model/knobs.ts';
import type { Decision } from './decision.ts';
import { notBuilt, PROCEED, refuse } from './decision.ts';

export type PinRequest = {
  readonly onDemand: boolean;
  /** The whole range is mapped. */
  readonly mapped: boolean;
  /** The mapping is of a DAX file. */
  readonly fsdax: boolean;
  /** Asked with FOLL_WRITE. */
  readonly write: boolean;
  /** The VMA has PROT_WRITE. */
  readonly vmaWritable: boolean;
};

/**
 * g2 of reg_mr, in GUP's order: ODP, fsdax admission, writable file mapping, VM_WRITE. On demand nothing is looked up
 * now (ib_umem_odp_get): what a fault of the NIC meets decides later.
 */
export function admitRegistration(knobs: Knobs, request: PinRequest): Decision {
  if (request.onDemand) {
    return knobs['hw.odp'] === 'on' ? PROCEED : refuse('EOPNOTSUPP', 'this NIC has no on-demand paging', 'hw.odp');
  }
  if (knobs['pin.longterm'] === 'never')
    return refuse('EOPNOTSUPP', 'every MR that is not on demand is refused', 'pin.longterm');
  if (!request.mapped) return refuse('EFAULT', 'the range is not mapped');
  if (request.fsdax) return admitFsdax(knobs, request);
  if (request.write) return refuse('EFAULT', 'a longterm write pin of a page-cache file mapping needs dirty tracking');
  return PROCEED;
}

function admitFsdax(knobs: Knobs, request: PinRequest): Decision {
  const value = knobs['pin.longterm'];
  switch (value) {
    case 'refuse':
      return refuse('EOPNOTSUPP', 'a longterm pin of fsdax is refused', 'pin.longterm');
    case 'allow':
      return request.write && !request.vmaWritable ? refuse('EFAULT', 'the mapping is not writable') : PROCEED;
    case 'lease':
    case 'immutable':
    case 'never':
      return notBuilt('pin.longterm', value);
  }
}

/** Whether a read-only pin of a shared block breaks the COW first, as a store would. */
export function readOnlyPinUnshares(knobs: Knobs): boolean {
  return knobs['pin.readonly'] === 'unshare';
}

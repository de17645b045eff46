/** What a policy answers. The operations act on it; they never look at a knob. */
import type { Check } from '../model/check.ts';
import type { KnobName } from '../model/knobs.ts';

export type Refusal = {
  readonly act: 'refuse';
  readonly errno: string;
  readonly why: string;
  /** Where in the order of evaluation. */
  readonly check: Check;
  readonly knob?: KnobName;
};
export type Decision = { readonly act: 'proceed' } | { readonly act: 'sleep' } | Refusal;

/** Somebody pays, so that the operation can go on: the MRs on a page are fenced, or the owners of its pins killed. */
export type Sacrifice = { readonly act: 'fence' | 'kill'; readonly knob: KnobName };
/**
 * What a pinned block in the way means. keep: the operation goes round it (and is refused, if it cannot). copy: the
 * clone gets a copy of it.
 */
export type PinDecision =
  Decision | Sacrifice | { readonly act: 'keep'; readonly knob: KnobName } | { readonly act: 'copy' };

export const PROCEED: Decision = { act: 'proceed' };
export const SLEEP: Decision = { act: 'sleep' };

export function refuse(errno: string, why: string, check: Check, knob?: KnobName): Refusal {
  return { act: 'refuse', errno, why, check, ...(knob === undefined ? {} : { knob }) };
}

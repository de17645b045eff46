/** What a policy answers. The operations act on these three; they never look at a knob. */
import type { KnobName } from '../model/knobs.ts';

export type Refusal = {
  readonly act: 'refuse';
  readonly errno: string;
  readonly why: string;
  readonly knob?: KnobName;
};
export type Decision = { readonly act: 'proceed' } | { readonly act: 'sleep' } | Refusal;

export const PROCEED: Decision = { act: 'proceed' };
export const SLEEP: Decision = { act: 'sleep' };

export function refuse(errno: string, why: string, knob?: KnobName): Refusal {
  return knob === undefined ? { act: 'refuse', errno, why } : { act: 'refuse', errno, why, knob };
}

/** A knob value whose rules are not in this build got past the loader: our bug. */
export function notBuilt(knob: KnobName, value: string): never {
  throw new Error(`${knob}=${value} is not in this build; the loader should have refused it`);
}

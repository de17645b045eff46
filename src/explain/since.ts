/** Since which step something stands, as words that lead there. */
import type { EntityRef } from '../sim/model/state.ts';
import type { Moment } from '../sim/outline.ts';
import { claimKey } from '../sim/query/claimKey.ts';
import type { Target } from './parts.ts';
import { stepName } from './told.ts';

export type Since = { readonly text: string; readonly targets: readonly Target[] };

/** `, since step 3`; nothing for what stood from the start. */
export function sinceStep(step: number | undefined, before = ', '): Since {
  if (step === undefined || step < 0) return { text: '', targets: [] };
  return { text: `${before}since ${stepName(step)}`, targets: [{ text: stepName(step), step }] };
}

export const sinceClaim = (moment: Moment, ref: EntityRef, before?: string): Since =>
  sinceStep(moment.since[claimKey(ref)], before);

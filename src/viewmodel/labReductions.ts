/** The reductions that the lab offers, each alone and together: a search with fewer has to come to the same verdicts. */
import type { Settings } from '../checker/verdict.ts';

export type Reductions = Pick<Settings, 'symmetry' | 'order'>;

export type ReductionChoice = Reductions & {
  readonly value: string;
  readonly text: string;
  readonly more: string;
};

export const REDUCTION_CHOICES: readonly ReductionChoice[] = [
  { value: 'both', symmetry: 'all', order: true, text: 'all', more: 'States equal up to names of blocks are looked at once; at micro grain, steps that nobody can notice are taken alone. Fewest looks.' },
  { value: 'names', symmetry: 'all', order: false, text: 'block names', more: 'States equal up to names of blocks are looked at once.' },
  { value: 'spare', symmetry: 'free', order: false, text: 'spare block names', more: 'Only blocks that are alike at the start may change names: each state is still counted.' },
  { value: 'quiet', symmetry: 'none', order: true, text: 'quiet steps', more: 'At micro grain, a step that nobody can notice is taken alone.' },
  { value: 'none', symmetry: 'none', order: false, text: 'none', more: 'Every state is looked at. Slowest; the verdicts are the same.' },
]; // prettier-ignore

/** The choice that these settings are; the fewest reductions if they are none of them. */
export function reductionChoice({ symmetry, order }: Reductions): ReductionChoice {
  const found = REDUCTION_CHOICES.find((one) => one.symmetry === symmetry && one.order === order);
  const last = REDUCTION_CHOICES.at(-1);
  if (last === undefined) throw new Error('no choice of reductions');
  return found ?? last;
}

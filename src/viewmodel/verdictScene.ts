/** What is broken at a moment, as cards whose causes are places to go to; and what the whole run came to. */
import { spanAt } from '../base/spans.ts';
import type { PropertyCard } from '../explain/why.ts';
import { cardsAt } from '../explain/why.ts';
import type { Program } from '../sim/model/program.ts';
import type { PropertyId } from '../sim/model/property.ts';
import type { EntityRef } from '../sim/model/state.ts';
import type { Outline } from '../sim/outline.ts';

export type CauseLink = {
  /** `step 3`, `the start`. */
  readonly label: string;
  readonly sentence: string;
  readonly refs: readonly EntityRef[];
  /** Where to look at it. */
  readonly at: number;
};

export type VerdictCard = Omit<PropertyCard, 'causes'> & {
  readonly causes: readonly CauseLink[];
  /** `since step 3`. */
  readonly since: string;
};

/** The newest first. */
export function verdictCards(outline: Outline, at: number): readonly VerdictCard[] {
  return cardsAt(outline, at).map((card) => {
    const broke = outline.turns[spanAt(outline.turns, card.at)];
    return {
      ...card,
      since: broke === undefined ? 'since the start' : `since step ${broke.step + 1}`,
      causes: card.causes.map(({ step, label, sentence, refs }) => ({
        label,
        sentence,
        refs,
        at: step === broke?.step ? broke.to : endOfStep(outline, step),
      })),
    };
  });
}

function endOfStep(outline: Outline, step: number): number {
  return outline.turns.find((turn) => turn.step === step)?.to ?? 0;
}

export type Summary = {
  readonly claims: readonly { readonly text: string; readonly met: boolean }[];
  readonly broken: readonly PropertyId[];
  readonly expected: number;
  readonly met: number;
};

/** What the whole run came to: told at its end. */
export function summary(program: Program, outline: Outline): Summary {
  const judged = outline.steps.filter(({ met }, i) => program.steps[i]?.expect !== undefined && met !== undefined);
  return {
    claims: outline.claims,
    broken: [...new Set(outline.violations.map(({ id }) => id))],
    expected: judged.length,
    met: judged.filter(({ met }) => met === true).length,
  };
}

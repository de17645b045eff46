/**
 * Who answers the step commands where another thing than one run is stepped: two runs side by side go by rows. Set by
 * that screen's code, which comes later than the commands.
 */
import { page, type Grain } from './store.ts';

export type Clock = {
  readonly length: () => number;
  readonly now: () => number;
  readonly to: (row: number) => void;
  readonly by: (steps: 1 | -1, grain: Grain) => void;
  readonly toNextBroken: () => void;
  readonly toFirstDifference: () => void;
  /** One tick of playing; false when there is nothing more to play. */
  readonly tick: () => boolean;
};

let compared: Clock | undefined;

export function setClock(clock: Clock): void {
  compared = clock;
}

/** undefined: the run of the player. */
export const clockNow = (): Clock | undefined => (page().screen === 'compare' ? (compared ?? STILL) : undefined);

/** Before the code of the comparison is here. */
const STILL: Clock = {
  length: () => 0,
  now: () => 0,
  to: () => undefined,
  by: () => undefined,
  toNextBroken: () => undefined,
  toFirstDifference: () => undefined,
  tick: () => false,
};

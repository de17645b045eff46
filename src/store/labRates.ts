/** What can be said of a search while it goes on: pure functions of what it told so far. */
import type { Progress } from '../checker/verdict.ts';

/** A search as it was told: states by time, and states by the time each layer was begun. */
export type Pace = {
  readonly samples: readonly { readonly ms: number; readonly visited: number }[];
  readonly layers: readonly { readonly depth: number; readonly visited: number }[];
};

export const NO_PACE: Pace = { samples: [], layers: [] };

/** What "of late" means. */
const WINDOW_MS = 2000;

export function paceWith({ samples, layers }: Pace, ms: number, { visited, depth }: Progress): Pace {
  const recent = samples.filter((sample) => sample.ms >= ms - WINDOW_MS);
  const seen = layers.at(-1)?.depth === depth;
  return {
    samples: [...recent, { ms, visited }],
    layers: seen ? layers : [...layers.slice(-3), { depth, visited }],
  };
}

export function perSecond({ samples }: Pace): number | undefined {
  const [first, last] = [samples[0], samples.at(-1)];
  if (first === undefined || last === undefined || last.ms - first.ms < 200) return undefined;
  return Math.round((1000 * (last.visited - first.visited)) / (last.ms - first.ms));
}

/**
 * States to come: if each layer goes on to find as much less than the one before as the last one did, or more. Before
 * the layers shrink nobody knows, and nothing is said.
 */
export function statesLeft({ layers }: Pace, { frontier }: Progress): number | undefined {
  const [a, b, c] = layers.slice(-3);
  if (a === undefined || b === undefined || c === undefined) return undefined;
  if (b.depth !== a.depth + 1 || c.depth !== b.depth + 1 || b.visited === a.visited) return undefined;
  const ratio = (c.visited - b.visited) / (b.visited - a.visited);
  return ratio >= 0.95 ? undefined : Math.round((frontier * ratio) / (1 - ratio));
}

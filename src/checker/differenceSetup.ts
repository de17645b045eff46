/** The lines above the first menu under both options: they run as written, each for itself, and may differ already. */
import type { Move } from '../sim/model/order.ts';
import { initialState } from '../sim/initial.ts';
import { NOBODY } from '../sim/invariants/finding.ts';
import type { Difference, Told } from './difference.ts';
import type { Side, Sides } from './pairs.ts';
import { idsOf } from './pairs.ts';
import { setupMoves } from './setupMoves.ts';
import type { PropertySet } from './watch.ts';
import { ALL } from './watch.ts';

export type SetupCompared = {
  /** By all these lines, in both alike. */
  readonly violated: PropertySet;
  readonly difference: Difference | undefined;
};

export function compareSetups(sides: Sides, properties: boolean): SetupCompared {
  const [first, second] = [setupOfSide(sides[0], properties), setupOfSide(sides[1], properties)];
  let violated = first.before | second.before;
  for (let k = 0; k < Math.max(first.moves.length, second.moves.length); k++) {
    const [a, b] = [first.moves[k], second.moves[k]];
    const kind = kindOf(a, b);
    if (kind !== undefined) {
      const setup = (a === undefined ? second : first).moves.slice(0, k + 1).map(({ move }) => move);
      const told = [a, b].map((one) => toldOf(one, violated)) as [Told, Told];
      return { violated, difference: { kind, setup, trace: [], first: told[0], second: told[1] } };
    }
    violated = a?.violated ?? violated;
  }
  return { violated, difference: undefined };
}

/** `violated`: up to this move. */
type Compared = { readonly move: Move; readonly result: string; readonly violated: PropertySet };

function kindOf(a: Compared | undefined, b: Compared | undefined): Difference['kind'] | undefined {
  if (a === undefined || b === undefined || JSON.stringify(a.move) !== JSON.stringify(b.move)) return 'possible';
  if (a.result !== b.result) return 'result';
  return a.violated === b.violated ? undefined : 'violation';
}

const toldOf = (one: Compared | undefined, before: PropertySet): Told => ({
  possible: one !== undefined,
  result: one?.result ?? '',
  violated: idsOf((one?.violated ?? before) & ~before),
});

function setupOfSide({ world, watch }: Side, properties: boolean) {
  const upTo: PropertySet[] = [];
  const before = properties ? watch.judge(initialState(world.program), [], NOBODY, ALL) : 0;
  let violated = before;
  const moves = setupMoves(world, (state, events, by, move) => {
    if (properties) violated |= watch.judge(state, events, by, ALL & ~violated);
    upTo[move] = violated;
  });
  return { before, moves: moves.map(({ move, result }, k): Compared => ({ move, result, violated: upTo[k] ?? 0 })) };
}

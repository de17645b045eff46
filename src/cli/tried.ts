/** What every operation of the text came to: in any run that a search saw, or before it, above the first menu. */
import { setupMoves } from '../checker/setupMoves.ts';
import type { CheckReport, Trace } from '../checker/verdict.ts';
import { makeWorld } from '../sim/apply.ts';
import type { Move } from '../sim/model/order.ts';
import type { Program } from '../sim/model/program.ts';

export type Tried = {
  readonly line: number;
  readonly text: string;
  /** `trace`: after the lines above the first menu; absent: one of those lines came to it. */
  readonly results: readonly { readonly result: string; readonly trace?: Trace }[];
};

export function triedIn(program: Program, { witnesses }: CheckReport): readonly Tried[] {
  const above = resultsAbove(program);
  return witnesses.map(({ line, text, results }) => ({
    line,
    text,
    results: [...(above.get(line) ?? []).map((result) => ({ result })), ...results],
  }));
}

/** By line. One that fell asleep comes to more than one result. */
function resultsAbove(program: Program): ReadonlyMap<number, readonly string[]> {
  const results = new Map<number, readonly string[]>();
  const working = new Map<number, number>();
  for (const { move, result } of setupMoves(makeWorld(program))) {
    const line = lineOf(program, move, working);
    if (line !== undefined && result !== '') results.set(line, [...(results.get(line) ?? []), result]);
  }
  return results;
}

/** A task that wakes works on the line that it fell asleep in. */
function lineOf({ steps }: Program, move: Move, working: Map<number, number>): number | undefined {
  if (move.type === 'run') return working.get(move.task);
  const line = move.type === 'step' ? steps[move.step]?.line : undefined;
  if (move.type === 'step' && line !== undefined) working.set(move.task, line);
  return line;
}

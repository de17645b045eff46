/** What every operation of the text came to, in any run: so that no property holds for lack of trying. */
import type { Op } from '../sim/model/op.ts';
import type { Program } from '../sim/model/program.ts';

export type Attempt = {
  readonly line: number;
  /** Actor and operation in the words of the text. */
  readonly text: string;
  readonly op: Op;
  /** Result → the state out of which the first transition with this result leads. */
  readonly results: Map<string, number>;
};

export type Attempts = {
  readonly note: (op: Op | undefined, result: string, from: number) => void;
  readonly all: readonly Attempt[];
};

export function createAttempts(program: Program): Attempts {
  const named = (actor: number, text: string): string => `${program.actors[actor]?.name ?? ''} ${text}`;
  const lines = program.steps.map(({ line, actor, text, op }) => ({ line, text: named(actor, text), op }));
  const entries = program.menus.flatMap(({ line, actor, entries: of }) => of.map(({ op, text }) => ({ line, text: named(actor, text), op }))); // prettier-ignore
  const all = [...lines, ...entries].map((one): Attempt => ({ ...one, results: new Map() }));
  const byOp = new Map(all.map((attempt) => [attempt.op, attempt]));
  return {
    note(op, result, from) {
      const results = op === undefined ? undefined : byOp.get(op)?.results;
      if (results !== undefined && !results.has(result)) results.set(result, from);
    },
    all,
  };
}

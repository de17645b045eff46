// From the text of a scenario to everything that can be asked of its run, without a worker.
import { createRun, advanceRun, momentAt, outlineOf } from '../../src/sim/run.ts';
import type { Program } from '../../src/sim/model/program.ts';
import type { Moment, Outline } from '../../src/sim/outline.ts';
import { loadScenario } from '../../src/scenario/load.ts';

type Overrides = Parameters<typeof loadScenario>[1];

export type Ran = {
  readonly program: Program;
  readonly outline: Outline;
  readonly momentAt: (at: number) => Moment;
  /** Position at the end of the turn of step `n`, counted from 1; of its last turn if it slept. */
  readonly endOf: (n: number) => number;
};

export function programOf(text: string, overrides?: Overrides): Program {
  const loaded = loadScenario(text, overrides);
  if (!loaded.ok) throw new Error(loaded.error.map(({ line, message }) => `line ${line}: ${message}`).join('\n'));
  return loaded.value.program;
}

export function runText(text: string, overrides?: Overrides): Ran {
  const program = programOf(text, overrides);
  const run = createRun(program);
  while (!advanceRun(run, 1000));
  const outline = outlineOf(run);
  return {
    program,
    outline,
    momentAt: (at) => momentAt(run, at),
    endOf: (n) => outline.turns.findLast(({ step }) => step === n - 1)?.to ?? -1,
  };
}

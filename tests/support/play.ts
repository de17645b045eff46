// A scenario in one line, and what came of it in one line: `play('file A ab; p pread A 0').results` is `a`.
import type { Outline } from '../../src/sim/outline.ts';
import type { State } from '../../src/sim/model/state.ts';
import { runToEnd } from '../../src/sim/run.ts';
import { programOf } from './runText.ts';

export type Played = {
  /** Each step's result, `blocks` for one that never came back, `blocks,R` for one that did; `-` for one held for ever. */
  readonly results: string;
  /** Ids of the violated properties, in the order of their first violation. */
  readonly violated: string;
  /** Claims (`always …`) that do not hold. */
  readonly unmet: readonly string[];
  readonly outline: Outline;
  readonly final: State;
};

export function play(text: string): Played {
  const program = programOf(`title "t"\n${text.replaceAll(/\s*;\s*/g, '\n')}\n`);
  const { outline, final } = runToEnd(program);
  const results = outline.steps.map(({ result, eventually }) => {
    if (result === '') return '-';
    return eventually === undefined ? result : `${result},${eventually}`;
  });
  return {
    results: results.join(' '),
    violated: [...new Set(outline.violations.map(({ id }) => id))].join(' '),
    unmet: outline.claims.filter(({ met }) => !met).map((claim) => claim.text),
    outline,
    final,
  };
}

/** Name, lines, results: `blocks,EINTR`. The lines come after `head`; claims among them must hold. */
export type Case = readonly [name: string, lines: string, results: string];

/** What a case came to, in the form of its last column. */
export function outcome(head: string, lines: string): string {
  const { results, unmet } = play(`${head}; ${lines}`);
  return [results, ...unmet.map((text) => `NOT ${text}`)].join(' ');
}

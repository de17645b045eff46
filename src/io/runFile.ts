/**
 * A run as a file: what `run --json` says of it, every turn with its sentence's place, and the link that opens it again.
 * The format has a number; a field is added without a new one, and never renamed.
 */
import type { Program } from '../sim/model/program.ts';
import type { State } from '../sim/model/state.ts';
import type { Outline, Turn } from '../sim/outline.ts';
import { makeReport } from './runReport.ts';

export const RUN_FORMAT = 1;

export type RunFileInput = {
  readonly program: Program;
  readonly outline: Outline;
  /** At the end of the run. */
  readonly final: State;
  readonly text: string;
  /** With the text in it, if that does not come with the page. */
  readonly link: string;
  readonly build: string;
};

export function runFile({ program, outline, final, text, link, build }: RunFileInput): string {
  const turn = ({ step, kind, from, to, task }: Turn) => ({
    step: step + 1,
    actor: program.actors[task]?.name ?? '',
    kind,
    from,
    to,
    microsteps: outline.micros.slice(from, to).map(({ id }) => id),
  });
  const file = {
    daxpin: RUN_FORMAT,
    build,
    link,
    text,
    ...makeReport(program, outline, final),
    turns: outline.turns.map(turn),
  };
  return `${JSON.stringify(file, undefined, 1)}\n`;
}

/** What a run says of the lines of its text: which are steps, what each came to, and which one is shown. */
import { spanAt } from '../base/spans.ts';
import type { Program } from '../sim/model/program.ts';
import type { Outline, StepResult } from '../sim/outline.ts';

/** `expected`: as written after `->`; `met` absent: not judged. */
export type LineResult = {
  readonly line: number;
  readonly result: string;
  readonly expected?: string;
  readonly met?: boolean;
};

export type ScriptScene = {
  /** 1-based lines that are steps, ascending. */
  readonly steps: readonly number[];
  readonly results: readonly LineResult[];
};

export function scriptScene(program: Program, outline: Outline): ScriptScene {
  const results = program.steps.flatMap(({ line, expect }, i): LineResult[] => {
    const step = outline.steps[i];
    if (step === undefined) return [];
    const { met } = step;
    return [
      {
        line,
        result: resultText(step),
        ...(expect === undefined ? {} : { expected: expect.text }),
        ...(met === undefined ? {} : { met }),
      },
    ];
  });
  return { steps: program.steps.map(({ line }) => line), results };
}

/** As it would be written behind `->`. */
const resultText = ({ result, eventually }: StepResult): string =>
  eventually === undefined || eventually === result ? result : `${result}, ${eventually}`;

/** The line of the step at a position; undefined at the beginning. */
export function runningLine(program: Program, outline: Outline, at: number): number | undefined {
  const turn = outline.turns[spanAt(outline.turns, at)];
  return turn === undefined ? undefined : program.steps[turn.step]?.line;
}

/** The step that a line is, or the last one above it. */
export function stepAtLine(program: Program, line: number): number | undefined {
  const step = program.steps.findLastIndex((one) => one.line <= line);
  return step < 0 ? undefined : step;
}

/** The line under the stage: which step this is, what the text says there, and what came of it. */
import { spanAt } from '../base/spans.ts';
import type { Program } from '../sim/model/program.ts';
import type { Outline, Turn } from '../sim/outline.ts';
import { goesOnLater } from '../explain/told.ts';
import { taskName } from '../sim/query/naming.ts';

export type TransportScene = {
  /** `Step 3 of 5`. */
  readonly place: string;
  readonly actor: string;
  /** The step as the text has it. */
  readonly line: string;
  /** `ok, as expected`. */
  readonly verdict: string;
  /** The same where room is short: `ok ✓`. */
  readonly short: string;
  /** The text expected something else. */
  readonly unexpected: boolean;
  /** At the beginning: the line is the one to come. */
  readonly ahead: boolean;
};

export function transportScene(program: Program, outline: Outline, at: number): TransportScene {
  const turn = outline.turns[spanAt(outline.turns, at)];
  const steps = program.steps.length;
  const index = turn?.step ?? 0;
  const step = program.steps[index];
  const told =
    turn === undefined ? { verdict: '', short: '', unexpected: false } : verdictOf(program, outline, turn, at);
  return {
    place: turn === undefined ? `Start, ${steps} ${steps === 1 ? 'step' : 'steps'}` : `Step ${index + 1} of ${steps}`,
    actor: step === undefined ? '' : taskName(program, step.actor),
    line: step?.text ?? '',
    ahead: turn === undefined,
    ...told,
  };
}

type Verdict = Pick<TransportScene, 'verdict' | 'short' | 'unexpected'>;

const quiet = (verdict: string): Verdict => ({ verdict, short: verdict, unexpected: false });

function verdictOf(program: Program, outline: Outline, turn: Turn, at: number): Verdict {
  if (at < turn.to) return quiet(`micro-step ${at - turn.from} of ${turn.to - turn.from}`);
  const result = outline.steps[turn.step];
  const expect = program.steps[turn.step]?.expect;
  if (turn.kind === 'exit') return quiet('its actor ended');
  if (turn.kind === 'dma') return quiet('completed by the NIC');
  if (goesOnLater(outline, turn)) return quiet('not over yet');
  if (turn.kind === 'held') return quiet(`held back: ${taskName(program, turn.task)} is asleep`);
  if (result === undefined) return quiet('');
  const last = outline.turns.findLast(({ step }) => step === turn.step) === turn;
  if (result.result !== 'blocks' || result.eventually === undefined || !last) {
    if (turn.kind !== 'begun' && !last) return quiet('still asleep');
    const asExpected = expect !== undefined && (result.result === 'blocks' ? expect.blocks : result.met === true);
    return judged(result.result, expect?.text, asExpected);
  }
  return judged(result.eventually, expect?.text, result.met === true);
}

function judged(result: string, expected: string | undefined, met: boolean): Verdict {
  if (expected === undefined) return quiet(result);
  if (met) return { verdict: `${result}, as expected`, short: `${result} ✓`, unexpected: false };
  const verdict = `${result}, expected ${expected}`;
  return { verdict, short: verdict, unexpected: true };
}

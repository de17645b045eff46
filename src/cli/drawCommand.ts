/** `draw FILE`: one state of a run as text for a mail. */
import { mailBlock } from '../io/mail/mailBlock.ts';
import type { Program } from '../sim/model/program.ts';
import type { Outline } from '../sim/outline.ts';
import { momentAt, runToEnd } from '../sim/run.ts';
import type { DrawCall, DrawPlace } from './args.ts';
import type { ExitStatus, Io } from './io.ts';
import { loadFrom, overridesFrom, readSource } from './loading.ts';

export function drawFile(call: DrawCall, io: Io): ExitStatus {
  const overrides = overridesFrom(call.overrides, io);
  const source = overrides === undefined ? undefined : readSource(call.file, io);
  const program = source === undefined ? undefined : loadFrom(source, overrides ?? {}, io);
  if (source === undefined || program === undefined) return 2;
  const { run, outline } = runToEnd(program);
  const at = positionOf(program, outline, call.at);
  if (typeof at === 'string') {
    io.err(`daxpin: ${at}\n`);
    return 2;
  }
  const { box, trace } = call;
  io.out(
    mailBlock({ program, outline, moment: momentAt(run, at), text: source.text, build: io.version }, { box, trace }),
  );
  return 0;
}

/** Counted in micro-steps, or why there is no such place. */
function positionOf({ steps }: Program, { turns, violations, length }: Outline, place: DrawPlace): number | string {
  if (place === 'start') return 0;
  if (place === 'end') return length;
  if ('step' in place) {
    if (place.step > steps.length) return `the text has ${steps.length} steps; --at asks for step ${place.step}`;
    const last = turns.findLast(({ step }) => step === place.step - 1);
    return last?.to ?? `step ${place.step} never begins: its actor sleeps to the end`;
  }
  const first = violations.find(({ id }) => id === place.violated);
  if (first === undefined) return `this run does not violate ${place.violated}`;
  return turns.find(({ from, to }) => from < first.at && first.at <= to)?.to ?? first.at;
}

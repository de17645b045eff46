/**
 * From where to where in a run an object can be on the stage, as far as the text tells. Two boxes that never live at the
 * same time may stand in the same place.
 */
import type { Op } from '../sim/model/op.ts';
import type { Program } from '../sim/model/program.ts';
import type { Outline } from '../sim/outline.ts';

/** Positions [from, to]; `to` is Infinity where nothing in the text ends it. */
export type Lifetime = { readonly from: number; readonly to: number };

type StepSpan = { readonly from: number; readonly to: number };

export type Timetable = {
  readonly program: Program;
  readonly outline: Outline;
  readonly spans: ReadonlyMap<number, StepSpan>;
};

const REFUSED = /^(E[A-Z]{3,}|void|gone|blocks)$/;

export function timetableOf(program: Program, outline: Outline): Timetable {
  const spans = new Map<number, StepSpan>();
  for (const { step, from, to } of outline.turns) {
    const span = spans.get(step);
    spans.set(step, span === undefined ? { from, to } : { from: span.from, to });
  }
  return { program, outline, spans };
}

/** From the first step that makes it to the last that ends it, if none makes it again after that. */
export function lifetimeOf(
  { program, outline, spans }: Timetable,
  makes: (op: Op) => boolean,
  ends: (op: Op) => boolean,
): Lifetime {
  const made: StepSpan[] = [];
  const ended: StepSpan[] = [];
  program.steps.forEach(({ op }, step) => {
    const span = spans.get(step);
    if (span === undefined) return;
    if (makes(op)) made.push(span);
    else if (ends(op) && !REFUSED.test(outline.steps[step]?.result ?? '')) ended.push(span);
  });
  if (made.length === 0) return { from: 0, to: Infinity };
  const from = Math.min(...made.map((span) => span.from));
  const last = Math.max(...made.map((span) => span.to));
  const over = ended.filter((span) => span.from >= last).map((span) => span.to);
  return { from, to: over.length === 0 ? Infinity : Math.max(...over) };
}

export const liveTogether = (a: Lifetime, b: Lifetime): boolean => a.from < b.to && b.from < a.to;

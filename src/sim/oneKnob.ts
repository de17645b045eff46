/**
 * The same text with one knob changed alone, for every knob and value: what each step comes to, and what breaks. The
 * answer to "which value would let this pass" and "which knob lets this happen": found by running it, never guessed.
 */
import { KNOB_NAMES, KNOBS, makeOption, type KnobName, type Knobs } from './model/knobs.ts';
import type { Program } from './model/program.ts';
import type { PropertyId } from './model/property.ts';
import type { KnobRun, Outline } from './outline.ts';
import { advanceRun, createRun, outlineOf } from './run.ts';

/** Runs that are longer than this many micro-steps are not played 27 times over. */
export const MOST_MICROS = 4096;

/** Gives way after every slice of micro-steps. Knobs and values in the order of their list, the one that runs left out. */
export function* oneKnobAway(program: Program, slice: number): Generator<undefined, readonly KnobRun[]> {
  const runs: KnobRun[] = [];
  for (const knob of KNOB_NAMES) {
    for (const value of KNOBS[knob]) {
      if (value === program.option.knobs[knob]) continue;
      const run = createRun(withKnob(program, knob, value));
      while (!advanceRun(run, slice)) yield;
      const outline = outlineOf(run);
      runs.push({ knob, value, results: outline.steps.map(({ result }) => result), broken: brokenIn(outline) });
      yield;
    }
  }
  return runs;
}

function withKnob(program: Program, knob: KnobName, value: Knobs[KnobName]): Program {
  const { preset, changed } = program.option;
  return { ...program, option: makeOption(preset, { ...changed, [knob]: value }) };
}

/** Each property once, where it broke first. */
function brokenIn({ violations }: Outline): KnobRun['broken'] {
  const first = new Map<PropertyId, number>();
  for (const { id, step } of violations) if (!first.has(id)) first.set(id, step);
  return [...first].map(([id, step]) => ({ id, step }));
}

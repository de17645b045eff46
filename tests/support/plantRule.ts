// Wrong rules for the model, to see that a comparison notices them.
import { compare, prepare, type Comparison, type Prepared } from '../../src/conformance/compare.ts';
import type { World } from '../../src/sim/apply.ts';
import type { KnobName, Knobs } from '../../src/sim/model/knobs.ts';
import type { Program } from '../../src/sim/model/program.ts';
import type { KernelProfile } from '../../src/sim/policies/kernel.ts';
import { packedRecordings } from './recordingPack.ts';

export type Compare = (prepared: Prepared) => Comparison;

let all: readonly Prepared[] | undefined;
/** Every recording, translated once. */
export const preparedRecordings = (): readonly Prepared[] => (all ??= packedRecordings().map(prepare));

export const withKernel = (flags: Partial<KernelProfile>): Compare => (prepared) =>
  compare(prepared, (world: World): World => ({ ...world, kernel: { ...world.kernel, ...flags } })); // prettier-ignore

export const withProgram = (change: (program: Program) => Partial<Program>): Compare => (prepared) =>
  compare(prepared, ({ program, kernel }) => ({ kernel, program: { ...program, ...change(program) } })); // prettier-ignore

export const withKnob = (knob: KnobName, value: Knobs[KnobName]): Compare =>
  withProgram(({ option }) => ({ option: { ...option, knobs: { ...option.knobs, [knob]: value } } }));

/** Runs with some rules replaced: handlers of a procedure, or flags of a kernel. */
export function planted<P extends object, R>(rules: P, wrong: Partial<P>, run: () => R): R {
  const before = { ...rules };
  Object.assign(rules, wrong);
  try {
    return run();
  } finally {
    Object.assign(rules, before);
  }
}

/** Puts handlers of our own into a procedure for as long as a recording runs. */
export const withHandlers =
  <P extends object>(procedure: P, handlers: Partial<P>): Compare =>
  (prepared) =>
    planted(procedure, handlers, () => compare(prepared));

/** How many recordings are noticed to differ, of those that a rule is asked about. */
export const differing = (compared: Compare): readonly Prepared[] =>
  preparedRecordings().filter((prepared) => compared(prepared).status === 'differs');

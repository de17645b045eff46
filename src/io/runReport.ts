/**
 * A finished run as the JSON of `run --json`: field names, order and `null` for "absent" are a format that scripts
 * read, so nothing here is renamed for taste.
 */
import { finalOf } from '../sim/final.ts';
import type { Program, StepDecl } from '../sim/model/program.ts';
import type { State } from '../sim/model/state.ts';
import type { Outline, StepResult, Violation } from '../sim/outline.ts';

type Absent = null;
const orNull = <T>(value: T | undefined): T | Absent => value ?? null;

export type Report = ReturnType<typeof makeReport>;

export function makeReport(program: Program, outline: Outline, final: State) {
  const met = [...outline.steps, ...outline.claims].flatMap((judged) => (judged.met === undefined ? [] : [judged.met]));
  return {
    title: program.title === '' ? null : program.title,
    kernel: program.kernel,
    option: { preset: program.option.preset, knobs: program.option.knobs },
    steps: outline.steps.flatMap((result, i) => {
      const step = program.steps[i];
      return step === undefined ? [] : [reportStep(program, step, result)];
    }),
    final: finalOf(program, final),
    violations: outline.violations.map((violation) => reportViolation(program, violation)),
    conditions: outline.claims,
    expectations: { met: met.filter(Boolean).length, unmet: met.filter((one) => !one).length },
  };
}

function reportStep(program: Program, step: StepDecl, result: StepResult) {
  return {
    line: step.line,
    actor: program.actors[step.actor]?.name ?? '',
    text: step.text,
    // A step that was held back to the end has no result.
    result: result.result === '' ? null : result.result,
    value: orNull(result.value),
    expected: orNull(step.expect?.text),
    met: orNull(result.met),
    blockedOn: orNull(result.blockedOn),
    eventually: orNull(result.eventually),
    held: result.held,
    microsteps: microstepsOf(result),
    violations: result.violations,
  };
}

/** An operation of one step has no smaller ones; a fault begins by locking the file against layout operations. */
function microstepsOf({ microsteps, result }: StepResult): readonly string[] {
  const [first] = microsteps;
  if (result !== '' && microsteps.length === 1 && first !== undefined && WHOLE.test(first)) return [];
  return microsteps.map((id) => (id === 'load.lock' || id === 'store.lock' ? 'fault' : id));
}

/** `op.g1` … are places in reg_mr, and not all of it. */
const WHOLE = /^op\.(?!g\d)/;

function reportViolation(program: Program, { id, step, message, because }: Violation) {
  const lines = because.flatMap((cause) => lineOf(program, cause.step) ?? []);
  return { id, line: orNull(lineOf(program, step)), message, because: [...new Set(lines)] };
}

/** `undefined` for the initial state, which no line made. */
const lineOf = (program: Program, step: number): number | undefined => program.steps[step]?.line;

/** What one knob changed alone would do to a refused step or a broken property, from the runs that were played. */
import { formatOption, makeOption, type KnobName } from '../sim/model/knobs.ts';
import type { Program } from '../sim/model/program.ts';
import type { PropertyId } from '../sim/model/property.ts';
import type { KnobRun, Outline } from '../sim/outline.ts';
import { stepName } from './told.ts';

export type Alternative = {
  readonly knob: KnobName;
  readonly value: string;
  /** What the step comes to then, `ok`, `sleeps`, `EPERM`; of a property: empty. */
  readonly result: string;
  /** The first step before (of a property: any) that ends otherwise then: `step 2: EPERM`. Empty: none. */
  readonly because: string;
  /** That step; index into Program.steps. */
  readonly step: number | undefined;
  /** The option in the words of a text, to compare with. */
  readonly option: string;
};

/** Nothing happened, or it was refused. `''`: held back to the end. */
const REFUSED = /^(E[A-Z]+|SIGBUS|NAK|void|gone|differs|)$/;
const isRefused = (result: string): boolean => REFUSED.test(result);

const wordOf = (result: string): string =>
  result === 'blocks' ? 'sleeps' : result === 'void' ? 'does nothing' : result === '' ? 'is held back' : result;

/** Values under which the step is not refused: the deciding knob's first. */
export function passesWith(
  program: Program,
  outline: Outline,
  runs: readonly KnobRun[],
  of: { readonly step: number; readonly knob: KnobName | undefined },
): readonly Alternative[] {
  const found = runs.flatMap((run): readonly Alternative[] => {
    const result = run.results[of.step] ?? '';
    if (isRefused(result)) return [];
    return [{ ...alternative(program, run), result: wordOf(result), ...differsAt(outline, run, of.step) }];
  });
  const rank = ({ knob }: Alternative): number => (knob === of.knob ? 0 : 1);
  return found.toSorted((a, b) => rank(a) - rank(b) || byLikeness(a, b));
}

/** Of the deciding knob, the values that refuse as well, each with its errno. */
export function refusesToo(
  program: Program,
  runs: readonly KnobRun[],
  of: { readonly step: number; readonly knob: KnobName | undefined },
): readonly Alternative[] {
  return runs.flatMap((run): readonly Alternative[] => {
    const result = run.results[of.step] ?? '';
    if (run.knob !== of.knob || !isRefused(result)) return [];
    return [{ ...alternative(program, run), result: wordOf(result), because: '', step: undefined }];
  });
}

/** Values under which the property holds through the whole run: what lets it be broken is the value of these knobs now. */
export function holdsWith(
  program: Program,
  outline: Outline,
  runs: readonly KnobRun[],
  id: PropertyId,
): readonly Alternative[] {
  return runs
    .filter(({ broken }) => broken.every((one) => one.id !== id))
    .map((run) => ({ ...alternative(program, run), result: '', ...differsAt(outline, run, program.steps.length) }))
    .toSorted(byLikeness);
}

/** What stays the same run for longer comes first. */
const byLikeness = (a: Alternative, b: Alternative): number => {
  const [first, second] = [a.step ?? Infinity, b.step ?? Infinity];
  return first === second ? 0 : second - first;
};

function alternative(program: Program, { knob, value }: KnobRun): Pick<Alternative, 'knob' | 'value' | 'option'> {
  const { preset, changed } = program.option;
  return { knob, value, option: formatOption(makeOption(preset, { ...changed, [knob]: value })) };
}

/** The first of the steps before `end` that comes to something else than in the run as it is. */
function differsAt(outline: Outline, { results }: KnobRun, end: number): Pick<Alternative, 'because' | 'step'> {
  const step = results.findIndex((result, i) => i < end && result !== outline.steps[i]?.result);
  return step < 0
    ? { because: '', step: undefined }
    : { because: `${stepName(step)}: ${wordOf(results[step] ?? '')}`, step };
}

/** Values of one knob that come to the same. */
export type AlternativeGroup = Pick<Alternative, 'knob' | 'result' | 'because' | 'step'> & {
  readonly values: readonly Pick<Alternative, 'value' | 'option'>[];
};

export function grouped(alternatives: readonly Alternative[]): readonly AlternativeGroup[] {
  const groups = new Map<string, Alternative[]>();
  for (const one of alternatives) {
    const key = `${one.knob} ${one.result} ${one.because}`;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()].flatMap((values) => {
    const [first] = values;
    if (first === undefined) return [];
    const { knob, result, because, step } = first;
    return [{ knob, result, because, step, values: values.map(({ value, option }) => ({ value, option })) }];
  });
}

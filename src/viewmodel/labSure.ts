/** How sure an answer is, in words; and the answer as one line to quote. */
import { kernelBadge } from '../explain/kernelBadge.ts';
import type { CheckReport, Settings } from '../checker/verdict.ts';
import type { PropertyId } from '../sim/model/property.ts';
import type { LabRow, LabState } from './labState.ts';
import { violatedWhen } from './labCells.ts';
import { bytesInWords, countsVisited, countOf, extentInWords, GRAIN_WORDS, grouped, knownOf, optionText, propertyName, statesInWords, timeInWords } from './labWords.ts'; // prettier-ignore

export type SureRow = { readonly what: string; readonly words: string };

/** Nothing before a search has begun. */
export function sureRows(state: LabState, row: LabRow, build: string): readonly SureRow[] {
  const { report, progress } = row;
  const begun = report ?? progress;
  if (begun === undefined) return [];
  const settings = report?.settings ?? state;
  const transitions = `${grouped(begun.transitions)} transitions, depth ${begun.depth}`;
  const kernel = kernelOf(state);
  return [
    { what: 'States', words: `${statesLooked(begun)}; ${transitions}` },
    { what: 'Extent', words: report === undefined ? `still searching, ${countOf(progress?.frontier ?? 0, 'state')} to expand` : extentOf(report) }, // prettier-ignore
    { what: 'Grain', words: GRAIN_WORDS[settings.grain] },
    { what: 'Reductions', words: reductions(settings) },
    ...(kernel === undefined ? [] : [{ what: 'Kernel', words: `${kernel}, ${kernelBadge(kernel).text}` }]),
    { what: 'Took', words: `${row.ms === undefined ? '' : `${timeInWords(row.ms)}, `}${bytesInWords(begun.bytes)}` },
    { what: 'Build', words: `Daxpin ${build}` },
  ];
}

const statesLooked = ({ states, visited }: { readonly states: number; readonly visited: number }): string =>
  visited === states
    ? `${grouped(states)}, each visited once and compared whole`
    : `${grouped(states)}; of states alike one was looked at, ${grouped(visited)} in all, each compared whole`;

const extentOf = (report: CheckReport): string =>
  report.complete ? 'complete: every reachable state' : `incomplete: ${extentInWords(report)}`;

type Reductions = Pick<Settings, 'symmetry' | 'order'>;

function reductions(settings: Reductions): string {
  const used = [
    ...(settings.symmetry === 'none' ? [] : [`states equal up to names of ${settings.symmetry === 'free' ? 'free ' : ''}blocks looked at once`]), // prettier-ignore
    ...(settings.order ? ['partial order: of moves that do not meet, one order'] : []),
  ];
  return used.length === 0 ? 'none' : used.join('; ');
}

export const kernelOf = ({ kernel, world }: LabState) => kernel ?? world?.program?.kernel;

/** `wait: S5b violated in 4 steps (184,302 states, complete; Daxpin 0.4.0, kernel 7.0, world default, operation grain)`. */
export function quoteLine(state: LabState, row: LabRow, property: PropertyId, build: string): string | undefined {
  const known = knownOf(row, property);
  const { report } = row;
  if (known === undefined || known.type === 'pending') return undefined;
  if (report === undefined && known.type !== 'violated') return undefined;
  const words = known.type === 'violated' ? `violated ${violatedWhen(known.trace.length, state.grain)}` : known.type;
  const extent = report === undefined ? 'search not ended' : `${statesInWords(report)}, ${extentInWords(report)}`;
  return `${optionText(row.option)}: ${propertyName(property)} ${words} (${extent}; ${setting(state, report?.settings ?? state, build)})`;
}

/** The whole row: `wait: violated S2, S5a; unknown L3 (…)`. */
export function quoteRow(state: LabState, row: LabRow, build: string): string | undefined {
  const { report } = row;
  if (report === undefined) return undefined;
  const ids = Object.keys(report.properties) as PropertyId[];
  const of = (type: string) => ids.filter((id) => report.properties[id].type === type);
  const violated = ids.flatMap((id) => {
    const verdict = report.properties[id];
    return verdict.type === 'violated' ? [`${id} in ${verdict.trace.length}`] : [];
  });
  const parts = [
    violated.length === 0 ? 'nothing violated' : `violated ${violated.join(', ')}`,
    ...(of('unknown').length === 0 ? [] : [`unknown ${of('unknown').join(', ')}`]),
    ...(of('vacuous').length === 0 ? [] : [`vacuous ${of('vacuous').join(', ')}`]),
  ];
  return `${optionText(row.option)}: ${parts.join('; ')} (${statesInWords(report)}, ${extentInWords(report)}; ${setting(state, report.settings, build)})`;
}

function setting(state: LabState, used: Reductions, build: string): string {
  const { world, grain } = state;
  const name = world === undefined ? '' : `, world ${world.source === 'bundled' ? world.id : `“${world.title}”`}`;
  return `Daxpin ${build}, kernel ${kernelOf(state) ?? '?'}${name}, ${GRAIN_WORDS[grain]}${countsVisited(used) ? ', reduced' : ''}`;
}

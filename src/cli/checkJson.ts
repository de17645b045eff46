/**
 * `check --json`: field names, order and `null` for "absent" are a format that scripts read, so nothing here is renamed
 * for taste.
 */
import type { CheckReport, ClaimVerdict, Trace, Verdict } from '../checker/verdict.ts';
import type { Program } from '../sim/model/program.ts';
import { PROPERTY_IDS } from '../sim/model/property.ts';
import type { Checked } from './drive.ts';
import { triedIn } from './tried.ts';
import { traceTeller, type TellTrace } from './words.ts';

export type About = { readonly file: string; readonly program: Program; readonly version: string };

export function checkJson({ file, program, version }: About, { report, ms }: Checked) {
  const tell = traceTeller(program, report.settings.grain);
  const { states, visited, transitions, depth, complete, bound } = report;
  return {
    file,
    title: program.title === '' ? null : program.title,
    kernel: program.kernel,
    option: { preset: program.option.preset, knobs: program.option.knobs },
    ...settingsJson(report),
    states,
    visited,
    transitions,
    depth,
    complete,
    bound: bound ?? null,
    properties: Object.fromEntries(PROPERTY_IDS.map((id) => [id, verdictJson(report.properties[id], tell)])),
    conditions: report.claims.map((claim) => conditionJson(claim, tell)),
    finals: report.finals,
    outcomes: report.outcomes.map(({ final, count, trace }) => ({ final, count, trace: orNull(trace, tell) })),
    outcomesCut: report.outcomesCut,
    witnesses: triedIn(program, report).map(({ line, text, results }) => ({
      line,
      text,
      results: results.map(({ result, trace }) => ({ result, trace: orNull(trace, tell) })),
    })),
    bytes: report.bytes,
    ms,
    version,
  };
}

export const settingsJson = ({ settings: { grain, symmetry, order, maxStates, maxBytes } }: CheckReport) => ({
  grain,
  reductions: { symmetry, order },
  limits: { states: maxStates, bytes: maxBytes },
});

const orNull = (trace: Trace | undefined, tell: TellTrace): readonly string[] | null =>
  trace === undefined ? null : tell(trace);

/** `moves`: of the trace, without the lines above the first menu. */
export function verdictJson(verdict: Verdict, tell: TellTrace) {
  const violated = verdict.type === 'violated' ? verdict : undefined;
  return {
    verdict: verdict.type,
    trace: orNull(violated?.trace, tell),
    moves: violated?.trace.length ?? null,
    message: violated?.message ?? null,
    bound: verdict.type === 'unknown' ? verdict.bound : null,
  };
}

function conditionJson({ text, verdict, positive, negative, witness, counterexample }: ClaimVerdict, tell: TellTrace) {
  return {
    text,
    verdict,
    met: verdict === 'unknown' ? null : verdict === 'holds',
    positive,
    negative,
    witness: orNull(witness, tell),
    counterexample: orNull(counterexample, tell),
  };
}

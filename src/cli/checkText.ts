/** `check` for people: the verdicts, the conditions and the ends as herd7 prints them, and what never happened. */
import type { CheckReport, ClaimVerdict, Verdict } from '../checker/verdict.ts';
import { endWords, observationLine } from '../explain/ends.ts';
import type { Grain } from '../sim/model/order.ts';
import type { Program } from '../sim/model/program.ts';
import { PROPERTIES, PROPERTY_IDS } from '../sim/model/property.ts';
import type { Checked } from './drive.ts';
import { triedIn, type Tried } from './tried.ts';
import { countOf, extentWords, grouped, lengthOf, machineLine, nameOf, seconds, settingsWords, statesWords } from './words.ts'; // prettier-ignore

export function checkText(file: string, program: Program, { report, ms }: Checked): string {
  const head = [...(program.title === '' ? [] : [program.title]), machineLine(program), settingsWords(report.settings)];
  const extent = [
    `${statesWords(report)}, ${countOf(report.transitions, 'transition')}, depth ${report.depth}, ${extentWords(report)}, ${seconds(ms)}`,
  ];
  const sections = [[...head, ...extent], verdicts(report), ends(report), conditions(nameOf(file), report), never(program, report)]; // prettier-ignore
  return sections
    .filter((section) => section.length > 0)
    .map((section) => section.join('\n'))
    .join('\n\n');
}

const NAMES = Math.max(...PROPERTY_IDS.map((id) => PROPERTIES[id].name.length));

function verdicts({ properties, settings }: CheckReport): readonly string[] {
  return PROPERTY_IDS.map((id) => {
    const words = verdictWords(properties[id], settings.grain);
    return `${id.padEnd(4)}${PROPERTIES[id].name.padEnd(NAMES + 2)}${words}`.trimEnd();
  });
}

function verdictWords(verdict: Verdict, grain: Grain): string {
  if (verdict.type !== 'violated') return verdict.type;
  return `violated in ${lengthOf(verdict.trace, grain)}: ${verdict.message}`;
}

/** Most frequent first; longer lists are cut, and say so. */
const MOST_ENDS = 40;

function ends({ outcomes, outcomesCut, finals }: CheckReport): readonly string[] {
  const sorted = outcomes.toSorted((a, b) => b.count - a.count);
  const width = grouped(sorted[0]?.count ?? 0).length;
  const hidden = sorted.length - MOST_ENDS;
  const more = hidden > 0 ? [`and ${grouped(hidden)} more`] : [];
  return [
    `States ${grouped(outcomes.length)}${outcomesCut ? ' or more' : ''}, of ${countOf(finals, 'final state')}`,
    ...sorted.slice(0, MOST_ENDS).map(({ count, final }) => `${grouped(count).padStart(width)} :> ${endWords(final)}`),
    ...more,
  ];
}

const CLAIM_WORDS: { readonly [V in ClaimVerdict['verdict']]: string } = { holds: 'met', violated: 'not met', unknown: 'unknown' }; // prettier-ignore

function conditions(name: string, { claims, complete }: CheckReport): readonly string[] {
  return claims.flatMap((claim) => [
    `${claim.verdict === 'holds' ? '✓' : claim.verdict === 'violated' ? '✗' : '?'} ${claim.text}: ${CLAIM_WORDS[claim.verdict]}`,
    `${observationLine(name, claim)}${complete ? '' : ' (incomplete)'}`,
  ]);
}

/** Operations that no run got to, or that never went through: nothing above holds for lack of trying. */
function never(program: Program, report: CheckReport): readonly string[] {
  const failing = triedIn(program, report).filter(({ results }) => results.every(({ result }) => isRefusal(result)));
  const words = ({ results }: Tried): string =>
    results.length === 0 ? 'never begun' : `only ${results.map(({ result }) => result).join(', ')}`;
  return [
    ...(failing.length === 0 ? [] : [`Never successful${report.complete ? '' : ' in what was visited'}:`]),
    ...failing.map((one) => `  line ${one.line}  ${one.text}: ${words(one)}`),
  ];
}

/** An errno, or what stands for one. Tags are data, whatever their case. */
const isRefusal = (result: string): boolean => /^(E[A-Z]{2,}|SIGBUS|NAK|void|gone|blocks|differs)$/.test(result);

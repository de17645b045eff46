/**
 * The run as lines that can be read, quoted and read back: what there is before the first step, as the text has it, and
 * one line a step with what came of it.
 *
 *     setup  device 16; fs xfs reflink=1; file A abcd; file B = reflink A
 *        1. app   m = mmap A -> ok
 *        2. app   mr = reg_mr m remote_read -> ok
 *     => 3. app   store m 1 X -> ok  [S2]
 *        4. peer  rdma_read mr 1
 */
import { spanAt } from '../../base/spans.ts';
import { goesOnLater } from '../../explain/told.ts';
import { createReporter, sourceLines } from '../../scenario/diagnostic.ts';
import { formatScenario } from '../../scenario/format.ts';
import { lexLine } from '../../scenario/lexer.ts';
import type { Program } from '../../sim/model/program.ts';
import type { Outline } from '../../sim/outline.ts';
import { taskName } from '../../sim/query/naming.ts';
import { wrap } from './plainText.ts';

/** Directives that make the world; option and kernel are in the head, for they may be others than the text's. */
export const SETUP_WORDS = ['device', 'fs', 'alloc', 'proc', 'file', 'order'] as const;

/** The directives of the setup, one a string, without comments. */
export function setupOf(text: string): readonly string[] {
  const formatted = formatScenario(text);
  const lines = sourceLines(formatted.ok ? formatted.value : text);
  return lines.flatMap((line, i) => {
    const bare = line.slice(0, lexLine(line, i + 1, createReporter()).commentAt);
    const words = bare.split(/\s+/).filter((word) => word !== '');
    return SETUP_WORDS.some((word) => word === words[0]) ? [words.join(' ')] : [];
  });
}

/** What had come of a step at a position: `ok`, `blocks`, `blocks, EINTR`; undefined: it has not begun. */
export function resultAt(outline: Outline, step: number, at: number): string | undefined {
  const turns = outline.turns.filter((turn) => turn.step === step && turn.kind !== 'dma');
  const begun = turns.filter(({ from }) => from < at);
  const last = begun.at(-1);
  const result = outline.steps[step];
  if (last === undefined || result === undefined) return undefined;
  if (last.kind === 'held') return '(held back)';
  if (last.to > at) return last.kind === 'begun' ? '...' : 'blocks';
  if (goesOnLater(outline, last)) return '...';
  if (result.result !== 'blocks') return result.result;
  return result.eventually !== undefined && begun.length === turns.length ? `blocks, ${result.eventually}` : 'blocks';
}

/** Ids that a step had violated by a position. */
const violatedBy = ({ violations }: Outline, step: number, at: number): string[] => [
  ...new Set(violations.filter((v) => v.step === step && v.at <= at).map(({ id }) => id)),
];

const MOST_DONE = 100;
const MOST_TO_COME = 100;
/** More than these are told in one paragraph. */
const FEW_TO_COME = 8;

/** Before the steps of that paragraph. */
const THEN = '(then)';

type Run = { readonly program: Program; readonly outline: Outline; readonly at: number };

function stepLines({ program, outline, at }: Run, step: number, now: number | undefined, who: number): string[] {
  const declared = program.steps[step];
  if (declared === undefined) return [];
  const result = resultAt(outline, step, at);
  const { met } = outline.steps[step] ?? {};
  const over = result !== undefined && result !== '...' && !(result === 'blocks' && declared.expect?.blocks === true);
  const other = over && met === false && declared.expect !== undefined ? ` (expected ${declared.expect.text})` : '';
  const broken = violatedBy(outline, step, at);
  const number = `${step + 1}.`.padStart(5);
  const lead = `${step === now ? '=>' : '  '}${number} `;
  const actor = taskName(program, declared.actor);
  const tail = broken.length === 0 ? '' : `  [${broken.join(' ')}]`;
  const line = `${lead}${actor.padEnd(who)} ${declared.text}${result === undefined ? '' : ` -> ${result}`}${other}${tail}`;
  return line.length <= 72 ? wrapKept(line, lead) : wrap(line.slice(lead.length), lead, lead.length + 2);
}

/** A line that fits keeps its columns. */
const wrapKept = (line: string, lead: string): string[] => {
  const once = wrap(line.slice(lead.length), lead);
  return once.length === 1 && /^[\x20-\x7e]*$/.test(line) ? [line.trimEnd()] : once;
};

/** Steps that have not begun, one after the other. */
function comingLines({ program }: Run, steps: readonly number[]): string[] {
  const told = steps.map((step) => {
    const declared = program.steps[step];
    return declared === undefined ? '' : `${step + 1}. ${taskName(program, declared.actor)} ${declared.text}`;
  });
  return wrap(told.join('  '), `${THEN} `);
}

export function traceLines(text: string, run: Run): string[] {
  const { program, outline, at } = run;
  const now = outline.turns[spanAt(outline.turns, at)]?.step;
  const begun = program.steps.flatMap((_, step) => (resultAt(outline, step, at) === undefined ? [] : [step]));
  const done = (begun.at(-1) ?? -1) + 1;
  const from = Math.max(0, done - MOST_DONE);
  const to = Math.min(program.steps.length, done + MOST_TO_COME);
  const who = Math.min(10, Math.max(0, ...program.steps.map(({ actor }) => taskName(program, actor).length)));
  const range = (first: number, end: number): number[] => Array.from({ length: end - first }, (_, i) => first + i);
  const listed = to - done > FEW_TO_COME ? done : to;
  return [
    ...wrap(setupOf(text).join('; '), 'setup  '),
    ...(from > 0 ? [`       (${from} steps before these are in the link alone)`] : []),
    ...range(from, listed).flatMap((step) => stepLines(run, step, now, who)),
    ...(listed < to ? comingLines(run, range(listed, to)) : []),
    ...(to < program.steps.length ? [`       (${program.steps.length - to} steps more are in the link alone)`] : []),
  ];
}

/** A finished run for people: one line a step, what it broke below it, the files, then the conditions. */
import { formatOption } from '../sim/model/knobs.ts';
import type { Program } from '../sim/model/program.ts';
import type { Report } from '../io/runReport.ts';

type Step = Report['steps'][number];
type Broken = Report['violations'][number];

export function formatTrace(program: Program, report: Report): string {
  const head = [...(report.title === null ? [] : [report.title]), headline(program)];
  const before = report.violations.filter(({ line }) => line === null).map(brokenText);
  const conditions = report.conditions.map(({ text, met }) => `${met ? '✓' : '✗'} ${text}`);
  const { met, unmet } = report.expectations;
  const sum = [...conditions, `${met} of ${met + unmet} expectations met`];
  return [head, before, steps(report), files(report), sum]
    .filter((section) => section.length > 0)
    .map((section) => section.join('\n'))
    .join('\n\n');
}

const widest = (words: readonly string[]): number => words.reduce((width, word) => Math.max(width, word.length), 0);

function headline(program: Program): string {
  const { fs, kernel, option } = program;
  const settings = fs.type === 'device-dax' ? '' : ` dax=${fs.dax}`;
  return `kernel ${kernel}, fs ${fs.type}${settings}, option ${formatOption(option)}`;
}

function steps(report: Report): readonly string[] {
  const lineWidth = widest(report.steps.map(({ line }) => String(line)));
  const actorWidth = widest(report.steps.map(({ actor }) => actor));
  const textWidth = widest(report.steps.map(({ text }) => text));
  return report.steps.flatMap((step) => {
    const place = `${String(step.line).padStart(lineWidth)}  ${step.actor.padEnd(actorWidth)}  `;
    const broken = report.violations.filter(({ line }) => line === step.line).map(brokenText);
    const below = [...(step.met === false ? [`✗ expected ${step.expected ?? ''}`] : []), ...broken];
    return [
      `${place}${step.text.padEnd(textWidth)}  ${outcome(step)}`,
      ...below.map((text) => `${' '.repeat(place.length)}${text}`),
    ];
  });
}

function outcome({ result, blockedOn, eventually, held, microsteps }: Step): string {
  const after = eventually === null ? 'and does not return' : `then ${eventually}`;
  const slept = blockedOn === null ? '' : ` on ${blockedOn}, ${after}`;
  return `${held ? 'held back, ' : ''}${result ?? (microsteps.length > 0 ? 'does not return' : 'never run')}${slept}`;
}

/** What broke, and the lines that led there. */
function brokenText({ id, message, because }: Broken): string {
  const lines = because.length === 0 ? '' : ` (line${because.length > 1 ? 's' : ''} ${because.join(', ')})`;
  return `✗ ${id}: ${message}${lines}`;
}

/** Longer files are shown by their beginning. */
const SHOWN = 64;

function files({ final }: Report): readonly string[] {
  const all = Object.entries(final.files);
  const width = widest(all.map(([name]) => name));
  return all.map(([name, { size, data, blocks }]) => {
    const tags = typeof data === 'string' ? data.slice(0, SHOWN) : data.slice(0, SHOWN).join(' ');
    const places = blocks.slice(0, SHOWN).map((block) => block ?? '-');
    const more = size > SHOWN ? ` … ${size} blocks` : '';
    return `${name.padEnd(width)}  ${size === 0 ? '(empty)' : `${tags}  in blocks ${places.join(' ')}${more}`}`;
  });
}

/** The timeline as a table: every turn with its micro-steps, the waits and locks that began in it, and what it broke. */
import { spanAt } from '../base/spans.ts';
import { microInfo } from '../explain/micro.ts';
import type { Program } from '../sim/model/program.ts';
import type { Outline, Turn } from '../sim/outline.ts';
import { taskName } from '../sim/query/naming.ts';
import { cell, MOST_ROWS, type TableRow, type TableScene } from './tables.ts';

type Run = { readonly program: Program; readonly outline: Outline };

const KINDS: { readonly [K in Turn['kind']]: string } = {
  begun: '',
  woke: ', goes on',
  held: ', held back: its actor sleeps',
  exit: ', ends',
  again: ', goes on',
  dma: ', completes by itself',
};

/** Of a long run the turns around `at`. */
export function stepsTable(run: Run, at: number): TableScene {
  const { turns } = run.outline;
  const here = spanAt(turns, at);
  const from = Math.max(0, Math.min(here - MOST_ROWS / 2, turns.length - MOST_ROWS));
  const shown = turns.slice(from, from + MOST_ROWS);
  const starts = startsOf(run.outline);
  return {
    key: 'steps',
    caption: 'Steps: the timeline, turn by turn',
    heads: ['Turn', 'Actor', 'Step', 'Micro-steps', 'Begins to wait', 'Takes locks', 'Result', 'Breaks'],
    rows: shown.map((turn, i) => rowOf(run, turn, { now: from + i === here, starts })),
    empty: 'The text has no step.',
    more: turns.length > MOST_ROWS ? `Of ${turns.length} turns, those around the shown one.` : '',
  };
}

type Starts = { readonly waits: ReadonlyMap<number, readonly string[]>; readonly locks: ReadonlyMap<number, readonly string[]>; readonly broken: ReadonlyMap<number, readonly string[]> }; // prettier-ignore

/** By turn, in one pass over each list: a run may have ten thousand turns. */
function startsOf({ turns, waits, locks, violations }: Outline): Starts {
  const byTurn = <T extends object>(list: readonly T[], at: (one: T) => number, text: (one: T) => string) => {
    const found = new Map<number, string[]>();
    for (const one of list) {
      const turn = turns[Math.max(0, spanAt(turns, at(one)))]?.from ?? 0;
      const texts = found.get(turn) ?? [];
      if (!texts.includes(text(one))) texts.push(text(one));
      found.set(turn, texts);
    }
    return found;
  };
  return {
    waits: byTurn(waits, ({ from }) => from, ({ text }) => text),
    locks: byTurn(locks, ({ from }) => from, ({ name, mode }) => `${name}, ${mode}`),
    broken: byTurn(violations, ({ at }) => at, ({ id }) => id),
  }; // prettier-ignore
}

function rowOf(
  { program, outline }: Run,
  turn: Turn,
  { now, starts }: { readonly now: boolean; readonly starts: Starts },
): TableRow {
  // prettier-ignore
  const step = program.steps[turn.step];
  const result = outline.steps[turn.step];
  const isLast = outline.turns.findLast((other) => other.step === turn.step) === turn;
  const broken = starts.broken.get(turn.from) ?? [];
  return {
    key: `turn ${turn.from}`,
    head: { text: `${turn.step + 1}${KINDS[turn.kind]}` },
    cells: [
      cell(taskName(program, turn.task)),
      cell(step?.text ?? ''),
      cell(micros({ program, outline }, turn)),
      cell((starts.waits.get(turn.from) ?? []).join('; ')),
      cell((starts.locks.get(turn.from) ?? []).join('; ')),
      cell(isLast && result !== undefined ? (result.eventually ?? result.result) : ''),
      { text: '', ...(broken.length === 0 ? {} : { broken }) },
    ],
    at: turn.to,
    now,
  };
}

/** `lookup, alloc ×2, pin`: as the bars are labelled, equal ones together. */
function micros({ program, outline }: Run, { from, to }: Turn): string {
  const labels: { label: string; times: number }[] = [];
  for (let at = from; at < to && labels.length < 24; at += 1) {
    const micro = outline.micros[at];
    const op = micro && program.steps[micro.step]?.op;
    if (micro === undefined || op === undefined) continue;
    const { label } = microInfo(program, op, micro.id);
    const last = labels.at(-1);
    if (last?.label === label) last.times += 1;
    else labels.push({ label, times: 1 });
  }
  const texts = labels.map(({ label, times }) => (times === 1 ? label : `${label} ×${times}`));
  return `${to - from}: ${texts.join(', ')}${labels.length === 24 ? ' …' : ''}`;
}

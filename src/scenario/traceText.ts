/**
 * A run that a checker found, as a text of its own: the world's directives, the lines above its first menu, then one
 * line for everything that began, in the order of the run. Nothing is run here: whether the lines as written take the
 * same moves is for the caller to say (`asWritten`); else an `order` line says which are taken.
 */
import { isDirective, type Directive, type Item } from './ast.ts';
import { sourceLines } from './diagnostic.ts';
import { formatScenario } from './format.ts';
import { loadScenario } from './load.ts';
import { runWord } from './parseOrder.ts';
import { processName } from './vocabulary.ts';
import type { Grain, Move } from '../sim/model/order.ts';
import type { Program } from '../sim/model/program.ts';

export type TraceSource = { readonly text: string; readonly program: Program };
/** From the state after the lines above the first menu, or from the start. */
export type TraceMoves = { readonly grain: Grain; readonly moves: readonly Move[]; readonly asWritten?: boolean };
/** `option`: as on an `option` line. */
export type TraceHead = { readonly title: string; readonly about?: string; readonly option: string };

/** A line of the new text: a step of the old one, or an entry of a menu. */
type Begun = { readonly actor: string; readonly text: string; readonly step?: number };

export function traceText(source: TraceSource, trace: TraceMoves, head: TraceHead): string {
  const { program } = source;
  const above = linesAbove(program);
  const header = headerLines(source, head, above.length);
  const begun = trace.moves.flatMap((move) => begunBy(program, move) ?? []);
  const isAbove = ({ step }: Begun): boolean => step !== undefined && step < above.length;
  const inOrder = [...above, ...begun.filter((line) => !isAbove(line))];
  const texts = [inOrder, ...otherOrders(program, above, begun)].map((lines) => {
    // Lines that never begin, or not in their order, are told apart by the order alone.
    const asWritten = trace.asWritten === true && lines === inOrder && !begun.some(isAbove);
    const order = asWritten ? [] : orderLine(program, trace, lines, above.length);
    return [...header, ...order, ...lines.map(({ actor, text }) => `${actor} ${text}`), ''].join('\n');
  });
  const whole = texts.find((text) => loadScenario(text).ok) ?? texts[0] ?? '';
  const formatted = formatScenario(whole);
  return formatted.ok ? formatted.value : whole;
}

const nameOf = (program: Program, task: number): string => program.actors[task]?.name ?? '';

function stepLine(program: Program, step: number): Begun | undefined {
  const declared = program.steps[step];
  return declared === undefined ? undefined : { actor: nameOf(program, declared.actor), text: declared.text, step };
}

/** A text without a menu is explored from its very start. */
function linesAbove(program: Program): readonly Begun[] {
  const first = Math.min(...program.menus.map(({ line }) => line));
  return program.menus.length === 0
    ? []
    : program.steps.flatMap(({ line }, step) => (line < first ? (stepLine(program, step) ?? []) : []));
}

function begunBy(program: Program, move: Move): Begun | undefined {
  if (move.type === 'step') return stepLine(program, move.step);
  if (move.type !== 'entry') return undefined;
  const entry = program.menus.find(({ actor }) => actor === move.task)?.entries[move.entry];
  return entry === undefined ? undefined : { actor: nameOf(program, move.task), text: entry.text };
}

/**
 * A line of a list may begin before the line that makes its object, and come to nothing. As a text has to make a thing
 * above its use, the lists then stand in their old order, whole.
 */
function otherOrders(program: Program, above: readonly Begun[], begun: readonly Begun[]): readonly (readonly Begun[])[] {
  const lists = program.steps.flatMap((_, step) => (step < above.length ? [] : (stepLine(program, step) ?? [])));
  const entries = begun.filter(({ step }) => step === undefined);
  if (lists.length === 0) return [];
  return [
    [...above, ...lists, ...entries],
    [...above, ...entries, ...lists],
  ];
} // prettier-ignore

/** The lines above run as written; then every move is a word. */
function orderLine(program: Program, { grain, moves }: TraceMoves, lines: readonly Begun[], above: number): readonly string[] {
  const numbers = new Map(lines.flatMap(({ step }, i) => (step === undefined ? [] : [[step, i + 1] as const])));
  const entries = lines.flatMap(({ step }, i) => (step === undefined ? [i + 1] : []));
  let taken = 0;
  const words = moves.map((move): string => {
    const chosen = 'choices' in move && move.choices !== undefined && move.choices.length > 0 ? `:${move.choices.join('.')}` : ''; // prettier-ignore
    switch (move.type) {
      case 'step':
        return `${numbers.get(move.step) ?? 0}${chosen}`;
      case 'entry':
        return `${entries[taken++] ?? 0}${chosen}`;
      case 'run':
        return `${runnerWord(program, move.task)}${chosen}`;
      case 'dma':
        return `dma:${program.dmas[move.dma]?.name ?? ''}${chosen}`;
      case 'grace':
        return `grace:${program.files[move.file]?.name ?? ''}`;
    }
  });
  const all = above === 0 ? words : [`1-${above}`, ...words];
  return all.length === 0 ? [] : [`order ${grain} ${all.join(' ')}`];
} // prettier-ignore

/** The NIC goes on with a completion under the name of what it completes. */
function runnerWord(program: Program, task: number): string {
  const dma = task - program.actors.length;
  return dma < 0 ? runWord(nameOf(program, task)) : `dma:${program.dmas[dma]?.name ?? ''}`;
}

const REPLACED: ReadonlySet<Directive['type']> = new Set<Directive['type']>(['title', 'about', 'option', 'order', 'note', 'kernel', 'proc']); // prettier-ignore

function headerLines({ text, program }: TraceSource, head: TraceHead, above: number): readonly string[] {
  const loaded = loadScenario(text);
  const lines = loaded.ok ? loaded.value.document.lines : [];
  const source = sourceLines(text);
  const isKept = (item: Item | undefined): boolean => item !== undefined && isDirective(item) && !REPLACED.has(item.type);
  const kept = program.fs.type === 'device-dax' ? deviceLines(program) : lines.flatMap(({ item, number }) => (isKept(item) ? [source[number - 1] ?? ''] : [])); // prettier-ignore
  const notes = program.notes.filter(({ step }) => step <= above);
  const written = lines.some(({ item }) => item?.type === 'kernel') || program.kernel !== '7.0';
  return [
    `title ${quoted(head.title)}`,
    ...(head.about === undefined ? [] : head.about.split('\n').map((line) => `about ${quoted(line)}`)),
    ...(written ? [`kernel ${program.kernel}`] : []),
    ...(head.option === '' ? [] : [`option ${head.option}`]),
    ...kept,
    ...procLines(program),
    ...notes.map(({ step, text: note }) => `note ${step} ${quoted(note)}`),
  ];
} // prettier-ignore

/** A quote cannot be written in a quoted text. */
const quoted = (text: string): string => `"${text.replace(/"/g, "'").replace(/\s+/g, ' ')}"`;

/** Every process that is there from the start, as it need not act in this run. */
function procLines({ procs, actors }: Program): readonly string[] {
  return procs.flatMap(({ name, forked }, proc) => {
    const threads = actors.filter((actor) => actor.type === 'thread' && actor.proc === proc);
    const most = Math.max(1, ...threads.map((actor) => Number(actor.name.slice(processName(actor.name).length + 1)) || 1)); // prettier-ignore
    return forked ? [] : [most === 1 ? `proc ${name}` : `proc ${name} threads=${most}`];
  });
}

/** Under a picker the files of a file system became character devices: as such they are written. */
function deviceLines({ blocks, alloc, files, tags }: Program): readonly string[] {
  const cells = files.flatMap(({ name, init }) => (init.type === 'cells' ? [`file ${name} ${init.cells.map((cell) => (typeof cell === 'string' ? '.' : (tags[cell.tag] ?? '.'))).join('')}`] : [])); // prettier-ignore
  return [`device ${blocks}`, ...(alloc === 'any' ? ['alloc any'] : []), 'fs device-dax', ...cells];
}

/**
 * A run that a checker found, as a text of its own: the world's directives, the lines above its first menu, then one
 * line for everything that began, in the order of the run. Nothing is run here: whether the lines as written take the
 * same moves is for the caller to say (`asWritten`); else an `order` line says which are taken.
 */
import { isDirective, type Directive, type Item } from './ast.ts';
import { sourceLines, type Diagnostic } from './diagnostic.ts';
import { formatScenario } from './format.ts';
import { loadScenario } from './load.ts';
import { runWord } from './parseOrder.ts';
import { processName } from './vocabulary.ts';
import type { Op } from '../sim/model/op.ts';
import type { Grain, Move } from '../sim/model/order.ts';
import type { Program } from '../sim/model/program.ts';

export type TraceSource = { readonly text: string; readonly program: Program };
/** From the state after the lines above the first menu, or from the start. */
export type TraceMoves = { readonly grain: Grain; readonly moves: readonly Move[]; readonly asWritten?: boolean };
/** `option`: as on an `option` line. */
export type TraceHead = { readonly title: string; readonly about?: string; readonly option: string };

/** A line of the new text: a step of the old one, or an entry of a menu. */
type Begun = { readonly actor: string; readonly text: string; readonly step?: number };

/** Each time a maker is added that the text lacked. */
const MOST_TRIES = 20;

export function traceText(source: TraceSource, trace: TraceMoves, head: TraceHead): string {
  const { program } = source;
  const above = linesAbove(program);
  const header = headerLines(source, head, above.length);
  const begun = trace.moves.flatMap((move) => begunBy(program, move) ?? []);
  const isAbove = ({ step }: Begun): boolean => step !== undefined && step < above.length;
  const inOrder = [...above, ...begun.filter((line) => !isAbove(line))];
  let bare = trace.asWritten === true && !begun.some(isAbove);
  let never: readonly Begun[] = [];
  for (let tries = 0; ; tries++) {
    const order = bare ? [] : orderLine(program, trace, inOrder, above.length);
    const lines = [...inOrder, ...never].map(({ actor, text }) => `${actor} ${text}`);
    const text = [...header, ...order, ...lines, ''].join('\n');
    const formatted = formatScenario(text);
    if (formatted.ok) return formatted.value;
    // What is used before it is made, or never made at all, takes an order: what is told there may begin late, or never.
    const more = bare ? [] : missing(program, [...inOrder, ...never], formatted.error, text);
    if (tries === MOST_TRIES || (!bare && more.length === 0)) return text;
    never = [...never, ...more];
    bare = false;
  }
}

/** Lines that never begin in this run: they make what other lines name. */
function missing(program: Program, there: readonly Begun[], errors: readonly Diagnostic[], text: string): readonly Begun[] {
  const first = errors.find(({ code }) => code === 'unknown-name' || code === 'unknown-actor');
  if (first === undefined) return [];
  const name = (sourceLines(text)[first.line - 1] ?? '').slice(first.column - 1, first.column - 1 + first.length);
  const maker = program.steps.findIndex(({ op }, step) => madeBy(program, op) === name && !there.some((line) => line.step === step));
  if (maker >= 0) {
    // The whole list up to there, as each actor's own lines stay in order.
    return program.steps.slice(0, maker + 1).flatMap(({ actor }, step) =>
      actor !== program.steps[maker]?.actor || there.some((line) => line.step === step) ? [] : (stepLine(program, step) ?? []));
  }
  for (const { actor, entries } of program.menus)
    for (const { op, text: entry } of entries) if (madeBy(program, op) === name) return [{ actor: nameOf(program, actor), text: entry }];
  return [];
} // prettier-ignore

function madeBy({ maps, mrs, dmas, pipes, files, procs }: Program, op: Op): string | undefined {
  switch (op.verb) {
    case 'mmap':
      return maps[op.map]?.name;
    case 'reg_mr':
      return mrs[op.mr]?.name;
    case 'post_read':
    case 'post_write':
    case 'dio_write':
    case 'dio_read':
      return dmas[op.dma]?.name;
    case 'vmsplice':
      return pipes[op.pipe]?.name;
    case 'create':
      return files[op.file]?.name;
    case 'reflink':
      return files[op.dst]?.name;
    case 'fork':
      return procs[op.child]?.name;
    default:
      return undefined;
  }
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

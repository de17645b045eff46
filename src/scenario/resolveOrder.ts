/** The `order` lines: their words become steps and ids, and each actor's own lines stay in order. */
import type { ActorTable } from './actors.ts';
import { takenChoices, type Document, type OrderLine, type OrderWordAst } from './ast.ts';
import type { Reporter, Span } from './diagnostic.ts';
import { resolveName, type NameTable } from './names.ts';
import { processName } from './vocabulary.ts';
import type { TaskId } from '../sim/model/ids.ts';
import type { Order, OrderWord } from '../sim/model/order.ts';

const MAX_WORDS = 100_000;

export type OrderContext = {
  readonly names: NameTable;
  readonly actors: ActorTable;
  /** Who does each step of the text. */
  readonly steps: readonly TaskId[];
  readonly alloc: 'lowest' | 'any';
  readonly report: Reporter;
};

export type PlacedOrder = { readonly order: Order; readonly spans: readonly Span[] };

/** Undefined without an `order` line. */
export function resolveOrder(document: Document, context: OrderContext): PlacedOrder | undefined {
  const lines = document.lines.flatMap(({ item }) => (item?.type === 'order' ? [item] : []));
  const [first] = lines;
  if (first === undefined) return undefined;
  for (const line of lines) if (line.grain !== first.grain) reportGrain(line, first, context.report);
  const asts = lines.flatMap(({ words }) => words);
  const over = asts[MAX_WORDS];
  if (over !== undefined) {
    const message = `more than ${MAX_WORDS} words of an order`;
    context.report.error('order-length', over.word.span, message, { expected: '1-4 for the steps 1 to 4 as written' });
  }
  const checked = createLineCheck(context);
  const words: OrderWord[] = [];
  const spans: Span[] = [];
  for (const ast of asts.slice(0, MAX_WORDS)) {
    const word = resolveWord(ast, context);
    if (word === undefined) continue;
    checked(word, ast.word.span);
    words.push(word);
    spans.push(ast.word.span);
  }
  return { order: { grain: first.grain, words }, spans };
}

function reportGrain({ grain, grainWord }: OrderLine, first: OrderLine, report: Reporter): void {
  const message = `'${grain}' does not go with line ${first.grainWord.span.line}`;
  report.error('order-grain', grainWord.span, message, { expected: `order ${first.grain}: all lines of one grain` });
}

function resolveWord(ast: OrderWordAst, context: OrderContext): OrderWord | undefined {
  const { actors, steps, names, report, alloc } = context;
  const taken = takenChoices(ast);
  const choices = taken.length === 0 ? {} : { choices: taken };
  if (ast.choices !== undefined && alloc === 'lowest') {
    const expected = 'alloc any, or the word without choices';
    report.error('order-choices', ast.word.span, 'the allocator has no choice here', { expected });
  }
  switch (ast.type) {
    case 'step':
      if (!isStep(ast.step, ast, context)) return undefined;
      return { type: 'step', task: steps[ast.step - 1] ?? 0, step: ast.step - 1, ...choices };
    case 'lines':
      if (!isStep(ast.from, ast, context) || !isStep(ast.to, ast, context)) return undefined;
      if (ast.from <= ast.to) return { type: 'lines', from: ast.from - 1, to: ast.to - 1 };
      report.error('order-step', ast.word.span, `step ${ast.to} stands before step ${ast.from}`, {
        expected: `${ast.to}-${ast.from}`,
      });
      return undefined;
    case 'run': {
      const task = actors.taskOf(ast.name.text);
      if (task !== undefined) return { type: 'run', task, ...choices };
      if (!names.unseen.has(ast.name.text)) reportActor(ast, context);
      return undefined;
    }
    case 'dma': {
      const dma = resolveName({ kind: 'dma', word: ast.name, actor: '' }, names, report);
      return dma === undefined ? undefined : { type: 'dma', dma, ...choices };
    }
    case 'grace': {
      const file = resolveName({ kind: 'file', word: ast.name, actor: '' }, names, report);
      return file === undefined ? undefined : { type: 'grace', file };
    }
  }
}

function isStep(step: number, { word }: OrderWordAst, { steps, report }: OrderContext): boolean {
  if (step >= 1 && step <= steps.length) return true;
  const expected = steps.length === 0 ? 'at least one step to begin' : `1 to ${steps.length}`;
  report.error('order-step', word.span, `there is no step ${step}`, { expected });
  return false;
}

function reportActor({ word, ...ast }: OrderWordAst, { actors, report }: OrderContext): void {
  const name = 'name' in ast ? ast.name.text : word.text;
  const near = { word: name, among: actors.names() };
  report.error('unknown-actor', word.span, `there is no actor '${processName(name) === name ? name : word.text}'`, {
    expected: 'an actor of this text, a step number, dma:NAME or grace:FILE',
    near,
  });
}

/** Every actor begins its lines in order; one that was held back among lines may begin later. */
function createLineCheck({ steps, actors, report }: OrderContext): (word: OrderWord, span: Span) => void {
  const own: number[][] = [];
  const placeOf = steps.map((task, step) => (own[task] ??= []).push(step) - 1);
  /** By task: how many of its lines have begun, for all that the text says. */
  const begun = new Map<TaskId, number>();
  const inLines = new Set<number>();
  /** False after a report. */
  const check = (step: number, span: Span): boolean => {
    const task = steps[step] ?? 0;
    const next = begun.get(task) ?? 0;
    const place = placeOf[step] ?? 0;
    if (place >= next) begun.set(task, place + 1);
    if (place === next || inLines.has(step)) return true;
    const due = own[task]?.[next];
    const who = actors.actors[task]?.name ?? '';
    const message = place < next ? `step ${step + 1} has begun before` : `${who} has not begun step ${(due ?? 0) + 1}, which stands before step ${step + 1}`; // prettier-ignore
    const expected = due === undefined ? 'every step once' : `step ${due + 1}: each actor's own lines stay in order`;
    report.error('order-lines', span, message, { expected });
    return false;
  };
  return (word, span) => {
    if (word.type === 'step') {
      check(word.step, span);
      inLines.delete(word.step);
    } else if (word.type === 'lines') {
      for (let step = word.from; step <= word.to && check(step, span); step++);
      for (let step = word.from; step <= word.to; step++) inLines.add(step);
    }
  };
}

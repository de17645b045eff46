/**
 * A text → its canonical spelling: one line for each line, so that line numbers and comments stay where they were (but
 * for an order, which takes as many as it needs); actors and results in columns.
 */
import { ok, type Result } from '../base/result.ts';
import {
  directiveWord,
  type Directive,
  type FsSettings,
  type Item,
  type Line,
  type OptionWords,
  type OrderLine,
} from './ast.ts';
import type { Diagnostic } from './diagnostic.ts';
import { loadScenario, type Loaded } from './load.ts';
import { KNOB_NAMES } from '../sim/model/knobs.ts';
import type { Menu, StepDecl } from '../sim/model/program.ts';
import { formatOrderWord } from './parseOrder.ts';
import { MENU } from './vocabulary.ts';

/** The words of an order are wrapped here: with the column before them, at about 100. */
const WIDEST_ORDER = 90;
/** Wider names and steps stand out of their column. */
const WIDEST_HEAD = 12;
const WIDEST_STEP = 40;

export function formatScenario(text: string): Result<string, readonly Diagnostic[]> {
  const loaded = loadScenario(text);
  return loaded.ok ? ok(formatLoaded(loaded.value)) : loaded;
}

/** A line before it is put in columns: directive or actor, the rest, the result. */
type Row = { readonly head: string; readonly body: string; readonly result?: string };

function formatLoaded({ document, program }: Loaded): string {
  const steps = program.steps.values();
  const menus = program.menus.values();
  const claims = program.claims.values();
  const rowOf = (item: Item | undefined): Row | undefined => {
    if (item === undefined || item.type === 'lost') return undefined;
    if (item.type === 'claim') return { head: '', body: claims.next().value?.text ?? '' };
    if (item.type === 'menu') return { head: MENU, body: formatMenu(item.actor.text, menus.next().value) };
    if (item.type !== 'step') return { head: directiveWord(item), body: formatDirective(item) };
    const step = steps.next().value;
    return step === undefined ? undefined : stepRow(item.actor.text, step);
  };
  const placed = joinOrders(document.lines).flatMap(({ item, comment }): readonly Placed[] =>
    item?.type === 'order' ? orderRows(item, comment) : [{ row: rowOf(item), comment }],
  );
  const head = columnWidth(
    placed.map(({ row }) => row?.head.length ?? 0),
    WIDEST_HEAD,
  );
  const body = columnWidth(
    placed.map(({ row }) => (row?.result === undefined ? 0 : row.body.length)),
    WIDEST_STEP,
  );
  const lines = placed.map(({ row, comment }) => ({ text: formatRow(row, head, body), comment }));
  return `${placeComments(lines).join('\n').trimEnd()}\n`;
}

type Placed = { readonly row: Row | undefined; readonly comment: string | undefined };
type Source = { readonly item?: Item; readonly comment?: string };

/** Neighbouring lines of an order are one; a comment ends it. */
function joinOrders(lines: readonly Line[]): readonly Source[] {
  const joined: { item?: Item; comment?: string }[] = [];
  for (const { item, comment } of lines) {
    const before = joined.at(-1);
    const own = comment === undefined ? {} : { comment };
    if (item?.type === 'order' && before?.item?.type === 'order' && before.comment === undefined)
      Object.assign(before, own, { item: { ...item, words: [...before.item.words, ...item.words] } });
    else joined.push({ ...(item === undefined ? {} : { item }), ...own });
  }
  return joined;
}

/** As many lines as it takes. */
function orderRows({ grain, words }: OrderLine, comment: string | undefined): readonly Placed[] {
  const bodies: string[] = [];
  let body: string = grain;
  for (const word of words.map(formatOrderWord)) {
    if (body.length + 1 + word.length > WIDEST_ORDER && body !== grain) {
      bodies.push(body);
      body = grain;
    }
    body = `${body} ${word}`;
  }
  return [...bodies, body].map((text, i) => ({
    row: { head: 'order', body: text },
    comment: i === bodies.length ? comment : undefined,
  }));
}

type Commented = { readonly text: string; readonly comment: string | undefined };

/** Comments behind neighbouring lines stand in one column. */
function placeComments(lines: readonly Commented[]): readonly string[] {
  const widths: number[] = lines.map(({ text, comment }) => (comment === undefined || text === '' ? 0 : text.length));
  for (let i = 1; i < widths.length; i++) widths[i] = spread(widths, i, i - 1);
  for (let i = widths.length - 2; i >= 0; i--) widths[i] = spread(widths, i, i + 1);
  return lines.map(({ text, comment }, i) => {
    if (comment === undefined) return text;
    return text === '' ? comment : `${text.padEnd(widths[i] ?? 0)}  ${comment}`;
  });
}

function spread(widths: readonly number[], at: number, from: number): number {
  const own = widths[at] ?? 0;
  return own === 0 ? 0 : Math.max(own, widths[from] ?? 0);
}

function formatMenu(actor: string, menu: Menu | undefined): string {
  const times = menu?.times === undefined ? '' : ` x${menu.times}`;
  return `${actor}${times}: ${(menu?.entries ?? []).map(({ text }) => text).join(' | ')}`;
}

const stepRow = (head: string, { text, expect }: StepDecl): Row =>
  expect === undefined ? { head, body: text } : { head, body: text, result: expect.text };

const columnWidth = (lengths: readonly number[], widest: number): number =>
  lengths.reduce((width, length) => (length > widest ? width : Math.max(width, length)), 0);

function formatRow(row: Row | undefined, headWidth: number, bodyWidth: number): string {
  if (row === undefined) return '';
  const head = row.head === '' ? '' : `${row.head.padEnd(headWidth)} `;
  if (row.result === undefined) return `${head}${row.body}`.trimEnd();
  return `${head}${row.body.padEnd(bodyWidth)} -> ${row.result}`;
}

function formatDirective(directive: Directive): string {
  switch (directive.type) {
    case 'title':
    case 'about':
      return `"${directive.text}"`;
    case 'note':
      return `${directive.step.value} "${directive.text}"`;
    case 'device':
      return String(directive.blocks.value);
    case 'fs':
      return [directive.settings.type ?? 'xfs', ...formatFs(directive.settings)].join(' ');
    case 'kernel':
      return directive.version.text;
    case 'option':
      return formatOption(directive.option);
    case 'alloc':
      return directive.order;
    case 'proc':
      return directive.threads === 1 ? directive.name.text : `${directive.name.text} threads=${directive.threads}`;
    case 'file':
      return directive.cells === '' ? directive.name.text : `${directive.name.text} ${directive.cells}`;
    case 'order':
      return [directive.grain, ...directive.words.map(formatOrderWord)].join(' ');
    case 'clone': {
      const { name, src, range } = directive;
      const part = range === undefined ? '' : ` ${range.off.value} ${range.len.value}`;
      return `${name.text} = reflink ${src.text}${part}`;
    }
  }
}

/** Only what was written: what is left out stays the default. */
function formatFs({ reflink, dax, log }: FsSettings): readonly string[] {
  return [
    ...(reflink === undefined ? [] : [`reflink=${reflink ? 1 : 0}`]),
    ...(dax === undefined ? [] : [`dax=${dax}`]),
    ...(log === undefined ? [] : [`log=${log}`]),
  ];
}

function formatOption({ preset, knobs }: OptionWords): string {
  const changes = KNOB_NAMES.filter((knob) => knobs[knob] !== undefined).map((knob) => `${knob}=${knobs[knob]}`);
  return [...(preset === undefined ? [] : [preset]), ...changes].join(' ');
}

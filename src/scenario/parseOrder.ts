/** `order op|micro WORD…`: the words of an interleaving, and how they are spelt. */
import { takenChoices, type OrderLine, type OrderWordAst } from './ast.ts';
import { takeChoice, takeWord, type Cursor } from './cursor.ts';
import { subword, type Word } from './lexer.ts';
import { isActorName, isName } from './vocabulary.ts';
import { GRAINS } from '../sim/model/order.ts';

/** What may stand as a word, for a report. */
const FORMS = "a step's number (5, or 1-4 as written), an actor, dma:NAME or grace:FILE; after a step, an actor or a DMA the choices of `alloc any` (5:1.0)"; // prettier-ignore

export function parseOrder(cursor: Cursor): OrderLine | undefined {
  const grainWord = cursor.peek();
  const grain = takeChoice(cursor, GRAINS, 'a grain');
  if (grain === undefined || grainWord === undefined) return undefined;
  const first = takeWord(cursor, FORMS);
  const words: OrderWordAst[] = [];
  for (let word = first; word !== undefined; word = cursor.next()) {
    const read = readOrderWord(word);
    if (read !== undefined) words.push(read);
    else cursor.report.error('order-word', word.span, `'${word.text}' is no word of an order`, { expected: FORMS });
  }
  return { type: 'order', grain, grainWord, words };
}

const STEP = /^([0-9]{1,6})(?:-([0-9]{1,6}))?$/;
const CHOICES = /^[0-9]{1,9}(?:\.[0-9]{1,9})*$/;
const PREFIXES = ['run', 'dma', 'grace'] as const;

/** `5`, `5:1.0`, `1-4`, `app`, `app:1`, `dma:q`, `grace:A`; `run:NAME` for an actor whose name reads like another word. */
export function readOrderWord(word: Word): OrderWordAst | undefined {
  if (word.quoted) return undefined;
  const [head = '', ...rest] = word.text.split(':');
  const prefix = PREFIXES.find((known) => known === head);
  const name = subword(word, prefix === undefined ? 0 : head.length + 1, (prefix === undefined ? head : (rest[0] ?? '')).length); // prettier-ignore
  const tail = prefix === undefined ? rest : rest.slice(1);
  const choices = readChoices(tail);
  if (choices === 'wrong') return undefined;
  const said = choices === undefined ? { word } : { word, choices };
  const [, from, to] = prefix === undefined ? (STEP.exec(head) ?? []) : [];
  if (from !== undefined) {
    if (to === undefined) return { ...said, type: 'step', step: Number(from) };
    return choices === undefined ? { word, type: 'lines', from: Number(from), to: Number(to) } : undefined;
  }
  const type = prefix ?? 'run';
  if (type === 'grace' && choices !== undefined) return undefined;
  const fits = type === 'run' ? isActorName(name.text) : isName(name.text);
  return fits ? { ...said, type, name } : undefined;
}

function readChoices(parts: readonly string[]): readonly number[] | undefined | 'wrong' {
  const [text] = parts;
  if (text === undefined) return undefined;
  return parts.length > 1 || !CHOICES.test(text) ? 'wrong' : text.split('.').map(Number);
}

/** An actor as a word. */
export const runWord = (name: string): string =>
  STEP.test(name) || PREFIXES.some((prefix) => prefix === name) ? `run:${name}` : name;

/** The one spelling of a word. */
export function formatOrderWord(ast: OrderWordAst): string {
  const taken = takenChoices(ast);
  const choices = taken.length === 0 ? '' : `:${taken.join('.')}`;
  switch (ast.type) {
    case 'step':
      return `${ast.step}${choices}`;
    case 'lines':
      return `${ast.from}-${ast.to}`;
    case 'run':
      return `${runWord(ast.name.text)}${choices}`;
    case 'dma':
    case 'grace':
      return `${ast.type}:${ast.name.text}${choices}`;
  }
}

/** Reading a line word by word. Every `take…` reports what it misses and returns `undefined`. */
import type { Reporter, Span } from './diagnostic.ts';
import type { NumberWord } from './ast.ts';
import type { Word } from './lexer.ts';
import { BLOCKS, isName, isTag, oneOf, RESULT_WORDS } from './vocabulary.ts';
import { ERRNOS } from './errnos.ts';

export type Cursor = {
  readonly peek: () => Word | undefined;
  readonly next: () => Word | undefined;
  /** Just after the last word. */
  readonly end: Span;
  readonly report: Reporter;
};

export function createCursor(words: readonly Word[], end: Span, report: Reporter): Cursor {
  let at = 0;
  return { peek: () => words[at], next: () => words[at++], end, report };
}

export const isPlain = (word: Word | undefined, text: string): boolean =>
  word !== undefined && !word.quoted && word.text === text;

/** Takes the next word if it is this one. */
export function skip(cursor: Cursor, text: string): boolean {
  const found = isPlain(cursor.peek(), text);
  if (found) cursor.next();
  return found;
}

export function takeWord(cursor: Cursor, expected: string): Word | undefined {
  const word = cursor.next();
  if (word === undefined) cursor.report.error('missing-word', cursor.end, 'the line ends too early', { expected });
  return word;
}

/** One of a fixed set. `also` are known words with an answer of their own. */
export function takeChoice<T extends string>(
  cursor: Cursor,
  choices: readonly T[],
  what: string,
  also: readonly string[] = [],
): T | undefined {
  const word = takeWord(cursor, oneOf(choices));
  if (word === undefined) return undefined;
  const found = choices.find((choice) => choice === word.text);
  if (found === undefined || word.quoted) {
    reportChoice(cursor.report, word, [...choices, ...also], what);
    return undefined;
  }
  return found;
}

export function reportChoice(report: Reporter, word: Word, known: readonly string[], what: string): void {
  const hints = { expected: oneOf(known), near: { word: word.text, among: known } };
  report.error('unknown-word', word.span, `'${word.text}' is not ${what}`, hints);
}

/** Files end here (16 GiB), so that a state can always be shown index by index. */
const MAX_INDEX = 1 << 22;

export function takeNumber(cursor: Cursor, what: string, max = MAX_INDEX): NumberWord | undefined {
  const word = takeWord(cursor, what);
  return word === undefined ? undefined : readNumber(word, what, max, cursor.report);
}

function readNumber(word: Word, what: string, max: number, report: Reporter): NumberWord | undefined {
  if (word.quoted || !/^[0-9]+$/.test(word.text)) {
    report.error('not-a-number', word.span, `'${word.text}' is not a number of blocks`, { expected: what });
    return undefined;
  }
  const value = Number(word.text);
  if (value > max) {
    report.error('number-range', word.span, `${word.text} is too large: the limit is ${max} blocks`);
    return undefined;
  }
  return { value, word };
}

export function takeName(cursor: Cursor, what: string): Word | undefined {
  const word = takeWord(cursor, what);
  return word === undefined ? undefined : readName(word, what, cursor.report);
}

export function readName(word: Word, what: string, report: Reporter): Word | undefined {
  if (!word.quoted && isName(word.text)) return word;
  const expected = `${what}: letters, digits, _ and -, at most 64`;
  report.error('not-a-name', word.span, `'${word.text}' is not a name`, { expected });
  return undefined;
}

export function takeTag(cursor: Cursor): Word | undefined {
  const word = takeWord(cursor, 'a tag');
  if (word === undefined) return undefined;
  if (word.quoted || !isTag(word.text)) {
    const expected = "a letter or short word, or '.' for zeroes";
    cursor.report.error('not-a-tag', word.span, `'${word.text}' is not a tag`, { expected });
    return undefined;
  }
  if (isResultWord(word.text)) {
    cursor.report.error('reserved-word', word.span, `'${word.text}' is a result, so it cannot be a tag too`);
    return undefined;
  }
  return word;
}

export function isResultWord(word: string): boolean {
  return word === BLOCKS || [...RESULT_WORDS, ...ERRNOS].some((result) => result === word);
}

/** Reports what stands after the last word that belongs to the line. */
export function takeEnd(cursor: Cursor, usage: string): boolean {
  const word = cursor.peek();
  if (word === undefined) return true;
  cursor.report.error('extra-word', word.span, `'${word.text}' is one word too many`, { expected: usage });
  return false;
}

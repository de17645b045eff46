/**
 * Text → lines of words, each with its place. Words are split by spaces, `"…"` keeps spaces, `#` starts a comment.
 * Any string is accepted: what is wrong with it is reported and the rest is read on.
 */
import { sourceLines, type Reporter, type Span } from './diagnostic.ts';

export type Word = { readonly text: string; readonly quoted: boolean; readonly span: Span };

export type LexedLine = {
  /** 1-based. */
  readonly number: number;
  readonly words: readonly Word[];
  /** From the `#` on, without trailing spaces. */
  readonly comment?: string;
  /** Where the comment starts, from 0; the length of the line if it has none. */
  readonly commentAt: number;
  /** Where a word that is missing would stand. */
  readonly end: Span;
};

const BREAKS = /[ \t#"]/;
// eslint-disable-next-line no-control-regex -- control characters are what it looks for
const CONTROL = /[\u0000-\u0008\u000a-\u001f\u007f]/;

export function lex(text: string, report: Reporter): readonly LexedLine[] {
  return sourceLines(text).map((line, i) => lexLine(line.endsWith('\r') ? line.slice(0, -1) : line, i + 1, report));
}

/** `line` without its line end. */
export function lexLine(line: string, number: number, report: Reporter): LexedLine {
  const words: Word[] = [];
  let at = 0;
  while (at < line.length) {
    const c = line.charAt(at);
    if (c === ' ' || c === '\t') {
      at++;
    } else if (c === '#') {
      return { number, words, comment: line.slice(at).trimEnd(), commentAt: at, end: endOf(words, number) };
    } else {
      const word = c === '"' ? quotedWord(line, at, number, report) : plainWord(line, at, number);
      checkCharacters(word, report);
      words.push(word);
      at += word.span.length;
    }
  }
  return { number, words, commentAt: line.length, end: endOf(words, number) };
}

function plainWord(line: string, from: number, number: number): Word {
  let to = from;
  while (to < line.length && !BREAKS.test(line.charAt(to))) to++;
  return { text: line.slice(from, to), quoted: false, span: { line: number, column: from + 1, length: to - from } };
}

function quotedWord(line: string, from: number, number: number, report: Reporter): Word {
  const close = line.indexOf('"', from + 1);
  const to = close < 0 ? line.length : close + 1;
  const span = { line: number, column: from + 1, length: to - from };
  if (close < 0)
    report.error('unclosed-quote', span, 'this quote is not closed on its line', { expected: 'a closing "' });
  return { text: line.slice(from + 1, close < 0 ? to : close), quoted: true, span };
}

function checkCharacters(word: Word, report: Reporter): void {
  const found = CONTROL.exec(word.text);
  if (found === null) return;
  const code = found[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
  report.error('bad-character', word.span, `control character U+${code} in a word`, { expected: 'plain text' });
}

function endOf(words: readonly Word[], line: number): Span {
  const last = words.at(-1);
  return last === undefined
    ? { line, column: 1, length: 1 }
    : { line, column: last.span.column + last.span.length, length: 1 };
}

/** Splits unquoted words at punctuation (a pattern with one group), so that `m=mmap` reads like `m = mmap`. */
export function splitAt(words: readonly Word[], punctuation: RegExp): readonly Word[] {
  return words.flatMap((word) => (word.quoted ? [word] : splitWord(word, punctuation)));
}

function splitWord(word: Word, punctuation: RegExp): readonly Word[] {
  const parts: Word[] = [];
  let at = 0;
  for (const part of word.text.split(punctuation)) {
    if (part !== '') parts.push(subword(word, at, part.length));
    at += part.length;
  }
  return parts;
}

/** A piece of an unquoted word, with its own place. */
export function subword(word: Word, from: number, length: number): Word {
  const { line, column } = word.span;
  const text = word.text.slice(from, from + length);
  return { text, quoted: false, span: { line, column: column + from, length: text.length } };
}

/** Lines and numbers of a tool's output. */
import { MAX_OFFSET } from './bounds.ts';

/** CRLF, a lone CR of a terminal, and what hangs behind a line are no part of it. */
export const linesOf = (text: string): readonly string[] =>
  text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\n|\r/)
    .map((line) => line.trimEnd());

/** An exact whole number, or undefined. */
export function whole(digits: string, base: 10 | 16 = 10): number | undefined {
  if (!(base === 10 ? /^\d{1,20}$/ : /^[0-9a-f]{1,16}$/i).test(digits)) return undefined;
  const value = Number.parseInt(digits, base);
  return value <= MAX_OFFSET ? value : undefined;
}

export const BLANK = /^\s*$/;

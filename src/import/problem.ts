/** What keeps a piece of output from being read: where, what, and what to do. */
import { err, type Result } from '../base/result.ts';

export type Problem = {
  /** From 1, in the text that was given. */
  readonly line: number;
  readonly text: string;
  readonly cure: string;
};

export type Parsed<T> = Result<T, Problem>;

export const problem = (line: number, text: string, cure: string): { readonly ok: false; readonly error: Problem } =>
  err({ line, text, cure });

/** Widest piece of a line that is quoted back. */
const QUOTED = 60;

/** Control characters, and those that turn the direction of a text, are not for a report. */
// eslint-disable-next-line no-control-regex -- control characters are what it looks for
const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;
export const plain = (text: string): string => text.replace(UNSEEN, '\ufffd');

export function quote(line: string): string {
  const text = plain(line.trim());
  return `“${text.length > QUOTED ? `${text.slice(0, QUOTED)}…` : text}”`;
}

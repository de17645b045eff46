/** The first error of a text as the transport shows it: the line, the place in it, what was expected. */
import type { Diagnostic } from '../scenario/diagnostic.ts';

export type ErrorScene = {
  readonly place: string;
  /** The line of the text, cut in three at the offending word. */
  readonly before: string;
  readonly word: string;
  readonly after: string;
  /** `^^^`, as long as the word. */
  readonly carets: string;
  readonly message: string;
  readonly expected: string | undefined;
  readonly suggestion: string | undefined;
  readonly line: number;
  /** Errors beside this one. */
  readonly more: number;
};

/** Letters kept before the word: what is wrong must be in sight. */
const LEAD = 44;

export function errorScene(text: string, problems: readonly Diagnostic[]): ErrorScene | undefined {
  const errors = problems.filter(({ severity }) => severity === 'error');
  const first = errors[0];
  if (first === undefined) return undefined;
  const { line, column, length, message, expected, suggestion } = first;
  const whole = (text.split('\n')[line - 1] ?? '').replaceAll('\t', ' ');
  const at = Math.min(column - 1, whole.length);
  const cut = at > LEAD ? at - LEAD : 0;
  const word = whole.slice(at, at + Math.max(1, length));
  return {
    place: `Line ${line}`,
    before: (cut > 0 ? '…' : '') + whole.slice(cut, at),
    word,
    after: whole.slice(at + word.length),
    carets: '^'.repeat(Math.max(1, word.length)),
    message,
    expected,
    suggestion,
    line,
    more: errors.length - 1,
  };
}

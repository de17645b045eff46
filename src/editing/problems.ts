/** Diagnostics as an editor needs them: where they are in the text as it stands, what to say of them, what puts them right. */
import { diagnosticText, type Diagnostic } from '../scenario/diagnostic.ts';

export type Range = { readonly from: number; readonly to: number };

/** Where the lines of a text begin and end. */
export type LineTable = {
  readonly lines: number;
  /** 1-based. */
  readonly line: (number: number) => Range;
};

/** Within its line, however stale the diagnostic is; at least one letter wide where the line has one. */
export function rangeOf({ line, column, length }: Diagnostic, table: LineTable): Range {
  const { from, to } = table.line(Math.max(1, Math.min(line, table.lines)));
  const start = Math.min(from + column - 1, to);
  const end = Math.min(start + Math.max(1, length), to);
  return start === end && start > from ? { from: start - 1, to: end } : { from: start, to: end };
}

/** The word to put in the place of the one that is marked. */
export function fixOf({ suggestion, length }: Diagnostic): string | undefined {
  return length > 0 ? suggestion : undefined;
}

/** A longer list of what was expected is for the box at the word. */
const LONGEST_EXPECTED = 80;

/** `'ftruncat' is not a verb; did you mean 'ftruncate'?` and what was expected, for one line of text. */
export function problemText(diagnostic: Diagnostic): string {
  const { expected, suggestion } = diagnostic;
  return expected === undefined || suggestion !== undefined || expected.length > LONGEST_EXPECTED
    ? diagnosticText(diagnostic)
    : `${diagnosticText(diagnostic)}; expected ${expected}`;
}

export function countOf(diagnostics: readonly Diagnostic[]): string {
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length;
  const notes = diagnostics.length - errors;
  return [counted(errors, 'error'), counted(notes, 'note')].filter((part) => part !== '').join(', ');
}

const counted = (n: number, what: string): string => (n === 0 ? '' : n === 1 ? `1 ${what}` : `${n} ${what}s`);

/** The one to show beside the text: on the caret's line, or else the first error, or else the first note. */
export function problemAt(diagnostics: readonly Diagnostic[], line: number): Diagnostic | undefined {
  const first = (severity: Diagnostic['severity']): Diagnostic | undefined =>
    diagnostics.find((one) => one.severity === severity);
  return diagnostics.find((one) => one.line === line) ?? first('error') ?? first('notice');
}

/** For a screen reader, once typing pauses. */
export function spokenProblems(diagnostics: readonly Diagnostic[], line: number): string {
  const problem = problemAt(diagnostics, line);
  if (problem === undefined) return '';
  return `${countOf(diagnostics)}. Line ${problem.line}: ${problemText(problem)}`;
}

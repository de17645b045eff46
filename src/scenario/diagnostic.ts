/**
 * What is wrong with a text, said so that it can be put right without a manual: where, what, what was expected, and the
 * nearest known word. Errors stop the text from running; notices tell what was read into it.
 */
import { nearest } from './nearest.ts';

/** Line and column count from 1; columns and lengths are in UTF-16 units. */
export type Span = { readonly line: number; readonly column: number; readonly length: number };

export const DIAGNOSTIC_CODES = [
  // words
  'text-too-long', 'unclosed-quote', 'bad-character', 'quote-the-text', 'missing-word', 'extra-word', 'unknown-word',
  'conflicting-words', 'not-a-number', 'number-range', 'not-a-name', 'not-a-tag', 'reserved-word',
  // lines
  'misplaced-directive', 'misplaced-step', 'duplicate-directive', 'missing-actor', 'unknown-keyword', 'unknown-verb', 'needs-name',
  'takes-no-name', 'menu-form', 'second-menu', 'too-many-steps', 'too-many-objects',
  // directives
  'unknown-preset', 'unknown-knob', 'unknown-value', 'duplicate-name', 'device-too-small', 'shared-without-reflink', 'not-of-this-fs',
  'note-step', 'order-word', 'order-grain', 'order-step', 'order-lines', 'order-choices', 'order-length',
  // names
  'unknown-name', 'use-before-creation', 'wrong-kind', 'unknown-actor', 'thread-number', 'remote-actor', 'local-rdma',
  'index-range',
  // expectations and conditions
  'unknown-result', 'unknown-errno', 'unknown-condition', 'unknown-property', 'unmodelled-property', 'nesting',
  // notices
  'added-local-write', 'order-misfit',
] as const; // prettier-ignore
export type DiagnosticCode = (typeof DIAGNOSTIC_CODES)[number];

export type Diagnostic = Span & {
  readonly code: DiagnosticCode;
  readonly severity: 'error' | 'notice';
  readonly message: string;
  readonly expected?: string;
  /** The nearest known word. */
  readonly suggestion?: string;
};

type Hints = {
  readonly expected?: string;
  /** Instead of `expected`, where no known word is near: all of them, say. */
  readonly elseExpected?: string;
  /** What the word meant. */
  readonly suggestion?: string;
  /** What the word may have meant. */
  readonly near?: { readonly word: string; readonly among: Iterable<string> };
};

export type Reporter = {
  readonly error: (code: DiagnosticCode, span: Span, message: string, hints?: Hints) => void;
  readonly notice: (code: DiagnosticCode, span: Span, message: string) => void;
  readonly failed: () => boolean;
  /** In the order of the text. */
  readonly all: () => readonly Diagnostic[];
};

/** Guesses cost time; a text with more errors than this is not waiting for the next guess. */
const MAX_GUESSES = 200;

export function createReporter(): Reporter {
  const found: Diagnostic[] = [];
  let guesses = 0;
  const guess = (near: Hints['near']): string | undefined =>
    near === undefined || ++guesses > MAX_GUESSES ? undefined : nearest(near.word, near.among);
  return {
    error: (code, span, message, { expected: usual, elseExpected, near, suggestion: known } = {}) => {
      const suggestion = known ?? guess(near);
      const expected = suggestion === undefined ? (elseExpected ?? usual) : usual;
      found.push({
        ...span,
        code,
        severity: 'error',
        message,
        ...(expected === undefined ? {} : { expected }),
        ...(suggestion === undefined ? {} : { suggestion }),
      });
    },
    notice: (code, span, message) => found.push({ ...span, code, severity: 'notice', message }),
    failed: () => found.some(({ severity }) => severity === 'error'),
    all: () => found.toSorted((a, b) => a.line - b.line || a.column - b.column),
  };
}

/** For those who read a text whose errors somebody else tells. */
export const SILENT: Reporter = {
  error: () => undefined,
  notice: () => undefined,
  failed: () => false,
  all: () => [],
};

/** `message; did you mean 'x'?` */
export function diagnosticText({ message, suggestion }: Diagnostic): string {
  return suggestion === undefined ? message : `${message}; did you mean '${suggestion}'?`;
}

/** The lines that spans count in. */
export function sourceLines(text: string): readonly string[] {
  return text.replace(/^\uFEFF/, '').split('\n');
}

/** A terminal shows them as a box or a letter, and obeys none of them. */
const CONTROL_PICTURES = 0x2400;
// eslint-disable-next-line no-control-regex -- control characters are what it looks for
const CONTROL = /[\u0000-\u001f\u007f-\u009f]/g;
const visible = (text: string): string =>
  text.replace(CONTROL, (c) => (c < ' ' ? String.fromCharCode(CONTROL_PICTURES + c.charCodeAt(0)) : '\ufffd'));

/** Widest piece of a source line that is quoted back. */
const WINDOW = 120;

/**
 *     case.dax:3:8: 'ftruncat' is not a verb; did you mean 'ftruncate'? [unknown-verb]
 *       app    ftruncat A 2
 *              ^^^^^^^^
 *       expected a verb
 */
export function renderDiagnostic(diagnostic: Diagnostic, lines: readonly string[], file: string): string {
  const { line, column, length, expected, code, severity } = diagnostic;
  const source = (lines[line - 1] ?? '').replace(/\t/g, ' ').replace(/\r$/, '');
  const from = column - 1 < WINDOW - 20 ? 0 : column - 21;
  const shown = source.slice(from, from + WINDOW).trimEnd();
  const room = Math.max(1, Math.min(length, from + WINDOW - column + 1));
  const note = severity === 'notice' ? 'note: ' : '';
  return [
    `${file}:${line}:${column}: ${note}${visible(diagnosticText(diagnostic))} [${code}]`,
    `  ${visible(shown)}`,
    `  ${' '.repeat(column - 1 - from)}${'^'.repeat(room)}`,
    ...(expected === undefined ? [] : [`  expected ${expected}`]),
  ].join('\n');
}

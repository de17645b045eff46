/** The door: the text of a scenario → the program to run, or everything that is wrong with it. Never throws. */
import { err, ok, type Result } from '../base/result.ts';
import type { Document } from './ast.ts';
import { createReporter, type Diagnostic, type Reporter } from './diagnostic.ts';
import { lex } from './lexer.ts';
import { parseDocument } from './parser.ts';
import { resolve, type Resolved } from './resolve.ts';
import type { Overrides } from './resolveHeader.ts';

export const MAX_TEXT_BYTES = 256 * 1024;

export type Loaded = Resolved & {
  /** What was read into the text: nothing that stops it. */
  readonly notices: readonly Diagnostic[];
  /** The text line by line, for the formatter and the editor. */
  readonly document: Document;
};

export function loadScenario(text: string, overrides: Overrides = {}): Result<Loaded, readonly Diagnostic[]> {
  const report = createReporter();
  if (!checkSize(text, report)) return err(report.all());
  const document = parseDocument(lex(text, report), report);
  const resolved = resolve(document, overrides, report);
  const found = report.all();
  return report.failed()
    ? err(found.filter(({ severity }) => severity === 'error'))
    : ok({ ...resolved, document, notices: found });
}

function checkSize(text: string, report: Reporter): boolean {
  // A UTF-16 unit is at least one byte of UTF-8, so a text this long need not be counted.
  const bytes = text.length > MAX_TEXT_BYTES ? text.length : utf8Length(text);
  if (bytes <= MAX_TEXT_BYTES) return true;
  report.error(
    'text-too-long',
    { line: 1, column: 1, length: 1 },
    `the text is longer than ${MAX_TEXT_BYTES / 1024} kB`,
  );
  return false;
}

export function utf8Length(text: string): number {
  let bytes = 0;
  for (const c of text) {
    const code = c.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}

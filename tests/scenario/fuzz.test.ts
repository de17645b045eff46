import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { renderDiagnostic, sourceLines, type Diagnostic } from '../../src/scenario/diagnostic.ts';
import { formatScenario } from '../../src/scenario/format.ts';
import { loadScenario } from '../../src/scenario/load.ts';
import { damagedScenario, wordSalad } from '../support/arbitraryScenario.ts';

const SEED = 47820;

function isPlaced({ line, column, length }: Diagnostic, lines: readonly string[]): boolean {
  const source = lines[line - 1];
  // One past the end is where a missing word would stand.
  return source !== undefined && column >= 1 && length >= 1 && column + length - 1 <= source.length + 1;
}

function checkDiagnostics(found: readonly Diagnostic[], text: string): void {
  const lines = sourceLines(text);
  expect(found.filter((diagnostic) => !isPlaced(diagnostic, lines))).toEqual([]);
  // Thousands of errors read alike; the first few are rendered.
  for (const diagnostic of found.slice(0, 20)) {
    expect(renderDiagnostic(diagnostic, lines, 'f')).toContain(`f:${diagnostic.line}:${diagnostic.column}: `);
  }
}

/** Any text: an answer, never an exception; errors with a place, or a program whose spelling is stable. */
function checkText(text: string): void {
  const loaded = loadScenario(text);
  if (!loaded.ok) {
    expect(loaded.error.length).toBeGreaterThan(0);
    checkDiagnostics(loaded.error, text);
    return;
  }
  checkDiagnostics(loaded.value.notices, text);
  const { program, spans } = loaded.value;
  expect(spans.steps.map(({ line }) => line)).toEqual(program.steps.map(({ line }) => line));
  expect(spans.claims.map(({ line }) => line)).toEqual(program.claims.map(({ line }) => line));
  const formatted = formatScenario(text);
  expect(formatted.ok && formatScenario(formatted.value)).toEqual(formatted);
}

describe(`any text, seed ${SEED}`, () => {
  const runs = { seed: SEED, numRuns: 500 };
  test('of any characters', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 400 }), checkText), runs);
  });
  test('of the words of the language', () => {
    fc.assert(fc.property(wordSalad, checkText), runs);
  });
  test('of a valid text that was damaged', () => {
    fc.assert(fc.property(damagedScenario, checkText), runs);
  });
  test('of bytes that are not UTF-8', () => {
    const decode = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
    fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }).map(decode), checkText), runs);
  });
});

describe('texts near the limits end soon', () => {
  const fill = (piece: string): string => piece.repeat(Math.floor((256 * 1024 - 1) / piece.length));
  test.each([
    ['one word', fill('a')],
    ['brackets', `exists ${fill('(').slice(10)}`],
    ['nots', `exists ${fill('not ').slice(10)}`],
    ['a long condition', `exists ${fill('S1 and ').slice(20)}S1`],
    ['unknown verbs', fill('a b\n')],
    ['unknown names', fill('app load mapping1 0\n')],
    ['misspelt knobs', `option ${fill('pin.longtrm=alow ').slice(20)}`],
    ['quotes', fill('"')],
    ['files', Array.from({ length: 20_000 }, (_, i) => `file f${i}`).join('\n')],
    ['processes that map alike', Array.from({ length: 9_000 }, (_, i) => `p${i} m = mmap A`).join('\n')],
    ['one huge file', `device 999999\nfile A ${fill('a').slice(40)}`],
    ['newlines', fill('\n')],
  ])('%s', (_, text) => {
    checkText(text);
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { renderDiagnostic, sourceLines, type Diagnostic } from '../../src/scenario/diagnostic.ts';
import { formatScenario } from '../../src/scenario/format.ts';
import { contextAt } from '../../src/scenario/contextAt.ts';
import { loadScenario } from '../../src/scenario/load.ts';
import { tokensOf } from '../../src/scenario/tokens.ts';
import { damagedScenario, wordSalad } from '../support/arbitraryScenario.ts';
import { runsOf, THOROUGH } from '../support/thorough.ts';

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
  expect(spans.menus.map(({ line }) => line)).toEqual(program.menus.map(({ line }) => line));
  expect(spans.claims.map(({ line }) => line)).toEqual(program.claims.map(({ line }) => line));
  const formatted = formatScenario(text);
  expect(formatted.ok && formatScenario(formatted.value)).toEqual(formatted);
}

describe(`any text, seed ${SEED}`, () => {
  const runs = { seed: SEED, numRuns: runsOf(500, 80) };
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

type Text = readonly [name: string, of: (bytes: number) => string];
const fill = (piece: string, bytes: number): string => piece.repeat(Math.floor((bytes - 1) / piece.length));
const some = (bytes: number, perLine: number, line: (i: number) => string): string =>
  Array.from({ length: Math.floor(bytes / perLine) }, (_, i) => line(i)).join('\n');

/** One kind of text each that would cost more than its length if anything were done for each pair of its words. */
const LONG: readonly Text[] = [
  ['one word', (n) => fill('a', n)],
  ['brackets', (n) => `exists ${fill('(', n - 10)}`],
  ['nots', (n) => `exists ${fill('not ', n - 10)}`],
  ['a long condition', (n) => `exists ${fill('S1 and ', n - 20)}S1`],
  ['unknown verbs', (n) => fill('a b\n', n)],
  ['unknown names', (n) => fill('app load mapping1 0\n', n)],
  ['misspelt knobs', (n) => `option ${fill('pin.longtrm=alow ', n - 20)}`],
  ['quotes', (n) => fill('"', n)],
  ['files', (n) => some(n, 13, (i) => `file f${i}`)],
  ['clones of clones', (n) => `file f0 ab\n${some(n, 28, (i) => `file f${i + 1} = reflink f${i}`)}`],
  ['processes that map alike', (n) => some(n, 28, (i) => `p${i} m = mmap A`)],
  ['one huge file', (n) => `device 999999\nfile A ${fill('a', n - 40)}`],
  ['newlines', (n) => fill('\n', n)],
  ['a menu of many entries', (n) => `any a: ${fill('m = mmap anon 1|load m 0|', n - 20)}sync`],
  ['menus', (n) => some(n, 28, (i) => `any a${i}: m = mmap anon 1`)],
  ['bars', (n) => `any a:${fill('|', n - 10)}`],
  ['colons', (n) => `any a${fill(':', n - 10)}`],
  ['forks of forks', (n) => `c0 m = mmap anon 1\n${some(n, 24, (i) => `c${i} fork c${i + 1}`)}`],
  ['forks of forks in menus', (n) => some(n, 28, (i) => `any c${i}: fork c${i + 1}|wait`)],
  ['forks of many mappings', (n) => `${some(n / 2, 30, (i) => `p m${i} = mmap anon 1`)}\n${some(n / 2, 16, (i) => `p fork c${i}`)}`], // prettier-ignore
  ['comments', (n) => fill('# "a\n', n)],
  ['notes', (n) => `${fill('note 1 "a b c"\n', n - 20)}a sync`],
]; // prettier-ignore

describe('texts near the limits', () => {
  test.each(LONG)('%s', (_, of) => {
    checkText(of(256 * 1024));
  });
});

/** Least time of this process's own, so that what else runs here does not count. */
function costOf(times: number, work: () => unknown): number {
  const costs = Array.from({ length: times }, () => {
    const before = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(before);
    return user + system;
  });
  return Math.min(...costs);
}

/**
 * Sixteen times the text: 16 if the cost is linear, 256 if it is quadratic. The bound is far from both, since the
 * collector of garbage and the compiler have their share; costs of a few milliseconds are noise.
 */
const FAR_FROM_SQUARE = 80;
function growth(work: (text: string) => unknown, of: (bytes: number) => string): number {
  const [small, large] = [of(4 * 1024), of(64 * 1024)];
  let least = Infinity;
  // A square is one every time; what the collector does to one measure is not.
  for (let attempt = 0; attempt < 6 && least >= FAR_FROM_SQUARE; attempt++) {
    work(large);
    const cost = Math.max(
      1000,
      costOf(2, () => work(small)),
    );
    least = Math.min(least, costOf(1, () => work(large)) / cost);
  }
  return least;
}

describe('the cost of a text grows as its length', () => {
  test.each(THOROUGH ? LONG : LONG.filter((_, i) => i % 2 === 0))('%s', (_, of) => {
    expect(growth((text) => loadScenario(text), of)).toBeLessThan(FAR_FROM_SQUARE);
    expect(growth((text) => tokensOf(text) && contextAt(text, text.length), of)).toBeLessThan(FAR_FROM_SQUARE);
  });
});

describe(`what an editor asks of any text, seed ${SEED}`, () => {
  const checkEditor = (text: string, at: number): void => {
    const tokens = tokensOf(text);
    let last = 0;
    for (const { from, to } of tokens) {
      expect(from).toBeGreaterThanOrEqual(last);
      expect(to).toBeGreaterThan(from);
      expect(text.slice(from, to)).not.toContain('\n');
      last = to;
    }
    expect(last).toBeLessThanOrEqual(text.length);
    const offset = at % (text.length + 1);
    const { from, to } = contextAt(text, offset);
    expect(from).toBeLessThanOrEqual(offset);
    expect(to).toBeGreaterThanOrEqual(offset);
    expect(text.slice(from, to)).not.toContain('\n');
  };
  const runs = { seed: SEED, numRuns: runsOf(300, 50) };
  test.each([
    ['any characters', fc.string({ unit: 'binary', maxLength: 200 })],
    ['words of the language', wordSalad],
    ['a damaged text', damagedScenario],
  ] as const)('%s', (_, texts) => {
    fc.assert(fc.property(texts, fc.nat(), checkEditor), runs);
  });
});

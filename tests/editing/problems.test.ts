// What is wrong with a text, as the editor marks and tells it.
import { describe, expect, test } from 'vitest';
import {
  countOf,
  fixOf,
  problemAt,
  problemText,
  rangeOf,
  spokenProblems,
  type LineTable,
} from '../../src/editing/problems.ts';
import type { Diagnostic } from '../../src/scenario/diagnostic.ts';
import { loadScenario } from '../../src/scenario/load.ts';

function tableOf(text: string): LineTable {
  const lines = text.split('\n');
  const starts = lines.map((_, i) => lines.slice(0, i).reduce((sum, line) => sum + line.length + 1, 0));
  return {
    lines: lines.length,
    line: (n) => ({ from: starts[n - 1] ?? 0, to: (starts[n - 1] ?? 0) + (lines[n - 1]?.length ?? 0) }),
  };
}

function diagnosticsOf(text: string): readonly Diagnostic[] {
  const loaded = loadScenario(text);
  return loaded.ok ? loaded.value.notices : loaded.error;
}

const WRONG = 'file A abcd\napp ftruncat A 2\napp lod A\n';

describe('where a diagnostic is', () => {
  test('the misspelt word itself', () => {
    const marked = diagnosticsOf(WRONG).map((one) => {
      const { from, to } = rangeOf(one, tableOf(WRONG));
      return WRONG.slice(from, to);
    });
    expect(marked).toEqual(['ftruncat', 'lod']);
  });

  const at = (line: number, column: number, length: number): Diagnostic => ({ line, column, length, code: 'missing-word', severity: 'error', message: 'm' }); // prettier-ignore

  test.each<[name: string, place: Diagnostic, from: number, to: number]>([
    ['a word that is missing at the end', at(1, 4, 1), 2, 3],
    ['an empty line', at(2, 1, 1), 4, 4],
    ['past a line that became shorter', at(3, 20, 5), 6, 7],
    ['past the end of a text that became shorter', at(9, 1, 2), 5, 7],
    ['longer than its line', at(1, 2, 50), 1, 3],
  ])('%s', (_name, place, from, to) => {
    expect(rangeOf(place, tableOf('abc\n\nxy'))).toEqual({ from, to });
  });
});

describe('what is told of it', () => {
  const found = diagnosticsOf(WRONG);
  const [first, second] = found;

  test('the word to put in its place', () => {
    expect(found.map(fixOf)).toEqual(['ftruncate', 'load']);
  });

  test('the one on the line of the caret, else the first', () => {
    expect(problemAt(found, 3)).toBe(second);
    expect(problemAt(found, 1)).toBe(first);
    expect(problemAt([], 1)).toBeUndefined();
  });

  test('an error before a note', () => {
    const note: Diagnostic = {
      line: 1,
      column: 1,
      length: 1,
      code: 'added-local-write',
      severity: 'notice',
      message: 'n',
    };
    expect(problemAt([note, ...found], 99)).toBe(first);
    expect(countOf([note, ...found])).toBe('2 errors, 1 note');
  });

  test('for a screen reader', () => {
    expect(spokenProblems(found, 3)).toBe("2 errors. Line 3: 'lod' is not a verb; did you mean 'load'?");
    expect(spokenProblems([], 3)).toBe('');
  });

  test('what was expected, where it is short enough for one line', () => {
    const [missing] = diagnosticsOf('file A abcd\napp ftruncate A\n');
    expect(missing && problemText(missing)).toMatch(/; expected .+$/);
    expect(first && problemText(first)).not.toContain('expected');
  });
});

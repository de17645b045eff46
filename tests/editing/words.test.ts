// The words of a line: the same kinds as the language says, and what each name stands for.
import { describe, expect, test } from 'vitest';
import { lineWords, wordAt } from '../../src/editing/words.ts';
import { tokensOfLine } from '../../src/scenario/tokens.ts';
import { bundledTexts } from '../support/bundledTexts.ts';

const namesIn = (line: string): string =>
  lineWords(line)
    .filter(({ names }) => names !== undefined)
    .map(({ text, names }) => `${text}=${names}`)
    .join(' ');

test.each([
  ['file B = reflink A', 'B=file A=file'],
  ['proc app threads=2', ''],
  ['app m = mmap A', 'm=map A=file'],
  ['app m=mmap anon 4', 'm=map'],
  ['app mr = reg_mr m 0 2 remote_read', 'mr=mr m=map'],
  ['app mr = reg_mr m remote_read', 'mr=mr m=map'],
  ['peer d = post_read mr 1', 'd=dma mr=mr'],
  ['app p = vmsplice m 0', 'p=pipe m=map'],
  ['app reflink A B', 'A=file B=file'],
  ['any app x3: m2 = mmap A | mr2 = reg_mr m2 remote_read', 'm2=map A=file mr2=mr m2=map'],
  ['exists file A = ab and mr live', 'A=file mr=mr'],
])('what the names of %j stand for', (line, expected) => {
  expect(namesIn(line)).toBe(expected);
});

test('every word of the bundled scenarios has the kind that the language gives it', () => {
  const lines = bundledTexts().flatMap(({ text }) => text.split('\n'));
  expect(lines.length).toBeGreaterThan(100);
  for (const line of lines) {
    const tokens = lineWords(line).map(({ from, to, kind }) => ({ from, to, kind }));
    expect(tokens, line).toEqual(tokensOfLine(line));
  }
});

describe('the word at a column', () => {
  const words = lineWords('app load m');
  test.each([
    [0, 'app'],
    [3, 'app'],
    [4, 'load'],
    [8, 'load'],
    [10, 'm'],
  ])('%d', (column, text) => {
    expect(wordAt(words, column)?.text).toBe(text);
  });
  test('none past the end', () => {
    expect(wordAt(words, 11)).toBeUndefined();
  });
});

test('a line of a million letters is read in part', () => {
  expect(lineWords('x'.repeat(1_000_000)).at(-1)?.to).toBeLessThan(3000);
});

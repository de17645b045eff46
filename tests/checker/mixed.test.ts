// Lists, menus and several actors in one text: states and final states counted by hand (semantics §5).
import { describe, expect, test } from 'vitest';
import { reportOf } from '../../src/checker/report.ts';
import { advanceSearch, createSearch } from '../../src/checker/search.ts';
import { FULL } from '../../src/checker/verdict.ts';
import { programOf } from '../support/runText.ts';

function counts(text: string) {
  const search = createSearch(programOf(`title "t"\n${text.replaceAll(/\s*;\s*/g, '\n')}\n`), FULL);
  while (!advanceSearch(search, 1000));
  const { states, transitions, finals } = reportOf(search);
  return [states, transitions, finals];
}

describe('states, transitions, final states', () => {
  test.each([
    // Two lists of waits: a grid of 3 × 2 positions.
    ['two lists', 'a wait; a wait; b wait', [6, 7, 1]],
    // The list of a menu's actor comes first; above the menus nothing is explored.
    ['lines above the first menu are no transitions', 'a wait; b wait; any a x1: wait', [2, 1, 1]],
    // a: used 0 … 2 times; b: at its line or past it. An entry that is taken by either name is the same use.
    ['a counted menu beside a list', 'any a x2: wait | sync; b wait', [6, 11, 1]],
    // Nothing is left to tell how often it was used; and every state is final.
    ['an unlimited menu beside a list', 'any a: wait; b wait', [2, 3, 2]],
    ['two menus', 'any a x1: wait; any b x2: wait', [6, 7, 1]],
    // Only one create changes anything; the second use finds EEXIST.
    ['entries that change the world once', 'any a x2: create F', [3, 2, 1]],
    // exit leaves no entry enabled, though uses are left: final after it, or with both uses taken.
    ['a menu whose actor is gone', 'any a x2: wait | exit', [5, 4, 3]],
    // The child's line waits for a fork that the menu may never take: then it is held back for ever.
    ['a child of a menu', 'any a x1: fork kid | wait; kid wait', [4, 3, 2]],
  ])('%s', (_, text, expected) => {
    expect(counts(text)).toEqual(expected);
  });
});

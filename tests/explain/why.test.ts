// Property cards and what comes next: nothing is claimed as broken before it is.
import { describe, expect, test } from 'vitest';
import { cardsAt, nextStep, nextWarnings, violationsAt } from '../../src/explain/why.ts';
import { bundled, play } from './support.ts';

const MAIL =
  'device 16\noption wait\nfile A abcd\nfile B = reflink A\napp m = mmap A\napp mr = reg_mr m remote_read\napp store m 1 X\npeer rdma_read mr 1\napp dereg_mr mr';
const SLEEP =
  'device 8\noption wait\nfile A abcd\napp m = mmap A\napp mr = reg_mr m remote_write\nadmin ftruncate A 2\nadmin pread A 0\napp dereg_mr mr\napp exit\napp load m 0';

const cards = (text: string, turn: number): readonly string[] => {
  const { outline, after } = play(text);
  return cardsAt(outline, after(turn).at).map(
    ({ id, title, fresh, causes }) =>
      `${id}${fresh ? '*' : ''} ${title}: ${causes.map(({ label }) => label).join(', ')}`,
  );
};

test.each<[turn: number, expected: readonly string[]]>([
  [2, []],
  [3, ["S2* A pin reaches another file's block: step 2, step 3"]],
  [
    4,
    [
      'S5b* A remote read returns stale data: step 2, step 3, step 4',
      "S2 A pin reaches another file's block: step 2, step 3",
    ],
  ],
  [5, []],
])('cards after turn %i of the mail', (turn, expected) => {
  expect(cards(MAIL, turn)).toEqual(expected);
});

test('a card speaks in sentences and says how many more there are', () => {
  const { outline, after } = play(
    'device 8\noption unprotected\nfile A abcd\napp m = mmap A\napp mr = reg_mr m remote_write\nadmin ftruncate A 1',
  );
  expect(cardsAt(outline, after(3).at)).toMatchObject([
    { id: 'S1', more: 2, message: 'mr[1] still reaches block 1, which is free.' },
  ]);
});

const warnings = (text: string, turn: number): readonly string[] => {
  const { program, outline, at, after } = play(text);
  return nextWarnings(program, outline, turn === 0 ? at(0) : after(turn)).map(({ id, text: line }) => `${id} ${line}`);
};

test.each<[text: string, turn: number, expected: readonly string[]]>([
  [MAIL, 1, []],
  [MAIL, 2, ['S2 next step: mr[1], taken through A[1], reaches block 1, now of B[1]']],
  [MAIL, 3, ['S5b next step reads b where A[1] holds X']],
  [MAIL, 4, []],
  [SLEEP, 2, ['L1 next step: admin waits for block 0, pinned by mr[0]: no path ends the wait unless app volunteers']],
])('warnings of %s after turn %i', (text, turn, expected) => {
  expect(warnings(text, turn)).toEqual(expected);
});

test('in the middle of a turn the rest of it is told', () => {
  const { program, outline, at } = play(MAIL);
  const store = outline.turns[2];
  expect(nextWarnings(program, outline, at((store?.from ?? 0) + 2)).map(({ text }) => text)).toEqual([
    'this step: mr[1], taken through A[1], reaches block 1, now of B[1]',
  ]);
});

test('what comes next, and what it comes to', () => {
  const { outline, program } = play(SLEEP);
  const lines = [0, ...outline.turns.map(({ to }) => to)].map((at) => nextStep(program, outline, at));
  expect(lines.map((line) => (line === undefined ? 'the end' : `${line.call}: ${line.outcome}`))).toEqual([
    'app m = mmap A: returns ok',
    'app mr = reg_mr m local_write remote_write: returns ok',
    'admin ftruncate A 2: sleeps',
    'admin pread A 0: is held back',
    'app dereg_mr mr: returns ok',
    'admin ftruncate A 2: wakes and returns ok',
    'admin pread A 0: returns a',
    'app exit: returns ok',
    'app load m 0: does nothing',
    'the end',
  ]);
});

describe('over every bundled scenario', () => {
  test.each(bundled)('$name: each violation is warned of or shown, in its turn', ({ program, outline, at }) => {
    for (const { id, at: broken } of outline.violations) {
      expect(violationsAt(outline, broken).map((violation) => violation.id)).toContain(id);
      expect(violationsAt(outline, broken - 1).filter((violation) => violation.at === broken)).toEqual([]);
      const before = outline.turns.find(({ from, to }) => from < broken && broken <= to)?.from ?? 0;
      const known = violationsAt(outline, before).some((violation) => violation.id === id);
      const warned = nextWarnings(program, outline, at(before)).some((warning) => warning.id === id);
      expect([id, known !== warned]).toEqual([id, true]);
    }
  });
});

import { describe, expect, test } from 'vitest';
import { transportScene } from '../../src/viewmodel/transportScene.ts';
import { READ_MR, TWO_SLEEPERS } from '../support/caseTexts.ts';
import { runText } from '../support/runText.ts';

function told(text: string, overrides?: Parameters<typeof runText>[1]) {
  const { program, outline } = runText(text, overrides);
  return {
    at: (position: number) => transportScene(program, outline, position),
    atEnds: () => outline.turns.map(({ to }) => transportScene(program, outline, to)),
    outline,
  };
}

describe('the line under the stage', () => {
  test('at the beginning shows the first line as the one to come', () => {
    expect(told(READ_MR).at(0)).toEqual({
      place: 'Start, 5 steps',
      actor: 'app',
      line: 'm = mmap A',
      ahead: true,
      verdict: '',
      short: '',
      unexpected: false,
    });
  });

  test('at the end of a step says what came of it, and whether that was expected', () => {
    expect(
      told(READ_MR)
        .atEnds()
        .map(({ place, verdict }) => `${place}: ${verdict}`),
    ).toEqual([
      'Step 1 of 5: ok',
      'Step 2 of 5: ok',
      'Step 3 of 5: ok, as expected',
      'Step 4 of 5: b, as expected',
      'Step 5 of 5: X, as expected',
    ]);
  });

  test('in short: a check mark, but words where it came out otherwise', () => {
    const shorts = (text: string): readonly string[] =>
      told(text)
        .atEnds()
        .map(({ short }) => short);
    expect(shorts(READ_MR)).toEqual(['ok', 'ok', 'ok ✓', 'b ✓', 'X ✓']);
    expect(shorts('file A a\napp pread A 0 -> b')).toEqual(['a, expected b']);
  });

  test('within a step counts micro-steps', () => {
    expect(told(READ_MR).at(28).verdict).toBe('micro-step 4 of 9');
  });

  test('what was not expected says so', () => {
    const mainline = told(READ_MR, { preset: 'mainline' }).atEnds();
    expect(mainline[3]).toMatchObject({ verdict: 'void, expected b', unexpected: true });
  });

  test('a sleeper sleeps as expected, and goes on as expected', () => {
    expect(
      told(TWO_SLEEPERS)
        .atEnds()
        .map(({ place, verdict }) => `${place}: ${verdict}`),
    ).toEqual([
      'Step 1 of 5: ok',
      'Step 2 of 5: ok',
      'Step 3 of 5: blocks, as expected',
      'Step 4 of 5: blocks, as expected',
      'Step 5 of 5: ok, as expected',
      'Step 3 of 5: ok, as expected',
      'Step 4 of 5: ok, as expected',
    ]);
  });

  test('a line whose actor is asleep is held back', () => {
    const held = told('file A ab\napp m = mmap A\napp mr = reg_mr m remote_read\napp ftruncate A 1\napp load m 0\n', {
      preset: 'wait',
    });
    expect(held.at(held.outline.length).verdict).toBe('held back: app is asleep');
  });
});

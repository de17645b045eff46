import { describe, expect, test } from 'vitest';
import { runningLine, scriptScene, stepAtLine } from '../../src/viewmodel/scriptScene.ts';
import { READ_MR, TWO_SLEEPERS } from '../support/caseTexts.ts';
import { runText } from '../support/runText.ts';

const lineOf = (text: string, part: string): number => text.split('\n').findIndex((line) => line.includes(part)) + 1;

describe('what a run says of the lines of its text', () => {
  test('each step has its result; what was expected stands beside it, judged', () => {
    const { program, outline } = runText(READ_MR);
    const { steps, results } = scriptScene(program, outline);
    expect(steps).toEqual([6, 7, 8, 9, 10]);
    expect(results).toEqual([
      { line: 6, result: 'ok' },
      { line: 7, result: 'ok' },
      { line: 8, result: 'ok', expected: 'ok', met: true },
      { line: 9, result: 'b', expected: 'b', met: true },
      { line: 10, result: 'X', expected: 'X', met: true },
    ]);
  });

  test('under another option the same line comes to something else, and is judged by that', () => {
    const { program, outline } = runText(READ_MR, { preset: 'mainline' });
    const read = scriptScene(program, outline).results.find(({ line }) => line === lineOf(READ_MR, 'rdma_read'));
    expect(read).toEqual({ line: 9, result: 'void', expected: 'b', met: false });
  });

  test('a missed expectation says so', () => {
    const text = 'file A ab\napp m = mmap A\napp load m 0 -> b\n';
    const { program, outline } = runText(text);
    expect(scriptScene(program, outline).results.at(-1)).toEqual({ line: 3, result: 'a', expected: 'b', met: false });
  });

  test('a call that slept says what it came to in the end', () => {
    const { program, outline } = runText(TWO_SLEEPERS);
    const { results } = scriptScene(program, outline);
    expect(results.find(({ line }) => line === lineOf(TWO_SLEEPERS, 'ftruncate'))?.result).toBe('blocks, ok');
  });
});

describe('the line that runs', () => {
  const { program, outline, endOf } = runText(READ_MR);

  test('is none at the beginning, then that of the step, to the end of its turn', () => {
    expect(runningLine(program, outline, 0)).toBeUndefined();
    for (let step = 1; step <= 5; step += 1) {
      expect([step, runningLine(program, outline, endOf(step))]).toEqual([step, step + 5]);
      expect([step, runningLine(program, outline, Math.max(0, endOf(step - 1)) + 1)]).toEqual([step, step + 5]);
    }
  });

  test('a sleeper that goes on has its line back', () => {
    const sleepers = runText(TWO_SLEEPERS);
    const lines = sleepers.outline.turns.map(({ to }) => runningLine(sleepers.program, sleepers.outline, to));
    const truncate = lineOf(TWO_SLEEPERS, 'ftruncate');
    expect(lines.filter((line) => line === truncate).length).toBeGreaterThan(1);
    expect(lines.indexOf(truncate)).toBeLessThan(lines.indexOf(lineOf(TWO_SLEEPERS, 'dereg_mr')));
  });

  test('a line that is no step belongs to the step above it', () => {
    expect([1, 5, 6, 7, 10, 11, 99].map((line) => stepAtLine(program, line))).toEqual([
      undefined,
      undefined,
      0,
      1,
      4,
      4,
      4,
    ]);
  });
});

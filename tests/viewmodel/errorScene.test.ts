import { describe, expect, test } from 'vitest';
import { loadScenario } from '../../src/scenario/load.ts';
import type { Diagnostic } from '../../src/scenario/diagnostic.ts';
import { errorScene } from '../../src/viewmodel/errorScene.ts';

const sceneOf = (text: string) => {
  const loaded = loadScenario(text);
  return loaded.ok ? undefined : errorScene(text, loaded.error);
};

const at = (line: number, column: number, length: number, severity: Diagnostic['severity'] = 'error'): Diagnostic => ({
  line,
  column,
  length,
  severity,
  code: 'unknown-word',
  message: 'It is unknown.',
});

describe('the first error', () => {
  test('is shown by its line, cut at the word, with what it may have meant', () => {
    expect(sceneOf('file A ab\napp m = mmap A\napp lod m 1\napp lod m 0\n')).toMatchObject({
      place: 'Line 3',
      line: 3,
      before: 'app ',
      word: 'lod',
      after: ' m 1',
      carets: '^^^',
      suggestion: 'load',
      more: 1,
    });
  });

  test('of a text without errors there is none', () => {
    expect(sceneOf('file A ab\n')).toBeUndefined();
    expect(errorScene('file A ab', [])).toBeUndefined();
    expect(errorScene('file A ab', [at(1, 1, 4, 'notice')])).toBeUndefined();
  });

  test('notices before it are passed over and not counted', () => {
    expect(errorScene('one\ntwo', [at(1, 1, 3, 'notice'), at(2, 1, 3)])).toMatchObject({
      line: 2,
      word: 'two',
      more: 0,
    });
  });
});

describe('the place in the line', () => {
  const far = `${'a'.repeat(60)} wrong end`;

  test('far to the right, the letters just before it are kept', () => {
    const scene = errorScene(far, [at(1, 62, 5)]);
    expect(scene).toMatchObject({ before: `…${'a'.repeat(43)} `, word: 'wrong', after: ' end', carets: '^^^^^' });
  });

  test('the three parts are the line from there on', () => {
    for (let column = 1; column <= far.length; column += 1) {
      const scene = errorScene(far, [at(1, column, 3)]);
      const whole = `${scene?.before ?? ''}${scene?.word ?? ''}${scene?.after ?? ''}`.replace('…', '');
      expect([column, far.endsWith(whole)]).toEqual([column, true]);
      expect(scene?.carets).toHaveLength(scene?.word.length ?? 0);
    }
  });

  test('at the end of the line, where a word is missing, one caret points behind it', () => {
    expect(errorScene('app load', [at(1, 9, 1)])).toMatchObject({
      before: 'app load',
      word: '',
      after: '',
      carets: '^',
    });
  });

  test('a place that the text no longer has does no harm', () => {
    expect(errorScene('ab', [at(7, 40, 9)])).toMatchObject({ place: 'Line 7', before: '', word: '', carets: '^' });
  });

  test('a tab takes one column, as it is counted', () => {
    expect(errorScene('app\tlod m', [at(1, 5, 3)])).toMatchObject({ before: 'app ', word: 'lod', after: ' m' });
  });
});

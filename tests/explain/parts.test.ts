import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { linked, plain, type Target } from '../../src/explain/parts.ts';

const A1: Target = { text: 'A[1]', ref: { type: 'extent', inode: 0, index: 1 } };
const A: Target = { text: 'A', ref: { type: 'file', inode: 0 } };
const BLOCK_1: Target = { text: 'block 1', ref: { type: 'block', block: 1 } };
const STEP_3: Target = { text: 'step 3', step: 2 };

describe('links over a sentence', () => {
  test.each([
    ['A[1] is block 1, since step 3.', [A1, ' is ', BLOCK_1, ', since ', STEP_3, '.']],
    ['block 12 and block 1', ['block 12 and ', BLOCK_1]],
    ['A[1..3] of A', ['A[1..3] of ', A]],
    ['blocks 1-2, step 3-4', ['blocks 1-2, step 3-4']],
    ['block 1, block 1', [BLOCK_1, ', ', BLOCK_1]],
    ['', []],
  ] as const)('%s', (sentence, parts) => {
    expect(linked(sentence, [A, A1, BLOCK_1, STEP_3])).toEqual(parts);
  });

  test('change no word (seed 51)', () => {
    const words = fc.constantFrom('A', 'A[1]', 'block 1', 'block 12', 'step 3', ' ', ', ', '.', '-', '..', 'x');
    fc.assert(
      fc.property(fc.array(words, { maxLength: 20 }), (list) => {
        const sentence = list.join('');
        expect(plain(linked(sentence, [A, A1, BLOCK_1, STEP_3]))).toBe(sentence);
      }),
      { seed: 51 },
    );
  });
});

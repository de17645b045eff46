// What stands on the wall is the sentence or a beginning of it that is true by itself.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { turnSentence } from '../../src/explain/sentences.ts';
import { captionOf, MOST_CAPTION } from '../../src/viewmodel/caption.ts';
import { bundled } from '../explain/support.ts';

/** Without its full stop. */
const bare = (text: string): string => text.replace(/[.…]$/, '');

describe('a caption', () => {
  test.each<[sentence: string, caption: string]>([
    ['The load reads X from block 4 through m[1]; no fault.', 'The load reads X from block 4 through m[1]; no fault.'],
    ['peer reads b through mr[1] from block 1, which is B[1]; A[1] is block 4 since step 3 and holds X.', 'peer reads b through mr[1] from block 1, which is B[1]; A[1] is block 4 since step 3.'], // prettier-ignore
    ['A shrinks from 4 blocks to 1; blocks 1-3 are free, but mr[1..3] still translates to them (layout.onPin = ignore).', 'A shrinks from 4 blocks to 1; blocks 1-3 are free, but mr[1..3] still translates to them.'], // prettier-ignore
    ['ftruncate sleeps: block 1 is pinned by d (short, since step 2). It keeps i_rwsem of A and wakes at the end of d.', 'ftruncate sleeps: block 1 is pinned by d (short, since step 2). It keeps i_rwsem of A.'], // prettier-ignore
    [`${'word '.repeat(30)}end.`, `${'word '.repeat(17).trim()}…`],
    ['x'.repeat(200), `${'x'.repeat(89)}…`],
  ])('%s', (sentence, caption) => {
    expect(captionOf(sentence)).toBe(caption);
  });

  test.each(bundled)(
    '$name: every step has one of two lines, a beginning of its sentence',
    ({ program, outline, at }) => {
      for (const position of [0, ...outline.turns.map(({ to }) => to)]) {
        const sentence = turnSentence(program, outline, at(position));
        const caption = captionOf(sentence);
        expect(caption.length).toBeLessThanOrEqual(MOST_CAPTION);
        expect(sentence.startsWith(bare(caption))).toBe(true);
        // Whatever a step says, it can be said in full clauses.
        expect(caption).toMatch(/\.$/);
        expect([...caption].filter((char) => char === '(')).toHaveLength([...caption].filter((char) => char === ')').length); // prettier-ignore
      }
    },
  );

  test('of any text at all: within the bound, and a beginning: seed 11', () => {
    fc.assert(
      fc.property(fc.lorem({ mode: 'sentences', maxCount: 5 }), fc.string({ maxLength: 200 }), (a, b) => {
        for (const text of [a, b, `${a}; ${b}`]) {
          const tidy = text.replace(/\s+/g, ' ').trim();
          const caption = captionOf(text);
          expect(caption.length).toBeLessThanOrEqual(MOST_CAPTION);
          if (caption !== tidy) expect(tidy.startsWith(caption.slice(0, -1))).toBe(true);
        }
      }),
      { seed: 11 },
    );
  });
});

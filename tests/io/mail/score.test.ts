// The picture is true: read back along its lines, it has every claim of the state, each on its page, and no other.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pictureOf } from '../../../src/io/mail/picture.ts';
import { loadScenario } from '../../../src/scenario/load.ts';
import { validScenario } from '../../support/arbitraryScenario.ts';
import { bundledTexts } from '../../support/bundledTexts.ts';
import { runText } from '../../support/runText.ts';
import { readScore } from '../../support/scoreReader.ts';
import { stateClaims } from '../../support/stateClaims.ts';
import type { Program } from '../../../src/sim/model/program.ts';
import type { Moment, Outline } from '../../../src/sim/outline.ts';
import { someOf } from '../../support/thorough.ts';

const isList = (lines: readonly string[]): boolean =>
  lines.some((line) => /^ page +tag/.test(line)) || lines.some((line) => line.startsWith(' free blocks: '));

/** `PTE m 1 4`; a mapping that two processes have stands for itself alone. */
function expected(program: Program, { state }: Moment): string[] {
  return stateClaims(program, state)
    .map(({ kind, name, index, page }) => (index < 0 ? `${kind} ${page}` : `${kind} ${name} ${index} ${page}`))
    .sort();
}

function read(lines: readonly string[]): string[] {
  return readScore(lines)
    .map(({ row, index, page }) => {
      const [kind = '', name = ''] = row.replace(/ \(x\)$/, '').split(' ');
      return kind === 'DMA' || kind === 'pipe'
        ? `${kind} ${page}`
        : `${kind} ${name.replace(/^[^.]+\.(?=.)/, '')} ${index} ${page}`;
    })
    .sort();
}

/** 1 where a score was drawn, 0 where the pages were listed. */
function check(program: Program, outline: Outline, moment: Moment): number {
  const { plain, shown } = pictureOf({ program, outline, moment }, true);
  expect(shown).toHaveLength(plain.length);
  if (isList(plain)) return 0;
  expect(read(plain), plain.join('\n')).toEqual(expected(program, moment));
  return 1;
}

describe('every bundled scenario, every turn and what is in the midst of it', () => {
  test.each(someOf(bundledTexts()))('$id', ({ text }) => {
    const { program, outline, momentAt } = runText(text);
    const places = new Set([0, ...outline.turns.flatMap(({ from, to }) => [(from + to) >> 1, to])]);
    for (const at of places) check(program, outline, momentAt(at));
  });
});

test('random scenarios (seed 20260), every turn', () => {
  let drawn = 0;
  fc.assert(
    fc.property(validScenario, (text) => {
      if (!loadScenario(text).ok) return;
      const { program, outline, momentAt } = runText(text);
      for (const { to } of outline.turns) drawn += check(program, outline, momentAt(to));
    }),
    { seed: 20260, numRuns: 40 },
  );
  expect(drawn).toBeGreaterThan(150);
});

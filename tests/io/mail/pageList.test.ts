// The list of pages is all of the state: every claim in the row of its page, and no other.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pageLines } from '../../../src/io/mail/pageList.ts';
import { loadScenario } from '../../../src/scenario/load.ts';
import { validScenario } from '../../support/arbitraryScenario.ts';
import { bundledTexts } from '../../support/bundledTexts.ts';
import { runText, type Ran } from '../../support/runText.ts';
import { stateClaims } from '../../support/stateClaims.ts';

const PAGES = /^ (D|z)?(\d*)(?:-D?(\d+))?(?= |$)/;
const CLAIM = /([\w.-]+)\[(\d+)(?:-(\d+))?\]/g;

/** `A[1]@4`: each claim of a row that stands for several pages is one of each. */
function readList(lines: readonly string[]): string[] {
  let page = { kind: '', from: 0, to: 0 };
  return lines
    .filter((line) => !line.startsWith(' page') && !line.startsWith(' free blocks'))
    .flatMap((line) => {
      const head = PAGES.exec(line);
      if (head !== null && /^ [Dz\d]/.test(line)) {
        const from = Number(head[2] ?? 0);
        page = { kind: head[1] ?? '', from, to: Number(head[3] ?? from) };
      }
      const own = line.replace(/ as \S+(?: \(unlinked\))?/g, '');
      return [...own.matchAll(CLAIM)].flatMap(([, name = '', first = '0', last = first]) => {
        expect(Number(last) - Number(first), line).toBe(page.to - page.from);
        return Array.from(
          { length: page.to - page.from + 1 },
          (_, i) => `${name}[${Number(first) + i}]@${page.kind}${page.kind === 'z' ? '' : page.from + i}`,
        );
      });
    })
    .sort();
}

function check({ program, momentAt }: Ran, at: number): void {
  const moment = momentAt(at);
  const lines = pageLines(program, moment, new Map());
  const wanted = stateClaims(program, moment.state)
    .filter(({ index }) => index >= 0)
    .map(({ name, index, page }) => `${name}[${index}]@${page}`);
  expect(readList(lines), lines.join('\n')).toEqual(wanted.sort());
  expect(lines.filter((line) => line.length > 72)).toEqual([]);
}

test.each(bundledTexts())('$id', ({ text }) => {
  const ran = runText(text);
  for (const { to } of ran.outline.turns) check(ran, to);
});

test('random scenarios (seed 515)', () => {
  fc.assert(
    fc.property(validScenario, fc.nat(), (text, place) => {
      if (!loadScenario(text).ok) return;
      const ran = runText(text);
      check(ran, place % (ran.outline.length + 1));
    }),
    { seed: 515, numRuns: 40 },
  );
});

// A block survives the list: 72 columns, printable ASCII, nothing that quoting, mbox or SMTP would change.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mailBlock, mailLines, type MailInput, type MailLooks } from '../../../src/io/mail/mailBlock.ts';
import { loadScenario } from '../../../src/scenario/load.ts';
import { validScenario } from '../../support/arbitraryScenario.ts';
import { bundledTexts } from '../../support/bundledTexts.ts';
import { runText, type Ran } from '../../support/runText.ts';
import { someOf } from '../../support/thorough.ts';

const LINK = `https://example.org/daxpin/#v=1&s=${'0123456789abcdef'.repeat(20)}&z=1a2b`;

const inputOf = (text: string, { program, outline, momentAt }: Ran, at: number): MailInput => ({
  program,
  outline,
  moment: momentAt(at),
  text,
  link: LINK,
  build: '0.1.0+dev',
});

/** Lines that a mailing list would not leave alone. */
function unsafe(lines: readonly string[], box: boolean): string[] {
  const printable = box ? /^[\x20-\x7e\u2190-\u25ff\u223f\u00b7]*$/u : /^[\x20-\x7e]*$/;
  return lines.filter(
    (line) => line.length > 72 || !printable.test(line) || /\s$/.test(line) || /^(?:>|From |\.$|--$)/.test(line),
  );
}

const LOOKS = [
  { box: false, trace: true },
  { box: true, trace: true },
  { box: false, trace: false },
] as const;

function check(input: MailInput, looks: MailLooks): void {
  const lines = mailLines(input, looks);
  expect(unsafe(lines, looks.box), lines.join('\n')).toEqual([]);
  expect(lines.join(''), 'the link is all there').toContain(LINK);
}

const looksFor = (n: number): MailLooks => LOOKS[n % LOOKS.length] ?? LOOKS[0];

test.each(someOf(bundledTexts()))('$id, every step, is safe', ({ text }) => {
  const ran = runText(text);
  for (const at of new Set([0, ...ran.outline.turns.map(({ to }) => to)])) check(inputOf(text, ran, at), looksFor(at));
});

test('random scenarios are safe (seed 4071)', () => {
  fc.assert(
    fc.property(validScenario, fc.nat(), (text, place) => {
      if (!loadScenario(text).ok) return;
      const ran = runText(text);
      check(inputOf(text, ran, place % (ran.outline.length + 1)), looksFor(place));
    }),
    { seed: 4071, numRuns: 60 },
  );
});

describe('texts that are not ASCII', () => {
  const HOSTILE = [
    'title "From here → 中文 é \u202e\u200b ✓"',
    'device 8',
    'option wait',
    'file A aXb',
    'file a-name-that-is-much-longer-than-any-gutter-would-be abcd',
    '',
    'app m = mmap A',
    'app a-mapping-of-a-very-long-name = mmap a-name-that-is-much-longer-than-any-gutter-would-be',
    'app store m 0 a-tag-that-is-longer-than-a-cell',
    'app store a-mapping-of-a-very-long-name 1 Y',
    '',
  ].join('\n');

  test('are transliterated or escaped, and stay in their columns', () => {
    expect(loadScenario(HOSTILE).ok).toBe(true);
    const ran = runText(HOSTILE);
    for (let at = 0; at <= ran.outline.length; at++) check(inputOf(HOSTILE, ran, at), looksFor(at));
    expect(mailBlock(inputOf(HOSTILE, ran, 0), LOOKS[0])).toContain('From here -> \\u{4e2d}\\u{6587} e');
  });
});

test('a long device and a long file fold', () => {
  const text = `device 100000\noption wait\nfile A ${'ab'.repeat(600)}\napp m = mmap A\napp mr = reg_mr m remote_read\n`;
  const ran = runText(text);
  const lines = mailLines(inputOf(text, ran, ran.outline.length), LOOKS[0]);
  expect(unsafe(lines, false)).toEqual([]);
  expect(lines.length).toBeLessThan(120);
});

const GOLDEN = join(import.meta.dirname, '../golden');

/** Read by eye; UPDATE_GOLDEN=1 writes them anew. */
test.each([
  ['01-read-mr-goes-stale', 3, false],
  ['01-read-mr-goes-stale', 3, true],
  ['14-page-cache-contrast', 14, false],
  ['18-truncate-three-users', 15, false],
] as const)('golden: %s after step %i, box drawing %s', (id, step, box) => {
  const text = bundledTexts().find((one) => one.id === id)?.text ?? '';
  const ran = runText(text);
  const block = mailBlock(
    { ...inputOf(text, ran, ran.endOf(step)), link: `https://example.org/#v=1&s=${id}` },
    { box, trace: true },
  );
  const file = join(GOLDEN, `${id}-${step}${box ? '-box' : ''}.txt`);
  if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(file, block);
  expect(block).toBe(readFileSync(file, 'utf8'));
});

test('the readme quotes the golden block', () => {
  const readme = readFileSync(join(import.meta.dirname, '../../../README.md'), 'utf8');
  const [head = '', picture = '', , said = '', card = ''] = readFileSync(
    join(GOLDEN, '01-read-mr-goes-stale-3.txt'),
    'utf8',
  ).split('\n\n');
  expect(readme).toContain(['```', [head, picture, said, card].join('\n\n'), '```'].join('\n'));
});

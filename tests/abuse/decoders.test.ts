// What a user, a mail, a disk or another page can hand to this one: `npm run abuse` gives each decoder 100,000 cases.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { readRequest } from '../../src/io/embedMessages.ts';
import { findLink } from '../../src/io/findLink.ts';
import { readLink, sealLink } from '../../src/io/link.ts';
import { packText, unpackText } from '../../src/io/linkText.ts';
import { mailBlock } from '../../src/io/mail/mailBlock.ts';
import { readMail } from '../../src/io/mail/readMail.ts';
import { parseTalk } from '../../src/io/talk.ts';
import { decodeOption } from '../../src/library/ownOptions.ts';
import { createOwn, decodeOwn, encodeOwn, textOf } from '../../src/library/ownScenario.ts';
import { readFile } from '../../src/library/files.ts';
import { loadScenario } from '../../src/scenario/load.ts';
import { formatScenario } from '../../src/scenario/format.ts';
import { advanceRun, createRun, momentAt } from '../../src/sim/run.ts';
import { turnSentence } from '../../src/explain/sentences.ts';
import { formatLink, parseAddress } from '../../src/store/address.ts';
import { bundledTexts } from '../support/bundledTexts.ts';
import { mutant, mutantValue } from '../support/hostile.ts';
import { chooser } from '../support/interleave.ts';
import { runText } from '../support/runText.ts';
import { runsOf } from '../support/thorough.ts';

const CASES = Number(process.env['DAXPIN_CASES'] ?? runsOf(2000, 200));
const SEED = Number(process.env['DAXPIN_SEED'] ?? 20_261_201);

const texts = bundledTexts();
const scenarios = texts.map(({ text }) => text);

const talk = readFileSync(join(import.meta.dirname, '../../public/talks/thread.talk'), 'utf8');

const links = texts.flatMap(({ id, text }, i) => [
  sealLink(`v=1&s=${id}&o=wait&k=6.12&n=${i % 7}&f=abcd&sel=block:${i}&c=seed&r=${i % 4}&i=1&hide=file:0&g=micro`),
  sealLink(`v=1&t=${packText(text)}&n=3&f=abcdef`),
]);

const mails = texts.slice(0, 12).map(({ text }) => {
  const { program, outline, momentAt } = runText(text);
  const moment = momentAt(outline.turns[outline.turns.length >> 1]?.to ?? 0);
  const link = `https://example.org/#v=1&s=x&z=0`;
  return mailBlock({ program, outline, moment, text, link, build: '1' }, { box: false, trace: true }).replace(/^/gm, '> ');
}); // prettier-ignore

const own = encodeOwn(createOwn('Mine', scenarios[0] ?? '', 'abcd1'));
const option = { format: 1, id: 'abcd1', name: 'mine', preset: 'wait', set: { 'pin.readonly': 'unshare' } };
const requests = [
  { daxpin: 1, type: 'goto', step: 3, id: 7 },
  { daxpin: 1, type: 'option', option: 'wait pin.readonly=unshare', id: 'a' },
  { daxpin: 1, type: 'open', link: links[0] },
  { daxpin: 1, type: 'theme', theme: 'dark' },
];

/** A few steps of whatever was understood, and its sentences: what gets past the parser is played. */
function playSome(text: string): void {
  const loaded = loadScenario(text);
  if (!loaded.ok) {
    expect(loaded.error.length).toBeGreaterThan(0);
    for (const { line, message } of loaded.error) expect([line >= 1, message.length > 0]).toEqual([true, true]);
    return;
  }
  const formatted = formatScenario(text);
  expect(formatted.ok && loadScenario(formatted.value).ok).toBe(true);
  const { program } = loaded.value;
  const run = createRun(program);
  if (!advanceRun(run, 300) || run.outline === undefined) return;
  const { outline } = run;
  for (const at of new Set([0, outline.length >> 1, outline.length]))
    expect(turnSentence(program, outline, momentAt(run, at))).not.toMatch(/undefined|NaN|\[object/);
}

type Decoder = readonly [
  name: string,
  share: number,
  one: (roll: (sides: number) => number) => unknown,
  check: (input: never) => void,
];

/** `share`: of the cases, for what is played as well as read. */
const decoder = <T>(name: string, share: number, one: (roll: (sides: number) => number) => T, check: (input: T) => void): Decoder =>
  [name, share, one, check]; // prettier-ignore

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

const DECODERS: readonly Decoder[] = [
  decoder('a link, its address, and the address written again', 1, (roll) => mutant(roll, links), (hash) => {
    readLink(hash);
    // What was understood is written, and understood the same from then on.
    const link = formatLink(parseAddress(hash));
    expect(formatLink(parseAddress(link))).toBe(link);
  }),
  decoder('the text packed in a link', 1, (roll) => mutant(roll, links).replace(/^.*?t=/s, ''), (packed) => {
    const unpacked = unpackText(packed);
    if (unpacked !== undefined) expect(unpacked.text.length).toBeLessThanOrEqual(256 * 1024);
  }),
  decoder('a link somewhere in what was pasted', 1, (roll) => mutant(roll, [...mails, ...links.map((link) => `see <https://x.org/${link}>, please`)]), (pasted) => {
    findLink(pasted);
  }),
  decoder('a mail with a state in it', 0.2, (roll) => mutant(roll, mails), (pasted) => {
    const read = readMail(pasted);
    if (read !== undefined) expect(JSON.stringify(read)).not.toMatch(/undefined|\[object/);
  }),
  decoder('the text of a scenario, and its run', 0.2, (roll) => mutant(roll, scenarios), playSome),
  decoder('a talk', 1, (roll) => mutant(roll, [talk]), (text) => {
    const read = parseTalk(text);
    if (!read.ok) expect(read.error.message.length).toBeGreaterThan(0);
  }),
  decoder('a file', 1, (roll) => [`${mutant(roll, ['mine.dax', '../x.dax', 'a.json'])}`, bytes(mutant(roll, scenarios))] as const, ([name, data]) => {
    const read = readFile(name, data);
    if (!read.ok) expect(read.error.length).toBeGreaterThan(0);
  }),
  decoder('a scenario kept by the browser', 1, (roll) => mutantValue(roll, own), (value) => {
    const read = decodeOwn(value);
    if (read.ok) expect(decodeOwn(structuredClone(encodeOwn(read.value)))).toEqual(read);
    if (read.ok) expect(typeof textOf(read.value)).toBe('string');
  }),
  decoder('an option kept by the browser', 1, (roll) => mutantValue(roll, option), (value) => {
    decodeOption(value);
  }),
  decoder('a message to an embedded page', 1, (roll) => mutantValue(roll, requests[roll(requests.length)]), (data) => {
    readRequest(data);
  }),
]; // prettier-ignore

const report: string[] = [];
afterAll(() => {
  expect(({} as Record<string, unknown>)['polluted'], 'no prototype was touched').toBeUndefined();
  if (process.env['DAXPIN_CASES'] !== undefined) console.log(`seed ${SEED}\n${report.join('\n')}`);
});

describe(`hostile input, seed ${SEED}`, () => {
  test.each(DECODERS)('%s', { timeout: 3_600_000 }, (name, share, one, check) => {
    const roll = chooser(SEED);
    const cases = Math.max(20, Math.round(CASES * (CASES >= 100_000 ? 1 : share)));
    let slowest = 0;
    for (let n = 0; n < cases; n += 1) {
      const input = one(roll);
      const from = performance.now();
      try {
        check(input as never);
      } catch (error) {
        throw new Error(`case ${n}: ${shown(input)}`, { cause: error });
      }
      slowest = Math.max(slowest, performance.now() - from);
    }
    report.push(`${name}: ${cases} cases, the slowest ${Math.round(slowest)} ms`);
  });
});

function shown(input: unknown): string {
  try {
    return JSON.stringify(input).slice(0, 3000);
  } catch {
    return String(input);
  }
}

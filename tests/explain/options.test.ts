import { describe, expect, test } from 'vitest';
import { OPTION_CARDS } from '../../src/explain/options.data.ts';
import { addressOf, type Said, type Source } from '../../src/explain/options.ts';
import { PRESET_NAMES } from '../../src/sim/model/knobs.ts';

/** As RFC 5322 has them, without the angle brackets; none is cut short. */
const MESSAGE_ID = /^[\w.+=/-]+@[\w-]+(\.[\w-]+)*$/;
const cards = PRESET_NAMES.map((preset) => [preset, OPTION_CARDS[preset]] as const);
const saidIn = (preset: (typeof PRESET_NAMES)[number]): readonly Said[] => [...OPTION_CARDS[preset].proposed, ...OPTION_CARDS[preset].objections]; // prettier-ignore
const sources = (): readonly Source[] => PRESET_NAMES.flatMap((preset) => saidIn(preset).flatMap(({ source }) => source ?? [])); // prettier-ignore

test('every preset has a card, and no card is for something else', () => {
  expect(Object.keys(OPTION_CARDS).sort()).toEqual([...PRESET_NAMES].sort());
});

describe.each(cards)('the card of %s', (preset, card) => {
  test('leaves no field empty', () => {
    expect(card.proposed.length).toBeGreaterThan(0);
    expect(card.objections.length).toBeGreaterThan(0);
    const words = [card.what, card.today, ...saidIn(preset).flatMap(({ who, when, text }) => [who, when, text])];
    expect(words.filter((word) => word.trim() === '')).toEqual([]);
  });
  test('says what it does in one to three sentences, each told to its end', () => {
    expect(card.what.split(/\. (?=[A-Z])/).length).toBeLessThanOrEqual(3);
    for (const text of [card.what, card.today, ...saidIn(preset).map((said) => said.text)])
      expect(text).toMatch(/[.?]$/);
  });
  test('dates what was said', () => {
    for (const { when } of saidIn(preset)) expect(when).toMatch(/^(20\d\d(-\d\d(-\d\d)?)?|before 4\.15)$/);
  });
});

describe('sources', () => {
  test('a message id is whole', () => {
    const ids = sources().flatMap((source) => ('messageId' in source ? [source.messageId] : []));
    expect(ids.length).toBeGreaterThan(20);
    expect(ids.filter((id) => !MESSAGE_ID.test(id))).toEqual([]);
    // Where these people write from, a host alone is a name that was cut.
    expect(ids.filter((id) => /@(quack2|bombadil|ziepe)$/.test(id))).toEqual([]);
  });
  test('an id that begins with a date agrees with the day of what was said', () => {
    for (const preset of PRESET_NAMES)
      for (const { when, source } of saidIn(preset)) {
        const id = source !== undefined && 'messageId' in source ? source.messageId : '';
        const [, year, month, day] = /^(20\d\d)(\d\d)(\d\d)\d{6}\./.exec(id) ?? [];
        // The id is in the sender's clock: a day's difference at most. A card may date what a later message reports.
        if (year !== undefined && when.length === 10)
          expect(Math.abs(Date.parse(`${year}-${month}-${day}`) - Date.parse(when))).toBeLessThanOrEqual(86_400_000);
      }
  });
  test('each leads to an address', () => {
    for (const source of sources()) expect(URL.canParse(addressOf(source))).toBe(true);
    expect(addressOf({ messageId: '20190206232130.GK12227@ziepe.ca' })).toBe('https://lore.kernel.org/all/20190206232130.GK12227@ziepe.ca/'); // prettier-ignore
  });
});

// Every slide of every talk that comes with the page, run.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseTalk, type Slide, type Talk } from '../../src/io/talk.ts';
import { PROPERTY_IDS } from '../../src/sim/model/property.ts';
import { cardsAt } from '../../src/explain/why.ts';
import { slideAt } from '../../src/store/room.ts';
import { bundledTexts } from '../support/bundledTexts.ts';
import { runText } from '../support/runText.ts';

const FOLDER = join(import.meta.dirname, '../../public/talks');

function read(file: string): Talk {
  const talk = parseTalk(readFileSync(join(FOLDER, file), 'utf8'));
  if (!talk.ok) throw new Error(`${file}:${talk.error.line}:${talk.error.column}: ${talk.error.message}`);
  return talk.value;
}

const TALKS = readdirSync(FOLDER).filter((file) => file.endsWith('.talk'));
const TEXTS = new Map(bundledTexts().map(({ id, text }) => [id, text]));

function runOf({ scenario, option, kernel }: Slide) {
  const text = TEXTS.get(scenario);
  if (text === undefined) throw new Error(`there is no scenario ${scenario}`);
  return runText(text, { ...(option === undefined ? {} : { preset: option }), ...(kernel === undefined ? {} : { kernel }) }); // prettier-ignore
}

const SLIDES = TALKS.flatMap((file) => read(file).slides.map((slide) => ({ name: `${file}:${slide.line}`, slide })));

describe('the talks that come with the page', () => {
  test('the thread is one of them, and ten minutes long', () => {
    expect(TALKS).toContain('thread.talk');
    const { slides } = read('thread.talk');
    expect(slides.length).toBeGreaterThanOrEqual(12);
    expect(slides.length).toBeLessThanOrEqual(16);
  });

  test.each(SLIDES)('$name: its place is in the run', ({ slide }) => {
    const { program, outline } = runOf(slide);
    const { place } = slide;
    if ('step' in place) {
      expect(place.step).toBeLessThanOrEqual(program.steps.length);
      // The step has had its turn: the picture is of it, not of one before.
      if (place.step > 0) expect(outline.turns.some(({ step }) => step === place.step - 1)).toBe(true);
    }
    if ('violated' in place) {
      const broken = cardsAt(outline, slideAt(slide, outline)).map(({ id }) => id);
      expect(broken).toContain(place.violated);
    }
  });

  test.each(SLIDES)('$name: a property that it names is broken there', ({ slide }) => {
    const { outline } = runOf(slide);
    const broken = cardsAt(outline, slideAt(slide, outline)).map(({ id }) => id);
    const words = `${slide.caption ?? ''} ${slide.note.join(' ')}`.split(/[^\w]+/);
    expect(words.filter((word) => PROPERTY_IDS.some((id) => id === word && !broken.includes(id)))).toEqual([]);
  });

  test.each(SLIDES)('$name: an errno that it names is what the step came to', ({ slide }) => {
    const { outline } = runOf(slide);
    const named = /\b(EOPNOTSUPP|ENOSPC|ETXTBSY|EBUSY|EPERM|EFAULT|SIGBUS)\b/.exec(slide.caption ?? '')?.[1];
    if (named === undefined || !('step' in slide.place)) return;
    expect(outline.steps[slide.place.step - 1]?.result).toBe(named);
  });
});

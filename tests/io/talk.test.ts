// The text of a talk: what it means, what is told where it is wrong, and that nothing else comes of any text.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MAX_SLIDES, MAX_TALK_LENGTH, parseTalk, talkErrorText } from '../../src/io/talk.ts';
import { MOST_CAPTION } from '../../src/viewmodel/caption.ts';
import { runsOf } from '../support/thorough.ts';

const HEAD = 'talk T\n\n';

describe('a talk', () => {
  test('is slides with places, captions and notes', () => {
    const read = parseTalk(
      [
        '# for the conference',
        'talk The thread',
        'What it is about.',
        '',
        'scenario 01-a option=wait kernel=6.12 step=3',
        'caption It moved.',
        'The first line of the note.',
        '# not said',
        'The second.',
        '',
        '',
        'scenario b.c step=violation:S5b',
        '\tscenario of whom?',
        '',
        'scenario c step=end',
        '',
        'scenario d',
      ].join('\r\n'),
    );
    expect(read).toEqual({
      ok: true,
      value: {
        title: 'The thread',
        about: ['What it is about.'],
        slides: [
          { scenario: '01-a', option: 'wait', kernel: '6.12', place: { step: 3 }, caption: 'It moved.', note: ['The first line of the note.', 'The second.'], line: 5 }, // prettier-ignore
          { scenario: 'b.c', option: undefined, kernel: undefined, place: { violated: 'S5b' }, caption: undefined, note: ['scenario of whom?'], line: 12 }, // prettier-ignore
          { scenario: 'c', option: undefined, kernel: undefined, place: { end: true }, caption: undefined, note: [], line: 15 }, // prettier-ignore
          { scenario: 'd', option: undefined, kernel: undefined, place: { step: 0 }, caption: undefined, note: [], line: 17 }, // prettier-ignore
        ],
      },
    });
  });

  test.each<[name: string, text: string, error: string]>([
    ['nothing', '', "1:1: a talk begins with its title: 'talk The thread in ten minutes'."],
    ['no title', 'scenario a', "1:1: a talk begins with its title: 'talk The thread in ten minutes'."],
    ['no slide', 'talk T\nabout', "2:1: there is no slide yet: 'scenario 01-read-mr-goes-stale option=wait step=3'."],
    ['no empty line', 'talk T\nscenario a', '2:1: leave a line empty before a slide.'],
    ['a paragraph of words', `${HEAD}words`, "3:1: a slide begins with its scenario: 'scenario 01-read-mr-goes-stale option=wait step=3'."], // prettier-ignore
    ['no name', `${HEAD}scenario`, "3:9: here stands the name of a scenario, such as '01-read-mr-goes-stale'."],
    ['a path for a name', `${HEAD}scenario ../x`, "3:10: here stands the name of a scenario, such as '01-read-mr-goes-stale'."], // prettier-ignore
    ['no such step', `${HEAD}scenario a step=nine`, "3:12: 'nine' is no step: a number, 'end', or a property that breaks: 'violation:S5b'."], // prettier-ignore
    ['no such property', `${HEAD}scenario a step=violation:S99`, "3:12: 'violation:S99' is no step: a number, 'end', or a property that breaks: 'violation:S5b'."], // prettier-ignore
    ['no such field', `${HEAD}scenario a speed=3`, "3:12: 'speed' is not known here. A slide has option=, kernel= and step=."], // prettier-ignore
    ['a field twice', `${HEAD}scenario a step=1 step=2`, "3:19: 'step' stands here twice."],
    ['two captions', `${HEAD}scenario a\ncaption x\ncaption y`, '5:1: a slide has one caption.'],
    ['an empty caption', `${HEAD}scenario a\ncaption `, '4:8: the caption is empty. Write it behind the word, or leave the line out.'], // prettier-ignore
    ['a caption of three lines', `${HEAD}scenario a\ncaption ${'x'.repeat(MOST_CAPTION + 1)}`, `4:${9 + MOST_CAPTION}: a caption has at most 90 characters, two lines on the wall; this one has 91.`], // prettier-ignore
    ['a note without an end', `${HEAD}scenario a\n${'n\n'.repeat(21)}`, '24:1: a note has at most 20 lines.'],
    ['a line without an end', `${HEAD}scenario a\n${'n'.repeat(401)}`, '4:401: a line has at most 400 characters. Break it.'], // prettier-ignore
    ['a bell', `${HEAD}scenario a\nab\u0007`, '4:3: this character cannot be shown. Delete it.'],
    ['too many slides', HEAD + 'scenario a\n\n'.repeat(MAX_SLIDES + 1), `${3 + 2 * MAX_SLIDES}:1: a talk has at most 200 slides.`], // prettier-ignore
    ['too long', HEAD + '#'.repeat(MAX_TALK_LENGTH), '1:1: a talk has at most 64 kB. Split it.'],
  ])('%s', (_name, text, error) => {
    const read = parseTalk(text);
    expect(read.ok ? 'it is right' : talkErrorText('x', read.error)).toBe(`x:${error}`);
  });

  test('no option: those that there are are told', () => {
    const read = parseTalk(`${HEAD}scenario a option=hope`);
    expect(read.ok ? '' : read.error.message).toMatch(
      /^there is no option 'hope'\. There are mainline, .*device-dax\.$/,
    );
  });

  const line = fc.oneof(
    fc.constantFrom('talk T', '', '# c', 'scenario a', 'caption x', 'note', 'scenario a option=wait step=3', 'scenario a step=violation:L1'), // prettier-ignore
    fc.string({ maxLength: 30, unit: 'binary' }),
  );

  test('any text is a talk within its bounds, or an error within the text: seed 4711', () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 30 }), (lines) => {
        const text = lines.join('\n');
        const read = parseTalk(text);
        if (read.ok) {
          expect(read.value.slides.length).toBeGreaterThan(0);
          for (const { caption = 'x', scenario } of read.value.slides) {
            expect(caption.length).toBeLessThanOrEqual(MOST_CAPTION);
            expect(scenario).toMatch(/^[\w.-]+$/);
          }
          return;
        }
        const { error } = read;
        const at = text.split(/\r\n?|\n/)[error.line - 1];
        expect(at).toBeDefined();
        expect(error.column).toBeGreaterThanOrEqual(1);
        expect(error.message).toMatch(/\.$/);
      }),
      { seed: 4711, numRuns: runsOf(4000, 400) },
    );
  });
});

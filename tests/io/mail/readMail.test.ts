// A block without its link is read back by its own words, whatever mailers did to it: the same run, the same place.
import { describe, expect, test } from 'vitest';
import { mailBlock } from '../../../src/io/mail/mailBlock.ts';
import { readMail } from '../../../src/io/mail/readMail.ts';
import { bundledTexts } from '../../support/bundledTexts.ts';
import { MAILERS } from '../../support/mailer.ts';
import { programOf, runText } from '../../support/runText.ts';

const NO_LINK = 'https://example.org/#v=1&s=cut-o';

describe('every bundled scenario, every step', () => {
  test.each(bundledTexts())('$id', ({ text }) => {
    const { program, outline, momentAt } = runText(text);
    outline.turns.forEach(({ to }, i) => {
      const moment = momentAt(to);
      const block = mailBlock(
        { program, outline, moment, text, link: NO_LINK, build: '0' },
        { box: false, trace: true },
      );
      const [name, mail] = MAILERS[i % MAILERS.length] ?? ['', (same: string) => same];
      const read = readMail(mail(block));
      expect(read?.at, name).toBe(to);
      if (program.steps.length > 60) return;
      const again = runText(read?.text ?? '', read?.preset === undefined ? {} : { preset: read.preset });
      expect(again.program.option, name).toEqual(program.option);
      expect(again.program.kernel, name).toBe(program.kernel);
      expect(again.outline.length, name).toBe(outline.length);
      expect(again.momentAt(to).state, `${name}: ${read?.text ?? ''}`).toEqual(moment.state);
    });
  });
});

test('programOf is what reads it', () => expect(programOf('app sync\n').steps).toHaveLength(1));

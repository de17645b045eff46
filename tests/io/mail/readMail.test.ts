// A block without its link is read back by its own words, whatever mailers did to it: the same run, the same place.
import { describe, expect, test } from 'vitest';
import { mailBlock } from '../../../src/io/mail/mailBlock.ts';
import { readMail } from '../../../src/io/mail/readMail.ts';
import { bundledTexts } from '../../support/bundledTexts.ts';
import { MAILERS } from '../../support/mailer.ts';
import { runText, type Ran } from '../../support/runText.ts';

const NO_LINK = 'https://example.org/#v=1&s=cut-o';

describe('every bundled scenario, every step', () => {
  test.each(bundledTexts())('$id', ({ text }) => {
    const { program, outline, momentAt } = runText(text);
    let again: { readonly bare: string; readonly ran: Ran } | undefined;
    outline.turns.forEach(({ to }, i) => {
      const moment = momentAt(to);
      const block = mailBlock(
        { program, outline, moment, text, link: NO_LINK, build: '0' },
        { box: false, trace: true },
      );
      const [name, mail] = MAILERS[i % MAILERS.length] ?? ['', (same: string) => same];
      const read = readMail(mail(block));
      expect(read?.at, name).toBe(to);
      // Results are expected of the run that is read; without them it is the same text at every step.
      const bare = (read?.text ?? '').replace(/ -> .*/g, '');
      again =
        again?.bare === bare
          ? again
          : { bare, ran: runText(read?.text ?? '', read?.preset === undefined ? {} : { preset: read.preset }) };
      expect(again.ran.program.option, name).toEqual(program.option);
      expect(again.ran.program.kernel, name).toBe(program.kernel);
      expect(again.ran.outline.length, name).toBe(outline.length);
      expect(again.ran.momentAt(to).state, `${name}: ${bare}`).toEqual(moment.state);
    });
  });
});

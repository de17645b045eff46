// Any scenario, any position, any mailer: the link in a block comes back whole, with the very text; and without a link
// the words of the block are the same run at the same place.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findLink } from '../../../src/io/findLink.ts';
import { findLinked, linkPlace } from '../../../src/io/linkPlace.ts';
import { packText, unpackText } from '../../../src/io/linkText.ts';
import { mailBlock } from '../../../src/io/mail/mailBlock.ts';
import { readMail } from '../../../src/io/mail/readMail.ts';
import { printOfRun } from '../../../src/io/mail/sameRun.ts';
import { unquote } from '../../../src/io/mail/unquote.ts';
import { loadScenario } from '../../../src/scenario/load.ts';
import { formatLink, parseAddress } from '../../../src/store/address.ts';
import { validScenario } from '../../support/arbitraryScenario.ts';
import { filled, flowed, MAILERS, quoted, wrapped } from '../../support/mailer.ts';
import { runText } from '../../support/runText.ts';

const MARKS = ['> ', '>', '> > ', '>> ', '> > > ', '>>> ', '| '];

const mailer = fc.oneof(
  fc.constantFrom(...MAILERS.map(([, mail]) => mail)),
  fc
    .record({
      mark: fc.constantFrom(...MARKS),
      width: fc.integer({ min: 60, max: 76 }),
      how: fc.constantFrom(wrapped, filled, flowed),
      first: fc.boolean(),
    })
    .map(
      ({ mark, width, how, first }) =>
        (text: string): string =>
          first ? how(width)(quoted(mark)(text)) : quoted(mark)(how(width)(text)),
    ),
);

const sent = fc.record({ text: validScenario, place: fc.nat(), mail: mailer, box: fc.boolean() });

test('by its link (seed 7218)', () => {
  fc.assert(
    fc.property(sent, ({ text, place, mail, box }) => {
      if (!loadScenario(text).ok) return;
      const { program, outline, momentAt } = runText(text);
      const at = place % (outline.length + 1);
      const hash = formatLink({
        kernel: program.kernel,
        preset: 'revoke',
        place: linkPlace(program, outline, at),
        packed: packText(text),
      });
      const block = mailBlock(
        { program, outline, moment: momentAt(at), text, link: `https://x.example/d/${hash}`, build: '0' },
        { box, trace: true },
      );
      const received = mail(block);
      const found = [findLink(received), findLink(unquote(received))].find((one) => one?.seal.type === 'whole');
      expect(found?.hash, received).toBe(hash);
      const address = parseAddress(found?.hash ?? '');
      expect([address.kernel, address.preset]).toEqual([program.kernel, 'revoke']);
      expect(unpackText(address.packed ?? '')).toMatchObject({ text, whole: true });
      expect(address.place === undefined ? 0 : findLinked(address.place, program, outline).at).toBe(at);
    }),
    { seed: 7218, numRuns: 40 },
  );
});

test('by its words (seed 7219)', () => {
  fc.assert(
    fc.property(sent, ({ text, place, mail, box }) => {
      if (!loadScenario(text).ok) return;
      const { program, outline, momentAt } = runText(text);
      const { to: at } = outline.turns[place % Math.max(1, outline.turns.length)] ?? { to: 0 };
      const moment = momentAt(at);
      const read = readMail(mail(mailBlock({ program, outline, moment, text, build: '0' }, { box, trace: true })));
      expect(read?.at).toBe(at);
      const overrides = read?.preset === undefined ? {} : { preset: read.preset };
      const again = runText(read?.text ?? '', overrides);
      expect([again.program.kernel, again.program.option]).toEqual([program.kernel, program.option]);
      if (read?.preset === undefined) expect(printOfRun(read?.text ?? '')?.lines).toBe(printOfRun(text)?.lines);
      expect(again.outline.length).toBe(outline.length);
      expect(again.momentAt(at).state.device).toEqual(moment.state.device);
    }),
    { seed: 7219, numRuns: 40 },
  );
});

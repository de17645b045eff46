// Copied as text, quoted three deep, wrapped anew, pasted: the same state. And every step of every bundled scenario.
import { expect, test, type Page } from '@playwright/test';
import { expectAccessible } from './accessible.ts';
import { mailBlock } from '../../src/io/mail/mailBlock.ts';
import { bundledTexts } from '../support/bundledTexts.ts';
import { MAILERS, thrice, wrapped } from '../support/mailer.ts';
import { runText } from '../support/runText.ts';
import { DaxpinPage, READ_MR } from './daxpinPage.ts';
import { THOROUGH } from '../support/thorough.ts';

const paste = (page: Page, text: string): Promise<void> =>
  page.evaluate((pasted) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', pasted);
    document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, text);

test('copied from the page, pasted into another one', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const daxpin = new DaxpinPage(page);
  await daxpin.open(`#s=${READ_MR}&at=33&o=revoke&k=6.12`);
  const sentence = await daxpin.panel.getByRole('heading').first().innerText();
  const at = await daxpin.position();
  await page.keyboard.press('m');
  const dialog = page.getByRole('dialog', { name: 'Copy as text' });
  await expect(dialog.getByRole('textbox', { name: 'The text' })).toContainText('daxpin: A READ MR goes stale');
  await page.keyboard.press('Enter');
  await expect(dialog.getByRole('status')).toHaveText(/^Copied: \d+ lines$/);
  const block = await page.evaluate(() => navigator.clipboard.readText());
  expect(block.split('\n').filter((line) => line.length > 72 || !/^[ -~]*$/.test(line))).toEqual([]);
  await expectAccessible(page, { include: '[role="dialog"]' });
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);

  const fresh = new DaxpinPage(await context.newPage());
  await fresh.open();
  await paste(fresh.page, `On Tuesday, somebody wrote:\n${thrice(wrapped(64)(block))}\n> I see.\n`);
  await fresh.expectPosition(at);
  await expect(fresh.panel.getByRole('heading').first()).toHaveText(sentence);
  await expect(fresh.picker('Option')).toHaveAccessibleName(/revoke/);
  await expect(fresh.picker('Kernel')).toHaveAccessibleName(/6\.12/);
  expect([...daxpin.errors, ...fresh.errors]).toEqual([]);
});

type Pasted = { readonly text: string; readonly at: number; readonly name: string };

/** Pastes one after the other, each as soon as the one before is shown; the names of those that did not come. */
const pasteAll = (page: Page, title: string, blocks: readonly Pasted[]): Promise<string[]> =>
  page.evaluate(
    async ({ title, blocks }) => {
      const shown = (): string =>
        `${document.querySelector('[role="slider"]')?.getAttribute('aria-valuenow') ?? ''} ${document.title}`;
      const lost: string[] = [];
      for (const { text, at, name } of blocks) {
        const clipboardData = new DataTransfer();
        clipboardData.setData('text/plain', text);
        document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
        const until = performance.now() + 4000;
        while (shown() !== `${at} ${title}` && performance.now() < until)
          await new Promise((resolve) => requestAnimationFrame(resolve));
        if (shown() !== `${at} ${title}`) lost.push(`${name}: ${shown()}`);
      }
      return lost;
    },
    { title, blocks },
  );

// In two halves, for two workers.
test.describe.configure({ mode: 'parallel' });

for (const half of [0, 1])
  test(`steps of every bundled scenario come back by their words alone, half ${half + 1}`, async ({ page }) => {
    test.setTimeout(120_000);
    const daxpin = new DaxpinPage(page);
    await daxpin.open();
    let n = 0;
    for (const [nth, { id, text }] of bundledTexts().entries()) {
      if (nth % 2 !== half) continue;
      const { program, outline, momentAt } = runText(text);
      // Node takes back every step (tests/io/mail); here each third, another third in the next scenario.
      const turns = outline.turns.filter((_, i) => THOROUGH || i % 16 === nth % 16);
      const blocks = turns.map(({ to }): Pasted => {
        const [name, mail] = MAILERS[n++ % MAILERS.length] ?? ['', (same: string) => same];
        const block = mailBlock(
          { program, outline, moment: momentAt(to), text, build: 'test' },
          { box: n % 8 === 1, trace: true },
        );
        return { text: mail(block), at: to, name: `${id} at ${to}, ${name}` };
      });
      expect(await pasteAll(page, `${program.title} - Daxpin`, blocks)).toEqual([]);
      // The address follows after a while: it is waited for now and then.
      if (blocks.length > 0 && nth % 8 === half) await expect(page, id).toHaveURL(new RegExp(`s=${id}&`));
    }
    expect(daxpin.errors).toEqual([]);
  });

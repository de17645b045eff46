import { expect, test } from '@playwright/test';
import { bundledTexts } from '../support/bundledTexts.ts';
import { THOROUGH } from '../support/thorough.ts';
import { DaxpinPage } from './daxpinPage.ts';
import { expectedOf } from './expected.ts';

test.describe.configure({ mode: 'parallel' });

/** So many scenarios one after the other in the same page, as somebody goes through them. */
const IN_A_ROW = 5;

/** Each second one, where there is no time for all. */
const texts = bundledTexts().filter((_, i) => THOROUGH || i % 8 === 0);
const rows = Array.from({ length: Math.ceil(texts.length / IN_A_ROW) }, (_, i) =>
  texts.slice(i * IN_A_ROW, (i + 1) * IN_A_ROW),
);

const titleOf = (text: string): string => /^title\s+"(.*)"/m.exec(text)?.[1] ?? '';

async function playThrough(daxpin: DaxpinPage, text: string): Promise<void> {
  const { page } = daxpin;
  const expected = expectedOf(text);
  await daxpin.expectPosition(0);
  for (let turn = 0; turn < expected.turns; turn += 1) {
    const before = await daxpin.position();
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => daxpin.position(), { intervals: [20] }).toBeGreaterThan(before);
  }
  await daxpin.expectPosition(expected.length);
  await expect(daxpin.button('Forward one step')).toHaveAttribute('aria-disabled', 'true');

  const end = daxpin.panel.getByRole('region', { name: 'The end of the run' });
  await expect(end).toContainText(
    expected.broken.length === 0
      ? 'No property broke in this run.'
      : `Broken in this run: ${expected.broken.join(', ')}.`,
  );
  const claims = await end.getByRole('listitem').allInnerTexts();
  expect(claims.map((claim) => claim.replace(/\s+/g, ' ').trim())).toEqual(
    expected.claims.map(({ text: claim, met }) => `${met ? 'met' : 'not met'} ${claim}`),
  );

  const stage = await daxpin.readStage();
  expect(stage.links).toEqual(expected.links);
  // A page on the stage shows what Node has in that block; a free one may show what the medium still holds.
  for (const [block, tag] of Object.entries(expected.tags)) expect([block, stage.tags[block]]).toEqual([block, tag]);
}

for (const row of rows) {
  test(`${row[0]?.id} to ${row.at(-1)?.id}: stepped to the end, the page says what Node computes`, async ({ page }) => {
    test.slow();
    const daxpin = new DaxpinPage(page);
    await daxpin.open();
    for (const { id, text } of row) {
      await test.step(id, async () => {
        await page.evaluate((hash) => (location.hash = hash), `#s=${id}`);
        // Until the run is there, what is on the page is the last one's.
        await expect(page).toHaveTitle(`${titleOf(text)} - Daxpin`);
        await playThrough(daxpin, text);
      });
    }
    expect(daxpin.errors).toEqual([]);
  });
}

import { expect, test } from '@playwright/test';
import { bundledTexts } from '../support/bundledTexts.ts';
import { DaxpinPage } from './daxpinPage.ts';
import { expectedOf } from './expected.ts';

test.describe.configure({ mode: 'parallel' });

for (const { id, text } of bundledTexts()) {
  test(`${id}: stepped to its end, the page says what Node computes`, async ({ page }) => {
    const daxpin = new DaxpinPage(page);
    const expected = expectedOf(text);
    await daxpin.open(`#s=${id}`);
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
    expect(daxpin.errors).toEqual([]);
  });
}

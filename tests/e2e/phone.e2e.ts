import { expect, test } from '@playwright/test';
import { DaxpinPage, READ_MR } from './daxpinPage.ts';

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

test.describe('on a phone', () => {
  test('the case can be stepped, read and changed with a thumb', async ({ page }) => {
    const daxpin = new DaxpinPage(page);
    await daxpin.open();
    for (let i = 1; i <= 3; i += 1) {
      await daxpin.button('Forward one step').tap();
      await expect(daxpin.step).toHaveText(`Step ${i} of 5`);
    }
    const sheet = page.getByRole('region', { name: 'Now' });
    await expect(sheet.getByText(/^The store broke the share/)).toBeVisible();
    await expect(
      sheet.getByRole('listitem').filter({ hasText: "A pin reaches another file's block" }).first(),
    ).toBeVisible();
    await sheet.getByText('Causes and owners').tap();
    await expect(sheet.getByRole('table', { name: 'Who owns block 1?' })).toBeVisible();
    await daxpin.choose('Option', /^seed/);
    await expect(daxpin.step).toHaveText('Step 3 of 5');
    expect(daxpin.errors).toEqual([]);
  });

  test('nothing is wider than the screen, and every button is large enough', async ({ page }) => {
    const daxpin = new DaxpinPage(page);
    await daxpin.open(`#s=${READ_MR}&at=33`);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    for (const name of ['Go to the beginning', 'Back one step', 'Play', 'Forward one step', 'Go to the end']) {
      const box = await daxpin.button(name).boundingBox();
      expect([name, (box?.height ?? 0) >= 48, (box?.width ?? 0) >= 44]).toEqual([name, true, true]);
    }
  });

  test('the rest is in the menu', async ({ page }) => {
    const daxpin = new DaxpinPage(page);
    await daxpin.open();
    await daxpin.chooseMore('Next broken property');
    await expect(daxpin.step).toHaveText('Step 3 of 5');
    await daxpin.chooseMore('Go by micro-step');
    await expect(daxpin.button('Forward one micro-step')).toBeVisible();
    await daxpin.chooseMore('Help');
    await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
  });
});

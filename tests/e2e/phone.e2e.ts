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

  // The list behind a button comes after the first paint, and may come while the finger is down.
  for (const comes of ['while the finger is down', 'after the finger went up'] as const) {
    test(`a list that comes ${comes} opens and stays open`, async ({ page }) => {
      let release = (): void => undefined;
      const released = new Promise<void>((resolve) => (release = resolve));
      await page.route(/PickerMenu-.*\.js$/, async (route) => {
        await released;
        await route.continue();
      });
      const daxpin = new DaxpinPage(page);
      await daxpin.open();
      const more = await page.getByRole('button', { name: 'More' }).boundingBox();
      const at = { x: (more?.x ?? 0) + (more?.width ?? 0) / 2, y: (more?.y ?? 0) + (more?.height ?? 0) / 2 };
      const finger = await page.context().newCDPSession(page);
      const up = () => finger.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
      await finger.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [at] });
      if (comes === 'after the finger went up') await up();
      release();
      const item = page.getByRole('menuitem', { name: 'View as table' });
      await expect(item).toBeVisible();
      if (comes === 'while the finger is down') await up();
      // Whatever the browser makes of the tap has come by now.
      await page.evaluate(() => new Promise((done) => setTimeout(done, 400)));
      await expect(item).toBeVisible();
      await item.tap();
      await expect(page.getByRole('table', { name: /^Pages/ })).toBeVisible();
    });
  }
});

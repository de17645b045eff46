import { expect, test } from '@playwright/test';
import { DaxpinPage, READ_MR } from './daxpinPage.ts';
import { someOf } from '../support/thorough.ts';

test.describe('opening', () => {
  test('unasked, the READ-MR case stands ready to be stepped', async ({ page }) => {
    const daxpin = new DaxpinPage(page);
    await daxpin.open();
    await expect(page).toHaveTitle('A READ MR goes stale when its own process breaks the COW - Daxpin');
    await expect(page.getByRole('heading', { level: 1, name: 'Daxpin' })).toBeVisible();
    await expect(daxpin.step).toHaveText('Start, 5 steps');
    await expect(page.getByRole('group', { name: /^Stage: / })).toBeVisible();
    await page.keyboard.press('ArrowRight');
    await expect(daxpin.step).toHaveText('Step 1 of 5');
    expect(daxpin.errors).toEqual([]);
  });

  test('everything comes from the page itself, under its own policy', async ({ page, baseURL }) => {
    const daxpin = new DaxpinPage(page);
    await daxpin.open(`#s=${READ_MR}&at=33`);
    await daxpin.choose('Scenario', /^Truncate waits for O_DIRECT/);
    await page.keyboard.press('?');
    await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
    const strangers = daxpin.requests.filter(
      (url) => !url.startsWith(baseURL ?? 'no address') && !url.startsWith('data:'),
    );
    expect(strangers).toEqual([]);
    expect(daxpin.errors).toEqual([]);
  });

  test('once it is open it needs no network any more', async ({ page, context }) => {
    const daxpin = new DaxpinPage(page);
    await daxpin.open();
    await page.waitForLoadState('networkidle');
    await context.setOffline(true);
    const asked = daxpin.requests.length;
    await daxpin.choose('Scenario', /^Truncate waits for O_DIRECT/);
    await daxpin.choose('Option', /^seed/);
    await page.keyboard.press('End');
    await expect(daxpin.button('Go to the end')).toHaveAttribute('aria-disabled', 'true');
    expect(daxpin.requests.slice(asked)).toEqual([]);
  });

  test('a copied address opens the same moment', async ({ page }) => {
    const daxpin = new DaxpinPage(page);
    await daxpin.open();
    for (let i = 0; i < 3; i += 1) await page.keyboard.press('ArrowRight');
    await daxpin.expectPosition(33);
    await daxpin.choose('Option', /^unprotected/);
    await expect(page).toHaveURL(new RegExp(`#v=1&s=${READ_MR}&o=unprotected&n=\\d.*&z=`));
    const sentence = await daxpin.sentence.innerText();
    await page.reload();
    await expect(daxpin.sentence).toHaveText(sentence);
    await expect(daxpin.picker('Option')).toContainText('unprotected');
    await expect(daxpin.step).toHaveText('Step 3 of 5');
  });

  test('an address typed over the old one is followed', async ({ page }) => {
    const daxpin = new DaxpinPage(page);
    await daxpin.open();
    await page.evaluate((hash) => (location.hash = hash), `#s=${READ_MR}&at=33`);
    await daxpin.expectPosition(33);
    await page.evaluate(() => (location.hash = '#s=04-truncate-waits-for-odirect'));
    await expect(daxpin.picker('Scenario')).toContainText('Truncate waits for O_DIRECT');
  });

  for (const hash of someOf([
    '#s=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E&at=-5',
    '#s=no-such-scenario&at=12',
    `#s=${'a'.repeat(5000)}`,
    '#%E0%A4%A',
    `#s=${READ_MR}&o=__proto__&k=1.0&at=999999999`,
  ])) {
    test(`a hostile address does no harm: ${hash.slice(0, 40)}`, async ({ page }) => {
      const daxpin = new DaxpinPage(page);
      page.on('dialog', () => daxpin.errors.push('a dialog opened'));
      await daxpin.open(hash);
      await expect(daxpin.picker('Scenario')).toContainText('A READ MR goes stale');
      expect(await daxpin.position()).toBeLessThanOrEqual(39);
      await expect(daxpin.picker('Option')).toContainText('wait');
      expect(daxpin.errors).toEqual([]);
    });
  }
});

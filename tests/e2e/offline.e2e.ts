import { expect, test, type Page } from '@playwright/test';
import { DaxpinPage, READ_MR } from './daxpinPage.ts';

const SINGLE = new URL('../../dist/daxpin.html', import.meta.url).href;

/** Nothing may be asked of anybody but the page's own origin, or its own file. */
function watch(page: Page): string[] {
  const strays: string[] = [];
  page.on('request', (request) => {
    const url = request.url();
    if (!/^(?:blob|data):/.test(url) && url.replace(/#.*/, '') !== SINGLE) strays.push(url);
  });
  return strays;
}

test.describe('the page as one file, opened from the disk', () => {
  test('steps, links both ways, keeps what was written, and asks nobody for anything', async ({ page }) => {
    const strays = watch(page);
    const daxpin = new DaxpinPage(page);
    await page.goto(`${SINGLE}#s=${READ_MR}&at=33`);
    await daxpin.expectPosition(33);
    await page.keyboard.press('ArrowRight');
    await daxpin.expectPosition(38);
    await expect(page).toHaveURL(/daxpin\.html#v=1&s=01-read-mr-goes-stale&n=4&/);
    await daxpin.choose('Scenario', /^Truncate waits for O_DIRECT/);
    await expect(page).toHaveTitle(/^Truncate waits for O_DIRECT/);
    await page.keyboard.press('e');
    await page.getByRole('button', { name: 'New', exact: true }).click();
    await page.locator('.cm-content').fill('file A ab\napp m = mmap A\n');
    await expect(page.getByRole('status').filter({ hasText: /^saved$/ })).toBeVisible();
    await expect(page).toHaveURL(/&s=own:/);
    await page.reload();
    await expect(daxpin.step).toHaveText('Start, 1 step');
    // Another file of the page, where it is hosted: here it is inside.
    await page.evaluate(() => (location.hash = '#s=20-recorded-p01'));
    await page.getByRole('button', { name: /^Recorded/i }).click();
    await expect(page.getByRole('dialog').getByRole('table')).toBeVisible();
    expect(strays).toEqual([]);
    expect(daxpin.errors).toEqual([]);
  });

  test('the lab visits every state with workers of its own', async ({ page }) => {
    test.slow();
    const strays = watch(page);
    const daxpin = new DaxpinPage(page);
    await page.goto(`${SINGLE}#lab=short-pins&o=mainline&p=S1`);
    const cell = page.getByRole('gridcell', { name: /^mainline, S1 dma-to-free: violated in 3 steps$/ });
    await expect(cell).toBeVisible({ timeout: 60_000 });
    expect(strays).toEqual([]);
    expect(daxpin.errors).toEqual([]);
  });
});

test.describe('the hosted page, once it was visited', () => {
  test.use({ serviceWorkers: 'allow' });

  test('opens again without a network, with all its parts', async ({ page, context }) => {
    const daxpin = new DaxpinPage(page);
    await daxpin.open();
    // Everything is kept before the worker is in charge.
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null, undefined, { timeout: 20_000 });
    await context.setOffline(true);
    await page.reload();
    await daxpin.choose('Scenario', /^Truncate waits for O_DIRECT/);
    await expect(page).toHaveTitle(/^Truncate waits for O_DIRECT/);
    await page.keyboard.press('e');
    await expect(page.locator('.cm-content')).toContainText('ftruncate');
    await page.evaluate(() => (location.hash = '#lab=short-pins'));
    await expect(page.getByRole('grid', { name: 'Options and properties' })).toBeVisible();
    // The next deployment keeps its own files beside these.
    const kept = await page.evaluate(async () => (await caches.keys()).filter((name) => name.startsWith('daxpin-')));
    expect(kept).toHaveLength(1);
    expect(daxpin.errors).toEqual([]);
  });
});

import { expect, test } from '@playwright/test';
import { DaxpinPage, READ_MR } from './daxpinPage.ts';

test('a refusal: its rule, the order of checks, what would pass, compared in one click', async ({ page }) => {
  const daxpin = new DaxpinPage(page);
  await daxpin.open(`#s=${READ_MR}&o=mainline&at=3`);
  const card = page.getByRole('region', { name: 'Why EOPNOTSUPP' });
  await expect(card).toContainText('A longterm pin of fsdax is refused.');
  await expect(card).toContainText('check_vma_flags()');
  const order = card.getByRole('list', { name: 'Checks in their order' });
  await expect(order.locator('[aria-current]')).toHaveText(/^fsdax admission/);
  await expect(card).toContainText('Refused as well: lease (EPERM), immutable (EOPNOTSUPP), never (EOPNOTSUPP).');
  await card.getByRole('button', { name: 'Compare with pin.longterm = allow' }).click();
  await expect(page.getByRole('table', { name: 'Steps of both runs' })).toBeVisible();
  await expect(page.getByRole('button', { name: /^Right option: mainline pin\.longterm=allow/ })).toBeVisible();
  await page.goBack();
  await expect(card).toBeVisible();
  // The step after the next has no MR: it leads back to the refusal.
  await daxpin.open(`#s=${READ_MR}&o=mainline&n=4`);
  await expect(page.getByRole('region', { name: 'Why nothing happens' })).toBeVisible();
  await page.getByRole('button', { name: 'step 2', exact: true }).first().click();
  await expect(card).toBeVisible();
  expect(daxpin.errors).toEqual([]);
});

test('causes lead to objects and steps, by keyboard; the knobs that let it happen; what was broken before', async ({
  page,
}) => {
  const daxpin = new DaxpinPage(page);
  await daxpin.open(`#s=${READ_MR}&at=33`);
  const card = page.getByRole('article', { name: /^S2: / });
  await expect(card).toContainText('Stands to the end of the run.');
  await expect(card).toContainText('pin.readonly = unshare (step 4: X)');
  const cause = card.getByRole('button', { name: 'mr[1]' }).first();
  await cause.focus();
  await expect(page.locator('.stage .sg-link.faded[data-key="mtt:0:0"]')).toHaveCount(1);
  await expect(page.locator('.stage .sg-link.faded[data-key="mtt:0:1"]')).toHaveCount(0);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/sel=mtt:0:1/);
  await card.getByRole('button', { name: 'step 2', exact: true }).click();
  await expect(daxpin.step).toHaveText('Step 2 of 5');
  await page.getByRole('button', { name: 'Go to the end' }).click();
  await expect(page.getByRole('list', { name: 'Broken before' })).toContainText('S5b');
  expect(daxpin.errors).toEqual([]);
});

test('a wait for oneself: the chain ends where it began, since when, what ends it', async ({ page }) => {
  const daxpin = new DaxpinPage(page);
  await daxpin.open('#s=05-truncate-waits-for-itself&n=3');
  const chain = page.getByRole('region', { name: 'Why it can never go on' });
  await expect(chain.getByRole('button', { name: /^app ftruncate A 2/ })).toBeVisible();
  await expect(chain).toContainText('the chain ends where it began');
  await expect(chain).toContainText('Interruptible: a signal ends it with EINTR.');
  await expect(chain).toContainText('It holds i_rwsem of A.');
  await chain.getByRole('button', { name: 'step 2', exact: true }).click();
  await expect(daxpin.step).toHaveText('Step 2 of 5');
  expect(daxpin.errors).toEqual([]);
});

test('on a phone the card is in the sheet, and nothing shines through its buttons', async ({ browser }) => {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  const page = await context.newPage();
  const daxpin = new DaxpinPage(page);
  await daxpin.open('#s=12-seed-etxtbsy&o=etxtbsy&n=3');
  await page.getByText('Causes and owners').tap();
  const card = page.getByRole('region', { name: 'Why ETXTBSY' });
  await expect(card.getByText('pinned by')).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  const [bar, sheet] = [await page.locator('.sheet-buttons').boundingBox(), await page.locator('.sheet').boundingBox()];
  expect(Math.round((bar?.y ?? 0) + (bar?.height ?? 0))).toBe(Math.round((sheet?.y ?? 0) + (sheet?.height ?? 0)));
  await context.close();
});

// Ownership of one page: who believes what and since when, what ever happened to it, and what the next step will change.
import { devices, expect, test } from '@playwright/test';
import { expectAccessible } from './accessible.ts';
import { DaxpinPage, READ_MR } from './daxpinPage.ts';

test('the owners of a page, and its history: each row leads to its step', async ({ page }) => {
  const daxpin = new DaxpinPage(page);
  await daxpin.open(`#s=06-punched-block-reused&at=40`);
  const owners = daxpin.panel.getByRole('table', { name: 'Who owns block 1?' });
  await expect(owners.getByRole('row', { name: /^Allocator/ })).toContainText(
    '1 owner, allocated by step 5 (pwrite C 0 Z)',
  );
  await expect(owners.getByRole('row', { name: /^DMA/ })).toContainText('takes it for A[1], a hole now');
  await daxpin.panel.getByText('History of block 1').press('Enter');
  const story = daxpin.panel.locator('.story');
  await expect(story).toContainText('block 1 is freed while pinned');
  await expectAccessible(page, { include: '.now' });
  await story.getByRole('button', { name: 'step 3', exact: true }).press('Enter');
  await expect(daxpin.step).toHaveText('Step 3 of 8');
  await expect(owners.getByRole('row', { name: /^Allocator/ })).toContainText('yet mr[1] still has it');
  await expect(story.getByRole('heading', { name: 'Still to come' })).toBeVisible();
  await expect(story.locator('[aria-current="step"]')).toContainText('A[1] loses its block');
  await owners.getByRole('button', { name: 'since step 2' }).click();
  await expect(daxpin.step).toHaveText('Step 2 of 8');
  expect(daxpin.errors).toEqual([]);
});

test('x announces what the next step changes, on the stage and in words; the step keeps the promise', async ({
  page,
}) => {
  const daxpin = new DaxpinPage(page);
  await daxpin.open(`#s=${READ_MR}&at=24`);
  await page.keyboard.press('x');
  const list = daxpin.panel.getByRole('region', { name: 'Will change' });
  await expect(list.getByRole('listitem')).toHaveText([
    'A[1] will move from block 1 to block 4, tag X',
    'm[1] will map block 4, writable',
    'Block 1 will have one owner left: B[1]',
  ]);
  const next = page.locator('.stage [aria-label$=", changes next"]');
  await expect(next).toHaveCount(4);
  await expect(page.getByRole('img', { name: /^A\[1\].*, changes next$/ })).toBeVisible();
  await expectAccessible(page, { include: '.stage', themes: ['light'] });
  await page.keyboard.press('ArrowRight');
  await daxpin.expectPosition(33);
  await expect(daxpin.panel.getByText('A[1] moved from block 1 to block 4, tag X')).toBeVisible();
  await expect(list.getByText('A[1] will move')).toHaveCount(0);
  await page.keyboard.press('End');
  await expect(list).toContainText('There is no next step: the run ends here.');
  await page.keyboard.press('x');
  await expect(list).toHaveCount(0);
  expect(daxpin.errors).toEqual([]);
});

test('on a phone: from the menu, in the list and in the sheet', async ({ browser }) => {
  const context = await browser.newContext({ ...devices['Pixel 7'], reducedMotion: 'reduce', serviceWorkers: 'block' });
  const page = await context.newPage();
  const daxpin = new DaxpinPage(page);
  await daxpin.open(`#s=${READ_MR}&at=24`);
  await daxpin.chooseMore('Show what changes next');
  await expect(page.getByRole('img', { name: /^m\[1\].*, changes next$/ })).toBeVisible();
  await page.getByText('Causes and owners').tap();
  await expect(page.getByRole('region', { name: 'Will change' })).toContainText('m[1] will map block 4, writable');
  await context.close();
});

// What the page does while its own files are on their way, and where they cannot be had.
import { expect, test } from '@playwright/test';
import { DaxpinPage, READ_MR } from './daxpinPage.ts';
import { someOf } from '../support/thorough.ts';

const TRUNCATE = '04-truncate-waits-for-odirect';
const OTHERS = /bundleRest/;

test.describe('the other scenarios', () => {
  test('the first one is there without them', async ({ page }) => {
    await page.route(OTHERS, () => undefined);
    const daxpin = new DaxpinPage(page);
    await daxpin.open();
    await page.keyboard.press('End');
    await daxpin.expectPosition(39);
    await daxpin.picker('Scenario').click();
    await expect(page.getByRole('menuitemradio')).toHaveCount(1);
  });

  test('an address of one waits for its text', async ({ page }) => {
    let arrive = (): void => undefined;
    const arrived = new Promise<void>((resolve) => (arrive = resolve));
    await page.route(OTHERS, async (route) => {
      await arrived;
      await route.continue();
    });
    const daxpin = new DaxpinPage(page);
    await page.goto(`./#s=${TRUNCATE}&at=5`);
    await expect(page.getByText('Working out the run …')).toBeVisible();
    arrive();
    await daxpin.expectPosition(5);
    await expect(daxpin.picker('Scenario')).toContainText('Truncate waits for O_DIRECT');
    await expect(page).toHaveURL(new RegExp(`&s=${TRUNCATE}&n=\\d`));
    expect(daxpin.errors).toEqual([]);
  });

  test('where they cannot be fetched the first stands in, and trying again leads on', async ({ page }) => {
    await page.route(OTHERS, (route) => route.abort());
    const daxpin = new DaxpinPage(page);
    await daxpin.open(`#s=${TRUNCATE}&at=5`);
    await expect(page.getByText(/^Only the first scenario is here: the others could not be fetched/)).toBeVisible();
    await expect(daxpin.picker('Scenario')).toContainText('A READ MR goes stale');
    await page.keyboard.press('ArrowRight');
    await expect(daxpin.step).toHaveText('Step 1 of 5');
    await page.unroute(OTHERS);
    await daxpin.button('Try again').click();
    await expect(daxpin.picker('Scenario')).toContainText('Truncate waits for O_DIRECT');
    await daxpin.expectPosition(5);
    await expect(page.getByText(/could not be fetched/)).toHaveCount(0);
  });
});

for (const [name, file, act] of someOf([
  ['the editor', /Editor-/, 'e'],
  ['the keys', /HelpDialog-/, '?'],
  ['the actions', /ActionsMenu-/, 'a'],
] as const)) {
  test(`where ${name} cannot be fetched the picture stays, and the page says what to do`, async ({ page }) => {
    await page.route(file, (route) => route.abort());
    const daxpin = new DaxpinPage(page);
    await daxpin.open(`#s=${READ_MR}&at=33`);
    await page.keyboard.press(act);
    await expect(page.getByText(/^A file of this page could not be fetched/)).toBeVisible();
    await expect(page.getByRole('group', { name: /^Stage: / })).toBeVisible();
    await page.keyboard.press('PageDown');
    await daxpin.expectPosition(38);
    await expect(page).toHaveURL(/&n=4&/);
    await page.unroute(file);
    await daxpin.button('Reload the page').click();
    await daxpin.expectPosition(38);
  });
}

test('where the lists of the pickers cannot be fetched their values stay in sight', async ({ page }) => {
  await page.route(/PickerMenu-/, (route) => route.abort());
  const daxpin = new DaxpinPage(page);
  await daxpin.open(`#s=${READ_MR}`);
  await expect(page.getByText(/^A file of this page could not be fetched/)).toBeVisible();
  await expect(daxpin.picker('Option')).toContainText('wait');
  await page.keyboard.press('End');
  await daxpin.expectPosition(39);
});

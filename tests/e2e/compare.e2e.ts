import { expect, test, type Locator } from '@playwright/test';
import { whenThorough } from './whenThorough.ts';
import { expectAccessible } from './accessible.ts';
import { DaxpinPage, READ_MR } from './daxpinPage.ts';

/** Two runs side by side, as a user has them. */
class ComparePage extends DaxpinPage {
  get table(): Locator {
    return this.page.getByRole('table', { name: 'Steps of both runs' });
  }

  get current(): Locator {
    return this.table.locator('tr[aria-current="step"]');
  }

  side(name: 'Left run' | 'Right run'): Locator {
    return this.page.getByRole('region', { name });
  }

  async openBoth(hash: string): Promise<void> {
    await this.page.goto(`./${hash}`);
    await expect(this.table).toBeVisible();
    await expect(this.page.getByRole('group', { name: /^Stage: / })).toHaveCount(2);
  }
}

test('from the player into the comparison: the first difference, both stepped, another option, and back', async ({
  page,
}) => {
  const both = new ComparePage(page);
  await both.open(`#s=${READ_MR}`);
  await both.button('Compare').click();
  await expect(both.table.getByRole('row')).toHaveCount(6);
  await expect(page.getByText('Start, 5 steps')).toBeVisible();
  await expect(both.side('Left run')).toContainText('2 properties violated');
  await expect(both.side('Right run')).toContainText('all hold');
  const flagged = both.table.getByRole('row').filter({ hasText: 'first difference' });
  await expect(flagged).toContainText('app mr = reg_mr m remote_read');
  await both.button('Go to first difference').click();
  await expect(both.current).toContainText('app mr = reg_mr m remote_read');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('.');
  await expect(both.current).toContainText('peer rdma_read mr 1');
  await expect(both.side('Left run').getByText('the peer gets b')).toBeVisible();
  await expect(both.side('Right run').getByText('the peer gets X')).toBeVisible();
  await expect(page).toHaveURL(/[#&]s=01-read-mr-goes-stale&n=4&f=[\w-]+&c=seed&z=/);
  await both.choose('Right option', /^revoke/);
  await expect(both.side('Right run').getByText('the peer gets NAK')).toBeVisible();
  await expect(both.current).toContainText('peer rdma_read mr 1');
  await expect(page).toHaveURL(/&n=4&f=[\w-]+&c=revoke&z=/);
  await page.goBack();
  await expect(both.slider).toBeVisible();
  await page.goForward();
  await expect(both.side('Right run').getByText('the peer gets NAK')).toBeVisible();
  await both.button('Player').click();
  await both.expectPosition(38);
  expect(both.errors).toEqual([]);
});

whenThorough('keyboard only: jump, walk the rows, open a fold, select on both sides, leave', async ({ page }) => {
  const both = new ComparePage(page);
  await both.open('#s=18-truncate-three-users');
  await page.keyboard.press('c');
  await expect(page.getByRole('group', { name: /^Stage: / })).toHaveCount(2);
  const fold = both.button('steps 1-11: same');
  await expect(fold).toHaveAttribute('aria-expanded', 'false');
  await page.keyboard.press('d');
  await expect(both.current).toContainText('admin ftruncate A 2');
  await expect(both.sentence).toHaveText(/^Step 12, differs in .*, the first difference\. wait: ftruncate sleeps: .* seed: ftruncate is refused: ETXTBSY/); // prettier-ignore
  await fold.focus();
  await page.keyboard.press('Enter');
  await expect(both.table.getByRole('row').filter({ hasText: 'db m1 = mmap A' })).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await expect(both.current).toContainText('db store m1 2 C');
  await expect(page.locator(':focus')).toHaveAccessibleName('db store m1 2 C');
  await page.keyboard.press('Shift+ArrowRight');
  await expect(page.getByText('micro-step 1', { exact: true })).toBeVisible();
  await expect(both.current).toContainText('log pwrite A 0 L');
  await page.keyboard.press('End');
  await expect(both.current).toContainText('log load m3 0');
  await both
    .side('Left run')
    .getByRole('listitem', { name: /^block 2,/ })
    .focus();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/&sel=block:2&/);
  await page.keyboard.press('Escape');
  await expect(page).not.toHaveURL(/&sel=/);
  await page.keyboard.press('c');
  await expect(both.panel).toBeVisible();
  expect(both.errors).toEqual([]);
});

test('a block stands at the same place on either side; stacked, one stands below the other', async ({ page }) => {
  const both = new ComparePage(page);
  await both.openBoth(`#s=${READ_MR}&at=38&c=seed`);
  const place = async (name: 'Left run' | 'Right run'): Promise<readonly number[]> => {
    const at = await both.side(name).boundingBox();
    const box = await both.side(name).getByRole('listitem', { name: /^block 5,/ }).boundingBox(); // prettier-ignore
    return [(box?.x ?? 0) - (at?.x ?? 0), box?.y ?? 0].map(Math.round);
  };
  const [left, right] = [await place('Left run'), await place('Right run')];
  // The rule between them is two pixels wide.
  expect(Math.abs((left[0] ?? 0) - (right[0] ?? 0))).toBeLessThanOrEqual(3);
  expect(right[1]).toBe(left[1]);
  // What one is zoomed to, the other is.
  await both
    .side('Left run')
    .getByRole('listitem', { name: /^block 5,/ })
    .focus();
  await page.keyboard.press('+');
  await page.keyboard.press('+');
  await expect.poll(async () => (await place('Left run'))[0]).not.toBe(left[0]);
  await expect.poll(async () => Math.abs(((await place('Left run'))[0] ?? 0) - ((await place('Right run'))[0] ?? 99))).toBeLessThanOrEqual(6); // prettier-ignore
  await page.keyboard.press('0');
  // What is hidden, is hidden on both sides, and said on both.
  await both
    .side('Left run')
    .getByRole('img', { name: /^mr\[1\]/ })
    .first()
    .click();
  await page.keyboard.press('h');
  await expect(page.getByRole('button', { name: /show all$/ })).toHaveCount(2);
  await page.keyboard.press('Shift+H');
  await expect(page.getByRole('button', { name: /show all$/ })).toHaveCount(0);
  await both.button('Swap').click();
  await expect(both.picker('Left option')).toHaveAccessibleName('Left option: seed');
  await expect(both.picker('Right option')).toHaveAccessibleName('Right option: wait');
  await both.button('Stacked').click();
  await expect.poll(async () => (await both.side('Right run').boundingBox())?.x).toBe(0);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(1280);
});

test('from a cell of the lab in one click', async ({ page }) => {
  test.slow();
  const both = new ComparePage(page);
  await page.goto('./#lab=default&o=wait&p=S5b');
  const card = page.getByRole('complementary', { name: 'Selected' });
  await expect(card.getByRole('heading', { level: 2 })).toHaveText(/^S5b is violated/, { timeout: 60_000 });
  await card.getByRole('button', { name: 'Compare with seed' }).click();
  await expect(both.current).toContainText('peer rdma_read mr 0');
  await expect(both.side('Left run')).toContainText('S5b');
  await expect(both.side('Right run')).toContainText('all hold');
  await page.goBack();
  await expect(card.getByRole('heading', { level: 2 })).toHaveText(/^S5b is violated/);
  await page.getByRole('rowheader', { name: /^wait:/ }).click();
  await card.getByRole('button', { name: 'Compare with mainline' }).click();
  await expect(both.table).toBeVisible();
  await expect(both.picker('Left option')).toHaveAccessibleName('Left option: wait');
  await expect(both.picker('Right option')).toHaveAccessibleName('Right option: mainline');
  expect(both.errors).toEqual([]);
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test('from the menu; one picture at a time, both sentences below it', async ({ page }) => {
    const both = new ComparePage(page);
    await both.open(`#s=${READ_MR}`);
    await both.chooseMore('Compare');
    const sheet = page.getByRole('region', { name: 'Both now' });
    await both.button('First difference').tap();
    await both.button('Both forward one step').tap();
    await both.button('Both forward one step').tap();
    await expect(sheet).toContainText('the peer gets b');
    await expect(sheet).toContainText('the peer gets X');
    await expect(page.getByRole('listitem', { name: /^block 1, tag b/ })).toBeVisible();
    await both.button('Picture of the right run').tap();
    await expect(page.getByRole('listitem', { name: /^block 5, tag X/ })).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    await expectAccessible(page);
    await both.chooseMore('Player');
    await expect(both.step).toHaveText('Step 4 of 5');
    expect(both.errors).toEqual([]);
  });
});

whenThorough('axe finds nothing on a desk', async ({ page }) => {
  test.slow();
  const both = new ComparePage(page);
  await both.openBoth('#s=18-truncate-three-users&at=65&c=seed');
  await page.getByText('7 knobs differ').click();
  await expect(page.getByRole('table', { name: 'Knobs that differ' })).toBeVisible();
  await expectAccessible(page);
});

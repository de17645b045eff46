import { expect, test } from '@playwright/test';
import { whenThorough } from './whenThorough.ts';
import { DaxpinPage, READ_MR } from './daxpinPage.ts';

test.describe('a worker that dies', () => {
  test('mid-scenario and in silence is replaced, at the same step', async ({ page }) => {
    const daxpin = new DaxpinPage(page);
    await daxpin.open(`#s=${READ_MR}&at=33`);
    await daxpin.expectPosition(33);
    const sentence = await daxpin.sentence.innerText();
    await page.workers()[0]?.evaluate(() => self.close());
    await expect(page.getByText('The worker stopped. Restarted at step 3.')).toBeVisible({ timeout: 4000 });
    await daxpin.expectPosition(33);
    await expect(daxpin.sentence).toHaveText(sentence);
    await page.keyboard.press('ArrowRight');
    await expect(daxpin.step).toHaveText('Step 4 of 5');
    await daxpin.button('Put this message away').click();
    await expect(page.getByText('The worker stopped.')).toHaveCount(0);
  });

  test('while a step is asked of it, the step is answered by the next one', async ({ page }) => {
    const daxpin = new DaxpinPage(page);
    await daxpin.open(`#s=${READ_MR}&at=24`);
    await page.workers()[0]?.evaluate(() => self.close());
    await page.keyboard.press('ArrowRight');
    await daxpin.expectPosition(33);
  });

  whenThorough('again and again is given up, and the page says how to go on', async ({ page }) => {
    const daxpin = new DaxpinPage(page);
    await daxpin.open(`#s=${READ_MR}&at=24`);
    for (let i = 0; i < 3; i += 1) {
      const worker = page.workers()[0];
      const next = page.waitForEvent('worker');
      await worker?.evaluate(() => self.close());
      await next;
      await expect(page.getByText('Restarted at step 2.')).toBeVisible();
    }
    await page.workers()[0]?.evaluate(() => self.close());
    await expect(page.getByText(/^The worker stopped again and again/)).toBeVisible({ timeout: 4000 });
    await daxpin.button('Try again').click();
    await expect(page.getByText('Restarted at step 2.')).toBeVisible();
    await page.keyboard.press('ArrowRight');
    await daxpin.expectPosition(33);
  });
});

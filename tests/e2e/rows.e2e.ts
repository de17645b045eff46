// What no other journey shows of the things that a visualizer must have; tests/README.md lists them all.
import { expect, test, type Page } from '@playwright/test';
import { DaxpinPage, READ_MR } from './daxpinPage.ts';

test('every outcome is counted, and a run to each plays; so does a run for what an operation came to', async ({
  page,
}) => {
  test.slow();
  const daxpin = new DaxpinPage(page);
  await page.goto(`./#lab=${READ_MR}&o=wait`);
  const card = page.getByRole('complementary', { name: 'Selected' });
  await expect(page.getByRole('status').filter({ hasText: 'Matrix complete' })).toHaveCount(1, { timeout: 60_000 });
  await card.getByRole('button', { name: 'Count the final states' }).click();
  const outcomes = card.getByRole('list', { name: 'Final states' });
  await expect(outcomes.getByRole('listitem').first()).toContainText('A=');
  await expect(card).toContainText(/Observation .* (Sometimes|Always|Never) \d+ \d+/);
  await outcomes
    .getByRole('button', { name: /^Play a run to / })
    .first()
    .click();
  await expect(page.getByRole('group', { name: /^Stage: / })).toBeVisible();
  await expect(daxpin.step).toContainText('Step');
  await page.goBack();
  await card.getByRole('button', { name: /^Play a run in which app store m 1 X gives ok/ }).click();
  await expect(page.getByRole('group', { name: /^Stage: / })).toBeVisible();
  expect(daxpin.errors).toEqual([]);
});

test('what was typed is undone and done again, and the picture with it', async ({ page }) => {
  const daxpin = new DaxpinPage(page);
  await daxpin.open(`#s=${READ_MR}&n=5`);
  await expect(daxpin.step).toHaveText('Step 5 of 5');
  await daxpin.button('Script').click();
  const last = page.locator('.cm-line').filter({ hasText: /^app +load/ });
  await last.click();
  await page.keyboard.press('End');
  await page.keyboard.insertText('\napp load m 2');
  await expect(daxpin.step).toHaveText('Step 5 of 6');
  await page.keyboard.press('Control+z');
  await expect(daxpin.step).toHaveText('Step 5 of 5');
  await page.keyboard.press('Control+Shift+z');
  await expect(daxpin.step).toHaveText('Step 5 of 6');
  expect(daxpin.errors).toEqual([]);
});

test('what cannot be done now says why', async ({ page }) => {
  const daxpin = new DaxpinPage(page);
  await daxpin.open(`#s=05-truncate-waits-for-itself&n=3`);
  await page.getByRole('button', { name: 'Actions' }).click();
  const menu = page.getByRole('menu');
  await expect(menu).toBeVisible();
  await expect(menu.getByRole('menuitem', { disabled: true }).first()).toContainText(/asleep|sleeps|waits/);
});

/** How many different paths a link is drawn with while one step is taken. */
async function pathsWhileStepping(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const seen = new Set<string>();
    const look = (): void => {
      for (const path of document.querySelectorAll('.stage .sg-link[data-key="extent:0:1"] path'))
        seen.add(path.getAttribute('d') ?? '');
    };
    look();
    const before = seen.size;
    document.querySelector<HTMLButtonElement>('button[aria-label="Forward one step"]')?.click();
    const end = performance.now() + 700;
    while (performance.now() < end) {
      await new Promise((resolve) => requestAnimationFrame(resolve));
      look();
    }
    return seen.size - before;
  });
}

test('links move where motion is welcome, and jump where it is not', async ({ page }) => {
  const daxpin = new DaxpinPage(page);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await daxpin.open(`#s=${READ_MR}&n=2`);
  const jumped = await pathsWhileStepping(page);
  await daxpin.button('Back one step').click();
  await expect(daxpin.step).toHaveText('Step 2 of 5');
  await page.emulateMedia({ reducedMotion: 'no-preference' });
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 400)));
  const moved = await pathsWhileStepping(page);
  expect(jumped).toBeGreaterThan(0);
  expect(moved).toBeGreaterThan(jumped);
});

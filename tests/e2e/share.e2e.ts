import { expect, test, type Page } from '@playwright/test';
import { expectAccessible } from './accessible.ts';
import { DaxpinPage, READ_MR } from './daxpinPage.ts';

const dialog = (page: Page) => page.getByRole('dialog', { name: 'Share' });
const editor = (page: Page) => page.locator('.cm-content');

async function linkOf(page: Page): Promise<string> {
  await page.keyboard.press('s');
  const box = dialog(page).getByRole('textbox', { name: 'The link' });
  await expect(box).toHaveText(/&z=[\w-]{6}$/);
  const link = await box.innerText();
  await page.keyboard.press('Escape');
  await expect(dialog(page)).toHaveCount(0);
  return link;
}

/** As the browser does it: the text is on the clipboard, and pasted on the page. */
async function paste(page: Page, text: string): Promise<void> {
  await page.evaluate((pasted) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', pasted);
    document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, text);
}

test('the address equals the view: option, step, selection, grain, script', async ({ page }) => {
  const daxpin = new DaxpinPage(page);
  await daxpin.open(`#s=${READ_MR}&at=33`);
  await daxpin.choose('Option', /^unprotected/);
  await page.keyboard.press('g');
  await page.getByRole('img', { name: /^mr\[1\]: / }).click();
  await page.keyboard.press('e');
  await expect(page).toHaveURL(/#v=1&s=01-read-mr-goes-stale&o=unprotected&n=3&f=[\w-]+&sel=mtt:0:1&g=micro&e=1&z=/);
  const other = await page.context().newPage();
  const two = new DaxpinPage(other);
  await two.open(new URL(page.url()).hash);
  await two.expectPosition(await daxpin.position());
  await expect(two.picker('Option')).toContainText('unprotected');
  await expect(editor(other)).toBeVisible();
  await other.keyboard.press('Escape');
  await expect(other).toHaveURL(/&n=3&f=[\w-]+&g=micro&e=1&z=/);
  expect([...daxpin.errors, ...two.errors]).toEqual([]);
});

test('a copied link opens the same in another browser: bundled, and a text of one’s own', async ({ page, browser }) => {
  const daxpin = new DaxpinPage(page);
  await daxpin.open(`#s=${READ_MR}&at=38`);
  const bundled = await linkOf(page);
  expect(bundled.length).toBeLessThanOrEqual(200);
  await page.keyboard.press('e');
  await editor(page).click();
  await page.keyboard.press('Control+Home');
  await page.keyboard.insertText('# mine\n');
  await expect(daxpin.picker('Scenario')).toContainText('(copy)');
  await daxpin.button('Put the script away').click();
  const own = await linkOf(page);
  // A browser that knows nothing of this one.
  const context = await browser.newContext();
  const two = new DaxpinPage(await context.newPage());
  await two.open(new URL(bundled).hash);
  await two.expectPosition(38);
  await two.open(new URL(own).hash);
  await two.page.reload();
  await two.expectPosition(38);
  await two.page.keyboard.press('e');
  await expect(editor(two.page)).toContainText('# mine');
  expect([...daxpin.errors, ...two.errors]).toEqual([]);
  await context.close();
});

test('cut, changed, outdated, wrapped by a mailer', async ({ page }) => {
  const daxpin = new DaxpinPage(page);
  await daxpin.open(`#s=${READ_MR}&at=33`);
  const link = await linkOf(page);
  const told = page.getByRole('status');
  const go = (hash: string) => page.evaluate((to) => (location.hash = to), hash);
  const hash = new URL(link).hash;
  await go(hash.slice(0, -10));
  await expect(told.filter({ hasText: /^This link is cut: its end is missing\. Read from it: the scenario, step 3/ })).toBeVisible(); // prettier-ignore
  await go(hash.replace('n=3', 'n=2'));
  await expect(told.filter({ hasText: /^A part of this link was changed on its way/ })).toBeVisible();
  // Sealed when step 3 of this scenario was another line.
  await go('#v=1&s=01-read-mr-goes-stale&n=3&f=HQZRAA&z=w39xZq');
  await expect(told.filter({ hasText: /step 3 \(app store m 1 X\) is the first that does not fit/ })).toBeVisible();
  await expect(daxpin.step).toHaveText('Step 2 of 5');
  const wrapped = `On Monday Ann wrote:\n> > > look: ${link.slice(0, 50)}\n> > > ${link.slice(50)}\n> > > and tell me`;
  await paste(page, wrapped);
  await expect(daxpin.step).toHaveText('Step 3 of 5');
  await paste(page, 'no link at all');
  await expect(told.filter({ hasText: /has no Daxpin link in it/ })).toBeVisible();
  expect(daxpin.errors).toEqual([]);
});

test('the dialog: by keys, with the clipboard or without, and accessible', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const daxpin = new DaxpinPage(page);
  await daxpin.open(`#s=${READ_MR}&at=38`);
  await daxpin.button('Share').click();
  await dialog(page).getByRole('button', { name: 'Copy link' }).click();
  await expect(dialog(page).getByText('Copied')).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(/#v=1&s=01-read-mr-goes-stale&n=4&.*&z=/);
  await dialog(page).getByRole('button', { name: 'Copy as Markdown' }).click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('Violated: **S5b** A remote read');
  await expectAccessible(page, { include: '.share-dialog', themes: ['light', 'hc'] });
  await dialog(page).getByRole('textbox', { name: /^A link, or a mail/ }).fill('> #s=04-truncate-waits-for-odirect&at=2 <'); // prettier-ignore
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(dialog(page)).toHaveCount(0);
  await expect(daxpin.picker('Scenario')).toContainText('Truncate waits for O_DIRECT');
  await daxpin.expectPosition(2);
  expect(daxpin.errors).toEqual([]);
});

// Hard times for what is written: a reload between two keys, a browser that refuses, a full disk, the largest file.
import { expect, test, type Page } from '@playwright/test';
import { whenThorough } from './whenThorough.ts';
import { DaxpinPage } from './daxpinPage.ts';

const editor = (page: Page) => page.locator('.cm-content');
const status = (page: Page) => page.locator('.script-tools [role="status"]');

async function openNew(page: Page): Promise<DaxpinPage> {
  const daxpin = new DaxpinPage(page);
  await daxpin.open();
  await page.keyboard.press('e');
  await page.getByRole('button', { name: 'New', exact: true }).click();
  await editor(page).click();
  return daxpin;
}

test('a reload between two keys loses no letter', async ({ page }) => {
  const daxpin = await openNew(page);
  await page.keyboard.type('file A abcd');
  await expect(status(page)).toHaveText('saved');
  await expect(page).toHaveURL(/&s=own:/);
  await page.keyboard.press('Enter');
  await page.keyboard.type('app m = mmap A');
  await page.keyboard.press('Enter');
  await page.keyboard.type('app load m 3');
  await page.reload();
  await expect(daxpin.step).toHaveText('Start, 2 steps');
  // The script was open, so it is again.
  await expect(editor(page).locator('.cm-line')).toHaveText(['file A abcd', /^app m = mmap A/, /^app load m 3/]);
  expect(daxpin.errors).toEqual([]);
});

test('a browser that refuses storage of every kind says so, offers a file, and asks before it is left', async ({
  page,
}) => {
  await page.addInitScript(() => {
    for (const name of ['indexedDB', 'localStorage', 'BroadcastChannel']) {
      Object.defineProperty(window, name, {
        get() {
          throw new DOMException('The operation is insecure.', 'SecurityError');
        },
      });
    }
  });
  const daxpin = new DaxpinPage(page);
  await daxpin.open();
  await expect(page.getByText(/^This browser keeps nothing for this page \(.+\)\./)).toBeVisible();
  const download = page.waitForEvent('download');
  await daxpin.button('Save to a file').click();
  expect((await download).suggestedFilename()).toMatch(/^A READ MR goes stale.*\.dax$/);
  await page.keyboard.press('e');
  await page.getByRole('button', { name: 'New', exact: true }).click();
  await editor(page).click();
  await page.keyboard.insertText('file A ab\napp m = mmap A\n');
  await expect(status(page)).toHaveText('not kept');
  await expect(daxpin.step).toHaveText('Start, 1 step');
  const asked = page.waitForEvent('dialog');
  void page.reload().catch(() => undefined);
  const dialog = await asked;
  expect(dialog.type()).toBe('beforeunload');
  await dialog.dismiss();
  await expect(editor(page)).toContainText('mmap A');
});

/** As if the disk were full; false: there is room again. The browser looks at its quota once in some seconds. */
async function fillDisk(page: Page, origin: string, full = true): Promise<void> {
  const browser = await page.context().newCDPSession(page);
  await browser.send('Storage.overrideQuotaForOrigin', { origin, ...(full ? { quotaSize: 1 } : {}) });
}

const FULL = /^Not kept: the storage of this browser is full\./;

whenThorough('a full disk is told; when there is room again a key keeps everything', async ({ page, baseURL }) => {
  const origin = new URL(baseURL ?? '').origin;
  await fillDisk(page, origin);
  const daxpin = await openNew(page);
  await page.keyboard.insertText(`file A ab\n# ${'x'.repeat(20_000)}\n`);
  await expect(page.getByText(FULL)).toBeVisible();
  await expect(status(page)).toHaveText('not kept');
  await expect(daxpin.button('Save to a file')).toBeVisible();
  await fillDisk(page, origin, false);
  await expect(async () => {
    await page.keyboard.insertText('app m = mmap A\n');
    await expect(status(page)).toHaveText('saved', { timeout: 700 });
  }).toPass();
  await expect(page.getByText(FULL)).toHaveCount(0);
  await expect(page).toHaveURL(/&s=own:/);
  await page.reload();
  await expect(daxpin.step).toHaveText(/^Start, \d+ steps?$/);
  await expect(daxpin.picker('Scenario')).toContainText('Untitled');
});

whenThorough('what a full disk refused is there after a reload all the same', async ({ page, baseURL }) => {
  await fillDisk(page, new URL(baseURL ?? '').origin);
  const daxpin = await openNew(page);
  await page.keyboard.insertText('file A ab\napp m = mmap A\n');
  await expect(status(page)).toHaveText('not kept');
  await expect(page).toHaveURL(/&s=own:/);
  page.on('dialog', (dialog) => void dialog.accept());
  await page.reload();
  await expect(daxpin.step).toHaveText('Start, 1 step');
  await expect(page.getByText(FULL)).toBeVisible();
});

const MOST = 256 * 1024;

/** Steps to the limit of the size. */
function largest(): string {
  const head = 'file A abcd\napp m = mmap A\n';
  const line = '# a comment that is here to be long, as real ones sometimes are\n';
  const body = head + line.repeat(Math.floor((MOST - head.length) / line.length));
  return body + '#'.repeat(MOST - body.length);
}

const drop = (page: Page, name: string, text: string) =>
  page.evaluate(
    ([file, content]) => {
      const data = new DataTransfer();
      data.items.add(new File([content ?? ''], file ?? ''));
      document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
    },
    [name, text],
  );

whenThorough(
  'a file of the largest size opens, is edited and kept; a byte more is refused with the cure',
  async ({ page }) => {
    const daxpin = await openNew(page);
    const text = largest();
    await drop(page, 'much.dax', `${text}#`);
    await expect(page.getByText(/much\.dax: 257 kB; a scenario has at most 256 kB\. Split it/)).toBeVisible();
    await drop(page, 'most.dax', text);
    await expect(daxpin.picker('Scenario')).toContainText('most');
    await expect(daxpin.step).toHaveText('Start, 1 step');
    await editor(page).click();
    await page.keyboard.press('Control+Home');
    await page.keyboard.press('Shift+ArrowDown');
    await page.keyboard.insertText('file A ab\n');
    await expect(page.getByRole('img', { name: /^file A, ab/ })).toBeVisible();
    await page.reload();
    await expect(page.getByRole('img', { name: /^file A, ab/ })).toBeVisible();
    expect(daxpin.errors).toEqual([]);
  },
);

import { expect, test, type Page } from '@playwright/test';
import { whenThorough } from './whenThorough.ts';
import { unpackText } from '../../src/io/linkText.ts';
import { parseAddress } from '../../src/store/address.ts';
import { PAGEMAP, sample, sampleBytes } from '../import/samples.ts';
import { expectAccessible } from './accessible.ts';
import { DaxpinPage } from './daxpinPage.ts';

const dialog = (page: Page) => page.getByRole('dialog', { name: 'Import a real machine' });
const text = (page: Page) => dialog(page).getByRole('region', { name: 'The text of the scenario' });

async function paste(page: Page, pasted: string): Promise<void> {
  await page.evaluate((of) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', of);
    document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, pasted);
}

async function drop(page: Page, files: Readonly<Record<string, Uint8Array>>): Promise<void> {
  const list = Object.entries(files).map(([name, bytes]) => ({ name, bytes: [...bytes] }));
  await page.evaluate((of) => {
    const dataTransfer = new DataTransfer();
    for (const { name, bytes } of of) dataTransfer.items.add(new File([new Uint8Array(bytes)], name));
    document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
  }, list);
}

test('three real outputs, pasted in pieces: the state, a step on, a link without a name', async ({ page }) => {
  const daxpin = new DaxpinPage(page);
  await daxpin.open();
  await paste(page, `$ filefrag -v /mnt/pmem/*\n${sample('filefrag-1.47.0-xfs.txt')}`);
  await expect(dialog(page).getByRole('heading', { name: 'Recognised: 5 of 5' })).toBeVisible();
  await paste(page, sample('maps-6.18.txt'));
  await paste(page, sample('pagemap-od.txt'));
  await expect(dialog(page).getByRole('heading', { name: 'Recognised: 7 of 7' })).toBeVisible();
  const pieces = dialog(page).getByRole('list', { name: 'Recognised outputs' }).getByRole('listitem');
  await expect(pieces.nth(1)).toHaveText(/filefrag -v\s*file2: 3 extents\s*line 9/);
  await expect(text(page)).toContainText('p1 m2 = mmap file2 2 4 ro');
  await expect(dialog(page).getByRole('list', { name: 'Did not fit' })).toContainText('10 mappings of files whose extents are not here'); // prettier-ignore
  await expect(dialog(page).getByRole('list', { name: 'Assumed' })).toContainText('The first 8 steps only lay the blocks out'); // prettier-ignore
  // Hidden from the start; shown when asked for, and hidden again.
  await expect(text(page)).not.toContainText('f2 ');
  await dialog(page)
    .getByRole('switch', { name: /^Hide paths/ })
    .uncheck();
  await expect(text(page)).toContainText('p4409 m2 = mmap f2 2 4 ro');
  await dialog(page)
    .getByRole('switch', { name: /^Hide paths/ })
    .check();
  await dialog(page).getByRole('button', { name: 'Open as scenario' }).click();
  await expect(daxpin.step).toHaveText('Step 11 of 11');
  await expect(daxpin.picker('Scenario')).toContainText('Imported: file1, file2');
  await expect(page.getByRole('listitem', { name: /^block 5/ })).toBeVisible();
  // What is there can be gone on from: back, and on again.
  await page.keyboard.press('ArrowLeft');
  await expect(daxpin.step).toHaveText('Step 10 of 11');
  await page.keyboard.press('ArrowRight');
  await expect(daxpin.step).toHaveText('Step 11 of 11');
  await page.keyboard.press('s');
  const link = page.getByRole('dialog', { name: 'Share' }).getByRole('textbox', { name: 'The link' });
  await expect(link).toHaveText(/[&#]t=.*&z=[\w-]{6}$/);
  const { packed = '' } = parseAddress(new URL(await link.innerText()).hash);
  const shared = unpackText(packed)?.text ?? '';
  expect(shared).toContain('p1 m2 = mmap file2 2 4 ro\n');
  expect(shared).not.toMatch(/pmem|mnt|sparse|4409|python/);
  expect(decodeURIComponent(await link.innerText())).not.toMatch(/pmem|sparse|4409/);
  expect(daxpin.errors).toEqual([]);
});

test('files are dropped, a pagemap as it is; what is wrong has its line; themes are accessible', async ({ page }) => {
  const daxpin = new DaxpinPage(page);
  await daxpin.open();
  const bytes = (of: string) => new Uint8Array(Buffer.from(of));
  const cut = sample('filefrag-1.47.2-xfs.txt').split('\n').filter((_, i) => i !== 18).join('\n'); // prettier-ignore
  await drop(page, { 'frag.txt': bytes(cut), 'maps.log': bytes(sample('maps-6.18.txt')), [PAGEMAP]: sampleBytes(PAGEMAP) }); // prettier-ignore
  const pieces = dialog(page).getByRole('list', { name: 'Recognised outputs' }).getByRole('listitem');
  await expect(pieces.first()).toContainText(
    'Extent 2 where 1 should be: a line is missing. Copy the whole output again.',
  );
  await expect(pieces.first()).toContainText('line 19');
  await expect(text(page)).toContainText('p1 load m1 7');
  await expectAccessible(page, { include: '.import-dialog', themes: ['light', 'dark'] });
  await dialog(page)
    .getByRole('button', { name: `Leave out ${PAGEMAP}` })
    .click();
  await expect(text(page)).not.toContainText('load m1');
  await dialog(page).getByRole('button', { name: 'Clear' }).click();
  await expect(dialog(page).getByRole('textbox', { name: 'Outputs of the tools' })).toHaveValue('');
  await page.keyboard.press('Escape');
  await expect(dialog(page)).toHaveCount(0);
  expect(daxpin.errors).toEqual([]);
});

whenThorough('by keys: opened, typed into, the commands copied', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const daxpin = new DaxpinPage(page);
  await daxpin.open();
  await page.keyboard.press('i');
  const outputs = dialog(page).getByRole('textbox', { name: 'Outputs of the tools' });
  await expect(outputs).toBeFocused();
  await dialog(page).getByRole('button', { name: 'Copy commands' }).press('Enter');
  await expect(dialog(page).getByText('Copied')).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('filefrag -v "$f"');
  await outputs.fill(sample('xfs_bmap-6.13.0.txt'));
  await dialog(page).getByRole('button', { name: 'Open as scenario' }).press('Enter');
  await expect(daxpin.picker('Scenario')).toContainText('Imported: file1');
  expect(daxpin.errors).toEqual([]);
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test('all of it is within reach of a thumb', async ({ page }) => {
    const daxpin = new DaxpinPage(page);
    await daxpin.open();
    await daxpin.chooseMore('Import a real machine');
    await dialog(page).getByRole('textbox', { name: 'Outputs of the tools' }).fill(sample('filefrag-1.47.0-ext4-4k.txt')); // prettier-ignore
    await expect(text(page)).toContainText('fs ext4 dax=always');
    const wide = await dialog(page).evaluate((box) => box.scrollWidth - box.clientWidth);
    expect(wide).toBe(0);
    await dialog(page).getByRole('button', { name: 'Open as scenario' }).tap();
    await expect(dialog(page)).toHaveCount(0);
    await expect(page.locator('.at-sheet')).toBeVisible();
    expect(daxpin.errors).toEqual([]);
  });
});

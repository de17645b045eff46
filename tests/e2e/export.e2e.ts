import { readFileSync } from 'node:fs';
import { expect, test, type Page } from '@playwright/test';
import { whenThorough } from './whenThorough.ts';
import { expectAccessible } from './accessible.ts';
import { DaxpinPage, READ_MR } from './daxpinPage.ts';

async function save(page: Page, name: string): Promise<{ file: string; path: string }> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('dialog', { name: 'Share' }).getByRole('button', { name, exact: true }).click(),
  ]);
  // Under its own name: a browser tells by the ending what it opens.
  const file = download.suggestedFilename();
  const path = test.info().outputPath(file);
  await download.saveAs(path);
  return { file, path };
}

/** Pixels of the picture that differ from its corner, of each hundredth; 0: it is blank. */
const inked = (page: Page, source: string) =>
  page.evaluate(async (src) => {
    const image = new Image();
    image.src = src;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = image.naturalWidth;
    canvas.height = image.naturalHeight;
    const context = canvas.getContext('2d');
    context?.drawImage(image, 0, 0);
    const { data } = context?.getImageData(0, 0, canvas.width, canvas.height) ?? { data: [] };
    let different = 0;
    for (let i = 0; i < data.length; i += 400) if (data[i] !== data[0] || data[i + 1] !== data[1]) different += 1;
    return { width: image.naturalWidth, height: image.naturalHeight, part: (different * 400) / data.length };
  }, source);

test('the picture as SVG and PNG: whole, by itself, in the theme that was asked for', async ({ page }) => {
  const daxpin = new DaxpinPage(page);
  await daxpin.open(`#s=${READ_MR}&at=33`);
  const labels = await page.locator('.stage-svg text').allTextContents();
  await page.keyboard.press('s');
  await page.getByRole('combobox', { name: 'Pictures' }).selectOption('dark');
  const svg = await save(page, 'SVG');
  expect(svg.file).toBe('daxpin-a-read-mr-goes-stale-when-its-own-process-breaks-the-cow_wait_step-3.svg');
  const text = readFileSync(svg.path, 'utf8');
  expect(text).not.toMatch(
    /var\(| class=| style=|<script|<image|<use|foreignObject| data-|https?:\/\/(?!www\.w3\.org\/2000\/svg)/,
  );
  const read = await page.evaluate((source) => {
    const parsed = new DOMParser().parseFromString(source, 'image/svg+xml');
    return {
      error: parsed.querySelector('parsererror')?.textContent ?? '',
      texts: [...parsed.querySelectorAll('text')].map((one) => one.textContent),
      ground: parsed.querySelector('rect')?.getAttribute('fill'),
      refs: [...source.matchAll(/url\((#[^)]+)\)/g)].every(([, ref]) => ref !== undefined && parsed.querySelector(`[id="${ref.slice(1)}"]`) !== null), // prettier-ignore
    };
  }, text);
  expect(read.error).toBe('');
  expect(read.ground).toBe('rgb(16, 19, 24)');
  expect(read.refs).toBe(true);
  // All that is written on the stage, and the words around it.
  for (const label of ['a', 'X', '→1', 'rw', 'S2', 'moved 1 → 4', ...labels.slice(0, 12)]) expect(read.texts).toContain(label); // prettier-ignore
  expect(read.texts.join(' ')).toContain('The store broke the share: A[1] is now block 4');
  const drawn = await inked(page, `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`);
  expect(drawn.part).toBeGreaterThan(0.1);
  const png = await save(page, 'PNG');
  const bytes = readFileSync(png.path);
  const pixels = await inked(page, `data:image/png;base64,${bytes.toString('base64')}`);
  expect([pixels.width, pixels.height]).toEqual([drawn.width * 2, drawn.height * 2]);
  expect(Math.abs(pixels.part - drawn.part)).toBeLessThan(0.05);
  expect(daxpin.errors).toEqual([]);
});

test('the run as JSON and as a page of its own: both open again at the same step', async ({ page, context }) => {
  const daxpin = new DaxpinPage(page);
  await daxpin.open(`#s=${READ_MR}&at=38`);
  await page.keyboard.press('s');
  const json = await save(page, 'JSON');
  const html = await save(page, 'This run as .html');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Home');
  await daxpin.expectPosition(0);
  const file = readFileSync(json.path, 'utf8');
  expect(JSON.parse(file)).toMatchObject({ daxpin: 1, kernel: '7.0', option: { preset: 'wait' } });
  await page.evaluate((text) => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([text], 'run.json', { type: 'application/json' }));
    document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
  }, file);
  await daxpin.expectPosition(38);
  const saved = new DaxpinPage(await context.newPage());
  await saved.page.goto(`file://${html.path}`);
  await saved.expectPosition(38);
  await expect(saved.page).toHaveTitle(/^A READ MR goes stale/);
  await saved.page.keyboard.press('ArrowRight');
  await saved.expectPosition(39);
  expect([...daxpin.errors, ...saved.errors]).toEqual([]);
});

whenThorough('the handout: a figure for each step, on paper without the page', async ({ page }) => {
  const daxpin = new DaxpinPage(page);
  await daxpin.open(`#s=${READ_MR}&at=33`);
  await page.keyboard.press('s');
  await page.getByRole('button', { name: 'Handout …' }).click();
  const handout = page.getByRole('dialog', { name: 'Handout' });
  await expect(handout.locator('figure')).toHaveCount(6);
  await expect(handout.locator('figcaption').nth(4)).toContainText('Breaks S5b');
  await expectAccessible(page, { include: '.handout', themes: ['light'] });
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByRole('button', { name: 'Print' })).toBeHidden();
  await expect(page.locator('.topbar')).toBeHidden();
  const pages = (pdf: Buffer): number => pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0;
  expect(pages(await page.pdf({ format: 'A4' }))).toBeGreaterThanOrEqual(2);
  await page.emulateMedia({ media: 'screen' });
  await page.keyboard.press('Escape');
  await expect(handout).toHaveCount(0);
  // The browser's own Print: this step, on one page.
  expect(pages(await page.pdf({ format: 'A4' }))).toBe(1);
  expect(daxpin.errors).toEqual([]);
});

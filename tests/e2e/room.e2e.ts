import AxeBuilder from '@axe-core/playwright';
import { expect, test, type BrowserContext, type Page } from '@playwright/test';
import { whenThorough } from './whenThorough.ts';
import jsQR from 'jsqr';
import { DaxpinPage, READ_MR } from './daxpinPage.ts';

const SINGLE = new URL('../../dist/daxpin.html', import.meta.url).href;

const room = (page: Page) => page.getByRole('region', { name: 'Presentation' });
const caption = (page: Page) => page.locator('.room-caption .says');
const counter = (page: Page) => page.locator('.room-head .counter');
const stage = (page: Page) => room(page).getByRole('group', { name: /^Stage: / });
const qr = (page: Page) => room(page).getByRole('img', { name: /^QR code/ });

async function present(page: Page, hash: string): Promise<DaxpinPage> {
  const daxpin = new DaxpinPage(page);
  await page.goto(`./${hash}`);
  await expect(stage(page)).toBeVisible();
  return daxpin;
}

/** As a phone in the room sees it: by its light, not by what the page knows. */
async function readQr(page: Page): Promise<string> {
  const png = await qr(page).screenshot();
  const { data, width, height } = await page.evaluate(
    async (bytes) => {
      const image = await createImageBitmap(new Blob([new Uint8Array(bytes)]));
      const canvas = document.createElement('canvas');
      [canvas.width, canvas.height] = [image.width, image.height];
      const context = canvas.getContext('2d');
      if (context === null) throw new Error('no canvas');
      context.drawImage(image, 0, 0);
      const read = context.getImageData(0, 0, image.width, image.height);
      return { data: [...read.data], width: read.width, height: read.height };
    },
    [...png],
  );
  return jsQR(new Uint8ClampedArray(data), width, height)?.data ?? '';
}

async function openNotes(page: Page, context: BrowserContext): Promise<Page> {
  const opened: Page[] = [];
  // A window that was closed just now may not be gone yet.
  await expect(async () => {
    const [notes] = await Promise.all([context.waitForEvent('page', { timeout: 2000 }), page.keyboard.press('w')]);
    opened.push(notes);
  }).toPass();
  const [notes] = opened;
  if (notes === undefined) throw new Error('no window for the notes');
  return notes;
}

test('a clicker presents: on, back, blank, the next broken property, out', async ({ page }) => {
  const daxpin = new DaxpinPage(page);
  await daxpin.open(`#s=${READ_MR}`);
  await daxpin.button('Present').click();
  await page.getByRole('menuitem', { name: 'Present this scenario' }).click();
  await expect(counter(page)).toHaveText('0/5');
  await page.keyboard.press('PageDown');
  await page.keyboard.press('.');
  await expect(counter(page)).toHaveText('2/5');
  await page.keyboard.press('PageUp');
  await expect(counter(page)).toHaveText('1/5');
  await page.keyboard.press('b');
  const blank = page.getByRole('status', { name: /^The screen is blank/ });
  await expect(blank).toBeVisible();
  await expect(blank).toHaveCSS('background-color', 'rgb(0, 0, 0)');
  await page.keyboard.press('PageDown');
  await expect(blank).toHaveCount(0);
  await expect(counter(page)).toHaveText('1/5');
  await page.keyboard.press('n');
  await expect(counter(page)).toHaveText('3/5');
  await expect(room(page).getByText('S2 is violated: A pin reaches another file')).toBeVisible();
  await expect(page).toHaveURL(/&room=1&/);
  await page.keyboard.press('q');
  await expect(qr(page)).toHaveCount(0);
  await page.keyboard.press('Escape');
  await expect(room(page)).toHaveCount(0);
  await expect(daxpin.step).toHaveText('Step 3 of 5');
  expect(daxpin.errors).toEqual([]);
});

test('the spotlight: what a step broke stays, all else fades', async ({ page }) => {
  await present(page, `#s=${READ_MR}&at=38&room=1`);
  await expect(stage(page).locator('[data-key="mtt:0:1"]').last()).not.toHaveClass(/faded/);
  await expect(stage(page).locator('.sg-slot[data-key="mtt:0:2"]')).toHaveClass(/faded/);
  await expect(stage(page).locator('.sg-cell[data-key="block:4"]')).not.toHaveClass(/faded/);
});

const WALLS = [
  { width: 1920, height: 1080 },
  { width: 1280, height: 720 },
] as const;

const CROWDED = [`#s=${READ_MR}&at=38&room=1`, '#s=18-truncate-three-users&at=70&room=1', '#s=13-deferred-free-enospc&at=41&room=1', '#s=14-page-cache-contrast&at=60&room=1']; // prettier-ignore

for (const wall of WALLS) {
  test(`on ${wall.width} × ${wall.height} nothing is written smaller than the last row reads`, async ({ page }) => {
    await page.setViewportSize(wall);
    for (const hash of wall.width === 1920 ? CROWDED : CROWDED.slice(1, 2)) {
      await page.goto('about:blank');
      await present(page, hash);
      const sizes = await room(page)
        .locator('*')
        .evaluateAll((all) =>
          all
            .filter((one) => one.closest('.room-bar, .spoken, title') === null)
            .filter((one) =>
              [...one.childNodes].some(({ nodeType, textContent }) => nodeType === 3 && textContent?.trim() !== ''),
            ) // prettier-ignore
            .map((one) => [Number.parseFloat(getComputedStyle(one).fontSize), one.textContent] as const),
        );
      expect(sizes.length).toBeGreaterThan(20);
      const least = (24 * wall.width) / 1920;
      expect(sizes.filter(([size]) => size < least - 0.1)).toEqual([]);
      // Two lines at most, and the whole wall is used: nothing is out of it.
      const said = await caption(page).boundingBox();
      expect(said?.height).toBeLessThanOrEqual((2.5 * 52 * wall.width) / 1920);
    }
  });
}

test('the QR code opens this step on a phone', async ({ page, browser }) => {
  // As small as a projector has it.
  await page.setViewportSize({ width: 1280, height: 720 });
  await present(page, `#s=${READ_MR}&at=38&room=1`);
  const link = await readQr(page);
  expect(link).toMatch(/#v=1&s=01-read-mr-goes-stale&n=4&f=[\w-]+&z=[\w-]{6}$/);
  await page.keyboard.press('PageUp');
  await expect(counter(page)).toHaveText('3/5');
  await expect.poll(() => readQr(page)).toMatch(/&n=3&/);
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
  const phone = await context.newPage();
  await phone.goto(link);
  await expect(phone.locator('.at-sheet')).toContainText('Step 4 of 5');
  await context.close();
});

test('the talk from its first slide to its last', async ({ page }) => {
  const daxpin = await present(page, '#talk=thread&slide=1&room=1');
  await expect(caption(page)).toHaveText(/^What if the blocks of a file/);
  await expect(page.locator('.room-parts i')).toHaveCount(16);
  const seen = new Set<string>();
  for (let slide = 1; slide <= 16; slide += 1) {
    await expect(counter(page)).toHaveText(`${slide}/16`);
    await expect.poll(async () => seen.has(await caption(page).innerText())).toBe(false);
    seen.add(await caption(page).innerText());
    await page.keyboard.press('PageDown');
  }
  expect(seen.size).toBe(16);
  await expect(counter(page)).toHaveText('16/16');
  await expect(page).toHaveURL(/talk=thread&slide=16/);
  await page.reload();
  await expect(caption(page)).toHaveText(/^No option has everything/);
  // Within a slide one can look around; the caption is then the step's own.
  await page.keyboard.press('ArrowUp');
  await expect(caption(page)).toHaveText(/^peer reads X/);
  await expect(counter(page)).toHaveText('16/16');
  expect(daxpin.errors).toEqual([]);
});

for (const [from, address] of [
  ['a server', './'],
  ['a file', SINGLE],
] as const) {
  test(`the notes are in step both ways, from ${from}`, async ({ page, context }) => {
    const daxpin = new DaxpinPage(page);
    await page.goto(`${address}#talk=thread&slide=3&room=1`);
    await expect(counter(page)).toHaveText('3/16');
    const notes = await openNotes(page, context);
    await expect(notes.getByRole('heading', { level: 1 })).toHaveText('The thread in ten minutes');
    await expect(notes.getByText('Slide 3 of 16')).toBeVisible();
    await expect(notes.getByRole('region', { name: 'Note' })).toContainText('Jason Gunthorpe, 6 February 2019');
    await expect(notes.getByRole('region', { name: 'Next' })).toContainText('The remote write is acknowledged');
    await expect(notes.getByText(/QR code/)).toContainText(from === 'a file' ? 'opened from a file' : 'localhost');
    await expect(qr(page)).toHaveCount(from === 'a file' ? 0 : 1);
    await page.keyboard.press('PageDown');
    await expect(notes.getByText('Slide 4 of 16')).toBeVisible();
    await notes.getByRole('button', { name: 'Next' }).click();
    await expect(counter(page)).toHaveText('5/16');
    await notes.keyboard.press('PageUp');
    await expect(counter(page)).toHaveText('4/16');
    await expect(notes.getByText('Slide 4 of 16')).toBeVisible();
    await notes.keyboard.press('b');
    await expect(notes.getByText('The wall is blank.')).toBeVisible();
    await notes.getByRole('button', { name: 'Next' }).click();
    await expect(counter(page)).toHaveText('5/16');
    // Either window may go and come back.
    await notes.close();
    const again = await openNotes(page, context);
    await expect(again.getByText('Slide 5 of 16')).toBeVisible();
    await page.reload();
    await expect(counter(page)).toHaveText('5/16');
    await expect(again.getByText('Slide 5 of 16')).toBeVisible();
    await again.keyboard.press('PageDown');
    await expect(counter(page)).toHaveText('6/16');
    await page.keyboard.press('Escape');
    await expect(again.getByRole('status')).toContainText('The presentation has ended');
    expect(daxpin.errors).toEqual([]);
  });
}

whenThorough(
  'a talk of one’s own is dropped and presented; what is wrong in it is told with its place',
  async ({ page }) => {
    const daxpin = new DaxpinPage(page);
    await daxpin.open();
    const drop = (text: string) =>
      page.evaluate((body) => {
        const dataTransfer = new DataTransfer();
        dataTransfer.items.add(new File([body], 'mine.talk', { type: 'text/plain' }));
        document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
      }, text);
    await drop('talk Mine\n\nscenario 01-read-mr-goes-stale option=wait step=nine\n');
    await expect(page.getByRole('status').filter({ hasText: 'mine.talk:3:44' })).toContainText("'nine' is no step");
    await drop('talk Mine\n\nscenario 99-none step=1\n');
    await expect(page.getByRole('status').filter({ hasText: 'mine.talk:3:10' })).toContainText("no scenario '99-none'");
    await drop('talk Mine\n\nscenario 04-truncate-waits-for-odirect step=3\ncaption My own words\n');
    await expect(caption(page)).toHaveText('My own words');
    await expect(counter(page)).toHaveText('1/1');
  },
);

whenThorough('nothing on the wall or in the notes keeps anybody out', async ({ page, context }) => {
  const faults = async (one: Page, ...rules: string[]) => {
    const axe = new AxeBuilder({ page: one });
    const { violations } = await (rules.length === 0 ? axe : axe.withRules(rules)).analyze();
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`);
  };
  await present(page, '#talk=thread&slide=3&room=1');
  const notes = await openNotes(page, context);
  await expect(notes.getByText('Slide 3 of 16')).toBeVisible();
  expect(await faults(page)).toEqual([]);
  expect(await faults(notes)).toEqual([]);
  for (const one of [page, notes]) {
    await one.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
    expect(await faults(one, 'color-contrast')).toEqual([]);
  }
});

// The page in a frame of another origin: what it draws, and what the page around it can ask and is told.
import { createServer } from 'node:http';
import { expect, test, type FrameLocator, type Page } from '@playwright/test';
import { whenThorough } from './whenThorough.ts';
import { expectAccessible } from './accessible.ts';
import { DaxpinPage, READ_MR } from './daxpinPage.ts';

type Told = {
  readonly type: string;
  readonly id?: string;
  readonly step?: number;
  readonly link?: string;
  readonly message?: string;
  readonly title?: string;
  readonly violated?: readonly { readonly id: string }[];
};

declare global {
  interface Window {
    told: Told[];
  }
}

const LISTEN = '<script>window.told = []; addEventListener("message", (e) => told.push(e.data))</script>';

/** Somebody's page, on another origin than the frame in it. It is served in earnest: browsers take an answer of the test for one from the internet, which may not frame a page of this computer. */ // prettier-ignore
async function embed(page: Page, baseURL: string | undefined, frame: (base: string) => string): Promise<FrameLocator> {
  const html = `<!doctype html><html lang="en"><link rel="icon" href="data:,"><title>Around</title>${LISTEN}<h1>Around</h1>${frame(baseURL ?? '')}</html>`;
  const server = createServer((_request, response) => response.setHeader('content-type', 'text/html').end(html));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  await page.goto(`http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/`);
  server.close();
  return page.frameLocator('iframe');
}

const send = (page: Page, message: unknown): Promise<void> =>
  page.evaluate((data) => document.querySelector('iframe')?.contentWindow?.postMessage(data, '*'), message);

const last = (page: Page): Promise<Told | undefined> => page.evaluate(() => window.told.at(-1));

const simple =
  (hash: string, more = '') =>
  (base: string) =>
    `<iframe src="${base}${hash}" width="480" height="320" title="Daxpin" ${more}></iframe>`;

test('a page around it steps it by messages, and hears of every step', async ({ page, baseURL, context }) => {
  const frame = await embed(page, baseURL, simple(`#s=${READ_MR}&at=33&embed=1`));
  await expect.poll(() => last(page)).toMatchObject({ type: 'ready', step: 3, violated: [{ id: 'S2' }] });
  await expect(frame.getByText('Step 3 of 5')).toBeVisible();
  await expect(frame.getByRole('button', { name: 'Share' })).toHaveCount(0);
  await send(page, { daxpin: 1, type: 'step' });
  await expect.poll(() => last(page)).toMatchObject({ type: 'step', step: 4, violated: [{ id: 'S5b' }, { id: 'S2' }] });
  await expect(frame.getByText('Step 4 of 5')).toBeVisible();
  // By hand it is told as well.
  await frame.getByRole('button', { name: 'Back one step' }).click();
  await expect.poll(() => last(page)).toMatchObject({ type: 'step', step: 3 });
  await send(page, { daxpin: 1, type: 'theme', theme: 'dark' });
  await expect(frame.locator('html')).toHaveAttribute('data-theme', 'dark');
  await send(page, 'nonsense');
  await send(page, { daxpin: 1, type: 'goto', step: 'x', id: 'bad' });
  await expect.poll(() => last(page)).toMatchObject({ type: 'error', id: 'bad' });
  await send(page, { daxpin: 1, type: 'option', option: 'wait' });
  await expect.poll(() => last(page)).toMatchObject({ type: 'step', option: 'wait' });
  await send(page, { daxpin: 1, type: 'open', link: '#s=04-truncate-waits-for-odirect&at=2' });
  await expect.poll(() => last(page)).toMatchObject({ type: 'step', title: expect.stringMatching(/Truncate waits/) });
  await send(page, { daxpin: 1, type: 'get', id: 'now' });
  await expect.poll(() => last(page)).toMatchObject({ type: 'state', id: 'now' });
  const link = (await last(page))?.link ?? '';
  expect(link).not.toContain('embed');
  await expect(frame.getByRole('link', { name: 'Open in Daxpin' })).toHaveAttribute('href', link);
  const whole = new DaxpinPage(await context.newPage());
  await whole.open(new URL(link).hash);
  await whole.expectPosition(2);
  expect(whole.errors).toEqual([]);
});

test('in a sandbox without an origin the page in one file does the same', async ({ page, baseURL }) => {
  const frame = await embed(page, baseURL, (base) => simple(`#s=${READ_MR}&at=33&embed=1`, 'sandbox="allow-scripts"')(`${base}daxpin.html`)); // prettier-ignore
  await expect.poll(() => last(page)).toMatchObject({ type: 'ready', step: 3 });
  await send(page, { daxpin: 1, type: 'last' });
  await expect.poll(() => last(page)).toMatchObject({ type: 'step', step: 5 });
  await expect(frame.getByText('Step 5 of 5')).toBeVisible();
});

whenThorough('the HTML that the dialog gives makes such a frame; accessible', async ({ page, baseURL }) => {
  const daxpin = new DaxpinPage(page);
  await daxpin.open(`#s=${READ_MR}&at=38`);
  await page.keyboard.press('s');
  await page.getByRole('radio', { name: /^large/ }).check();
  const box = page.getByRole('textbox', { name: 'The frame in HTML' });
  await expect(box).toHaveText(/width="1120"/);
  const code = await box.innerText();
  const frame = await embed(page, baseURL, () => code);
  await expect(frame.getByText('Step 4 of 5')).toBeVisible();
  await expect(frame.getByRole('group', { name: /^Stage: / })).toBeVisible();
  await expect(frame.getByRole('list', { name: 'Broken properties' })).toContainText('S5b');
  await page.goto(await page.locator('iframe').evaluate((one: HTMLIFrameElement) => one.src));
  await expect(page.getByText('Step 4 of 5')).toBeVisible();
  await expectAccessible(page, { themes: ['light', 'hc'] });
  await page.keyboard.press('ArrowRight');
  await expect(page.getByText('Step 5 of 5')).toBeVisible();
  expect(daxpin.errors).toEqual([]);
});

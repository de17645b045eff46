// The built page in Chromium: key press to painted frame, seek, time to interactive, size of the first load.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join, normalize } from 'node:path';
import { gzipSync } from 'node:zlib';
import { chromium } from 'playwright-core';
import type { Page } from 'playwright-core';
import { build } from 'vite';
import { findChromium } from '../e2e/chromium.ts';
import { crowdedText } from './crowdedText.ts';

const TYPES: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };
const PRESSES = 60;

/** The page as it is shipped, with one more scenario in front. */
async function buildPage(outDir: string): Promise<void> {
  const extra = `BUNDLED.unshift({ id: '00-bench', text: ${JSON.stringify(crowdedText())} });`;
  const plugin = {
    name: 'bench-scenario',
    transform: (code: string, id: string) => (id.endsWith('/store/bundle.ts') ? `${code}\n${extra}` : undefined),
  };
  await build({ logLevel: 'error', plugins: [plugin], build: { outDir, emptyOutDir: true } });
}

function serve(root: string): Promise<{ readonly url: string; readonly close: () => void }> {
  const server = createServer((request, response) => {
    const path = normalize(decodeURIComponent((request.url ?? '/').replace(/[?#].*/, '')));
    const file = join(root, path.endsWith('/') ? `${path}index.html` : path);
    try {
      response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' });
      response.end(readFileSync(file));
    } catch {
      response.writeHead(404).end();
    }
  });
  return new Promise((resolve) => {
    server.listen(0, () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      resolve({ url: `http://localhost:${port}/`, close: () => void server.close() });
    });
  });
}

const quantile = (values: readonly number[], q: number): string => {
  const sorted = [...values].sort((a, b) => a - b);
  return (sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? NaN).toFixed(1);
};

/** Runs in the page, as text: what compiles this file adds helpers that the page does not have. */
const WATCH = `{
  const list = (window.benchTimes = []);
  let pressed = 0;
  document.addEventListener('keydown', (event) => (pressed = event.timeStamp), true);
  new MutationObserver(() => {
    if (pressed === 0) return;
    const from = pressed;
    pressed = 0;
    requestAnimationFrame(() => setTimeout(() => list.push(performance.now() - from), 0));
  }).observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
}`;

/** From the key event's own time to after the frame that shows the new step was handed over. */
async function pressAndPaint(page: Page, key: string, times: number): Promise<readonly number[]> {
  await page.evaluate(WATCH);
  for (let i = 0; i < times; i++) {
    await page.keyboard.press(key);
    await page.waitForTimeout(60);
  }
  return page.evaluate<number[]>('window.benchTimes');
}

function initialSize(outDir: string): string {
  const html = readFileSync(join(outDir, 'index.html'), 'utf8');
  const first = readdirSync(join(outDir, 'assets')).filter((name) => name.endsWith('.js') && html.includes(name));
  const bytes = first.reduce((sum, name) => sum + gzipSync(readFileSync(join(outDir, 'assets', name))).length, 0);
  return `${(bytes / 1000).toFixed(1)} kB gz`;
}

const outDir = mkdtempSync(join(tmpdir(), 'daxpin-bench-'));
try {
  await buildPage(outDir);
  const server = await serve(outDir);
  const executablePath = findChromium();
  const args = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync']; // prettier-ignore
  const browser = await chromium.launch({ ...(executablePath === undefined ? {} : { executablePath }), args });
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.goto(server.url);
  await page.getByText(/^Step 0 of|^Start/).first().waitFor(); // prettier-ignore
  const ready = await page.evaluate(() => performance.now());
  const forward = await pressAndPaint(page, 'PageDown', PRESSES);
  await page.reload();
  await page.waitForTimeout(1500);
  await page.keyboard.press('End');
  await page.waitForTimeout(500);
  const back = await pressAndPaint(page, 'PageUp', PRESSES);
  console.log(`key press to painted frame, forward  p50 ${quantile(forward, 0.5)} ms  p95 ${quantile(forward, 0.95)} ms  (n=${forward.length})`); // prettier-ignore
  console.log(`key press to painted frame, back     p50 ${quantile(back, 0.5)} ms  p95 ${quantile(back, 0.95)} ms  (n=${back.length})`); // prettier-ignore
  console.log(`time to interactive                  ${ready.toFixed(0)} ms (cold, local server)`);
  console.log(`first load, without the worker       ${initialSize(outDir)}`);
  await browser.close();
  server.close();
} finally {
  rmSync(outDir, { recursive: true, force: true });
}

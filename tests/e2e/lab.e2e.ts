import { expect, test, type Locator, type Page } from '@playwright/test';
import { whenThorough } from './whenThorough.ts';
import { expectAccessible } from './accessible.ts';
import { DaxpinPage, READ_MR } from './daxpinPage.ts';

const COMPLETE = 'Matrix complete: every state of every row was visited';

/** The lab as a user has it. */
class LabPage {
  readonly page: Page;
  readonly errors: string[];

  constructor(page: Page) {
    this.page = page;
    this.errors = new DaxpinPage(page).errors;
  }

  async open(hash = '#lab=default'): Promise<void> {
    await this.page.goto(`./${hash}`);
    await expect(this.grid).toBeVisible();
  }

  get grid(): Locator {
    return this.page.getByRole('grid', { name: 'Options and properties' });
  }

  get card(): Locator {
    return this.page.getByRole('complementary', { name: 'Selected' });
  }

  cell(name: string | RegExp): Locator {
    return this.grid.getByRole('gridcell', { name });
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }

  async expectComplete(): Promise<void> {
    await expect(this.page.getByRole('status').filter({ hasText: COMPLETE })).toHaveCount(1, { timeout: 90_000 });
  }
}

test.beforeEach(() => test.slow());

test('open the lab, the matrix completes, a violated cell, its trace plays, and back', async ({ page }) => {
  const daxpin = new DaxpinPage(page);
  const lab = new LabPage(page);
  await daxpin.open();
  await lab.button('Lab').click();
  await lab.expectComplete();
  await expect(lab.grid.getByRole('rowheader')).toHaveCount(16);
  await expect(lab.grid.getByRole('columnheader')).toHaveCount(18);
  await lab.cell(/^wait, S5b stale-read: violated in \d+ steps$/).click();
  await expect(lab.card.getByRole('heading', { level: 2 })).toHaveText(
    /^S5b is violated in \d+ steps: the remote read/,
  );
  await expect(lab.card.getByRole('textbox', { name: 'The line to quote' })).toHaveText(/^wait: S5b stale-read violated in \d+ steps \([\d,]+ states.*complete; Daxpin .*kernel 7\.0, world default, operation grain/); // prettier-ignore
  await expectAccessible(page);
  await lab.button('Play it').click();
  // In the player, where it is violated.
  await expect(daxpin.panel.getByRole('article', { name: /^S5b: / })).toBeVisible();
  await page.goBack();
  await expect(lab.cell(/^wait, S5b stale-read: violated in/)).toHaveAttribute('aria-selected', 'true');
  await expect(page.getByRole('progressbar', { name: 'Cells decided' })).toHaveAttribute('aria-valuenow', '288');
  expect(lab.errors).toEqual([]);
});

whenThorough('stop answers at once and tells what is known; the rest can be asked for', async ({ page }) => {
  const lab = new LabPage(page);
  await lab.open();
  await lab.button('Pause').click();
  await expect(page.getByText('Paused', { exact: true })).toBeVisible();
  await lab.button('Resume').click();
  const waited = await lab.button('Stop').evaluate(
    (button: HTMLElement) =>
      new Promise<number>((resolve) => {
        const from = performance.now();
        new MutationObserver((_, observer) => {
          if (document.querySelector('.matrix .running') !== null) return;
          observer.disconnect();
          resolve(performance.now() - from);
        }).observe(document.body, { subtree: true, childList: true, attributes: true });
        button.click();
      }),
  );
  // The workers answer within 50 ms; the page needs a frame or two on a shared machine to show it.
  expect(waited).toBeLessThan(1000);
  await expect(lab.button('Stop')).toHaveCount(0);
  await lab.button('Check the rest').click();
  await lab.expectComplete();
  expect(lab.errors).toEqual([]);
});

whenThorough('a world edited in the editor is checked in the lab', async ({ page }) => {
  const daxpin = new DaxpinPage(page);
  const lab = new LabPage(page);
  await daxpin.open(`#s=${READ_MR}`);
  await lab.button('Script').click();
  await page.locator('.cm-content').focus();
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText(
    'title "Mine"\ndevice 4\nfile A ab\napp m = mmap A\nany app x1: mr = reg_mr m remote_read\nany admin x1: ftruncate A 0\n',
  );
  await expect(page.locator('.cm-content')).toContainText('any admin x1');
  await lab.button('Lab').click();
  await daxpin.choose('World', /The text in the editor/);
  await expect(page.getByRole('button', { name: 'World: The text in the editor' })).toContainText('Mine');
  await lab.expectComplete();
  await expect(lab.cell('unprotected, S1 dma-to-free: violated in 2 steps')).toBeVisible();
  await expect(lab.cell('wait, S1 dma-to-free: holds')).toBeVisible();
  expect(lab.errors).toEqual([]);
});

whenThorough('keyboard only: into the lab, through the matrix, the card, its trace, and back', async ({ page }) => {
  const daxpin = new DaxpinPage(page);
  const lab = new LabPage(page);
  await daxpin.open();
  await page.keyboard.press('l');
  await lab.expectComplete();
  const focused = page.locator(':focus');
  for (let i = 0; i < 20 && (await lab.grid.locator('[data-row]:focus').count()) === 0; i += 1) {
    await page.keyboard.press('Tab');
  }
  await expect(focused).toHaveAccessibleName(/^mainline, S1 dma-to-free: /);
  for (const key of ['ArrowDown', 'ArrowDown', 'ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowRight']) {
    await page.keyboard.press(key);
  }
  await expect(focused).toHaveAccessibleName(/^wait, S5b stale-read: violated in/);
  await expect(page.locator('.matrix-tip')).toContainText('Violated in');
  await page.keyboard.press('Enter');
  await expect(lab.card.getByRole('heading', { level: 2 })).toHaveText(/^S5b is violated/);
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  await expect(lab.card.getByRole('heading', { level: 2 })).toHaveText('wait');
  for (let i = 0; i < 5; i += 1) await page.keyboard.press('ArrowRight');
  await page.keyboard.press('p');
  await expect(daxpin.panel.getByRole('article', { name: /^S5b: / })).toBeVisible();
  await page.keyboard.press('l');
  await expect(lab.cell(/^wait, S5b stale-read: violated in/)).toBeVisible();
  expect(lab.errors).toEqual([]);
});

whenThorough('one knob away: found by checking, tried as a row that is kept', async ({ page }) => {
  const lab = new LabPage(page);
  await lab.open();
  await lab.expectComplete();
  await lab.cell(/^static-fs, S5b stale-read: violated in/).click();
  await lab.card.getByRole('button', { name: /^Look one knob away/ }).click();
  const entry = lab.card.getByRole('listitem').filter({ hasText: 'pin.readonly = unshare' });
  await expect(entry).toContainText(/S5b/, { timeout: 60_000 });
  await entry.getByRole('button').click();
  const row = lab.grid.getByRole('rowheader', { name: /^static-fs pin\.readonly=unshare: / });
  await expect(row).toBeVisible();
  await expect(lab.cell('static-fs pin.readonly=unshare, S5b stale-read: holds')).toBeVisible({ timeout: 60_000 });
  await page.reload();
  await expect(row).toBeVisible();
});

whenThorough('the shortest run on which two options differ', async ({ page }) => {
  const lab = new LabPage(page);
  await lab.open();
  await lab.cell(/^wait, S2 /).click();
  await lab.card.getByRole('button', { name: 'Find', exact: true }).click();
  await expect(lab.card.getByRole('listitem').filter({ hasText: 'EOPNOTSUPP' })).toContainText('mainline', { timeout: 60_000 }); // prettier-ignore
  expect(lab.errors).toEqual([]);
});

test('axe finds nothing in the lab on a phone', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`./#lab=${READ_MR}`);
  await page.getByRole('button', { name: /^wait, S5b .*violated/ }).click({ timeout: 60_000 });
  await expect(page.getByRole('status').filter({ hasText: COMPLETE })).toHaveCount(1, { timeout: 90_000 });
  await expectAccessible(page, { themes: ['light'] });
});

test('all options and properties stand beside the card at 1280 × 800 without scrolling', async ({ page }) => {
  const lab = new LabPage(page);
  await lab.open();
  await lab.cell(/^device-dax, F1 /).click();
  const overflow = await page.locator('.matrix-scroll').evaluate((area) => [area.scrollHeight - area.clientHeight, area.scrollWidth - area.clientWidth]); // prettier-ignore
  expect(overflow).toEqual([0, 0]);
});

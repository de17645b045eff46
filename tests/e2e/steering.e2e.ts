import { expect, test } from '@playwright/test';
import { whenThorough } from './whenThorough.ts';
import { DaxpinPage, READ_MR } from './daxpinPage.ts';

test.describe('options and kernels', () => {
  test('another option re-runs the scenario at the same line, and back', async ({ page }) => {
    const daxpin = new DaxpinPage(page);
    await daxpin.open(`#s=${READ_MR}&at=33`);
    const line = page.locator('.step-line code');
    await expect(line).toHaveText('app store m 1 X');
    await expect(daxpin.panel.getByRole('article', { name: /^S2: / })).toBeVisible();

    await daxpin.choose('Option', /^seed/);
    await expect(line).toHaveText('app store m 1 X');
    await expect(daxpin.panel.getByRole('article')).toHaveCount(0);
    await daxpin.choose('Option', /^mainline/);
    // The line is the same; that there is no MR says that the run is the new one. Until then no key steps.
    const slot = page.getByRole('img', { name: /^mr\[1\]: / });
    await expect(slot).toHaveCount(0);
    await expect(line).toHaveText('app store m 1 X');
    await page.keyboard.press('ArrowRight');
    await expect(page.locator('.verdict')).toHaveText('void, expected b');

    await daxpin.choose('Option', /^wait/);
    await expect(slot).toBeVisible();
    await page.keyboard.press('ArrowLeft');
    await daxpin.expectPosition(33);
    await expect(daxpin.panel.getByRole('article', { name: /^S2: / })).toBeVisible();
  });

  whenThorough('a text with a knob of its own lists that as written', async ({ page }) => {
    const daxpin = new DaxpinPage(page);
    await daxpin.open('#s=02-read-pin-breaks-cow');
    const option = daxpin.picker('Option');
    await expect(option).toContainText('wait pin.readonly=unshare');
    await daxpin.choose('Option', /^wait ban lifted/);
    await expect(option).toHaveAccessibleName('Option: wait');
    await daxpin.choose('Option', 'wait pin.readonly=unshare');
    await expect(option).toContainText('wait pin.readonly=unshare');
  });

  test('the kernel says how it is known', async ({ page }) => {
    const daxpin = new DaxpinPage(page);
    await daxpin.open(`#s=${READ_MR}&at=33`);
    const kernel = daxpin.picker('Kernel');
    await expect(kernel).toContainText('7.0 read from source');
    await daxpin.choose('Kernel', /^6\.12/);
    await expect(kernel).toContainText('6.12 recorded');
    await expect(page.locator('.step-line code')).toHaveText('app store m 1 X');
    await expect(page).toHaveURL(/k=6\.12/);
  });
});

test.describe('seeking', () => {
  test('a click on the timeline goes to the end of that step', async ({ page }) => {
    const daxpin = new DaxpinPage(page);
    await daxpin.open();
    const box = await daxpin.slider.boundingBox();
    await page.mouse.click((box?.x ?? 0) + 640, (box?.y ?? 0) + 60);
    await daxpin.expectPosition(33);
    await expect(daxpin.step).toHaveText('Step 3 of 5');
  });

  test('a drag scrubs', async ({ page }) => {
    const daxpin = new DaxpinPage(page);
    await daxpin.open();
    const box = await daxpin.slider.boundingBox();
    const y = (box?.y ?? 0) + 60;
    await page.mouse.move((box?.x ?? 0) + 100, y);
    await page.mouse.down();
    await page.mouse.move((box?.x ?? 0) + 500, y, { steps: 5 });
    await page.mouse.move((box?.x ?? 0) + 945, y, { steps: 5 });
    await daxpin.expectPosition(39);
    await page.mouse.move((box?.x ?? 0) + 95, y, { steps: 5 });
    await page.mouse.up();
    await daxpin.expectPosition(0);
  });

  test('a mark leads to where the property breaks', async ({ page }) => {
    const daxpin = new DaxpinPage(page);
    await daxpin.open();
    await page.getByRole('button', { name: /^S5b breaks at step 4/ }).click();
    await expect(daxpin.step).toHaveText('Step 4 of 5');
    await expect(daxpin.panel.getByRole('article', { name: /^S5b: / })).toBeVisible();
  });

  test('a cause in a card leads to its step', async ({ page }) => {
    const daxpin = new DaxpinPage(page);
    await daxpin.open(`#s=${READ_MR}&at=38`);
    await daxpin.panel
      .getByRole('article', { name: /^S5b: / })
      .getByRole('button', { name: 'step 2' })
      .click();
    await daxpin.expectPosition(24);
  });

  test('playing goes to the end by itself', async ({ page }) => {
    const daxpin = new DaxpinPage(page);
    await daxpin.open();
    await daxpin.choose('Speed of playing', '4×');
    await daxpin.button('Play').click();
    await expect(daxpin.button('Pause')).toBeVisible();
    await daxpin.expectPosition(39);
    await expect(daxpin.button('Play')).toBeVisible();
  });
});

test.describe('keys', () => {
  test('steps, ends, micro-steps, the next violation, the grain', async ({ page }) => {
    const daxpin = new DaxpinPage(page);
    await daxpin.open();
    const go = async (key: string, at: number): Promise<void> => {
      await page.keyboard.press(key);
      await daxpin.expectPosition(at);
    };
    await go('ArrowRight', 1);
    await go('PageDown', 24);
    await go('.', 33);
    await go('PageUp', 24);
    await go('ArrowLeft', 1);
    await go('Shift+ArrowRight', 2);
    await go('Shift+ArrowLeft', 1);
    await go('n', 33);
    await go('n', 38);
    await go('End', 39);
    await go('Home', 0);
    await page.keyboard.press('g');
    await expect(daxpin.button('Forward one micro-step')).toBeVisible();
    await go('ArrowRight', 1);
    await go('ArrowRight', 2);
    await page.keyboard.press('g');
    await expect(daxpin.button('Forward one step')).toBeVisible();
    await page.keyboard.press(' ');
    await expect(daxpin.button('Pause')).toBeVisible();
    await page.keyboard.press(' ');
    await expect(daxpin.button('Play')).toBeVisible();
  });

  whenThorough('with Ctrl, Alt or Meta they are the browser’s', async ({ page }) => {
    const daxpin = new DaxpinPage(page);
    await daxpin.open(`#s=${READ_MR}&at=24`);
    for (const key of ['Control+ArrowRight', 'Alt+n', 'Control+g', 'Meta+ArrowRight', 'Control+.'])
      await page.keyboard.press(key);
    await page.waitForTimeout(200);
    await daxpin.expectPosition(24);
    await expect(daxpin.button('Forward one step')).toBeVisible();
  });

  test('t goes through the themes, and the choice outlives a reload', async ({ page }) => {
    const daxpin = new DaxpinPage(page);
    await daxpin.open();
    const theme = page.locator('html');
    await expect(theme).toHaveAttribute('data-theme', 'light');
    await page.keyboard.press('t');
    await expect(theme).toHaveAttribute('data-theme', 'dark');
    await page.keyboard.press('t');
    await expect(theme).toHaveAttribute('data-theme', 'hc');
    await page.reload();
    await expect(theme).toHaveAttribute('data-theme', 'hc');
    await page.keyboard.press('t');
    await expect(theme).toHaveAttribute('data-theme', 'light');
  });
});

test.describe('before the lists are loaded', () => {
  test('a picker that is pressed opens as soon as its list is there', async ({ page }) => {
    let arrive = (): void => undefined;
    const arrived = new Promise<void>((resolve) => (arrive = resolve));
    await page.route(/PickerMenu/, async (route) => {
      await arrived;
      await route.continue();
    });
    const daxpin = new DaxpinPage(page);
    await daxpin.open();
    await daxpin.picker('Option').click();
    await expect(page.getByRole('menu')).toHaveCount(0);
    arrive();
    await expect(page.getByRole('menuitemradio', { name: /^seed/ })).toBeVisible();
  });

  test('the focus stays where it was', async ({ page }) => {
    let arrive = (): void => undefined;
    const arrived = new Promise<void>((resolve) => (arrive = resolve));
    await page.route(/PickerMenu/, async (route) => {
      await arrived;
      await route.continue();
    });
    const daxpin = new DaxpinPage(page);
    await daxpin.open();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await expect(daxpin.picker('Option')).toBeFocused();
    const loaded = page.waitForResponse(/PickerMenu/);
    arrive();
    await loaded;
    await expect(daxpin.picker('Option')).toHaveAttribute('data-state', 'closed');
    await expect(daxpin.picker('Option')).toBeFocused();
  });
});

import { expect, test, type Locator } from '@playwright/test';
import { whenThorough } from './whenThorough.ts';
import { DaxpinPage, READ_MR } from './daxpinPage.ts';

test.describe('keyboard only', () => {
  test('from the scenario to a page and its claims', async ({ page }) => {
    const daxpin = new DaxpinPage(page);
    await daxpin.open();
    // The list behind the button is loaded after the first paint.
    await expect(daxpin.picker('Scenario')).toBeVisible();
    await page.keyboard.press('Tab');
    await expect(daxpin.picker('Scenario')).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('menu')).toBeVisible();
    // The list forgets what was typed after a second; a machine that stalls for that long is typed to again.
    await expect(async () => {
      await page.keyboard.type('Truncate waits for O');
      await expect(page.getByRole('menuitemradio', { name: /^Truncate waits for O_DIRECT/ })).toBeFocused({ timeout: 1500 }); // prettier-ignore
    }).toPass({ intervals: [1200] });
    await page.keyboard.press('Enter');
    await expect(daxpin.picker('Scenario')).toContainText('Truncate waits for O_DIRECT');
    await expect(daxpin.picker('Scenario')).toBeFocused();
    // Before its run is there, there is nothing to step.
    await expect(page).toHaveTitle(/^Truncate waits for O_DIRECT/);
    // Arrows step from there; they do not change the choice.
    await page.keyboard.press('ArrowRight');
    await expect(daxpin.step).toHaveText(/^Step 1 of/);
  });

  whenThorough('the stage takes the arrows while it has the focus; the dot still steps', async ({ page }) => {
    const daxpin = new DaxpinPage(page);
    await daxpin.open(`#s=${READ_MR}&at=33`);
    const pages = page.getByRole('list', { name: 'Pages' });
    const focused = page.locator(':focus');
    for (let i = 0; i < 14 && (await pages.locator(':focus').count()) === 0; i += 1) await page.keyboard.press('Tab');
    await expect(focused).toHaveAccessibleName(/^block 0, tag a/);
    await page.keyboard.press('ArrowRight');
    await expect(focused).toHaveAccessibleName(/^block 1, tag b/);
    await page.keyboard.press('ArrowDown');
    await expect(focused).toHaveAccessibleName(/^mr\[1\]/);
    await daxpin.expectPosition(33);
    await page.keyboard.press('Enter');
    await expect(daxpin.panel.getByText('Selected:')).toBeVisible();
    await page.keyboard.press('.');
    await daxpin.expectPosition(38);
    await page.keyboard.press('Escape');
    await expect(daxpin.panel.getByText('Selected:')).toHaveCount(0);
  });

  test('help opens with ?, holds the focus, closes with Esc and gives the focus back', async ({ page }) => {
    const daxpin = new DaxpinPage(page);
    await daxpin.open();
    await daxpin.button('Forward one step').focus();
    await page.keyboard.press('?');
    const dialog = page.getByRole('dialog', { name: 'Keys' });
    await expect(dialog).toBeVisible();
    await page.keyboard.press('Tab');
    await expect(dialog.locator(':focus')).toHaveCount(1);
    // The keys of the page rest meanwhile.
    await page.keyboard.press('End');
    await page.keyboard.press('Escape');
    await expect(dialog).toHaveCount(0);
    await daxpin.expectPosition(0);
    await expect(daxpin.button('Forward one step')).toBeFocused();
  });

  test('every stop of the Tab key shows where it is', async ({ page }) => {
    const daxpin = new DaxpinPage(page);
    await daxpin.open(`#s=${READ_MR}&at=33`);
    const names = new Set<string>();
    for (let i = 0; i < 40; i += 1) {
      await page.keyboard.press('Tab');
      const stop = await page.evaluate(() => {
        const element = document.activeElement;
        if (element === null || element === document.body) return undefined;
        const style = getComputedStyle(element);
        const ring = style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) >= 2;
        return {
          name: element.getAttribute('aria-label') ?? element.textContent,
          ring,
          svg: element instanceof SVGElement,
        };
      });
      if (stop === undefined) break;
      // On the stage the ring is drawn, not outlined.
      if (!stop.svg) expect([stop.name, stop.ring]).toEqual([stop.name, true]);
      names.add(stop.name);
    }
    for (const name of ['Option: wait', 'Kernel: 7.0', 'Play', 'Position in the run', 'Help']) {
      expect([...names]).toContain(name);
    }
    expect(daxpin.errors).toEqual([]);
  });

  test('write, err, find the error, fix it, step, do this now, switch branches', async ({ page }) => {
    const daxpin = new DaxpinPage(page);
    const press = (key: string) => page.keyboard.press(key);
    const tabTo = async (target: Locator): Promise<void> => {
      for (let i = 0; i < 40; i += 1) {
        if (await target.evaluate((element) => element === document.activeElement)) return;
        await press('Tab');
      }
      await expect(target).toBeFocused();
    };
    await daxpin.open(`#s=${READ_MR}&at=24`);
    await press('e');
    const text = page.locator('.cm-content');
    await expect(text).toBeVisible();
    await tabTo(text);
    // Up to the last step: the conditions stand below it.
    const lastStep = text.locator('.cm-activeLine', { hasText: 'load m 1' });
    await press('Control+End');
    for (let i = 0; i < 12 && (await lastStep.count()) === 0; i += 1) await press('ArrowUp');
    await press('End');
    await press('Enter');
    await page.keyboard.type('app lod m 1 ');
    await expect(page.locator('.at-stage.stale')).toBeVisible();
    await press('Control+Home');
    await press('F8');
    await press('Control+.');
    await expect(text).toContainText('app load m 1');
    await expect(page.locator('.at-stage.stale')).toHaveCount(0);
    await expect(daxpin.step).toHaveText('Step 2 of 6');

    // Out of the text: Tab belongs to the page, and the keys of the page work again.
    await press('Escape');
    await tabTo(daxpin.button('Forward one step'));
    await press('Enter');
    await expect(daxpin.step).toHaveText('Step 3 of 6');
    await tabTo(page.getByRole('listitem', { name: /^block 0, tag a/ }));
    await press('Enter');
    await press('a');
    const menu = page.getByRole('menu', { name: 'Do this now' });
    await expect(menu).toBeVisible();
    await page.keyboard.type('fallocate');
    await expect(menu.getByRole('menuitem', { name: /fallocate A / }).first()).toBeFocused();
    await press('Enter');
    await expect(daxpin.step).toHaveText('Step 4 of 4');
    const branches = page.getByRole('region', { name: 'Branches' });
    await tabTo(branches.getByRole('button', { name: 'main', exact: true }));
    await press('Enter');
    await expect(daxpin.step).toHaveText('Step 3 of 6');
    expect(daxpin.errors).toEqual([]);
  });
});

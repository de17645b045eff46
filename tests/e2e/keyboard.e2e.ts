import { expect, test } from '@playwright/test';
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
    await page.keyboard.type('Truncate waits for O');
    await page.keyboard.press('Enter');
    await expect(daxpin.picker('Scenario')).toContainText('Truncate waits for O_DIRECT');
    await expect(daxpin.picker('Scenario')).toBeFocused();
    // Arrows step from there; they do not change the choice.
    await page.keyboard.press('ArrowRight');
    await expect(daxpin.step).toHaveText(/^Step 1 of/);
  });

  test('the stage takes the arrows while it has the focus; the dot still steps', async ({ page }) => {
    const daxpin = new DaxpinPage(page);
    await daxpin.open(`#s=${READ_MR}&at=33`);
    const pages = page.getByRole('list', { name: 'Pages' });
    const focused = page.locator(':focus');
    for (let i = 0; i < 8 && (await pages.locator(':focus').count()) === 0; i += 1) await page.keyboard.press('Tab');
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
});

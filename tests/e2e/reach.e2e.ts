// Reached by everybody: one box for all, tables for pictures, things hidden, keys along links, forced colours, zoom, touch.
import { expect, test } from '@playwright/test';
import { expectAccessible } from './accessible.ts';
import { DaxpinPage, READ_MR } from './daxpinPage.ts';

const BROKEN = `#s=${READ_MR}&at=33`;

test('the palette by keyboard: an object, a step, a property, a command; the focus returns', async ({ page }) => {
  const daxpin = new DaxpinPage(page);
  await daxpin.open(`#s=${READ_MR}`);
  const box = page.getByRole('combobox', { name: 'Commands and search' });
  const ask = async (chord: string, words: string): Promise<void> => {
    await page.keyboard.press(chord);
    await expect(box).toBeFocused();
    await page.keyboard.type(words);
    await expect(page.getByRole('option', { selected: true })).toBeVisible();
    await page.keyboard.press('Enter');
    await expect(box).toHaveCount(0);
  };
  await ask('Control+k', 'S2');
  await daxpin.expectPosition(33);
  await ask('/', 'mr[1]');
  await expect(page).toHaveURL(/sel=mtt:0:1/);
  await expect(page.getByRole('img', { name: /^mr\[1\]: block 1/ })).toBeFocused();
  await ask('/', 'step 2');
  await expect(page.getByText('Step 2 of 5')).toBeVisible();
  await ask('Control+k', 'micro-step on');
  await expect(page.getByText('Step 3 of 5')).toBeVisible();
  // Where the key was pressed, the focus is again.
  await page.keyboard.press('Control+k');
  await expect(box).toBeFocused();
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('img', { name: /^mr\[1\]: block 1/ })).toBeFocused();
  expect(daxpin.errors).toEqual([]);
});

test('a digit opens a scenario, 0 lists them, Back leads back', async ({ page }) => {
  const daxpin = new DaxpinPage(page);
  await daxpin.open(BROKEN);
  await daxpin.expectPosition(33);
  await page.keyboard.press('3');
  await expect(daxpin.picker('Scenario')).not.toHaveAccessibleName(/READ MR goes stale/);
  await expect(page).toHaveURL(/s=03-/);
  await page.goBack();
  await expect(daxpin.picker('Scenario')).toHaveAccessibleName(/READ MR goes stale/);
  await daxpin.expectPosition(33);
  await page.keyboard.press('0');
  await expect(page.getByRole('combobox', { name: 'Scenarios' })).toBeFocused();
  await page.keyboard.type('three users');
  await page.keyboard.press('Enter');
  await expect(daxpin.picker('Scenario')).toHaveAccessibleName(/three users/);
});

test('tables in place of the pictures: read, stepped, selected; in the address', async ({ page }) => {
  const daxpin = new DaxpinPage(page);
  await daxpin.open(BROKEN);
  await page.keyboard.press('v');
  const pages = page.getByRole('table', { name: /^Pages/ });
  await expect(pages.getByRole('row', { name: /^block 1 .*owned b 1 was 2/ })).toBeVisible();
  await expect(page).toHaveURL(/view=table/);
  const claim = page.getByRole('table', { name: /^Claims/ }).getByRole('rowheader', { name: /^mr\[1\]/ });
  await expect(claim).toContainText('breaks S2');
  await claim.getByRole('button').click();
  await expect(page).toHaveURL(/sel=mtt:0:1/);
  await page.keyboard.press('ArrowLeft');
  await expect(pages.getByRole('row', { name: /^block 1 owned b 2/ })).toBeVisible();
  await page
    .getByRole('table', { name: /^Steps/ })
    .getByRole('button', { name: '4', exact: true })
    .click();
  await expect(page.getByText('Step 4 of 5')).toBeVisible();
  await expectAccessible(page);
  await page.reload();
  await expect(pages).toBeVisible();
  await page.keyboard.press('v');
  await expect(page.getByRole('group', { name: /^Stage: / })).toBeVisible();
});

test('hidden by key, told in the address, its verdict still told, shown by one key', async ({ page }) => {
  const daxpin = new DaxpinPage(page);
  await daxpin.open(BROKEN);
  const slot = page.getByRole('img', { name: /^mr\[1\]/ });
  await slot.click();
  await page.keyboard.press('h');
  await expect(slot).toHaveCount(0);
  await expect(page).toHaveURL(/hide=mr:0/);
  await expect(page.getByRole('button', { name: /1 object hidden: app: mr; broken among them: S2/ })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('button', { name: /1 object hidden/ })).toBeVisible();
  await expect(slot).toHaveCount(0);
  await page.keyboard.press('Shift+H');
  await expect(slot).toBeVisible();
  await page.getByRole('img', { name: /^m\[1\]/ }).click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Hide all of app' }).click();
  await expect(page).toHaveURL(/hide=map:0,mr:0/);
});

test('arrows go from a page along its links, and along one index; j to where the object changes', async ({ page }) => {
  const daxpin = new DaxpinPage(page);
  await daxpin.open(BROKEN);
  const here = (): Promise<string | null> => page.evaluate(() => document.activeElement?.getAttribute('data-key') ?? null);
  await page.getByRole('listitem', { name: /^block 1,/ }).focus();
  await page.keyboard.press('ArrowDown');
  expect(await here()).toBe('mtt:0:1');
  await page.keyboard.press('Shift+ArrowUp');
  expect(await here()).toBe('pte:0:1');
  await page.keyboard.press('Shift+ArrowUp');
  expect(await here()).toBe('extent:0:1');
  await page.keyboard.press('ArrowDown');
  expect(await here()).toBe('block:4');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Home');
  await page.locator('body').evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await page.keyboard.press('Home');
  await daxpin.expectPosition(0);
  await page.keyboard.press('j');
  await daxpin.expectPosition(33);
}); // prettier-ignore

test('forced colours: the picture is drawn in the two colours of the system', async ({ page }) => {
  await page.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce' });
  const daxpin = new DaxpinPage(page);
  await daxpin.open(BROKEN);
  const colours = await page.evaluate(() => {
    const of = (selector: string, name: string): string => {
      const found = document.querySelector(selector);
      return found === null ? 'missing' : getComputedStyle(found).getPropertyValue(name);
    };
    const probe = document.createElement('i');
    probe.style.color = 'CanvasText';
    document.body.append(probe);
    const text = getComputedStyle(probe).color;
    probe.remove();
    return { text, link: of('.sg-link .line', 'stroke'), broken: of('.sg-link.violated .line', 'stroke'), width: of('.sg-link.violated .line', 'stroke-width'), bar: of('.timeline .bar rect', 'stroke') }; // prettier-ignore
  });
  expect(colours).toEqual({ ...colours, link: colours.text, broken: colours.text, width: '4px', bar: colours.text });
  const moving = await page.evaluate(() =>
    [...document.querySelectorAll('.page, .page *')].flatMap((one) => {
      const { animationName, transitionDuration } = getComputedStyle(one);
      const still = animationName === 'none' && transitionDuration.split(', ').every((time) => parseFloat(time) === 0);
      return still ? [] : [`${one.tagName}.${one.getAttribute('class')}`];
    }),
  );
  expect(moving).toEqual([]);
});

test('at 200 % everything can be reached, nothing is wider than the window', async ({ page }) => {
  await page.setViewportSize({ width: 640, height: 400 });
  const daxpin = new DaxpinPage(page);
  await daxpin.open(BROKEN);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(640);
  const stage = page.getByRole('group', { name: /^Stage: / });
  expect((await stage.boundingBox())?.height ?? 0).toBeGreaterThan(300);
  for (const name of ['Script', 'Lab', 'Share', 'Help', 'Actions']) {
    await page.getByRole('button', { name, exact: true }).click({ trial: true });
  }
  await daxpin.panel.scrollIntoViewIfNeeded();
  await expect(daxpin.panel).toBeInViewport();
  await page.getByRole('slider').scrollIntoViewIfNeeded();
  await expect(page.getByRole('slider')).toBeInViewport();
});

test.describe('touched', () => {
  test.use({ hasTouch: true, isMobile: true, viewport: { width: 390, height: 844 } });

  test('the palette and the table from the menu; targets are large enough for a finger', async ({ page }) => {
    const daxpin = new DaxpinPage(page);
    await daxpin.open(BROKEN);
    await page.getByRole('button', { name: 'More' }).tap();
    await page.getByRole('menuitem', { name: 'View as table' }).tap();
    const first = page
      .getByRole('table', { name: /^Pages/ })
      .getByRole('button')
      .first();
    expect((await first.boundingBox())?.height ?? 0).toBeGreaterThanOrEqual(44);
    await page.getByRole('button', { name: 'More' }).tap();
    await page.getByRole('menuitem', { name: 'Commands and search' }).tap();
    await page.getByRole('combobox').fill('block 4');
    const option = page.getByRole('option', { name: /^block 4/ });
    expect((await option.boundingBox())?.height ?? 0).toBeGreaterThanOrEqual(44);
    await option.tap();
    await expect(page).toHaveURL(/sel=block:4/);
  });
});

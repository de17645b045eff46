import { expect, test, type Page } from '@playwright/test';
import { expectAccessible, type Theme } from './accessible.ts';
import { DaxpinPage, READ_MR } from './daxpinPage.ts';
import { THOROUGH } from '../support/thorough.ts';

type Screen = {
  readonly name: string;
  readonly hash: string;
  readonly width: number;
  readonly height: number;
  readonly act?: (page: Page) => Promise<void>;
};

const desk = { width: 1280, height: 800 };

async function openScript(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Script', exact: true }).click();
  await page.locator('.cm-content').waitFor();
}

const SCREENS: readonly Screen[] = [
  { name: 'the opening', hash: '', ...desk },
  { name: 'a broken property', hash: `#s=${READ_MR}&at=33`, ...desk },
  { name: 'within a step', hash: `#s=${READ_MR}&at=28`, ...desk },
  { name: 'a deadlock', hash: '#s=05-truncate-waits-for-itself&at=9999', ...desk },
  {
    name: 'a refusal',
    hash: '#s=12-seed-etxtbsy&o=etxtbsy&n=3',
    ...desk,
    act: (page) => page.getByRole('button', { name: /^Compare with / }).first().waitFor(), // prettier-ignore
  },
  { name: 'the end', hash: `#s=${READ_MR}&at=39`, ...desk },
  {
    name: 'something selected',
    hash: `#s=${READ_MR}&at=33`,
    ...desk,
    act: (page) => page.getByRole('listitem', { name: /^block 4/ }).click(),
  },
  {
    name: 'the scenario list',
    hash: '',
    ...desk,
    act: (page) => new DaxpinPage(page).picker('Scenario').click(),
  },
  { name: 'the option list', hash: '', ...desk, act: (page) => new DaxpinPage(page).picker('Option').click() },
  { name: 'help', hash: '', ...desk, act: (page) => page.getByRole('button', { name: 'Help' }).click() },
  { name: 'the script', hash: `#s=${READ_MR}&at=33`, ...desk, act: openScript },
  {
    name: 'the script with an error',
    hash: `#s=${READ_MR}&at=33`,
    ...desk,
    act: async (page) => {
      await openScript(page);
      await page.locator('.cm-content').focus();
      await page.keyboard.press('Control+Home');
      await page.keyboard.insertText('wrong ');
      await page.locator('.at-stage.stale').waitFor();
    },
  },
  { name: 'the script beside the Now panel', hash: `#s=${READ_MR}`, width: 1920, height: 1080, act: openScript },
  {
    name: 'what can be done, and branches',
    hash: `#s=${READ_MR}&at=33`,
    ...desk,
    act: async (page) => {
      await page.getByRole('img', { name: /^m\[2\]/ }).click({ button: 'right' });
      await page.getByRole('menuitem', { name: /munmap/ }).click();
      await page.getByRole('region', { name: 'Branches' }).waitFor();
      await page.getByRole('button', { name: 'Actions' }).click();
      await page.getByRole('menu').waitFor();
    },
  },
  {
    name: 'a recording',
    hash: '#s=21-recorded-p03',
    ...desk,
    act: async (page) => {
      await page.getByRole('button', { name: /^recorded on Linux/ }).click();
      await page.getByRole('table').waitFor();
    },
  },
  { name: 'a notice', hash: '#s=no-such-scenario', ...desk },
  { name: 'a projector', hash: `#s=${READ_MR}&at=33`, width: 1920, height: 1080 },
  { name: 'a narrow window', hash: `#s=${READ_MR}&at=33`, width: 800, height: 1000 },
  { name: 'a low window', hash: `#s=${READ_MR}&at=33`, width: 1280, height: 640 },
  { name: 'a phone', hash: `#s=${READ_MR}&at=33`, width: 390, height: 844 },
  {
    name: "a phone's causes",
    hash: `#s=${READ_MR}&at=33`,
    width: 390,
    height: 844,
    act: (page) => page.getByText('Causes and owners').click(),
  },
];

test.describe.configure({ mode: 'parallel' });

// Half of them where there is no time for all: the rest differ from these by their words.
const CHOSEN = THOROUGH ? SCREENS : SCREENS.filter((_, i) => i % 2 === 1);

for (const [nth, { name, hash, width, height, act }] of CHOSEN.entries()) {
  // All themes have the same parts, and their colours are held against each other in tests/app/colours.test.ts.
  const turns: readonly (readonly Theme[])[] = [['light'], ['dark'], ['hc']];
  test(`axe finds nothing: ${name}`, async ({ page }) => {
    // Axe reads every colour of each theme.
    test.slow();
    await page.setViewportSize({ width, height });
    await new DaxpinPage(page).open(hash);
    await act?.(page);
    if (name.endsWith(' list')) await expect(page.getByRole('menu')).toBeVisible();
    await expectAccessible(page, { themes: turns[nth % 3] ?? ['light'] });
  });
}

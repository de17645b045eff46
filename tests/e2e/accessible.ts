// What axe finds, the same way everywhere: every rule in the light theme, in the others those that read colours, as
// themes differ in nothing else.
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';
import { THOROUGH } from '../support/thorough.ts';

export type Theme = 'light' | 'dark' | 'hc';

const OF_COLOUR = ['color-contrast', 'link-in-text-block'];

type Where = {
  /** Only what is in there: a dialog over a page that another test looks at. */
  readonly include?: string;
  /** The first is looked at with every rule. The colours of all themes are held against each other in colours.test.ts. */
  readonly themes?: readonly Theme[];
};

export async function expectAccessible(page: Page, { include, themes = ['light', 'dark'] }: Where = {}): Promise<void> {
  const chosen: readonly Theme[] = THOROUGH ? ['light', 'dark', 'hc'] : themes.slice(0, 1);
  for (const [nth, theme] of chosen.entries()) {
    // What the theme button does; the lists and dialogs that lie over it stay open.
    await page.evaluate((name) => (document.documentElement.dataset['theme'] = name), theme);
    // One page without frames: nothing has to be put together in a second page.
    const axe = new AxeBuilder({ page }).setLegacyMode();
    if (include !== undefined) axe.include(include);
    const { violations } = await (nth === 0 ? axe : axe.withRules(OF_COLOUR)).analyze();
    const found = violations.map(({ id, nodes }) => ({
      id,
      at: nodes.slice(0, 4).map(({ html }) => html.slice(0, 200)),
    }));
    expect({ theme, found }).toEqual({ theme, found: [] });
  }
}

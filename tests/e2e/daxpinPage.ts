// The page as a user has it: what can be read off it and done to it, by role and name.
import { expect, type Locator, type Page } from '@playwright/test';

export const READ_MR = '01-read-mr-goes-stale';

export type StageReading = {
  /** `extent:0:1` → block, of everything on the stage that points at a block. */
  readonly links: Readonly<Record<string, number>>;
  /** Block → tag, of blocks that are on the stage one by one. */
  readonly tags: Readonly<Record<string, string>>;
  readonly free: number;
};

export class DaxpinPage {
  readonly page: Page;
  readonly errors: string[] = [];
  readonly requests: string[] = [];

  constructor(page: Page) {
    this.page = page;
    page.on('console', (message) => {
      // The test's own doing: playwright.config.ts.
      if (message.text().startsWith('Service Worker registration blocked')) return;
      if (message.type() === 'error' || message.type() === 'warning') this.errors.push(message.text());
    });
    page.on('pageerror', (error) => this.errors.push(error.message));
    page.on('request', (request) => this.requests.push(request.url()));
  }

  async open(hash = ''): Promise<void> {
    await this.page.goto(`./${hash}`);
    await expect(this.step).not.toHaveCount(0);
    await expect(this.page.getByRole('group', { name: /^Stage: / }).or(this.page.locator('.at-sheet'))).toBeVisible();
  }

  get step(): Locator {
    return this.page.getByText(/^(Step \d+ of \d+|Start, \d+ steps?)$/);
  }

  get sentence(): Locator {
    return this.page.locator('[aria-live="polite"]').filter({ hasText: /\S/ }).first();
  }

  get panel(): Locator {
    return this.page.getByRole('complementary', { name: 'Now' });
  }

  get slider(): Locator {
    return this.page.getByRole('slider', { name: 'Position in the run' });
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }

  /** Its name says what is chosen: `Option: wait`. */
  picker(label: string): Locator {
    return this.page.getByRole('button', { name: new RegExp(`^${label}: `) });
  }

  async position(): Promise<number> {
    return Number(await this.slider.getAttribute('aria-valuenow'));
  }

  async expectPosition(at: number): Promise<void> {
    await expect(this.slider).toHaveAttribute('aria-valuenow', String(at));
  }

  async choose(picker: string, choice: RegExp | string): Promise<void> {
    await this.picker(picker).click();
    await this.page.getByRole('menuitemradio', { name: choice }).click();
    await expect(this.page.getByRole('menu')).toHaveCount(0);
  }

  /** On a phone. */
  async chooseMore(name: string): Promise<void> {
    await this.button('More').tap();
    await this.page.getByRole('menuitem', { name }).tap();
  }

  /** Only what the labels say: the same that a screen reader is told. */
  async readStage(): Promise<StageReading> {
    const labelled = await this.page
      .locator('.stage [data-key][aria-label]')
      .evaluateAll((all) =>
        all.map((one) => [one.getAttribute('data-key') ?? '', one.getAttribute('aria-label') ?? '']),
      );
    const links: Record<string, number> = {};
    const tags: Record<string, string> = {};
    let free = 0;
    for (const [key = '', label = ''] of labelled) {
      const block = /^[^:]+: block (\d+)/.exec(label)?.[1];
      if (block !== undefined && /^(extent|pte|mtt):/.test(key)) links[key] = Number(block);
      const cell = /^block (\d+), (?:tag (\S+?)(?:,|$))?/.exec(label);
      if (cell?.[1] !== undefined && cell[2] !== undefined) tags[cell[1]] = cell[2];
      if (key.startsWith('block:') && /, free/.test(label)) free += 1;
    }
    return { links, tags, free };
  }
}

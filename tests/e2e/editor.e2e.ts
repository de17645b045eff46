// The workshop: writing a scenario, keeping it, taking steps differently, files, two tabs.
import { expect, test, type Page } from '@playwright/test';
import { whenThorough } from './whenThorough.ts';
import { DaxpinPage, READ_MR } from './daxpinPage.ts';

const editor = (page: Page) => page.locator('.cm-content');
const status = (page: Page) => page.locator('.script-tools [role="status"]');

async function openScript(page: Page, hash = ''): Promise<DaxpinPage> {
  const daxpin = new DaxpinPage(page);
  await daxpin.open(hash);
  await page.getByRole('button', { name: 'Script', exact: true }).click();
  await expect(editor(page)).toBeVisible();
  return daxpin;
}

/** An empty scenario, with this text typed into it. */
async function write(page: Page, text: string): Promise<void> {
  await page.getByRole('button', { name: 'New', exact: true }).click();
  await expect(page.getByText('Nothing is written yet')).toBeVisible();
  await editor(page).click();
  await page.keyboard.insertText(text);
}

const dropFiles = (page: Page, files: readonly { readonly name: string; readonly bytes: readonly number[] }[]) =>
  page.evaluate((list) => {
    const data = new DataTransfer();
    for (const { name, bytes } of list) data.items.add(new File([new Uint8Array(bytes)], name));
    const at = document.querySelector('.cm-content') ?? document.body;
    at.dispatchEvent(new DragEvent('dragover', { dataTransfer: data, bubbles: true, cancelable: true }));
    const veil = new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))).then(
      () => document.querySelector('.drop-veil')?.textContent ?? '',
    );
    return veil.then((text) => {
      at.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
      return text;
    });
  }, files);

const bytesOf = (text: string): number[] => [...Buffer.from(text, 'utf8')];

test.describe('the script', () => {
  test('typing runs at once; the first key in a bundled text makes a copy of it', async ({ page }) => {
    const daxpin = await openScript(page, `#s=${READ_MR}&at=33`);
    await expect(page.getByText('an edit makes a copy')).toBeVisible();
    await editor(page).click();
    await page.keyboard.press('Control+Home');
    await page.keyboard.insertText('# mine\n');
    await expect(daxpin.picker('Scenario')).toContainText('(copy)');
    await expect(editor(page)).toBeFocused();
    // A comment changes nothing that happened: the very micro-step stays.
    await daxpin.expectPosition(33);
    await expect(status(page)).toHaveText('saved');
    await expect(page).toHaveURL(/#v=1&s=own:[a-z0-9]+&n=3&.*&t=\d+\.[\w-]+&z=/);
    expect(daxpin.errors).toEqual([]);
  });

  test('a new scenario from nothing: the empty stage, the first file, a step', async ({ page }) => {
    const daxpin = await openScript(page);
    await page.getByRole('button', { name: 'New', exact: true }).click();
    await expect(page.getByRole('group', { name: /^Stage: 16 blocks/ })).toBeVisible();
    await page.getByRole('button', { name: 'Write it' }).click();
    await expect(page.getByRole('img', { name: /^file A, abcd/ })).toBeVisible();
    await editor(page).click();
    await page.keyboard.press('Control+End');
    await page.keyboard.insertText('app m = mmap A\napp store m 0 X\n');
    await expect(daxpin.step).toHaveText('Start, 2 steps');
    await page.getByRole('button', { name: 'Go to the end' }).click();
    await expect(page.getByRole('img', { name: /^file A, Xbcd/ })).toBeVisible();
    expect(daxpin.errors).toEqual([]);
  });

  whenThorough('completion knows the names in scope', async ({ page }) => {
    await openScript(page);
    await write(page, 'file Apples abcd\napp m = mmap ');
    await page.keyboard.type('Ap');
    await expect(page.locator('.cm-tooltip-autocomplete')).toContainText('Apples');
    // For 75 ms a list that has just come does not take Enter from somebody who is writing lines.
    await page.waitForTimeout(120);
    await page.keyboard.press('Enter');
    await expect(editor(page)).toContainText('mmap Apples');
    await expect(status(page)).toHaveText('saved');
  });

  test('an error keeps the last good picture, faded, and a suggestion puts it right', async ({ page }) => {
    const daxpin = await openScript(page);
    await write(page, 'file A abcd\napp m = mmap A\napp load m 1\n');
    await daxpin.button('Go to the end').click();
    await expect(page.getByRole('img', { name: /^m\[1\]: block 1/ })).toBeVisible();
    await editor(page).click();
    await page.keyboard.press('Control+End');
    await page.keyboard.insertText('app ftruncat A 1');
    await expect(page.locator('.at-stage.stale')).toBeVisible();
    const line = page.locator('.error-line');
    await expect(line).toContainText('Line 4');
    await expect(line.locator('mark')).toHaveText('ftruncat');
    await expect(line).toContainText('^^^^^^^^');
    await expect(line).toContainText('Did you mean ‘ftruncate’?');
    await expect(page.getByRole('img', { name: /^m\[1\]: block 1/ })).toBeVisible();
    await page.keyboard.press('Control+.');
    await expect(editor(page)).toContainText('app ftruncate A 1');
    await expect(page.locator('.at-stage.stale')).toHaveCount(0);
    // Still after the load: the prefix is the same.
    await expect(daxpin.step).toHaveText('Step 2 of 3');
    expect(daxpin.errors).toEqual([]);
  });

  whenThorough(
    'keys: e opens and puts away, the editor keeps its letters, tabs give the panel back',
    async ({ page }) => {
      const daxpin = new DaxpinPage(page);
      await daxpin.open(`#s=${READ_MR}&at=33`);
      await page.keyboard.press('e');
      await expect(editor(page)).toBeVisible();
      const before = await editor(page).textContent();
      await page.getByRole('tab', { name: 'Script' }).press('ArrowLeft');
      await expect(page.getByRole('tab', { name: 'Now' })).toBeFocused();
      await expect(daxpin.panel).toBeVisible();
      await page.keyboard.press('ArrowRight');
      await expect(editor(page)).toHaveText(before ?? '');
      await daxpin.expectPosition(33);
      await page.keyboard.press('e');
      await expect(editor(page)).toHaveCount(0);
      await expect(page.getByRole('tab')).toHaveCount(0);
    },
  );

  test('clicking the number of a step goes there', async ({ page }) => {
    const daxpin = await openScript(page, `#s=${READ_MR}`);
    await page.locator('.cm-step', { hasText: '18' }).click();
    await expect(daxpin.step).toHaveText('Step 3 of 5');
  });
});

test.describe('the library', () => {
  test('a reload finds everything again: text, name, place', async ({ page }) => {
    const daxpin = await openScript(page);
    await write(page, 'file A abcd\napp m = mmap A\napp load m 2\n');
    const name = page.getByRole('textbox', { name: 'Name of the scenario' });
    await name.fill('Two loads');
    await name.press('Enter');
    await daxpin.button('Go to the end').click();
    await expect(page).toHaveURL(/&n=\d/);
    const at = await daxpin.position();
    await editor(page).click();
    await page.keyboard.press('Control+End');
    await page.keyboard.insertText('app load m 3\n');
    // At once, before the write-behind has had its time.
    await page.reload();
    await expect(daxpin.picker('Scenario')).toContainText('Two loads');
    await daxpin.expectPosition(at);
    await expect(daxpin.step).toHaveText('Step 2 of 3');
    expect(daxpin.errors).toEqual([]);
  });

  test('duplicate, delete, undo', async ({ page }) => {
    const daxpin = await openScript(page);
    await write(page, 'file A ab\n');
    await page.getByRole('button', { name: 'Duplicate' }).click();
    await expect(daxpin.picker('Scenario')).toContainText('Untitled (copy)');
    await page.getByRole('button', { name: 'Delete' }).click();
    await expect(daxpin.picker('Scenario')).toHaveText(/Untitled$/);
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(daxpin.picker('Scenario')).toContainText('Untitled (copy)');
    await expect(status(page)).toHaveText('saved');
    await page.reload();
    await daxpin.picker('Scenario').click();
    await expect(page.getByRole('menuitemradio', { name: /^Untitled/ })).toHaveCount(2);
  });

  whenThorough('an address of a scenario that this browser lacks says so', async ({ page }) => {
    const daxpin = new DaxpinPage(page);
    await daxpin.open('#s=own:nobodyhas1');
    await expect(page.getByText(/another browser keeps/)).toBeVisible();
    await expect(daxpin.picker('Scenario')).toContainText('A READ MR');
  });

  whenThorough('two tabs: one follows the other; what both changed is kept twice', async ({ context, page }) => {
    const one = await openScript(page);
    await write(page, 'file A ab\n');
    await expect(status(page)).toHaveText('saved');
    await expect(page).toHaveURL(/&s=own:/);
    const other = await context.newPage();
    const two = new DaxpinPage(other);
    await two.open(new URL(page.url()).hash);
    await expect(editor(other)).toContainText('file A ab');
    // Only here: the other tab shows it.
    await editor(page).click();
    await page.keyboard.press('Control+End');
    await page.keyboard.insertText('app m = mmap A\n');
    await expect(editor(other)).toContainText('mmap A');
    await expect(two.step).toHaveText('Start, 1 step');
    // Both at once: neither is lost.
    await editor(other).click();
    await other.keyboard.press('Control+End');
    await Promise.all([page.keyboard.insertText('app load m 0\n'), other.keyboard.insertText('app load m 1\n')]);
    const renamed = async (): Promise<number> => {
      const names = await Promise.all([one, two].map((tab) => tab.picker('Scenario').textContent()));
      return names.filter((name) => name?.includes('(other tab)')).length;
    };
    await expect.poll(renamed).toBe(1);
    const told = await Promise.all([page, other].map((tab) => tab.getByText(/Both are kept/).count()));
    expect(told.toSorted()).toEqual([0, 1]);
    await expect(editor(page)).toContainText('load m 0');
    await expect(editor(other)).toContainText('load m 1');
    expect([...one.errors, ...two.errors]).toEqual([]);
  });

  whenThorough('what cannot be read is set aside, not deleted', async ({ page }) => {
    const daxpin = await openScript(page);
    await write(page, 'file A ab\n');
    await expect(status(page)).toHaveText('saved');
    await page.evaluate(
      () =>
        new Promise((done) => {
          const asked = indexedDB.open('daxpin');
          asked.onsuccess = () => {
            const tx = asked.result.transaction('scenarios', 'readwrite');
            tx.objectStore('scenarios').put({ format: 1, id: 'evil', name: '<b>', branches: 7 }, 'evil1');
            tx.oncomplete = () => {
              asked.result.close();
              done(undefined);
            };
          };
        }),
    );
    await page.reload();
    await expect(page.getByText(/set aside/)).toBeVisible();
    await daxpin.picker('Scenario').click();
    await expect(page.getByRole('menuitemradio', { name: /^Untitled/ })).toHaveCount(1);
    const kept = await page.evaluate(
      () =>
        new Promise((done) => {
          const asked = indexedDB.open('daxpin');
          asked.onsuccess = () => {
            const count = asked.result.transaction('setAside').objectStore('setAside').count();
            count.onsuccess = () => done(count.result);
          };
        }),
    );
    expect(kept).toBe(1);
  });

  test('a browser that keeps nothing says so, and the work goes on', async ({ page }) => {
    await page.addInitScript(() => Object.defineProperty(window, 'indexedDB', { value: undefined }));
    const daxpin = await openScript(page);
    await expect(page.getByText(/This browser keeps nothing for this page/)).toBeVisible();
    await write(page, 'file A ab\napp m = mmap A\n');
    await expect(status(page)).toHaveText('not kept');
    await expect(daxpin.step).toHaveText('Start, 1 step');
  });
});

test.describe('files', () => {
  test('dropped anywhere, several at once; what is wrong with one is told, the others open', async ({ page }) => {
    const daxpin = await openScript(page);
    const veil = await dropFiles(page, [
      { name: 'first.dax', bytes: bytesOf('file A ab\n') },
      { name: 'broken.dax', bytes: [...bytesOf('file A ab\n# caf'), 0xe9, 10] },
      { name: 'second.dax', bytes: bytesOf('file A abcd\napp m = mmap A\n') },
    ]);
    expect(veil).toContain('Drop .dax files');
    await expect(page.getByText('Not everything was opened.')).toBeVisible();
    await expect(page.getByText(/broken\.dax: line 2, byte 6 is no UTF-8/)).toBeVisible();
    await expect(daxpin.picker('Scenario')).toContainText('second');
    await expect(editor(page)).toContainText('mmap A');
    await daxpin.picker('Scenario').click();
    await expect(page.getByRole('menuitemradio', { name: /^first/ })).toHaveCount(1);
    expect(daxpin.errors).toEqual([]);
  });

  whenThorough('saved as a .dax file', async ({ page }) => {
    await openScript(page);
    await write(page, 'file A ab\n');
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    expect((await download).suggestedFilename()).toBe('Untitled.dax');
  });
});

test.describe('do this now', () => {
  test('a right click on a mapping, a line, its run: the steps that follow stay in a branch', async ({ page }) => {
    const daxpin = new DaxpinPage(page);
    await daxpin.open(`#s=${READ_MR}&at=33`);
    await page.getByRole('img', { name: /^m\[2\]/ }).click({ button: 'right' });
    await page.getByRole('menuitem', { name: /store m 2 Y/ }).click();
    await expect(daxpin.step).toHaveText('Step 4 of 4');
    await expect(page.getByRole('img', { name: /^file A, aXYd/ })).toBeVisible();
    const branches = page.getByRole('region', { name: 'Branches' });
    await expect(branches.getByRole('button', { name: 'main', exact: true })).toBeVisible();
    await branches.getByRole('button', { name: 'main', exact: true }).click();
    await expect(daxpin.step).toHaveText('Step 3 of 5');
    // Both are still there after a reload.
    await page.waitForTimeout(400);
    await page.reload();
    await expect(branches.getByRole('button', { name: '4 store m 2 Y', exact: true })).toBeVisible();
    await branches.getByRole('button', { name: '4 store m 2 Y', exact: true }).click();
    await expect(daxpin.step).toHaveText(/of 4$/);
    expect(daxpin.errors).toEqual([]);
  });

  test('with the keyboard alone', async ({ page }) => {
    const daxpin = new DaxpinPage(page);
    await daxpin.open(`#s=${READ_MR}&at=39`);
    await page.getByRole('listitem', { name: /^block 4/ }).focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('a');
    const menu = page.getByRole('menu', { name: 'Do this now' });
    await expect(menu).toBeVisible();
    await page.keyboard.type('punch');
    await expect(menu.getByRole('menuitem', { name: /fallocate A punch 1 1/ })).toBeVisible();
    await menu.getByRole('menuitem', { name: /fallocate A punch 1 1/ }).press('Enter');
    // At the end nothing follows: the line goes on in the same branch.
    await expect(daxpin.step).toHaveText('Step 6 of 6');
    await expect(page.getByRole('region', { name: 'Branches' })).toHaveCount(0);
    expect(daxpin.errors).toEqual([]);
  });
});

test('what was recorded is behind the badge', async ({ page }) => {
  const daxpin = new DaxpinPage(page);
  await daxpin.open('#s=21-recorded-p03');
  await page.getByRole('button', { name: 'recorded on Linux 6.12' }).click();
  const dialog = page.getByRole('dialog', { name: /P03/ });
  await expect(dialog.getByRole('cell', { name: /xfs_break_dax_layouts/ })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  expect(daxpin.errors).toEqual([]);
});

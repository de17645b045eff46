import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { noJournal } from '../../src/library/journal.ts';
import { createOwn } from '../../src/library/ownScenario.ts';
import { memoryShelf, type Shelf } from '../../src/library/shelf.ts';
import * as actions from '../../src/store/actions.ts';
import { branchSteps, deleteBranch, nameBranch, switchBranch, takeStep } from '../../src/store/branches.ts';
import { closeLibrary, librarySettled, openLibrary } from '../../src/store/keeping.ts';
import { disconnect } from '../../src/store/session.ts';
import { hasErrors, page } from '../../src/store/store.ts';
import { deleteOpen, duplicate, editText, newScenario, openFiles, openName, openOwn, renameOpen, undoDelete } from '../../src/store/workshop.ts'; // prettier-ignore
import { READ_MR_ID, startPage, type StartedPage } from '../support/startPage.ts';

let shelf: Shelf = memoryShelf(true);
const host = () =>
  Promise.resolve({ shelf, journal: noJournal, channel: { post: () => undefined, listen: () => undefined } });

let started: StartedPage;
beforeEach(async () => {
  shelf = memoryShelf(true);
  started = startPage({ scenario: READ_MR_ID, at: 33 });
  await openLibrary(host);
});
afterEach(() => {
  closeLibrary();
  disconnect();
});

const steps = (): string[] => started.shown().program.steps.map(({ text }) => text);

/** `text` replaced in the open scenario. */
const edit = (from: string | RegExp, to: string): void => editText(page().text.replace(from, to));

describe('editing', () => {
  test('a bundled text becomes a copy, kept; the original is what it was', async () => {
    const before = page().text;
    edit('a', 'a');
    expect(page().scenario).toBe(READ_MR_ID);
    editText(`${before}# mine\n`);
    expect(page().scenario).toMatch(/^own:/);
    expect(openName()).toMatch(/ \(copy\)$/);
    await librarySettled();
    expect((await shelf.readAll()).records.map(({ name }) => name)).toEqual([openName()]);
    expect(page().keeping).toBe('saved');
    actions.openScenario(READ_MR_ID);
    expect(page().text).toBe(before);
  });

  test('what comes after the playhead changes, the very micro-step stays', () => {
    actions.seek(28);
    edit('load m 1 ', 'load m 2 ');
    expect(steps().at(-1)).toBe('load m 2');
    expect(started.shown().moment.at).toBe(28);
  });

  test('lines above move: the same step stays', () => {
    const at = started.shown().moment.at;
    edit('app    mr', 'app    load m 3\napp    mr');
    expect(started.shown().outline.turns.find(({ to }) => to === page().at)?.step).toBe(3);
    expect(page().at).not.toBe(at);
    edit('app    load m 3\n', '');
    expect(page().at).toBe(at);
  });

  test('the step itself is rewritten, or goes: the place of it', () => {
    edit('store m 1 X', 'store m 2 X');
    const here = (): number | undefined => started.shown().outline.turns.find(({ to }) => to === page().at)?.step;
    expect(here()).toBe(2);
    newScenario();
    editText('file A ab\napp m = mmap A\napp load m 0\napp load m 1\n');
    actions.last();
    edit('app load m 1\n', '');
    expect(here()).toBe(1);
    edit('app load m 0\n', '');
    expect(here()).toBe(0);
  });

  test('an error keeps the picture and the place; put right, it goes on', () => {
    const { outline } = started.shown();
    edit('store m 1', 'sture m 1');
    expect(hasErrors(page().problems)).toBe(true);
    expect(started.shown().outline).toBe(outline);
    expect(page().text).toContain('sture');
    edit('sture m 1', 'store m 1');
    expect(hasErrors(page().problems)).toBe(false);
    expect(started.shown().moment.at).toBe(33);
  });

  test('the pickers tell what the text itself asks for', () => {
    edit(/option .*/, 'option seed');
    expect(page().written?.option.preset).toBe('seed');
    edit(/kernel .*/, 'kernel 6.12');
    expect(page().written?.kernel).toBe('6.12');
    expect(started.shown().program.kernel).toBe('6.12');
  });
});

describe('scenarios of one’s own', () => {
  test('new, renamed, duplicated, deleted, brought back', async () => {
    newScenario();
    expect(openName()).toBe('Untitled');
    expect(steps()).toEqual([]);
    renameOpen('Mine');
    duplicate();
    expect(openName()).toBe('Mine (copy)');
    deleteOpen();
    expect(openName()).toBe('Mine');
    expect(page().notice?.action).toBe('undo');
    undoDelete();
    expect(openName()).toBe('Mine (copy)');
    await librarySettled();
    expect((await shelf.readAll()).records.map(({ name }) => name)).toEqual(['Mine', 'Mine (copy)']);
  });

  test('a name that is taken gets a number', () => {
    newScenario();
    renameOpen('Mine');
    newScenario();
    renameOpen('Mine');
    expect(openName()).toBe('Mine 2');
  });

  test('an address opens one after a reload; one that is not there says so', async () => {
    await shelf.put(createOwn('Kept', 'file A ab\napp m = mmap A\n', 'kept1'));
    closeLibrary();
    disconnect();
    const opening = openLibrary(host);
    started = startPage({ scenario: 'own:kept1', at: 1 });
    await opening;
    await vi.waitFor(() => expect(page().shown?.scenario).toBe('own:kept1'));
    expect(page().at).toBe(1);
    actions.openAddress({ scenario: 'own:gone1' });
    expect(page().scenario).toBe(READ_MR_ID);
    expect(page().notice?.text).toMatch(/another browser keeps/);
  });

  test('files: the good ones open, the others say why', async () => {
    const file = (name: string, text: string) => new File([text], name);
    await openFiles([file('a.dax', 'file A ab\n'), file('b.png', ''), file('c.dax', 'x'.repeat(300_000))]);
    expect(openName()).toBe('a');
    expect(page().notice?.detail?.split('\n')).toHaveLength(2);
  });

  test('a text with errors opens beside its errors', async () => {
    await openFiles([new File(['file A ab\nwhat is this\n'], 'a.dax')]);
    expect(page()).toMatchObject({ script: true, tab: 'script' });
    expect(hasErrors(page().problems)).toBe(true);
    expect(page().written).toBeUndefined();
  });
});

describe('branches', () => {
  test('a step at the end goes on, a step in the middle keeps both', () => {
    takeStep({ actor: 'app', line: 'munmap m' });
    const own = openOwn();
    expect(own?.branches.map(({ name }) => name)).toEqual(['main', '4 munmap m']);
    expect(steps()).toEqual(['m = mmap A', 'mr = reg_mr m remote_read', 'store m 1 X', 'munmap m']);
    expect(page().at).toBe(started.shown().outline.length);
    takeStep({ actor: 'app', line: 'dereg_mr mr' });
    expect(openOwn()?.branches).toHaveLength(2);
    expect(steps().at(-1)).toBe('dereg_mr mr');
    const [main] = own?.branches ?? [];
    switchBranch(main?.id ?? '');
    expect(steps()).toHaveLength(5);
    expect(page().at).toBe(33);
  });

  test('each has its own playhead', () => {
    takeStep({ actor: 'app', line: 'munmap m' });
    const [main, other] = openOwn()?.branches ?? [];
    switchBranch(main?.id ?? '');
    actions.last();
    switchBranch(other?.id ?? '');
    expect(page().at).toBe(started.shown().outline.length);
    switchBranch(main?.id ?? '');
    expect(page().at).toBe(started.shown().outline.length);
    expect(page().left[other?.id ?? '']).toBe(4);
  });

  test('named and deleted; the last one stays', () => {
    takeStep({ actor: 'app', line: 'munmap m' });
    const [main, other] = openOwn()?.branches ?? [];
    nameBranch(other?.id ?? '', 'unmapped');
    expect(openOwn()?.branches[1]?.name).toBe('unmapped');
    deleteBranch(other?.id ?? '');
    expect(openOwn()?.branches).toEqual([main]);
    expect(steps()).toHaveLength(5);
    deleteBranch(main?.id ?? '');
    expect(openOwn()?.branches).toEqual([main]);
  });

  test('what a text does, or that it cannot be read', () => {
    expect(branchSteps('file A a\napp m = mmap A\npeer wait\n')).toEqual(['app m = mmap A', 'peer wait']);
    expect(branchSteps('what')).toBeUndefined();
  });
});

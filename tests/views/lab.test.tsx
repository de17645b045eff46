// @vitest-environment jsdom
import '../support/jsdomPage.ts';
import { act, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { PRESET_NAMES } from '../../src/sim/model/knobs.ts';
import { PROPERTY_IDS } from '../../src/sim/model/property.ts';
import { lab, setLab } from '../../src/store/labStore.ts';
import { page } from '../../src/store/store.ts';
import { LabScreen } from '../../src/views/lab/LabScreen.tsx';
import { doneLab, doneRow, LAB_WORLD } from '../support/labFixtures.ts';
import { setMedia } from '../support/jsdomPage.ts';
import { endLab, startLab } from '../support/startLab.ts';

const DONE = doneLab();

function setup() {
  const user = userEvent.setup();
  const view = render(
    <main className="page lab-page">
      <LabScreen onHelp={() => undefined} />
    </main>,
  );
  return { user, view };
}

/** By its label, which is all of its name: working out 300 names and roles each time takes seconds. */
const cell = (name: RegExp) => screen.getByLabelText(name, { selector: '[role="gridcell"]' });
const card = () => screen.getByRole('complementary', { name: 'Selected' });

beforeEach(() => {
  startLab();
  act(() => setLab({ ...DONE, world: { ...DONE.world, source: 'own', id: 'x', title: 'Small', text: LAB_WORLD } }));
});
afterEach(endLab);

describe('the matrix', () => {
  test('is a grid with a header for each row and column, and a sentence for each cell', () => {
    setup();
    const grid = screen.getByRole('grid', { name: 'Options and properties' });
    expect(within(grid).getAllByRole('columnheader')).toHaveLength(PROPERTY_IDS.length);
    expect(within(grid).getAllByRole('rowheader')).toHaveLength(PRESET_NAMES.length);
    expect(within(grid).getAllByRole('gridcell', { name: /^unprotected, S5b stale-read: violated in 3 steps$/ })).toHaveLength(1); // prettier-ignore
    expect(cell(/^mainline, S11 accounting: holds$/)).toBeInTheDocument();
  });

  test('has one stop of the Tab key; arrows, Home and End walk; Enter opens the card', async () => {
    const { user } = setup();
    const grid = screen.getByRole('grid');
    expect(grid.querySelectorAll('[tabindex="0"]')).toHaveLength(1);
    act(() => cell(/^mainline, S1 /).focus());
    await user.keyboard('{ArrowDown}{ArrowRight}');
    expect(cell(/^unprotected, S2 /)).toHaveFocus();
    await user.keyboard('{End}');
    expect(cell(/^unprotected, F1 /)).toHaveFocus();
    await user.keyboard('{Home}');
    expect(screen.getByRole('rowheader', { name: /^unprotected: 2 of 18 properties violated; / })).toHaveFocus();
    await user.keyboard('{Control>}{End}{/Control}');
    expect(cell(/^device-dax, F1 /)).toHaveFocus();
    expect(grid.querySelectorAll('[tabindex="0"]')).toHaveLength(1);
    await user.keyboard('{Enter}');
    expect(lab().selected).toEqual({ row: 'device-dax', property: 'F1' });
    expect(cell(/^device-dax, F1 /)).toHaveAttribute('aria-selected', 'true');
  });

  test('h puts the row away, and it can be brought back', async () => {
    const { user } = setup();
    act(() => cell(/^seed, S1 /).focus());
    await user.keyboard('h');
    expect(screen.queryByRole('rowheader', { name: /^seed/ })).toBeNull();
    await user.click(screen.getByRole('button', { name: '1 row hidden: show all' }));
    expect(screen.getByRole('rowheader', { name: /^seed/ })).toBeInTheDocument();
  });

  test('p plays the trace of a violated cell, and of no other', async () => {
    const { user } = setup();
    act(() => cell(/^mainline, S11 /).focus());
    await user.keyboard('p');
    expect(page().screen).toBe('lab');
    act(() => cell(/^unprotected, S5b /).focus());
    await user.keyboard('p');
    expect(page().screen).toBe('player');
  });

  test('the tip says the verdict in words where the pointer rests; Escape puts it away', async () => {
    const { user, view } = setup();
    await user.hover(cell(/^unprotected, S5b /));
    await waitFor(() => expect(view.container.querySelector('.matrix-tip')).toHaveTextContent(/unprotected, S5b stale read.*Violated in 3 steps/)); // prettier-ignore
    await user.keyboard('{Escape}');
    expect(view.container.querySelector('.matrix-tip')).toBeNull();
  });

  test('its end is spoken, its beginning is not', () => {
    setup();
    const spoken = () => screen.getAllByRole('status').map((one) => one.textContent);
    expect(spoken()).toContain('Matrix complete: every state of every row was visited');
    act(() => setLab({ running: true }));
    expect(spoken().join('')).toBe('');
  });

  test('groups have headings', () => {
    setup();
    act(() => setLab({ group: 'safe' }));
    expect(screen.getByText('No safety property violated')).toBeInTheDocument();
    expect(screen.getAllByRole('rowheader').length).toBeGreaterThan(PRESET_NAMES.length);
  });
});

describe('the card', () => {
  test('of a violated cell: sentence, trace, Play it', async () => {
    const { user } = setup();
    await user.click(cell(/^unprotected, S5b /));
    expect(within(card()).getByRole('heading', { level: 2 })).toHaveTextContent(/^S5b is violated in 3 steps: /);
    expect(within(card()).getAllByRole('listitem').slice(0, 3).map((one) => one.textContent)).toEqual(['app mr = reg_mr m local_write remote_read', 'admin ftruncate A 0', 'peer rdma_read mr 1']); // prettier-ignore
    await user.click(within(card()).getByRole('button', { name: 'Play it' }));
    expect(page().screen).toBe('player');
    expect(page().text).toContain('peer');
  });

  test('of a row: the option, its sources as links that are not followed by themselves', async () => {
    const { user } = setup();
    await user.click(screen.getByRole('rowheader', { name: /^seed/ }));
    expect(within(card()).getByRole('heading', { level: 2, name: 'seed' })).toBeInTheDocument();
    const [link] = within(card()).getAllByRole('link');
    expect(link).toHaveAttribute('href', expect.stringMatching(/^https:\/\//));
    expect(link).toHaveAttribute('rel', 'noreferrer');
    expect(within(card()).getByRole('table', { name: 'Knobs' })).toBeInTheDocument();
  });

  test('a knob that is tried becomes a row of its own, to be renamed and removed', async () => {
    const report = doneRow('revoke').report;
    if (report === undefined) throw new Error('no report');
    act(() => setLab({ away: { row: 'wait', running: false, all: 1, checked: [{ knob: 'layout.onPin', value: 'revoke', report }] } })); // prettier-ignore
    const { user } = setup();
    await user.click(cell(/^wait, L1 /));
    await user.click(within(card()).getByRole('button', { name: 'try layout.onPin = revoke' }));
    expect(screen.getByRole('rowheader', { name: /^wait layout.onPin=revoke: / })).toBeInTheDocument();
    const name = within(card()).getByRole('textbox', { name: 'Name of this option' });
    await user.clear(name);
    await user.type(name, 'mine{Enter}');
    expect(screen.getByRole('rowheader', { name: /^mine: / })).toBeInTheDocument();
    await user.click(within(card()).getByRole('button', { name: 'Remove' }));
    expect(screen.queryByRole('rowheader', { name: /^mine/ })).toBeNull();
  });
});

describe('what if', () => {
  test('needs a changed knob, then makes the row and shows its card', async () => {
    const { user } = setup();
    await user.click(screen.getByRole('button', { name: 'What if …' }));
    const dialog = screen.getByRole('dialog', { name: 'What if …' });
    expect(within(dialog).getByRole('button', { name: 'Add the row' })).toHaveAttribute('aria-disabled', 'true');
    await user.selectOptions(within(dialog).getByLabelText('Base option'), 'wait');
    await user.selectOptions(within(dialog).getByLabelText('pin.readonly'), 'unshare');
    await user.click(within(dialog).getByRole('button', { name: 'Add the row' }));
    expect(screen.queryByRole('dialog')).toBeNull();
    const added = lab().rows.at(-1);
    expect(added).toMatchObject({ own: true, option: { preset: 'wait', set: { 'pin.readonly': 'unshare' } } });
    expect(lab().selected).toEqual({ row: added?.id });
  });
});

test('the reductions can be chosen, each alone, and the matrix is asked again', async () => {
  const { user } = setup();
  await user.click(screen.getByRole('button', { name: /^Reductions/ }));
  await user.click(await screen.findByRole('menuitemradio', { name: /^none/ }));
  expect(lab()).toMatchObject({ symmetry: 'none', order: false });
  expect(lab().rows.every(({ status }) => status !== 'done')).toBe(true);
});

test('on a phone: a list by option of what is violated, no grid', async () => {
  setMedia('(max-width: 639px)');
  const { user } = setup();
  expect(screen.queryByRole('grid')).toBeNull();
  await user.click(screen.getByRole('button', { name: 'unprotected, S5b stale-read: violated in 3 steps' }));
  expect(within(card()).getByRole('heading', { level: 2 })).toHaveTextContent(/^S5b is violated/);
});

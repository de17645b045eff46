// @vitest-environment jsdom
import '../support/jsdomPage.ts';
import { act, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, test } from 'vitest';
import * as actions from '../../src/store/actions.ts';
import { connectCompare, goToRow } from '../../src/store/compare.ts';
import { compared } from '../../src/store/compareStore.ts';
import { page, setPage } from '../../src/store/store.ts';
import { CompareScreen } from '../../src/views/compare/CompareScreen.tsx';
import { createClient } from '../../src/worker/client.ts';
import { engineWorker } from '../support/engineWorker.ts';
import { setMedia } from '../support/jsdomPage.ts';
import { READ_MR_ID, startPage } from '../support/startPage.ts';

async function setup(scenario = READ_MR_ID, other = 'seed', phone = false) {
  setMedia('(min-width: 900px)');
  connectCompare((tell) => createClient(tell, () => engineWorker()));
  startPage({ scenario });
  const user = userEvent.setup();
  await act(() => actions.openCompare({ other }));
  const view = render(
    <main className="page compare-page">
      <CompareScreen phone={phone} onHelp={() => undefined} />
    </main>,
  );
  await waitFor(() => expect(compared().left.status).not.toBe('running'));
  return { user, view };
}

const table = () => screen.getByRole('table', { name: 'Steps of both runs' });
const rowOf = (name: RegExp) => within(table()).getByRole('row', { name });

describe('the table', () => {
  beforeEach(async () => void (await setup()));

  test('has a row for each step, with what both came to and what broke', () => {
    expect(within(table()).getAllByRole('row')).toHaveLength(6);
    expect(rowOf(/^1 app maps A as m/)).toHaveTextContent('same');
    const first = rowOf(/^2 reg_mr pins A/);
    expect(first).toHaveTextContent('first differencediffers in changes');
    expect(rowOf(/^4 peer reads b/)).toHaveTextContent('breaks S5b');
    expect(within(table()).getAllByText('first difference')).toHaveLength(1);
  });

  test('a row is gone to by its line, and has the clock then', async () => {
    const user = userEvent.setup();
    await user.click(screen.getByRole('button', { name: 'peer rdma_read mr 1' }));
    expect(compared().row).toBe(4);
    expect(rowOf(/^4 peer reads b/)).toHaveAttribute('aria-current', 'step');
    expect(screen.getByRole('region', { name: 'Left run' })).toHaveTextContent('the peer gets b');
    expect(screen.getByRole('region', { name: 'Right run' })).toHaveTextContent('the peer gets X');
    await user.keyboard('{ArrowUp}');
    expect(compared().row).toBe(3);
    expect(screen.getByRole('button', { name: 'app store m 1 X' })).toHaveFocus();
  });

  test('the toolbar says why a button can do nothing', () => {
    expect(screen.getByRole('button', { name: 'Both back one step' })).toHaveAccessibleDescription('this is the beginning'); // prettier-ignore
    expect(screen.getByRole('button', { name: 'Find shortest difference' })).toHaveAccessibleDescription(/leaves no choice/); // prettier-ignore
    act(() => goToRow(5));
    expect(screen.getByRole('button', { name: 'Both forward one step' })).toHaveAccessibleDescription('this is the end');
  }); // prettier-ignore
});

test('both stages are there, and what is selected on one is selected on the other', async () => {
  await setup();
  act(() => goToRow(2));
  const [left, right] = ['Left run', 'Right run'].map((name) => screen.getByRole('region', { name }));
  if (left === undefined || right === undefined) throw new Error('no sides');
  fireEvent.click(within(left).getByRole('listitem', { name: /^block 1, tag b/ }));
  expect(page().selected).toEqual({ type: 'block', block: 1 });
  for (const side of [left, right]) expect(side.querySelector('[data-key="block:1"]')?.getAttribute('class')).toContain('ringed'); // prettier-ignore
});

test('a text with an error: the places of the pictures say which, and nothing can be stepped', async () => {
  await setup();
  act(() => setPage({ text: 'file A ab\napp wrong A\n' }));
  for (const name of ['Left run', 'Right run'])
    expect(screen.getByRole('region', { name })).toHaveTextContent(/The text cannot be run: line 2: .*Put it right in the script/); // prettier-ignore
  expect(screen.queryByRole('table', { name: 'Steps of both runs' })).toBeNull();
  expect(screen.getByRole('button', { name: 'Play' })).toHaveAttribute('aria-disabled', 'true');
});

test('on a phone one picture at a time', async () => {
  const { user } = await setup(READ_MR_ID, 'seed', true);
  act(() => goToRow(4));
  const sheet = screen.getByRole('region', { name: 'Both now' });
  expect(sheet).toHaveTextContent('the peer gets b');
  expect(sheet).toHaveTextContent('the peer gets X');
  await user.click(screen.getByRole('button', { name: 'Picture of the right run' }));
  expect(screen.getByRole('listitem', { name: /^block 5, tag X/ })).toBeInTheDocument();
});

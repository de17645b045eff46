// @vitest-environment jsdom
import '../support/jsdomPage.ts';
import { act, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, test } from 'vitest';
import { NowPanel } from '../../src/views/now/NowPanel.tsx';
import { Spoken } from '../../src/views/now/Spoken.tsx';
import { seek, select } from '../../src/store/actions.ts';
import { toggleAhead } from '../../src/store/ahead.ts';
import { page } from '../../src/store/store.ts';
import { READ_MR_ID, startPage } from '../support/startPage.ts';

function setup(scenario = READ_MR_ID, at = 33) {
  startPage({ scenario, at });
  render(
    <>
      <NowPanel />
      <Spoken />
    </>,
  );
  return { user: userEvent.setup(), panel: within(screen.getByRole('complementary', { name: 'Now' })) };
}

describe('the Now panel', () => {
  test('tells the step: sentence, functions, changes, card, owners, next', () => {
    const { panel } = setup();
    expect(panel.getByText(/^The store broke the share/)).toBeInTheDocument();
    expect(panel.getByText('xfs_reflink_end_cow()')).toBeInTheDocument();
    expect(panel.getByRole('heading', { name: 'Changed by this step' })).toBeInTheDocument();
    expect(panel.getByRole('article', { name: /^S2: / })).toBeInTheDocument();
    const owners = panel.getByRole('table', { name: 'Who owns block 1?' });
    expect(within(owners).getByText(/^takes it for/)).toHaveClass('odd');
    expect(panel.getByText('peer rdma_read mr 1')).toBeInTheDocument();
  });

  test('a claim in the table is lit on the stage under the pointer', async () => {
    const { user, panel } = setup();
    const claim = panel.getByRole('row', { name: /takes it for A\[1\]/ });
    await user.hover(claim);
    expect(page().hovered).toEqual({ type: 'mtt', mr: 0, slot: 1 });
    await user.unhover(claim);
    expect(page().hovered).toBeUndefined();
  });

  test('the history of the page: asked for when it is opened, each row leads to its step', async () => {
    const { user, panel } = setup();
    expect(page().known?.stories).toBeUndefined();
    await user.click(panel.getByText('History of block 1'));
    const story = within(panel.getByText('History of block 1').closest('details') ?? document.body);
    expect(await story.findByText('Still to come')).toBeInTheDocument();
    expect(story.getByRole('button', { name: 'step 3' }).closest('li')).toHaveAttribute('aria-current', 'step');
    await user.click(story.getByRole('button', { name: 'step 4' }));
    expect(page().at).toBe(38);
    expect(story.getByRole('button', { name: 'step 4' }).closest('li')).toHaveAttribute('aria-current', 'step');
    act(() => select({ type: 'block', block: 4 }));
    expect(await panel.findByText('History of block 4')).toBeInTheDocument();
    expect(await story.findByText(/block 4 is allocated/)).toBeInTheDocument();
  });

  test('what changes next, on demand: listed, lit on the stage, and at the end there is nothing', async () => {
    const { user, panel } = setup(READ_MR_ID, 24);
    expect(panel.queryByRole('region', { name: 'Will change' })).toBeNull();
    act(toggleAhead);
    const list = within(panel.getByRole('region', { name: 'Will change' }));
    expect(list.getByRole('heading', { name: 'Will change with the next step' })).toBeInTheDocument();
    await user.hover(list.getByRole('button', { name: 'Block 1' }));
    expect(page().hovered).toEqual({ type: 'block', block: 1 });
    act(() => seek(9999));
    expect(list.getByText('There is no next step: the run ends here.')).toBeInTheDocument();
    act(toggleAhead);
    expect(panel.queryByRole('region', { name: 'Will change' })).toBeNull();
  });

  test('a cause leads to its step', async () => {
    const { user, panel } = setup();
    await user.click(panel.getByRole('button', { name: 'step 2' }));
    expect(page().at).toBe(24);
  });

  test('a micro-step leads to itself', async () => {
    const { user, panel } = setup();
    await user.click(panel.getByText('9 micro-steps'));
    await user.click(panel.getByRole('button', { name: 'copy' }));
    expect(page().at).toBe(29);
  });

  test('what is broken since an earlier step is one line, to be opened', () => {
    const { panel } = setup(READ_MR_ID, 38);
    expect(panel.getByRole('article', { name: /^S5b: / })).toBeInTheDocument();
    expect(panel.getByText(/, since step 3$/)).toBeInTheDocument();
  });

  test('the chain of a sleeper leads to what it names', async () => {
    const { user, panel } = setup('05-truncate-waits-for-itself', 0);
    const slept = page().shown?.outline.waits[0]?.from ?? -1;
    act(() => seek(slept));
    const chain = within(panel.getByRole('region', { name: 'Why it can never go on' }));
    await user.hover(chain.getByRole('button', { name: /^block 0/ }));
    expect(page().hovered).toEqual({ type: 'block', block: 0 });
    await user.unhover(chain.getByRole('button', { name: /^block 0/ }));
    expect(page().hovered).toBeUndefined();
    await user.click(chain.getByRole('button', { name: /^block 0/ }));
    expect(page().selected).toEqual({ type: 'block', block: 0 });
  });

  test('the selection is named and asked about', () => {
    const { panel } = setup();
    act(() => select({ type: 'block', block: 4 }));
    expect(panel.getByText('block 4', { selector: 'b' })).toBeInTheDocument();
    expect(panel.getByRole('table', { name: 'Who owns block 4?' })).toBeInTheDocument();
  });

  test('at the end it sums up', () => {
    const { panel } = setup(READ_MR_ID, 9999);
    const end = within(panel.getByRole('region', { name: 'The end of the run' }));
    expect(end.getByText('Broken in this run: S2, S5b.')).toBeInTheDocument();
    expect(end.getAllByText('met')).toHaveLength(2);
  });

  test('a screen reader hears the sentence and what broke', () => {
    setup();
    const spoken = document.querySelector('[aria-live="polite"]');
    expect(spoken).toHaveTextContent(/^The store broke the share.* Breaks S2: /);
    act(() => seek(24));
    expect(spoken).toHaveTextContent(/^reg_mr pins /);
  });
});

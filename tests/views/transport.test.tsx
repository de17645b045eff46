// @vitest-environment jsdom
import '../support/jsdomPage.ts';
import { act, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, test } from 'vitest';
import { Transport } from '../../src/views/transport/Transport.tsx';
import { goToNextViolation, last, seek, setGrain, stepBack } from '../../src/store/actions.ts';
import { page } from '../../src/store/store.ts';
import { READ_MR_ID, startPage } from '../support/startPage.ts';

function setup(at = 0) {
  startPage({ scenario: READ_MR_ID, at });
  render(<Transport />);
  const button = (name: string) => screen.getByRole('button', { name });
  return { user: userEvent.setup(), button };
}

describe('the transport', () => {
  test('steps there and back', async () => {
    const { user, button } = setup();
    await user.click(button('Forward one step'));
    await user.click(button('Forward one step'));
    expect(screen.getByText('Step 2 of 5')).toBeInTheDocument();
    await user.click(button('Back one step'));
    expect(screen.getByText('Step 1 of 5')).toBeInTheDocument();
    await user.click(button('Go to the end'));
    expect(screen.getByText('X, as expected')).toBeInTheDocument();
    await user.click(button('Go to the beginning'));
    expect(screen.getByText('Start, 5 steps')).toBeInTheDocument();
  });

  test('at the beginning what leads back keeps its place and says why', async () => {
    const { user, button } = setup();
    for (const name of ['Go to the beginning', 'Back one step']) {
      expect(button(name)).toHaveAttribute('aria-disabled', 'true');
      expect(button(name)).toHaveAttribute('title', `${name}: this is the beginning`);
      await user.click(button(name));
    }
    expect(page().at).toBe(0);
    expect(button('Forward one step')).toHaveAttribute('aria-disabled', 'false');
  });

  test('at the end what leads on says why', () => {
    const { button } = setup();
    act(last);
    expect(button('Forward one step')).toHaveAccessibleDescription('this is the end');
    expect(button('Next broken property')).toHaveAccessibleDescription('no property breaks after this step');
  });

  test('by micro-step the buttons say so', () => {
    const { button } = setup(28);
    act(() => setGrain('micro'));
    expect(button('Forward one micro-step')).toBeInTheDocument();
    expect(screen.getByText('micro-step 4 of 9')).toBeInTheDocument();
  });

  test('the next broken property is one press away', async () => {
    const { user, button } = setup();
    await user.click(button('Next broken property'));
    expect(page().at).toBe(33);
    act(goToNextViolation);
    act(() => seek(0));
    expect(button('Next broken property')).toHaveAttribute('aria-disabled', 'false');
  });

  test('play becomes pause', async () => {
    const { user, button } = setup();
    await user.click(button('Play'));
    expect(page().playing).toBe(true);
    await user.click(button('Pause'));
    expect(page().playing).toBe(false);
  });

  test('a step that came out otherwise stands out', () => {
    startPage({ scenario: READ_MR_ID, preset: 'mainline', at: 9999 });
    render(<Transport />);
    act(() => stepBack());
    expect(screen.getByText('void, expected b')).toHaveClass('unexpected');
  });
});

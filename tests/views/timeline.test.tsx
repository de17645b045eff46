// @vitest-environment jsdom
import '../support/jsdomPage.ts';
import { act, fireEvent, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, test } from 'vitest';
import { Timeline } from '../../src/views/timeline/Timeline.tsx';
import { seek, setGrain } from '../../src/store/actions.ts';
import { page } from '../../src/store/store.ts';
import { READ_MR_ID, startPage } from '../support/startPage.ts';

function setup(at = 0) {
  startPage({ scenario: READ_MR_ID, at });
  render(<Timeline />);
  return { slider: screen.getByRole('slider', { name: 'Position in the run' }) };
}

const at = (x: number, y = 100) => ({ clientX: x, clientY: y, button: 0, pointerId: 1 });

describe('the timeline', () => {
  test('says where the run stands', () => {
    const { slider } = setup(33);
    expect(slider).toHaveAttribute('aria-valuenow', '33');
    expect(slider).toHaveAttribute('aria-valuemax', '39');
    expect(slider).toHaveAttribute('aria-valuetext', 'Step 3 of 5: app store m 1 X, ok, as expected');
    act(() => seek(0));
    expect(slider).toHaveAttribute('aria-valuetext', 'Start, 5 steps: app m = mmap A');
  });

  test('a press goes to the end of a step, by micro-step anywhere', () => {
    const { slider } = setup();
    fireEvent.pointerDown(slider, at(660));
    expect(page().at).toBe(33);
    fireEvent.pointerUp(slider, at(660));
    act(() => setGrain('micro'));
    fireEvent.pointerDown(slider, at(500));
    expect(page().at).toBeGreaterThan(24);
    expect(page().at).toBeLessThan(33);
  });

  test('a drag follows, and nothing follows after it', () => {
    const { slider } = setup();
    fireEvent.pointerDown(slider, at(120));
    fireEvent.pointerMove(slider, at(940));
    expect(page().at).toBe(39);
    fireEvent.pointerMove(slider, at(100));
    expect(page().at).toBe(0);
  });

  test('the right button does not seek', () => {
    const { slider } = setup();
    fireEvent.pointerDown(slider, { ...at(660), button: 2 });
    expect(page().at).toBe(0);
  });

  test('a broken property is a button that leads there', async () => {
    setup();
    await userEvent.click(screen.getByRole('button', { name: /^S5b breaks at step 4: / }));
    expect(page().at).toBe(38);
  });
});

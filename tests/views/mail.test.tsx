// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import * as actions from '../../src/store/actions.ts';
import { MailText } from '../../src/views/mail/MailText.tsx';
import { READ_MR_ID, startPage } from '../support/startPage.ts';

const writeText = vi.fn<(text: string) => Promise<void>>();

beforeEach(() => {
  writeText.mockReset().mockResolvedValue();
  Object.defineProperty(navigator, 'clipboard', { value: { writeText }, configurable: true });
  startPage({ scenario: READ_MR_ID, at: 33 });
  render(<MailText />);
});
afterEach(cleanup);

const preview = (): string => screen.getByRole('textbox', { name: 'The text' }).textContent;

test('what is previewed is what is copied, and how long it is', async () => {
  await waitFor(() => expect(preview()).toContain('Step 3 of 5'));
  fireEvent.click(screen.getByRole('button', { name: 'Copy' }));
  await waitFor(() => expect(screen.getByRole('status').textContent).toMatch(/^Copied: \d+ lines$/));
  expect(writeText).toHaveBeenCalledWith(preview());
});

test('box drawing, and without the run', async () => {
  await waitFor(() => expect(preview()).toContain('setup  '));
  fireEvent.click(screen.getByRole('radio', { name: 'Box drawing' }));
  await waitFor(() => expect(preview()).toContain('│'));
  fireEvent.click(screen.getByRole('checkbox', { name: 'With the run up to here' }));
  await waitFor(() => expect(preview()).not.toContain('setup  '));
});

test('follows the step that is shown', async () => {
  await waitFor(() => expect(preview()).toContain('Step 3 of 5'));
  actions.stepForward();
  await waitFor(() => expect(preview()).toContain('Step 4 of 5'));
});

test('a page that may not write to the clipboard marks the text', async () => {
  writeText.mockRejectedValue(new Error('denied'));
  await waitFor(() => expect(preview()).toContain('Step 3 of 5'));
  fireEvent.click(screen.getByRole('button', { name: 'Copy' }));
  await waitFor(() => expect(screen.getByRole('status').textContent).toMatch(/marked/));
  expect(getSelection()?.toString()).toBe(preview());
});

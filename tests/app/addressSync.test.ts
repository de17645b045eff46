// @vitest-environment jsdom
import '../support/jsdomPage.ts';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { followAddress } from '../../src/app/addressSync.ts';
import * as actions from '../../src/store/actions.ts';
import { page } from '../../src/store/store.ts';
import { READ_MR_ID, startPage } from '../support/startPage.ts';

beforeEach(() => {
  vi.useFakeTimers();
  history.replaceState(null, '', `#s=${READ_MR_ID}&at=24`);
  startPage();
});
afterEach(() => {
  vi.useRealTimers();
});

const settle = (): Promise<unknown> => vi.advanceTimersByTimeAsync(1000);

test('the bar follows the page, and the page the bar', async () => {
  followAddress();
  expect(page()).toMatchObject({ scenario: READ_MR_ID, at: 24 });
  actions.stepForward();
  await settle();
  expect(location.hash).toContain('&n=3&');
  history.replaceState(null, '', `#s=${READ_MR_ID}&at=1`);
  window.dispatchEvent(new HashChangeEvent('hashchange'));
  expect(page().at).toBe(1);
});

// The browser is at the other address before it says so.
test('an address that the browser has gone to is not overwritten before it is opened', async () => {
  followAddress();
  actions.stepForward();
  const wanted = `#s=${READ_MR_ID}&at=1`;
  history.replaceState(null, '', wanted);
  await settle();
  expect(location.hash).toBe(wanted);
  window.dispatchEvent(new HashChangeEvent('hashchange'));
  expect(page().at).toBe(1);
});

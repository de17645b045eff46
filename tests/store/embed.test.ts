import { beforeEach, expect, test, vi } from 'vitest';
import { packText } from '../../src/io/linkText.ts';
import { formatLink, parseAddress } from '../../src/store/address.ts';
import { addressNow, embedLinkNow, hashOf, linkNow } from '../../src/store/addressNow.ts';
import { doAsked, stateNow } from '../../src/store/embed.ts';
import { openHash } from '../../src/store/links.ts';
import { page, setPage } from '../../src/store/store.ts';
import { addTrace } from '../../src/store/traces.ts';
import { READ_MR_ID, startPage } from '../support/startPage.ts';

const TEXT = 'title "Mine"\nfile A ab\napp m = mmap A\napp store m 0 X\n';

beforeEach(() => {
  vi.stubGlobal('location', { href: 'https://daxpin.example/#x' });
  startPage({ scenario: READ_MR_ID, at: 33 });
});

test('a parent steps, goes and chooses; it is told where the run stands', async () => {
  setPage({ embedded: true });
  expect(await stateNow()).toMatchObject({ step: 3, of: 5, line: 'app store m 1 X', violated: [{ id: 'S2' }] });
  expect(doAsked({ type: 'step' })).toBeUndefined();
  const state = await stateNow();
  expect(state).toMatchObject({ step: 4, violated: [{ id: 'S5b' }, { id: 'S2' }] });
  expect(parseAddress(new URL(state?.link ?? '').hash)).toMatchObject({ scenario: READ_MR_ID, place: { turn: 4 } });
  doAsked({ type: 'goto', step: 0 });
  expect(await stateNow()).toMatchObject({ step: 0, line: '' });
  doAsked({ type: 'goto', step: 2 });
  doAsked({ type: 'back' });
  expect(await stateNow()).toMatchObject({ step: 1 });
  doAsked({ type: 'option', option: 'wait' });
  expect(await stateNow()).toMatchObject({ option: 'wait', step: 1 });
  expect(doAsked({ type: 'open', link: 'nothing #here' })).toBe('there is no link to a view in it');
});

test('the bar of a frame says that it is one, with its theme; the links that it gives away do not', async () => {
  setPage({ embedded: true, theme: 'dark' });
  expect(parseAddress(await hashOf(addressNow() ?? {}))).toMatchObject({ embed: true, theme: 'dark' });
  expect(await linkNow()).not.toContain('embed');
  setPage({ embedded: false });
  expect(await hashOf(addressNow() ?? {})).not.toContain('embed');
  expect(new URL(await embedLinkNow()).hash).toMatch(/&embed=1&theme=dark/);
});

test('a theme in a link is for a frame alone', () => {
  expect(parseAddress('#s=a&theme=dark')).toEqual({ scenario: 'a' });
  expect(parseAddress('#s=a&embed=1&theme=pink')).toEqual({ scenario: 'a', embed: true });
});

test('a frame shows nothing that the browser keeps, neither lab nor script', async () => {
  const trace = addTrace('Mine', TEXT);
  setPage({ embedded: true });
  openHash(`#s=${trace}`);
  expect(page().text).not.toBe(TEXT);
  openHash('#lab=default');
  expect(page().screen).toBe('player');
  openHash(`#s=${READ_MR_ID}&e=1`);
  expect(page()).toMatchObject({ script: false, scenario: READ_MR_ID });
  openHash(formatLink({ scenario: 'own:abcd', packed: packText(TEXT) }));
  await vi.waitFor(() => expect(page().text).toBe(TEXT));
  expect(page().libraryOpen).toBe(false);
});

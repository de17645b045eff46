import { beforeEach, describe, expect, test, vi } from 'vitest';
import { sealLink } from '../../src/io/link.ts';
import { packText } from '../../src/io/linkText.ts';
import { formatLink } from '../../src/store/address.ts';
import { addressNow, hashOf } from '../../src/store/addressNow.ts';
import * as actions from '../../src/store/actions.ts';
import { openHash, openPasted } from '../../src/store/links.ts';
import { page } from '../../src/store/store.ts';
import { READ_MR_ID, startPage } from '../support/startPage.ts';

const TEXT = 'title "Mine"\nfile A ab\napp m = mmap A\napp store m 0 X\n';
const notice = (): string => page().notice?.text ?? '';

beforeEach(() => {
  startPage({ scenario: READ_MR_ID, at: 33 });
});

const linkHere = (): string => formatLink(addressNow() ?? {});

describe('a link', () => {
  test('opens the same view: scenario, option, kernel, place, selection, grain', () => {
    actions.setOption('seed');
    actions.setKernel('6.12');
    actions.seek(28);
    actions.setGrain('micro');
    actions.select({ type: 'mtt', mr: 0, slot: 1 });
    const link = linkHere();
    const view = ({ scenario, preset, kernel, at, grain, selected }: ReturnType<typeof page>): unknown => ({ scenario, preset, kernel, at, grain, selected }); // prettier-ignore
    const before = view(page());
    actions.openScenario('02-read-pin-breaks-cow');
    startPage();
    openHash(link);
    expect(view(page())).toEqual(before);
    expect(notice()).toBe('');
    expect(linkHere()).toBe(link);
  });

  test('to an object that the run does not have selects nothing', () => {
    openHash(sealLink(`s=${READ_MR_ID}&n=3&sel=mtt:99:99`));
    expect(page().selected).toBeUndefined();
    openHash(sealLink(`s=${READ_MR_ID}&sel=block:999999`));
    expect(page().selected).toBeUndefined();
  });

  test('that was cut shows what is left, and says so', async () => {
    const link = linkHere();
    openHash(link.slice(0, -9));
    await vi.waitFor(() => expect(notice()).toMatch(/^This link is cut: its end is missing. Read from it: the scenario, step 3\./)); // prettier-ignore
    expect(page()).toMatchObject({ scenario: READ_MR_ID });
    openHash('#v=1&s=01-read-mr-go');
    await vi.waitFor(() => expect(notice()).toMatch(/^This link is cut/));
    expect(page().scenario).toBe(READ_MR_ID);
  });

  test('with a character changed says so; of a newer version too', () => {
    openHash(linkHere().replace('n=3', 'n=2'));
    expect(notice()).toMatch(/^A part of this link was changed on its way/);
    openHash('#s=01-read-mr-goes-stale');
    expect(notice()).toBe('');
  });

  test('made from another version of the scenario goes to the last step that fits, and names the first that does not', () => {
    openHash(sealLink(`s=${READ_MR_ID}&n=3&f=HQZRxx`));
    expect(notice()).toMatch(/step 3 \(app store m 1 X\) is the first that does not fit/);
    expect(page().shown?.moment.at).toBe(page().shown?.outline.turns[1]?.to);
  });
});

describe('a link with a text in it', () => {
  test('opens that text, at its place; nothing is kept over', async () => {
    openHash(sealLink(`n=2&t=${packText(TEXT)}`));
    await vi.waitFor(() => expect(page().shown?.program.title).toBe('Mine'));
    expect(page().text).toBe(TEXT);
    expect(page().scenario).toMatch(/^trace:/);
    const { shown } = page();
    expect(shown?.moment.at).toBe(shown?.outline.length);
    // What the bar shows then is that link again, for whoever copies it.
    const hash = await hashOf(addressNow() ?? {});
    startPage();
    openHash(hash);
    await vi.waitFor(() => expect(page().text).toBe(TEXT));
  });

  test('that was cut gives what could be saved, in the editor', async () => {
    const long = `${TEXT}${Array.from({ length: 60 }, (_, i) => `app store m ${i % 2} T${(i * 7919) % 997}\n`).join('')}`;
    const packed = packText(long);
    openHash(`#v=1&n=1&t=${packed.slice(0, packed.length * 0.7)}`);
    await vi.waitFor(() => expect(notice()).toMatch(/^This link is cut: \d+ of the \d+ characters/));
    expect(long.startsWith(page().text)).toBe(true);
    expect(page().text.length).toBeGreaterThan(100);
    expect(page()).toMatchObject({ script: true, tab: 'script' });
  });

  test('that is rubbish is refused with a word', async () => {
    openHash(sealLink('t=40.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'));
    await vi.waitFor(() => expect(notice()).toMatch(/^The text in this link cannot be read/));
    expect(page().scenario).toBe(READ_MR_ID);
  });
});

test('pasted with a mail around it, quoted and broken, it opens; a text without one is nobody’s', () => {
  const link = linkHere();
  actions.openScenario('02-read-pin-breaks-cow');
  const broken = `> > see https://x.example/${link.slice(0, 30)}\n> > ${link.slice(30)}\n> > ok`;
  expect(openPasted(broken)).toBe(true);
  expect(page()).toMatchObject({ scenario: READ_MR_ID, at: 33 });
  expect(openPasted('nothing of ours')).toBe(false);
});

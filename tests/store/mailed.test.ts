// @vitest-environment jsdom
// A block comes back: by its link where that is whole, else by its own words, as the scenario that it was copied from.
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { mailBlock } from '../../src/io/mail/mailBlock.ts';
import * as actions from '../../src/store/actions.ts';
import { formatLink } from '../../src/store/address.ts';
import { addressNow } from '../../src/store/addressNow.ts';
import { openPasted } from '../../src/store/links.ts';
import { page } from '../../src/store/store.ts';
import { base64Message, filled, thrice, wrapped } from '../support/mailer.ts';
import { runText } from '../support/runText.ts';
import { openFiles } from '../../src/store/workshop.ts';
import { READ_MR_ID, startPage } from '../support/startPage.ts';

const notice = (): string => page().notice?.text ?? '';

beforeEach(async () => {
  startPage({ scenario: READ_MR_ID, at: 33 });
  await actions.openOthers();
});

function blockNow(link: string): string {
  const { shown, text } = page();
  if (shown === undefined) throw new Error('nothing is shown');
  const { program, outline, moment } = shown;
  return mailBlock({ program, outline, moment, text, link, build: '0' }, { box: false, trace: true });
}

const whole = (): string => `https://x.example/${formatLink(addressNow() ?? {})}`;

const elsewhere = (): void => actions.openScenario('02-read-pin-breaks-cow');

test('by its link', () => {
  actions.setOption('revoke');
  const { at } = page();
  const block = blockNow(whole());
  elsewhere();
  expect(openPasted(thrice(wrapped(60)(block)))).toBe(true);
  expect(page()).toMatchObject({ scenario: READ_MR_ID, at, preset: 'revoke' });
  expect(notice()).toBe('');
});

describe('by its words', () => {
  test.each([
    ['without a link', ''],
    ['with a damaged link', 'https://x.example/#v=1&s=01-read-mr-goes-sXXle&n=3&z=abcdef'],
    ['with a link that is cut', 'https://x.example/#v=1&s=01-re'],
  ])('%s', async (_, link) => {
    actions.setOption('revoke');
    actions.setKernel('6.1');
    const { at } = page();
    const block = blockNow(link);
    elsewhere();
    expect(openPasted(thrice(filled(64)(block)))).toBe(true);
    await vi.waitFor(() => expect(page()).toMatchObject({ scenario: READ_MR_ID, at, preset: 'revoke', kernel: '6.1' }));
    expect(notice()).toMatch(/this is the scenario that it tells of/);
  });

  test('in base64', async () => {
    const block = blockNow(whole());
    elsewhere();
    expect(openPasted(base64Message(block))).toBe(true);
    await vi.waitFor(() => expect(page()).toMatchObject({ scenario: READ_MR_ID, at: 33 }));
    expect(notice()).toBe('');
  });

  test('a scenario that this page has not is a text of this visit', async () => {
    const text =
      'title "Mine"\noption wait pin.readonly=unshare\nfile A ab\nfile B = reflink A\napp m = mmap A\napp mr = reg_mr m remote_read\n';
    const { program, outline, momentAt } = runText(text);
    const block = mailBlock({ program, outline, moment: momentAt(2), text, build: '0' }, { box: true, trace: true });
    expect(openPasted(block)).toBe(true);
    await vi.waitFor(() => expect(page().scenario).toMatch(/^trace:/));
    expect(page()).toMatchObject({ at: 2 });
    expect(page().shown?.program.option.changed).toEqual({ 'pin.readonly': 'unshare' });
    expect(page().shown?.program.title).toBe('Mine');
    expect(notice()).toMatch(/made again from what the mail says/);
  });

  test('too little of it is told, and nothing else opens', async () => {
    expect(openPasted('daxpin: x\noption wait\nkernel 7.0')).toBe(true);
    await vi.waitFor(() => expect(notice()).toMatch(/neither a link in this mail/));
    expect(page().scenario).toBe(READ_MR_ID);
  });
});

describe('dropped as a file', () => {
  test.each([
    ['reply.txt', (text: string): string => thrice(wrapped(66)(text))],
    ['message.eml', base64Message],
  ])('%s opens the state in it', async (name, mail) => {
    const file = new File([mail(blockNow(whole()))], name);
    elsewhere();
    await openFiles([file]);
    await vi.waitFor(() => expect(page()).toMatchObject({ scenario: READ_MR_ID, at: 33 }));
    expect(page().own).toEqual([]);
  });

  test('a .txt that is a scenario is one', async () => {
    await openFiles([new File(['file A ab\napp pread A 0\n'], 'mine.txt')]);
    expect(page().scenario).toMatch(/^own:/);
  });
});

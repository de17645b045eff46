// @vitest-environment jsdom
import '../support/jsdomPage.ts';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { commandsOf } from '../../src/app/commands.ts';
import { bindShortcuts } from '../../src/app/shortcuts.ts';
import { isOn, type Command } from '../../src/views/commands/command.ts';
import { page, type Screen } from '../../src/store/store.ts';
import { READ_MR_ID, startPage } from '../support/startPage.ts';

const onHelp = vi.fn();
const commands = commandsOf({ onHelp });
let unbind = (): void => undefined;

beforeEach(() => {
  startPage({ scenario: READ_MR_ID, at: 24 });
  unbind = bindShortcuts(commands);
});
afterEach(() => {
  unbind();
  document.body.innerHTML = '';
  vi.clearAllMocks();
});

function press(key: string, init: KeyboardEventInit = {}, target: Element = document.body): KeyboardEvent {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...init });
  target.dispatchEvent(event);
  return event;
}

function within(html: string): Element {
  document.body.innerHTML = html;
  return document.querySelector('#here') ?? document.body;
}

describe('keys', () => {
  test.each([
    ['ArrowRight', {}, 33],
    ['ArrowLeft', {}, 1],
    ['ArrowRight', { shiftKey: true }, 25],
    ['ArrowLeft', { shiftKey: true }, 23],
    ['PageDown', {}, 33],
    ['PageUp', {}, 1],
    ['.', {}, 33],
    ['Home', {}, 0],
    ['End', {}, 39],
    ['n', {}, 33],
  ] as const)('%s %o goes to %i', (key, init, at) => {
    expect(press(key, init).defaultPrevented).toBe(true);
    expect(page().at).toBe(at);
  });

  test('help, theme, grain, play, clear', () => {
    press('?', { shiftKey: true });
    press('t');
    press('g');
    press(' ');
    expect(onHelp).toHaveBeenCalledOnce();
    expect(page().theme).toBeDefined();
    expect(page()).toMatchObject({ grain: 'micro', playing: true });
    press(' ');
    expect(page().playing).toBe(false);
  });

  test.each([{ ctrlKey: true }, { altKey: true }, { metaKey: true }, { isComposing: true }])(
    '%o leaves all to the browser',
    (init) => {
      for (const key of ['ArrowRight', 'PageDown', '.', 'n', 'g', 't', ' ', 'Home']) {
        expect(press(key, init).defaultPrevented).toBe(false);
      }
      expect(page()).toMatchObject({ at: 24, grain: 'step', playing: false });
    },
  );

  test.each([
    '<input id="here">',
    '<textarea id="here"></textarea>',
    '<div role="menu"><div id="here"></div></div>',
    '<div role="dialog"><p id="here"></p></div>',
  ])('typing and menus keep their keys: %s', (html) => {
    const here = within(html);
    for (const key of ['ArrowRight', 'PageDown', '.', 'n', ' ', 'End'])
      expect(press(key, {}, here).defaultPrevented).toBe(false);
    expect(page().at).toBe(24);
  });

  test('on the stage the arrows walk, dot and PageDown step', () => {
    const here = within('<div class="at-stage"><i id="here"></i></div>');
    press('ArrowRight', {}, here);
    press('ArrowLeft', { shiftKey: true }, here);
    expect(page().at).toBe(24);
    press('.', {}, here);
    press('PageDown', {}, here);
    expect(page().at).toBe(38);
  });

  test('Space on a button presses the button', () => {
    const here = within('<button><i id="here"></i></button>');
    expect(press(' ', {}, here).defaultPrevented).toBe(false);
    expect(page().playing).toBe(false);
    press('ArrowRight', {}, here);
    expect(page().at).toBe(33);
  });

  test('what somebody nearer has handled is not handled again', () => {
    const here = within('<div id="here"></div>');
    here.addEventListener('keydown', (event) => event.preventDefault());
    press('End', {}, here);
    expect(page().at).toBe(24);
  });

  test('other keys are nobody’s', () => {
    for (const key of ['z', 'Z', 'F5', 'Tab', 'Enter']) expect(press(key).defaultPrevented).toBe(false);
  });

  test('no key means two things on one screen, no command is told twice', () => {
    const screens: readonly Screen[] = ['player', 'lab'];
    for (const screen of screens) {
      const keys = commands.filter((one) => isOn(one, screen)).flatMap(({ keys }) => keys);
      expect(keys).toEqual([...new Set(keys)]);
    }
    const of = (field: keyof Pick<Command, 'id' | 'name'>): string[] => commands.map((one) => one[field]);
    expect(of('id')).toEqual([...new Set(of('id'))]);
    expect(of('name')).toEqual([...new Set(of('name'))]);
  });
});

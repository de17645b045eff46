// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { StageRef } from '../../src/viewmodel/scene.ts';
import { PhoneStage } from '../../src/views/phone/PhoneStage.tsx';
import { Stage } from '../../src/views/stage/Stage.tsx';
import { stageFixture } from '../support/stageFixtures.ts';

class StillObserver {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
}

beforeEach(() => {
  vi.stubGlobal('ResizeObserver', StillObserver);
  vi.stubGlobal('matchMedia', () => ({
    matches: true,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  }));
  vi.spyOn(Element.prototype, 'getBoundingClientRect').mockReturnValue(new DOMRect(0, 0, 952, 532));
});

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

type Told = { focus: StageRef | undefined; selected: StageRef | undefined };

/** Keeps focus and selection as the page would; tells what they are. */
function show(name: string, View: typeof Stage = Stage): Told {
  const told: Told = { focus: undefined, selected: undefined };
  const fixture = stageFixture(name);
  function Page() {
    const [focus, setFocus] = useState<StageRef>();
    const [selected, setSelected] = useState<StageRef>();
    told.focus = focus;
    told.selected = selected;
    return <View {...fixture} focus={focus} selected={selected} onFocus={setFocus} onSelect={setSelected} />;
  }
  render(<Page />);
  return told;
}

const page = (text: RegExp): HTMLElement => screen.getByRole('listitem', { name: text });
const press = (key: string): boolean => fireEvent.keyDown(document.activeElement ?? document.body, { key });
const focusedName = (): string | null | undefined => document.activeElement?.getAttribute('aria-label');

describe('what a screen reader finds', () => {
  test('a group with the verdict, in it the list of pages by name', () => {
    show('main');
    const stage = screen.getByRole('group', { name: /^Stage: 16 blocks, 16 claims, violated: S2$/ });
    const pages = within(within(stage).getByRole('list', { name: 'Pages' })).getAllByRole('listitem');
    expect(pages).toHaveLength(16);
    expect(pages[1]?.getAttribute('aria-label')).toBe('block 1, tag b, owned by B[1], 1 pin, mr[1] disagrees (S2)');
    expect(pages[4]?.getAttribute('aria-label')).toBe('block 4, tag X, owned by A[1], mapped by m[1], new');
    expect(pages[9]?.getAttribute('aria-label')).toBe('block 9, free');
  });

  test('slots, frames and octagons by name', () => {
    show('main');
    expect(screen.getByRole('img', { name: 'mr[1]: block 1, pinned, breaks S2' })).toBeTruthy();
    expect(screen.getByRole('img', { name: 'm[1]: block 4, writable, changed by this step' })).toBeTruthy();
    expect(screen.getByRole('img', { name: /^file A, aXcd, size 4/ })).toBeTruthy();
    expect(screen.getByRole('img', { name: /^S2 violated: / })).toBeTruthy();
    expect(screen.getByRole('img', { name: /^S5b is violated by the next step: / })).toBeTruthy();
  });

  test('who holds a lock and who queues for it', () => {
    show('crowded');
    expect(screen.getByRole('img', { name: /^file A, .*i_rwsem: admin · log queues behind it$/ })).toBeTruthy();
    expect(page(/^block 2, .*admin waits for it/)).toBeTruthy();
  });
});

describe('the keyboard', () => {
  test('one stop for the tab key; arrows walk the pages and stop at the last', () => {
    show('main');
    const stops = screen.getByRole('group').querySelectorAll('[tabindex="0"]');
    expect(stops).toHaveLength(1);
    page(/^block 0/).focus();
    press('ArrowRight');
    expect(focusedName()).toMatch(/^block 1,/);
    press('End');
    expect(focusedName()).toMatch(/^block 4,/);
    press('ArrowRight');
    expect(focusedName()).toMatch(/^block 4,/);
    press('Home');
    expect(focusedName()).toMatch(/^block 0,/);
    expect(screen.getByRole('group').querySelectorAll('[tabindex="0"]')).toHaveLength(1);
  });

  test('up and down walk the claims of a page, nearest first', () => {
    show('main');
    page(/^block 0/).focus();
    press('ArrowUp');
    expect(focusedName()).toMatch(/^B\[0\]/);
    press('ArrowUp');
    expect(focusedName()).toMatch(/^A\[0\]/);
    press('ArrowUp');
    expect(focusedName()).toMatch(/^A\[0\]/);
    press('ArrowDown');
    press('ArrowDown');
    expect(focusedName()).toMatch(/^block 0/);
    press('ArrowDown');
    expect(focusedName()).toMatch(/^m\[0\]/);
    press('ArrowDown');
    expect(focusedName()).toMatch(/^mr\[0\]/);
    press('ArrowRight');
    expect(focusedName()).toMatch(/^block 1,/);
  });

  test('Enter pins what has the focus, Escape lets go', () => {
    const told = show('main');
    page(/^block 1,/).focus();
    press('ArrowDown');
    press('Enter');
    expect(told.selected).toEqual({ type: 'mtt', mr: 0, slot: 1 });
    press('Escape');
    expect(told.selected).toBeUndefined();
  });

  test('keys of the walk are taken, others are left to the page', () => {
    show('main');
    page(/^block 0/).focus();
    // fireEvent gives false for an event whose default was prevented.
    expect(press('ArrowLeft')).toBe(false);
    expect(press('PageDown')).toBe(true);
    expect(press('n')).toBe(true);
  });
});

describe('the pointer', () => {
  test('hovering lights up what is linked and fades the rest', () => {
    const told = show('main');
    const slot = screen.getByRole('img', { name: /^mr\[1\]/ });
    fireEvent.pointerOver(slot);
    expect(told.focus).toEqual({ type: 'mtt', mr: 0, slot: 1 });
    expect(page(/^block 1,/).getAttribute('class')).not.toContain('faded');
    expect(page(/^block 2,/).getAttribute('class')).toContain('faded');
    fireEvent.pointerLeave(screen.getByRole('group'));
    expect(told.focus).toBeUndefined();
    expect(page(/^block 2,/).getAttribute('class')).not.toContain('faded');
  });

  test('a click selects, a click beside everything lets go', () => {
    const told = show('main');
    fireEvent.click(page(/^block 3,/));
    expect(told.selected).toEqual({ type: 'block', block: 3 });
    fireEvent.click(screen.getByRole('group'));
    expect(told.selected).toBeUndefined();
  });
});

describe('shapes that mean something', () => {
  const classOf = (key: string): string =>
    document.querySelector(`.sg-link[data-key="${key}"]`)?.getAttribute('class') ?? '';

  test('the only zigzag is the violated link', () => {
    show('main');
    expect(document.querySelectorAll('.zigzag')).toHaveLength(1);
    expect(classOf('mtt:0:1')).toContain('violated');
  });

  test('hole, unwritten, no PTE and the zero page look different', () => {
    show('holes');
    const slot = (name: RegExp) => screen.getByRole('img', { name }).getAttribute('class');
    expect(slot(/^A\[1\]: a hole/)).toContain('hole');
    expect(slot(/^A\[2\]: block 1, unwritten/)).toContain('unwritten');
    expect(slot(/^m\[0\]: no PTE/)).toContain('absent');
    expect(screen.getByRole('img', { name: /^m\[1\]: the zero page/ }).querySelector('.sg-ground')).not.toBeNull();
  });

  test('an invalid slot of an on-demand MR has a slash, a valid one a dotted link', () => {
    show('odp');
    expect(screen.getByRole('img', { name: /^mr\[1\]: invalid/ }).querySelector('.slash')).not.toBeNull();
    expect(classOf('mtt:0:0')).toContain('odp');
  });

  test('data in flight has chevrons', () => {
    show('dio');
    expect(document.querySelectorAll('.chevrons')).toHaveLength(2);
  });
});

describe('the list on a phone', () => {
  test('one row a page with its owners, mappings and pins; free blocks in one', () => {
    show('main', PhoneStage);
    const row = page(/^block 1, tag b, owned by B\[1\], 1 pin, mr\[1\] disagrees \(S2\)$/);
    expect(within(row).getByText('B[1]')).toBeTruthy();
    expect(within(row).getByText('no mapping')).toBeTruthy();
    expect(
      within(row).getByRole('img', { name: 'mr[1]: block 1, pinned, breaks S2, the next step breaks S5b' }),
    ).toBeTruthy();
    expect(screen.getByText('11 free blocks, 5 to 15')).toBeTruthy();
  });

  test('a touch selects', () => {
    const told = show('main', PhoneStage);
    fireEvent.click(within(page(/^block 4/)).getByRole('img', { name: /^A\[1\]/ }));
    expect(told.selected).toEqual({ type: 'extent', inode: 0, index: 1 });
  });

  test('locks are told above the list', () => {
    show('crowded', PhoneStage);
    expect(screen.getByText(/i_rwsem: admin · log queues behind it/)).toBeTruthy();
  });

  test('with the page cache, pages of DRAM come before blocks', () => {
    show('cache', PhoneStage);
    expect(screen.getAllByRole('region').map((region) => region.getAttribute('aria-label'))).toEqual([
      'DRAM, the page cache',
      'Blocks',
    ]);
  });
});

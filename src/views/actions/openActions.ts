/** Where the list of what can be done comes up: at the pointer, or at the object that is chosen. */
import type { MouseEvent } from 'react';
import { refOfKey } from '../../sim/query/claimKey.ts';
import { openMenu } from '../../store/actions.ts';
import { page } from '../../store/store.ts';

const STAGE = '.at-stage';

/** Of the drawing that was asked: by a right click, a long press, Shift+F10 or the menu key. */
export function openAtEvent(event: MouseEvent): void {
  const target = event.target instanceof Element ? event.target.closest('[data-key]') : null;
  const ref = refOfKey(target?.getAttribute('data-key') ?? '');
  event.preventDefault();
  // Asked by a key, the event stands where the focus is, or nowhere.
  const byKey = event.button !== 2 || (event.clientX === 0 && event.clientY === 0);
  if (byKey && target !== null) openAt(target, ref);
  else openMenu({ ref, x: event.clientX, y: event.clientY });
}

function openAt(element: Element, ref: ReturnType<typeof refOfKey>): void {
  const { left, bottom } = element.getBoundingClientRect();
  openMenu({ ref, x: left, y: bottom });
}

/** Of what is chosen, else of everything; `beside` is what asked. */
export function openActions(beside?: Element): void {
  const { selected } = page();
  const button = beside ?? document.querySelector('[data-actions]');
  if (button !== null) openAt(button, selected);
  else openMenu({ ref: selected, x: window.innerWidth / 2, y: document.querySelector(STAGE)?.getBoundingClientRect().top ?? 0 }); // prettier-ignore
}

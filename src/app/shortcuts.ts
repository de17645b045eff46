/**
 * The keys of the page. A key that somebody nearer took (the stage walks its pages with the arrows, an open menu moves in
 * its list) is left alone, and so is everything with Ctrl, Alt or Meta: those are the browser's.
 */
import { page } from '../store/store.ts';
import { isArrow, isOn, keyOf, type Command } from '../views/commands/command.ts';

const TYPING = 'input, textarea, select, [contenteditable="true"], [role="menu"], [role="dialog"]';
/** Space means something to these already. */
const PRESSABLE = 'button, a[href], summary, [role="tab"]';

function isTaken({ target, key }: KeyboardEvent): boolean {
  if (!(target instanceof Element)) return false;
  if (target.closest(TYPING) !== null) return true;
  if (isArrow(key) && target.closest('.at-stage') !== null) return true;
  return key === ' ' && target.closest(PRESSABLE) !== null;
}

/** Returns what unbinds them. A key may mean one thing on one screen and another on the next. */
export function bindShortcuts(commands: readonly Command[]): () => void {
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    const key = keyOf(event);
    const command = commands.find((one) => one.keys.includes(key) && isOn(one, page().screen));
    if (command === undefined || isTaken(event)) return;
    event.preventDefault();
    if (command.blocked?.() === undefined) command.run();
  };
  window.addEventListener('keydown', onKeyDown);
  return () => window.removeEventListener('keydown', onKeyDown);
}

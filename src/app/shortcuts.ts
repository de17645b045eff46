/**
 * The keys of the page. A key that somebody nearer took (the stage walks its pages with the arrows, an open menu moves in
 * its list) is left alone, and so is everything with Ctrl, Alt or Meta but one chord: those are the browser's.
 */
import { page } from '../store/store.ts';
import { isArrow, isOn, isPaletteChord, keyOf, PALETTE_CHORD, type Command } from '../views/commands/command.ts';

const TYPING = 'input, textarea, select, [contenteditable="true"], [role="menu"], [role="dialog"]';
/** Space means something to these already. */
const PRESSABLE = 'button, a[href], summary, [role="tab"]';

function isTaken({ target, key }: KeyboardEvent): boolean {
  if (!(target instanceof Element)) return false;
  if (target.closest(TYPING) !== null) return true;
  // Tables have nothing to walk: there the arrows step.
  if (isArrow(key) && target.closest('.at-stage') !== null && target.closest('.tables') === null) return true;
  return key === ' ' && target.closest(PRESSABLE) !== null;
}

/** From a field too: nobody types a chord. Not over another dialog. */
function onChord(event: KeyboardEvent, commands: readonly Command[]): void {
  const command = commands.find(({ keys }) => keys.includes(PALETTE_CHORD));
  if (command === undefined) return;
  event.preventDefault();
  if (!(event.target instanceof Element) || event.target.closest('[role="dialog"]') === null) command.run();
}

/** Returns what unbinds them. A key may mean one thing on one screen and another on the next. */
export function bindShortcuts(commands: readonly Command[]): () => void {
  const onKeyDown = (event: KeyboardEvent): void => {
    if (isPaletteChord(event) && !event.defaultPrevented) return onChord(event, commands);
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

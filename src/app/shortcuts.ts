/**
 * The keys of the page. A key that somebody nearer took (the stage walks its pages with the arrows, an open menu moves in
 * its list) is left alone, and so is everything with Ctrl, Alt or Meta: those are the browser's.
 */
import * as actions from '../store/actions.ts';
import { togglePlay } from '../store/playback.ts';
import { page } from '../store/store.ts';

export type PageKeys = { readonly onHelp: () => void; readonly onTheme: () => void; readonly onActions: () => void };

const TYPING = 'input, textarea, select, [contenteditable="true"], [role="menu"], [role="dialog"]';
/** Space means something to these already. */
const PRESSABLE = 'button, a[href], summary, [role="tab"]';
const ARROWS: ReadonlySet<string> = new Set(['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown']);

/** On every screen. */
function everywhere({ onHelp, onTheme }: PageKeys): readonly (readonly [string, () => void])[] {
  return [
    ['l', toggleLab],
    ['t', onTheme],
    ['?', onHelp],
  ];
}

function toggleLab(): void {
  if (page().screen === 'lab') actions.openPlayer();
  else void actions.openLab();
}

function bindings({ onActions }: PageKeys): readonly (readonly [string, () => void])[] {
  return [
    ['ArrowRight', () => actions.stepForward()],
    ['ArrowLeft', () => actions.stepBack()],
    ['Shift+ArrowRight', () => actions.stepForward('micro')],
    ['Shift+ArrowLeft', () => actions.stepBack('micro')],
    ['PageDown', () => actions.stepForward()],
    ['PageUp', () => actions.stepBack()],
    ['.', () => actions.stepForward()],
    ['Home', actions.first],
    ['End', actions.last],
    [' ', togglePlay],
    ['n', actions.goToNextViolation],
    ['g', actions.toggleGrain],
    ['e', actions.toggleScript],
    ['a', onActions],
    ['Escape', () => actions.select(undefined)],
  ];
}

function isTaken(event: KeyboardEvent): boolean {
  const { target, key } = event;
  if (!(target instanceof Element)) return false;
  if (target.closest(TYPING) !== null) return true;
  if (ARROWS.has(key) && target.closest('.at-stage') !== null) return true;
  return key === ' ' && target.closest(PRESSABLE) !== null;
}

/** Returns what unbinds them. */
export function bindShortcuts(keys: PageKeys): () => void {
  const shared = new Map(everywhere(keys));
  const player = new Map(bindings(keys));
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    const shifted = event.shiftKey && ARROWS.has(event.key);
    const name = shifted ? `Shift+${event.key}` : event.key;
    // The lab's own keys are its grid's; the player behind it rests.
    const action = shared.get(name) ?? (page().screen === 'player' ? player.get(name) : undefined);
    if (action === undefined || isTaken(event)) return;
    event.preventDefault();
    action();
  };
  window.addEventListener('keydown', onKeyDown);
  return () => window.removeEventListener('keydown', onKeyDown);
}

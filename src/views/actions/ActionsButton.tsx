import { usePage } from '../../store/usePage.ts';
import { openActions } from './openActions.ts';

/** What the keys and the right mouse button do, to be seen: the list for what is chosen, else for everything. */
export function ActionsButton() {
  const ready = usePage((page) => page.shown !== undefined);
  return (
    <button
      type="button"
      className="act"
      data-actions=""
      aria-haspopup="menu"
      aria-keyshortcuts="a"
      aria-disabled={!ready}
      title="Do this now: what can be done with what is selected, else with any file (a)"
      onClick={ready ? (event) => openActions(event.currentTarget) : undefined}
    >
      Actions
    </button>
  );
}

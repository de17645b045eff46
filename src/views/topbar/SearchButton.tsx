import { openDialog } from '../../store/actions.ts';

/** The palette, to be seen: everything that can be done, and everything that is there. */
export function SearchButton() {
  return (
    <button
      type="button"
      className="search-button"
      onClick={() => openDialog('palette')}
      aria-haspopup="dialog"
      aria-keyshortcuts="Control+K Meta+K /"
      aria-label="Search"
      title="Commands and search: objects, steps, properties, scenarios (/ or Ctrl K)"
    >
      Search <kbd aria-hidden="true">/</kbd>
    </button>
  );
}

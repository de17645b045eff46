import { openCompare } from '../../store/actions.ts';

/** To the other screen: the open text under two options at once. */
export function CompareButton() {
  return (
    <button
      type="button"
      className="compare-button"
      onClick={() => void openCompare()}
      aria-keyshortcuts="c"
      title="Compare: this scenario under another option, side by side (c)"
    >
      Compare
    </button>
  );
}

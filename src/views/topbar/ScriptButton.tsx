import { toggleScript } from '../../store/actions.ts';
import { usePage } from '../../store/usePage.ts';

/** The text of the scenario, beside the picture or in the place of the Now panel. */
export function ScriptButton() {
  const pressed = usePage(({ script, tab }) => script && tab === 'script');
  return (
    <button
      type="button"
      className="script-button"
      onClick={toggleScript}
      aria-pressed={pressed}
      aria-keyshortcuts="e"
      title="The text of this scenario (e)"
    >
      Script
    </button>
  );
}

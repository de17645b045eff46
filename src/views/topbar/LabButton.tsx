import { openLab } from '../../store/actions.ts';

/** To the other screen: all options against all properties. */
export function LabButton() {
  return (
    <button
      type="button"
      className="lab-button"
      onClick={() => void openLab()}
      aria-keyshortcuts="l"
      title="The lab: every option against every property (l)"
    >
      Lab
    </button>
  );
}

import { openDialog } from '../../store/actions.ts';

export function ShareButton() {
  return (
    <button
      type="button"
      className="share-button"
      onClick={() => openDialog('share')}
      aria-haspopup="dialog"
      aria-keyshortcuts="s"
      title="Link, Markdown, and back (s)"
    >
      Share
    </button>
  );
}

import { dismissNotice, fetchOthers, retryWorker } from '../../store/actions.ts';
import type { Notice as NoticeData } from '../../store/store.ts';
import { usePage } from '../../store/usePage.ts';
import { CloseIcon } from '../shared/icons.tsx';
import './notice.css';

type Action = NonNullable<NoticeData['action']>;

/** What only some notices need comes when they do. */
const ACTIONS: { readonly [A in Action]: { readonly name: string; readonly does: () => void } } = {
  retry: { name: 'Try again', does: retryWorker },
  undo: { name: 'Undo', does: () => void import('../../store/workshop.ts').then(({ undoDelete }) => undoDelete()) },
  fetch: { name: 'Try again', does: fetchOthers },
  reload: { name: 'Reload the page', does: () => location.reload() },
  save: {
    name: 'Save to a file',
    does: () => void import('../library/saveFile.ts').then(({ saveFile }) => saveFile()),
  },
};

/** What went wrong, or what the page did by itself: one line under the top bar, until it is put away. */
export function Notice() {
  const notice = usePage((page) => page.notice);
  // The region stands before its text does, or it would not be spoken.
  return (
    <div className="at-notice" role="status">
      {notice !== undefined && (
        <div className={`notice ${notice.tone}`}>
          <div className="words">
            <p>{notice.text}</p>
            {notice.detail !== undefined && <pre>{notice.detail}</pre>}
          </div>
          {notice.action !== undefined && (
            <button type="button" className="boxed" onClick={ACTIONS[notice.action].does}>
              {ACTIONS[notice.action].name}
            </button>
          )}
          <button type="button" className="boxed" onClick={dismissNotice} aria-label="Put this message away">
            <CloseIcon />
          </button>
        </div>
      )}
    </div>
  );
}

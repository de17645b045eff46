import { dismissNotice, retryWorker } from '../../store/actions.ts';
import { usePage } from '../../store/usePage.ts';
import { CloseIcon } from '../shared/icons.tsx';
import './notice.css';

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
          {notice.action === 'retry' && (
            <button type="button" className="boxed" onClick={retryWorker}>
              Try again
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

import { hasErrors } from '../../store/store.ts';
import { usePage } from '../../store/usePage.ts';

/** Before there is a picture. */
export function Opening() {
  const broken = usePage((page) => hasErrors(page.problems));
  return (
    <p className="opening">{broken ? 'The text has an error: nothing could run yet.' : 'Working out the run …'}</p>
  );
}

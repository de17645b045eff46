import { editText } from '../../store/workshop.ts';

const FIRST = 'file A abcd';

/** What to type first, where nothing is written yet. */
export function EmptyScript() {
  return (
    <p className="empty-script">
      Nothing is written yet. Begin with a file: <code>{FIRST}</code>
      <button type="button" className="boxed" onClick={() => editText(`${FIRST}\n`)}>
        Write it
      </button>
    </p>
  );
}

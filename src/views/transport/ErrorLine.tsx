import { errorScene } from '../../viewmodel/errorScene.ts';
import { usePage } from '../../store/usePage.ts';

/** The line that could not be read, the place in it, and what was expected there. */
export function ErrorLine() {
  const text = usePage((page) => page.text);
  const problems = usePage((page) => page.problems);
  const error = errorScene(text, problems);
  if (error === undefined) return null;
  const { place, before, word, after, carets, message, expected, suggestion, more } = error;
  const why = `${message}${expected === undefined ? '' : `; expected ${expected}`}`;
  return (
    <p className="error-line">
      <b>{place}</b>
      <code>
        <span>
          {before}
          <mark>{word}</mark>
          {after}
        </span>
        <span aria-hidden="true">
          {' '.repeat(before.length)}
          <i>{carets}</i>
        </span>
      </code>
      <span className="why" title={why}>
        {why}
        {suggestion !== undefined && <b> Did you mean ‘{suggestion}’?</b>}
        {more > 0 && ` (${more} more)`}
      </span>
    </p>
  );
}

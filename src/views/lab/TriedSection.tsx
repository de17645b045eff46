import type { TriedScene } from '../../viewmodel/labTried.ts';
import type { RowId } from '../../viewmodel/labState.ts';
import { playWitness } from '../../store/lab.ts';

/** What every operation came to, each with a run to watch; and what never happened. */
export function TriedSection({
  tried: { happened, never, partial },
  row,
}: {
  readonly tried: TriedScene;
  readonly row: RowId;
}) {
  if (happened.length + never.length === 0) return null;
  return (
    <section>
      <h3>What was reached</h3>
      <ul className="tried">
        {happened.map(({ line, text, results }) => (
          <li key={`${line} ${text}`}>
            <code>{text}</code>
            <span className="results">
              {results.map((result) => (
                <button
                  key={result}
                  type="button"
                  className="jump"
                  onClick={() => playWitness(row, { line, text, result })}
                  aria-label={`Play a run in which ${text} gives ${result}`}
                >
                  {result}
                </button>
              ))}
            </span>
          </li>
        ))}
      </ul>
      {never.length > 0 && (
        <>
          <h3>What never happened</h3>
          <ul className="tried never">
            {never.map((text) => (
              <li key={text}>
                <code>{text}</code>
              </li>
            ))}
          </ul>
        </>
      )}
      {partial && <p className="quiet">As far as was searched: more may be possible.</p>}
    </section>
  );
}

import { useState } from 'react';
import type { DifferenceScene } from '../../viewmodel/labDifference.ts';
import type { RowId } from '../../viewmodel/labState.ts';
import { findDifference, playDifference, stopQuestions } from '../../store/lab.ts';
import { compareDifference } from '../../store/labCompare.ts';

type Props = { readonly difference: DifferenceScene; readonly row: RowId };

/** The shortest run on which two options part, and what each does there. */
export function DifferenceSection({ difference: { others, other, running, word, found }, row }: Props) {
  const [chosen, setChosen] = useState(other);
  return (
    <section>
      <h3>Shortest difference</h3>
      <p className="buttons compare">
        <select aria-label="From which option" value={chosen} onChange={({ target }) => setChosen(target.value)}>
          {others.map(({ id, name }) => (
            <option key={id} value={id}>
              from {name}
            </option>
          ))}
        </select>
        {running ? (
          <button type="button" className="boxed small" onClick={stopQuestions}>
            Stop
          </button>
        ) : (
          <button
            type="button"
            className="boxed small"
            onClick={() => findDifference(row, chosen)}
            title="Both options side by side, through every pair of states, up to the first run that tells them apart"
          >
            Find
          </button>
        )}
      </p>
      {word !== '' && (
        <p className="quiet" role="status">
          {word}
        </p>
      )}
      {found !== undefined && <Found found={found} />}
    </section>
  );
}

function Found({ found: { trace, sides } }: { readonly found: NonNullable<DifferenceScene['found']> }) {
  return (
    <>
      <ol className="trace">
        {trace.map((move, i) => (
          <li key={i}>
            <code>{move}</code>
          </li>
        ))}
      </ol>
      <ul className="away">
        {sides.map(({ which, name, told }) => (
          <li key={which}>
            <button
              type="button"
              className="jump"
              onClick={() => playDifference(which)}
              title="Play it under this option"
            >
              {name}
            </button>
            <span>
              <code>{told}</code>
            </span>
          </li>
        ))}
      </ul>
      <p className="buttons">
        <button
          type="button"
          className="boxed small"
          onClick={compareDifference}
          title="This run under both options, side by side"
        >
          Compare side by side
        </button>
      </p>
    </>
  );
}

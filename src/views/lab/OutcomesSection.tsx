import type { ClaimScene, OutcomesScene } from '../../viewmodel/labOutcomes.ts';
import type { RowId } from '../../viewmodel/labState.ts';
import { findOutcomes, playClaim, playOutcome, stopQuestions } from '../../store/lab.ts';

type Props = { readonly outcomes: OutcomesScene | undefined; readonly row: RowId };

const VERDICTS: { readonly [V in ClaimScene['verdict']]: string } = {
  holds: 'holds',
  violated: 'does not hold',
  unknown: 'unknown',
};

/** What the runs end in: the conditions of the text, and every kind of final state with its count. */
export function OutcomesSection({ outcomes, row }: Props) {
  const counted = outcomes !== undefined && (outcomes.list.length > 0 || outcomes.running);
  return (
    <section>
      <h3>Outcomes</h3>
      {outcomes?.claims.map((claim) => (
        <Claim key={claim.k} claim={claim} row={row} />
      ))}
      {outcomes !== undefined && outcomes.list.length > 0 && (
        <ul className="outcomes" aria-label="Final states">
          {outcomes.list.map(({ k, count, words, playable }) => (
            <li key={k}>
              <b>{count}</b>
              {playable ? (
                <button
                  type="button"
                  className="jump"
                  onClick={() => playOutcome(k)}
                  aria-label={`Play a run to ${words}`}
                >
                  {words}
                </button>
              ) : (
                <code>{words}</code>
              )}
            </li>
          ))}
          {outcomes.more !== '' && <li className="quiet">{outcomes.more}</li>}
        </ul>
      )}
      {outcomes !== undefined && outcomes.word !== '' && (
        <p className="quiet" role="status">
          {outcomes.word}{' '}
          {outcomes.running && (
            <button type="button" className="jump" onClick={stopQuestions}>
              stop
            </button>
          )}
        </p>
      )}
      {!counted && (
        <button
          type="button"
          className="boxed small"
          onClick={() => findOutcomes(row)}
          title="A search of its own: every final state counted, without shortcuts"
        >
          Count the final states
        </button>
      )}
    </section>
  );
}

function Claim({
  claim: { k, text, verdict, observation, plays },
  row,
}: {
  readonly claim: ClaimScene;
  readonly row: RowId;
}) {
  return (
    <div className="claim">
      <p>
        <code>{text}</code> <b>{VERDICTS[verdict]}</b>
      </p>
      <p className="quiet">
        <code>{observation}</code>
      </p>
      {plays.map(({ which, label }) => (
        <button key={which} type="button" className="jump" onClick={() => playClaim(row, k, which)}>
          {label}
        </button>
      ))}
    </div>
  );
}

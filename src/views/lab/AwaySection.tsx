import type { AwayEntry, AwayScene } from '../../viewmodel/labAway.ts';
import type { RowId } from '../../viewmodel/labState.ts';
import { addWhatIf, findAway, select, stopQuestions } from '../../store/lab.ts';
import { rowOf } from '../../store/labStore.ts';

type Props = { readonly away: AwayScene; readonly row: RowId; readonly option: string; readonly ofCell?: boolean };

/** A row for the row's option with this knob changed; the same cell of it stays selected. */
function tryKnob(row: RowId, knob: string, value: string): void {
  const base = rowOf(row)?.option;
  if (base === undefined) return;
  const added = addWhatIf(base.preset, { ...base.set, [knob]: value });
  if (added !== undefined) select({ row: added });
}

/** What a single knob would change. */
export function AwaySection({ away, row, option, ofCell = false }: Props) {
  const { entries, same, untried, running, checked, all } = away;
  if (all === 0) return null;
  // Of a cell: first what answers it.
  const answers = entries.filter((entry) => entry.answers);
  const first = ofCell ? answers : entries;
  const rest = ofCell ? entries.filter((entry) => !entry.answers) : [];
  return (
    <section>
      <h3>One knob away</h3>
      <Entries entries={first} row={row} />
      {rest.length > 0 && (
        <details>
          <summary>
            {rest.length} {rest.length === 1 ? 'changes' : 'change'} other verdicts
          </summary>
          <Entries entries={rest} row={row} />
        </details>
      )}
      {same > 0 && untried.length === 0 && (
        <p className="quiet">
          {entries.length === 0 ? 'No knob of it changes a verdict by itself.' : `The other ${same} change no verdict.`}
        </p>
      )}
      {running ? (
        <p className="quiet" role="status">
          {checked} of {all} neighbours checked …{' '}
          <button type="button" className="jump" onClick={stopQuestions}>
            stop
          </button>
        </p>
      ) : (
        untried.length > 0 && (
          <button
            type="button"
            className="boxed small"
            onClick={() => findAway(row)}
            title={`Checks ${option} with each knob at each of its other values`}
          >
            Look one knob away ({untried.length} to check)
          </button>
        )
      )}
    </section>
  );
}

function Entries({ entries, row }: { readonly entries: readonly AwayEntry[]; readonly row: RowId }) {
  if (entries.length === 0) return null;
  return (
    <ul className="away">
      {entries.map((entry) => (
        <Entry key={`${entry.knob} ${entry.value}`} entry={entry} row={row} />
      ))}
    </ul>
  );
}

function Entry({
  entry: { knob, value, words, answers, row: twin },
  row,
}: {
  readonly entry: AwayEntry;
  readonly row: RowId;
}) {
  return (
    <li className={answers ? 'answers' : ''}>
      {twin === undefined ? (
        <button
          type="button"
          className="jump"
          onClick={() => tryKnob(row, knob, value)}
          title="Adds it as a row of its own"
        >
          try {knob} = {value}
        </button>
      ) : (
        <button type="button" className="jump" onClick={() => select({ row: twin })} title="A row of the matrix">
          {knob} = {value}
        </button>
      )}
      <span>{words}</span>
    </li>
  );
}

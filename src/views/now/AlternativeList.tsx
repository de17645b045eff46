import type { Alternatives } from '../../viewmodel/whyScene.ts';
import { Fragment } from 'react';
import { goToStep, openCompare } from '../../store/actions.ts';
import { page } from '../../store/store.ts';

type Props = {
  readonly title: string;
  readonly found: Alternatives;
  /** Where no value of any knob does. */
  readonly none: string;
};

/** More than this is behind a click. */
const FIRST = 3;

/** Which knob changed alone would do: each compares with this run in one click. */
export function AlternativeList({ title, found, none }: Props) {
  return (
    <div className="alternatives">
      <h3>{title}</h3>
      {found.type === 'asked' && <p>Playing the run with each knob changed …</p>}
      {found.type === 'tooLong' && <p>Not played for runs of more than {found.most} micro-steps.</p>}
      {found.type === 'found' && <FoundList rows={found.rows} also={found.also} none={none} />}
    </div>
  );
}

type Found = Extract<Alternatives, { type: 'found' }>;
type Rows = Found['rows'];
type FoundProps = Pick<Found, 'rows' | 'also'> & { readonly none: string };

function FoundList({ rows, also, none }: FoundProps) {
  const rest = rows.slice(FIRST);
  return (
    <>
      {rows.length === 0 ? <p>{none}</p> : <RowList rows={rows.slice(0, FIRST)} />}
      {rest.length > 0 && (
        <details>
          <summary>{rest.length} more</summary>
          <RowList rows={rest} />
        </details>
      )}
      {also.length > 0 && (
        <p className="also">Refused as well: {also.map(({ value, result }) => `${value} (${result})`).join(', ')}.</p>
      )}
    </>
  );
}

function RowList({ rows }: { readonly rows: Rows }) {
  return (
    <ul>
      {rows.map(({ knob, values, result, because, step }) => (
        <li key={`${knob} ${result} ${because}`}>
          <code>{knob} = </code>
          {values.map(({ value, option }, i) => (
            <Fragment key={value}>
              {i > 0 && ', '}
              <button
                type="button"
                className="jump plain"
                title="Compare the two runs"
                aria-label={`Compare with ${knob} = ${value}`}
                onClick={() => void openCompare({ other: option, at: page().at })}
              >
                <code>{value}</code>
              </button>
            </Fragment>
          ))}
          {result !== '' && <b>: {result}</b>}
          {step !== undefined && (
            <>
              {' ('}
              <button type="button" className="jump plain" onClick={() => goToStep(step)}>
                {because}
              </button>
              )
            </>
          )}
        </li>
      ))}
    </ul>
  );
}

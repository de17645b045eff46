import type { RowScene, LabScene } from '../../viewmodel/labScene.ts';
import type { LabSelection } from '../../viewmodel/labState.ts';
import { select } from '../../store/lab.ts';
import { Corner } from './Corner.tsx';
import { Mark } from './Mark.tsx';
import './list.css';

type Props = { readonly scene: LabScene; readonly selected: LabSelection | undefined };

/** The matrix where there is no room for one: by option, what is violated and what is open. */
export function LabList({ scene, selected }: Props) {
  return (
    <div className="lab-list">
      <Corner />
      {scene.groups.map(({ title, rows }) => (
        <section key={title ?? ''}>
          {title !== undefined && <h2>{title}</h2>}
          <ul aria-label={title ?? 'Options'}>
            {rows.map((row) => (
              <Row key={row.id} row={row} selected={selected?.row === row.id ? selected : undefined} />
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

function Row({ row, selected }: { readonly row: RowScene; readonly selected: LabSelection | undefined }) {
  const heavy = row.cells.filter(({ mark }) => mark === 'violated' || mark === 'unknown' || mark === 'failed');
  const holds = row.cells.filter(({ mark }) => mark === 'holds').length;
  const vacuous = row.cells.filter(({ mark }) => mark === 'vacuous').length;
  const open = row.cells.length - heavy.length - holds - vacuous;
  const rest = [
    ...(holds > 0 ? [`${holds} hold`] : []),
    ...(vacuous > 0 ? [`${vacuous} n/a`] : []),
    ...(open > 0 ? [`${open} open`] : []),
  ];
  return (
    <li>
      <button
        type="button"
        className="option-name"
        aria-label={row.spoken}
        aria-pressed={selected !== undefined && selected.property === undefined}
        onClick={() => select({ row: row.id })}
      >
        <b>{row.name}</b>
        <span>{rest.join(', ')}</span>
      </button>
      {heavy.length > 0 && (
        <div className="heavy">
          {heavy.map(({ property, mark, text, name }) => (
            <button
              key={property}
              type="button"
              aria-label={name}
              aria-pressed={selected?.property === property}
              onClick={() => select({ row: row.id, property })}
            >
              <Mark mark={mark} text={text} />
              {property}
            </button>
          ))}
        </div>
      )}
    </li>
  );
}

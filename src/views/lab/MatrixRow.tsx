import type { ColumnScene } from '../../viewmodel/labCells.ts';
import type { RowScene } from '../../viewmodel/labScene.ts';
import type { LabSelection } from '../../viewmodel/labState.ts';
import { Mark } from './Mark.tsx';
import { placeId, type Place } from './useGridKeys.ts';

type Props = {
  readonly row: RowScene;
  readonly columns: readonly ColumnScene[];
  /** The column of the one place that the Tab key stops at, if it is in this row. */
  readonly reached: number | undefined;
  readonly selected: LabSelection | undefined;
  readonly onOpen: (place: Place) => void;
  readonly onReach: (place: Place) => void;
};

export function MatrixRow({ row, columns, reached, selected, onOpen, onReach }: Props) {
  const place = (column: number) => ({
    id: placeId({ row: row.id, column }),
    'data-row': row.id,
    'data-column': column,
    tabIndex: reached === column ? 0 : -1,
    onClick: () => onOpen({ row: row.id, column }),
    onFocus: () => onReach({ row: row.id, column }),
  });
  return (
    <tr className={row.active ? 'active' : ''}>
      <th
        scope="row"
        {...place(-1)}
        aria-label={row.spoken}
        aria-selected={selected !== undefined && selected.property === undefined}
      >
        <span className="name">{row.name}</span>
        {row.own && <i className="own">yours</i>}
      </th>
      {row.cells.map(({ property, mark, text, name }, column) => (
        <td
          key={property}
          role="gridcell"
          {...place(column)}
          className={columns[column]?.separated === true ? 'separated' : ''}
          aria-label={name}
          aria-selected={selected?.property === property}
        >
          <Mark mark={mark} text={text} />
        </td>
      ))}
    </tr>
  );
}

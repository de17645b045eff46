import type { ColumnScene } from '../../viewmodel/labCells.ts';
import type { RowScene } from '../../viewmodel/labScene.ts';
import { useScale } from '../shared/useMedia.ts';
import type { TipPlace } from './useTip.ts';

type Props = {
  readonly place: TipPlace | undefined;
  readonly rows: readonly RowScene[];
  readonly columns: readonly ColumnScene[];
};

const WIDTH = 280;

/** The verdict in words, beside the cell. Spoken names say it already, so this is for the eye alone. */
export function MatrixTip({ place, rows, columns }: Props) {
  const width = WIDTH * useScale();
  const row = rows.find(({ id }) => id === place?.row);
  if (place === undefined || row === undefined) return null;
  const column = columns[place.column];
  const left = Math.max(8, Math.min(place.width - width - 8, place.x - width / 2));
  return (
    <div
      className={place.above ? 'matrix-tip above' : 'matrix-tip'}
      style={{ left, top: place.y, width }}
      role="presentation"
      aria-hidden="true"
    >
      <b>
        {row.name}
        {column !== undefined && `, ${column.id} ${column.name}`}
      </b>
      <span>{column === undefined ? row.words : row.cells[place.column]?.tip}</span>
    </div>
  );
}

import { useRef } from 'react';
import type { ColumnScene } from '../../viewmodel/labCells.ts';
import type { GroupScene, LabScene } from '../../viewmodel/labScene.ts';
import type { LabSelection } from '../../viewmodel/labState.ts';
import { hideRow, play, select } from '../../store/lab.ts';
import { Corner } from './Corner.tsx';
import { MatrixRow } from './MatrixRow.tsx';
import { MatrixTip } from './MatrixTip.tsx';
import { useGridKeys, type Place } from './useGridKeys.ts';
import { useTip } from './useTip.ts';
import './matrix.css';

type Props = { readonly scene: LabScene; readonly selected: LabSelection | undefined };

/** Options against properties: a grid that is walked by the arrows. */
export function Matrix({ scene, selected }: Props) {
  const { columns, groups } = scene;
  const rows = groups.flatMap((group) => group.rows);
  const lines = rows.length + groups.filter(({ title }) => title !== undefined).length;
  const area = useRef<HTMLDivElement>(null);
  const tip = useTip(area);
  const selectionOf = ({ row, column }: Place): LabSelection => {
    const property = columns[column]?.id;
    return property === undefined ? { row } : { row, property };
  };
  const grid = useGridKeys({
    rows: rows.map(({ id }) => id),
    columns: columns.length,
    onOpen: (place) => select(selectionOf(place)),
    onPlay(place) {
      const { row, property } = selectionOf(place);
      if (property !== undefined) play({ row, property });
    },
    onHide: hideRow,
  });
  const onOpen = (place: Place): void => {
    grid.setCurrent(place);
    select(selectionOf(place));
  };
  return (
    <div className="matrix-area" ref={area}>
      <div className="matrix-scroll" onScroll={tip.hide}>
        <table
          className="matrix"
          role="grid"
          aria-label="Options and properties"
          ref={(table) => table?.style.setProperty('--rows', String(lines))}
          onKeyDown={grid.onKeyDown}
          onPointerOver={({ target }) => tip.onPointerOver(target)}
          onPointerDown={tip.hide}
          onPointerLeave={tip.hide}
          onFocus={({ target }) => tip.onFocus(target)}
          onBlur={tip.hide}
        >
          <Head columns={columns} />
          {groups.map((group) => (
            <Group
              key={group.title ?? ''}
              group={group}
              columns={columns}
              current={grid.current}
              selected={selected}
              onOpen={onOpen}
              onReach={grid.setCurrent}
            />
          ))}
        </table>
      </div>
      <MatrixTip place={tip.place} rows={rows} columns={columns} />
    </div>
  );
}

function Head({ columns }: { readonly columns: readonly ColumnScene[] }) {
  return (
    <thead>
      <tr>
        <td className="corner">
          <Corner />
        </td>
        {columns.map(({ id, name, title, separated }) => (
          <th
            key={id}
            scope="col"
            className={separated ? 'separated' : ''}
            title={`${id} ${name}: violated when ${title}`}
          >
            <span className="slanted">{name}</span> <b>{id}</b>
          </th>
        ))}
      </tr>
    </thead>
  );
}

type GroupProps = {
  readonly group: GroupScene;
  readonly columns: readonly ColumnScene[];
  readonly current: Place;
  readonly selected: LabSelection | undefined;
  readonly onOpen: (place: Place) => void;
  readonly onReach: (place: Place) => void;
};

function Group({ group: { title, rows }, columns, current, selected, onOpen, onReach }: GroupProps) {
  return (
    <tbody>
      {title !== undefined && (
        <tr className="group-row">
          <th scope="rowgroup" colSpan={columns.length + 1}>
            {title}
          </th>
        </tr>
      )}
      {rows.map((row) => (
        <MatrixRow
          key={row.id}
          row={row}
          columns={columns}
          reached={current.row === row.id ? current.column : undefined}
          selected={selected?.row === row.id ? selected : undefined}
          onOpen={onOpen}
          onReach={onReach}
        />
      ))}
    </tbody>
  );
}

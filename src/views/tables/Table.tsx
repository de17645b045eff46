import { memo } from 'react';
import type { TableCell, TableRow, TableScene } from '../../viewmodel/tables.ts';
import { claimKey } from '../../sim/query/claimKey.ts';
import { seek, select } from '../../store/actions.ts';
import { Octagon } from '../shared/Octagon.tsx';

type Props = {
  readonly table: TableScene;
  /** claimKey of what is selected; empty: nothing is. */
  readonly selected: string;
};

export const Table = memo(function Table({ table, selected }: Props) {
  const { key, caption, heads, rows, empty, more } = table;
  return (
    <div className="table-room">
      <table id={`table-${key}`}>
        <caption tabIndex={-1}>{caption}</caption>
        <thead>
          <tr>
            {heads.map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row key={row.key} row={row} selected={row.head.ref !== undefined && claimKey(row.head.ref) === selected} />
          ))}
          {rows.length === 0 && (
            <tr>
              <td colSpan={heads.length}>{empty}</td>
            </tr>
          )}
        </tbody>
      </table>
      {more !== '' && <p className="more">{more}</p>}
    </div>
  );
});

function Row({ row, selected }: { readonly row: TableRow; readonly selected: boolean }) {
  const { head, cells, at, now = false } = row;
  return (
    <tr className={now ? 'now' : undefined} aria-current={now ? 'step' : selected || undefined}>
      <th scope="row" data-key={head.ref === undefined ? undefined : claimKey(head.ref)}>
        <Content cell={head} at={at} pressed={selected} />
      </th>
      {cells.map((cell, i) => (
        // The columns of a table stay where they are.
        <td key={i} className={cell.changed === true ? 'changed' : undefined}>
          <Content cell={cell} />
        </td>
      ))}
    </tr>
  );
}

type ContentProps = { readonly cell: TableCell; readonly at?: number | undefined; readonly pressed?: boolean };

function Content({ cell: { text, was, changed, next, broken = [], ref }, at, pressed }: ContentProps) {
  return (
    <>
      {ref !== undefined ? (
        <button type="button" aria-pressed={pressed} onClick={() => select(pressed === true ? undefined : ref)}>
          {text}
        </button>
      ) : at !== undefined ? (
        <button type="button" title="Go there" onClick={() => seek(at)}>
          {text}
        </button>
      ) : (
        text
      )}
      {changed === true && <em> {was === undefined || was === '' ? 'changed' : `was ${was}`}</em>}
      {next === true && <em> changes next</em>}
      {broken.map((id) => (
        <span key={id} className="broken">
          {' '}
          <Octagon id={id} size={22} />
          <span className="spoken">breaks {id}</span>
        </span>
      ))}
    </>
  );
}

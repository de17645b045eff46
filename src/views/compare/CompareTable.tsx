import { useEffect, useMemo, useRef, type CSSProperties, type KeyboardEvent, type RefObject } from 'react';
import { goToRow, toggleFold } from '../../store/compare.ts';
import { useCompare } from '../../store/useCompare.ts';
import type { Comparison } from '../../viewmodel/compareRows.ts';
import { compareItems, type CompareItem, type RowScene, type RowSide } from '../../viewmodel/compareScene.ts';
import { Octagon } from '../shared/Octagon.tsx';
import { useStacked } from './ComparedSides.tsx';

/** Every step of both, line by line: what each came to, equal steps folded, the first difference flagged. */
export function CompareTable({ comparison }: { readonly comparison: Comparison }) {
  const row = useCompare((state) => state.row);
  const opened = useCompare((state) => state.opened);
  const items = useMemo(() => compareItems(comparison, row, opened), [comparison, row, opened]);
  const area = useRef<HTMLDivElement>(null);
  useCurrentInView(area, row, useStacked());
  const { left, right, rows, bound } = comparison;
  return (
    <div
      className="compare-rows"
      ref={area}
      style={{ '--rows': rows.length } as CSSProperties}
      onKeyDown={(event) => walkRows(event, row)}
    >
      <table aria-label="Steps of both runs" className="compare-table">
        <colgroup>
          <col className="number" />
          <col className="told" />
          <col className="line" />
          <col className="told" />
        </colgroup>
        <thead className="spoken">
          <tr>
            <th scope="col">step</th>
            <th scope="col">under {left.program.option.preset}</th>
            <th scope="col">line</th>
            <th scope="col">under {right.program.option.preset}</th>
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <Item key={`${item.type} ${item.type === 'row' ? item.row.row : item.from}`} item={item} current={row} />
          ))}
        </tbody>
      </table>
      {rows.length === 0 && <p className="compare-note">Neither run takes a step.</p>}
      {bound !== undefined && (
        <p className="compare-note">The first {bound} turns of each are compared; the runs go on after them.</p>
      )}
    </div>
  );
}

function Item({ item, current }: { readonly item: CompareItem; readonly current: number }) {
  if (item.type === 'row') return <Row row={item.row} current={item.row.row === current || (current === 0 && item.row.row === 1)} shown={item.row.row === current} />; // prettier-ignore
  const { from, to, text, open } = item;
  return (
    <tr className="fold">
      <td colSpan={4}>
        <button
          type="button"
          aria-expanded={open}
          onClick={() => toggleFold(from)}

          title={open ? 'Put the equal steps away' : `Show the ${to - from + 1} equal steps`}
        >
          <span aria-hidden="true">{open ? '−' : '+'}</span>
          {text}
        </button>
      </td>
    </tr>
  );
}

type RowProps = {
  readonly row: RowScene;
  /** The one row that the Tab key stops at. */
  readonly current: boolean;
  readonly shown: boolean;
};

function Row({ row, current, shown }: RowProps) {
  const { step, line, turn, left, right, same, verdict, first } = row;
  const kind = `${same ? 'same' : 'differs'}${shown ? ' current' : ''}`;
  return (
    <tr className={kind} aria-current={shown ? 'step' : undefined} onClick={() => goToRow(row.row)}>
      <th scope="row">{step}</th>
      <SideCell side={left} />
      <td className="line">
        <button type="button" tabIndex={current ? 0 : -1} data-row={row.row} title="Both to here">
          <code>{line}</code>
          {turn !== '' && <i> {turn}</i>}
        </button>
        <span className={first ? 'flag' : 'verdict'} title={verdict}>
          {first ? 'first difference' : verdict}
        </span>
        {first && <span className="spoken">{verdict}</span>}
      </td>
      <SideCell side={right} />
    </tr>
  );
}

function SideCell({ side: { pieces, broken, absent } }: { readonly side: RowSide }) {
  return (
    <td className={absent ? 'told absent' : 'told'}>
      <div>
        <p>{pieces.map(({ text, differs }, i) => (differs ? <b key={i}>{text}</b> : <span key={i}>{text}</span>))}</p>
        {broken.map((id) => (
          <span key={id} className="breaks">
            <Octagon id={id} size={26} />
            <span className="spoken">breaks {id}</span>
          </span>
        ))}
      </div>
    </td>
  );
}

/** Up and down walk the clock; the focus goes with it. */
function walkRows(event: KeyboardEvent, row: number): void {
  const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (by === 0 || event.altKey || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  event.stopPropagation();
  goToRow(row + by);
}

function useCurrentInView(area: RefObject<HTMLDivElement | null>, row: number, stacked: boolean): void {
  useEffect(() => {
    const current = area.current?.querySelector<HTMLElement>('tr.current');
    if (row === 0) area.current?.scrollTo?.({ top: 0 });
    current?.scrollIntoView({ block: 'nearest' });
    const within = area.current?.contains(document.activeElement) === true;
    if (within)
      area.current?.querySelector<HTMLElement>(`[data-row="${Math.max(1, row)}"]`)?.focus({ preventScroll: true });
  }, [area, row, stacked]);
}

import { useState, type KeyboardEvent } from 'react';
import type { RowId } from '../../viewmodel/labState.ts';

/** Column −1 is the row's header. */
export type Place = { readonly row: RowId; readonly column: number };

export const placeId = ({ row, column }: Place): string => `lab-${row}-${column}`;

type Grid = {
  readonly rows: readonly RowId[];
  readonly columns: number;
  /** Enter or Space: its card. */
  readonly onOpen: (place: Place) => void;
  readonly onPlay: (place: Place) => void;
  readonly onHide: (row: RowId) => void;
};

/** One stop of the Tab key for the whole matrix; arrows, Home and End walk it. */
export function useGridKeys({ rows, columns, onOpen, onPlay, onHide }: Grid) {
  const [wanted, setWanted] = useState<Place>({ row: rows[0] ?? '', column: 0 });
  // A row that was put away leaves its place to the first.
  const current: Place = rows.includes(wanted.row) ? wanted : { ...wanted, row: rows[0] ?? '' };
  const walk = (place: Place): void => {
    setWanted(place);
    document.getElementById(placeId(place))?.focus();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.altKey || event.metaKey) return;
    const to = target(event, { rows, columns, current });
    if (to !== undefined) walk(to);
    else if (event.ctrlKey) return;
    else if (event.key === 'Enter' || event.key === ' ') onOpen(current);
    else if (event.key === 'p') onPlay(current);
    else if (event.key === 'h') onHide(current.row);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return { current, setCurrent: setWanted, onKeyDown };
}

type Where = { readonly rows: readonly RowId[]; readonly columns: number; readonly current: Place };

function target({ key, ctrlKey }: KeyboardEvent, { rows, columns, current }: Where): Place | undefined {
  const at = rows.indexOf(current.row);
  const last = rows.length - 1;
  const go = (row: number, column: number): Place => ({
    row: rows[Math.max(0, Math.min(last, row))] ?? current.row,
    column: Math.max(-1, Math.min(columns - 1, column)),
  });
  switch (key) {
    case 'ArrowRight':
      return go(at, current.column + 1);
    case 'ArrowLeft':
      return go(at, current.column - 1);
    case 'ArrowDown':
      return go(at + 1, current.column);
    case 'ArrowUp':
      return go(at - 1, current.column);
    case 'Home':
      return go(ctrlKey ? 0 : at, -1);
    case 'End':
      return go(ctrlKey ? last : at, columns - 1);
    default:
      return undefined;
  }
}

import { useEffect, useMemo, useRef, type RefObject } from 'react';
import { momentTables } from '../../viewmodel/momentTables.ts';
import { stepsTable } from '../../viewmodel/stepsTable.ts';
import type { StageRef } from '../../viewmodel/scene.ts';
import { claimKey } from '../../sim/query/claimKey.ts';
import { toggleView } from '../../store/actions.ts';
import type { Shown } from '../../store/store.ts';
import { tableAhead } from '../../viewmodel/tables.ts';
import { useAhead } from '../shared/useAhead.ts';
import { Table } from './Table.tsx';
import './tables.css';

type Props = { readonly shown: Shown; readonly selected: StageRef | undefined };

/** Stage and timeline as tables, one below the other: all of them can be searched by the browser. */
export function Tables({ shown, selected }: Props) {
  const { program, outline, moment } = shown;
  const ahead = useAhead(shown)?.keys;
  const tables = useMemo(
    () => [
      ...momentTables(shown).map((table) => tableAhead(table, ahead)),
      stepsTable({ program, outline }, moment.at),
    ],
    [shown, program, outline, moment, ahead],
  );
  const root = useRef<HTMLDivElement>(null);
  useSelectedInView(selected, root);
  const goTo = (key: string): void => {
    const caption = root.current?.querySelector<HTMLElement>(`#table-${key} caption`);
    caption?.scrollIntoView({ block: 'start' });
    caption?.focus({ preventScroll: true });
  };
  return (
    <div className="tables" ref={root}>
      <nav aria-label="Tables" className="tables-nav">
        {tables.map(({ key, caption }) => (
          <button key={key} type="button" onClick={() => goTo(key)}>
            {caption.replace(/:.*/s, '')}
          </button>
        ))}
        <button type="button" className="back" onClick={toggleView} aria-keyshortcuts="v">
          Picture <kbd aria-hidden="true">v</kbd>
        </button>
      </nav>
      {tables.map((table) => (
        <Table key={table.key} table={table} selected={selected === undefined ? '' : claimKey(selected)} />
      ))}
    </div>
  );
}

/** What was selected elsewhere must not stay out of sight. */
function useSelectedInView(selected: StageRef | undefined, root: RefObject<HTMLDivElement | null>): void {
  useEffect(() => {
    const row = selected === undefined ? null : root.current?.querySelector('tr[aria-current="true"]');
    if (row !== null && row !== undefined && 'scrollIntoView' in row) row.scrollIntoView({ block: 'nearest' });
  }, [selected, root]);
}

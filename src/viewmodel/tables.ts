/** The pictures as tables: the same pages, claims, waits and steps, read row by row. Marks are words, never colour alone. */
import { claimKey } from '../sim/query/claimKey.ts';
import type { EntityRef } from '../sim/model/state.ts';

export type TableCell = {
  readonly text: string;
  /** What it was before this step, where that differs; empty where there was nothing to compare. */
  readonly was?: string;
  readonly changed?: boolean;
  /** The next step will change it. */
  readonly next?: boolean;
  /** Ids of the properties that are broken here. */
  readonly broken?: readonly string[];
  /** Of an object that can be selected. */
  readonly ref?: EntityRef;
};

export type TableRow = {
  readonly key: string;
  /** The row's name; its object can be selected, or its place gone to. */
  readonly head: TableCell;
  readonly cells: readonly TableCell[];
  /** A position of the run. */
  readonly at?: number;
  /** The step that is shown. */
  readonly now?: boolean;
};

export type TableScene = {
  readonly key: string;
  readonly caption: string;
  /** Of all columns, that of the row's name first. */
  readonly heads: readonly string[];
  readonly rows: readonly TableRow[];
  /** Said in place of the rows. */
  readonly empty: string;
  /** Rows that are left out, in words; empty: none. */
  readonly more: string;
};

export const cell = (text: string): TableCell => ({ text });

/** With the value before where it is another. */
export const compared = (text: string, was: string | undefined): TableCell =>
  was === undefined || was === text ? { text } : { text, was, changed: true };

/** More rows than anybody reads. */
export const MOST_ROWS = 400;

/** With the objects marked that the next step will change, by their claimKeys. */
export function tableAhead(table: TableScene, keys: ReadonlySet<string> | undefined): TableScene {
  if (keys === undefined) return table;
  const rows = table.rows.map((row) =>
    row.head.ref !== undefined && keys.has(claimKey(row.head.ref))
      ? { ...row, head: { ...row.head, next: true } }
      : row,
  );
  return { ...table, rows };
}

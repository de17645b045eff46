/** All of the lab's screen as plain data: what is drawn, spoken and told, without a DOM. */
import { PROPERTY_IDS, type PropertyId } from '../sim/model/property.ts';
import { cellCard, rowWords, type CellCard } from './labCard.ts';
import { cellScene, COLUMNS, type CellScene, type ColumnScene } from './labCells.ts';
import { footerScene, type FooterScene } from './labFooter.ts';
import { optionCard, type OptionCardScene } from './labOptionCard.ts';
import { groupRows } from './labRows.ts';
import type { LabRow, LabSelection, LabState, RowId } from './labState.ts';
import { knownOf } from './labWords.ts';

export type RowScene = {
  readonly id: RowId;
  readonly name: string;
  readonly own: boolean;
  /** `wait: 2 properties violated; 184,302 states, complete`. */
  readonly spoken: string;
  readonly words: string;
  readonly active: boolean;
  readonly cells: readonly CellScene[];
  readonly violated: number;
};

export type GroupScene = { readonly title: string | undefined; readonly rows: readonly RowScene[] };

export type LabScene = {
  readonly columns: readonly ColumnScene[];
  readonly groups: readonly GroupScene[];
  /** How many rows are put away. */
  readonly hidden: number;
  readonly footer: FooterScene;
  readonly card: CellCard | OptionCardScene | undefined;
};

/** `build` names this Daxpin in what is quoted. */
export function labScene(state: LabState, build: string): LabScene {
  return {
    columns: COLUMNS,
    groups: groupRows(state.rows, state.sort, state.group).map(({ title, rows }) => ({
      title,
      rows: rows.map((row) => rowScene(state, row)),
    })),
    hidden: state.rows.filter(({ hidden }) => hidden).length,
    footer: footerScene(state),
    card: cardOf(state, build),
  };
}

function rowScene({ grain, selected }: LabState, row: LabRow): RowScene {
  const violated = PROPERTY_IDS.filter((id) => knownOf(row, id)?.type === 'violated').length;
  const words = rowWords(row);
  return {
    id: row.id,
    name: row.name,
    own: row.own,
    words,
    spoken: `${row.name}: ${violated === 0 ? '' : `${violated} of ${PROPERTY_IDS.length} properties violated; `}${words}`,
    active: selected?.row === row.id || row.status === 'running',
    cells: PROPERTY_IDS.map((id) => cellScene(row, id, grain)),
    violated,
  };
}

function cardOf(state: LabState, build: string): LabScene['card'] {
  const row = state.rows.find(({ id }) => id === state.selected?.row);
  if (row === undefined) return undefined;
  const property = state.selected?.property;
  return property === undefined ? optionCard(state, row, build) : cellCard(state, row, property, build);
}

export const isSelected = (selected: LabSelection | undefined, row: RowId, property: PropertyId | undefined): boolean =>
  selected?.row === row && selected.property === property;

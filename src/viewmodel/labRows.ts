/** Which rows are shown, in which order, under which headings. */
import { PROPERTY_IDS } from '../sim/model/property.ts';
import type { LabGroup, LabRow, LabSort } from './labState.ts';
import { isDecided, knobsOf, knownOf } from './labWords.ts';

export type RowGroup = { readonly title: string | undefined; readonly rows: readonly LabRow[] };

export const SORTS: readonly { readonly value: LabSort; readonly name: string }[] = [
  { value: 'thread', name: 'as in the thread' },
  { value: 'name', name: 'by name' },
  { value: 'violated', name: 'most violated first' },
  { value: 'states', name: 'most states first' },
];

export const GROUPS: readonly { readonly value: LabGroup; readonly name: string }[] = [
  { value: 'none', name: 'none' },
  { value: 'safe', name: 'by safety' },
  { value: 'pins', name: 'by who may pin' },
];

const violatedCount = (row: LabRow): number =>
  PROPERTY_IDS.filter((id) => knownOf(row, id)?.type === 'violated').length;
const statesOf = (row: LabRow): number => row.report?.states ?? row.progress?.states ?? 0;

const ORDERS: { readonly [S in LabSort]: (a: LabRow, b: LabRow) => number } = {
  thread: () => 0,
  name: (a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0),
  violated: (a, b) => violatedCount(b) - violatedCount(a),
  states: (a, b) => statesOf(b) - statesOf(a),
};

const SAFETY = PROPERTY_IDS.filter((id) => id.startsWith('S'));
const SAFE_TITLES = ['No safety property violated', 'A safety property violated', 'Not decided yet'] as const;

function safety(row: LabRow): string {
  if (SAFETY.some((id) => knownOf(row, id)?.type === 'violated')) return SAFE_TITLES[1];
  const decided = SAFETY.every((id) => isDecided(row, id) && knownOf(row, id)?.type !== 'unknown');
  return decided ? SAFE_TITLES[0] : SAFE_TITLES[2];
}

const PIN_TITLES: ReadonlyMap<string, string> = new Map([
  ['refuse', 'Longterm pins of files refused'],
  ['allow', 'Longterm pins allowed'],
  ['lease', 'Longterm pins under a layout lease'],
  ['immutable', 'Longterm pins of sealed files'],
  ['never', 'No longterm pins, ODP only'],
]);

function groupTitle(row: LabRow, group: LabGroup): string | undefined {
  if (group === 'none') return undefined;
  return group === 'safe' ? safety(row) : PIN_TITLES.get(knobsOf(row.option)['pin.longterm']);
}

const titleRank = (title: string | undefined): number =>
  [...SAFE_TITLES, ...PIN_TITLES.values()].findIndex((one) => one === title);

export function groupRows(all: readonly LabRow[], sort: LabSort, group: LabGroup): readonly RowGroup[] {
  const groups = new Map<string | undefined, LabRow[]>();
  for (const row of all.filter(({ hidden }) => !hidden).sort(ORDERS[sort])) {
    const title = groupTitle(row, group);
    const rows = groups.get(title);
    if (rows === undefined) groups.set(title, [row]);
    else rows.push(row);
  }
  return [...groups].map(([title, rows]) => ({ title, rows })).sort((a, b) => titleRank(a.title) - titleRank(b.title));
}

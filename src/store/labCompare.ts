/** From the lab into the comparison: a found run, or the scenario of the player, under a row's option and another. */
import { compareScenario, openCompare, setOption } from './actions.ts';
import { runAsText, type FoundRun } from './labPlay.ts';
import { lab, rowOf } from './labStore.ts';
import { page } from './store.ts';
import { PROPERTIES } from '../sim/model/property.ts';
import { formatOption, makeOption } from '../sim/model/knobs.ts';
import { programUnder } from './labWorlds.ts';
import type { LabCell, LabRow, RowId } from '../viewmodel/labState.ts';

/** What a row is worth comparing with: what happens today, and what was proposed last. */
export const neighboursToCompare = (id: RowId): readonly RowId[] => ['mainline', 'seed'].filter((other) => other !== id); // prettier-ignore

/** A row's option as a text writes it; what is set by hand is read by the language's rules. */
function optionText({ option: { preset, set } }: LabRow): string {
  const loaded = programUnder('', { preset, set }, undefined);
  return formatOption(loaded.ok ? loaded.value.option : makeOption(preset));
}

function compareRun(run: FoundRun, other: LabRow, want: NonNullable<Parameters<typeof compareScenario>[2]['want']>): void {
  const scenario = runAsText(run);
  if (scenario !== undefined) compareScenario(scenario, undefined, { other: optionText(other), want });
} // prettier-ignore

/** The run that violates the cell's property, under its option and under another. */
export function compareCell({ row: id, property }: LabCell, otherId: RowId): void {
  const [row, other] = [rowOf(id), rowOf(otherId)];
  const verdict = row?.report?.properties[property] ?? row?.progress?.properties[property];
  if (row === undefined || other === undefined) return;
  if (verdict?.type !== 'violated') return compareOption(id, otherId);
  const { name } = PROPERTIES[property];
  compareRun({ row, trace: verdict.trace, title: `${property} ${name}`, about: verdict.message }, other, property);
}

/** The run of `findDifference` under both of its options, where they part. */
export function compareDifference(): void {
  const { difference } = lab();
  const [row, other] = [rowOf(difference?.first ?? ''), rowOf(difference?.second ?? '')];
  const trace = difference?.report?.difference?.trace;
  if (row === undefined || other === undefined || trace === undefined) return;
  compareRun({ row, trace, grain: 'op', title: 'where two options differ' }, other, 'difference');
}

/** The scenario of the player under a row's option and under another. */
export function compareOption(id: RowId, otherId: RowId): void {
  const [row, other] = [rowOf(id), rowOf(otherId)];
  if (row === undefined || other === undefined) return;
  // The left side is a preset, as in the player; an option of the user's own stands on the right.
  const [left, right] = row.own ? [other, row] : [row, other];
  if (page().scenario === '') return void openCompare({ other: optionText(right), want: 'difference', at: 0 });
  setOption(left.option.preset);
  void openCompare({ other: optionText(right), want: 'difference', at: 0 });
}

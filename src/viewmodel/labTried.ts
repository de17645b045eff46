/** What every operation of the world came to under a row's option, so that nothing seems to hold for lack of trying. */
import type { Witness } from '../checker/verdict.ts';
import type { LabRow, LabState } from './labState.ts';

export type TriedScene = {
  readonly happened: readonly { readonly line: number; readonly text: string; readonly results: readonly string[] }[];
  readonly never: readonly string[];
  /** The list may lack results: not every order was looked at, or not every state. */
  readonly partial: boolean;
};

export function triedScene(state: LabState, row: LabRow): TriedScene | undefined {
  const exact = state.outcomes?.row === row.id ? state.outcomes.report : undefined;
  const report = exact ?? row.report;
  if (report === undefined) return undefined;
  const tried = report.witnesses.filter(({ line }) => line >= firstMenu(state));
  return {
    happened: tried.filter(hasHappened).map(({ line, text, results }) => ({ line, text, results: results.map(({ result }) => result) })), // prettier-ignore
    never: tried.filter((one) => !hasHappened(one)).map(({ text }) => text),
    partial: !report.complete || report.settings.order,
  };
}

const hasHappened = ({ results }: Witness): boolean => results.length > 0;

/** The lines above it are done before the search begins. */
function firstMenu(state: LabState): number {
  const lines = state.world?.program?.menus.map(({ line }) => line) ?? [];
  return lines.length === 0 ? 0 : Math.min(...lines);
}

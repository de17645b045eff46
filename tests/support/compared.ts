// Two runs of one text, compared without a worker.
import { compareRuns, placesToCompare, type Comparison } from '../../src/viewmodel/compareRows.ts';
import type { CompareRun } from '../../src/viewmodel/compareTurn.ts';
import { readOverrides } from '../../src/scenario/overrides.ts';
import { runText } from './runText.ts';

/** `option`: as a text writes it. */
export function runUnder(text: string, option: string): CompareRun {
  const read = readOverrides({ option, set: [] });
  if (!read.ok) throw new Error(`'${option}' is no option`);
  const { program, outline, momentAt } = runText(text, read.value);
  return { program, outline, moments: new Map(placesToCompare(outline).map((at) => [at, momentAt(at)])) };
}

export const compared = (text: string, left: string, right: string): Comparison =>
  compareRuns(runUnder(text, left), runUnder(text, right));

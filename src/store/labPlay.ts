/** A run that was found, in the player: its text is opened as one of this visit, beside the user's own. */
import { openScenario } from './actions.ts';
import { lab } from './labStore.ts';
import { programUnder } from './labWorlds.ts';
import { addTrace } from './traces.ts';
import type { Trace } from '../checker/verdict.ts';
import { traceText } from '../scenario/traceText.ts';
import { formatOption } from '../sim/model/knobs.ts';
import type { Grain } from '../sim/model/order.ts';
import type { PropertyId } from '../sim/model/property.ts';
import type { LabRow } from '../viewmodel/labState.ts';

export type FoundRun = {
  readonly row: LabRow;
  readonly trace: Trace;
  /** Absent: that of the row's search. */
  readonly grain?: Grain;
  readonly title: string;
  readonly about?: string;
  /** Opened where this is violated; else at the end. */
  readonly violated?: PropertyId;
};

export function openRun(run: FoundRun): void {
  const scenario = runAsText(run);
  const { violated } = run;
  if (scenario !== undefined) openScenario(scenario, violated === undefined ? { end: true } : { violated });
}

/** Its id as a scenario; undefined: the world's text is refused. */
export function runAsText({ row, trace, grain, title, about }: FoundRun): string | undefined {
  const { world, kernel } = lab();
  const loaded = world === undefined ? undefined : programUnder(world.text, row.option, kernel);
  if (world === undefined || loaded?.ok !== true) return undefined;
  const program = loaded.value;
  const name = `${title}: ${row.name}`;
  const text = traceText(
    { text: world.text, program },
    { grain: grain ?? lab().grain, moves: trace },
    {
      title: `${name} (${world.title})`,
      option: formatOption(program.option),
      ...(about === undefined ? {} : { about }),
    },
  );
  return addTrace(name, text);
}

/** Who began to wait in this turn beside the one whose turn it is, of whom the sentence of the step tells. */
import { waitText } from '../explain/waits.ts';
import type { Program } from '../sim/model/program.ts';
import type { Moment, Outline } from '../sim/outline.ts';
import { taskName } from '../sim/query/naming.ts';
import { turnAt } from './marks.ts';

type Shown = { readonly program: Program; readonly outline: Outline; readonly moment: Moment };

export function newSleepers({ program, outline, moment }: Shown): readonly string[] {
  const { state, before } = moment;
  const own = turnAt(outline, moment.at)?.task;
  return state.sleepers
    .filter((task) => task !== own && !before.sleepers.includes(task))
    .map(
      (task) => `${taskName(program, task)} ${waitText(program, state, state.tasks[task]?.wait ?? { type: 'none' })}`,
    );
}

/**
 * From the file whose operation sleeps to the page whose pins it waits for: a dash-dot line, drawn only while somebody
 * points at one of the two (or at the sleeper), as the sentence and the hourglass say it in any case.
 */
import type { State } from '../sim/model/state.ts';
import { claimKey } from '../sim/query/claimKey.ts';
import { pageKey } from './rows.ts';
import type { SceneBox, SceneCell, SceneWaitLink } from './scene.ts';
import type { StagePlan } from './stageLayout.ts';

type WaitSetting = {
  readonly plan: StagePlan;
  readonly boxes: readonly SceneBox[];
  readonly cells: readonly SceneCell[];
  /** claimKey of what is pointed at. */
  readonly ring: string;
};

type Sleep = { readonly task: number; readonly file: string; readonly page: string };

function sleepsOnPages(state: State): readonly Sleep[] {
  return state.sleepers.flatMap((task) => {
    const wait = state.tasks[task]?.wait;
    const page = wait !== undefined && 'page' in wait ? pageKey(wait.page) : undefined;
    if (wait === undefined || !('page' in wait) || page === undefined) return [];
    return [{ task, page, file: claimKey({ type: 'file', inode: wait.inode }) }];
  });
}

export function waitLinks(state: State, { plan, boxes, cells, ring }: WaitSetting): SceneWaitLink[] {
  const { k } = plan;
  const seen = new Set<string>();
  return sleepsOnPages(state).flatMap(({ task, file, page }): SceneWaitLink[] => {
    const pointed = ring === page || ring === file || ring === claimKey({ type: 'task', task });
    const box = boxes.find((other) => other.key === file);
    const cell = cells.find((other) => other.key === page);
    const key = `${file} ${page}`;
    if (!pointed || box === undefined || cell === undefined || seen.has(key)) return [];
    seen.add(key);
    // Out of the frame's corner, so that it is not taken for a claim; into the page beside its links.
    const x0 = box.x + box.w - 5 * k;
    const x1 = cell.x + cell.w - 12 * k;
    const [y0, y1] = [box.y + box.h, cell.y];
    // Along the channel beside the strip, where no row of slots is in the way.
    const turn = Math.max(y0 + 6 * k, y1 - plan.channels.above + 8 * k);
    return [{ key, x0, y0, turn, x1, y1, glassX: x1 - 3.6 * k, glassY: (turn + y1) / 2 - 4.5 * k }];
  });
}

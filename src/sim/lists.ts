/** Where a line stands in its actor's own list. */
import type { DmaId } from './model/ids.ts';
import type { Program } from './model/program.ts';
import type { State } from './model/state.ts';

type Lists = {
  /** By line: how many lines of the same actor stand above it. */
  readonly places: readonly number[];
  /** By DMA: the lines that post it. */
  readonly posts: ReadonlyMap<DmaId, readonly number[]>;
};

const known = new WeakMap<Program, Lists>();

function listsOf(program: Program): Lists {
  const found = known.get(program);
  if (found !== undefined) return found;
  const counts = program.actors.map(() => 0);
  const places = program.steps.map(({ actor }) => {
    const place = counts[actor] ?? 0;
    counts[actor] = place + 1;
    return place;
  });
  const posts = new Map<DmaId, number[]>();
  program.steps.forEach(({ op }, line) => {
    if (op.verb !== 'post_read' && op.verb !== 'post_write') return;
    const lines = posts.get(op.dma);
    if (lines === undefined) posts.set(op.dma, [line]);
    else lines.push(line);
  });
  const lists = { places, posts };
  known.set(program, lists);
  return lists;
}

/** −1: its actor has not come to it; 0: it is the next; 1: it has begun. */
export function placeOf(program: Program, state: State, line: number): number {
  const task = program.steps[line]?.actor ?? -1;
  return Math.sign((state.tasks[task]?.pos ?? 0) - (listsOf(program).places[line] ?? 0));
}

export const hasBegun = (program: Program, state: State, line: number): boolean => placeOf(program, state, line) > 0;

/** The last line that posted it, so far. */
export function postOf(program: Program, state: State, dma: DmaId): number | undefined {
  return listsOf(program)
    .posts.get(dma)
    ?.findLast((line) => hasBegun(program, state, line));
}

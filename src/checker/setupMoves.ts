/** The lines above the first menu as moves, so that they can be told before a trace that starts after them. */
import type { SimEvent } from '../sim/model/event.ts';
import type { TaskId } from '../sim/model/ids.ts';
import type { Move } from '../sim/model/order.ts';
import type { Program } from '../sim/model/program.ts';
import type { State } from '../sim/model/state.ts';
import type { Step, World } from '../sim/apply.ts';
import { applyStep, makeWorld } from '../sim/apply.ts';
import { initialState } from '../sim/initial.ts';
import { isAsleep } from '../sim/query/waits.ts';
import { setUp } from '../sim/setup.ts';
import type { Doer } from '../sim/invariants/finding.ts';
import { doerOf } from '../sim/judge.ts';

export type SetupMove = {
  readonly move: Move;
  /** What it returned; `blocks` where it fell asleep. */
  readonly result: string;
};

/** `move`: which of the moves it belongs to. */
type SeeMicro = (state: State, events: readonly SimEvent[], by: Doer, move: number) => void;

/** `see` is shown every micro-step on the way. */
export function setupMoves(world: World, see?: SeeMicro): readonly SetupMove[] {
  const moves: { move: Move; result: string }[] = [];
  let state = initialState(world.program);
  for (const step of setUp(world).steps) {
    const move = beginsMove(world.program, state, step);
    if (move !== undefined) moves.push({ move, result: '' });
    const by = doerOf(state, step);
    const result = applyStep(world, state, step);
    state = result.state;
    const last = moves.at(-1);
    if (last !== undefined) last.result = resultIn(result.events, by.task) ?? last.result;
    see?.(state, result.events, by, moves.length - 1);
  }
  return moves;
}

/** For those who only want the words. */
export const setupOf = (program: Program): readonly Move[] => setupMoves(makeWorld(program)).map(({ move }) => move);

/** What the task's own operation came to, if these events say. */
export function resultIn(events: readonly SimEvent[], task: TaskId | undefined): string | undefined {
  let result: string | undefined;
  for (const event of events)
    if (event.type === 'returned' && event.task === task) result = event.result;
    else if (event.type === 'slept' && event.task === task) result = 'blocks';
  return result;
}

/** A step that begins a line or wakes somebody; the others go on with the move before. */
function beginsMove({ steps }: Program, state: State, step: Step): Move | undefined {
  if (step.type === 'begin')
    return { type: 'step', task: step.task, step: steps.findIndex(({ op }) => op === step.op) };
  if (step.type === 'dma') return { type: 'dma', dma: step.dma };
  if (step.type === 'grace') return { type: 'grace', file: state.inodes[step.inode]?.name ?? -1 };
  const record = state.tasks[step.task];
  return record !== undefined && isAsleep(record) ? { type: 'run', task: step.task } : undefined;
}

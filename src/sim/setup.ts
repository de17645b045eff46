/**
 * Where an exploration starts: the lines above the first menu run first, as written. Without a menu there are none, and
 * it starts where the run does.
 */
import type { Program } from './model/program.ts';
import type { State } from './model/state.ts';
import type { Step, World } from './apply.ts';
import { applyStep } from './apply.ts';
import { initialState } from './initial.ts';
import { planNext, startCursor } from './schedule.ts';

export type Setup = {
  readonly state: State;
  /** What was done on the way, in order. */
  readonly steps: readonly Step[];
};

/** The lines above the first menu. */
function aboveMenus(program: Program): Program {
  const [first] = program.menus.map(({ line }) => line).sort((a, b) => a - b);
  const { order: _, ...rest } = program;
  return { ...rest, steps: first === undefined ? [] : rest.steps.filter(({ line }) => line < first) };
}

export function setUp(world: World): Setup {
  const program = aboveMenus(world.program);
  const steps: Step[] = [];
  let state = initialState(program);
  let cursor = startCursor(program);
  for (;;) {
    const planned = planNext(program, state, cursor);
    // From here on the menus move, so whether a grace period is over is the checker's choice.
    const isOver = planned.type === 'step' && planned.step.type === 'grace' && planned.starts;
    if (planned.type === 'end' || isOver) return { state, steps };
    cursor = planned.cursor;
    if (planned.type === 'hold') continue;
    steps.push(planned.step);
    state = applyStep(world, state, planned.step).state;
  }
}

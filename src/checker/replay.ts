/** Whether a run that was found is what its lines do by themselves, when they stand in the order in which they began. */
import type { Grain, Move } from '../sim/model/order.ts';
import type { Program, StepDecl } from '../sim/model/program.ts';
import type { State } from '../sim/model/state.ts';
import type { Step, World } from '../sim/apply.ts';
import { applyStep, makeWorld } from '../sim/apply.ts';
import { beginsOf } from '../sim/begins.ts';
import { initialState } from '../sim/initial.ts';
import { isRecalled } from '../sim/enabled.ts';
import { isRunning, planNext, startCursor } from '../sim/schedule.ts';
import { setUp } from '../sim/setup.ts';

/** The lines above the first menu, then one for everything that the moves begin, run as written: the same steps, and no more. */
export function runsAsWritten(program: Program, grain: Grain, moves: readonly Move[]): boolean {
  const wanted = stepsOf(program, grain, moves);
  const listed = wanted === undefined ? undefined : listedProgram(program, moves);
  if (wanted === undefined || listed === undefined) return false;
  const world = makeWorld(listed);
  let state = initialState(listed);
  let cursor = startCursor(listed);
  for (let at = 0; ;) {
    const planned = planNext(listed, state, cursor);
    if (planned.type === 'end') return at === wanted.length;
    cursor = planned.cursor;
    if (planned.type === 'hold') continue;
    if (!isSame(planned.step, wanted[at++])) return false;
    state = applyStep(world, state, planned.step).state;
  }
}

function isSame(step: Step, wanted: Step | undefined): boolean {
  if (wanted === undefined || step.type !== wanted.type) return false;
  if (step.type === 'begin') return wanted.type === 'begin' && step.task === wanted.task && step.op === wanted.op;
  if (step.type === 'run') return wanted.type === 'run' && step.task === wanted.task;
  if (step.type === 'grace') return wanted.type === 'grace' && step.inode === wanted.inode;
  return wanted.type === 'dma' && step.dma === wanted.dma;
}

/** Undefined where a held-back line above the menu begins later: its place is not its turn. */
function listedProgram(program: Program, moves: readonly Move[]): Program | undefined {
  const first = program.menus.length === 0 ? 0 : Math.min(...program.menus.map(({ line }) => line));
  const above = program.steps.filter(({ line }) => line < first);
  const begun = moves.flatMap((move): readonly StepDecl[] => {
    const declared = move.type === 'step' ? program.steps[move.step] : undefined;
    if (declared !== undefined) return [declared];
    if (move.type !== 'entry') return [];
    const menu = program.menus.find(({ actor }) => actor === move.task);
    const entry = menu?.entries[move.entry];
    return menu === undefined || entry === undefined ? [] : [{ line: menu.line, actor: menu.actor, ...entry }];
  });
  if (begun.some((step) => above.includes(step))) return undefined;
  const { order: _, ...rest } = program;
  return { ...rest, steps: [...above, ...begun], menus: [] };
}

/** Every micro-step from the very start; undefined where the allocator was told what to give. */
function stepsOf(program: Program, grain: Grain, moves: readonly Move[]): readonly Step[] | undefined {
  const world = makeWorld(program);
  const start = setUp(world);
  const steps = [...start.steps];
  let { state } = start;
  for (const move of moves) {
    if ('choices' in move && move.choices?.some((choice) => choice !== 0) === true) return undefined;
    for (let step = stepOf(world, state, move); step !== undefined;) {
      steps.push(step);
      state = applyStep(world, state, step).state;
      step = grain === 'op' && 'task' in step && isRunning(state, step.task) ? { type: 'run', task: step.task } : undefined; // prettier-ignore
    }
    // As written no DMA completes by itself.
    if (move.type === 'dma') return undefined;
  }
  return steps;
}

function stepOf({ program }: World, state: State, move: Move): Step | undefined {
  switch (move.type) {
    case 'step':
    case 'entry': {
      const from = move.type === 'step' ? move.step : move.entry;
      return beginsOf(program, state, move.task).find((begin) => begin.from === from);
    }
    case 'run':
      return { type: 'run', task: move.task };
    case 'dma':
      return { type: 'dma', dma: move.dma };
    case 'grace':
      return { type: 'grace', inode: state.inodes.findIndex((inode, id) => inode.name === move.file && isRecalled(state, id)) }; // prettier-ignore
  }
}

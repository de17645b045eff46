/**
 * What each actor may begin next: the line of its list that it has come to, or the entries of its menu. How far it is
 * follows from `Task.pos`, which counts begun lines and, in a menu with a count, begun entries.
 */
import type { TaskId } from './model/ids.ts';
import type { Menu, Program } from './model/program.ts';
import type { State } from './model/state.ts';
import type { Begin } from './apply.ts';

type Plan = {
  /** By task: its lines in order. */
  readonly lists: readonly (readonly (readonly Begin[])[])[];
  /** By task: its menu. */
  readonly menus: readonly ({ readonly times: number; readonly entries: readonly Begin[] } | undefined)[];
};

/** Made once a program: the checker asks in every state. */
const plans = new WeakMap<Program, Plan>();

function planOf(program: Program): Plan {
  const known = plans.get(program);
  if (known !== undefined) return known;
  const lists = program.actors.map((_, task) =>
    program.steps.flatMap(({ actor, op }, from): (readonly Begin[])[] =>
      actor === task ? [[{ type: 'begin', task, op, from }]] : [],
    ),
  );
  const menus = program.actors.map((_, task) => {
    const menu = program.menus.find(({ actor }) => actor === task);
    return menu === undefined ? undefined : { times: menu.times ?? Infinity, entries: entriesOf(menu) };
  });
  const plan = { lists, menus };
  plans.set(program, plan);
  return plan;
}

function entriesOf({ actor: task, times, entries }: Menu): readonly Begin[] {
  const menu = times === undefined ? 'unlimited' : 'counted';
  return entries.map(({ op }, from): Begin => ({ type: 'begin', task, op, menu, from }));
}

const NOTHING: readonly Begin[] = [];

function menuAt({ lists, menus }: Plan, pos: number, task: TaskId): readonly Begin[] {
  const menu = menus[task];
  if (menu === undefined) return NOTHING;
  const used = pos - (lists[task]?.length ?? 0);
  return used >= 0 && used < menu.times ? menu.entries : NOTHING;
}

/** The entries of an actor's menu while uses of it are left; its lines come first. */
export const menuOf = (program: Program, state: State, task: TaskId): readonly Begin[] =>
  menuAt(planOf(program), state.tasks[task]?.pos ?? 0, task);

/** What an actor that has come so far may begin; the same list each time. */
export function beginsAt(program: Program, pos: number, task: TaskId): readonly Begin[] {
  const plan = planOf(program);
  return plan.lists[task]?.[pos] ?? menuAt(plan, pos, task);
}

/** What an idle actor may begin: one line, or any entry of its menu. Which of them is enabled says enabledSteps. */
export const beginsOf = (program: Program, state: State, task: TaskId): readonly Begin[] =>
  beginsAt(program, state.tasks[task]?.pos ?? 0, task);

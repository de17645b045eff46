/**
 * Plays the program of a recording, as written. The allocator may take any free block, so the recording is asked: the
 * model takes the block that stands for the recorded one, if that is free in the model too.
 */
import { runsEach } from '../base/runs.ts';
import { applyStep, type Step, type StepResult, type World } from '../sim/apply.ts';
import { initialState } from '../sim/initial.ts';
import type { Block } from '../sim/model/ids.ts';
import { FREE, type State } from '../sim/model/state.ts';
import { planNext, startCursor } from '../sim/schedule.ts';
import { Bijection } from './bijection.ts';
import { blockAt } from './recording.ts';
import type { Part } from './translate.ts';

/** `at`: the line whose turn it was when the line returned. */
export type Ending = { readonly result: string; readonly at: number };

export type Played = {
  /** By line: the state when it, and all that it woke, had done what they could. */
  readonly after: readonly State[];
  /** By line; absent: it never returned. */
  readonly endings: readonly (Ending | undefined)[];
  /** Recorded blocks ↔ the model's, for good. */
  readonly blocks: Bijection;
};

export function play(world: World, parts: readonly Part[]): Played {
  const { program } = world;
  const after: State[] = [];
  const endings: (Ending | undefined)[] = program.steps.map(() => undefined);
  const blocks = new Bijection();
  let state = initialState(program);
  let cursor = startCursor(program);
  for (;;) {
    const planned = planNext(program, state, cursor);
    const lineIsOver = planned.type === 'end' || planned.cursor.line > cursor.line;
    if (lineIsOver && cursor.line > 0) after[cursor.line - 1] = state;
    if (planned.type === 'end') return { after, endings, blocks };
    cursor = planned.cursor;
    if (planned.type === 'hold') continue;
    const at = cursor.line - 1;
    const done = applyAsRecorded({ world, parts, blocks, at }, state, planned.step);
    state = done.state;
    const { turn } = cursor;
    for (const event of done.events)
      if (event.type === 'returned' && event.task === turn?.task) endings[turn.step] = { result: event.result, at };
  }
}

type Recorded = {
  readonly world: World;
  readonly parts: readonly Part[];
  readonly blocks: Bijection;
  readonly at: number;
};

/** The step, and again where it took another block than the recorded one, until every allocation in it was answered. */
function applyAsRecorded(recorded: Recorded, state: State, step: Step): StepResult {
  if (step.type !== 'begin' && step.type !== 'run') return applyStep(recorded.world, state, step);
  const choices: number[] = [];
  let done = applyStep(recorded.world, state, step);
  let taken = allocationsOf(done);
  const free = taken.length === 0 ? [] : freeBlocks(state);
  for (let next = taken[0]; next !== undefined; next = taken[choices.length]) {
    const choice = choose(recorded.blocks, free, wanted(recorded, done.state, next));
    const [block] = free.splice(choice, 1);
    choices.push(choice);
    if (block === next.block) continue;
    done = applyStep(recorded.world, state, { ...step, choices });
    taken = allocationsOf(done);
  }
  return done;
}

const allocationsOf = ({ events }: StepResult) => events.filter((event) => event.type === 'allocated');

/** The first time that anybody could look at the file again, it had this block there. */
function wanted({ world, parts, at }: Recorded, state: State, { inode, index }: { inode: number; index: number }): string | undefined {
  const name = world.program.files[state.inodes[inode]?.name ?? -1]?.name ?? '';
  const seen = parts.find(({ step, upTo }) => upTo >= at && step.obs.files.get(name)?.extents !== undefined);
  const file = seen?.step.obs.files.get(name);
  return file === undefined ? undefined : blockAt(file, index);
} // prettier-ignore

/** Which of the free blocks: the known partner of the recorded one, else the first that stands for none. */
function choose(blocks: Bijection, free: readonly Block[], name: string | undefined): number {
  const known = name === undefined ? undefined : blocks.numberOf(name);
  const choice = free.findIndex((b) => (known === undefined ? blocks.nameOf(b) === undefined : b === known));
  const block = free[choice];
  if (name !== undefined && block !== undefined) blocks.bind(name, block);
  return Math.max(0, choice);
}

function freeBlocks(state: State): Block[] {
  const free: Block[] = [];
  runsEach(state.device.use, 0, Number.MAX_SAFE_INTEGER, (at, len, value, step) => {
    for (let i = 0; i < len; i++) if (value + i * step === FREE) free.push(at + i);
  });
  return free;
}

// Orders at micro grain that no run as written shows: who waits for another's micro-steps, and what is whole again only
// at their end.
import { describe, expect, test } from 'vitest';
import type { Step } from '../../src/sim/apply.ts';
import { applyOperation, applyStep, makeWorld } from '../../src/sim/apply.ts';
import { enabledSteps } from '../../src/sim/enabled.ts';
import { initialState } from '../../src/sim/initial.ts';
import { createJudge, doerOf } from '../../src/sim/judge.ts';
import type { State } from '../../src/sim/model/state.ts';
import { programOf } from '../support/runText.ts';

/** Lines of a text taken by hand: whole, or micro-step by micro-step. */
function byHand(text: string) {
  const program = programOf(`title "t"\n${text.replaceAll('; ', '\n')}\n`);
  const world = makeWorld(program);
  let state: State = initialState(program);
  const judge = createJudge(program);
  judge.judge(state, []);
  const broken = new Set<string>();
  const micro = (step: Step): string => {
    const by = doerOf(state, step);
    const { state: next, events, micro: name } = applyStep(world, state, step);
    state = next;
    const { lasting, moments } = judge.judge(state, events, by);
    for (const { id } of [...lasting, ...moments]) broken.add(id);
    return name;
  };
  const taskOf = (name: string): number => program.actors.findIndex((actor) => actor.name === name);
  const begin = (line: number): Step => {
    const step = program.steps[line];
    if (step === undefined) throw new Error(`no line ${line}`);
    return { type: 'begin', task: step.actor, op: step.op };
  };
  return {
    broken,
    state: () => state,
    whole: (...lines: readonly number[]) => {
      for (const line of lines) state = applyOperation(world, state, begin(line));
    },
    /** Begins a line, or goes on, up to the micro-step `last`. */
    upTo(last: string, from: number | string) {
      let name = micro(typeof from === 'number' ? begin(from) : { type: 'run', task: taskOf(from) });
      const task = typeof from === 'number' ? (program.steps[from]?.actor ?? -1) : taskOf(from);
      for (let n = 0; name !== last && n < 50; n++) name = micro({ type: 'run', task });
      return name;
    },
    canRun: (name: string) =>
      enabledSteps(world, state, () => []).some((step) => step.type === 'run' && step.task === taskOf(name)),
  };
}

describe('the locked DAX entry', () => {
  test('a write that slept for a pin does not come between the steps of a COW break', () => {
    const run = byHand('option wait write.onPin=wait; file A ab; file B = reflink A; p m = mmap A; p r = reg_mr m remote_read; s n = mmap A; q pwrite A 0 X; p dereg_mr r; s store n 0 Y'); // prettier-ignore
    run.whole(0, 1, 2, 3, 4);
    expect(run.canRun('q')).toBe(true);
    expect(run.upTo('store.c1', 5)).toBe('store.c1');
    expect(run.canRun('q')).toBe(false);
    expect(run.upTo('op.store', 's')).toBe('op.store');
    expect(run.canRun('q')).toBe(true);
    expect(run.upTo('pwrite.unlock', 'q')).toBe('pwrite.unlock');
    expect([...run.broken]).toEqual([]);
  });
});

describe('between c5 and c6 of a COW break', () => {
  test('a remote write and read meet the block that the file is about to have', () => {
    const run = byHand('option mainline; file A ab; file B = reflink A; p m = mmap A; p o = reg_mr m on_demand remote_write remote_read; p store m 0 X; peer rdma_write o 0 Y; peer rdma_read o 0'); // prettier-ignore
    run.whole(0, 1);
    expect(run.upTo('store.c5', 2)).toBe('store.c5');
    expect([run.upTo('dma.n5', 3), run.upTo('dma.n5', 4)]).toEqual(['dma.n5', 'dma.n5']);
    expect([...run.broken]).toEqual([]);
  });
});

describe('a fence under way', () => {
  test('is no wait for its owner: the pins go with the next steps', () => {
    const run = byHand('option revoke; file A ab; file B = reflink A; p m = mmap A; p r = reg_mr m remote_read; q n = mmap A; q store n 0 X; t pwrite A 0 Y'); // prettier-ignore
    run.whole(0, 1, 2);
    expect(run.upTo('dereg.d1', 3)).toBe('dereg.d1');
    expect(run.upTo('pwrite.wait', 4)).toBe('pwrite.wait');
    expect(run.canRun('t')).toBe(false);
    expect(run.upTo('op.store', 'q')).toBe('op.store');
    expect([...run.broken]).toEqual(['L7']);
  });
});

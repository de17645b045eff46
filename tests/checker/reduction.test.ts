// The search that counts renamings of blocks once, and the search that does not, say the same.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Program } from '../../src/sim/model/program.ts';
import type { Grain } from '../../src/sim/model/order.ts';
import { applyOperation, applyStep, makeWorld, type Step } from '../../src/sim/apply.ts';
import { finalOf } from '../../src/sim/final.ts';
import { setUp } from '../../src/sim/setup.ts';
import type { CheckReport, Trace } from '../../src/checker/verdict.ts';
import { bundledTexts } from '../support/bundledTexts.ts';
import {
  check,
  checked,
  outcomeSet,
  program,
  publicText,
  verdicts,
  withAnyBlock,
  withOption,
} from '../support/checked.ts';
import { smallWorld } from '../support/smallWorld.ts';
import { programOf } from '../support/runText.ts';
import { runsOf, THOROUGH } from '../support/thorough.ts';

const SEED = 11235;

/** All that has to be equal whatever is counted as one. */
function expectSame(free: CheckReport, full: CheckReport): void {
  const told = ({ states, transitions, depth, finals, complete }: CheckReport) => ({ states, transitions, depth, finals, complete }); // prettier-ignore
  expect(told(free)).toEqual(told(full));
  expect(verdicts(free)).toEqual(verdicts(full));
  expect(outcomeSet(free)).toEqual(outcomeSet(full));
  expect(claimsOf(free)).toEqual(claimsOf(full));
  expect(witnessesOf(free)).toEqual(witnessesOf(full));
}

const claimsOf = ({ claims }: CheckReport): unknown =>
  claims.map(({ text, verdict, positive, negative, witness, counterexample }) => ({ text, verdict, positive, negative, witness: witness?.length, counterexample: counterexample?.length })); // prettier-ignore

/** Results in no order, each with the length of its shortest run. */
const witnessesOf = ({ witnesses }: CheckReport): unknown =>
  witnesses.map(({ text, results }) => [
    text,
    results.map(({ result, trace }) => `${result} in ${trace.length}`).sort(),
  ]);

/** Without counts and outcomes, which `all` does not have. */
function expectSameVerdicts(all: CheckReport, full: CheckReport): void {
  expect(verdicts(all)).toEqual(verdicts(full));
  const short = ({ claims }: CheckReport): unknown =>
    claims.map(({ text, verdict, witness, counterexample }) => [
      text,
      verdict,
      witness?.length,
      counterexample?.length,
    ]);
  expect(short(all)).toEqual(short(full));
  expect(witnessesOf(all)).toEqual(witnessesOf(full));
  expect(all.depth).toBe(full.depth);
}

/** What a run ends in, taken move by move. */
function endOf(of: Program, grain: Grain, trace: Trace): unknown {
  const world = makeWorld(of);
  let { state } = setUp(world);
  for (const move of trace) {
    const step = stepOf(of, move, state.inodes.findIndex((inode) => move.type === 'grace' && inode.name === move.file)); // prettier-ignore
    state = grain === 'op' ? applyOperation(world, state, step) : applyStep(world, state, step).state;
  }
  return finalOf(of, state);
}

function stepOf(of: Program, move: Trace[number], inode: number): Step {
  switch (move.type) {
    case 'step': {
      const op = of.steps[move.step]?.op;
      if (op === undefined) throw new Error('no such line');
      return { ...move, type: 'begin', op, from: move.step };
    }
    case 'entry': {
      const menu = of.menus.find(({ actor }) => actor === move.task);
      const op = menu?.entries[move.entry]?.op;
      if (op === undefined) throw new Error('no such entry');
      return {
        ...move,
        type: 'begin',
        op,
        menu: menu?.times === undefined ? 'unlimited' : 'counted',
        from: move.entry,
      };
    }
    case 'grace':
      return { type: 'grace', inode };
    default:
      return move;
  }
}

const WORLD = `device 6; alloc any; OPTION; file A ab; app m = mmap A
any app x2: store m 0 X | store m 1 X | mr = reg_mr m local_write remote_read | mr = reg_mr m local_write remote_write | dereg_mr mr
any admin x2: ftruncate A 0 | fallocate A punch 0 1 | reflink A B | pwrite A 1 X
any peer x1: rdma_read mr 0 | rdma_write mr 1 X
exists S2 and not S5a; forbid S1; always L1 or free = 4; exists shared A 0 B 0; exists pinned A 0`;

describe('blocks free at the start', () => {
  const few = ['unprotected', 'wait', 'lease-kill', 'seed'];
  test.each(THOROUGH ? [...few, 'mainline', 'deferred-free', 'rewrite', 'revoke', 'etxtbsy'] : few)(
    '%s: states, outcomes, claims and verdicts as in the full search',
    (option) => {
      const of = program(WORLD.replace('OPTION', `option ${option}`));
      const full = checked(of);
      const free = checked(of, { symmetry: 'free' });
      expectSame(free, full);
      // Where nothing is ever allocated there is nothing to save.
      expect(free.visited * (option === 'seed' ? 1 : 2)).toBeLessThanOrEqual(full.visited);
      expectSameVerdicts(checked(of, { symmetry: 'all' }), full);
    },
  );

  test('every outcome comes with a run to it, names of blocks included', () => {
    const of = program(WORLD.replace('OPTION', 'option unprotected'));
    for (const symmetry of ['none', 'free'] as const)
      for (const { final, trace } of checked(of, { symmetry }).outcomes.slice(0, 100))
        expect(endOf(of, 'op', trace ?? [])).toEqual(final);
  });

  test('micro-steps: the same, and shorter', () => {
    const text = `device 4; alloc any; option unprotected; file A a; file B = reflink A; app m = mmap A
app mr = reg_mr m remote_read; app store m 0 X; admin reflink A B; peer rdma_read mr 0; exists S5b and S2; always free = 2`;
    const full = check(text, { grain: 'micro' });
    const free = check(text, { grain: 'micro', symmetry: 'free' });
    expectSame(free, full);
    expect(free.visited).toBeLessThan(full.visited);
    expectSameVerdicts(check(text, { grain: 'micro', symmetry: 'all' }), full);
  });

  const small = bundledTexts().filter(({ id }) => !/^(02|08|09|10|13|18|22|24|25|29|30)/.test(id));
  test.each(THOROUGH ? small : small.filter((_, i) => i % 6 === 0))(
    'bundled $id, with any block for the allocator',
    ({ text }) => {
      const of = programOf(withAnyBlock(text));
      const full = checked(of);
      expect(full.complete).toBe(true);
      expectSame(checked(of, { symmetry: 'free' }), full);
      expectSameVerdicts(checked(of, { symmetry: 'all' }), full);
    },
  );

  test.each([['worlds/unmapped.dax', 'kernel 6.12']])('%s', (path, kernel) => {
    const of = programOf(`${kernel}\n${withOption(publicText(path), 'wait')}`);
    const full = checked(of);
    expectSame(checked(of, { symmetry: 'free' }), full);
    expectSameVerdicts(checked(of, { symmetry: 'all' }), full);
  });
});

test(`random worlds, seed ${SEED}`, () => {
  let looked = 0;
  let counted = 0;
  const compare = (text: string): void => {
    const of = programOf(text);
    const full = checked(of, { maxStates: 4000 });
    if (!full.complete) return;
    const free = checked(of, { symmetry: 'free' });
    expectSame(free, full);
    expectSameVerdicts(checked(of, { symmetry: 'all' }), full);
    looked += free.visited;
    counted += full.visited;
  };
  fc.assert(fc.property(smallWorld(), compare), { seed: SEED, numRuns: runsOf(25, 12) });
  expect(looked * 2).toBeLessThan(counted);
}, 60_000);

describe('without effect', () => {
  const head = 'device 4; file A a; app m = mmap A; app store m 0 X; admin pwrite A 1 Y';
  test.each([
    ['the lowest block is taken', head],
    ['ext4 looks at neighbours', `alloc any; fs ext4; ${head}`],
  ])('%s: none, and the report says so', (_, text) => {
    const report = check(text, { symmetry: 'all' });
    expect(report.settings.symmetry).toBe('none');
    expect(report).toEqual(check(text, { symmetry: 'none' }));
  });

  test('nothing is free at the start', () => {
    const text = 'device 2; alloc any; file A ab; app pwrite A 1 Y; admin ftruncate A 1';
    expect(check(text, { symmetry: 'free' }).settings.symmetry).toBe('none');
    expect(check(text, { symmetry: 'all' }).settings.symmetry).toBe('all');
  });
});

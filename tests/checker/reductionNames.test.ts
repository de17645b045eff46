// Blocks are interchangeable under `alloc any`: renaming them maps every step to a step, and a key without names knows it.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { newNaming, areNamesFree } from '../../src/sim/blockNames.ts';
import { makeWorld } from '../../src/sim/apply.ts';
import { doerOf } from '../../src/sim/judge.ts';
import { NOBODY } from '../../src/sim/invariants/finding.ts';
import type { Program } from '../../src/sim/model/program.ts';
import type { Grain } from '../../src/sim/model/order.ts';
import type { State } from '../../src/sim/model/state.ts';
import { packState, stateKey } from '../../src/sim/stateKey.ts';
import { successorsOf } from '../../src/checker/successors.ts';
import { ALL, createWatch } from '../../src/checker/watch.ts';
import { randomScenario } from '../support/arbitraryProgram.ts';
import { withAnyBlock } from '../support/checked.ts';
import { chooser, interleave } from '../support/interleave.ts';
import { blocksRenamed, renamings } from '../support/renameBlocks.ts';
import { programOf } from '../support/runText.ts';

const SEED = 20260930;

/** Some states of a program under `alloc any`, on any file system with names that are free. */
function someStates(text: string, seed: number, most: number): { program: Program; states: readonly State[] } {
  const program = programOf(withAnyBlock(text).replace('fs ext4', 'fs xfs reflink=1'));
  const states: State[] = [];
  for (let n = 0; n < 3; n++) interleave(program, seed + n, ({ state }) => states.push(state), 300);
  const every = Math.max(1, Math.floor(states.length / most));
  return { program, states: states.filter((_, i) => i % every === 0) };
}

function shuffled(count: number, choose: (n: number) => number): readonly number[] {
  const left = Array.from({ length: count }, (_, i) => i);
  return left.map(() => 0).map(() => left.splice(choose(left.length), 1)[0] ?? 0);
}

/** Every transition: whose it is, which properties its micro-steps violate and speak of, and where it leads. */
function transitions(program: Program, grain: Grain, state: State, names: readonly number[]): readonly string[] {
  const watch = createWatch(program);
  const found: string[] = [];
  let by = NOBODY;
  let bits = 0;
  let name = '';
  successorsOf(makeWorld(program), grain, state, {
    begins(step) {
      by = doerOf(state, step);
      bits = 0;
      name = JSON.stringify({ ...step, choices: undefined });
    },
    micro(after, events) {
      bits = (bits * 31 + watch.judge(after, events, by, ALL)) % 2 ** 40;
      bits = (bits * 31 + watch.spoken(after, events, by, ALL)) % 2 ** 40;
    },
    ends: (_, after) => found.push(`${name} ${bits} ${stateKey(blocksRenamed(after, names))}`),
  });
  return found.sort();
}

describe(`renaming blocks, seed ${SEED}`, () => {
  test.each([
    ['op', 6],
    ['micro', 12],
  ] as const)('maps transitions to transitions, with the same verdicts, at %s grain', (grain, most) => {
    let taken = 0;
    const check = (text: string, seed: number): void => {
      const { program, states } = someStates(text, seed, most);
      const choose = chooser(seed);
      expect(areNamesFree(program)).toBe(true);
      const same = Array.from({ length: program.blocks }, (_, b) => b);
      for (const state of states) {
        const names = shuffled(program.blocks, choose);
        const here = transitions(program, grain, state, names);
        expect(transitions(program, grain, blocksRenamed(state, names), same)).toEqual(here);
        taken += here.length;
      }
    };
    fc.assert(fc.property(randomScenario(10), fc.nat(), check), { seed: SEED, numRuns: 25 });
    expect(taken).toBeGreaterThan(500);
  });

  test('changes no key that has other names for them, and leaves what differs apart', () => {
    let apart = 0;
    const check = (text: string, seed: number, keeps: number): void => {
      const { program, states } = someStates(text, seed, 30);
      const choose = chooser(seed);
      const kept = Array.from({ length: program.blocks }, (_, b) => (b < keeps ? b : -1));
      const naming = newNaming(kept, program.tags.length);
      const keyOf = (state: State): string => {
        const row = new Uint16Array(8192);
        return row.subarray(0, packState(state, row, naming)).join();
      };
      for (const state of states) {
        const moved = shuffled(program.blocks - keeps, choose);
        const names = kept.map((name, b) => (name >= 0 ? name : keeps + (moved[b - keeps] ?? 0)));
        expect(keyOf(blocksRenamed(state, names))).toBe(keyOf(state));
        if (keeps < 2) continue;
        // Not one of those that may be renamed: the keys are equal where the states are.
        const swapped = kept.map((_, b) => (b === 0 ? 1 : b === 1 ? 0 : b));
        const other = blocksRenamed(state, swapped);
        expect(keyOf(other) === keyOf(state)).toBe(stateKey(other) === stateKey(state));
        if (stateKey(other) !== stateKey(state)) apart++;
      }
    };
    fc.assert(fc.property(randomScenario(10), fc.nat(), fc.nat({ max: 4 }), check), { seed: SEED, numRuns: 40 });
    expect(apart).toBeGreaterThan(100);
  });

  test('gives as many states as the key says, and no two keys to one of them', () => {
    const free = 5;
    const check = (text: string, seed: number): void => {
      const { program, states } = someStates(text, seed, 8);
      const { length } = states;
      const pool = Array.from({ length: free }, (_, k) => program.blocks - 1 - k);
      const naming = newNaming(Array.from({ length: program.blocks }, (_, b) => (pool.includes(b) ? -1 : b)), program.tags.length); // prettier-ignore
      const all = renamings(program.blocks, pool);
      const row = new Uint16Array(8192);
      const looks = states.map((state) => {
        const key = row.subarray(0, packState(state, row, naming)).join();
        const orbit = new Set(all.map((names) => stateKey(blocksRenamed(state, names))));
        expect(naming.orbit).toBe(orbit.size);
        return { key, orbit };
      });
      for (let a = 0; a < length; a++)
        for (let b = 0; b < a; b++) {
          const [one, two] = [looks[a], looks[b]];
          expect(one?.key === two?.key).toBe(two?.orbit.has([...(one?.orbit ?? [])][0] ?? '') === true);
        }
    };
    fc.assert(fc.property(randomScenario(10), fc.nat(), check), { seed: SEED, numRuns: 12 });
  });
});

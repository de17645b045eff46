// Answers of the allocator that lead to the same but for names: one stands for all, and none is lost or counted twice.
import { expect, test } from 'vitest';
import type { State } from '../../src/sim/model/state.ts';
import { makeWorld } from '../../src/sim/apply.ts';
import { setUp } from '../../src/sim/setup.ts';
import { stateKey } from '../../src/sim/stateKey.ts';
import { successorsOf } from '../../src/checker/successors.ts';
import type { Grain } from '../../src/sim/model/order.ts';
import { chooser } from '../support/interleave.ts';
import { blocksRenamed, renamings } from '../support/renameBlocks.ts';
import { programOf } from '../support/runText.ts';

const SEED = 4711;
const BLOCKS = 6;

const world = (option: string): string => `device ${BLOCKS}
alloc any
${option}
file A ab
app m = mmap A 0 4
any app: store m 0 X | store m 1 Y | load m 3 | mr = reg_mr m local_write remote_read | dereg_mr mr | munmap m
any admin: ftruncate A 0 | ftruncate A 3 | fallocate A punch 0 1 | fallocate A alloc 1 3 | fallocate A zero 0 2 | reflink A B | pwrite A 1 X | pwrite A 2 Y
any peer: rdma_write mr 0 X | x = post_write mr 1 Z | complete x
`;

type Weighed = Map<string, number>;

/** The transitions out of a state by actor, operation and the state that they lead to, up to the names of `swapped`. */
function transitions(program: ReturnType<typeof programOf>, grain: Grain, state: State, weighed: boolean, all: readonly (readonly number[])[], swapped: ReadonlySet<number>): Weighed {
  const found: Weighed = new Map();
  const canonical = (after: State): string => all.map((to) => stateKey(blocksRenamed(after, to))).sort()[0] ?? '';
  let name = '';
  successorsOf(makeWorld(program), grain, state, {
    ...(weighed ? { swappable: (block: number) => swapped.has(block) } : {}),
    begins: (step) => (name = JSON.stringify({ ...step, choices: undefined })),
    micro: () => undefined,
    ends(_, after, __, weight) {
      const key = `${name} ${canonical(after)}`;
      found.set(key, (found.get(key) ?? 0) + weight);
    },
  });
  return found;
} // prettier-ignore

test.each([
  ['unprotected', 'op', [2, 3, 4, 5]],
  ['deferred-free', 'op', [2, 3, 4, 5]],
  ['unprotected', 'micro', [2, 3, 4, 5]],
  ['unprotected', 'op', [3, 4, 5]],
  ['wait', 'op', [0, 1, 2, 3]],
] as const)('%s at %s grain, with the names of %j free: the weights add up, seed 4711', (option, grain, names) => {
  const program = programOf(world(`option ${option}`));
  const swapped = new Set<number>(names);
  const all = renamings(BLOCKS, names);
  const choose = chooser(SEED);
  let saved = 0;
  for (let walk = 0; walk < 2; walk++) {
    let { state } = setUp(makeWorld(program));
    for (let n = 0; n < (grain === 'micro' ? 20 : 7); n++) {
      const every = transitions(program, grain, state, false, all, swapped);
      const some = transitions(program, grain, state, true, all, swapped);
      expect([...some].sort()).toEqual([...every].sort());
      const next: State[] = [];
      let taken = 0;
      const note = { begins: () => undefined, micro: () => undefined };
      successorsOf(makeWorld(program), grain, state, { ...note, ends: (_, after) => next.push(after) });
      successorsOf(makeWorld(program), grain, state, {
        ...note,
        swappable: (b) => swapped.has(b),
        ends: () => taken++,
      });
      saved += next.length - taken;
      state = next[choose(next.length)] ?? state;
    }
  }
  expect(saved).toBeGreaterThan(5);
});

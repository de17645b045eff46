import { expect, test } from 'vitest';
import { NO_PACE, paceWith, perSecond, statesLeft, type Pace } from '../../src/store/labRates.ts';
import type { Progress } from '../../src/checker/verdict.ts';

type Told = Pick<Progress, 'visited' | 'depth' | 'frontier'>;

const progress = (told: Told): Progress => ({ states: told.visited, transitions: 0, bytes: 0, properties: {} as Progress['properties'], ...told }); // prettier-ignore

const paceOf = (told: readonly (Told & { readonly ms: number })[]): Pace =>
  told.reduce((pace, { ms, ...one }) => paceWith(pace, ms, progress(one)), NO_PACE);

test('a rate is of the last two seconds, and none before there is something to divide by', () => {
  const told = [0, 1000, 2000, 3000, 4000].map((ms) => ({ ms, visited: ms < 2500 ? ms : 10 * ms - 22_500, depth: 1, frontier: 9 })); // prettier-ignore
  expect(perSecond(NO_PACE)).toBe(undefined);
  expect(perSecond(paceOf(told.slice(0, 1)))).toBe(undefined);
  expect(perSecond(paceOf(told.slice(0, 3)))).toBe(1000);
  expect(perSecond(paceOf(told))).toBe(7750);
});

/** Layers that begin with so many states known. */
const layers = (visited: readonly number[], frontier: number): number | undefined => {
  const told = visited.map((count, depth) => ({ ms: 100 * depth, visited: count, depth, frontier }));
  return statesLeft(paceOf(told), progress({ visited: visited.at(-1) ?? 0, depth: visited.length - 1, frontier }));
};

test.each<[string, readonly number[], number, number | undefined]>([
  ['two layers say nothing', [1, 10], 9, undefined],
  ['layers that grow say nothing', [1, 10, 100], 90, undefined],
  ['layers of one size say nothing', [1, 10, 19], 9, undefined],
  ['layers that halve: as many again as wait', [1, 101, 151], 50, 50],
  ['layers that shrink to a tenth', [0, 100, 110], 9, 1],
])('%s', (_, visited, frontier, left) => {
  expect(layers(visited, frontier)).toBe(left);
});

test('layers that were passed over between two looks say nothing', () => {
  const told = [0, 2, 3].map((depth, k) => ({ ms: 100 * k, visited: [0, 100, 110][k] ?? 0, depth, frontier: 5 }));
  expect(statesLeft(paceOf(told), progress({ visited: 110, depth: 3, frontier: 5 }))).toBe(undefined);
});

// `npm run soak` makes ten million calls; DAXPIN_CALLS and DAXPIN_SEED choose others.
import { expect, test } from 'vitest';
import { runsOf } from '../support/thorough.ts';
import { after } from './naive.ts';
import { soakOnce } from './soak.ts';

const CALLS = Number(process.env['DAXPIN_CALLS'] ?? runsOf(300_000, 30_000));
const SEED = Number(process.env['DAXPIN_SEED'] ?? 20_261_201);

test(`${CALLS} random calls leave files as a list of values has them, seed ${SEED}`, { timeout: 7_200_000 }, () => {
  const sum = { calls: 0, checked: 0, slept: 0, worlds: 0 };
  for (let seed = SEED; sum.calls < CALLS; seed += 1) {
    try {
      const { calls, checked, slept } = soakOnce(seed);
      Object.assign(sum, { calls: sum.calls + calls, checked: sum.checked + checked, slept: sum.slept + slept, worlds: sum.worlds + 1 }); // prettier-ignore
    } catch (error) {
      throw new Error(`world ${seed}`, { cause: error });
    }
  }
  if (process.env['DAXPIN_CALLS'] !== undefined) console.log(JSON.stringify({ seed: SEED, ...sum }));
  // Nobody would notice a soak in which nothing happens.
  expect(sum.checked / sum.calls).toBeGreaterThan(0.8);
  expect(sum.slept).toBeGreaterThan(CALLS / 1000);
});

test.each<[string, typeof after]>([
  ['a punch that does nothing', (op, file, ...rest) => (op.verb === 'fallocate' && op.mode === 'punch' ? file : after(op, file, ...rest))],
  ['a truncate that keeps what it cut', (op, file, ...rest) => (op.verb === 'ftruncate' && op.size < file.length ? file : after(op, file, ...rest))],
  ['a clone of the whole file alone', (op, file, ...rest) => (op.verb === 'reflink' && op.range !== undefined ? file : after(op, file, ...rest))],
])('notices %s', (_, planted) => {
  expect(() => Array.from({ length: 30 }, (__, seed) => soakOnce(seed, planted))).toThrow(/^file [ABC]/);
}); // prettier-ignore

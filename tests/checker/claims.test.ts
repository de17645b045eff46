// Conditions over all runs: tiny worlds, counted by hand. A final state counts once for each set of violated properties.
import { expect, test } from 'vitest';
import { check } from '../support/checked.ts';

/** Claim, its verdict, and how many final states satisfy it and do not. */
type Case = readonly [text: string, claim: string, verdict: string, positive: number, negative: number];

// Two writers of one index: the last one wins.
const RACE = 'device 4; file A a; p pwrite A 0 X; q pwrite A 0 Y';
// The peer reads before or after the store that moves the file off the pinned block: final states are two, for where
// the MR points is the same, and the DMA is over.
const STALE =
  'device 6; option unprotected; file A a; file B = reflink A; app m = mmap A; app mr = reg_mr m remote_read';

const CASES: readonly Case[] = [
  [RACE, 'exists file A = X', 'holds', 1, 1],
  [RACE, 'exists file A = a', 'violated', 0, 2],
  [RACE, 'forbid file A = Y', 'violated', 1, 1],
  [RACE, 'forbid file A = Z', 'holds', 0, 2],
  [RACE, 'always file A = X or file A = Y', 'holds', 2, 0],
  [RACE, 'always file A = X', 'violated', 1, 1],
  [RACE, 'always not S1', 'holds', 2, 0],
  [`${STALE}; app store m 0 X`, 'always S2', 'holds', 1, 0],
  // Violated on the way, and whole again at the end: true of the run all the same.
  [`${STALE}; app store m 0 X; app dereg_mr mr`, 'always S2 and mr destroyed', 'holds', 1, 0],
  // The read comes before the store, or after it: one final state, two sets of violated properties.
  [`${STALE}; app store m 0 X; peer rdma_read mr 0`, 'exists S5b', 'holds', 1, 1],
  [`${STALE}; app store m 0 X; peer rdma_read mr 0`, 'exists not S5b and S2', 'holds', 1, 1],
  [`${STALE}; app store m 0 X; peer rdma_read mr 0`, 'forbid S5b or not S2', 'violated', 1, 1],
]; // prettier-ignore

test.each(CASES)('%s; %s', (text, claim, verdict, positive, negative) => {
  const [told] = check(`${text}; ${claim}`).claims;
  expect(told).toMatchObject({ verdict, positive, negative });
  expect(told?.witness === undefined).toBe(positive === 0);
  expect(told?.counterexample === undefined).toBe(negative === 0);
});

test('weights count runs as well: the clone of a store may be any of three blocks', () => {
  const text = `${STALE.replace('device 6', 'device 4; alloc any')}; app store m 0 X; exists S2; exists not S5a`;
  for (const symmetry of ['none', 'free'] as const) {
    const { claims, finals } = check(text, { symmetry });
    expect(finals).toBe(3);
    expect(claims.map(({ positive, negative }) => [positive, negative])).toEqual([[3, 0], [3, 0]]); // prettier-ignore
  }
});

test('before the end only what is found is told', () => {
  const { claims } = check(`${RACE}; exists file A = Z; forbid file A = Z; always not S1`, { maxStates: 1 });
  expect(claims.map(({ verdict }) => verdict)).toEqual(['unknown', 'unknown', 'unknown']);
});

test('a run without L1 is known only when all is looked at: what could end the wait may be yet to come', () => {
  const wait = 'device 4; option wait; file A a; app m = mmap A; app mr = reg_mr m remote_read; admin ftruncate A 0';
  const verdictOf = (maxStates: number): unknown => check(`${wait}; exists not L1; exists L1`, { maxStates }).claims.map(({ verdict }) => verdict); // prettier-ignore
  for (const most of [1, 3, 5]) expect(verdictOf(most)).toEqual(['unknown', 'unknown']);
  expect(verdictOf(1000)).toEqual(['holds', 'holds']);
});

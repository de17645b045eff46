import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { emptyRuns, runsFrom, runsGet, runsSet, type Runs } from '../../../src/base/runs.ts';
import { initialState } from '../../../src/sim/initial.ts';
import type { State } from '../../../src/sim/model/state.ts';
import { NO_MR } from '../../../src/sim/model/state.ts';
import { busyEntry, hasPinnedPage } from '../../../src/sim/query/inodes.ts';
import { eachPin, pinsOf, type Pin } from '../../../src/sim/query/pins.ts';
import { programOf } from '../../support/runText.ts';

const SEED = 7_310;
const base = initialState(programOf('title "t"\nfile A a\np m = mmap A\np r = reg_mr m remote_read\n'));

const mapOf = (pairs: readonly (readonly [number, number])[]): Runs =>
  pairs.reduce((runs, [at, value]) => runsSet(runs, at, 1, value, 0), emptyRuns);

/** File 0 with these entries (and extents), and these blocks pinned by slots 0, 1, … of one MR. */
function stateWith(entries: Runs, pinned: readonly number[]): State {
  const counts = pinned.reduce((runs, block) => runsSet(runs, block, 1, (runsGet(runs, block) ?? 0) + 1, 0), emptyRuns);
  const slots = mapOf(pinned.map((block, slot) => [slot, block]));
  return {
    ...base,
    device: { ...base.device, pins: counts },
    inodes: base.inodes.map((inode) => ({ ...inode, entries, map: entries })),
    mrs: [{ ...NO_MR, state: 'live', len: pinned.length, pins: slots, mtt: slots }],
  };
}

const ENTRIES = fc.uniqueArray(fc.tuple(fc.nat(200), fc.nat(300)), {
  selector: ([at]) => at,
  maxLength: 120,
  size: 'max',
});
const PINNED = fc.oneof(
  fc.array(fc.nat(300), { maxLength: 4 }),
  fc.array(fc.nat(300), { maxLength: 120, size: 'max' }),
);

describe(`pins, found without walking everything, seed ${SEED}`, () => {
  test('the lowest DAX entry in range whose block is pinned', () => {
    const check = (pairs: [number, number][], pinned: number[], from: number, len: number): void => {
      const state = stateWith(mapOf(pairs), pinned);
      const [inode] = state.inodes;
      if (inode === undefined) throw new Error('no file');
      const inRange = pairs.filter(([at, block]) => at >= from && at < from + len && pinned.includes(block));
      const lowest = inRange.sort(([a], [b]) => a - b)[0]?.[1];
      expect(busyEntry(state, inode, from, from + len)).toBe(lowest);
      expect(hasPinnedPage(state, inode)).toBe(pairs.some(([, block]) => pinned.includes(block)));
    };
    fc.assert(fc.property(ENTRIES, PINNED, fc.nat(200), fc.nat(200), check), { seed: SEED, numRuns: 400 });
  });

  test('all pins of a page, in the order of all pins', () => {
    const check = (pinned: number[], page: number): void => {
      const state = stateWith(emptyRuns, pinned);
      const naive: Pin[] = [];
      eachPin(state, (pin) => {
        if (pin.page === page) naive.push(pin);
      });
      expect(pinsOf(state, page)).toEqual(naive);
    };
    fc.assert(fc.property(PINNED, fc.nat(300), check), { seed: SEED, numRuns: 300 });
  });

  test('of a million entries, by the one pin there is', () => {
    const entries = runsFrom(Array.from({ length: 1_000_000 }, (_, i) => ({ at: i, len: 1, value: 2 * i, step: 0 as const }))); // prettier-ignore
    const state = stateWith(entries, [1_234_568]);
    const [inode] = state.inodes;
    if (inode === undefined) throw new Error('no file');
    for (let n = 0; n < 10_000; n++) expect(busyEntry(state, inode, 0, 617_285)).toBe(1_234_568);
    expect(busyEntry(state, inode, 0, 617_284)).toBeUndefined();
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { runsFrom } from '../../src/base/runs.ts';
import { packState, stateKey } from '../../src/sim/stateKey.ts';
import { initialState } from '../../src/sim/initial.ts';
import type { State } from '../../src/sim/model/state.ts';
import { randomScenario } from '../support/arbitraryProgram.ts';
import { canonicalText } from '../support/canonicalState.ts';
import { chooser, interleave } from '../support/interleave.ts';
import { nudged, renumbered } from '../support/reshapeState.ts';
import { programOf } from '../support/runText.ts';

const SEED = 20260412;

/** States on the way of a few interleavings of one program; many are reached more than once. */
function someStates(text: string, seed: number): readonly State[] {
  const program = programOf(text);
  const states = [initialState(program)];
  for (let n = 0; n < 4; n++) interleave(program, seed + n, ({ state }) => states.push(state), 400);
  return states;
}

/** Equal keys exactly where the texts are equal: each key goes with one text, and each text with one key. */
function expectAgreement(states: readonly State[]): void {
  const textOf = new Map<string, string>();
  const keyOf = new Map<string, string>();
  for (const state of states) {
    const key = stateKey(state);
    const text = canonicalText(state);
    if (!textOf.has(key)) textOf.set(key, text);
    if (!keyOf.has(text)) keyOf.set(text, key);
    if (textOf.get(key) !== text) expect(text).toEqual(textOf.get(key));
    if (keyOf.get(text) !== key) expect([...key]).toEqual([...(keyOf.get(text) ?? '')]);
  }
}

describe(`the key of a state, seed ${SEED}`, () => {
  const runs = { seed: SEED, numRuns: 30 };

  test('is equal exactly where the state is, on the ways of random programs', () => {
    let again = 0;
    const check = (text: string, seed: number): void => {
      const states = someStates(text, seed);
      expectAgreement(states);
      again += states.length - new Set(states.map(stateKey)).size;
    };
    fc.assert(fc.property(randomScenario(12), fc.nat(), check), runs);
    expect(again).toBeGreaterThan(100);
  });

  test('sees every change of one thing, and no other', () => {
    let told = 0;
    const check = (text: string, seed: number): void => {
      const states = someStates(text, seed);
      const choose = chooser(seed);
      for (let n = 0; n < 40; n++) {
        const state = states[choose(states.length)] ?? states[0];
        if (state === undefined) continue;
        const other = nudged(state, choose);
        const same = canonicalText(other) === canonicalText(state);
        expect(stateKey(other) === stateKey(state)).toBe(same);
        if (!same) told++;
      }
    };
    fc.assert(fc.property(randomScenario(12), fc.nat(), check), runs);
    expect(told).toBeGreaterThan(200);
  });

  test('does not know the slots of inodes and DRAM pages', () => {
    const check = (text: string, seed: number): void => {
      const choose = chooser(seed);
      for (const state of someStates(text, seed).filter((_, i) => i % 20 === 0)) {
        const other = renumbered(state, choose);
        expect(canonicalText(other)).toEqual(canonicalText(state));
        expect(stateKey(other) === stateKey(state)).toBe(true);
      }
    };
    fc.assert(fc.property(randomScenario(12), fc.nat(), check), runs);
  });
});

describe('packing', () => {
  const state = initialState(programOf('title "t"\nfile A abcd\nfile B = reflink A\napp m = mmap A\n'));

  test('says how long a row it takes when the row is too short', () => {
    const length = packState(state, new Uint16Array(4));
    const row = new Uint16Array(length + 3);
    expect(packState(state, row)).toBe(length);
    expect(length).toBeGreaterThan(40);
  });

  test('takes numbers of any size, and maps too big for one leaf', () => {
    const extents = (value: number): State['inodes'][number]['map'] =>
      runsFrom(Array.from({ length: 5000 }, (_, i) => ({ at: 2 * i, len: 1, value: (2 * value * i) % 2 ** 30, step: 0 as const }))); // prettier-ignore
    const keyWith = (size: number, value: number): string => {
      const [first, ...rest] = state.inodes;
      return stateKey({ ...state, inodes: first === undefined ? [] : [{ ...first, size, map: extents(value) }, ...rest] }); // prettier-ignore
    };
    const keys = [1, 2 ** 15, 2 ** 29, 2 ** 30 - 1].flatMap((size) => [1, 40_009].map((value) => keyWith(size, value)));
    expect(new Set(keys).size).toBe(keys.length);
    expect(keyWith(7, 9)).toBe(keyWith(7, 9));
  });
});

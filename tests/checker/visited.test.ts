// The set of rows is exact whatever the hash, and grows past every array that it is made of.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Hash } from '../../src/checker/visited.ts';
import { createVisited, SIZES } from '../../src/checker/visited.ts';
import { createNumbers } from '../../src/checker/numbers.ts';

const SEED = 90125;
const SMALL = { chunkBits: 5, blockBits: 2, partBits: 1 };

const HASHES: Record<string, Hash> = {
  'always 0': () => 0,
  'one of four': (row) => (row[0] ?? 0) & 3,
  'all bits': () => 0xffffffff,
};

const letters = fc.array(fc.integer({ min: 0, max: 2 }), { maxLength: 5 });

describe(`the set of states, seed ${SEED}`, () => {
  test.each(Object.keys(HASHES))('tells rows apart with a hash that does not: %s', (name) => {
    const check = (list: readonly (readonly number[])[]): void => {
      const visited = createVisited(HASHES[name], SMALL);
      const ids = new Map<string, number>();
      for (const one of list) {
        const row = Uint16Array.from([...one, 7, 7]);
        const known = ids.get(one.join());
        expect(visited.find(row, one.length)).toBe(known ?? -1);
        expect(visited.add(row, one.length)).toBe(known === undefined ? ids.size : ~known);
        if (known === undefined) ids.set(one.join(), ids.size);
      }
      const back = new Uint16Array(5);
      for (const [text, id] of ids) expect(back.subarray(0, visited.read(id, back)).join()).toBe(text);
      expect(visited.size()).toBe(ids.size);
    };
    fc.assert(fc.property(fc.array(letters, { maxLength: 200, size: 'max' }), check), { seed: SEED, numRuns: 60 });
  });

  test('has no limit in the size of its arrays: 200,000 rows in chunks of a few', () => {
    const visited = createVisited(undefined, { chunkBits: 6, blockBits: 4, partBits: 3 });
    const row = new Uint16Array(3);
    const fill = (n: number): void => row.set([n & 0xffff, n >>> 16, (n * 7) & 0xffff]);
    for (let n = 0; n < 200_000; n++) {
      fill(n);
      expect(visited.add(row, 3)).toBe(n);
    }
    for (let n = 0; n < 200_000; n += 997) {
      fill(n);
      expect(visited.add(row, 3)).toBe(~n);
      row.fill(0);
      visited.read(n, row);
      expect([...row]).toEqual([n & 0xffff, n >>> 16, (n * 7) & 0xffff]);
    }
  });

  test('2^26 states fit as it is used: every table has room, and no part of the hash table is big', () => {
    const states = 2 ** 26;
    // Rows of at most 32 letters, as a world of a dozen actors has; an offset and an id are numbers of 32 bits.
    expect(states * 33).toBeLessThan(2 ** 32);
    // Entries of the part that is doubled at once; a growth moves them one by one.
    expect(states / 2 ** SIZES.partBits / 0.6).toBeLessThan(2 ** 20);
    expect(states / 2 ** SIZES.blockBits).toBeLessThan(2 ** 16);
  });

  test('no single call takes long: a million rows', () => {
    const visited = createVisited();
    const row = new Uint16Array(4);
    let longest = 0;
    for (let n = 0; n < 1_000_000; n += 1000) {
      const from = process.cpuUsage().user;
      for (let k = n; k < n + 1000; k++) {
        row.set([k & 0xffff, k >>> 16, 1, 2]);
        visited.add(row, 4);
      }
      longest = Math.max(longest, process.cpuUsage().user - from);
    }
    // A thousand calls together, with a wide margin for a busy machine.
    expect(longest / 1000).toBeLessThan(200);
  });
});

test('a list of numbers goes past its chunks', () => {
  const numbers = createNumbers();
  for (let n = 0; n < 200_000; n++) numbers.push(n * 3);
  numbers.set(131_072, 5);
  expect([0, 65_535, 65_536, 131_072, 199_999].map(numbers.get)).toEqual([0, 196_605, 196_608, 5, 599_997]);
  expect(numbers.size()).toBe(200_000);
  expect(numbers.bytes()).toBe(4 * 65_536 * 4);
});

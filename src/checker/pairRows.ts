/** A pair as a row of letters, for the set of pairs seen. */
import type { State } from '../sim/model/state.ts';
import { packState } from '../sim/stateKey.ts';
import type { Pair } from './pairs.ts';
import type { Visited } from './visited.ts';

/** What packing fills; one for all, for packing calls nobody back. */
let row = new Uint16Array(2048);
let half = new Uint16Array(1024);

function pack(state: State): number {
  let length = packState(state, half);
  if (length > half.length) {
    half = new Uint16Array(2 * length);
    length = packState(state, half);
  }
  return length;
}

/** What was violated, the length of the first row, and both rows. To be read at once, and not kept. */
export function packPair({ first, second, violated }: Pair): Uint16Array {
  let length = 0;
  const put = (letters: Uint16Array): void => {
    if (length + letters.length > row.length) {
      const longer = new Uint16Array(2 * (length + letters.length));
      longer.set(row);
      row = longer;
    }
    row.set(letters, length);
    length += letters.length;
  };
  const size = pack(first);
  put(Uint16Array.of(violated & 0xffff, violated >>> 16, size));
  put(half.subarray(0, size));
  const rest = pack(second);
  put(half.subarray(0, rest));
  return row.subarray(0, length);
}

/** The letters of a stored row, as text. */
export function storedRow(visited: Visited, id: number): string {
  let letters = new Uint16Array(2048);
  const length = visited.read(id, letters);
  if (length > letters.length) {
    letters = new Uint16Array(length);
    visited.read(id, letters);
  }
  return letters.subarray(0, length).join();
}

/**
 * The set of states seen, by their packed rows: exact, for equal hashes are settled by comparing the rows. Everything
 * lies in typed arrays of fixed size, so that no limit of `Map` or of a single array is ever met, and no growth step
 * takes long.
 */

export type Sizes = {
  /** Letters of a chunk of rows; a longer row has a chunk of its own. */
  readonly chunkBits: number;
  /** States of a chunk of the tables by state. */
  readonly blockBits: number;
  /** Parts of the hash table, each of which grows for itself, so that no growth takes long. */
  readonly partBits: number;
};
export const SIZES: Sizes = { chunkBits: 20, blockBits: 16, partBits: 8 };
const FIRST_PART = 64;

export type Visited = {
  /** The id of the row: a new one, or ~id of the state seen before. */
  readonly add: (row: Uint16Array, length: number) => number;
  /** The id of the row, −1: it is not there. */
  readonly find: (row: Uint16Array, length: number) => number;
  /** Copies the row of a state into `row`; its length. If that is more than the row holds, nothing is copied. */
  readonly read: (id: number, row: Uint16Array) => number;
  readonly size: () => number;
  readonly bytes: () => number;
};

export type Hash = (row: Uint16Array, length: number) => number;

type Part = { slots: Uint32Array; used: number };

/** A bad hash makes it slow, not wrong. */
export function createVisited(hashOf: Hash = mixLetters, { chunkBits, blockBits, partBits }: Sizes = SIZES): Visited {
  const CHUNK = 2 ** chunkBits;
  const BLOCK = 2 ** blockBits;
  const PARTS = 2 ** partBits;
  const rows: Uint16Array[] = [];
  let fill = CHUNK;
  const offsets: Uint32Array[] = [];
  const hashes: Uint32Array[] = [];
  let size = 0;
  let bytes = 0;
  const parts: Part[] = Array.from({ length: PARTS }, () => ({ slots: new Uint32Array(FIRST_PART), used: 0 }));
  bytes += PARTS * FIRST_PART * 4;

  const at = (table: readonly Uint32Array[], id: number): number => table[id >>> blockBits]?.[id & (BLOCK - 1)] ?? 0;

  function isRow(id: number, row: Uint16Array, length: number): boolean {
    const offset = at(offsets, id);
    const chunk = rows[offset >>> chunkBits];
    if (chunk === undefined) return false;
    let from = offset & (CHUNK - 1);
    if (chunk[from++] !== length) return false;
    for (let k = 0; k < length; k++) if (chunk[from + k] !== row[k]) return false;
    return true;
  }

  function append(row: Uint16Array, length: number, hash: number): number {
    if (length > 0xffff) throw new RangeError(`a state of ${length} letters`);
    const need = length + 1;
    if (fill + need > CHUNK) {
      const chunk = new Uint16Array(Math.max(CHUNK, need));
      rows.push(chunk);
      bytes += chunk.byteLength;
      fill = 0;
    }
    const chunk = rows[rows.length - 1] as Uint16Array;
    const id = size++;
    if ((id & (BLOCK - 1)) === 0) {
      offsets.push(new Uint32Array(BLOCK));
      hashes.push(new Uint32Array(BLOCK));
      bytes += 8 * BLOCK;
    }
    const offset = (rows.length - 1) * CHUNK + fill;
    if (offset > 0xffffffff) throw new RangeError('more than 2^32 letters of states');
    (offsets[id >>> blockBits] as Uint32Array)[id & (BLOCK - 1)] = offset;
    (hashes[id >>> blockBits] as Uint32Array)[id & (BLOCK - 1)] = hash;
    chunk[fill++] = length;
    for (let k = 0; k < length; k++) chunk[fill + k] = row[k] ?? 0;
    fill += length;
    return id;
  }

  function grow(part: Part): void {
    const old = part.slots;
    const slots = new Uint32Array(old.length * 2);
    const mask = slots.length - 1;
    for (const entry of old) {
      if (entry === 0) continue;
      let slot = (at(hashes, entry - 1) >>> partBits) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = entry;
    }
    part.slots = slots;
    bytes += 4 * old.length;
  }

  return {
    add(row, length) {
      const hash = hashOf(row, length);
      const part = parts[hash & (PARTS - 1)] as Part;
      if (part.used * 5 > part.slots.length * 3) grow(part);
      const { slots } = part;
      const mask = slots.length - 1;
      let slot = (hash >>> partBits) & mask;
      for (let entry = slots[slot] ?? 0; entry !== 0; entry = slots[slot] ?? 0) {
        if (at(hashes, entry - 1) === hash && isRow(entry - 1, row, length)) return ~(entry - 1);
        slot = (slot + 1) & mask;
      }
      const id = append(row, length, hash);
      slots[slot] = id + 1;
      part.used++;
      return id;
    },
    find(row, length) {
      const hash = hashOf(row, length);
      const { slots } = parts[hash & (PARTS - 1)] as Part;
      const mask = slots.length - 1;
      let slot = (hash >>> partBits) & mask;
      for (let entry = slots[slot] ?? 0; entry !== 0; entry = slots[slot] ?? 0) {
        if (at(hashes, entry - 1) === hash && isRow(entry - 1, row, length)) return entry - 1;
        slot = (slot + 1) & mask;
      }
      return -1;
    },
    read(id, row) {
      const offset = at(offsets, id);
      const chunk = rows[offset >>> chunkBits];
      const from = offset & (CHUNK - 1);
      const length = chunk?.[from] ?? 0;
      if (chunk !== undefined && length <= row.length) row.set(chunk.subarray(from + 1, from + 1 + length));
      return length;
    },
    size: () => size,
    bytes: () => bytes,
  };
}

/** Two rounds of multiply and mix a letter; the end is mixed once more, for the part is taken from the low bits. */
function mixLetters(row: Uint16Array, length: number): number {
  let h = 0x9e3779b1 ^ length;
  for (let k = 0; k < length; k++) {
    h = Math.imul(h ^ (row[k] ?? 0), 0x85ebca6b);
    h ^= h >>> 13;
  }
  h = Math.imul(h ^ (h >>> 16), 0xc2b2ae35);
  return (h ^ (h >>> 15)) >>> 0;
}

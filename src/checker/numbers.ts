const BITS = 16;
const CHUNK = 1 << BITS;

/** A list of unsigned numbers of 32 bits that grows without being copied, past any limit of a single array. */
export type Numbers = {
  readonly push: (value: number) => void;
  readonly get: (at: number) => number;
  readonly set: (at: number, value: number) => void;
  readonly size: () => number;
  readonly bytes: () => number;
};

export function createNumbers(): Numbers {
  const chunks: Uint32Array[] = [];
  let size = 0;
  return {
    push(value) {
      if ((size & (CHUNK - 1)) === 0) chunks.push(new Uint32Array(CHUNK));
      (chunks[size >>> BITS] as Uint32Array)[size & (CHUNK - 1)] = value;
      size++;
    },
    get: (at) => chunks[at >>> BITS]?.[at & (CHUNK - 1)] ?? 0,
    set(at, value) {
      (chunks[at >>> BITS] as Uint32Array)[at & (CHUNK - 1)] = value;
    },
    size: () => size,
    bytes: () => chunks.length * CHUNK * 4,
  };
}

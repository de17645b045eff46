/** Work that gives way: a piece takes some milliseconds, so that whoever does it can listen in between. */
export type Pieces<T> = Generator<undefined, T>;

/** All of it at once. */
export function finish<T>(pieces: Pieces<T>): T {
  for (;;) {
    const { done, value } = pieces.next();
    if (done === true) return value;
  }
}

/** A piece for each. */
export function* mapPieces<T, U>(list: Iterable<T>, of: (one: T) => U): Pieces<readonly U[]> {
  const found: U[] = [];
  for (const one of list) {
    found.push(of(one));
    yield;
  }
  return found;
}

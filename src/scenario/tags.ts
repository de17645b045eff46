/** The tags of a text in order of appearance; 0 is `.`, zeroes. */
export type TagTable = {
  readonly idOf: (name: string) => number;
  readonly has: (name: string) => boolean;
  readonly names: () => readonly string[];
};

export function createTags(): TagTable & { readonly add: (name: string) => void } {
  const ids = new Map([['.', 0]]);
  return {
    add: (name) => void (ids.has(name) || ids.set(name, ids.size)),
    idOf: (name) => ids.get(name) ?? 0,
    has: (name) => ids.has(name),
    names: () => [...ids.keys()],
  };
}

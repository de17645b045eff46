/** Where scenarios are kept: the browser's database, or nothing but the memory of this page. */
import { markedName } from './names.ts';
import { freshId, sameContent, type OwnScenario } from './ownScenario.ts';

export type Stored = {
  /** In the order of their names. */
  readonly records: readonly OwnScenario[];
  /** How many could not be read. They are kept, out of the way. */
  readonly setAside: number;
};

export type Put =
  /** As it is kept now, with its new revision. */
  | { readonly type: 'kept'; readonly record: OwnScenario }
  /** Somebody else saved the same scenario first: this one was kept beside it, under a name of its own. */
  | { readonly type: 'beside'; readonly record: OwnScenario; readonly theirs: OwnScenario };

/** What a promise of a shelf is rejected with: full, denied, broken. */
export type Shelf = {
  /** Whether it outlives the page. */
  readonly lasting: boolean;
  readonly readAll: () => Promise<Stored>;
  readonly read: (id: string) => Promise<OwnScenario | undefined>;
  /** `record.revision` is the one that it was made from; 0: a new one. */
  readonly put: (record: OwnScenario) => Promise<Put>;
  readonly remove: (id: string) => Promise<void>;
};

/** What to write for `mine`, given what is kept. Both survive where they differ. */
export function settle(mine: OwnScenario, theirs: OwnScenario | undefined, names: () => Iterable<string>): Put {
  if (theirs === undefined || theirs.revision === mine.revision) {
    return { type: 'kept', record: { ...mine, revision: mine.revision + 1 } };
  }
  if (sameContent(mine, theirs)) return { type: 'kept', record: theirs };
  const name = markedName(mine.name, 'other tab', names());
  return { type: 'beside', record: { ...mine, id: freshId(), name, revision: 1 }, theirs };
}

const byName = (a: OwnScenario, b: OwnScenario): number => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);

export const inOrder = (records: Iterable<OwnScenario>): readonly OwnScenario[] => [...records].sort(byName);

/** For a browser that keeps nothing. */
export function memoryShelf(lasting = false): Shelf {
  const kept = new Map<string, OwnScenario>();
  return {
    lasting,
    readAll: () => Promise.resolve({ records: inOrder(kept.values()), setAside: 0 }),
    read: (id) => Promise.resolve(kept.get(id)),
    put(record) {
      const put = settle(record, kept.get(record.id), () => [...kept.values()].map(({ name }) => name));
      kept.set(put.record.id, put.record);
      return Promise.resolve(put);
    },
    remove(id) {
      kept.delete(id);
      return Promise.resolve();
    },
  };
}

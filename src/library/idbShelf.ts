/**
 * The browser's database. A put reads and writes in one transaction, so two tabs cannot both believe that they were
 * first. What cannot be read is moved to a store of its own: a later version may understand it.
 */
import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import { decodeOwn, encodeOwn, MAX_OWN, type OwnScenario } from './ownScenario.ts';
import { inOrder, settle, type Shelf, type Stored } from './shelf.ts';

const NAME = 'daxpin';
const VERSION = 1;

interface Schema extends DBSchema {
  scenarios: { key: string; value: unknown };
  setAside: { key: number; value: { readonly key: string; readonly why: string; readonly value: unknown } };
}

type Database = IDBPDatabase<Schema>;

/** Rejected where the browser keeps nothing for this page. */
export async function openIdbShelf(): Promise<Shelf> {
  const db = await openDB<Schema>(NAME, VERSION, {
    upgrade(fresh) {
      fresh.createObjectStore('scenarios');
      fresh.createObjectStore('setAside', { autoIncrement: true });
    },
    // A newer version of the page in another tab must not wait for this one.
    blocking: (_now, _wanted, event) => {
      if (event.target instanceof IDBDatabase) event.target.close();
    },
  });
  return {
    lasting: true,
    readAll: () => readAll(db),
    read: async (id) => decoded(await db.get('scenarios', id)),
    put: (record) => put(db, record),
    remove: (id) => db.delete('scenarios', id),
  };
}

function decoded(value: unknown): OwnScenario | undefined {
  const own = value === undefined ? undefined : decodeOwn(value);
  return own?.ok === true ? own.value : undefined;
}

async function readAll(db: Database): Promise<Stored> {
  const tx = db.transaction(['scenarios', 'setAside'], 'readwrite');
  const scenarios = tx.objectStore('scenarios');
  const records: OwnScenario[] = [];
  let setAside = 0;
  let cursor = await scenarios.openCursor();
  while (cursor !== null && records.length < MAX_OWN) {
    const own = decodeOwn(cursor.value);
    // A record under another key than its own would be saved beside itself.
    if (own.ok && own.value.id === cursor.key) records.push(own.value);
    else {
      const why = own.ok ? 'kept under another id' : own.error;
      await tx.objectStore('setAside').add({ key: String(cursor.key), why, value: cursor.value });
      await cursor.delete();
      setAside += 1;
    }
    cursor = await cursor.continue();
  }
  await tx.done;
  return { records: inOrder(records), setAside };
}

async function put(db: Database, mine: OwnScenario): ReturnType<Shelf['put']> {
  const tx = db.transaction('scenarios', 'readwrite');
  const theirs = decoded(await tx.store.get(mine.id));
  const others = theirs === undefined || theirs.revision === mine.revision ? [] : await tx.store.getAll(null, MAX_OWN);
  const names = (): string[] => others.flatMap((value) => decoded(value)?.name ?? []);
  const done = settle(mine, theirs, names);
  await Promise.all([tx.store.put(encodeOwn(done.record), done.record.id), tx.done]);
  return done;
}

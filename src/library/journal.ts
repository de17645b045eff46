/**
 * What was typed last and may not have reached the database: written when the page goes away, where only a synchronous
 * write is sure to happen, and read back at the next start. Each tab has an entry of its own.
 */
import { decodeOwn, encodeOwn, type OwnScenario } from './ownScenario.ts';

export type Journal = {
  readonly write: (records: readonly OwnScenario[]) => void;
  /** What this tab wrote is no longer needed. */
  readonly erase: () => void;
  /** All that any tab left, once. */
  readonly take: () => readonly OwnScenario[];
};

export type JournalStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

const PREFIX = 'daxpin.unsaved.';

function decodeList(text: string): readonly OwnScenario[] {
  let list: unknown;
  try {
    list = JSON.parse(text);
  } catch {
    return [];
  }
  return (Array.isArray(list) ? list : []).flatMap((item) => {
    const own = decodeOwn(item);
    return own.ok ? [own.value] : [];
  });
}

/** `storage` may refuse anything: then the database has what it has. */
export function storageJournal(storage: JournalStorage, tab: string): Journal {
  const key = PREFIX + tab;
  const keys = (): string[] =>
    Array.from({ length: storage.length }, (_, i) => storage.key(i) ?? '').filter((one) => one.startsWith(PREFIX));
  return {
    write(records) {
      if (records.length === 0) return;
      try {
        storage.setItem(key, JSON.stringify(records.map(encodeOwn)));
      } catch {
        // Full or denied, and the page is on its way out: nobody is left to tell.
      }
    },
    erase: () => storage.removeItem(key),
    take: () =>
      keys().flatMap((one) => {
        const list = decodeList(storage.getItem(one) ?? '');
        storage.removeItem(one);
        return list;
      }),
  };
}

export const noJournal: Journal = { write: () => undefined, erase: () => undefined, take: () => [] };

/**
 * Write-behind: what changes is on the shelf within a third of a second, one write at a time for each scenario, and what
 * went wrong is told. Two tabs with the same scenario hear of each other; what both changed is kept twice.
 */
import type { Journal } from './journal.ts';
import type { OwnScenario } from './ownScenario.ts';
import type { Shelf } from './shelf.ts';

export const WRITE_BEHIND_MS = 250;

/** From tab to tab. */
export type Message = { readonly type: 'kept' | 'removed'; readonly id: string; readonly revision: number };

export type Channel = {
  readonly post: (message: Message) => void;
  readonly listen: (hear: (m: Message) => void) => void;
};

export type Told =
  | { readonly type: 'saving' | 'saved' }
  | { readonly type: 'failed'; readonly why: string }
  /** Another tab saved first: what was `id` goes on as `record`; the other tab's stays as `theirs`. */
  | { readonly type: 'beside'; readonly id: string; readonly record: OwnScenario; readonly theirs: OwnScenario }
  /** Another tab changed it, this one did not. */
  | { readonly type: 'theirs'; readonly record: OwnScenario }
  | { readonly type: 'removed'; readonly id: string };

export type Keeper = {
  readonly lasting: boolean;
  /** All that is kept, what the last visit left unsaved among it. */
  readonly open: () => Promise<{ readonly records: readonly OwnScenario[]; readonly setAside: number }>;
  readonly keep: (record: OwnScenario) => void;
  readonly remove: (id: string) => void;
  /** Now, not in a while; to be called before the page is hidden. */
  readonly flush: () => void;
  /** Nothing is on its way. */
  readonly settled: () => Promise<void>;
  /** Looks for what other tabs did; needed where no channel tells. */
  readonly refresh: (id: string) => void;
};

export type Hands = {
  readonly shelf: Shelf;
  readonly journal: Journal;
  readonly channel: Channel;
  readonly tell: (told: Told) => void;
};

const reason = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  return error.name === 'QuotaExceededError' ? 'the storage of this browser is full' : error.message || error.name;
};

export function createKeeper({ shelf, journal, channel, tell }: Hands): Keeper {
  /** The revision that this tab last saw of each scenario. */
  const revisions = new Map<string, number>();
  const dirty = new Map<string, OwnScenario>();
  const writing = new Map<string, OwnScenario>();
  const removing = new Set<string>();
  let work: Promise<void> = Promise.resolve();
  let timer: ReturnType<typeof setTimeout> | undefined;

  const seen = (record: OwnScenario): OwnScenario => ({ ...record, revision: revisions.get(record.id) ?? 0 });
  const unsaved = (): readonly OwnScenario[] => [...new Map([...writing, ...dirty]).values()].map(seen);

  function flush(): void {
    clearTimeout(timer);
    timer = undefined;
    if (dirty.size > 0) work = work.then(writeAll);
  }

  async function writeAll(): Promise<void> {
    for (const [id, record] of [...dirty]) {
      dirty.delete(id);
      writing.set(id, record);
      try {
        await write(record);
      } catch (error) {
        // Not lost: the next change, or the next attempt, writes it.
        if (!dirty.has(id)) dirty.set(id, record);
        writing.delete(id);
        tell({ type: 'failed', why: reason(error) });
        return;
      }
      writing.delete(id);
    }
    if (dirty.size > 0) return;
    journal.erase();
    tell({ type: 'saved' });
  }

  async function write(record: OwnScenario): Promise<void> {
    const put = await shelf.put(seen(record));
    if (put.type === 'beside') {
      revisions.set(record.id, put.theirs.revision);
      const newer = dirty.get(record.id);
      dirty.delete(record.id);
      if (newer !== undefined) dirty.set(put.record.id, { ...newer, id: put.record.id, name: put.record.name });
      tell({ type: 'beside', id: record.id, record: put.record, theirs: put.theirs });
    }
    revisions.set(put.record.id, put.record.revision);
    channel.post({ type: 'kept', id: put.record.id, revision: put.record.revision });
  }

  /** What a visit left unsaved; where that cannot be written, it waits like anything typed now. */
  async function recover(record: OwnScenario): Promise<void> {
    try {
      await shelf.put(record);
    } catch (error) {
      revisions.set(record.id, record.revision);
      dirty.set(record.id, record);
      tell({ type: 'failed', why: reason(error) });
    }
  }

  const mine = (id: string): boolean => dirty.has(id) || writing.has(id) || removing.has(id);

  async function look(id: string): Promise<void> {
    const record = await shelf.read(id);
    if (mine(id) || record === undefined || record.revision <= (revisions.get(id) ?? 0)) return;
    revisions.set(id, record.revision);
    tell({ type: 'theirs', record });
  }

  channel.listen(({ type, id, revision }) => {
    // Changed here too: the next put finds out and keeps both.
    if (mine(id)) return;
    if (type === 'kept' && revision > (revisions.get(id) ?? 0)) work = work.then(() => look(id)).catch(() => undefined);
    if (type === 'removed') {
      revisions.delete(id);
      tell({ type: 'removed', id });
    }
  });

  return {
    lasting: shelf.lasting,
    async open() {
      const left = journal.take();
      // Until it is on the shelf: this page may go away as suddenly as the last.
      journal.write(left);
      for (const record of left) await recover(record);
      if (dirty.size === 0) journal.erase();
      const { records, setAside } = await shelf.readAll();
      // What waits to be written is newer, and was made from an older revision.
      const others = records.filter(({ id }) => !dirty.has(id));
      others.forEach(({ id, revision }) => revisions.set(id, revision));
      return { records: [...others, ...dirty.values()], setAside };
    },
    keep(record) {
      removing.delete(record.id);
      dirty.set(record.id, record);
      tell({ type: 'saving' });
      timer ??= setTimeout(flush, WRITE_BEHIND_MS);
    },
    remove(id) {
      dirty.delete(id);
      removing.add(id);
      const erase = async (): Promise<void> => {
        if (!removing.has(id)) return;
        await shelf.remove(id);
        removing.delete(id);
        revisions.delete(id);
        channel.post({ type: 'removed', id, revision: 0 });
      };
      work = work.then(erase).catch((error: unknown) => tell({ type: 'failed', why: reason(error) }));
    },
    flush() {
      journal.write(unsaved());
      flush();
    },
    async settled() {
      flush();
      let last;
      do {
        last = work;
        await last;
      } while (last !== work);
    },
    refresh: (id) => {
      if (!mine(id)) work = work.then(() => look(id)).catch(() => undefined);
    },
  };
}

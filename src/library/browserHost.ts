/** What a browser has to keep things in, and what it does not. */
import { openIdbShelf } from './idbShelf.ts';
import { noJournal, storageJournal, type Journal } from './journal.ts';
import type { Channel, Message } from './keeper.ts';
import { freshId } from './ownScenario.ts';
import { memoryShelf, type Shelf } from './shelf.ts';

const CHANNEL = 'daxpin.library';

export type Host = {
  readonly shelf: Shelf;
  readonly journal: Journal;
  readonly channel: Channel;
  /** Why nothing is kept, if nothing is. */
  readonly denied?: string;
};

const silent: Channel = { post: () => undefined, listen: () => undefined };

const isMessage = (data: unknown): data is Message =>
  typeof data === 'object' &&
  data !== null &&
  'type' in data &&
  (data.type === 'kept' || data.type === 'removed') &&
  'id' in data &&
  typeof data.id === 'string' &&
  'revision' in data &&
  typeof data.revision === 'number';

function openChannel(): Channel {
  if (typeof BroadcastChannel === 'undefined') return silent;
  const channel = new BroadcastChannel(CHANNEL);
  return {
    post: (message) => channel.postMessage(message),
    listen: (hear) => channel.addEventListener('message', ({ data }) => isMessage(data) && hear(data)),
  };
}

/** Touching it throws where it is blocked, and the database may be there all the same. */
function openJournal(): Journal {
  try {
    return storageJournal(localStorage, freshId());
  } catch {
    return noJournal;
  }
}

/** A database that says neither yes nor no would keep everybody waiting for their own scenarios. */
const PATIENCE_MS = 8000;

const tooLate = (): Promise<never> =>
  new Promise((_, reject) => {
    setTimeout(() => reject(new Error('its storage does not answer')), PATIENCE_MS);
  });

export async function openBrowserHost(): Promise<Host> {
  try {
    const shelf = await Promise.race([openIdbShelf(), tooLate()]);
    return { shelf, journal: openJournal(), channel: openChannel() };
  } catch (error) {
    const denied = error instanceof Error ? error.message : String(error);
    return { shelf: memoryShelf(), journal: noJournal, channel: silent, denied };
  }
}

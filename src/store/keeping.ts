/**
 * The user's library as the page has it: opened once, told of every change, and telling of what other tabs did. Loaded
 * after the first picture.
 */
import { openBrowserHost, type Host } from '../library/browserHost.ts';
import { createKeeper, type Keeper, type Told } from '../library/keeper.ts';
import type { OwnScenario } from '../library/ownScenario.ts';
import { assertNever } from '../base/assert.ts';
import { inOrder } from '../library/shelf.ts';
import { runText } from './running.ts';
import { OWN, page, setPage, type Notice } from './store.ts';

let keeper: Keeper | undefined;
let opening: Promise<void> | undefined;
let closing: (() => void) | undefined;

/** Once; what was typed before it was open is kept with the rest. */
export function openLibrary(host: () => Promise<Host> = openBrowserHost): Promise<void> {
  opening ??= open(host);
  return opening;
}

/** For tests: as if the page went away. */
export function closeLibrary(): void {
  closing?.();
  keeper = undefined;
  opening = undefined;
}

async function open(host: () => Promise<Host>): Promise<void> {
  const { shelf, journal, channel, denied } = await host();
  const made = createKeeper({ shelf, journal, channel, tell: hear });
  keeper = made;
  closing = followPage(made);
  const { records, setAside } = await made.open().catch(tellUnread);
  const early = page().own;
  const known = new Set(early.map(({ id }) => id));
  setPage({ own: inOrder([...early, ...records.filter(({ id }) => !known.has(id))]), libraryOpen: true });
  early.forEach(made.keep);
  if (denied !== undefined) {
    setPage({ keeping: 'not kept', notice: { text: `This browser keeps nothing for this page (${denied}). What you write lasts until the page is closed: save it to a file.`, tone: 'info', action: 'save' } }); // prettier-ignore
  } else if (setAside > 0) {
    const what = setAside === 1 ? 'A scenario of yours' : `${setAside} scenarios of yours`;
    setPage({ notice: { text: `${what} could not be read and ${setAside === 1 ? 'was' : 'were'} set aside in this browser; nothing was deleted.`, tone: 'problem' } }); // prettier-ignore
  }
}

/** What is on its way is written before the page is gone; where it cannot be, the browser asks before it goes. */
function followPage(made: Keeper): () => void {
  if (typeof window === 'undefined') return () => undefined;
  const onHide = (): void => {
    if (document.visibilityState === 'hidden') made.flush();
    else if (page().scenario.startsWith(OWN)) made.refresh(page().scenario.slice(OWN.length));
  };
  const onUnload = (event: BeforeUnloadEvent): void => {
    if (page().keeping === 'not kept' && page().own.length > 0) event.preventDefault();
  };
  window.addEventListener('pagehide', made.flush);
  window.addEventListener('beforeunload', onUnload);
  document.addEventListener('visibilitychange', onHide);
  return () => {
    window.removeEventListener('pagehide', made.flush);
    window.removeEventListener('beforeunload', onUnload);
    document.removeEventListener('visibilitychange', onHide);
  };
}

/** Into the list and onto the shelf. */
export function keepOwn(own: OwnScenario): void {
  putInList(own);
  if (keeper === undefined) setPage({ keeping: 'saving' });
  else keeper.keep(own);
}

export function forgetOwn(id: string): void {
  setPage({ own: page().own.filter((own) => own.id !== id) });
  keeper?.remove(id);
}

/** All that is on its way has arrived, or has failed. */
export const librarySettled = async (): Promise<void> => keeper?.settled();

function putInList(own: OwnScenario): void {
  setPage({ own: inOrder([...page().own.filter(({ id }) => id !== own.id), own]) });
}

function hear(told: Told): void {
  switch (told.type) {
    case 'saving':
      if (keeper?.lasting !== false && page().keeping !== 'not kept') setPage({ keeping: 'saving' });
      return;
    case 'saved':
      return hearSaved();
    case 'failed':
      failure = { text: `Not kept: ${told.why}. Nothing is lost while this page is open; save it to a file, or make room and write on.`, tone: 'problem', action: 'save' }; // prettier-ignore
      setPage({ keeping: 'not kept', notice: failure });
      return;
    case 'beside':
      return hearBeside(told);
    case 'theirs':
      return hearTheirs(told.record);
    case 'removed':
      return hearRemoved(told.id);
    default:
      return assertNever(told);
  }
}

/** The last failure, as long as it is true. */
let failure: Notice | undefined;

function hearSaved(): void {
  const { notice } = page();
  if (failure !== undefined && notice === failure) setPage({ notice: undefined });
  failure = undefined;
  setPage({ keeping: keeper?.lasting === false ? 'not kept' : 'saved' });
}

/** What cannot be read now is where it was; the page goes on without it. */
function tellUnread(error: unknown): { readonly records: readonly OwnScenario[]; readonly setAside: number } {
  const why = error instanceof Error ? error.message : String(error);
  const text = `Your scenarios cannot be read now (${why}). They are still kept in this browser: reload the page to try again.`;
  setPage({ notice: { text, tone: 'problem', action: 'reload' } });
  return { records: [], setAside: 0 };
}

/** Both survive: what this tab has goes on under its new name, and the address with it. */
function hearBeside({ id, record, theirs }: Extract<Told, { type: 'beside' }>): void {
  const here = page().own.find((own) => own.id === id);
  const mine = here === undefined ? record : { ...here, id: record.id, name: record.name };
  setPage({ own: inOrder([...page().own.filter((own) => own.id !== id), theirs, mine]) });
  rename(id, record.id);
  const text = `'${theirs.name}' was changed in another tab too. Both are kept: what you have here is '${record.name}' now.`;
  setPage({ notice: { text, tone: 'info' } });
}

/** The open scenario goes by another id; what is shown is the same. */
function rename(from: string, to: string): void {
  const { scenario, shown } = page();
  if (scenario === OWN + from) setPage({ scenario: OWN + to });
  if (shown?.scenario === OWN + from) setPage({ shown: { ...shown, scenario: OWN + to } });
}

function hearTheirs(record: OwnScenario): void {
  const before = page().own.find(({ id }) => id === record.id);
  putInList(record);
  const { scenario, preset, kernel, shown, at } = page();
  const text = record.branches.find(({ id }) => id === record.current)?.text ?? '';
  if (before === undefined || scenario !== OWN + record.id || text === page().text) return;
  runText({ scenario, preset, kernel }, text, shown === undefined ? { at } : { like: { ...shown, at } });
  setPage({ notice: { text: `'${record.name}' was changed in another tab; this is what it is now.`, tone: 'info' } });
}

/** What is open here stays; its next change keeps it again. */
function hearRemoved(id: string): void {
  const own = page().own.find((one) => one.id === id);
  if (own === undefined) return;
  if (page().scenario !== OWN + id) {
    setPage({ own: page().own.filter((one) => one.id !== id) });
    return;
  }
  const text = `'${own.name}' was deleted in another tab. It stays here until you leave it; a change keeps it again.`;
  setPage({ notice: { text, tone: 'info' } });
}

/** What a user does with scenarios of their own: write, make, name, delete, open and save. Loaded when first needed. */
import { MAX_PASTED } from '../io/findLink.ts';
import { readFile, fileOfName, MAX_FILES } from '../library/files.ts';
import { freeName, markedName } from '../library/names.ts';
import { createOwn, MAX_OWN, textOf, tidyName, withText, type OwnScenario } from '../library/ownScenario.ts';
import { loadScenario } from '../scenario/load.ts';
import { openScenario } from './actions.ts';
import { catalogue } from './catalogue.ts';
import { forgetOwn, keepOwn } from './keeping.ts';
import { openPasted } from './links.ts';
import { runText } from './running.ts';
import type { Opening } from './session.ts';
import { OWN, page, setPage } from './store.ts';
import { traceOf } from './traces.ts';

/** Up to this length a text is parsed at every key. */
const FLUID_LENGTH = 24_000;
/** A longer one is parsed when typing pauses. */
const PAUSE_MS = 250;

let timer: ReturnType<typeof setTimeout> | undefined;
let deleted: OwnScenario | undefined;

const names = (): string[] => page().own.map(({ name }) => name);

/** The scenario of the user's own that is open. */
export function openOwn(): OwnScenario | undefined {
  const { scenario, own } = page();
  return own.find(({ id }) => OWN + id === scenario);
}

/** What the open scenario is called. */
export function openName(): string {
  const { scenario } = page();
  return (
    openOwn()?.name ??
    traceOf(scenario)?.name ??
    (catalogue().find(({ id }) => id === scenario)?.program?.title || scenario)
  );
}

/** The open scenario, made the user's own if it came with the page; undefined: there are too many already. */
export function ownOpen(): OwnScenario | undefined {
  const own = openOwn();
  if (own !== undefined) return own;
  return made(markedName(openName(), 'copy', names()), page().text);
}

function made(name: string, text: string): OwnScenario | undefined {
  if (page().own.length >= MAX_OWN) {
    const cure = 'Delete some, or save them to files first.';
    setPage({ notice: { text: `There are ${MAX_OWN} scenarios of yours already. ${cure}`, tone: 'problem' } });
    return undefined;
  }
  return createOwn(name, text);
}

/** The text is the only truth: what is typed runs at once, seen from the same place. */
export function editText(text: string): void {
  if (text === page().text) return;
  const own = ownOpen();
  if (own === undefined) return;
  keepOwn(withText(own, text));
  setPage({ scenario: OWN + own.id, text });
  clearTimeout(timer);
  if (text.length <= FLUID_LENGTH) rerun();
  else timer = setTimeout(rerun, PAUSE_MS);
}

function rerun(): void {
  const { scenario, preset, kernel, text } = page();
  runText({ scenario, preset, kernel }, text, hereNow());
}

/** Where the user is looking, to be found again in another text. */
export function hereNow(): Opening {
  const { shown, at } = page();
  return shown === undefined ? { at } : { like: { program: shown.program, outline: shown.outline, at } };
}

/** Keeps it, and runs its current branch. */
export function showOwn(own: OwnScenario, opening: Opening): void {
  clearTimeout(timer);
  keepOwn(own);
  const { preset, kernel } = page();
  const scenario = OWN + own.id;
  if (!runText({ scenario, preset, kernel }, textOf(own), opening)) setPage({ script: true, tab: 'script' });
}

function openMade(own: OwnScenario | undefined): void {
  if (own === undefined) return;
  clearTimeout(timer);
  keepOwn(own);
  openScenario(OWN + own.id);
}

/** A text that was made elsewhere, as one more of the user's own; false: there are too many. */
export function openText(name: string, text: string, opening: Opening): boolean {
  const own = made(freeName(name, names()), text);
  if (own === undefined) return false;
  clearTimeout(timer);
  keepOwn(own);
  openScenario(OWN + own.id, opening);
  return true;
}

export function newScenario(): void {
  openMade(made(freeName('Untitled', names()), ''));
  setPage({ script: true, tab: 'script' });
}

export function duplicate(): void {
  const own = openOwn();
  const copy = made(markedName(openName(), 'copy', names()), page().text);
  openMade(own === undefined || copy === undefined ? copy : { ...own, id: copy.id, name: copy.name, revision: 0 });
}

/** A name that another one has gets a number. */
export function renameOpen(name: string): void {
  const own = openOwn();
  if (own === undefined || tidyName(name) === own.name) return;
  const others = page().own.filter(({ id }) => id !== own.id);
  keepOwn({ ...own, name: freeName(tidyName(name), others.map((other) => other.name)) }); // prettier-ignore
}

/** The next one in the list opens; `undo` brings it back as it was. */
export function deleteOpen(): void {
  const own = openOwn();
  if (own === undefined) return;
  const rest = page().own.filter(({ id }) => id !== own.id);
  const at = page().own.indexOf(own);
  const next = rest[Math.min(at, rest.length - 1)];
  deleted = own;
  clearTimeout(timer);
  forgetOwn(own.id);
  openScenario(next === undefined ? (catalogue()[0]?.id ?? '') : OWN + next.id);
  setPage({ notice: { text: `'${own.name}' is deleted.`, tone: 'info', action: 'undo' } });
}

export function undoDelete(): void {
  if (deleted !== undefined) openMade(deleted);
  deleted = undefined;
}

/** Files as the user has them: several at once; what is wrong with one does not keep the others out. */
export async function openFiles(files: readonly Pick<File, 'name' | 'size' | 'arrayBuffer'>[]): Promise<void> {
  const problems: string[] = files.length > MAX_FILES ? [`Only the first ${MAX_FILES} of ${files.length} files were opened.`] : []; // prettier-ignore
  let last: OwnScenario | undefined;
  let mailed = false;
  for (const file of files.slice(0, MAX_FILES)) {
    if (await openedAsMail(file)) {
      mailed = true;
      continue;
    }
    const read = await readWhole(file);
    if (!read.ok) {
      problems.push(read.error);
      continue;
    }
    const own = made(freeName(read.value.name, names()), read.value.text);
    if (own === undefined) break;
    keepOwn(own);
    last = own;
  }
  openMade(last);
  if (problems.length === 0) return;
  const text = last === undefined && !mailed ? 'Nothing was opened.' : 'Not everything was opened.';
  setPage({ notice: { text, detail: problems.join('\n'), tone: 'problem' } });
}

const MAIL = /\.(txt|eml|json)$/i;

/** A mail with a link, or with a state that was copied as text; what can be run as it is is a scenario. */
async function openedAsMail(file: Pick<File, 'name' | 'size' | 'arrayBuffer'>): Promise<boolean> {
  if (!MAIL.test(file.name) || file.size > MAX_PASTED) return false;
  try {
    const text = new TextDecoder().decode(await file.arrayBuffer());
    return !loadScenario(text).ok && openPasted(text);
  } catch {
    // Reading it as a scenario tells why it cannot be read.
    return false;
  }
}

async function readWhole(file: Pick<File, 'name' | 'size' | 'arrayBuffer'>): Promise<ReturnType<typeof readFile>> {
  // A file of gigabytes is refused by its size, not read to find it out.
  if (file.size > 4_000_000) return { ok: false, error: `${file.name}: ${Math.ceil(file.size / 1024)} kB; a scenario has at most 256 kB.` }; // prettier-ignore
  try {
    return readFile(file.name, new Uint8Array(await file.arrayBuffer()));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { ok: false, error: `${file.name}: it cannot be read (${why}). Is it a folder?` };
  }
}

/** The open text as a file. */
export const fileToSave = (): { readonly name: string; readonly text: string } => ({
  name: fileOfName(openName()),
  text: page().text,
});

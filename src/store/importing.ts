/** Outputs of a real machine, on their way into a scenario. Loaded when something is pasted or dropped. */
import { MAX_BYTES, MAX_SOURCES } from '../import/bounds.ts';
import { PAGEMAP_NAME } from '../import/pagemap.ts';
import type { Source } from '../import/read.ts';
import { looksLikeOutput } from '../import/recognise.ts';
import { openDialog } from './actions.ts';
import { page, setPage } from './store.ts';

/** What was pasted has no name: all of it is one source, to be seen and changed. */
export const PASTED = '';

export const pastedOf = (sources: readonly Source[]): string =>
  sources.flatMap(({ name, content }) => (name === PASTED && typeof content === 'string' ? [content] : [])).join('\n');

export function setPasted(text: string): void {
  const files = page().importing.filter(({ name }) => name !== PASTED);
  setPage({ importing: text === '' ? files : [{ name: PASTED, content: text }, ...files] });
}

export function setImporting(importing: readonly Source[]): void {
  setPage({ importing });
}

/** False: these are no such outputs. What came before stays while the dialog is open: a machine comes in pieces. */
export function importPasted(text: string): boolean {
  if (!looksLikeOutput(text)) return false;
  const { dialog, importing } = page();
  const before = dialog === 'import' ? pastedOf(importing) : '';
  if (dialog !== 'import') setImporting([]);
  setPasted(before === '' ? text : `${before.trimEnd()}\n\n${text}`);
  openDialog('import');
  return true;
}

type Given = Pick<File, 'name' | 'size' | 'arrayBuffer'>;

/** Takes what it knows into the dialog, and gives back the rest. */
export async function importFiles<F extends Given>(files: readonly F[]): Promise<readonly F[]> {
  const rest: F[] = [];
  const taken: Source[] = [];
  for (const file of files) {
    const source = /\.(?:dax|talk|eml)$/i.test(file.name) ? undefined : await sourceOf(file);
    if (source === undefined) rest.push(file);
    else taken.push(source);
  }
  if (taken.length > 0) add(taken);
  return rest;
}

/** Chosen as such: whatever is in them, the report says. */
export async function addFiles(files: readonly Given[]): Promise<void> {
  const taken: Source[] = [];
  for (const file of files.slice(0, MAX_SOURCES + 1)) {
    const content = file.size > MAX_BYTES ? new Uint8Array(MAX_BYTES + 1) : await bytesOf(file);
    if (content !== undefined) taken.push({ name: file.name, content });
  }
  add(taken);
}

function add(taken: readonly Source[]): void {
  const { dialog, importing } = page();
  const names = new Set(taken.map(({ name }) => name));
  const before = dialog === 'import' ? importing.filter(({ name }) => !names.has(name)) : [];
  setImporting([...before, ...taken]);
  openDialog('import');
}

async function sourceOf(file: Given): Promise<Source | undefined> {
  if (file.size > MAX_BYTES) return undefined;
  const content = await bytesOf(file);
  if (content === undefined) return undefined;
  const known = PAGEMAP_NAME(file.name) || looksLikeOutput(new TextDecoder().decode(content));
  return known ? { name: file.name, content } : undefined;
}

async function bytesOf(file: Given): Promise<Uint8Array | undefined> {
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch {
    // A folder, or a file that went: whoever opens it next says so.
    return undefined;
  }
}

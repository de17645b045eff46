/** The talks that come with the page, and those that were opened from files: these last as long as the page. */
import { ok, type Result } from '../base/result.ts';
import { parseTalk, talkErrorText, type Talk } from '../io/talk.ts';
import { textsOf } from './bundle.ts';

const BUNDLED: Record<string, string> = import.meta.glob('/public/talks/*.talk', {
  query: '?raw',
  import: 'default',
  eager: true,
});

/** Before the id of a talk from a file: not in any address. */
const FILE = 'file:';
const MOST_OPENED = 20;

let opened: readonly { readonly id: string; readonly talk: Talk }[] = [];

export const isOpened = (id: string): boolean => id.startsWith(FILE);

/** Those that can be named in an address, in the order of their files. */
export const bundledTalks = (): readonly { readonly id: string; readonly text: string }[] =>
  textsOf(BUNDLED).map(({ id, text }) => ({ id: id.replace(/\.talk$/, ''), text }));

export function talkOf(id: string): Talk | undefined {
  const text = bundledTalks().find((one) => one.id === id)?.text;
  if (text === undefined) return opened.find((one) => one.id === id)?.talk;
  const talk = parseTalk(text);
  return talk.ok ? talk.value : undefined;
}

/** A talk from a file; the newest of that name is meant by it. `knows`: whether there is such a scenario. */
export function addTalk(file: string, text: string, knows: (scenario: string) => boolean): Result<string, string> {
  const read = parseTalk(text);
  if (!read.ok) return { ok: false, error: talkErrorText(file, read.error) };
  const stray = read.value.slides.find(({ scenario }) => !knows(scenario));
  if (stray !== undefined) {
    const message = `there is no scenario '${stray.scenario}' on this page.`;
    return { ok: false, error: talkErrorText(file, { line: stray.line, column: 'scenario '.length + 1, message }) };
  }
  const id = FILE + file.replace(/\.talk$/i, '');
  opened = [...opened.filter((one) => one.id !== id), { id, talk: read.value }].slice(-MOST_OPENED);
  return ok(id);
}

/** Files of a run that take the whole of it, or the page itself: made when they are asked for. */
import { runFile } from '../io/runFile.ts';
import { collectRun } from '../worker/collect.ts';
import { hashNow } from './addressNow.ts';
import { OPEN_META, originalPage } from './openMeta.ts';
import { page } from './store.ts';

/** The run on the screen as JSON. */
export async function runAsJson(build: string): Promise<string> {
  const { shown, text } = page();
  if (shown === undefined) throw new Error('there is no run to save');
  const { program } = shown;
  const { outline, moments } = await collectRun(program, { places: ({ length }) => [length] });
  const final = moments.get(outline.length)?.state;
  if (final === undefined) throw new Error('the run has no end');
  return runFile({ program, outline, final, text, link: await hashNow(), build });
}

/** The page as one file, which opens this run at this step: from anywhere, without a network. */
export async function runAsPage(): Promise<string> {
  const html = originalPage() ?? (await fetchSingle());
  const hash = await hashNow();
  const title = page().shown?.program.title ?? '';
  const meta = `<meta name="${OPEN_META}" content="${escapeHtml(hash)}" />`;
  const without = html.replace(new RegExp(`<meta name="${OPEN_META}"[^>]*>`), '');
  const head = /<title>[^<]*<\/title>/;
  if (!head.test(without)) throw new Error('the file of the page is not what it should be');
  return without.replace(head, () => `${meta}<title>${escapeHtml(title)} - Daxpin</title>`);
}

async function fetchSingle(): Promise<string> {
  const answer = await fetch('./daxpin.html');
  if (!answer.ok) throw new Error(`daxpin.html, which the build makes beside the page, is not there (${answer.status})`); // prettier-ignore
  return answer.text();
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escapeHtml = (text: string): string => text.replace(/[&<>"]/g, (letter) => ENTITIES[letter] ?? letter);

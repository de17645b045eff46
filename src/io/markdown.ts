/** A moment of a run in Markdown, for an issue or a chat: the link by its title, where it stands, the sentence, what broke. */
import type { PropertyId } from '../sim/model/property.ts';

export type MarkdownInput = {
  readonly title: string;
  readonly option: string;
  readonly kernel: string;
  /** `Step 3 of 5`. */
  readonly place: string;
  /** `app store m 1 X`; empty at the start. */
  readonly line: string;
  readonly sentence: string;
  /** Up to here. */
  readonly violated: readonly { readonly id: PropertyId; readonly title: string }[];
  readonly link: string;
};

/** Characters that would format, link or quote: a title is somebody's text. */
const escape = (text: string): string =>
  text
    .replace(/[\\`*_<>#|~&]/g, '\\$&')
    // `mr[1]` is no link, `[x](y)` would be.
    .replace(/\](?=\s*[([:])/g, '\\]')
    .replace(/\s+/g, ' ');
/** Between the brackets of a link none may stand bare. */
const escapeInLink = (text: string): string => escape(text).replace(/(?<!\\)[[\]]/g, '\\$&');
/** A code span may have any character but its own fence. */
const code = (text: string): string => `\`${text.replace(/`/g, "'").replace(/\s+/g, ' ')}\``;

export function markdownOf(input: MarkdownInput): string {
  const { title, option, kernel, place, line, sentence, violated, link } = input;
  const at = line === '' ? place : `${place}: ${code(line)}`;
  const broken = violated.map(({ id, title: what }) => `**${id}** ${escape(what)}`).join('; ');
  return [
    `[${escapeInLink(title)}](${link}), option ${code(option)}, kernel ${escape(kernel)}`,
    '',
    `${at}. ${escape(sentence)}`,
    ...(broken === '' ? [] : ['', `Violated: ${broken}`]),
    '',
  ].join('\n');
}

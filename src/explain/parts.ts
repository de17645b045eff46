/**
 * Sentences with links: words, steps to go to, objects to look at. The words come first; a link is laid over the words
 * that name its target, so that what is read aloud, mailed and linked is one and the same sentence.
 */
import type { EntityRef } from '../sim/model/state.ts';

export type Part =
  | string
  /** Index into Program.steps; -1: the start. */
  | { readonly text: string; readonly step: number }
  | { readonly text: string; readonly ref: EntityRef };

export type Line = readonly Part[];

/** The sentence as it is read. */
export const plain = (line: Line): string => line.map((part) => (typeof part === 'string' ? part : part.text)).join('');

export type Target = Exclude<Part, string>;

/** A target whose words are not in the sentence is left out. Of overlapping ones the longer wins, each at every place. */
export function linked(sentence: string, targets: readonly Target[]): Line {
  const byLength = [...targets].sort((a, b) => b.text.length - a.text.length);
  const parts: Part[] = [];
  let from = 0;
  let at = 0;
  while (at < sentence.length) {
    const target = byLength.find(({ text }) => isNamedAt(sentence, text, at));
    if (target === undefined) at += 1;
    else {
      if (at > from) parts.push(sentence.slice(from, at));
      parts.push(target);
      at += target.text.length;
      from = at;
    }
  }
  if (from < sentence.length) parts.push(sentence.slice(from));
  return parts;
}

const IN_A_NAME = /[\w[\]]/;

/** As a whole word: `A` is not named by `A[1]`, nor `block 1` by `block 12`. */
function isNamedAt(sentence: string, text: string, at: number): boolean {
  if (text === '' || !sentence.startsWith(text, at)) return false;
  const before = sentence[at - 1] ?? '';
  const after = sentence[at + text.length] ?? '';
  const next = sentence[at + text.length + 1] ?? '';
  // `A..` of a range, and `mr-2`, go on; a full stop does not.
  return !IN_A_NAME.test(before) && !IN_A_NAME.test(after) && !(/[-.]/.test(after) && IN_A_NAME.test(next));
}

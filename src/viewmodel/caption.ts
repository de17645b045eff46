/**
 * The sentence of a step as it stands on a wall: its first clauses, as many as can be read at a glance from the last
 * row. Never other words than the sentence has.
 */

/** Two lines of 52 px on 1920. */
export const MOST_CAPTION = 90;

/** After these a sentence may stop: what follows adds, and takes nothing back. */
const STOPS =
  /[;:.](?= )|(?= \()|,(?= (?:and|so|but|which|where|while|until|because|not|although) )|(?= and (?:waits|holds|wakes|maps|reads|keeps|drops|returns|writes) )/g;
/** Where there is no other way. */
const BREATHS = /,(?= )/g;

/** The longest beginning that ends at a stop and fits, as a sentence. */
function upTo(text: string, stops: RegExp): string | undefined {
  const ends = [...text.matchAll(stops)].map(({ index }) => index).filter((at) => at < MOST_CAPTION);
  const at = ends.at(-1);
  return at === undefined ? undefined : `${text.slice(0, at)}.`;
}

function cut(text: string): string {
  const head = text.slice(0, MOST_CAPTION - 1);
  const word = head.lastIndexOf(' ');
  return `${head.slice(0, word > 0 ? word : MOST_CAPTION - 1).replace(/[\s,;:.]+$/, '')}…`;
}

export function captionOf(sentence: string): string {
  const text = sentence.replace(/\s+/g, ' ').trim();
  if (text.length <= MOST_CAPTION) return text;
  return upTo(text, STOPS) ?? upTo(text, BREATHS) ?? cut(text);
}

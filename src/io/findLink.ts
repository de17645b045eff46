/**
 * The link in a mail. Mailers put marks before quoted lines, break lines wherever they like, write `=` and a line end
 * into long lines (quoted-printable) and `&amp;` for `&`. None of what they add is a letter of a link, so it is taken out,
 * and the checksum says which way of taking it out was right.
 */
import { MAX_LINK, readLink, type Sealed } from './link.ts';

/** A mail of reasonable length; what is beyond is not looked at. */
export const MAX_PASTED = 1_000_000;
const MOST_CANDIDATES = 20;

export type FoundLink = {
  readonly hash: string;
  readonly seal: Sealed;
  /** It did not stand in the text as it is told here. */
  readonly repaired: boolean;
};

const SEALED = /#v=\d{1,4}&[\w.~:,+%&=-]*?&z=[\w-]{6}/g;
const OPEN = /#v=\d{1,4}&[\w.~:,+%&=-]*/;
const PLAIN = /#(?:s|lab|talk)=[\w.~:,+%&=-]+/;

/** Ways in which a text may have come about from the one that was sent. */
const READINGS: readonly ((text: string) => string)[] = [
  (text) => text,
  (text) => text.replace(/[\s>|\u00A0\u200B\uFEFF]+/g, ''),
  // Quoted-printable: a line end after '=' is none, and '=3D' is '='.
  (text) => text.replace(/=[ \t]*\r?\n(?:[ \t]*[>|][ \t]*)*/g, '').replace(/=3D/gi, '=').replace(/[\s>|\u00A0]+/g, ''),
]; // prettier-ignore

/** The first link that is whole; else what is left of one; undefined: there is none. */
export function findLink(pasted: string): FoundLink | undefined {
  const text = pasted.slice(0, MAX_PASTED).replaceAll('&amp;', '&');
  let broken: FoundLink | undefined;
  for (const reading of READINGS) {
    const read = reading(text);
    const candidates = [...read.matchAll(SEALED)].slice(0, MOST_CANDIDATES);
    for (const [hash] of candidates) {
      if (hash.length > MAX_LINK) continue;
      const { seal } = readLink(hash);
      const found = { hash, seal, repaired: !pasted.includes(hash) };
      if (seal.type === 'whole' || seal.type === 'newer') return found;
      broken ??= found;
    }
  }
  return broken ?? unsealed(text);
}

/** One without its end, or one that was typed by hand: only what stands in one piece, for the end cannot be told. */
function unsealed(text: string): FoundLink | undefined {
  const hash = (OPEN.exec(text) ?? PLAIN.exec(text))?.[0].replace(/[.,:]+$/, '');
  return hash === undefined ? undefined : { hash, seal: readLink(hash).seal, repaired: false };
}

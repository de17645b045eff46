/**
 * Short sums of short texts: to notice that a link lost or changed a character, and that a line is not the one that was
 * meant. Nothing here is secret or safe against somebody who wants a collision.
 */
import { LETTERS } from './base64url.ts';

/** FNV-1a over UTF-16 units, both bytes of each. One unit changed always changes the sum. */
function fnv(text: string, basis: number): number {
  let sum = basis;
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    sum = Math.imul(sum ^ (unit & 0xff), 0x01000193);
    sum = Math.imul(sum ^ (unit >>> 8), 0x01000193);
  }
  return sum >>> 0;
}

function letters(value: number, count: number): string {
  let text = '';
  for (let i = 0; i < count; i += 1) text += LETTERS[Math.floor(value / 64 ** i) % 64];
  return text;
}

/** Six letters of base64url: 32 bits of one sum, four of another. */
export const checksum = (text: string): string =>
  letters(fnv(text, 0x811c9dc5) + (fnv(text, 0x050c5d1f) % 16) * 2 ** 32, 6);

/** Two letters, 12 bits. */
export const printOf = (text: string): string => letters(fnv(text, 0x811c9dc5) % 4096, 2);

/**
 * A text in a link: its length when packed, a dot, and raw deflate in base64url. Whatever comes back is bounded before it
 * is written down, and of a link that was cut as much is given as inflates.
 */
import { deflateSync, Inflate, strFromU8, strToU8 } from 'fflate';
import { fromBase64url, toBase64url } from './base64url.ts';
import { MAX_TEXT_BYTES } from '../scenario/load.ts';
import { DICTIONARY } from './linkDictionary.ts';

/** `312.Ab3…`; the length is that of what follows the dot. */
export const PACKED = /^\d{1,6}\.[\w-]*$/;

export type Unpacked = {
  readonly text: string;
  /** All of it is there. */
  readonly whole: boolean;
  /** Characters of the packed text that are here, and that there were. */
  readonly got: number;
  readonly of: number;
};

const dictionary = (): Uint8Array => strToU8(DICTIONARY);

export function packText(text: string): string {
  const bytes = deflateSync(strToU8(text), { level: 9, mem: 9, dictionary: dictionary() });
  const packed = toBase64url(bytes);
  return `${packed.length}.${packed}`;
}

/** undefined: nothing of it can be read. */
export function unpackText(packed: string): Unpacked | undefined {
  if (!PACKED.test(packed)) return undefined;
  const dot = packed.indexOf('.');
  const of = Number(packed.slice(0, dot));
  const letters = packed.slice(dot + 1, dot + 1 + of);
  const bytes = inflate(fromBase64url(letters));
  if (bytes === undefined) return undefined;
  const whole = bytes.ended && letters.length === of;
  // The last character may be cut in the middle.
  const text = strFromU8(bytes.data).replace(/\uFFFD+$/, '');
  return whole || text !== '' ? { text, whole, got: letters.length, of } : undefined;
}

/** As much as there is; undefined: more than any text may have, or not deflate at all. */
function inflate(bytes: Uint8Array): { readonly data: Uint8Array; readonly ended: boolean } | undefined {
  const chunks: Uint8Array[] = [];
  let size = 0;
  let ended = false;
  const stream = new Inflate({ dictionary: dictionary() }, (chunk, final) => {
    size += chunk.length;
    if (size > MAX_TEXT_BYTES) throw new RangeError(`a text of more than ${MAX_TEXT_BYTES} bytes`);
    chunks.push(chunk);
    ended ||= final;
  });
  try {
    // Little by little: a bomb is noticed before it is all there, and what is before a break is kept.
    for (let at = 0; at < bytes.length; at += STRIDE) stream.push(bytes.subarray(at, at + STRIDE), at + STRIDE >= bytes.length); // prettier-ignore
  } catch {
    if (size === 0 || size > MAX_TEXT_BYTES) return undefined;
  }
  const data = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    data.set(chunk, at);
    at += chunk.length;
  }
  return { data, ended };
}

const STRIDE = 64;

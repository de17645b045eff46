/**
 * What mailers do to a text, undone: marks of quotation, quoted-printable, base64 parts, format=flowed, hard spaces.
 * Line breaks are not put back where they were: whoever reads the result takes any white space for one blank.
 */

/** As much as anybody pastes; a whole thread fits. */
const MOST = 1_000_000;

const QUOTE = /^[ \t]*(?:[>|][ \t]?)+/;
const HARD_SPACES = /[\u00a0\u2000-\u200a\u202f\u205f\u3000]/g;
const INVISIBLE = /[\u00ad\u200b-\u200d\u2060\ufeff]/g;
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Bytes of UTF-8 as text; what is none stays as it is. */
function fromUtf8(bytes: readonly number[]): string {
  try {
    return decodeURIComponent(bytes.map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''));
  } catch {
    return bytes.map((byte) => String.fromCharCode(byte)).join('');
  }
}

function fromBase64(text: string): string {
  const bytes: number[] = [];
  let bits = 0;
  let held = 0;
  for (const c of text) {
    const value = ALPHABET.indexOf(c);
    if (value < 0) continue;
    held = ((held << 6) | value) & 0xffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes.push((held >> bits) & 0xff);
  }
  return fromUtf8(bytes);
}

/** Only where the text shows that it is encoded: an `=` that stands for itself would be `=3D`. */
function fromQuotedPrintable(text: string): string {
  if (!/=3D/i.test(text)) return text;
  return text
    .replace(/=[ \t]*\n/g, '')
    .replace(/(?:=[0-9A-F]{2})+/gi, (hex) => fromUtf8((hex.match(/[0-9A-F]{2}/gi) ?? []).map((h) => parseInt(h, 16))));
}

const BASE64_PART = /^content-transfer-encoding:[ \t]*base64[^\n]*\n(?:[^\n]+\n)*\n([A-Za-z0-9+/=\n \t]+)/gim;

/** A message as its file has it: parts in base64 are decoded in place. */
const withParts = (text: string): string => text.replace(BASE64_PART, (_, body: string) => `\n${fromBase64(body)}\n`);

/** Lines without marks of quotation; one that flows on is one with the next. */
export function unquote(text: string): string {
  const clean = withParts(text.slice(0, MOST).replace(/\r\n?/g, '\n'));
  return fromQuotedPrintable(clean)
    .replace(HARD_SPACES, ' ')
    .replace(INVISIBLE, '')
    .split('\n')
    .map((line) => line.replace(QUOTE, ''))
    .join('\n');
}

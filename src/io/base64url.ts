/** Bytes as letters that stand in a link as they are: base64url of RFC 4648, without padding. */
export const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

const VALUES: ReadonlyMap<string, number> = new Map([...LETTERS].map((letter, value) => [letter, value]));

export function toBase64url(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const left = Math.min(3, bytes.length - at);
    const three = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    for (let i = 0; i <= left; i += 1) text += LETTERS[(three >> (18 - 6 * i)) & 63];
  }
  return text;
}

/** Letters that are none count as zero; one too few at the end is a byte that is not there. */
export function fromBase64url(text: string): Uint8Array {
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4));
  for (let i = 0; i < bytes.length; i += 1) {
    // The byte lies in two letters: its first bit is bit 8 i of all.
    const first = Math.floor((i * 4) / 3);
    const value = (at: number): number => VALUES.get(text[at] ?? '') ?? 0;
    const two = (value(first) << 6) | value(first + 1);
    bytes[i] = (two >> (4 - ((i * 8) % 6))) & 255;
  }
  return bytes;
}

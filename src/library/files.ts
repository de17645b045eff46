/** `.dax` files: bytes in, a text out or what is wrong with them, with the place and the cure. */
import { err, ok, type Result } from '../base/result.ts';
import { MAX_TEXT_BYTES } from '../scenario/load.ts';
import { tidyName } from './ownScenario.ts';

export type FileText = { readonly name: string; readonly text: string };

/** How many files are taken at once. */
export const MAX_FILES = 50;

const ENDING = /\.(dax|txt)$/i;

/** Without folders and ending. */
export const nameOfFile = (file: string): string => tidyName(file.replace(/^.*[\\/]/, '').replace(ENDING, ''));

/** What every file system takes. */
export function fileOfName(name: string): string {
  const safe = name.replace(/[^\p{L}\p{N} ._()-]+/gu, '-').replace(/^[. -]+|[. -]+$/g, '');
  return `${safe === '' ? 'scenario' : safe}.dax`;
}

/** Length of the sequence that a byte begins; 0: none begins so. */
function sequence(byte: number): number {
  if (byte < 0x80) return 1;
  if (byte >= 0xc2 && byte < 0xe0) return 2;
  if (byte >= 0xe0 && byte < 0xf0) return 3;
  return byte >= 0xf0 && byte < 0xf5 ? 4 : 0;
}

/** Where the first byte stands that is no UTF-8; undefined: it all is. */
function badByte(bytes: Uint8Array): number | undefined {
  for (let at = 0; at < bytes.length;) {
    const n = sequence(bytes[at] ?? 0);
    const rest = bytes.subarray(at + 1, at + n);
    if (n === 0 || rest.length < n - 1 || rest.some((byte) => (byte & 0xc0) !== 0x80)) return at;
    at += n;
  }
  return undefined;
}

function placeOf(bytes: Uint8Array, at: number): string {
  const before = bytes.subarray(0, at);
  const line = before.reduce((n, byte) => n + (byte === 10 ? 1 : 0), 1);
  return `line ${line}, byte ${at - before.lastIndexOf(10)}`;
}

export function readFile(file: string, bytes: Uint8Array, ending = ENDING): Result<FileText, string> {
  const problem = (text: string): Result<FileText, string> => err(`${file}: ${text}`);
  if (!ending.test(file)) return problem('not a scenario by its name. Rename it to end in .dax.');
  if (bytes.length > MAX_TEXT_BYTES) {
    const size = `${Math.ceil(bytes.length / 1024)} kB`;
    return problem(`${size}; a scenario has at most ${MAX_TEXT_BYTES / 1024} kB. Split it, or shorten its comments.`);
  }
  const wide = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  if (wide) return problem('this is UTF-16. Save it as UTF-8.');
  const nul = bytes.indexOf(0);
  if (nul >= 0) return problem(`${placeOf(bytes, nul)} is a zero byte: this is no text.`);
  const bad = badByte(bytes);
  if (bad !== undefined) return problem(`${placeOf(bytes, bad)} is no UTF-8. Save it as UTF-8.`);
  const text = new TextDecoder('utf-8').decode(bytes).replace(/\r\n?/g, '\n');
  return ok({ name: nameOfFile(file), text });
}

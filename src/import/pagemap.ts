/**
 * `/proc/PID/pagemap`: 64 bits a page, little-endian, of a range that the file does not name itself: its name does
 * (`pagemap-PID-START`, START the first address in hex), or a line above the words that od prints of it.
 */
import { ok } from '../base/result.ts';
import { MAX_ROWS } from './bounds.ts';
import { BLANK, linesOf, whole } from './lines.ts';
import { problem, quote, type Parsed } from './problem.ts';

export type PageEntry = {
  readonly present: boolean;
  readonly swapped: boolean;
  /** 0: the reader may not see it. */
  readonly pfn: number;
};
export type PageRange = { readonly pid: string; readonly start: number; readonly pages: readonly PageEntry[] };

const NAME = /(?:^|[\\/])pagemap[-.](\d{1,10})[-.](?:0x)?([0-9a-f]{1,16})(?:\.bin)?$/i;
const HEADER = /^\s*# pagemap (\d{1,10}) (?:0x)?([0-9a-f]{1,16})$/i;
const WORDS = /^\s*(?:[0-9a-f]{16})(?:\s+[0-9a-f]{16})*$/i;

export const PAGEMAP_NAME = (name: string): boolean => NAME.test(name);
export const PAGEMAP_STARTS = (line: string): boolean => HEADER.test(line);
export const PAGEMAP_LINE = (line: string): boolean => WORDS.test(line);

const CURE = 'Take the pagemap as the recipe says: a line “# pagemap PID START”, then od -An -v -t x8.';
const PAGE = 4096;

/** Bits 0 to 54 are the frame, 62 says swapped, 63 present. */
const entryOf = (high: number, low: number): PageEntry => ({
  present: high >>> 31 === 1,
  swapped: ((high >>> 30) & 1) === 1,
  // A frame past 2^53 is none: 55 bits are as wide as the field, not as any machine.
  pfn: (high & 0x1fffff) * 2 ** 32 + (low >>> 0),
});

function rangeOf(pid: string, digits: string): { readonly pid: string; readonly start: number } | undefined {
  const start = whole(digits, 16);
  return start === undefined || start % PAGE !== 0 ? undefined : { pid, start };
}

export function parsePagemap(text: string): Parsed<PageRange> {
  const [first = '', ...rest] = linesOf(text);
  const [, pid = '', digits = ''] = HEADER.exec(first) ?? [];
  const range = rangeOf(pid, digits);
  if (range === undefined) return problem(1, `no process and page in ${quote(first)}`, CURE);
  const pages: PageEntry[] = [];
  for (const [i, line] of rest.entries()) {
    if (BLANK.test(line)) continue;
    if (!WORDS.test(line)) return problem(i + 2, `not words of 16 hex digits: ${quote(line)}`, CURE);
    for (const word of line.trim().split(/\s+/))
      pages.push(entryOf(Number.parseInt(word.slice(0, 8), 16), Number.parseInt(word.slice(8), 16)));
    if (pages.length > MAX_ROWS) return problem(i + 2, `more than ${MAX_ROWS} pages`, 'Take the pages of one mapping only.'); // prettier-ignore
  }
  return ok({ ...range, pages });
}

/** The bytes themselves, as dd copies them. */
export function parsePagemapBytes(name: string, bytes: Uint8Array): Parsed<PageRange> {
  const [, pid = '', digits = ''] = NAME.exec(name) ?? [];
  const range = rangeOf(pid, digits);
  if (range === undefined) return problem(1, 'the name does not say which process and page this begins at', 'Name it pagemap-PID-START, START the first address of the mapping in hex.'); // prettier-ignore
  if (bytes.length % 8 !== 0) return problem(1, `${bytes.length} bytes: not 8 for each page`, 'Copy with dd bs=8.');
  if (bytes.length / 8 > MAX_ROWS) return problem(1, `more than ${MAX_ROWS} pages`, 'Take the pages of one mapping only.'); // prettier-ignore
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const pages = Array.from({ length: bytes.length / 8 }, (_, i) => entryOf(view.getUint32(i * 8 + 4, true), view.getUint32(i * 8, true))); // prettier-ignore
  return ok({ ...range, pages });
}

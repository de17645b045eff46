/**
 * `xfs_bmap -vvp FILE` and `xfs_io -c "fiemap -v" FILE` of xfsprogs: the same table, in units of 512 bytes, with columns
 * for the allocation group in the first and flags in another spelling.
 */
import { ok } from '../base/result.ts';
import { APART, checkExtents, checkNumber, type Extent, type FileExtents } from './extents.ts';
import { BLANK, linesOf, whole } from './lines.ts';
import { problem, quote, type Parsed, type Problem } from './problem.ts';

const UNIT = 512;

const PATH = /^\s*(\S.*):$/;
const EMPTY = /^\s*(\S.*): no extents$/;
const HEADER = /^\s*EXT:\s+FILE-OFFSET\s+(RT-)?BLOCK-RANGE/;
const ROW = /^\s*(\d+):\s+\[(\d+)\.\.(\d+)\]:\s+(?:hole|(\d+)\.\.(\d+))(?:\s+(\d+)\s+\((\d+)\.\.(\d+)\))?\s+(\d+)(?:\s+(0x[0-9a-f]+|[01]{5,7}))?$/i; // prettier-ignore
const LEGEND = /^\s*(?:FLAG Values:|0?[01]{6} .+)$/;

export const RANGES_HEADER = (line: string): boolean => HEADER.test(line);
export const RANGES_PATH = (line: string): boolean => PATH.test(line) && !/^\s*\d+:/.test(line);
export const RANGES_EMPTY = (line: string): boolean => EMPTY.test(line);
export const RANGES_LINE = (line: string): boolean => HEADER.test(line) || ROW.test(line) || LEGEND.test(line);

const FIEMAP = { delalloc: 0x4, unknown: 0x2, encoded: 0x8, encrypted: 0x80, notAligned: 0x100, inline: 0x200, tail: 0x400, unwritten: 0x800, shared: 0x2000 }; // prettier-ignore

type Flags = Pick<Extent, 'state' | 'shared' | 'why'>;

function fiemapFlags(flags: number): Flags {
  const has = (bit: number): boolean => (flags & bit) !== 0;
  const why = has(FIEMAP.delalloc) ? APART['delalloc'] : has(FIEMAP.encrypted) ? APART['encrypted'] : has(FIEMAP.inline) ? APART['inline'] : has(FIEMAP.encoded) ? APART['encoded'] : has(FIEMAP.tail) ? APART['tail_packed'] : has(FIEMAP.unknown) ? APART['unknown_loc'] : has(FIEMAP.notAligned) ? APART['not_aligned'] : undefined; // prettier-ignore
  const state = why !== undefined ? 'apart' : has(FIEMAP.unwritten) ? 'unwritten' : 'written';
  return { state, shared: has(FIEMAP.shared), ...(why === undefined ? {} : { why }) };
}

/** Digits that look like octal: the first says shared, the second unwritten. Five of them: printed without a `shared`. */
function bmapFlags(digits: string): Flags {
  const six = digits.slice(-6).padStart(6, '0');
  return { shared: six.startsWith('1'), state: six[1] === '1' ? 'unwritten' : 'written' };
}

export const parseXfsBmap = (text: string): Parsed<FileExtents> => {
  const read = parseRanges(text, 'xfs_bmap -vvp', bmapFlags);
  return read.ok ? ok({ ...read.value, fs: 'xfs' }) : read;
};

export const parseFiemap = (text: string): Parsed<FileExtents> =>
  parseRanges(text, 'xfs_io -c "fiemap -v"', (flags) => fiemapFlags(Number(flags)));

function parseRanges(text: string, command: string, read: (flags: string) => Flags): Parsed<FileExtents> {
  const cure = `Run ${command} on the file again and take all of its output, with the line of its path.`;
  const extents: Extent[] = [];
  let path: string | undefined;
  for (const [i, line] of linesOf(text).entries()) {
    if (BLANK.test(line)) continue;
    const header = HEADER.exec(line);
    const row = ROW.exec(line);
    if (header?.[1] !== undefined) return problem(i + 1, 'a file on the realtime device', 'Import a file on the data device.'); // prettier-ignore
    if (header !== null || LEGEND.test(line)) continue;
    if (row === null) {
      const named = EMPTY.exec(line) ?? PATH.exec(line);
      if (named === null || path !== undefined) return problem(i + 1, `not a row of ${command}: ${quote(line)}`, cure);
      path = named[1];
      continue;
    }
    const numbered = checkNumber(row[1] ?? '', extents.length, i + 1);
    if (!numbered.ok) return numbered;
    const extent = readRow(row, i + 1, cure, read);
    if ('cure' in extent) return { ok: false, error: extent };
    extents.push(extent);
  }
  if (path === undefined) return problem(1, 'the line with the path of the file is missing', cure);
  const checked = checkExtents(extents);
  return checked.ok ? ok({ path, unit: UNIT, extents: checked.value }) : checked;
}

type Read = (flags: string) => Flags;

function readRow(row: RegExpExecArray, line: number, cure: string, read: Read): Extent | Problem {
  const [from, to, start, end, total] = [row[2], row[3], row[4], row[5], row[9]].map((cell) => cell === undefined ? undefined : whole(cell)); // prettier-ignore
  if (from === undefined || to === undefined || total === undefined || to - from + 1 !== total)
    return { line, text: 'the ends of this extent and its length disagree', cure };
  const place = { at: from * UNIT, len: total * UNIT, line };
  if (row[4] === undefined) return { ...place, state: 'hole', shared: false };
  if (start === undefined || end === undefined || end - start + 1 !== total)
    return { line, text: 'the blocks of this extent and its length disagree', cure };
  if (row[10] === undefined) return { line, text: 'the flags of this extent are missing', cure };
  const flags = read(row[10]);
  return { ...place, ...flags, ...(flags.state === 'apart' ? {} : { physical: start * UNIT }) };
}

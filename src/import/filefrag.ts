/**
 * `filefrag -v FILE…` of e2fsprogs. Rows are in blocks of the size that the header says, with inclusive ends; with -X in
 * hex, which only shows in the rows.
 */
import { ok } from '../base/result.ts';
import { APART, checkExtents, checkNumber, type Extent, type FileExtents } from './extents.ts';
import { BLANK, linesOf, whole } from './lines.ts';
import { problem, quote, type Parsed } from './problem.ts';

const TYPE = /^\s*Filesystem type is: ([0-9a-f]+)$/i;
const SIZE = /^\s*File size of (.+) is (\d+) \((\d+) blocks? of (\d+) bytes\)$/;
const HEADER = /^\s*ext:\s+logical_?offset:/i;
const ROW = /^\s*(\d+):\s*([0-9a-f]+)\.\.\s*([0-9a-f]+):\s*([0-9a-f]+)\.\.\s*([0-9a-f]+):\s*([0-9a-f]+):\s*(?:([0-9a-f]+):)?\s*([a-z_,0-9x]*)$/i; // prettier-ignore
const FOUND = /^\s*.+: \d+ extents? found(?:, perfection would be .*)?$/;

export const FILEFRAG_STARTS = (line: string): boolean => TYPE.test(line) || SIZE.test(line);
export const FILEFRAG_LINE = (line: string): boolean =>
  FILEFRAG_STARTS(line) || HEADER.test(line) || ROW.test(line) || FOUND.test(line);
export const FILEFRAG_ENDS = (line: string): boolean => FOUND.test(line);

type Row = { readonly cells: readonly string[]; readonly flags: readonly string[]; readonly line: number };
type Head = { readonly path: string; readonly size: number; readonly unit: number };

const AGAIN = 'Run filefrag -v on the file again and take all of its output.';

export function parseFilefrag(text: string): Parsed<FileExtents> {
  let fs: string | undefined;
  let head: Head | undefined;
  const rows: Row[] = [];
  let found = false;
  for (const [i, line] of linesOf(text).entries()) {
    if (BLANK.test(line) || HEADER.test(line)) continue;
    const type = TYPE.exec(line);
    const size = SIZE.exec(line);
    const row = ROW.exec(line);
    if (type !== null) fs = type[1]?.toLowerCase();
    else if (size !== null) {
      if (head !== undefined) return problem(i + 1, 'a second file in one output', AGAIN);
      const [bytes, unit] = [whole(size[2] ?? ''), whole(size[4] ?? '')];
      if (bytes === undefined || unit === undefined || unit === 0) return problem(i + 1, `no size in ${quote(line)}`, AGAIN); // prettier-ignore
      head = { path: size[1] ?? '', size: bytes, unit };
    } else if (row !== null) {
      const numbered = checkNumber(row[1] ?? '', rows.length, i + 1);
      if (!numbered.ok) return numbered;
      const flags = (row[8] ?? '').toLowerCase().split(',').filter((flag) => flag !== ''); // prettier-ignore
      rows.push({ cells: row.slice(2, 7), flags, line: i + 1 });
    } else if (FOUND.test(line)) found = true;
    else return problem(i + 1, `not a row of filefrag: ${quote(line)}`, AGAIN);
  }
  if (head === undefined) return problem(1, 'the line “File size of …” is missing', AGAIN);
  const last = rows.at(-1);
  if (!found && last?.flags.includes('last') !== true)
    return problem(last?.line ?? 1, 'the end of this output is missing', AGAIN);
  return assemble(head, fs, rows);
}

function assemble({ path, size, unit }: Head, fs: string | undefined, rows: readonly Row[]): Parsed<FileExtents> {
  const base = rows.every((row) => fits(row, 10)) ? 10 : 16;
  const extents: Extent[] = [];
  for (const row of rows) {
    if (!fits(row, base)) return problem(row.line, 'the ends of this extent and its length disagree', AGAIN);
    const [at = 0, , physical = 0, , len = 0] = row.cells.map((cell) => whole(cell, base) ?? 0);
    const why = row.flags.map((flag) => APART[flag]).find((reason) => reason !== undefined);
    const block = why === undefined ? { physical: physical * unit } : { why };
    const state = why !== undefined ? 'apart' : row.flags.includes('unwritten') ? 'unwritten' : 'written';
    extents.push({ at: at * unit, len: len * unit, state, shared: row.flags.includes('shared'), line: row.line, ...block }); // prettier-ignore
  }
  const checked = checkExtents(extents);
  return checked.ok ? ok({ path, size, unit, extents: checked.value, ...(fs === undefined ? {} : { fs }) }) : checked;
}

function fits({ cells }: Row, base: 10 | 16): boolean {
  const [from, to, start, end, len] = cells.map((cell) => whole(cell, base));
  if (from === undefined || to === undefined || start === undefined || end === undefined || len === undefined) return false; // prettier-ignore
  return to - from + 1 === len && (end - start + 1 === len || end === 0);
}

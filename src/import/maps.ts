/** `/proc/PID/maps` and `/proc/PID/smaps`: what a process has mapped. Addresses and offsets are bytes. */
import { ok } from '../base/result.ts';
import { MAX_ROWS } from './bounds.ts';
import { BLANK, linesOf, whole } from './lines.ts';
import { problem, quote, type Parsed } from './problem.ts';

export type MapRow = {
  readonly start: number;
  readonly end: number;
  readonly writable: boolean;
  readonly readable: boolean;
  readonly shared: boolean;
  readonly offset: number;
  /** `major:minor`, in hex. */
  readonly device: string;
  readonly inode: number;
  /** '': anonymous. */
  readonly path: string;
  readonly deleted: boolean;
  /** Of smaps. */
  readonly sync?: boolean;
  /** Resident, in bytes; of smaps. */
  readonly rss?: number;
  readonly line: number;
};

const ROW = /^\s*([0-9a-f]{1,16})-([0-9a-f]{1,16}) ([r-])([w-])([x-])([sp]) ([0-9a-f]{1,16}) ([0-9a-f]{2,4}:[0-9a-f]{2,6}) (\d{1,20})(?:\s+(.*))?$/i; // prettier-ignore
const KEY = /^\s*([A-Za-z][A-Za-z_]{0,40}):\s+(\d{1,20}) kB$/;
const FLAGS = /^\s*VmFlags:((?: [a-z0-9]{2})*)$/;
const OTHER = /^\s*(?:THPeligible|ProtectionKey):\s+\d+$/;

export const MAPS_LINE = (line: string): boolean => ROW.test(line);
export const SMAPS_LINE = (line: string): boolean => KEY.test(line) || FLAGS.test(line) || OTHER.test(line);

const AGAIN = 'Copy the file from /proc again, whole.';

/** The last page of the address space (vsyscall) is nobody's mapping. */
const isKernels = (row: RegExpExecArray): boolean => /^ffff/i.test(row[1] ?? '') && (row[1]?.length ?? 0) === 16;

export function parseMaps(text: string): Parsed<readonly MapRow[]> {
  const rows: MapRow[] = [];
  for (const [i, line] of linesOf(text).entries()) {
    if (BLANK.test(line)) continue;
    const cells = ROW.exec(line);
    if (cells === null) return problem(i + 1, `not a row of /proc/PID/maps: ${quote(line)}`, AGAIN);
    if (isKernels(cells)) continue;
    const row = readRow(cells, i + 1);
    if (row === undefined) return problem(i + 1, `addresses that make no range: ${quote(line)}`, AGAIN);
    if (rows.length >= MAX_ROWS) return problem(i + 1, `more than ${MAX_ROWS} mappings`, 'Take only the lines of the files you import: grep their path.'); // prettier-ignore
    rows.push(row);
  }
  return ok(rows);
}

export function parseSmaps(text: string): Parsed<readonly MapRow[]> {
  const rows: MapRow[] = [];
  let kernels = false;
  for (const [i, line] of linesOf(text).entries()) {
    if (BLANK.test(line)) continue;
    const cells = ROW.exec(line);
    if (cells !== null) {
      const row = readRow(cells, i + 1);
      kernels = isKernels(cells);
      if (row === undefined && !kernels) return problem(i + 1, `addresses that make no range: ${quote(line)}`, AGAIN);
      if (rows.length >= MAX_ROWS) return problem(i + 1, `more than ${MAX_ROWS} mappings`, 'Import the smaps of one process at a time.'); // prettier-ignore
      if (row !== undefined && !kernels) rows.push(row);
      continue;
    }
    const last = rows.at(-1);
    if (last === undefined && !kernels) return problem(i + 1, `no mapping above ${quote(line)}`, AGAIN);
    if (!SMAPS_LINE(line)) return problem(i + 1, `not a line of /proc/PID/smaps: ${quote(line)}`, AGAIN);
    if (last === undefined || kernels) continue;
    const flags = FLAGS.exec(line)?.[1];
    const [, key, kilobytes] = KEY.exec(line) ?? [];
    if (flags !== undefined) rows[rows.length - 1] = { ...last, sync: flags.split(' ').includes('sf') };
    else if (key === 'Rss') rows[rows.length - 1] = { ...last, rss: Number(kilobytes) * 1024 };
  }
  return ok(rows);
}

function readRow(cells: RegExpExecArray, line: number): MapRow | undefined {
  const [start, end, offset] = [cells[1], cells[2], cells[7]].map((cell) => whole(cell ?? '', 16));
  const inode = whole(cells[9] ?? '');
  if (start === undefined || end === undefined || offset === undefined || inode === undefined || end <= start) return undefined; // prettier-ignore
  const named = cells[10] ?? '';
  const deleted = named.endsWith(' (deleted)');
  return {
    start,
    end,
    offset,
    inode,
    line,
    deleted,
    readable: cells[3] === 'r',
    writable: cells[4] === 'w',
    shared: cells[6] === 's',
    device: (cells[8] ?? '').toLowerCase(),
    // The kernel writes a newline in a path as \012.
    path: deleted ? named.slice(0, -' (deleted)'.length) : named,
  };
}

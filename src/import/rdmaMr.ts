/** `rdma resource show mr` of iproute2: pairs of a word and its value, the command last; or JSON with -j, -jp. */
import { ok } from '../base/result.ts';
import { MAX_ROWS } from './bounds.ts';
import { BLANK, linesOf, whole } from './lines.ts';
import { problem, quote, type Parsed } from './problem.ts';

export type MrRow = {
  readonly device: string;
  readonly mrn: number;
  /** In bytes. */
  readonly length: number;
  /** Where the kernel shows it: the address that the peer uses, by habit that of the mapping. */
  readonly iova?: number;
  /** Absent: the kernel's own. */
  readonly pid?: string;
  readonly comm: string;
  readonly line: number;
};

const ROW = /^\s*(?:dev|link) (\S+) (mrn \d+ .*)$/;
export const MR_LINE = (line: string): boolean => ROW.test(line);
export const MR_JSON_STARTS = (line: string): boolean => /^\s*\[\s*(?:\{.*)?(?:\])?\s*$/.test(line);

const AGAIN = 'Run rdma resource show mr again and take all of its output.';

export function parseMr(text: string): Parsed<readonly MrRow[]> {
  const rows: MrRow[] = [];
  for (const [i, line] of linesOf(text).entries()) {
    if (BLANK.test(line)) continue;
    const cells = ROW.exec(line);
    if (cells === null) return problem(i + 1, `not a row of rdma resource show mr: ${quote(line)}`, AGAIN);
    const row = readRow(cells[1] ?? '', pairsOf(cells[2] ?? ''), i + 1);
    if (row === undefined) return problem(i + 1, `no mrn and mrlen in ${quote(line)}`, AGAIN);
    rows.push(row);
    if (rows.length > MAX_ROWS) return problem(i + 1, `more than ${MAX_ROWS} MRs`, 'Import the MRs of one process: grep its pid.'); // prettier-ignore
  }
  return ok(rows);
}

/** `comm` is the last of iproute2's own pairs, and may have spaces. */
function pairsOf(text: string): ReadonlyMap<string, string> {
  const cut = text.search(/(?:^|\s)comm\s/);
  const words = (cut < 0 ? text : text.slice(0, cut)).trim().split(/\s+/);
  const pairs = new Map<string, string>();
  for (let i = 0; i + 1 < words.length; i += 2) pairs.set(words[i] ?? '', words[i + 1] ?? '');
  if (cut >= 0) pairs.set('comm', text.slice(cut).trim().slice('comm'.length).trim());
  return pairs;
}

function readRow(device: string, pairs: ReadonlyMap<string, string>, line: number): MrRow | undefined {
  const mrn = whole(pairs.get('mrn') ?? '');
  const length = whole(pairs.get('mrlen') ?? '');
  if (mrn === undefined || length === undefined) return undefined;
  const iova = numberOf(pairs.get('iova') ?? '');
  const pid = pairs.get('pid');
  const known = pid !== undefined && /^\d{1,10}$/.test(pid) ? { pid } : {};
  return {
    device,
    mrn,
    length,
    comm: pairs.get('comm') ?? '',
    line,
    ...(iova === undefined ? {} : { iova }),
    ...known,
  };
}

/** iova is printed in hex, with 0x or without. */
const numberOf = (text: string): number | undefined => whole(text.replace(/^0x/i, ''), 16);

export function parseMrJson(text: string): Parsed<readonly MrRow[]> {
  let list: unknown;
  try {
    list = JSON.parse(text);
  } catch (error) {
    return problem(1, `this is no JSON: ${error instanceof Error ? error.message.slice(0, 80) : ''}`, 'Run rdma -j resource show mr again and take all of its output.'); // prettier-ignore
  }
  if (!Array.isArray(list)) return problem(1, 'this JSON is no list of MRs', AGAIN);
  if (list.length > MAX_ROWS) return problem(1, `more than ${MAX_ROWS} MRs`, 'Import the MRs of one process.');
  const rows: MrRow[] = [];
  for (const [i, one] of list.entries()) {
    const fields: unknown = one;
    const pairs = typeof fields === 'object' && fields !== null ? jsonPairs(fields) : new Map<string, string>();
    const row = readRow(pairs.get('ifname') ?? '', pairs, 1);
    if (row === undefined) return problem(1, `MR ${i + 1} of this list has no mrn and mrlen`, AGAIN);
    rows.push(row);
  }
  return ok(rows);
}

/** A number stands in JSON as a decimal; iova as a number or as hex in a string. */
function jsonPairs(fields: object): ReadonlyMap<string, string> {
  const pairs = new Map<string, string>();
  for (const [key, value] of Object.entries(fields) as readonly (readonly [string, unknown])[]) {
    if (typeof value === 'string') pairs.set(key, value);
    else if (typeof value === 'number') pairs.set(key, key === 'iova' ? value.toString(16) : String(value));
  }
  return pairs;
}

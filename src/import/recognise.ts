/**
 * A text of any mix of outputs → its pieces, each of one kind: by how its lines look, not by what the user says. Prompts
 * and headings between them (`$ cat /proc/42/maps`, `==> /proc/42/maps <==`) tell what a piece itself does not.
 */
import { RANGES_EMPTY, RANGES_HEADER, RANGES_LINE, RANGES_PATH } from './blockRanges.ts';
import { MAX_LINE } from './bounds.ts';
import { FILEFRAG_ENDS, FILEFRAG_LINE, FILEFRAG_STARTS } from './filefrag.ts';
import { BLANK, linesOf } from './lines.ts';
import { MAPS_LINE, SMAPS_LINE } from './maps.ts';
import { PAGEMAP_LINE, PAGEMAP_STARTS } from './pagemap.ts';
import { MR_JSON_STARTS, MR_LINE } from './rdmaMr.ts';
import { VMSTAT_LINE, VMSTAT_STARTS } from './vmstat.ts';

export type PieceKind = 'filefrag' | 'xfs_bmap' | 'fiemap' | 'maps' | 'smaps' | 'pagemap' | 'mr' | 'mr-json' | 'vmstat' | 'other'; // prettier-ignore

export type Piece = {
  readonly kind: PieceKind;
  /** Of its first line in the text, from 1. */
  readonly line: number;
  readonly text: string;
  /** From the heading above it. */
  readonly pid?: string;
};

const COMMANDS = 'filefrag|xfs_bmap|xfs_io|cat|tail|head|grep|rdma|dd|od|echo|sudo|for|PID=';
const PROMPT = new RegExp(`^.{0,200}?(?:[$#%>❯]|^\\+)\\s+(?:\\S+=\\S*\\s+)*(?:${COMMANDS})\\b`);
const HEADING = /^\s*==> (.+) <==$/;
const PROC = /\/proc\/(\d{1,10})\/(?:smaps|maps|pagemap)\b/;

/** What tells that a text is worth importing, without reading it whole. */
export function looksLikeOutput(text: string): boolean {
  const lines = linesOf(text.slice(0, 64 * 1024));
  return lines.some((line, i) => kindStarting(lines, i, undefined) !== undefined && line.length <= MAX_LINE);
}

type Open = { kind: PieceKind; line: number; lines: string[]; pid: string | undefined; depth: number };

export function recognise(text: string, pid?: string): readonly Piece[] {
  const lines = linesOf(text);
  const pieces: Piece[] = [];
  let open: Open | undefined;
  let heading = pid;
  let ranges: PieceKind | undefined;
  const close = (): void => {
    if (open === undefined) return;
    const { kind, line, lines: own, pid: of } = open;
    pieces.push({ kind, line, text: own.join('\n').trimEnd(), ...(of === undefined ? {} : { pid: of }) });
    if (kind === 'fiemap' || kind === 'xfs_bmap') ranges = kind;
    open = undefined;
  };
  for (const [i, line] of lines.entries()) {
    if (open?.kind === 'mr-json' && goesOnJson(open, line)) continue;
    if (isHeading(line)) {
      close();
      heading = PROC.exec(line)?.[1] ?? pid;
      if (/fiemap/.test(line)) ranges = 'fiemap';
      continue;
    }
    if (open !== undefined && goesOn(open, line, lines, i)) {
      open.lines.push(line);
      continue;
    }
    if (BLANK.test(line)) {
      // A blank line ends what has no end of its own: two tables in a row are two.
      if (open !== undefined && open.kind !== 'other') close();
      continue;
    }
    const kind = kindStarting(lines, i, ranges) ?? 'other';
    if (kind === 'other' && open?.kind === 'other') {
      open.lines.push(line);
      continue;
    }
    close();
    open = { kind, line: i + 1, lines: [line], pid: heading, depth: kind === 'mr-json' ? depthOf(line) : 0 };
    if (kind === 'mr-json' && open.depth <= 0) close();
  }
  close();
  return pieces;
}

const isHeading = (line: string): boolean => !PAGEMAP_STARTS(line) && (HEADING.test(line) || PROMPT.test(line));

function kindStarting(lines: readonly string[], i: number, ranges: PieceKind | undefined): PieceKind | undefined {
  const line = lines[i] ?? '';
  if (line.length > MAX_LINE && !MR_JSON_STARTS(line)) return undefined;
  if (FILEFRAG_STARTS(line)) return 'filefrag';
  if (PAGEMAP_STARTS(line)) return 'pagemap';
  if (MAPS_LINE(line)) return SMAPS_LINE(lines[i + 1] ?? '') ? 'smaps' : 'maps';
  if (MR_LINE(line)) return 'mr';
  if (RANGES_EMPTY(line)) return 'xfs_bmap';
  const next = lines[i + 1] ?? '';
  if (RANGES_PATH(line) && RANGES_HEADER(next)) return /\bAG\b|RT-/.test(next) ? 'xfs_bmap' : 'fiemap';
  // fiemap prints the path of an empty file, and nothing else.
  if (ranges === 'fiemap' && RANGES_PATH(line)) return 'fiemap';
  if (RANGES_HEADER(line)) return /\bAG\b|RT-/.test(line) ? 'xfs_bmap' : 'fiemap';
  if (VMSTAT_STARTS(line)) return 'vmstat';
  return isMrJson(lines, i) ? 'mr-json' : undefined;
}

/** A list, in a text that speaks of MRs soon. */
function isMrJson(lines: readonly string[], i: number): boolean {
  const line = lines[i] ?? '';
  return (
    MR_JSON_STARTS(line) &&
    /"mrn"|^\s*\[\s*\]\s*$/.test(
      lines
        .slice(i, i + 8)
        .join('\n')
        .slice(0, 4096),
    )
  );
}

const STARTS_ANEW: ReadonlySet<PieceKind> = new Set(['filefrag', 'xfs_bmap', 'fiemap']);

function goesOn(open: Open, line: string, lines: readonly string[], i: number): boolean {
  switch (open.kind) {
    case 'filefrag': {
      // Looked at the ends only: an output of many rows is read once, not once a row.
      const ended = FILEFRAG_ENDS(open.lines.at(-1) ?? '');
      const again = FILEFRAG_STARTS(line) && open.lines.slice(0, 3).some((one) => one.includes('File size of'));
      return !ended && !again && FILEFRAG_LINE(line);
    }
    case 'xfs_bmap':
    case 'fiemap':
      return RANGES_LINE(line) && !(RANGES_HEADER(line) && open.lines.slice(0, 3).some(RANGES_HEADER));
    case 'maps':
    case 'smaps':
      return goesOnMaps(open, line);
    case 'pagemap':
      return PAGEMAP_LINE(line);
    case 'mr':
      return MR_LINE(line);
    case 'vmstat':
      return VMSTAT_LINE(line);
    case 'other':
      return !BLANK.test(line) && kindStarting(lines, i, undefined) === undefined;
    default:
      return STARTS_ANEW.has(open.kind);
  }
}

/** Addresses rise within one process: a lower one begins another. */
function goesOnMaps(open: Open, line: string): boolean {
  if (SMAPS_LINE(line)) {
    open.kind = 'smaps';
    return true;
  }
  if (!MAPS_LINE(line)) return false;
  const last = open.lines.findLast((one) => MAPS_LINE(one));
  return last === undefined || addressOf(last) < addressOf(line);
}

const addressOf = (line: string): number => Number.parseInt(line.trim(), 16);

const depthOf = (line: string): number => {
  let depth = 0;
  // Of names in strings only brackets matter, and those come in pairs: [ib_core].
  for (const c of line) depth += c === '[' ? 1 : c === ']' ? -1 : 0;
  return depth;
};

function goesOnJson(open: Open, line: string): boolean {
  if (open.depth <= 0 || isHeading(line)) return false;
  open.lines.push(line);
  open.depth += depthOf(line);
  return true;
}

export const kindWords: Readonly<Record<PieceKind, string>> = {
  filefrag: 'filefrag -v',
  xfs_bmap: 'xfs_bmap -vvp',
  fiemap: 'xfs_io fiemap -v',
  maps: '/proc/PID/maps',
  smaps: '/proc/PID/smaps',
  pagemap: '/proc/PID/pagemap',
  mr: 'rdma resource show mr',
  'mr-json': 'rdma -j resource show mr',
  vmstat: '/proc/vmstat',
  other: 'not recognised',
};

/** `maps-42`, `42.smaps`: of a file that was saved under such a name. */
export function pidOfName(name: string): string | undefined {
  return (/(?:^|[^a-z])s?maps[-._](\d{1,10})(?:\D|$)/i.exec(name) ?? /(?:^|\D)(\d{1,10})[-._]s?maps(?:[^a-z]|$)/i.exec(name))?.[1]; // prettier-ignore
}

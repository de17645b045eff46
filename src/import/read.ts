/** Sources → pieces that were read, or what is wrong with each. */
import type { Result } from '../base/result.ts';
import { err, ok } from '../base/result.ts';
import { parseFiemap, parseXfsBmap } from './blockRanges.ts';
import { MAX_BYTES, MAX_LINES, MAX_PIECES, MAX_SOURCES } from './bounds.ts';
import type { FileExtents } from './extents.ts';
import { parseFilefrag } from './filefrag.ts';
import { linesOf } from './lines.ts';
import { parseMaps, parseSmaps, type MapRow } from './maps.ts';
import { PAGEMAP_NAME, parsePagemap, parsePagemapBytes, type PageRange } from './pagemap.ts';
import { quote, type Problem } from './problem.ts';
import { parseMr, parseMrJson, type MrRow } from './rdmaMr.ts';
import { pidOfName, recognise, type Piece, type PieceKind } from './recognise.ts';
import { parseVmstat } from './vmstat.ts';

/** What was pasted (without a name), or a file. */
export type Source = { readonly name: string; readonly content: string | Uint8Array };

export type Facts =
  | { readonly type: 'extents'; readonly file: FileExtents }
  | { readonly type: 'maps'; readonly pid?: string; readonly rows: readonly MapRow[] }
  | { readonly type: 'pages'; readonly range: PageRange }
  | { readonly type: 'mrs'; readonly rows: readonly MrRow[] }
  | { readonly type: 'pinned'; readonly pages: number };

export type ReadPiece = {
  readonly kind: PieceKind;
  /** Of the file; '' of what was pasted. */
  readonly source: string;
  readonly line: number;
  readonly read: Result<Facts, Problem>;
};

export function readSources(sources: readonly Source[]): readonly ReadPiece[] {
  const pieces: ReadPiece[] = [];
  for (const [i, source] of sources.entries()) {
    if (i >= MAX_SOURCES) {
      pieces.push(refused(source.name, `more than ${MAX_SOURCES} files`, `Import at most ${MAX_SOURCES} at once.`));
      break;
    }
    pieces.push(...readSource(source));
    if (pieces.length <= MAX_PIECES) continue;
    return [...pieces.slice(0, MAX_PIECES), refused(source.name, `more than ${MAX_PIECES} outputs`, 'Import fewer at once.')]; // prettier-ignore
  }
  return pieces;
}

const refused = (source: string, text: string, cure: string): ReadPiece => ({
  kind: 'other',
  source,
  line: 1,
  read: err({ line: 1, text, cure }),
});

function readSource({ name, content }: Source): readonly ReadPiece[] {
  if (content.length > MAX_BYTES) return [refused(name, `longer than ${MAX_BYTES / 1024 / 1024} MB`, 'Take only the lines of the files you import, or one process.')]; // prettier-ignore
  if (typeof content !== 'string') {
    if (PAGEMAP_NAME(name)) {
      const pages = parsePagemapBytes(name, content);
      return [{ kind: 'pagemap', source: name, line: 1, read: pages.ok ? ok({ type: 'pages', range: pages.value }) : pages }]; // prettier-ignore
    }
    return readText(name, new TextDecoder().decode(content));
  }
  return readText(name, content);
}

function readText(name: string, text: string): readonly ReadPiece[] {
  if (linesOf(text).length > MAX_LINES) return [refused(name, `more than ${MAX_LINES} lines`, 'Import fewer outputs at once.')]; // prettier-ignore
  return recognise(text, pidOfName(name)).map((piece) => {
    const read = readPiece(piece);
    const moved = read.ok ? read : err({ ...read.error, line: read.error.line + piece.line - 1 });
    return { kind: piece.kind, source: name, line: piece.line, read: moved };
  });
}

function map<T>(read: Result<T, Problem>, make: (value: T) => Facts): Result<Facts, Problem> {
  return read.ok ? ok(make(read.value)) : read;
}

function readPiece({ kind, text, pid }: Piece): Result<Facts, Problem> {
  const mapped = (rows: readonly MapRow[]): Facts => ({ type: 'maps', rows, ...(pid === undefined ? {} : { pid }) });
  switch (kind) {
    case 'filefrag':
      return map(parseFilefrag(text), (file) => ({ type: 'extents', file }));
    case 'xfs_bmap':
      return map(parseXfsBmap(text), (file) => ({ type: 'extents', file }));
    case 'fiemap':
      return map(parseFiemap(text), (file) => ({ type: 'extents', file }));
    case 'maps':
      return map(parseMaps(text), mapped);
    case 'smaps':
      return map(parseSmaps(text), mapped);
    case 'pagemap':
      return map(parsePagemap(text), (range) => ({ type: 'pages', range }));
    case 'mr':
      return map(parseMr(text), (rows) => ({ type: 'mrs', rows }));
    case 'mr-json':
      return map(parseMrJson(text), (rows) => ({ type: 'mrs', rows }));
    case 'vmstat':
      return map(parseVmstat(text), ({ pinned }) => ({ type: 'pinned', pages: pinned }));
    case 'other':
      return err(unknown(text));
  }
}

function unknown(text: string): Problem {
  const [first = ''] = linesOf(text);
  if (/not on an? XFS|foreign file active/i.test(text)) return { line: 1, text: `xfs_bmap refused: ${quote(first)}`, cure: 'The file is on another file system: run filefrag -v on it.' }; // prettier-ignore
  if (/permission denied|operation not permitted/i.test(text)) return { line: 1, text: `the command was refused: ${quote(first)}`, cure: 'Run it as root.' }; // prettier-ignore
  if (/^\s*\d+: \S+: (?:pd|cq|qp) \d+/.test(first)) return { line: 1, text: 'rdma resource show gives counts only', cure: 'Run rdma resource show mr.' }; // prettier-ignore
  return { line: 1, text: `not the output of a command of the recipe: ${quote(first)}`, cure: 'Take the whole output of a command of the recipe, from its first line.' }; // prettier-ignore
}

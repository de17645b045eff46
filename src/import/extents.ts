/** Where the bytes of a file are: what filefrag, xfs_bmap and fiemap say alike. All numbers are bytes. */
import { MAX_OFFSET, MAX_ROWS } from './bounds.ts';
import { problem, type Parsed } from './problem.ts';

export type Extent = {
  readonly at: number;
  readonly len: number;
  /** `apart`: there is data, but in no block of its own (inline, delayed, encoded, …), for this reason. */
  readonly state: 'written' | 'unwritten' | 'hole' | 'apart';
  /** Of a block. */
  readonly physical?: number;
  readonly shared: boolean;
  readonly why?: string;
  /** The line of the piece, from 1. */
  readonly line: number;
};

export type FileExtents = {
  readonly path: string;
  /** Of the file, where the tool says it. */
  readonly size?: number;
  /** Hex magic of the file system, as filefrag prints it; or `xfs`. */
  readonly fs?: string;
  readonly extents: readonly Extent[];
  /** The unit in which the tool printed. */
  readonly unit: number;
};

/** FIEMAP_EXTENT_*, by the words of filefrag: data without a block of its own. */
export const APART: Readonly<Record<string, string>> = {
  unknown_loc: 'no known place',
  delalloc: 'delayed allocation',
  encoded: 'encoded',
  encrypted: 'encrypted',
  not_aligned: 'not aligned',
  inline: 'inside the inode',
  tail_packed: 'packed with other tails',
};

/** Rows in the order of the file, none over another; every number exact. */
export function checkExtents(extents: readonly Extent[]): Parsed<readonly Extent[]> {
  if (extents.length > MAX_ROWS) {
    return problem(1, `more than ${MAX_ROWS} extents`, 'Import a part of the file, or a smaller file.');
  }
  let end = 0;
  for (const { at, len, physical = 0, line } of extents) {
    if (len <= 0) return problem(line, 'an extent of no length', 'Run the command again and take all of its output.');
    if (at < end) return problem(line, 'this extent begins before the one above ends', 'Take one output at a time, whole.'); // prettier-ignore
    end = at + len;
    if (end > MAX_OFFSET || physical + len > MAX_OFFSET)
      return problem(line, 'a number too large to be exact', 'Import a smaller file.');
  }
  return { ok: true, value: extents };
}

/** Tools print rows without gaps in their numbers: a gap is a lost line. */
export function checkNumber(number: string, expected: number, line: number): Parsed<undefined> {
  if (Number(number) === expected) return { ok: true, value: undefined };
  return problem(line, `extent ${number} where ${expected} should be: a line is missing`, 'Copy the whole output again.'); // prettier-ignore
}

/**
 * A file as a list of values: all that pread and load may ever see of it. No blocks, no sharing, no page tables, no locks:
 * what the core does with those must not show.
 */
import type { Op } from '../../src/sim/model/op.ts';

export type NaiveFile = string[];

const ZERO = '.';

const grown = (file: NaiveFile, size: number): NaiveFile => [...file, ...Array<string>(Math.max(0, size - file.length)).fill(ZERO)]; // prettier-ignore

function zeroed(file: NaiveFile, from: number, to: number): NaiveFile {
  return file.map((value, i) => (i >= from && i < to ? ZERO : value));
}

/** A clone's range; length 0: to the end of the source. */
export function cloneRange(op: Extract<Op, { readonly src: unknown }>, src: NaiveFile) {
  const { srcOff, dstOff, len } = op.range ?? { srcOff: 0, dstOff: 0, len: 0 };
  return { srcOff, dstOff, len: len === 0 ? Math.max(0, src.length - srcOff) : len };
}

/** What `file` holds once the call has said ok; `src`: of a clone. */
export function after(op: Op, file: NaiveFile, tag: (id: number) => string, src: NaiveFile = []): NaiveFile {
  switch (op.verb) {
    case 'pwrite':
    case 'pwrite_direct': {
      const long = grown(file, op.index + 1);
      long[op.index] = tag(op.tag);
      return long;
    }
    case 'ftruncate':
      return grown(file, op.size).slice(0, op.size);
    case 'reflink': {
      const { srcOff, dstOff, len } = cloneRange(op, src);
      if (len === 0) return file;
      const long = grown(file, dstOff + len);
      return long.map((value, i) => (i >= dstOff && i < dstOff + len ? (src[i - dstOff + srcOff] ?? ZERO) : value));
    }
    case 'fallocate': {
      const { mode, off, len } = op;
      switch (mode) {
        // xfs_falloc_unshare_range allocates what is missing, and sets the size, as a plain allocation does.
        case 'alloc':
        case 'unshare':
          return grown(file, off + len);
        case 'punch':
          return zeroed(file, off, off + len);
        case 'zero':
          return zeroed(grown(file, off + len), off, off + len);
        case 'collapse':
          return [...file.slice(0, off), ...file.slice(off + len)];
        case 'insert':
          return [...file.slice(0, off), ...Array<string>(len).fill(ZERO), ...file.slice(off)];
      }
    }
    // eslint-disable-next-line no-fallthrough -- every mode has returned
    default:
      return file;
  }
}

/**
 * How much of an unwritten extent ext4 converts for the write of one block (ext4_ext_convert_to_initialized): rather
 * than to split a small extent it writes zeroes over the rest of it.
 */
import { runsEach } from '../../base/runs.ts';
import type { FileIndex } from '../model/ids.ts';
import { extentBlock, extentWritten } from '../model/ids.ts';
import type { Inode } from '../model/state.ts';
import type { Span } from '../policies/layout.ts';
import { extentAt } from '../query/inodes.ts';

/** s_extent_max_zeroout_kb, 32 unless set otherwise, in blocks. */
const MAX_ZEROOUT = 8;

export function ext4Conversion(inode: Inode, index: FileIndex): Span {
  const one = { from: index, to: index + 1 };
  const { from, to } = unwrittenExtent(inode, index);
  // A block at either end goes over to a written neighbour that it continues.
  if (to - from === 1 || (index === from && continues(inode, index, -1, true))) return one;
  if (index + 1 === to && continues(inode, index, 1, true)) return one;
  // Zeroes are written only within the file, and not before a block that is the last of its extent.
  if (to > Math.max(inode.size, index + 1) || to - index === 1) return one;
  const end = to - index <= MAX_ZEROOUT ? to : index + 1;
  return { from: end - from < MAX_ZEROOUT ? from : index, to: end };
}

/** Whether the neighbour of an index is mapped, as written or not as asked, to the neighbour of its block. */
function continues(inode: Inode, index: FileIndex, by: 1 | -1, written: boolean): boolean {
  const here = extentAt(inode, index);
  const there = index + by < 0 ? undefined : extentAt(inode, index + by);
  return here !== undefined && there !== undefined && there.written === written && there.block === here.block + by;
}

function unwrittenExtent(inode: Inode, index: FileIndex): Span {
  let from = index;
  // Further back than this it makes no difference where it begins.
  while (index - from <= MAX_ZEROOUT && continues(inode, from, -1, false)) from--;
  let to = index + 1;
  const base = (extentAt(inode, index)?.block ?? 0) - index;
  runsEach(inode.map, index, Infinity, (at, len, value, step) => {
    const fits = at <= to && !extentWritten(value) && extentBlock(value) - at === base && (step === 1 || len === 1);
    if (fits) to = at + len;
    return !fits || undefined;
  });
  return { from, to };
}

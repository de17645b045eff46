/** What a layout operation (ftruncate, fallocate) may do: fs.punch, fs.shrink, layout.scope, layout.onPin. */
import type { Knobs } from '../model/knobs.ts';
import type { FallocateMode, Op } from '../model/op.ts';
import type { FsType } from '../model/program.ts';
import type { Decision, PinDecision } from './decision.ts';
import { PROCEED, refuse, SLEEP } from './decision.ts';

/** Half-open range of file indexes. */
export type Span = { readonly from: number; readonly to: number };

/** Larger than any file index: "to the end". */
export const TO_END = 1 << 30;
export const WHOLE_INODE: Span = { from: 0, to: TO_END };

export type LayoutOp = Extract<Op, { verb: 'ftruncate' | 'fallocate' }>;

/** Modes that take blocks from where they are; `alloc` and `unshare` only add. */
const PUNCHES: ReadonlySet<FallocateMode> = new Set(['punch', 'zero', 'collapse', 'insert'] as const);
const SHIFTS: ReadonlySet<FallocateMode> = new Set(['collapse', 'insert'] as const);

export const isShift = (op: LayoutOp): boolean => op.verb === 'fallocate' && SHIFTS.has(op.mode);

/** Before any lock. */
export function layoutFeature(knobs: Knobs, fs: FsType, op: LayoutOp): Decision {
  if (op.verb === 'fallocate' && op.len === 0) return refuse('EINVAL', 'the length is 0', 'arguments');
  if (fs === 'device-dax') {
    if (op.verb === 'ftruncate') return refuse('EINVAL', 'a character device has no length to set', 'features');
    return refuse('EOPNOTSUPP', 'a character device has no blocks to allocate', 'features');
  }
  if (op.verb === 'ftruncate') return PROCEED;
  if (PUNCHES.has(op.mode) && knobs['fs.punch'] === 'off')
    return refuse('EOPNOTSUPP', `fallocate ${op.mode} is off in this file system`, 'features', 'fs.punch');
  if (op.mode === 'unshare' && fs === 'ext4') return refuse('EOPNOTSUPP', 'ext4 shares no blocks', 'features');
  return PROCEED;
}

/** ext4_fallocate: plain preallocation takes neither invalidate_lock nor a look at the pins. */
export function breaksLayout(fs: FsType, op: LayoutOp): boolean {
  return !(fs === 'ext4' && op.verb === 'fallocate' && op.mode === 'alloc');
}

/** zero: XFS frees the blocks and allocates new ones; ext4 only marks them unwritten. */
export const zeroKeepsBlocks = (fs: FsType): boolean => fs === 'ext4';

/** A write into an unwritten extent: ext4 may convert more of it than the block that is written. */
export const convertsAround = (fs: FsType): boolean => fs === 'ext4';

/** After i_rwsem: a shrinking truncate of a file that somebody maps or pins. */
export function shrinkAllowed(knobs: Knobs, isMappedOrPinned: () => boolean): Decision {
  if (knobs['fs.shrink'] === 'etxtbsy' && isMappedOrPinned())
    return refuse('ETXTBSY', 'a mapped or pinned file cannot shrink', 'fs.shrink', 'fs.shrink');
  return PROCEED;
}

/** Which indexes t3 zaps and t4 scans. */
export function layoutScope(knobs: Knobs, op: LayoutOp, size: number): Span {
  if (knobs['layout.scope'] === 'inode') return WHOLE_INODE;
  if (op.verb === 'ftruncate') return { from: Math.min(size, op.size), to: TO_END };
  return { from: op.off, to: isShift(op) ? TO_END : op.off + op.len };
}

/** What a pinned block in scope means. */
export function onLayoutPin(knobs: Knobs, op: LayoutOp): PinDecision {
  const knob = 'layout.onPin';
  switch (knobs[knob]) {
    case 'wait':
      return SLEEP;
    case 'ignore':
      return PROCEED;
    case 'etxtbsy':
      return refuse('ETXTBSY', 'a block in range is pinned', 'pins', knob);
    case 'revoke':
      return { act: 'fence', knob };
    case 'kill':
      return { act: 'kill', knob };
    case 'rewrite':
      return isShift(op) ? refuse('EOPNOTSUPP', 'a pinned block cannot move', 'pins', knob) : { act: 'keep', knob };
  }
}

/** Evict of an unlinked inode with a pinned block: there is no caller to refuse, so all that does not act waits. */
export function onEvictPin(knobs: Knobs): PinDecision {
  const knob = 'layout.onPin';
  switch (knobs[knob]) {
    case 'ignore':
      return PROCEED;
    case 'revoke':
      return { act: 'fence', knob };
    case 'kill':
      return { act: 'kill', knob };
    case 'wait':
    case 'etxtbsy':
    case 'rewrite':
      return SLEEP;
  }
}

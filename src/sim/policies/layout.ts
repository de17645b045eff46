/** What a layout operation (ftruncate, fallocate) may do: fs.punch, fs.shrink, layout.scope, layout.onPin. */
import type { Knobs } from '../model/knobs.ts';
import type { Op } from '../model/op.ts';
import type { Decision } from './decision.ts';
import { notBuilt, PROCEED, refuse, SLEEP } from './decision.ts';

/** Half-open range of file indexes. */
export type Span = { readonly from: number; readonly to: number };

/** Larger than any file index: "to the end". */
export const TO_END = 1 << 30;
export const WHOLE_INODE: Span = { from: 0, to: TO_END };

type LayoutOp = Extract<Op, { verb: 'ftruncate' | 'fallocate' }>;

/** Before any lock. */
export function layoutFeature(knobs: Knobs, op: LayoutOp): Decision {
  if (op.verb === 'fallocate' && op.mode !== 'alloc' && knobs['fs.punch'] === 'off')
    return refuse('EOPNOTSUPP', `fallocate ${op.mode} is off in this file system`, 'fs.punch');
  return PROCEED;
}

/** After i_rwsem: a shrinking truncate of a file that somebody maps or pins. */
export function shrinkAllowed(knobs: Knobs, isMappedOrPinned: () => boolean): Decision {
  if (knobs['fs.shrink'] === 'etxtbsy' && isMappedOrPinned())
    return refuse('ETXTBSY', 'a mapped or pinned file cannot shrink', 'fs.shrink');
  return PROCEED;
}

/** Which indexes t3 zaps and t4 scans. */
export function layoutScope(knobs: Knobs, op: LayoutOp, size: number): Span {
  if (knobs['layout.scope'] === 'inode') return WHOLE_INODE;
  if (op.verb === 'ftruncate') return { from: Math.min(size, op.size), to: TO_END };
  return { from: op.off, to: op.off + op.len };
}

/** What a pinned block in scope means. */
export function onLayoutPin(knobs: Knobs): Decision {
  const value = knobs['layout.onPin'];
  switch (value) {
    case 'wait':
      return SLEEP;
    case 'ignore':
      return PROCEED;
    case 'etxtbsy':
      return refuse('ETXTBSY', 'a block in range is pinned', 'layout.onPin');
    case 'revoke':
    case 'kill':
    case 'rewrite':
      return notBuilt('layout.onPin', value);
  }
}

/** Evict of an unlinked inode with a pinned block: there is no caller to refuse, so all that does not ignore waits. */
export function onEvictPin(knobs: Knobs): Decision {
  return knobs['layout.onPin'] === 'ignore' ? PROCEED : SLEEP;
}

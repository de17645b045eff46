/** Sharing and un-sharing blocks: fs.reflink, reflink.onPin, write.onPin. */
import type { Knobs } from '../model/knobs.ts';
import type { Decision } from './decision.ts';
import { notBuilt, PROCEED, refuse, SLEEP } from './decision.ts';

/** Before any lock. `formatted`: mkfs.xfs -m reflink=1. */
export function reflinkFeature(knobs: Knobs, formatted: boolean): Decision {
  if (knobs['fs.reflink'] === 'off') return refuse('EOPNOTSUPP', 'reflink is off in this file system', 'fs.reflink');
  return formatted ? PROCEED : refuse('EOPNOTSUPP', 'this file system was made with reflink=0');
}

/** A pinned block in either inode of a clone. */
export function onReflinkPin(knobs: Knobs): Decision {
  const value = knobs['reflink.onPin'];
  switch (value) {
    case 'wait':
      return SLEEP;
    case 'allow':
      return PROCEED;
    case 'etxtbsy':
      return refuse('ETXTBSY', 'a block of the file is pinned', 'reflink.onPin');
    case 'copy':
    case 'revoke':
      return notBuilt('reflink.onPin', value);
  }
}

/** A write that would move the file off a pinned block (COW break). Mainline looks at no pin here. */
export function onRelocatePin(knobs: Knobs): Decision {
  const value = knobs['write.onPin'];
  switch (value) {
    case 'relocate':
      return PROCEED;
    case 'wait':
      return SLEEP;
    case 'fail':
      return refuse('ETXTBSY', 'the write would move the file off a pinned block', 'write.onPin');
    case 'revoke':
      return notBuilt('write.onPin', value);
  }
}

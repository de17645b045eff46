/** Sharing and un-sharing blocks: fs.reflink, reflink.onPin, write.onPin. */
import type { Knobs } from '../model/knobs.ts';
import type { Program } from '../model/program.ts';
import type { Decision, PinDecision } from './decision.ts';
import { PROCEED, refuse, SLEEP } from './decision.ts';

/** Before any lock. `fs.reflink`: mkfs.xfs -m reflink=1. */
export function reflinkFeature(knobs: Knobs, fs: Program['fs']): Decision {
  if (knobs['fs.reflink'] === 'off')
    return refuse('EOPNOTSUPP', 'reflink is off in this file system', 'features', 'fs.reflink');
  if (fs.type !== 'xfs') return refuse('EOPNOTSUPP', `${fs.type} has no reflink`, 'features');
  return fs.reflink ? PROCEED : refuse('EOPNOTSUPP', 'this file system was made with reflink=0', 'features');
}

/** A pinned block in either inode of a clone; `isDst`: in the one whose blocks may go. */
export function onReflinkPin(knobs: Knobs, isDst: boolean): PinDecision {
  const knob = 'reflink.onPin';
  switch (knobs[knob]) {
    case 'wait':
      return SLEEP;
    case 'allow':
      return PROCEED;
    case 'etxtbsy':
      return refuse('ETXTBSY', 'a block of the file is pinned', 'pins', knob);
    case 'copy':
      return isDst ? SLEEP : { act: 'copy' };
    case 'revoke':
      return { act: 'fence', knob };
  }
}

/** Whether a clone shares a block of its source that is pinned, or gets a copy of it. */
export const copiesPinned = (knobs: Knobs): boolean => knobs['reflink.onPin'] === 'copy';

/** A write that would move the file off a pinned block (COW break). Mainline looks at no pin here. */
export function onRelocatePin(knobs: Knobs): PinDecision {
  const knob = 'write.onPin';
  switch (knobs[knob]) {
    case 'relocate':
      return PROCEED;
    case 'wait':
      return SLEEP;
    case 'fail':
      return refuse('ETXTBSY', 'the write would move the file off a pinned block', 'pins', knob);
    case 'revoke':
      return { act: 'fence', knob };
  }
}

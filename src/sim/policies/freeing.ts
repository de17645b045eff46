/** Where a block goes whose last map entry went: free.onPin, and the log of the file system. */
import type { Knobs } from '../model/knobs.ts';
import { BUSY, FREE, ZOMBIE } from '../model/state.ts';

export function freedTo(knobs: Knobs, pinned: boolean, log: 'sync' | 'async'): number {
  if (pinned && knobs['free.onPin'] === 'defer') return ZOMBIE;
  return log === 'async' ? BUSY : FREE;
}

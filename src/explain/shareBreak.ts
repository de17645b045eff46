/** How a file came to another block at an index, and who did not follow: the heart of most sentences. */
import type { Block, FileIndex, InodeId } from '../sim/model/ids.ts';
import { pageOfBlock } from '../sim/model/ids.ts';
import { listOf, rangesOf, slotName, blocksName } from './names.ts';
import { freedClause, notifiedSlots } from './effects.ts';
import { clings, extentList, extentsOn, pinsThrough } from './relations.ts';
import type { Told } from './told.ts';
import { eventsOf, extentOf } from './told.ts';

type Move = { readonly inode: InodeId; readonly index: FileIndex; readonly from: Block; readonly to: Block };

/** Indexes that this turn moved from one block to another. */
export function movesOf(told: Told): readonly Move[] {
  return eventsOf(told.events, 'extentSet').flatMap(({ inode, index, block, was }) =>
    was === undefined || was === block ? [] : [{ inode, index, from: was, to: block }],
  );
}

/** `A[1] is now block 4`; several: `A[0..3] are now blocks 4-7`. */
export function nowAt(told: Told, moves: readonly Move[]): string {
  const first = moves[0];
  if (first === undefined) return '';
  const blocks = rangesOf(moves.map(({ to }) => to));
  const inRow = moves.every(({ inode, index }, i) => inode === first.inode && index === first.index + i);
  if (!inRow || blocks.length > 1) return listOf(moves.map((move) => nowAt(told, [move])));
  const many = moves.length > 1;
  return `${extentOf(told, first.inode, first.index, moves.length)} ${many ? 'are' : 'is'} now ${blocksName(first.to, moves.length)}`;
}

/** Who still stands on the block that one index left: `but mr[1] still translates to block 1`. */
export function leftBehind(told: Told, { inode, index, from }: Move): string {
  const pins = pinsThrough(told.state, pageOfBlock(from), inode, index);
  const freed = freedClause(told);
  if (pins.length > 0) {
    const clause = clings(told, pins, `block ${from}`);
    const owners = extentList(told, extentsOn(told.state, from));
    return `, but ${clause}${freed === '' ? (owners === '' ? '' : `, which is ${owners}`) : ', which is free'}`;
  }
  const zapped = notifiedSlots(told.events).map(({ mr, slot, len }) => slotName(told.program, mr, slot, len));
  if (zapped.length > 0) return `, and the MMU notifier made ${listOf(zapped)} invalid, so the NIC will follow`;
  if (freed !== '') return `; ${freed}`;
  const owners = extentList(told, extentsOn(told.state, from));
  return owners === '' ? '' : `; block ${from} stays with ${owners}`;
}

/** L5: an operation that frees blocks succeeded, but the device has fewer free blocks than it says. */
import { runsEach, runsGet } from '../../base/runs.ts';
import type { Block, FileIndex, InodeId } from '../model/ids.ts';
import { extentBlock, NO_INODE, pageOfBlock } from '../model/ids.ts';
import type { Op } from '../model/op.ts';
import type { Program } from '../model/program.ts';
import type { EntityRef, State } from '../model/state.ts';
import { resolveName } from '../query/inodes.ts';
import { indexName, ownerName } from '../query/naming.ts';
import { isPinned, pinsOf, refOfOwner } from '../query/pins.ts';
import { procOfTask } from '../query/waits.ts';
import type { Doer, Finding } from './finding.ts';
import { momentProperty } from './finding.ts';

/**
 * Two ways to it: a freed block that a pin keeps from the allocator (free.onPin=defer), and a block that stays in the
 * file though the range that it is in was to go (layout.onPin=rewrite). A block with another owner frees nothing anyway.
 */
export const L5 = momentProperty('L5', ['freed', 'returned'], (program, state, event, by) => {
  if (event.type === 'returned') return event.result === 'ok' ? keptInFile(program, state, by) : undefined;
  if (event.to === 'zombie' && !isFailing(state, by)) {
    const what = event.len === 1 ? `block ${event.block}` : `blocks ${event.block}-${event.block + event.len - 1}`;
    const kept = event.len === 1 ? 'its pin keeps it' : 'their pins keep them';
    return finding(program, state, event.block, `${verbOf(by)} gives up ${what}, but ${kept} from the allocator: free rises by ${event.len} less`); // prettier-ignore
  }
  return undefined;
});

const verbOf = ({ op }: Doer): string => op?.verb ?? 'the exit';

/** fallocate zero may find no room for its new blocks after it gave up the old ones. */
const isFailing = (state: State, { task }: Doer): boolean =>
  state.tasks[task]?.frames.some((frame) => frame.ret === 'ENOSPC') === true;

type Taken = { readonly inode: InodeId; readonly from: FileIndex; readonly to: FileIndex };

/** The indexes that were to lose their blocks for good. */
function takenBy(program: Program, state: State, { task, op }: Doer): Taken | undefined {
  const named = (file: number): InodeId => resolveName(state, file, procOfTask(program, task) ?? -1);
  switch (op?.verb) {
    case 'ftruncate':
      return { inode: named(op.file), from: op.size, to: Infinity };
    case 'fallocate':
      return op.mode === 'punch' ? { inode: named(op.file), from: op.off, to: op.off + op.len } : undefined;
    case 'madvise':
      return op.advice === 'remove' ? behindMapping(state, op) : undefined;
    default:
      return undefined;
  }
}

function behindMapping(state: State, op: Extract<Op, { verb: 'madvise' }>): Taken | undefined {
  const map = state.maps[op.map];
  return map === undefined ? undefined : { inode: map.inode, from: map.off + op.off, to: map.off + op.off + op.len };
}

function keptInFile(program: Program, state: State, by: Doer): Finding | undefined {
  const taken = takenBy(program, state, by);
  const inode = taken === undefined || taken.inode === NO_INODE ? undefined : state.inodes[taken.inode];
  if (taken === undefined || inode?.live !== true) return undefined;
  const kept: { readonly index: FileIndex; readonly block: Block }[] = [];
  runsEach(inode.map, taken.from, taken.to, (at, len, value, step) => {
    for (let i = 0; i < len; i++) {
      const block = extentBlock(value) + i * step;
      if (isPinned(state, pageOfBlock(block)) && runsGet(state.device.use, block) === 1) kept.push({ index: at + i, block }); // prettier-ignore
    }
  });
  const [first] = kept;
  if (first === undefined) return undefined;
  const where = indexName(program, state, taken.inode, first.index);
  return finding(program, state, first.block, `${verbOf(by)} succeeds, but ${where} keeps the pinned block ${first.block}: free rises by ${kept.length} less`); // prettier-ignore
}

function finding(program: Program, state: State, block: Block, what: string): Finding {
  const owners = pinsOf(state, pageOfBlock(block)).map(({ owner }) => owner);
  const by = owners.length === 0 ? '' : ` (pinned by ${[...new Set(owners.map((o) => ownerName(program, o)))].join(', ')})`;
  const refs: EntityRef[] = [{ type: 'block', block }, ...owners.map(refOfOwner)];
  return { id: 'L5', key: `${block}`, message: `${what}${by}`, refs };
} // prettier-ignore

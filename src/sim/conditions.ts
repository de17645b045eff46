/** The conditions after the last step (`exists`, `forbid`, `always`), judged of one run. */
import type { Condition, Program } from './model/program.ts';
import { runsGet } from '../base/runs.ts';
import type { FileId, FileIndex, Page } from './model/ids.ts';
import { NO_INODE, pageOfBlock, pageOfDram } from './model/ids.ts';
import type { PropertyId } from './model/property.ts';
import type { Inode, State } from './model/state.ts';
import { extentAt, fileTag } from './query/inodes.ts';
import { pinCount } from './query/pins.ts';
import { isAsleep } from './query/waits.ts';

type Final = { readonly program: Program; readonly state: State; readonly violated: ReadonlySet<PropertyId> };

/** `exists` and `always` are the same of a single run. */
export function claimHolds(final: Final, quantifier: 'exists' | 'forbid' | 'always', condition: Condition): boolean {
  return conditionHolds(final, condition) === (quantifier !== 'forbid');
}

export function conditionHolds(final: Final, condition: Condition): boolean {
  switch (condition.type) {
    case 'property':
      return final.violated.has(condition.id);
    case 'and':
      return condition.of.every((part) => conditionHolds(final, part));
    case 'or':
      return condition.of.some((part) => conditionHolds(final, part));
    case 'not':
      return !conditionHolds(final, condition.of);
    case 'free':
      return final.state.device.free + final.state.device.busy === condition.count;
    case 'zombie':
      return final.state.device.zombie === condition.count;
    case 'mr':
      return final.state.mrs[condition.mr]?.state === condition.state;
    case 'actor':
      return actorState(final.program, final.state, condition.actor) === condition.state;
    case 'file':
    case 'size':
    case 'shared':
    case 'hole':
    case 'pinned':
      return fileHolds(final, condition);
  }
}

type FileCondition = Extract<Condition, { type: 'file' | 'size' | 'shared' | 'hole' | 'pinned' }>;

function fileHolds({ program, state }: Final, condition: FileCondition): boolean {
  if (condition.type === 'shared') {
    const a = blockAt(state, condition.a, condition.aIndex);
    return a !== undefined && a === blockAt(state, condition.b, condition.bIndex);
  }
  const inode = inodeNamed(state, condition.file);
  if (inode === undefined) return false;
  switch (condition.type) {
    case 'size':
      return inode.size === condition.size;
    case 'hole':
      return condition.index < inode.size && extentAt(inode, condition.index) === undefined;
    case 'pinned':
      return condition.index < inode.size && pinCount(state, pageAt(inode, condition.index)) > 0;
    case 'file':
      return inode.size === condition.tags.length && condition.tags.every((tag, index) => program.tags[fileTag(state, inode, index) ?? -1] === tag); // prettier-ignore
  }
}

function inodeNamed(state: State, file: FileId): Inode | undefined {
  const id = state.names[file] ?? NO_INODE;
  return id === NO_INODE ? undefined : state.inodes[id];
}

function blockAt(state: State, file: FileId, index: FileIndex): number | undefined {
  const inode = inodeNamed(state, file);
  return inode === undefined ? undefined : extentAt(inode, index)?.block;
}

/** The page of an index: the cached one, else the block, written or not; the zero page over a hole is nobody's. */
function pageAt(inode: Inode, index: FileIndex): Page {
  const cached = runsGet(inode.cache, index);
  if (cached !== undefined) return pageOfDram(cached);
  const extent = extentAt(inode, index);
  return extent === undefined ? -1 : pageOfBlock(extent.block);
}

export type ActorState = 'idle' | 'blocked' | 'killed' | 'exited';

/** How an actor ended, or stands: the remote peer, and one whose fork has not happened, are idle. */
export function actorState(program: Program, state: State, task: number): ActorState {
  const actor = program.actors[task];
  const proc = actor?.type === 'thread' ? state.procs[actor.proc]?.state : undefined;
  if (proc === 'killed' || proc === 'exited') return proc;
  const record = state.tasks[task];
  return record !== undefined && isAsleep(record) ? 'blocked' : 'idle';
}

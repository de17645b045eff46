/** The end of an operation: close what the verb had open, evict what nobody refers to any more, return. */
import type { InodeId, ProcId } from '../model/ids.ts';
import { editProc, editTask } from '../model/draft.ts';
import { IDLE_TASK } from '../model/state.ts';
import { isReferenced, taskOf } from '../query/inodes.ts';
import { isDying } from '../query/waits.ts';
import type { Ctx, FrameOf } from './machine.ts';
import { draftOf, emit, procOf, sleepOn } from './machine.ts';
import type { Verb } from '../model/op.ts';

const READS: ReadonlySet<Verb> = new Set<Verb>(['load', 'pread', 'rdma_read', 'complete', 'dio_end', 'peek', 'pipe_read']); // prettier-ignore
const NO_VALUE: ReadonlySet<string> = new Set(['ok', 'SIGBUS', 'NAK', 'EOF', 'EFAULT', 'ENOENT', 'EINVAL', 'EINTR', 'void', 'gone']); // prettier-ignore

/** An unlinked inode without references that nobody evicts yet. */
export function nextToEvict(c: Ctx): InodeId | undefined {
  const state = draftOf(c);
  for (let id = 0; id < state.inodes.length; id++) {
    const inode = state.inodes[id];
    if (inode?.live === true && inode.links === 0 && !isReferenced(state, id) && !beingEvicted(c, id)) return id;
  }
  return undefined;
}

function beingEvicted(c: Ctx, inode: InodeId): boolean {
  return draftOf(c).tasks.some((t) => t.frames.some((f) => f.fn === 'evict' && f.inode === inode));
}

/** Ends the verb with `result`; evicts first, as its close would. Who dies leaves that to its exit. */
export function finish(c: Ctx, f: FrameOf<'op'>, result: string): void {
  const task = editTask(c.e, c.task);
  task.holds = IDLE_TASK.holds;
  const inode = isDying(c.program, draftOf(c), c.task) ? undefined : nextToEvict(c);
  if (inode === undefined) return complete(c, f, result);
  task.frames = [
    { ...f, pc: 'reap', result },
    { fn: 'evict', pc: 'wait', inode, ret: '' },
  ];
}

function complete(c: Ctx, f: FrameOf<'op'>, result: string): void {
  const task = editTask(c.e, c.task);
  task.frames = IDLE_TASK.frames;
  task.signal = false;
  if (isDying(c.program, draftOf(c), c.task)) {
    startExit(c, procOf(c));
    if (result !== 'gone') return;
  }
  const hasValue = READS.has(f.op.verb) && !NO_VALUE.has(result);
  emit(c, hasValue ? { type: 'returned', task: c.task, result, value: result } : { type: 'returned', task: c.task, result }); // prettier-ignore
}

/** SIGKILL to a process. */
export function sendKill(c: Ctx, proc: ProcId): void {
  Object.assign(editProc(c.e, proc), { state: 'dying', fate: 'killed' });
  emit(c, { type: 'killed', proc });
  startExit(c, proc);
}

/**
 * The work of dying, once for a process: its first thread does it, when it is idle. A thread that is not comes here
 * again at the end of its operation.
 */
export function startExit(c: Ctx, proc: ProcId): void {
  const first = c.program.actors.findIndex((a) => a.type === 'thread' && a.proc === proc);
  const carried = draftOf(c).tasks.some((t) => t.frames.some((g) => g.fn === 'exit' && g.proc === proc));
  if (carried || taskOf(draftOf(c), first).frames.length > 0) return;
  const task = editTask(c.e, first);
  task.frames = [{ fn: 'exit', pc: 'threads', proc, ret: '' }];
  if (first === c.task) return sleepOn(c, { type: 'threads', proc });
  task.wait = { type: 'threads', proc };
  draftOf(c).sleepers = [...draftOf(c).sleepers, first];
}

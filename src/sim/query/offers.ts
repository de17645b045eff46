/** Whether an operation has what it speaks of: in a list it comes to nothing without, in a menu it is not offered. */
import type { DmaId, MapId, MrId, PipeId, ProcId, TaskId } from '../model/ids.ts';
import type { Op } from '../model/op.ts';
import type { Program } from '../model/program.ts';
import type { State } from '../model/state.ts';
import { procOfTask } from './waits.ts';

/** The object was never made: its reg_mr was refused, say, or the process has not been forked. */
export function isVoid(program: Program, state: State, op: Op): boolean {
  if ('actor' in op && isUnborn(program, state, op.actor)) return true;
  if ('mr' in op && op.verb !== 'reg_mr' && state.mrs[op.mr]?.state === 'none') return true;
  if ('map' in op && op.verb !== 'mmap' && state.maps[op.map]?.made !== true) return true;
  if ((op.verb === 'complete' || op.verb === 'dio_end') && state.dmas[op.dma]?.phase === 'none') return true;
  return (op.verb === 'peek' || op.verb === 'pipe_read') && state.pipes[op.pipe]?.phase === 'none';
}

/** The process of this actor waits for the fork that makes it. */
export function isUnborn(program: Program, state: State, task: TaskId): boolean {
  return state.procs[procOfTask(program, task) ?? -1]?.state === 'unborn';
}

type Thing =
  | { readonly type: 'map'; readonly id: MapId }
  | { readonly type: 'mr'; readonly id: MrId }
  | { readonly type: 'dma'; readonly id: DmaId }
  | { readonly type: 'pipe'; readonly id: PipeId }
  /** A name for a process: taken for good by the fork. */
  | { readonly type: 'child'; readonly id: ProcId }
  /** A process that can be signalled. */
  | { readonly type: 'proc'; readonly id: ProcId };

/** Made, and not gone. */
function isThere(state: State, { type, id }: Thing): boolean {
  switch (type) {
    case 'map':
      return state.maps[id]?.live === true;
    case 'mr': {
      const mr = state.mrs[id]?.state;
      return mr === 'pinning' || mr === 'live' || mr === 'revoked';
    }
    case 'dma':
      return state.dmas[id]?.phase !== 'none';
    case 'pipe':
      return state.pipes[id]?.phase === 'full';
    case 'child':
      return state.procs[id]?.state !== 'unborn';
    case 'proc':
      return state.procs[id]?.state === 'running';
  }
}

/** What the operation makes. Files are no such thing: a path can always be asked for. */
function makes(op: Op): Thing | undefined {
  switch (op.verb) {
    case 'mmap':
      return { type: 'map', id: op.map };
    case 'reg_mr':
      return { type: 'mr', id: op.mr };
    case 'dio_write':
    case 'dio_read':
    case 'post_read':
    case 'post_write':
      return { type: 'dma', id: op.dma };
    case 'fork':
      return { type: 'child', id: op.child };
    case 'vmsplice':
      return { type: 'pipe', id: op.pipe };
    default:
      return undefined;
  }
}

/** What the operation needs. */
function needs(program: Program, op: Op): readonly Thing[] {
  const made = makes(op)?.type;
  const things: Thing[] = [];
  if ('map' in op && made !== 'map') things.push({ type: 'map', id: op.map });
  if ('mr' in op && made !== 'mr') things.push({ type: 'mr', id: op.mr });
  if ('dma' in op && made !== 'dma') things.push({ type: 'dma', id: op.dma });
  if ('pipe' in op && made !== 'pipe') things.push({ type: 'pipe', id: op.pipe });
  if ('actor' in op) things.push({ type: 'proc', id: procOfTask(program, op.actor) ?? -1 });
  return things;
}

/** What an operation is about, found once: the checker asks in every state. */
const known = new WeakMap<Op, { readonly made: Thing | undefined; readonly needed: readonly Thing[] }>();

/** An entry of a menu is enabled: its objects are there, the one that it makes is not, and the actor lives. */
export function isOffered(program: Program, state: State, task: TaskId, op: Op): boolean {
  const proc = procOfTask(program, task);
  if (proc !== undefined && !isThere(state, { type: 'proc', id: proc })) return false;
  let about = known.get(op);
  if (about === undefined) known.set(op, (about = { made: makes(op), needed: needs(program, op) }));
  if (about.made !== undefined && isThere(state, about.made)) return false;
  for (const thing of about.needed) if (!isThere(state, thing)) return false;
  return true;
}

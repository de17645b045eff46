/** Whether an operation has what it speaks of: in a list it comes to nothing without, in a menu it is not offered. */
import type { TaskId } from '../model/ids.ts';
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

/** The name that the operation would give is in use. */
export function isMadeAlready(state: State, op: Op): boolean {
  switch (op.verb) {
    case 'mmap':
      return state.maps[op.map]?.live === true;
    case 'reg_mr': {
      const mr = state.mrs[op.mr]?.state;
      return mr === 'pinning' || mr === 'live' || mr === 'revoked';
    }
    case 'dio_write':
    case 'dio_read':
    case 'post_read':
    case 'post_write':
      return state.dmas[op.dma]?.phase !== 'none';
    case 'fork':
      return state.procs[op.child]?.state !== 'unborn';
    case 'vmsplice':
      return state.pipes[op.pipe]?.phase === 'full';
    default:
      return false;
  }
}

/** An entry of a menu is enabled: its object is there, the one that it makes is not, and the actor lives. */
export function isOffered(program: Program, state: State, task: TaskId, op: Op): boolean {
  const proc = procOfTask(program, task);
  if (proc !== undefined && state.procs[proc]?.state !== 'running') return false;
  return !isVoid(program, state, op) && !isMadeAlready(state, op);
}

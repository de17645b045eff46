/** L7: what one process wants from a file hurts another: the price of revoke, kill and of writes that fail. */
import { pageOfBlock } from '../model/ids.ts';
import type { Program } from '../model/program.ts';
import type { EntityRef, State } from '../model/state.ts';
import { extentAt } from '../query/inodes.ts';
import { mapName, ownerName, taskName } from '../query/naming.ts';
import { pinsOf, refOfOwner } from '../query/pins.ts';
import { procOfTask } from '../query/waits.ts';
import type { Doer, Finding } from './finding.ts';
import { momentProperty } from './finding.ts';
import { holdersOf } from './holders.ts';

/**
 * An operation of one process kills another, revokes its MR, or makes its store end in SIGBUS inside the file's size. An
 * MR is of every process that holds its uverbs handle. A `kill` that the text asks for is no side effect; a store that
 * finds no free block was hurt by nobody's operation.
 */
export const L7 = momentProperty('L7', ['refused', 'sacrificed'], (program, state, event, by) => {
  if (event.type === 'refused') return event.errno === 'SIGBUS' ? stoppedStore(program, state, by) : undefined;
  const own = procOfTask(program, by.task);
  const doer = `${by.op?.verb ?? 'the exit'} of ${taskName(program, by.task)}`;
  const { victim } = event;
  if ('mr' in victim) {
    const mr = state.mrs[victim.mr];
    const proc = mr === undefined ? undefined : holdersOf(state, mr).find((holder) => holder !== own);
    if (proc === undefined) return undefined;
    const name = program.mrs[victim.mr]?.name ?? '?';
    return finding(`mr:${victim.mr}`, `${doer} revokes ${name}, an MR of ${procName(program, proc)} (${event.knob})`, [{ type: 'mr', mr: victim.mr }]); // prettier-ignore
  }
  if (victim.proc === own) return undefined;
  const task = program.actors.findIndex((actor) => actor.type === 'thread' && actor.proc === victim.proc);
  return finding(`proc:${victim.proc}`, `${doer} kills ${procName(program, victim.proc)} (${event.knob})`, [{ type: 'task', task }]); // prettier-ignore
});

const procName = (program: Program, proc: number): string => program.procs[proc]?.name ?? 'a process';
const finding = (key: string, message: string, refs: readonly EntityRef[]): Finding => ({ id: 'L7', key, message, refs }); // prettier-ignore

/** The store met a block that somebody else pins, and may not move the file off it (write.onPin=fail). */
function stoppedStore(program: Program, state: State, { task, op }: Doer): Finding | undefined {
  if (op?.verb !== 'store') return undefined;
  const map = state.maps[op.map];
  const inode = state.inodes[map?.inode ?? -1];
  const index = (map?.off ?? 0) + op.index;
  if (inode === undefined || index >= inode.size) return undefined;
  const block = extentAt(inode, index)?.block;
  const own = procOfTask(program, task);
  const pin = block === undefined ? undefined : pinsOf(state, pageOfBlock(block)).find(({ proc }) => proc !== own);
  if (pin === undefined || block === undefined) return undefined;
  const where = `${mapName(program, op.map)}[${op.index}]`;
  const message = `${taskName(program, task)} gets SIGBUS at ${where}, inside the file, because ${ownerName(program, pin.owner)} of ${procName(program, pin.proc)} pins block ${block}`; // prettier-ignore
  return finding(`sigbus:${task}:${block}`, message, [{ type: 'task', task }, refOfOwner(pin.owner), { type: 'block', block }]); // prettier-ignore
}

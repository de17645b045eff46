/** The kernel functions to name for where a run stands: of the step it sleeps in, was refused in, or of its main work. */
import { NO_INODE, NO_MAP } from '../sim/model/ids.ts';
import type { Program } from '../sim/model/program.ts';
import type { MicroId, Moment, Outline } from '../sim/outline.ts';
import type { KernelFunction } from './microRow.ts';
import { microInfo, waitFunctions } from './micro.ts';
import { failureOf } from './sayFailure.ts';
import type { Told } from './told.ts';
import { sleepOf, tell } from './told.ts';

/** The work that a finished operation is about, the most telling first. */
const MAIN_WORK: readonly MicroId[] = [
  'store.c6', 'pwrite.remap', 'reflink.r4', 'layout.t6', 'evict.free', 'op.g3', 'op.dioPin', 'op.vmsplice', 'dereg.d2', 'op.g4', 'store.entry',
  'store.map', 'load.block', 'load.hole', 'pwrite.write', 'pread.read', 'exit.mm',
]; // prettier-ignore

/** Steps that only put things back: a refusal came before them. */
const CLEANUP = /\.(unlock|t7|r5)$|^op\.(load|store)$/;

/** Steps that a file system does. */
const OF_FILES = /^(load|store|pread|pwrite|evict)\./;

const MOST = 3;

/** In calling order; none where the NIC, the CPU or a policy did the work. */
export function functionsAt(program: Program, outline: Outline, moment: Moment): readonly KernelFunction[] {
  const told = tell(program, outline, moment);
  if (told === undefined) return [];
  const id = idToName(told);
  // A memfd is in shmem, whose functions nobody has looked up.
  if (OF_FILES.test(id) && isOnMemfd(told)) return [];
  const info = microInfo(program, told.op, id);
  const sleep = moment.at === told.turn.to ? sleepOf(told) : undefined;
  return (sleep === undefined ? info.functions : waitFunctions(program, sleep, info)).slice(-MOST);
}

function isOnMemfd({ events, state, before }: Told): boolean {
  const inodes = events.flatMap((event) => ('inode' in event && event.inode !== NO_INODE ? [event.inode] : []));
  const isMemfd = (inode: number): boolean => [state, before].some((s) => s.inodes[inode]?.live === true && s.inodes[inode].memfd !== NO_MAP); // prettier-ignore
  return inodes.some(isMemfd);
}

function idToName(told: Told): MicroId {
  const { moment, turn, outline } = told;
  if (moment.at < turn.to || sleepOf(told) !== undefined) return told.micro.id;
  const ids = outline.micros.slice(turn.from, turn.to).map(({ id }) => id);
  if (failureOf(told) !== undefined) return ids.findLast((id) => !CLEANUP.test(id)) ?? told.micro.id;
  return MAIN_WORK.find((id) => ids.includes(id)) ?? told.micro.id;
}

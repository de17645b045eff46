/**
 * Partial-order reduction at micro grain: a micro-step that nobody else can notice, and that nobody else can change, is
 * taken alone. In whatever order it goes with the steps of others, the same states come of it; so one order will do.
 *
 * A quiet step, taken now or later, does the same, whatever the others do meanwhile; takes nothing from them and gives
 * them nothing; and no property, condition or outcome can tell the state before it from the one after. The places at
 * which steps may be quiet are in one table, each with the reason. Every one goes forward in its procedure, so they
 * never go on for ever.
 */
import type { SimEvent } from '../sim/model/event.ts';
import type { Frame } from '../sim/model/frame.ts';
import { isBlock, pageOfBlock, ptePage } from '../sim/model/ids.ts';
import type { Inode, State } from '../sim/model/state.ts';
import type { World } from '../sim/apply.ts';
import { applyStep } from '../sim/apply.ts';
import type { Runs } from '../base/runs.ts';
import { runsCount, runsEach } from '../base/runs.ts';

type Taken = { readonly before: State; readonly after: State; readonly events: readonly SimEvent[] };

/** `fn.pc` → the step from there is quiet if this holds of it. */
type Rule = (taken: Taken, task: number, frame: Frame) => boolean;

/** Nothing is another than before but where the task is. */
const movesOnly: Rule = ({ before, after, events }, task) => {
  for (const name of TABLES) if (before[name] !== after[name]) return false;
  return isAlone(before, after, task) && events.every(({ type }) => type === 'scanned' || type === 'scanSkipped');
};

const TABLES = ['device', 'names', 'inodes', 'dram', 'procs', 'maps', 'mrs', 'dmas', 'pipes', 'sleepers'] as const;

function isAlone(before: State, after: State, task: number): boolean {
  return before.tasks.length === after.tasks.length && before.tasks.every((record, id) => id === task || record === after.tasks[id]); // prettier-ignore
}

/** One table is another, for a reason that the place gives. */
const changesOnly = (table: (typeof TABLES)[number]): Rule => ({ before, after }, task) =>
  TABLES.every((name) => name === table || before[name] === after[name]) && isAlone(before, after, task); // prettier-ignore

/** Nothing but this task refers to the block that it has taken: no PTE, no translation, no pin. */
const isUnreached: Rule = ({ before }, _, frame) => {
  if (!('y' in frame) || frame.y < 0) return false;
  const { y } = frame;
  return (
    !before.maps.some(({ live, ptes }) => live && reaches(ptes, y)) &&
    !before.mrs.some(({ mtt, pins }) => reaches(mtt, y) || reaches(pins, y)) &&
    !before.dmas.some(({ phase, page }) => phase === 'posted' && page === pageOfBlock(y)) &&
    !before.pipes.some(({ phase, page }) => phase === 'full' && page === pageOfBlock(y))
  );
};

function reaches(runs: Runs, block: number): boolean {
  let found = false;
  runsEach(runs, 0, Infinity, (_, len, value, step) => {
    const page = ptePage(value);
    found = isBlock(page) && block >= page && block < page + (step === 0 ? 1 : len);
    return found || undefined;
  });
  return found;
}

const all = (...rules: readonly Rule[]): Rule => (...taken) => rules.every((rule) => rule(...taken)); // prettier-ignore

/**
 * Locks and turns that keep others away. Of a fault: its DAX entry is locked, so no other fault and no pwrite is at the
 * index, and invalidate_lock is held shared, so nobody scans entries. Of a layout operation or a clone: invalidate_lock
 * is held exclusively, so no fault adds an entry or a PTE of the file. Of pwrite: the entry, as a fault.
 */
const QUIET: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  // No PTE or slot of the index to zap, and none can come: who would make one waits for the entry.
  ['store.zap', movesOnly],
  ['store.c2', movesOnly],
  ['pwrite.zap', movesOnly],
  // Entries are read by scans, which wait for the lock, and no property looks at them.
  ['store.c3', changesOnly('inodes')],
  // New data into a block that no other task, and no DMA, reaches until this task maps it.
  ['pwrite.copy', all(changesOnly('device'), isUnreached)],
  // No PTE of the file, and none can come.
  ['layout.t3', movesOnly],
  // No entry in scope, and none can come: whether there are pins is all the same.
  ['layout.t4', all(movesOnly, scansNothing)],
  // No entry in range, and the size stays.
  ['layout.t5', movesOnly],
  ['reflink.scan2', all(movesOnly, scansNothing)],
]);

function scansNothing({ before, events }: Taken, _: number, frame: Frame): boolean {
  const inode = scanned(before, frame);
  return inode !== undefined && runsCount(inode.entries) === 0 && events.every((event) => event.type !== 'scanned' || event.busy === undefined); // prettier-ignore
}

/** The file that a layout operation, or a clone at its first, scans. */
function scanned({ inodes }: State, frame: Frame): Inode | undefined {
  if (frame.fn === 'layout') return inodes[frame.inode];
  if (frame.fn !== 'reflink') return undefined;
  const [src, dst] = [inodes[frame.src], inodes[frame.dst]];
  return src !== undefined && dst !== undefined && dst.age < src.age ? dst : src;
}

export const QUIET_PLACES: readonly string[] = [...QUIET.keys()];

/** The next micro-step of a task may be taken alone. */
export function isQuiet(world: World, state: State, task: number): boolean {
  const record = state.tasks[task];
  const frame = record?.frames.at(-1);
  if (record === undefined || frame === undefined || record.wait.type !== 'none') return false;
  const rule = QUIET.get(`${frame.fn}.${frame.pc}`);
  if (rule === undefined) return false;
  const { state: after, events } = applyStep(world, state, { type: 'run', task });
  return rule({ before: state, after, events }, task, frame);
}

/** The first task whose step may be taken alone; −1: none. */
export const quietTask = (world: World, state: State): number => state.tasks.findIndex((_, task) => isQuiet(world, state, task)); // prettier-ignore

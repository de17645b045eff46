/** Sentences of steps that did nothing, of signals, and of processes that end. */
import { pinsOf } from '../sim/query/pins.ts';
import { isAsleep, isKillable, procOfTask } from '../sim/query/waits.ts';
import { evictClause, freedClause, sentence, sleeperName, wakeClause } from './effects.ts';
import { mapName, taskName } from '../sim/query/naming.ts';
import { callName, count, dmaName, listOf, mrName, pipeName, procName } from './names.ts';
import type { OpOf, Told } from './told.ts';
import { eventsOf, lastOf, stepName } from './told.ts';

/** The step that should have made the object of this one, and what it came to. */
export function sayVoid(told: Told): string {
  const { op, program, outline, turn } = told;
  const made = objectOf(told);
  const maker = program.steps.findLastIndex((step, i) => i < turn.step && made !== undefined && made.makes(step.op));
  const result = outline.steps[maker]?.result ?? '';
  const name = made?.name ?? 'its object';
  if (result === 'ok') {
    const user = program.steps.findLastIndex((step, i) => i < turn.step && i > maker && endsSame(step.op, op));
    return sentence(
      `${callName(op)} does nothing, as ${name} has ended already${user < 0 ? '' : `, in ${stepName(user)}`}`,
    );
  }
  const nothing = result === 'void' || result === 'gone';
  const why =
    maker < 0
      ? ''
      : nothing
        ? `: ${stepName(maker)} did nothing either`
        : result === ''
          ? `: ${stepName(maker)} is held back`
          : `: ${stepName(maker)} got ${result}`;
  return sentence(`${callName(op)} does nothing, as ${name} was never made${why}`);
}

/** Both take the result of the same DMA. */
const endsSame = (a: Told['op'], b: Told['op']): boolean =>
  (a.verb === 'complete' || a.verb === 'dio_end') && (b.verb === 'complete' || b.verb === 'dio_end') && a.dma === b.dma;

type Made = { readonly name: string; readonly makes: (op: Told['op']) => boolean };

function objectOf({ op, program, state }: Told): Made | undefined {
  if ('mr' in op && op.verb !== 'reg_mr') {
    const { mr } = op;
    return { name: mrName(program, mr), makes: (other) => other.verb === 'reg_mr' && other.mr === mr };
  }
  if ('map' in op && op.verb !== 'mmap') {
    const { map } = op;
    return { name: mapName(program, map), makes: (other) => other.verb === 'mmap' && other.map === map };
  }
  if (op.verb === 'complete' || op.verb === 'dio_end') {
    const { dma } = op;
    const makes = (other: Told['op']): boolean =>
      other.verb !== 'complete' && other.verb !== 'dio_end' && 'dma' in other && other.dma === dma;
    return { name: dmaName(program, state, dma), makes };
  }
  if (op.verb === 'peek' || op.verb === 'pipe_read') {
    const { pipe } = op;
    return { name: pipeName(program, pipe), makes: (other) => other.verb === 'vmsplice' && other.pipe === pipe };
  }
  return undefined;
}

export function sayGone({ program, outline, turn, op, who }: Told): string {
  const proc = procOfTask(program, turn.task);
  const killer = program.steps.findIndex(
    (step, i) =>
      i < turn.step &&
      outline.steps[i]?.result === 'ok' &&
      ((step.op.verb === 'exit' && procOfTask(program, step.actor) === proc) ||
        (step.op.verb === 'kill' && procOfTask(program, step.op.actor) === proc)),
  );
  const how = killer < 0 ? '' : ` since ${stepName(killer)}`;
  return sentence(`${who} is dead${how}, so ${callName(op)} does not happen`);
}

export function sayHeld(told: Told): string {
  const { program, outline, turn, op, who } = told;
  const earlier = outline.turns.findLast((t) => t.from < turn.from && t.task === turn.task && t.kind !== 'held');
  const step = earlier === undefined ? undefined : program.steps[earlier.step];
  const call = step === undefined ? 'a call' : callName(step.op);
  const where = earlier === undefined ? call : `${call} (${stepName(earlier.step)})`;
  const why = wouldWake(told)
    ? 'the very dereg_mr that would wake it is held back'
    : `${callName(op)} is held back until it wakes`;
  return sentence(`${who} is asleep in ${where}, so ${why}`);
}

/** The held step is the one that would drop the pin waited for. */
function wouldWake({ op, state, turn }: Told): boolean {
  const wait = state.tasks[turn.task]?.wait;
  if (op.verb !== 'dereg_mr' || wait === undefined || !('page' in wait)) return false;
  return pinsOf(state, wait.page).some(({ owner }) => owner.type === 'mr' && owner.mr === op.mr);
}

export function saySignal(told: Told, op: OpOf<'signal'>): string {
  const effect = lastOf(told.events, 'signalled')?.effect;
  const name = taskName(told.program, op.actor);
  const call = sleeperName(told, op.actor);
  if (effect === 'ends-wait') return sentence(`The signal ends the wait of ${call}, which will return EINTR`);
  if (effect === 'pending') return sentence(`The signal stays pending: the wait of ${call} is not interruptible`);
  return sentence(`The signal finds ${name} awake, so it does nothing`);
}

export function sayKill(told: Told, op: OpOf<'kill'>): string {
  const proc = procOfTask(told.program, op.actor);
  const name = proc === undefined ? taskName(told.program, op.actor) : procName(told.program, proc);
  if (eventsOf(told.events, 'killed').length === 0) return sentence(`${name} is dead already, so kill does nothing`);
  if (proc === procOfTask(told.program, told.turn.task))
    return sentence(`SIGKILL for ${name}, its own process: its threads end, then its mappings and files go`);
  const asleep = told.before.sleepers.filter((t) => procOfTask(told.program, t) === proc);
  const stuck = asleep.filter((t) => {
    const task = told.state.tasks[t];
    return task !== undefined && isAsleep(task) && !isKillable(task.wait);
  });
  const first = stuck[0];
  if (first !== undefined)
    return sentence(`SIGKILL for ${name} stays pending: ${sleeperName(told, first)} ${stuckText(told, first)}`);
  const ends = asleep[0] === undefined ? '' : `, which ends the wait of ${sleeperName(told, asleep[0])}`;
  return sentence(`SIGKILL for ${name}${ends}: its threads end, then its mappings and files go`);
}

/** The waits that SIGKILL does not end. */
function stuckText(told: Told, task: number): string {
  const wait = told.state.tasks[task]?.wait;
  if (wait?.type === 'evict') return 'sleeps in evict, which no signal ends';
  if (wait?.type === 'spin') return 'spins, and tests for no signal there';
  return wait?.type === 'lock' ? `is queued on ${wait.lock}, which no signal ends` : 'waits for its other threads';
}

/** exit, or the work of dying that SIGKILL left to its victim. */
export function sayDeath(told: Told): string {
  const proc = procOfTask(told.program, told.turn.task);
  const name = proc === undefined ? told.who : procName(told.program, proc);
  const maps = eventsOf(told.events, 'unmapped').map(({ map }) => mapName(told.program, map));
  const mrs = eventsOf(told.events, 'mrState').filter(({ to }) => to === 'destroyed');
  const pins = eventsOf(told.events, 'unpinned').length;
  const did = [
    maps.length === 0 ? '' : `${listOf(maps)} ${maps.length === 1 ? 'is' : 'are'} unmapped`,
    mrs.length === 0
      ? ''
      : `${listOf(mrs.map(({ mr }) => mrName(told.program, mr)))} ${mrs.length === 1 ? 'is' : 'are'} destroyed`,
    pins === 0 ? '' : `${count(pins, 'pin')} dropped`,
  ].filter((text) => text !== '');
  const how = told.state.procs[proc ?? -1]?.fate === 'killed' ? 'dies of SIGKILL' : 'exits';
  const what = did.length === 0 ? '' : `: ${listOf(did)}`;
  return sentence(`${name} ${how}${what}`, evictClause(told), freedClause(told), wakeClause(told));
}

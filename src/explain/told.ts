/** Where in a run a moment stands, with what is asked of it again and again: the source of every sentence. */
import type { SimEvent } from '../sim/model/event.ts';
import type { InodeId } from '../sim/model/ids.ts';
import { NO_INODE } from '../sim/model/ids.ts';
import type { Op } from '../sim/model/op.ts';
import type { Program } from '../sim/model/program.ts';
import type { EntityRef, State, Wait } from '../sim/model/state.ts';
import type { Micro, Moment, Outline, Turn } from '../sim/outline.ts';
import { spanAt } from '../base/spans.ts';
import { claimKey } from '../sim/query/claimKey.ts';
import { fileName, taskName } from '../sim/query/naming.ts';
import { extentName } from './names.ts';

export type Told = {
  readonly program: Program;
  readonly outline: Outline;
  readonly moment: Moment;
  readonly turn: Turn;
  /** The last micro-step. */
  readonly micro: Micro;
  readonly op: Op;
  /** The actor's name. */
  readonly who: string;
  readonly state: State;
  readonly before: State;
  readonly events: readonly SimEvent[];
};

/** The turn whose micro-step was the last one before position `at`; undefined at the start. */
export function turnAt(outline: Outline, at: number): Turn | undefined {
  let low = 0;
  let high = outline.turns.length;
  while (low < high) {
    const mid = (low + high) >>> 1;
    const turn = outline.turns[mid];
    if (turn !== undefined && turn.from < at) low = mid + 1;
    else high = mid;
  }
  return outline.turns[low - 1];
}

/** Undefined at position 0. */
export function tell(program: Program, outline: Outline, moment: Moment): Told | undefined {
  const turn = turnAt(outline, moment.at);
  const micro = outline.micros[moment.at - 1];
  const op = turn === undefined ? undefined : program.steps[turn.step]?.op;
  if (turn === undefined || micro === undefined || op === undefined) return undefined;
  const { state, before, turnEvents: events } = moment;
  return { program, outline, moment, turn, micro, op, who: taskName(program, turn.task), state, before, events };
}

/** Others have their turn in the midst of this operation. */
export function goesOnLater({ turns }: Outline, { step, to }: Turn): boolean {
  const next = turns.slice(spanAt(turns, to) + 1).find((turn) => turn.step === step && turn.kind !== 'dma');
  return next?.kind === 'again';
}

type OneOf<O extends Op, V extends Op['verb']> = O extends Op ? (O['verb'] & V extends never ? never : O) : never;
/** The operation of a verb, as a switch over verbs narrows it. */
export type OpOf<V extends Op['verb']> = OneOf<Op, V>;

export type EventOf<T extends SimEvent['type']> = SimEvent & { readonly type: T };

export function eventsOf<T extends SimEvent['type']>(events: readonly SimEvent[], type: T): readonly EventOf<T>[] {
  return events.filter((event): event is EventOf<T> => event.type === type);
}

export function lastOf<T extends SimEvent['type']>(events: readonly SimEvent[], type: T): EventOf<T> | undefined {
  return eventsOf(events, type).at(-1);
}

/** What the operation returned to its caller in this turn. */
export function returnedOf(told: Told): EventOf<'returned'> | undefined {
  return eventsOf(told.events, 'returned').findLast((event) => event.task === told.turn.task);
}

/** What the turn's task went to sleep on at its end. */
export function sleepOf(told: Told): Wait | undefined {
  const wait = told.state.tasks[told.turn.task]?.wait;
  return wait === undefined || wait.type === 'none' ? undefined : wait;
}

/** The state in which an inode can be named: after its eviction, the one before. */
export function naming(told: Told, inode: InodeId): State {
  const alive = inode !== NO_INODE && told.state.inodes[inode]?.live === true;
  return alive ? told.state : told.before;
}

export const fileOf = (told: Told, inode: InodeId): string => fileName(told.program, naming(told, inode), inode);

export const extentOf = (told: Told, inode: InodeId, index: number, len = 1): string =>
  extentName({ program: told.program, state: naming(told, inode) }, inode, index, len);

export const tagName = (program: Program, tag: number): string =>
  tag === 0 ? 'zeroes' : (program.tags[tag] ?? 'an unknown tag');

/** `since step 3`; nothing for what stood from the start. */
export function sinceText(moment: Moment, ref: EntityRef): string {
  const step = moment.since[claimKey(ref)];
  return step === undefined || step < 0 ? '' : ` since step ${step + 1}`;
}

export const stepName = (step: number): string => `step ${step + 1}`;

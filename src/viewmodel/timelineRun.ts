/**
 * What the timeline can know of a run before it knows where to look: lanes, bars of each turn, tracks of locks. Made
 * once a run; turns are worked out when they come into view, so a run of 10,000 steps costs what is visible.
 */
import { microInfo } from '../explain/micro.ts';
import { dmaKindName, slotName } from '../explain/names.ts';
import type { Op } from '../sim/model/op.ts';
import type { Program } from '../sim/model/program.ts';
import { PROPERTY_IDS } from '../sim/model/property.ts';
import type { LockSpan, Micro, Outline, Turn } from '../sim/outline.ts';
import type { Hue } from './scene.ts';
import { textWidth } from './textWidth.ts';

/** Consecutive micro-steps of one lane and one label: `pin ×4`. Positions (from, to]. */
export type Group = {
  readonly from: number;
  readonly to: number;
  readonly lane: number;
  readonly hue: Hue;
  readonly label: string;
  /** Units of width: 1, or what a long label needs. */
  readonly units: number;
};

/** The least width of a unit, and the size of what stands in it. */
export const UNIT = 38;
export const LABEL_SIZE = 11;

export type LaneInfo = {
  readonly name: string;
  readonly note: string;
  /** Rows of lock bars below its bars. */
  readonly tracks: number;
};

/** A thin bar below the bars of a lane: a lock that is held, or a DMA in flight. */
type ThinBar = {
  readonly lane: number;
  readonly kind: 'exclusive' | 'shared' | 'flight';
  readonly text: string;
  readonly from: number;
  readonly to: number;
};
/** `next`: where the next bar of the same row begins. */
export type PlacedBar = ThinBar & { readonly track: number; readonly next?: number };

export type TimelineRun = {
  readonly program: Program;
  readonly outline: Outline;
  /** Actors in the order of the text, then NIC if there is one, then Checks. */
  readonly lanes: readonly LaneInfo[];
  readonly checks: number;
  /** The lane of what no task does. */
  readonly nic: number;
  readonly thin: readonly PlacedBar[];
  readonly groupsOf: (turn: number) => readonly Group[];
};

const FILE_VERBS: ReadonlySet<string> = new Set<Op['verb']>([
  'pread', 'pwrite', 'pwrite_direct', 'ftruncate', 'fallocate', 'reflink', 'create', 'unlink', 'open', 'close', 'fsync', 'sync',
]); // prettier-ignore

/** What the NIC does by itself; posting and being told of the end are its owner's. */
const NIC_MICROS: ReadonlySet<string> = new Set(['dma.n2', 'dma.n3', 'dma.n4']);

/** Verbs whose faults are told as the pinning that they serve. */
const PINNING: ReadonlySet<string> = new Set<Op['verb']>(['reg_mr', 'dio_write', 'dio_read', 'vmsplice']);

function hueOf(program: Program, task: number, op: Op, onNic: boolean): Hue {
  if (onNic || program.actors[task]?.type === 'remote') return 'dma';
  return FILE_VERBS.has(op.verb) ? 'file' : 'cpu';
}

function labelOf(program: Program, op: Op, micro: Micro): string {
  const served = PINNING.has(op.verb) ? micro.root : micro.id;
  return microInfo(program, op, served).label;
}

function groupsOfTurn(program: Program, outline: Outline, turn: Turn): readonly Group[] {
  const op = program.steps[turn.step]?.op;
  if (op === undefined) return [];
  const nic = program.actors.length;
  const groups: (Omit<Group, 'units'> & { readonly times: number })[] = [];
  for (let at = turn.from; at < turn.to; at += 1) {
    const micro = outline.micros[at];
    if (micro === undefined) break;
    const onNic = NIC_MICROS.has(micro.id) || turn.task < 0;
    const lane = onNic ? nic : turn.task;
    const label = labelOf(program, op, micro);
    const once = micro.id === micro.root || !PINNING.has(op.verb) ? 1 : 0;
    const last = groups.at(-1);
    if (last !== undefined && last.lane === lane && last.label === label) {
      groups[groups.length - 1] = { ...last, to: at + 1, times: last.times + once };
    } else {
      groups.push({ from: at, to: at + 1, lane, hue: hueOf(program, turn.task, op, onNic), label, times: once });
    }
  }
  return groups.map(({ times, ...group }) => {
    const label = times > 1 ? `${group.label} ×${times}` : group.label;
    return { ...group, label, units: Math.max(1, (textWidth(label, LABEL_SIZE, 'sans') + 5) / UNIT) };
  });
}

/** Completions that come by themselves have no task: they are the NIC's. */
const hasNic = (program: Program, { turns }: Outline): boolean =>
  program.mrs.length > 0 || turns.some(({ task }) => task < 0);

function laneNote(program: Program, actor: number): string {
  const found = program.actors[actor];
  if (found === undefined || found.type === 'remote') return 'remote';
  const first = program.actors.findIndex((other) => other.type === 'thread' && other.proc === found.proc);
  return first === actor ? 'process' : 'thread';
}

const MODES = { exclusive: 'excl', shared: 'shared' } as const;

const lockBar = ({ task, lock, name, mode, from, to }: LockSpan, end: number): ThinBar => ({
  lane: task,
  kind: mode,
  text: `${lock} ${name}, ${MODES[mode]}`,
  from,
  to: to ?? end,
});

/** A transfer that ends in the turn of its post is told by the bars of that turn. */
function flightBars(program: Program, { dmas, turns, length }: Outline): readonly ThinBar[] {
  return dmas.flatMap(({ name, kind, mr, slot, from, to = length }): readonly ThinBar[] => {
    const posted = turns.findLast((turn) => turn.from < from);
    if (posted === undefined || to <= posted.to) return [];
    const text = `${name}: ${dmaKindName(kind)} of ${slotName(program, mr, slot)}, in flight`;
    return [{ lane: program.actors.length, kind: 'flight', text, from, to }];
  });
}

/** Left-edge colouring per lane: each thin bar in the first row that is free again. */
function placeThin(program: Program, outline: Outline): readonly PlacedBar[] {
  const freeFrom = new Map<number, number[]>();
  const bars = [...outline.locks.map((lock) => lockBar(lock, outline.length)), ...flightBars(program, outline)];
  const placed = bars
    .sort((a, b) => a.from - b.from || b.to - a.to)
    .map((bar) => {
      const rows = freeFrom.get(bar.lane) ?? [];
      const free = rows.findIndex((until) => until <= bar.from);
      const track = free < 0 ? rows.length : free;
      rows[track] = bar.to;
      freeFrom.set(bar.lane, rows);
      return { ...bar, track };
    });
  const nextOf = new Map<string, number>();
  const withNext = placed.toReversed().map((bar): PlacedBar => {
    const row = `${bar.lane}.${bar.track}`;
    const next = nextOf.get(row);
    nextOf.set(row, bar.from);
    return next === undefined ? bar : { ...bar, next };
  });
  return withNext.reverse();
}

export function timelineRun(program: Program, outline: Outline): TimelineRun {
  const thin = placeThin(program, outline);
  const tracksOf = (lane: number): number =>
    thin.reduce((most, bar) => (bar.lane === lane ? Math.max(most, bar.track + 1) : most), 0);
  const actors = program.actors.map(({ name }, task) => ({
    name,
    note: laneNote(program, task),
    tracks: tracksOf(task),
  }));
  const nic = hasNic(program, outline) ? [{ name: 'NIC', note: 'adapter', tracks: tracksOf(actors.length) }] : [];
  const checks = { name: 'Checks', note: `${PROPERTY_IDS.length} properties`, tracks: 0 };
  const known = new Map<number, readonly Group[]>();
  return {
    program,
    outline,
    lanes: [...actors, ...nic, checks],
    checks: actors.length + nic.length,
    nic: actors.length,
    thin,
    groupsOf(turn) {
      const found = known.get(turn) ?? groupsAt(turn);
      known.set(turn, found);
      return found;
    },
  };

  function groupsAt(turn: number): readonly Group[] {
    const found = outline.turns[turn];
    return found === undefined ? [] : groupsOfTurn(program, outline, found);
  }
}

/**
 * What can be done now, as lines of text: for an object, each verb of the language that takes such an object, for each
 * actor that may do it. An actor that cannot act keeps its place and says why. What the kernel would answer is not
 * foretold here: the line is run to find out.
 */
import { CHOICES, PEER, processName, SHAPES, type Slot } from '../scenario/vocabulary.ts';
import type { TaskId } from '../sim/model/ids.ts';
import type { Op, Verb } from '../sim/model/op.ts';
import { VERBS } from '../sim/model/op.ts';
import type { Program } from '../sim/model/program.ts';
import type { EntityRef, State } from '../sim/model/state.ts';
import { inodeOf, resolveName } from '../sim/query/inodes.ts';
import { fileName, mapName } from '../sim/query/naming.ts';
import { isUnborn, isVoid } from '../sim/query/offers.ts';
import { isAsleep, procOfTask } from '../sim/query/waits.ts';
import { targetsOf, type Target } from './actionTargets.ts';

export type ActionGroup = {
  /** As it is written before the verb. */
  readonly actor: string;
  /** It does not exist yet: the line makes it. */
  readonly fresh: boolean;
  readonly blocked: string | undefined;
  /** Without the actor. */
  readonly lines: readonly string[];
};

export type ActionSection = {
  readonly key: string;
  /** `A[1]`, `mr`, `admin`. */
  readonly title: string;
  /** Who can act at once first. */
  readonly groups: readonly ActionGroup[];
};

type World = { readonly program: Program; readonly state: State };

/** Who may act, with what keeps it from doing so. */
type Candidate = { readonly name: string; readonly task: TaskId | undefined; readonly blocked: string | undefined };

export function actionSections(program: Program, state: State, ref: EntityRef | undefined): readonly ActionSection[] {
  const world = { program, state };
  if (ref === undefined) return [...everyFile(world), onNothing(world)].filter(({ groups }) => groups.length > 0);
  return targetsOf(state, ref)
    .map((target) => sectionOf(world, target))
    .filter(({ groups }) => groups.length > 0);
}

const everyFile = (world: World): readonly ActionSection[] =>
  world.state.names.flatMap((inode) => (inode < 0 ? [] : [sectionOf(world, { type: 'file', inode })]));

/** What needs no object: what every actor can do by itself. */
function onNothing(world: World): ActionSection {
  const verbs = VERBS.filter((verb) => SHAPES[verb].slots.length === 0);
  const groups = threads(world).map((candidate) => groupOf(candidate, verbs.map(String)));
  return { key: 'nothing', title: 'Any time', groups: inOrder(groups) };
}

function sectionOf(world: World, target: Target): ActionSection {
  const groups = candidatesFor(world, target).map((candidate) =>
    groupOf(candidate, linesFor(world, target, candidate)),
  );
  return { key: keyOf(target), title: titleOf(world, target), groups: inOrder(groups.filter(({ lines }) => lines.length > 0)) }; // prettier-ignore
}

const groupOf = ({ name, task, blocked }: Candidate, lines: readonly string[]): ActionGroup => ({
  actor: name,
  fresh: task === undefined,
  blocked,
  lines,
});

const inOrder = (groups: readonly ActionGroup[]): readonly ActionGroup[] => [
  ...groups.filter(({ blocked }) => blocked === undefined),
  ...groups.filter(({ blocked }) => blocked !== undefined),
];

function keyOf(target: Target): string {
  switch (target.type) {
    case 'file':
      return `file ${target.inode}`;
    case 'map':
      return `map ${target.map}`;
    case 'mr':
      return `mr ${target.mr}`;
    case 'dma':
      return `dma ${target.dma}`;
    case 'pipe':
      return `pipe ${target.pipe}`;
    case 'task':
      return `task ${target.task}`;
  }
}

function titleOf({ program, state }: World, target: Target): string {
  const at = 'index' in target && target.index !== undefined ? `[${target.index}]` : '';
  switch (target.type) {
    case 'file':
      return `file ${fileName(program, state, target.inode)}${at}`;
    case 'map':
      return `mapping ${mapName(program, target.map)}${at}`;
    case 'mr':
      return `MR ${program.mrs[target.mr]?.name ?? '?'}${at}`;
    case 'dma':
      return `DMA ${program.dmas[target.dma]?.name ?? '?'}`;
    case 'pipe':
      return `pipe ${program.pipes[target.pipe]?.name ?? '?'}`;
    case 'task':
      return program.actors[target.task]?.name ?? '?';
  }
}

// Who.

function blockedBy({ program, state }: World, task: TaskId): string | undefined {
  const name = program.actors[task]?.name ?? '?';
  const proc = state.procs[procOfTask(program, task) ?? -1];
  if (isUnborn(program, state, task)) return `no fork has made ${name} yet`;
  if (proc !== undefined && proc.state !== 'running') return `${name} is dead`;
  const own = state.tasks[task];
  return own !== undefined && isAsleep(own) ? `${name} is asleep: its step would be held back` : undefined;
}

const candidate = (world: World, task: TaskId): Candidate => ({
  name: world.program.actors[task]?.name ?? '?',
  task,
  blocked: blockedBy(world, task),
});

/** The threads of a process; one more where all that live are asleep. */
function threadsOf(world: World, proc: number): readonly Candidate[] {
  const { program, state } = world;
  const tasks = program.actors.flatMap((actor, task) => (actor.type === 'thread' && actor.proc === proc ? [task] : []));
  const known = tasks.map((task) => candidate(world, task));
  const lives = state.procs[proc]?.state === 'running';
  const awake = known.some(({ blocked }) => blocked === undefined);
  if (!lives || awake) return known;
  const name = `${processName(program.procs[proc]?.name ?? 'app')}.${known.length + 1}`;
  return [...known, { name, task: undefined, blocked: undefined }];
}

const NEW_PROCESSES = ['app', 'admin', 'log', 'db'] as const;

/** A process that no line has named yet. */
function newProcess({ program }: World): Candidate {
  const taken = new Set([...program.procs, ...program.actors].map(({ name }) => name));
  const name = NEW_PROCESSES.find((one) => !taken.has(one)) ?? `p${program.procs.length + 1}`;
  return { name, task: undefined, blocked: undefined };
}

const threads = (world: World): readonly Candidate[] => [
  ...world.program.procs.flatMap((_, proc) => threadsOf(world, proc)),
  newProcess(world),
];

/** The other side of the wire: it may act before any line names it. */
function remote(world: World): readonly Candidate[] {
  const tasks = world.program.actors.flatMap(({ type }, task) => (type === 'remote' ? [task] : []));
  return tasks.length > 0
    ? tasks.map((task) => candidate(world, task))
    : [{ name: PEER, task: undefined, blocked: undefined }];
}

function candidatesFor(world: World, target: Target): readonly Candidate[] {
  const { program, state } = world;
  switch (target.type) {
    case 'file':
      return threads(world);
    case 'map':
      return threadsOf(world, program.maps[target.map]?.proc ?? -1);
    case 'mr': {
      const handle = state.mrs[target.mr]?.handle ?? -1;
      const holders = state.procs.flatMap(({ handles }, proc) => (handles.includes(handle) ? [proc] : []));
      return [...remote(world), ...holders.flatMap((proc) => threadsOf(world, proc))];
    }
    case 'dma':
      return isRdma(state, target.dma) ? remote(world) : threadsOf(world, state.dmas[target.dma]?.proc ?? -1);
    case 'pipe':
      return threadsOf(world, state.pipes[target.pipe]?.proc ?? -1);
    case 'task':
      return program.actors[target.task]?.type === 'remote' ? [candidate(world, target.task)] : threads(world);
  }
}

const isRdma = (state: State, dma: number): boolean => state.dmas[dma]?.kind.startsWith('rdma') === true;

// What.

/** The place of a verb's shape that an object goes to. */
const SLOT_OF: Readonly<Record<Target['type'], readonly Slot[]>> = {
  file: ['file', 'source'],
  map: ['map'],
  mr: ['mr'],
  dma: ['dma'],
  pipe: ['pipe'],
  task: ['actor'],
};

function linesFor(world: World, target: Target, who: Candidate): readonly string[] {
  if (target.type === 'task' && target.task === who.task) return ownLines(world, who.task);
  if (target.type === 'task' && !hasBegun(world, target.task)) return [];
  if (isLost(world, target, who)) return [];
  return VERBS.filter((verb) => fits(world, verb, target, who)).flatMap((verb) => linesOf(world, verb, target, who));
}

function fits({ program }: World, verb: Verb, target: Target, { task, name }: Candidate): boolean {
  const { slots, by } = SHAPES[verb];
  const isRemote = task === undefined ? name === PEER : program.actors[task]?.type === 'remote';
  return slots.some((slot) => SLOT_OF[target.type].includes(slot)) && isRemote === (by === 'remote');
}

/** The name no longer leads there for this actor, or nothing was ever made under it. */
function isLost({ program, state }: World, target: Target, { task }: Candidate): boolean {
  if (target.type === 'file') {
    const { name } = inodeOf(state, target.inode);
    const proc = task === undefined ? -1 : (procOfTask(program, task) ?? -1);
    return resolveName(state, name, proc) !== target.inode;
  }
  const probe = probeOf(target);
  return probe !== undefined && isVoid(program, state, probe);
}

function probeOf(target: Target): Op | undefined {
  switch (target.type) {
    case 'map':
      return { verb: 'munmap', map: target.map };
    case 'mr':
      return { verb: 'dereg_mr', mr: target.mr };
    case 'pipe':
      return { verb: 'peek', pipe: target.pipe };
    case 'task':
      return { verb: 'signal', actor: target.task };
    default:
      return undefined;
  }
}

/** Whoever acts only in lines to come is not there in a branch that leaves them out. */
const hasBegun = ({ program, state }: World, task: TaskId): boolean =>
  program.actors[task] !== undefined && (state.tasks[task]?.pos ?? 0) > 0;

/** What an actor does by itself: no object, or a child. */
function ownLines(world: World, task: TaskId): readonly string[] {
  const isRemote = world.program.actors[task]?.type === 'remote';
  const bare = VERBS.filter((verb) => SHAPES[verb].slots.length === 0);
  return isRemote
    ? bare.filter((verb) => SHAPES[verb].by === 'anyone')
    : [...bare, `fork ${freshName(world, 'child')}`];
}

function freshName({ program }: World, base: string): string {
  const { files, maps, mrs, dmas, pipes, procs, actors } = program;
  const taken = new Set([files, maps, mrs, dmas, pipes, procs, actors].flatMap((list) => list.map(({ name }) => name)));
  for (let n = 1; ; n += 1) {
    const name = n === 1 ? base : `${base}${n}`;
    if (!taken.has(name)) return name;
  }
}

const MADE_AS = { map: 'm', mr: 'mr', dma: 'd', pipe: 'p' } as const;

/** One line for each choice that the verb leaves: `fallocate A punch 1 1`, `fallocate A zero 1 1`, … */
function linesOf(world: World, verb: Verb, target: Target, who: Candidate): readonly string[] {
  const { makes, slots } = SHAPES[verb];
  const start = makes === undefined ? verb : `${freshName(world, MADE_AS[makes])} = ${verb}`;
  const written = slots.includes('?') ? slots.filter((slot, i) => i < slots.indexOf('?') || slot === 'access') : slots;
  return written.reduce<readonly string[]>(
    (lines, slot) => lines.flatMap((line) => wordsFor(world, { verb, slot, target, who }).map((word) => `${line} ${word}`)), // prettier-ignore
    [start],
  );
}

type Place = { readonly verb: Verb; readonly slot: Slot; readonly target: Target; readonly who: Candidate };

const TAGS = [...'XYZWVUTSRQPONMLKJIHGFEDCBA'];

function wordsFor(world: World, { verb, slot, target, who }: Place): readonly string[] {
  const { program } = world;
  const index = 'index' in target ? target.index : undefined;
  switch (slot) {
    case 'index':
    case 'off':
    case 'srcOff':
    case 'dstOff':
      return [`${index ?? 0}`];
    case 'size':
      return [`${index ?? 0}`];
    case 'len':
      return [`${index === undefined ? Math.max(1, lengthOf(world, target)) : 1}`];
    case 'tag':
      return [TAGS.find((tag) => !program.tags.includes(tag)) ?? 'X'];
    case 'mode':
    case 'advice':
    case 'lease':
    case 'flag':
      return CHOICES[slot].words;
    case 'access':
      return verb === 'rereg_mr' ? ['remote_write'] : ['remote_read', 'remote_write', 'remote_read on_demand'];
    case 'dst':
      return partners(world, verb, target);
    case 'actor':
      return target.type === 'task' && target.task !== who.task ? [program.actors[target.task]?.name ?? ''] : [];
    case 'child':
      return [freshName(world, 'child')];
    case 'mapWords':
    case '?':
      return [];
    default:
      return [nameOf(world, target)];
  }
}

/** reflink makes its own destination; dedupe needs one that is there. */
function partners(world: World, verb: Verb, target: Target): readonly string[] {
  const { program, state } = world;
  const mine = target.type === 'file' ? target.inode : -1;
  const others = state.names.flatMap((inode, file) => (inode < 0 || inode === mine ? [] : (program.files[file]?.name ?? []))); // prettier-ignore
  if (verb !== 'reflink') return others;
  const letters = [...'BCDEFGHIJKLMNOPQRSTUVWXYZ'];
  const fresh = letters.find((letter) => !program.files.some(({ name }) => name === letter)) ?? freshName(world, 'F');
  return [fresh, ...others];
}

function lengthOf({ state }: World, target: Target): number {
  switch (target.type) {
    case 'file':
      return state.inodes[target.inode]?.size ?? 0;
    case 'map':
      return state.maps[target.map]?.len ?? 0;
    case 'mr':
      return state.mrs[target.mr]?.len ?? 0;
    default:
      return 0;
  }
}

/** As the text calls it, within its process. */
function nameOf({ program, state }: World, target: Target): string {
  switch (target.type) {
    case 'file':
      return program.files[state.inodes[target.inode]?.name ?? -1]?.name ?? '?';
    case 'map':
      return program.maps[target.map]?.name ?? '?';
    case 'mr':
      return program.mrs[target.mr]?.name ?? '?';
    case 'dma':
      return program.dmas[target.dma]?.name ?? '?';
    case 'pipe':
      return program.pipes[target.pipe]?.name ?? '?';
    case 'task':
      return program.actors[target.task]?.name ?? '?';
  }
}

/** Which object of the state fills each box of the plan at one moment. */
import type { FileId, InodeId } from '../sim/model/ids.ts';
import { NO_INODE } from '../sim/model/ids.ts';
import type { Program } from '../sim/model/program.ts';
import type { Dma, EntityRef, Inode, Mapping, Mr, Pipe, State } from '../sim/model/state.ts';
import type { Moment, Outline } from '../sim/outline.ts';
import type { BoxPlan, StagePlan } from './stageLayout.ts';

export type LiveBox = { readonly box: BoxPlan; readonly ref: EntityRef } & (
  | { readonly type: 'file'; readonly inode: InodeId; readonly of: Inode }
  | { readonly type: 'map'; readonly map: number; readonly of: Mapping }
  | { readonly type: 'mr'; readonly mr: number; readonly of: Mr }
  | { readonly type: 'dma'; readonly dma: number; readonly of: Dma }
  | { readonly type: 'pipe'; readonly pipe: number; readonly of: Pipe }
);

/** How many times the name has been unlinked by now: a linked inode of that name is the next one. */
function unlinksSoFar(program: Program, outline: Outline, moment: Moment, file: FileId): number {
  let count = 0;
  const seen = new Set<number>();
  for (const turn of outline.turns) {
    if (turn.from >= moment.at) break;
    const op = program.steps[turn.step]?.op;
    if (op?.verb !== 'unlink' || op.file !== file || seen.has(turn.step)) continue;
    const under = turn.to > moment.at;
    if (under && !moment.turnEvents.some((e) => e.type === 'unlinked' && moment.state.inodes[e.inode]?.name === file))
      continue;
    if (outline.steps[turn.step]?.result === 'ENOENT') continue;
    seen.add(turn.step);
    count++;
  }
  return count;
}

/** The inodes of one name, in the order of the boxes that they fill. */
function inodesByBox(program: Program, outline: Outline, moment: Moment, file: FileId): Map<number, InodeId> {
  const { state } = moment;
  const filled = new Map<number, InodeId>();
  const unlinked = state.inodes.flatMap((inode, id) =>
    inode.live && inode.name === file && inode.links === 0 ? [id] : [],
  );
  const linked = state.names[file] ?? NO_INODE;
  const count = unlinked.length === 0 && linked === NO_INODE ? 0 : unlinksSoFar(program, outline, moment, file);
  if (linked !== NO_INODE) filled.set(count, linked);
  unlinked.sort((a, b) => (state.inodes[b]?.age ?? 0) - (state.inodes[a]?.age ?? 0));
  unlinked.forEach((id, i) => filled.set(Math.max(0, count - 1 - i), id));
  return filled;
}

function liveFile(box: BoxPlan, state: State, inodes: ReadonlyMap<number, InodeId>): LiveBox | undefined {
  const { source } = box.spec;
  const id = source.type === 'file' ? inodes.get(source.nth) : undefined;
  const of = id === undefined ? undefined : state.inodes[id];
  if (id === undefined || of === undefined || !of.live) return undefined;
  return { type: 'file', box, inode: id, of, ref: { type: 'file', inode: id } };
}

/** What fills a box that is no file's. */
function liveOther(box: BoxPlan, state: State): LiveBox | undefined {
  const { source } = box.spec;
  switch (source.type) {
    case 'file':
      return undefined;
    case 'memfd':
      return liveMemfd(box, state, source.map);
    case 'map': {
      const of = state.maps[source.map];
      return of?.live === true ? { type: 'map', box, map: source.map, of, ref: source } : undefined;
    }
    case 'mr': {
      const of = state.mrs[source.mr];
      const gone = of === undefined || of.state === 'none' || of.state === 'destroyed';
      return gone ? undefined : { type: 'mr', box, mr: source.mr, of, ref: source };
    }
    case 'dma': {
      const of = state.dmas[source.dma];
      return of?.phase === 'posted' ? { type: 'dma', box, dma: source.dma, of, ref: source } : undefined;
    }
    case 'pipe': {
      const of = state.pipes[source.pipe];
      return of?.phase === 'full' ? { type: 'pipe', box, pipe: source.pipe, of, ref: source } : undefined;
    }
  }
}

/** The memfd that the mapping made last; an older one that a child still maps has no place of its own. */
function liveMemfd(box: BoxPlan, state: State, map: number): LiveBox | undefined {
  const mapped = state.maps[map];
  const own = mapped?.live === true && mapped.source === 'memfd' ? mapped.inode : NO_INODE;
  const id = own !== NO_INODE ? own : state.inodes.findIndex((inode) => inode.live && inode.memfd === map);
  const of = state.inodes[id];
  return of === undefined ? undefined : { type: 'file', box, inode: id, of, ref: { type: 'file', inode: id } };
}

export function liveBoxes(program: Program, outline: Outline, moment: Moment, plan: StagePlan): LiveBox[] {
  const inodes = new Map<FileId, Map<number, InodeId>>();
  const filledBy = (file: FileId): Map<number, InodeId> => {
    const found = inodes.get(file) ?? inodesByBox(program, outline, moment, file);
    inodes.set(file, found);
    return found;
  };
  return plan.boxes.flatMap((box) => {
    const { source } = box.spec;
    const live =
      source.type === 'file' ? liveFile(box, moment.state, filledBy(source.file)) : liveOther(box, moment.state);
    return live === undefined ? [] : [live];
  });
}

/** The same box in another state of the run, if its object was there. */
export function liveIn(state: State, live: LiveBox): LiveBox | undefined {
  if (live.type !== 'file') return liveOther(live.box, state);
  const of = state.inodes[live.inode];
  return of?.live === true && of.name === live.of.name && of.memfd === live.of.memfd ? { ...live, of } : undefined;
}

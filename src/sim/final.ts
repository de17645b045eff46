/** What an end of a run looks like from outside: `final` in the JSON of `run`, and what outcomes are told apart by. */
import { runsGet } from '../base/runs.ts';
import type { ActorState } from './conditions.ts';
import { actorState } from './conditions.ts';
import { isBlock, blockOfPage, NO_INODE } from './model/ids.ts';
import type { Program } from './model/program.ts';
import type { Inode, Mr, State } from './model/state.ts';
import { extentAt, fileTag, refcount } from './query/inodes.ts';

export type FinalFile = {
  readonly size: number;
  /** One character a block; an array where a tag is longer. */
  readonly data: string | readonly string[];
  /** By index; null: a hole. */
  readonly blocks: readonly (number | null)[];
  readonly refcounts: readonly (number | null)[];
};

/** null: an invalid slot, the zero page, or a page of DRAM. */
export type FinalMr = { readonly state: Mr['state']; readonly blocks: readonly (number | null)[] };

export type Final = {
  /** By name; unlinked inodes are left out. */
  readonly files: Readonly<Record<string, FinalFile>>;
  /** BUSY included. */
  readonly free: number;
  readonly zombie: number;
  readonly mrs: Readonly<Record<string, FinalMr>>;
  readonly actors: Readonly<Record<string, ActorState>>;
};

export function finalOf(program: Program, state: State): Final {
  const files = program.files.flatMap(({ name }, file) => {
    const id = state.names[file] ?? NO_INODE;
    const inode = id === NO_INODE ? undefined : state.inodes[id];
    return inode === undefined ? [] : [[name, reportFile(program, state, inode)] as const];
  });
  const mrs = program.mrs.flatMap(({ name }, id) => {
    const mr = state.mrs[id];
    const made = mr?.state === 'live' || mr?.state === 'revoked' || mr?.state === 'destroyed';
    return made ? [[name, reportMr(mr)] as const] : [];
  });
  return {
    files: Object.fromEntries(files),
    free: state.device.free + state.device.busy,
    zombie: state.device.zombie,
    mrs: Object.fromEntries(mrs),
    actors: Object.fromEntries(program.actors.map(({ name }, task) => [name, actorState(program, state, task)])),
  };
}

function reportFile(program: Program, state: State, inode: Inode): FinalFile {
  const indexes = Array.from({ length: inode.size }, (_, index) => index);
  const data = indexes.map((index) => program.tags[fileTag(state, inode, index) ?? 0] ?? '.');
  const blocks = indexes.map((index) => extentAt(inode, index)?.block);
  return {
    size: inode.size,
    data: data.some((tag) => tag.length > 1) ? data : data.join(''),
    blocks: blocks.map((block) => block ?? null),
    refcounts: blocks.map((block) => (block === undefined ? null : refcount(state.device, block))),
  };
}

function reportMr(mr: Mr): FinalMr {
  const slots = Array.from({ length: mr.len }, (_, slot) => runsGet(mr.mtt, slot));
  const blocks = slots.map((page) => (page === undefined || !isBlock(page) ? null : blockOfPage(page)));
  return { state: mr.state, blocks };
}

/**
 * What to run, as plain data: the resolved form of a scenario text. Every object that a text can name has its place in
 * a table here, so the state is a fixed set of small records.
 */
import type { FileId, FileIndex, MapId, MrId, ProcId, TagId, TaskId } from './ids.ts';
import type { Option } from './knobs.ts';
import type { Op } from './op.ts';
import type { Order } from './order.ts';
import type { PropertyId } from './property.ts';

export const KERNELS = ['7.0', '6.12', '6.1'] as const;
export type Kernel = (typeof KERNELS)[number];

export const FS_TYPES = ['xfs', 'ext4', 'device-dax'] as const;
export type FsType = (typeof FS_TYPES)[number];

/** What a file index holds before the first step: a hole, an unwritten block, or a written block with a tag. */
export type Cell = 'hole' | 'unwritten' | { readonly tag: TagId };

export type FileDecl = {
  readonly name: string;
  readonly init:
    /** Made by a later `create`, or as the destination of `reflink`. */
    | { readonly type: 'absent' }
    | { readonly type: 'cells'; readonly cells: readonly Cell[] }
    /** Shares the blocks [off, off+len) of an earlier file; `len` absent: to its end. */
    | { readonly type: 'reflink'; readonly src: FileId; readonly off: FileIndex; readonly len?: number };
};

export type Actor =
  | { readonly name: string; readonly type: 'thread'; readonly proc: ProcId }
  /** The other side of the wire. It has no process here. */
  | { readonly name: string; readonly type: 'remote' };

export type Expectation = {
  /** `-> blocks`: asleep when its turn ends. */
  readonly blocks: boolean;
  /** `-> R`, or the R of `-> blocks, R`. */
  readonly result?: string;
  /** As written after `->`. */
  readonly text: string;
};

export type StepDecl = {
  /** 1-based line of the text. */
  readonly line: number;
  readonly actor: TaskId;
  readonly op: Op;
  /** Canonical text without actor and expectation: `m = mmap A`. */
  readonly text: string;
  readonly expect?: Expectation;
};

/** `any ACTOR [xN]: …`: the checker chooses an entry at any time, `times` times in all (absent: for ever). */
export type Menu = {
  readonly line: number;
  readonly actor: TaskId;
  readonly times?: number;
  readonly entries: readonly { readonly op: Op; readonly text: string }[];
};

export type Condition =
  | { readonly type: 'property'; readonly id: PropertyId }
  | { readonly type: 'file'; readonly file: FileId; readonly tags: readonly string[] }
  | { readonly type: 'size'; readonly file: FileId; readonly size: number }
  | { readonly type: 'shared'; readonly a: FileId; readonly aIndex: FileIndex; readonly b: FileId; readonly bIndex: FileIndex }
  | { readonly type: 'hole'; readonly file: FileId; readonly index: FileIndex }
  | { readonly type: 'free'; readonly count: number }
  | { readonly type: 'zombie'; readonly count: number }
  | { readonly type: 'pinned'; readonly file: FileId; readonly index: FileIndex }
  | { readonly type: 'mr'; readonly mr: MrId; readonly state: 'live' | 'revoked' | 'destroyed' }
  | { readonly type: 'actor'; readonly actor: TaskId; readonly state: 'idle' | 'blocked' | 'killed' | 'exited' }
  | { readonly type: 'and' | 'or'; readonly of: readonly Condition[] }
  | { readonly type: 'not'; readonly of: Condition }; // prettier-ignore

export type Claim = {
  readonly line: number;
  readonly quantifier: 'exists' | 'forbid' | 'always';
  readonly condition: Condition;
  /** Canonical text: `exists S2 and S5b`. */
  readonly text: string;
};

/** `forked`: a `fork` makes it; every other process is there from the start. */
export type ProcDecl = { readonly name: string; readonly forked: boolean };

export type Program = {
  readonly title: string;
  readonly about: readonly string[];
  /** Speaker notes; `step` counts steps of the text from 1. */
  readonly notes: readonly { readonly step: number; readonly text: string }[];
  /** Device size N in blocks. */
  readonly blocks: number;
  readonly fs: { readonly type: FsType; readonly reflink: boolean; readonly dax: 'always' | 'never'; readonly log: 'sync' | 'async' };
  readonly kernel: Kernel;
  readonly option: Option;
  readonly alloc: 'lowest' | 'any';
  /** Tag names; index 0 is `.`. */
  readonly tags: readonly string[];
  readonly procs: readonly ProcDecl[];
  readonly actors: readonly Actor[];
  readonly files: readonly FileDecl[];
  readonly maps: readonly { readonly name: string; readonly proc: ProcId }[];
  readonly mrs: readonly { readonly name: string }[];
  /** Named DMAs first, then one unnamed per actor, in actor order: what `rdma_read` and `rdma_write` post and complete. */
  readonly dmas: readonly { readonly name: string }[];
  readonly pipes: readonly { readonly name: string }[];
  readonly steps: readonly StepDecl[];
  /** One an actor at most; an actor with a menu has no step after it. */
  readonly menus: readonly Menu[];
  /** Absent: as written. A checker takes no notice of it. */
  readonly order?: Order;
  readonly claims: readonly Claim[];
}; // prettier-ignore

/** The unnamed DMA of an actor's own `rdma_read` / `rdma_write`. */
export function syncDma(program: Program, actor: TaskId): number {
  return program.dmas.length - program.actors.length + actor;
}

export function mapOf(program: Program, map: MapId): { readonly name: string; readonly proc: ProcId } {
  const found = program.maps[map];
  if (found === undefined) throw new RangeError(`mapping ${map} of ${program.maps.length}`);
  return found;
}

/** What was read, joined: files with one list of extents each, processes with their mappings, MRs on them. */
import type { Extent } from './extents.ts';
import type { MapRow } from './maps.ts';
import type { MrRow } from './rdmaMr.ts';
import type { PageRange } from './pagemap.ts';

export type MachineFile = {
  /** Its name in the scenario. */
  readonly name: string;
  /** As it is called in the report: its path, or its name where paths are hidden. */
  readonly called: string;
  readonly size: number | undefined;
  readonly extents: readonly Extent[];
  readonly fs: string | undefined;
  /** No output says where its blocks are. */
  readonly assumed: boolean;
};

export type MachineMap = MapRow & { readonly file: number };

export type MachineProc = {
  readonly name: string;
  readonly called: string;
  readonly pid: string | undefined;
  readonly maps: readonly MachineMap[];
  readonly pages: readonly PageRange[];
};

export type Machine = {
  readonly files: readonly MachineFile[];
  readonly procs: readonly MachineProc[];
  readonly mrs: readonly MrRow[];
  readonly pinned: number | undefined;
  /** What a path of an output is called in the report. */
  readonly calledOf: (path: string) => string | undefined;
};

/** What is told beside the text, in sentences. */
export type Told = {
  readonly assume: (text: string) => void;
  readonly misfit: (text: string) => void;
};

export const BLOCK = 4096;

export const countOf = (n: number, one: string, many = `${one}s`): string => `${n} ${n === 1 ? one : many}`;

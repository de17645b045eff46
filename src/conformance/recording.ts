/** A recording of a real kernel, as tests/traces/RECORDINGS.md describes it. `undefined` stands where the file has null. */

export type RecordedExtent = {
  readonly logical: number;
  readonly length: number;
  /** Absent: delayed allocation, no block yet. Shorter than `length`: the recorder noted the first ones only. */
  readonly physical?: readonly string[];
  readonly flags: readonly string[];
};

export type RecordedFile = {
  readonly sizeBytes: number;
  /** Absent: an operation held the lock, nobody could look. */
  readonly extents?: readonly RecordedExtent[];
};

export type RecordedMap = {
  /** Absent: anonymous memory. */
  readonly file?: string;
  readonly firstBlock: number;
  /** `B…` a block of the device, `F…` another frame, `ZERO`; undefined: no PTE. */
  readonly pages: readonly (string | undefined)[];
};

export type Observation = {
  readonly files: ReadonlyMap<string, RecordedFile>;
  readonly mmapFrames: ReadonlyMap<string, RecordedMap>;
  readonly blockContent: ReadonlyMap<string, string>;
};

export type RecordedStep = {
  readonly n: number;
  readonly actor: string;
  readonly op: string;
  readonly args: ReadonlyMap<string, string | number>;
  readonly result: string;
  readonly value?: string;
  readonly sigbus: boolean;
  readonly blockedMs: number;
  readonly taskState?: string;
  /** Innermost first. */
  readonly kernelStack?: readonly string[];
  readonly note?: string;
  /** The state after the step. */
  readonly obs: Observation;
};

export type Recording = {
  /** Name of the file. */
  readonly file: string;
  readonly id: string;
  readonly title: string;
  readonly kernel: string;
  readonly env: string;
  readonly fs: string;
  readonly dax: boolean;
  readonly steps: readonly RecordedStep[];
};

export const BLOCK_BYTES = 4096;

/** What a recorded file has at one index. */
export type RecordedCell = {
  /** Absent: delayed allocation. `…`: a block that the recorder did not note. */
  readonly block?: string;
  readonly unwritten: boolean;
  readonly shared: boolean;
};
export const UNNOTED = '…';

/** By index; undefined: a hole. */
export function cellsOf({ extents = [] }: RecordedFile): readonly (RecordedCell | undefined)[] {
  const cells: (RecordedCell | undefined)[] = [];
  for (const { logical, length, physical, flags } of extents) {
    const [unwritten, shared] = [flags.includes('UNWRITTEN'), flags.includes('SHARED')];
    while (cells.length < logical) cells.push(undefined);
    for (let i = 0; i < length; i++) {
      const block = physical === undefined ? {} : { block: physical[i] ?? UNNOTED };
      cells[logical + i] = { ...block, unwritten, shared };
    }
  }
  return cells;
}

/** The block at an index, if the recorder noted one. */
export function blockAt({ extents = [] }: RecordedFile, index: number): string | undefined {
  const extent = extents.find(({ logical, length }) => index >= logical && index < logical + length);
  return extent?.physical?.[index - extent.logical];
}

const argOf = (step: RecordedStep, key: string): string | number | undefined => step.args.get(key);

/** An argument that is a word, one that is a number. */
export function wordArg(step: RecordedStep, key: string): string | undefined {
  const held = argOf(step, key);
  return typeof held === 'string' ? held : undefined;
}
export function countArg(step: RecordedStep, key: string): number | undefined {
  const held = argOf(step, key);
  return typeof held === 'number' ? held : undefined;
}

/**
 * A recording of a real kernel, as tests/traces/README.md describes it. `undefined` stands where the file has null.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const TRACE_FOLDER = join(import.meta.dirname, '../traces');

export type TraceExtent = {
  readonly logical: number;
  readonly length: number;
  /** Absent: delayed allocation, no block yet. */
  readonly physical?: readonly string[];
  readonly flags: readonly string[];
};

export type TraceFile = {
  readonly sizeBytes: number;
  /** Absent: an operation held the lock, nobody could look. */
  readonly extents?: readonly TraceExtent[];
};

export type TraceMap = {
  readonly file?: string;
  readonly firstBlock: number;
  /** `B…` a block of the device, `F…` another frame, `ZERO`; undefined: no PTE. */
  readonly pages: readonly (string | undefined)[];
};

export type Observation = {
  readonly files: Readonly<Record<string, TraceFile>>;
  readonly mmapFrames: Readonly<Record<string, TraceMap>>;
  readonly blockContent: Readonly<Record<string, string>>;
};

export type TraceStep = {
  readonly n: number;
  readonly actor: string;
  readonly op: string;
  readonly args: Readonly<Record<string, string | number | undefined>>;
  readonly result: string;
  readonly value?: string;
  readonly taskState?: string;
  readonly kernelStack?: readonly string[];
  readonly note?: string;
  /** The state after the step. */
  readonly obs: Observation;
};

export type Trace = {
  /** Name of the file. */
  readonly file: string;
  readonly id: string;
  readonly title: string;
  readonly kernel: string;
  readonly env: string;
  readonly fs: string;
  readonly dax: boolean;
  readonly steps: readonly TraceStep[];
};

export function decodeTrace(file: string, text: string): Trace {
  const withoutNull = (_key: string, value: unknown): unknown =>
    // A reviver's undefined leaves a hole in a list; Array.from fills it again.
    value === null ? undefined : Array.isArray(value) ? Array.from<unknown>(value) : value;
  const read = JSON.parse(text, withoutNull) as Omit<Trace, 'file'>;
  if (!Array.isArray(read.steps) || read.steps.some(({ op, obs }) => op === undefined || obs === undefined))
    throw new Error(`${file} is no recording`);
  return { ...read, file };
}

export function traceFiles(): readonly string[] {
  return readdirSync(TRACE_FOLDER)
    .filter((name) => name.endsWith('.json'))
    .sort();
}

export const readTrace = (file: string): Trace => decodeTrace(file, readFileSync(join(TRACE_FOLDER, file), 'utf8'));

/** What block a recorded file has at an index: undefined for a hole, and for a block that is not allocated yet. */
export function recordedBlock(file: TraceFile, index: number): string | undefined {
  const extent = file.extents?.find(({ logical, length }) => index >= logical && index < logical + length);
  return extent?.physical?.[index - extent.logical];
}

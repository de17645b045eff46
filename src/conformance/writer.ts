/** What the rules of translation write into, and what they know of the recording so far. */
import { countArg, wordArg, type Observation, type RecordedStep, type Recording } from './recording.ts';

/** A recording that a rule cannot read; told as out of scope, with this reason. */
export class Untranslatable extends Error {}

export type Writer = {
  readonly recording: Recording;
  /** Of the scenario. */
  readonly lines: string[];
  /** Processes that are there: P1, and each child once it was forked. */
  readonly procs: Set<string>;
  /** Lines of each recorded step, for its `return`. */
  readonly linesOf: Map<number, readonly number[]>;
  /** O_DIRECT by the number of its step: if that did not come back at once, its `return` ends it. */
  readonly inFlight: Map<number, string>;
  /** Pages that a pin of this name holds. */
  readonly pinned: Map<string, number>;
  /** The page of its mapping that a fixed buffer begins with. */
  readonly firstPage: Map<string, number>;
  /** Files with a file lease, and steps that may wait for it. */
  readonly leased: Set<string>;
  readonly recalls: Set<number>;
  /** What the last look showed. */
  seen: Observation | undefined;
};

export function makeWriter(recording: Recording): Writer {
  return {
    recording,
    lines: [],
    procs: new Set(['P1']),
    linesOf: new Map(),
    inFlight: new Map(),
    pinned: new Map(),
    firstPage: new Map(),
    leased: new Set(),
    recalls: new Set(),
    seen: undefined,
  };
}

/** More than this no scenario may have. */
const MAX_LINES = 10_000;

export function emit(w: Writer, actor: string, text: string): number {
  if (w.lines.length >= MAX_LINES) throw new Untranslatable(`more than ${MAX_LINES} operations of one block`);
  return w.lines.push(`${actor} ${text}`) - 1;
}

/** A word of the recording that is written into the scenario: nothing but a name. */
export function word(step: RecordedStep, key: string): string {
  const value = wordArg(step, key);
  if (value === undefined || !/^[A-Za-z0-9_|-]+$/.test(value))
    throw new Untranslatable(`step ${step.n}, ${step.op}: '${key}' is no name`);
  return value;
}

/** Letters, each the contents of a block. */
export function tags(step: RecordedStep): string {
  const value = wordArg(step, 'tags');
  if (value === undefined || !/^[A-Za-z0-9.]+$/.test(value))
    throw new Untranslatable(`step ${step.n}, ${step.op}: 'tags' are no letters`);
  return value;
}

export function count(step: RecordedStep, key: string): number {
  const value = countArg(step, key);
  if (value === undefined) throw new Untranslatable(`step ${step.n}, ${step.op}: '${key}' is no number`);
  return value;
}

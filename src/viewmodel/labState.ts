/**
 * The lab as plain data: a world, the options it is tried under, and what is known of each by now. One search a row
 * answers every property at once.
 */
import type { DifferenceReport } from '../checker/difference.ts';
import type { CheckReport, Progress, Symmetry } from '../checker/verdict.ts';
import type { Diagnostic } from '../scenario/diagnostic.ts';
import type { KnobName, PresetName } from '../sim/model/knobs.ts';
import type { Grain } from '../sim/model/order.ts';
import type { Kernel, Program } from '../sim/model/program.ts';
import type { PropertyId } from '../sim/model/property.ts';

/** Stable while the page is open; a preset's row has the preset's name. */
export type RowId = string;

export type LabOption = {
  readonly preset: PresetName;
  /** "What if": knobs changed on top of the preset. */
  readonly set: Readonly<Partial<Record<KnobName, string>>>;
};

export type LabRow = {
  readonly id: RowId;
  /** The preset's name, or the one the user gave. */
  readonly name: string;
  readonly option: LabOption;
  /** Made by the user: can be renamed, removed, and is kept. */
  readonly own: boolean;
  readonly hidden: boolean;
  /** idle: nothing was asked of it in this world. failed: it cannot be tried here, or the search died; see `message`. */
  readonly status: 'idle' | 'queued' | 'running' | 'paused' | 'done' | 'stopped' | 'failed';
  readonly progress?: Progress;
  /** Distinct states a second, of late. */
  readonly perSecond?: number;
  /** How many more states there are, roughly; only while the frontier shrinks, else nothing honest can be said. */
  readonly left?: number;
  readonly report?: CheckReport;
  /** Wall time so far. */
  readonly ms?: number;
  /** status failed: what went wrong. */
  readonly message?: string;
};

/** Without a property: the row as a whole, its option's card. */
export type LabSelection = { readonly row: RowId; readonly property?: PropertyId };

/** A verdict of the matrix. */
export type LabCell = { readonly row: RowId; readonly property: PropertyId };

/** "One knob away": the row's option with one more knob changed, checked in the background when somebody asks for it. */
export type LabAway = {
  readonly row: RowId;
  readonly running: boolean;
  /** Neighbours to check in all. */
  readonly all: number;
  readonly checked: readonly { readonly knob: KnobName; readonly value: string; readonly report: CheckReport }[];
};

export type LabSort = 'thread' | 'name' | 'violated' | 'states';
export type LabGroup = 'none' | 'safe' | 'pins';

export type LabWorld = {
  /** A bundled world by its id, or a text of the user's. */
  readonly source: 'bundled' | 'own';
  readonly id: string;
  readonly title: string;
  readonly text: string;
  /** The text under its own option: names of moves and operations. Absent: the text is refused. */
  readonly program?: Program;
};

/** A question beside the matrix, about one row: its final states and what every operation came to, counted exactly. */
export type LabOutcomes = {
  readonly row: RowId;
  readonly status: 'running' | 'done' | 'stopped' | 'failed';
  readonly progress?: Progress;
  readonly report?: CheckReport;
  readonly message?: string;
};

/** The shortest run on which two rows behave differently. */
export type LabDifference = {
  readonly first: RowId;
  readonly second: RowId;
  readonly status: 'running' | 'done' | 'stopped' | 'failed';
  readonly pairs?: number;
  readonly depth?: number;
  readonly report?: DifferenceReport;
  readonly message?: string;
};

export type LabState = {
  /** The worlds that come with the page, and the user's text if one was brought here. */
  readonly worlds: readonly LabWorld[];
  readonly world: LabWorld | undefined;
  /** What is wrong with its text: then nothing can be tried. */
  readonly problems: readonly Diagnostic[];
  readonly kernel: Kernel | undefined;
  readonly grain: Grain;
  readonly symmetry: Symmetry;
  readonly order: boolean;
  readonly maxStates: number;
  /** Bytes that each worker may take, and how many there are. */
  readonly maxBytes: number;
  readonly workers: number;
  readonly rows: readonly LabRow[];
  readonly running: boolean;
  readonly paused: boolean;
  readonly selected: LabSelection | undefined;
  readonly away?: LabAway;
  readonly sort: LabSort;
  readonly group: LabGroup;
  readonly outcomes?: LabOutcomes;
  readonly difference?: LabDifference;
  /** Own rows are kept by the browser; false: it refused, they last as long as the page. */
  readonly kept: boolean;
  /** Of the whole matrix; by `performance.now()`. */
  readonly startedAt: number | undefined;
};

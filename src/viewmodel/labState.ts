/**
 * The lab as plain data: a world, the options it is tried under, and what is known of each by now. One search a row
 * answers every property at once.
 */
import type { CheckReport, Progress, Symmetry } from '../checker/verdict.ts';
import type { KnobName, PresetName } from '../sim/model/knobs.ts';
import type { Grain } from '../sim/model/order.ts';
import type { Kernel } from '../sim/model/program.ts';
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
  readonly status: 'queued' | 'running' | 'paused' | 'done' | 'stopped' | 'failed';
  readonly progress?: Progress;
  /** Distinct states a second, of late. */
  readonly perSecond?: number;
  readonly report?: CheckReport;
  /** Wall time so far. */
  readonly ms?: number;
  /** status failed: what went wrong. */
  readonly message?: string;
};

export type LabCell = { readonly row: RowId; readonly property: PropertyId };

export type LabSort = 'thread' | 'name' | 'violated' | 'states';
export type LabGroup = 'none' | 'safe' | 'pins';

export type LabWorld = {
  /** A bundled world by its id, or a text of the user's. */
  readonly source: 'bundled' | 'own';
  readonly id: string;
  readonly title: string;
  readonly text: string;
};

export type LabState = {
  readonly world: LabWorld | undefined;
  readonly kernel: Kernel | undefined;
  readonly grain: Grain;
  readonly symmetry: Symmetry;
  readonly order: boolean;
  readonly maxStates: number;
  readonly rows: readonly LabRow[];
  readonly running: boolean;
  readonly paused: boolean;
  readonly selected: LabCell | undefined;
  readonly sort: LabSort;
  readonly group: LabGroup;
  /** Of the whole matrix. */
  readonly startedAt?: number;
};

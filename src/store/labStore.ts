/** What the lab knows: plain data in a store of its own, which comes with the lab's code. */
import { createStore } from 'zustand/vanilla';
import { QUICK } from '../checker/verdict.ts';
import { PRESET_NAMES } from '../sim/model/knobs.ts';
import type { LabRow, LabState, RowId } from '../viewmodel/labState.ts';

const presetRow = (preset: (typeof PRESET_NAMES)[number]): LabRow => ({
  id: preset,
  name: preset,
  option: { preset, set: {} },
  own: false,
  hidden: false,
  status: 'idle',
});

export const emptyLab: LabState = {
  worlds: [],
  world: undefined,
  problems: [],
  kernel: undefined,
  grain: QUICK.grain,
  symmetry: QUICK.symmetry,
  order: QUICK.order,
  maxStates: QUICK.maxStates,
  maxBytes: QUICK.maxBytes,
  workers: 1,
  rows: PRESET_NAMES.map(presetRow),
  running: false,
  paused: false,
  selected: undefined,
  sort: 'thread',
  group: 'none',
  kept: true,
  startedAt: undefined,
};

export const labStore = createStore<LabState>(() => emptyLab);

export const lab = (): LabState => labStore.getState();
export const setLab = (change: Partial<LabState>): void => labStore.setState(change);

export const rowOf = (id: RowId): LabRow | undefined => lab().rows.find((row) => row.id === id);

export function changeRow(id: RowId, change: Partial<LabRow>): void {
  setLab({ rows: lab().rows.map((row) => (row.id === id ? { ...row, ...change } : row)) });
}

export function putRow(row: LabRow): void {
  setLab({ rows: lab().rows.map((one) => (one.id === row.id ? row : one)) });
}

/** As if nothing had been asked of it. */
export const blankRow = ({ id, name, option, own, hidden }: LabRow): LabRow => ({ id, name, option, own, hidden, status: 'idle' }); // prettier-ignore

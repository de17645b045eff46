// The lab as plain data after a real check of a small world: for scenes and views.
import { advanceSearch, createSearch } from '../../src/checker/search.ts';
import { progressOf, reportOf } from '../../src/checker/report.ts';
import { QUICK, type CheckReport, type Settings } from '../../src/checker/verdict.ts';
import { loadScenario } from '../../src/scenario/load.ts';
import { makeOption, PRESET_NAMES, type PresetName } from '../../src/sim/model/knobs.ts';
import type { Program } from '../../src/sim/model/program.ts';
import type { LabRow, LabState } from '../../src/viewmodel/labState.ts';

export const LAB_WORLD = `title "A small world"
device 4
option mainline
file A ab
app m = mmap A
any app x2: store m 1 X | mr = reg_mr m local_write remote_read
any admin x1: ftruncate A 0 | pwrite A 1 X
any peer x1: rdma_read mr 1
exists S5b
`;

export function labProgram(): Program {
  const loaded = loadScenario(LAB_WORLD);
  if (!loaded.ok) throw new Error(loaded.error[0]?.message);
  return loaded.value.program;
}

function searchOf(preset: PresetName, settings: Settings, set: Parameters<typeof makeOption>[1] = {}) {
  return createSearch({ ...labProgram(), option: makeOption(preset, set) }, settings);
}

export function checkOf(preset: PresetName, change: Partial<Settings> = {}, set: Parameters<typeof makeOption>[1] = {}): CheckReport {
  const search = searchOf(preset, { ...QUICK, ...change }, set);
  while (!advanceSearch(search, 1000));
  return reportOf(search);
} // prettier-ignore

/** As a search is after so many states. */
export function progressAfter(preset: PresetName, states: number) {
  const search = searchOf(preset, QUICK);
  advanceSearch(search, states);
  return progressOf(search);
}

export const idleRow = (preset: PresetName): LabRow => ({
  id: preset,
  name: preset,
  option: { preset, set: {} },
  own: false,
  hidden: false,
  status: 'idle',
});

export const doneRow = (preset: PresetName): LabRow => ({
  ...idleRow(preset),
  status: 'done',
  report: checkOf(preset),
  ms: 1200,
});

export function labOf(rows: readonly LabRow[], change: Partial<LabState> = {}): LabState {
  const { grain, symmetry, order, maxStates, maxBytes } = QUICK;
  return {
    worlds: [],
    world: { source: 'bundled', id: 'small', title: 'A small world', text: LAB_WORLD, program: labProgram() },
    problems: [],
    kernel: undefined,
    grain, symmetry, order, maxStates, maxBytes,
    workers: 1,
    rows,
    running: false,
    paused: false,
    selected: undefined,
    sort: 'thread',
    group: 'none',
    kept: true,
    startedAt: 0,
    ...change,
  }; // prettier-ignore
}

export const doneLab = (change: Partial<LabState> = {}): LabState => labOf(PRESET_NAMES.map(doneRow), change);

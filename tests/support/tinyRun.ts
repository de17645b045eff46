// A run small enough to be written by hand: three steps of one process, three micro-steps, nothing broken.
import { emptyRuns, runsFrom } from '../../src/base/runs.ts';
import { makeOption } from '../../src/sim/model/knobs.ts';
import type { Program } from '../../src/sim/model/program.ts';
import type { State } from '../../src/sim/model/state.ts';
import type { Micro, Moment, Outline, StepResult, Turn } from '../../src/sim/outline.ts';

export const tinyProgram: Program = {
  title: 'Three steps',
  about: [],
  notes: [],
  blocks: 4,
  fs: { type: 'xfs', reflink: true, dax: 'always', log: 'sync' },
  kernel: '7.0',
  option: makeOption('mainline'),
  alloc: 'lowest',
  tags: ['.'],
  procs: [{ name: 'app' }],
  actors: [{ name: 'app', type: 'thread', proc: 0 }],
  files: [],
  maps: [],
  mrs: [],
  dmas: [{ name: '' }],
  pipes: [],
  steps: [4, 5, 6].map((line) => ({ line, actor: 0, op: { verb: 'wait' }, text: 'wait' })),
  claims: [],
};

const state: State = {
  device: {
    use: runsFrom([{ at: 0, len: 4, value: 0, step: 0 }]),
    tags: emptyRuns,
    unzeroed: emptyRuns,
    pins: emptyRuns,
    free: 4,
    busy: 0,
    owned: 0,
    zombie: 0,
  },
  names: [],
  inodes: [],
  dram: [],
  procs: [{ state: 'running', fate: 'exited', opens: [] }],
  maps: [],
  mrs: [],
  dmas: [],
  pipes: [],
  tasks: [{ pos: 0, frames: [], wait: { type: 'none' }, signal: false, holds: [] }],
  sleepers: [],
};

const result: StepResult = {
  result: 'ok',
  value: undefined,
  met: undefined,
  blockedOn: undefined,
  eventually: undefined,
  held: false,
  microsteps: ['op.run'],
  violations: [],
};

export const tinyOutline: Outline = {
  length: 3,
  micros: [0, 1, 2].map((step): Micro => ({ id: 'op.run', root: 'op.run', task: 0, step })),
  turns: [0, 1, 2].map((step): Turn => ({ step, task: 0, kind: 'begun', from: step, to: step + 1 })),
  steps: [result, result, result],
  waits: [],
  locks: [],
  violations: [],
  claims: [],
  claimed: [],
};

export const tinyMoment = (at: number): Moment => ({ at, state, before: state, turnEvents: [], events: [], since: {} });

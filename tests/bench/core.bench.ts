// The core in Node: micro-steps a second, exploration by key, cost of a step by the size of the file, seeks.
// CPU time, not wall time: other work on the machine then matters less.
import { loadScenario } from '../../src/scenario/load.ts';
import { runsFrom } from '../../src/base/runs.ts';
import type { Begin, World } from '../../src/sim/apply.ts';
import { applyOperation, applyStep, makeWorld } from '../../src/sim/apply.ts';
import { enabledSteps } from '../../src/sim/enabled.ts';
import { initialState } from '../../src/sim/initial.ts';
import type { Program } from '../../src/sim/model/program.ts';
import type { Op } from '../../src/sim/model/op.ts';
import type { State } from '../../src/sim/model/state.ts';
import { momentAt, runToEnd } from '../../src/sim/run.ts';
import { stateKey } from '../../src/sim/stateKey.ts';
import { crowdedText } from './crowdedText.ts';

function programOf(text: string): Program {
  const loaded = loadScenario(text);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.error));
  return loaded.value.program;
}

const cpuMs = (): number => process.cpuUsage().user / 1000;
const quantile = (values: readonly number[], q: number): number =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(q * values.length))] ?? NaN;

function asWritten(): void {
  const program = programOf(crowdedText());
  runToEnd(program);
  const from = cpuMs();
  let micros = 0;
  for (let i = 0; i < 20; i++) micros += runToEnd(program).outline.length;
  console.log(`as written, judged after every micro-step   ${((micros / (cpuMs() - from)) * 1000).toFixed(0)} micro-steps/s`); // prettier-ignore
}

/** A world like those that a checker will visit: every line is an entry of its actor's menu. */
const WORLD = `device 6
option unprotected
file A ab
app m = mmap A
app store m 0 x
app mr = reg_mr m remote_read
app dereg_mr mr
admin ftruncate A 1
admin fallocate A punch 0 1
admin reflink A B
admin pwrite A 1 y
peer rdma_read mr 0
peer rdma_read mr 1
`;

/** Breadth first at operation grain, until `most` distinct states. */
function explore(program: Program, key: (state: State) => unknown, most: number): { states: number; steps: number } {
  const world = makeWorld(program);
  const menus = program.actors.map(
    (_, task) =>
    program.steps.filter(({ actor }) => actor === task).map(({ op }): Begin => ({ type: 'begin', task, op, menu: 'unlimited' })), // prettier-ignore
  );
  let frontier = [initialState(program)];
  const seen = new Set(frontier.map(key));
  let steps = 0;
  while (frontier.length > 0 && seen.size < most) {
    const next: State[] = [];
    for (const state of frontier)
      for (const step of enabledSteps(world, state, (task) => menus[task] ?? [])) {
        const after = applyOperation(world, state, step);
        const name = key(after);
        steps++;
        if (seen.has(name)) continue;
        seen.add(name);
        next.push(after);
      }
    frontier = next;
  }
  return { states: seen.size, steps };
}

/** A key of component numbers: each record interned by identity, then by its text. */
function internedKey(): (state: State) => string {
  const byRecord = new WeakMap<object, number>();
  const byText = new Map<string, number>();
  const idOf = (record: object): number => {
    const known = byRecord.get(record);
    if (known !== undefined) return known;
    const text = JSON.stringify(record);
    const id = byText.get(text) ?? byText.size;
    byText.set(text, id);
    byRecord.set(record, id);
    return id;
  };
  return (s) => {
    const tables = [s.inodes, s.dram, s.procs, s.maps, s.mrs, s.dmas, s.pipes, s.tasks];
    return [idOf(s.device), ...tables.flatMap((table) => [...table.map(idOf), -1]), s.names, s.sleepers].join();
  };
}

function exploration(): void {
  const program = programOf(WORLD);
  const rate = (name: string, key: (state: State) => unknown, most: number): number => {
    explore(program, key, most / 4);
    const from = cpuMs();
    const { states, steps } = explore(program, key, most);
    const ms = cpuMs() - from;
    const perSecond = (n: number): string => ((n / ms) * 1000).toFixed(0);
    console.log(`breadth first, ${name.padEnd(20)}         ${perSecond(states)} distinct states/s, ${perSecond(steps)} generated/s`); // prettier-ignore
    return steps / ms;
  };
  const packed = rate('packed keys', stateKey, 60_000);
  const interned = rate('interned components', internedKey(), 20_000);
  const json = rate('JSON keys', (s) => JSON.stringify(s), 20_000);
  console.log(`packed over interned ${(packed / interned).toFixed(1)}×, over JSON ${(packed / json).toFixed(1)}×`);
}

/** File A in `n` extents of one block each, every second block of the device, and nothing else. */
function fragmented(program: Program, n: number): State {
  const state = initialState(program);
  const every = Array.from({ length: n }, (_, i) => i);
  const map = runsFrom(every.map((i) => ({ at: i, len: 1, value: 2 * i, step: 0 })));
  const use = runsFrom(every.flatMap((i) => [{ at: 2 * i, len: 1, value: 1, step: 0 as const }, { at: 2 * i + 1, len: 1, value: 0, step: 0 as const }])); // prettier-ignore
  const [inode, ...rest] = state.inodes;
  if (inode === undefined) throw new Error('no file');
  const device = { ...state.device, use, free: n, owned: n };
  return { ...state, device, inodes: [{ ...inode, size: n, map }, ...rest] };
}

function stepMs(world: World, state: State, ops: readonly Op[]): number {
  const times: number[] = [];
  for (let round = 0; round < 40; round++) {
    let now = state;
    const from = performance.now();
    for (const op of ops) {
      let step: Parameters<typeof applyStep>[2] = { type: 'begin', task: 0, op };
      do {
        now = applyStep(world, now, step).state;
        step = { type: 'run', task: 0 };
      } while ((now.tasks[0]?.frames.length ?? 0) > 0);
    }
    times.push(performance.now() - from);
  }
  return quantile(times, 0.5);
}

function bySize(): void {
  let smallest = 0;
  for (const n of [16, 10_000, 1_000_000]) {
    const program = programOf(`device ${2 * n}\nfile A a\napp m = mmap A\napp store m 0 X\napp pwrite A 0 Y\napp fallocate A punch 0 1\napp store m 0 Z\napp ftruncate A ${n - 1}\n`); // prettier-ignore
    const ms = stepMs(makeWorld(program), fragmented(program, n), program.steps.map(({ op }) => op)); // prettier-ignore
    if (smallest === 0) smallest = ms;
    console.log(`mmap, store, pwrite, punch, store, truncate of the last block, ${String(n).padStart(9)} extents   ${(ms * 1000).toFixed(0)} µs, ${(ms / smallest).toFixed(1)}×`); // prettier-ignore
  }
}

function seeks(): void {
  const lines = ['device 64', 'option wait', 'file A abcdefgh', 'app m = mmap A'];
  for (let i = 0; lines.length < 10_000; i++) lines.push(i % 3 === 0 ? `app store m ${i % 8} Z` : i % 3 === 1 ? `app load m ${(i * 3) % 8}` : `admin fallocate A punch ${i % 8} 1`); // prettier-ignore
  const { run, outline } = runToEnd(programOf(`${lines.join('\n')}\n`));
  const times: number[] = [];
  for (let i = 0; i < 400; i++) {
    const from = performance.now();
    momentAt(run, (i * 7919) % (outline.length + 1));
    times.push(performance.now() - from);
  }
  console.log(`seek in a run of 10,000 steps, ${outline.length} micro-steps   p50 ${quantile(times, 0.5).toFixed(2)} ms  p95 ${quantile(times, 0.95).toFixed(2)} ms`); // prettier-ignore
}

asWritten();
exploration();
bySize();
seeks();

// The core in Node: micro-steps a second, exploration by key, cost of a step by the size of the file, seeks.
// CPU time, not wall time: other work on the machine then matters less.
import { loadScenario } from '../../src/scenario/load.ts';
import { runsFrom, type Run, type Runs } from '../../src/base/runs.ts';
import type { Begin, World } from '../../src/sim/apply.ts';
import { applyOperation, applyStep, makeWorld } from '../../src/sim/apply.ts';
import { enabledSteps } from '../../src/sim/enabled.ts';
import { initialState } from '../../src/sim/initial.ts';
import type { Program } from '../../src/sim/model/program.ts';
import type { State } from '../../src/sim/model/state.ts';
import { makePte } from '../../src/sim/model/ids.ts';
import { createJudge } from '../../src/sim/judge.ts';
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
  for (let i = 0; i < 20; i++) runToEnd(program);
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
        steps++;
        if (after === state) continue;
        const name = key(after);
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

/**
 * Files A and B share `n` blocks, one extent each, every second block of the device; a mapping has a PTE for each page,
 * an MR pins each page.
 */
function fragmented(program: Program, n: number): State {
  const state = initialState(program);
  const every = (value: (i: number) => number): Runs =>
    runsFrom(Array.from({ length: n }, (_, i) => ({ at: i, len: 1, value: value(i), step: 0 as const })));
  const spread = (value: number): readonly Run[] =>
    Array.from({ length: n }, (_, i) => ({ at: 2 * i, len: 1, value, step: 0 as const }));
  const blocks = every((i) => 2 * i);
  const use = runsFrom([...spread(2), ...spread(0).map(({ at, ...run }) => ({ ...run, at: at + 1 }))].sort((a, b) => a.at - b.at)); // prettier-ignore
  return {
    ...state,
    device: { ...state.device, use, pins: runsFrom(spread(1)), free: n, owned: n },
    inodes: state.inodes.map((inode) => ({ ...inode, size: n, map: blocks, entries: blocks })),
    maps: state.maps.map((map) => ({ ...map, made: true, live: true, inode: 0, len: n, writable: true, ptes: every((i) => makePte(2 * i, false, false)) })), // prettier-ignore
    mrs: state.mrs.map((mr) => ({ ...mr, state: 'live', proc: 0, map: 0, len: n, inode: 0, access: 2, mtt: blocks, pins: blocks })), // prettier-ignore
  };
}

/** Median time of each operation, micro-step by micro-step as the player does it, judged or not. */
function operationUs(world: World, state: State, judged: boolean): readonly number[] {
  const times = world.program.steps.map((): number[] => []);
  const judge = createJudge(world.program);
  for (let round = 0; round < 40; round++) {
    let now = state;
    if (judged) judge.judge(now, []);
    world.program.steps.forEach(({ op, actor: task }, i) => {
      const from = performance.now();
      let step: Parameters<typeof applyStep>[2] = { type: 'begin', task, op };
      do {
        const { state: after, events } = applyStep(world, now, step);
        if (judged) judge.judge(after, events);
        now = after;
        step = { type: 'run', task };
      } while ((now.tasks[task]?.frames.length ?? 0) > 0);
      times[i]?.push(1000 * (performance.now() - from));
    });
  }
  return times.map((list) => quantile(list, 0.5));
}

const OPS = ['store, COW break', 'store in place', 'pwrite, COW break', 'rdma_read', 'ftruncate of the last block'];

function bySize(): void {
  for (const judged of [false, true]) {
    let smallest: readonly number[] = [];
    for (const n of [16, 10_000, 1_000_000]) {
      // The mapping and the MR are there already: their lines only name them, and are dropped again.
      const named = programOf(`device ${2 * n}\noption unprotected layout.scope=range\nfile A abcd\nfile B\np m = mmap A 0 ${n}\np mr = reg_mr m remote_read\np store m ${n >> 1} X\np store m ${n >> 1} Y\nq pwrite A 3 Z\npeer rdma_read mr 5\nq ftruncate A ${n - 1}\n`); // prettier-ignore
      const program = { ...named, steps: named.steps.slice(2) };
      const us = operationUs(makeWorld(program), fragmented(program, n), judged);
      if (smallest.length === 0) smallest = us;
      const told = us.map(
        (time, i) => `${OPS[i]} ${time.toFixed(0)} µs (${(time / (smallest[i] ?? NaN)).toFixed(1)}×)`,
      );
      console.log(`${String(n).padStart(9)} extents${judged ? ', judged' : ''}   ${told.join(', ')}`);
    }
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

// The checker in Node: states a second with every property watched, first counterexamples, the whole matrix.
// CPU time of the process for rates, after one run to warm up; wall time for what somebody waits for, from cold.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { advanceSearch, createSearch } from '../../src/checker/search.ts';
import type { Search } from '../../src/checker/search.ts';
import { reportOf } from '../../src/checker/report.ts';
import type { Settings } from '../../src/checker/verdict.ts';
import { EXACT, FULL, QUICK } from '../../src/checker/verdict.ts';
import { CHECKED } from '../../src/checker/watch.ts';
import { loadScenario } from '../../src/scenario/load.ts';
import { PRESET_NAMES } from '../../src/sim/model/knobs.ts';
import type { PresetName } from '../../src/sim/model/knobs.ts';
import type { Program } from '../../src/sim/model/program.ts';

/** As many as a worker takes before it looks for messages. */
const SLICE = 50;

const text = readFileSync(join(process.cwd(), 'public/worlds/default.dax'), 'utf8');

function programOf(preset: PresetName): Program {
  const loaded = loadScenario(text, { preset });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.error));
  return loaded.value.program;
}

const cpuMs = (): number => process.cpuUsage().user / 1000;
const number = (n: number): string => Math.round(n).toLocaleString('en');

function complete(program: Program, settings: Settings): Search {
  const search = createSearch(program, settings);
  while (!advanceSearch(search, SLICE));
  return search;
}

/** Nothing is asked of any step: what exploration alone costs. */
function unwatched(program: Program, settings: Settings): Search {
  const search = createSearch(program, settings);
  search.open = 0;
  search.silent = 0;
  while (!advanceSearch(search, SLICE));
  return search;
}

type Work = readonly [string, (program: Program) => Search];

const WORK: readonly Work[] = [
  ['all properties, no reduction', (program) => complete(program, FULL)],
  ['no property, no reduction', (program) => unwatched(program, FULL)],
  ['all properties, names of free blocks', (program) => complete(program, EXACT)],
  ['all properties, names of all blocks', (program) => complete(program, QUICK)],
];

/** Told apart: states of the full graph that are counted, whether they were looked at or not. */
function rates(): void {
  console.log('default world, option unprotected, operation grain        states  looked at   cores  distinct/s  generated/s'); // prettier-ignore
  const program = programOf('unprotected');
  for (const [name, run] of WORK) {
    run(program);
    const from = cpuMs();
    const search = run(program);
    const perSecond = (n: number): string => number((n / (cpuMs() - from)) * 1000).padStart(11);
    const counts = [number(search.states).padStart(9), number(search.visited.size()).padStart(10), number(search.cores.size()).padStart(7)]; // prettier-ignore
    console.log(`${name.padEnd(54)}${counts.join(' ')} ${perSecond(search.states)}  ${perSecond(search.transitions)}`);
  }
}

type Row = { readonly preset: PresetName; readonly states: number; readonly visited: number; readonly ms: number; readonly first: string }; // prettier-ignore

/** One option: its search and its report, with every trace; and when the first violation was known, with its trace. */
function column(preset: PresetName, settings: Settings): Row {
  const from = performance.now();
  const search = createSearch(programOf(preset), settings);
  let first = '';
  for (let done = false; !done;) {
    done = advanceSearch(search, SLICE);
    const [k] = search.violatedFrom.keys();
    if (first === '' && k !== undefined) first = `${CHECKED[k] ?? ''} after ${number(performance.now() - from)} ms`;
  }
  reportOf(search);
  return { preset, states: search.states, visited: search.visited.size(), ms: performance.now() - from, first };
}

function matrix(name: string, settings: Settings): void {
  const from = performance.now();
  const cpu = cpuMs();
  const rows = PRESET_NAMES.map((preset) => column(preset, settings));
  const ms = performance.now() - from;
  console.log(`\nmatrix of the default world, one thread, ${name}: ${number(ms)} ms wall, ${number(cpuMs() - cpu)} ms CPU with compiling and collecting (aim: 10,000), reports with traces included`); // prettier-ignore
  for (const { preset, states, visited, ms: own, first } of rows)
    console.log(`${preset.padEnd(18)}${number(states).padStart(8)} states ${number(visited).padStart(8)} looked at ${number(own).padStart(7)} ms   ${first}`); // prettier-ignore
}

matrix('names of free blocks', EXACT);
console.log('');
rates();

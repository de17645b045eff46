// Checker against SPIN, on one model written for both: the default world with more uses, under `wait`. Both run to the
// end, one after the other, five times; wall time. SPIN: -O2, knobs as constants, no reduction.
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'vite';
import type { Uses } from '../spin/pan.ts';
import { asConstants, compile, NEEDED, numbersOf, runPan } from '../spin/pan.ts';
import type { search as searchOf, Timed } from './spinWork.ts';

const RUNS = 5;
const USES: Uses = [4, 2, 1];
const WORLD = join(import.meta.dirname, '../../public/worlds/default.dax');

const world = (): string =>
  `option wait\n${readFileSync(WORLD, 'utf8').replace(/^(any +\w+) x\d/gm, (_, any: string) => `${any} x${USES[['app', 'admin', 'peer'].findIndex((name) => any.endsWith(name))] ?? 0}`)}`; // prettier-ignore

async function bundle(folder: string): Promise<typeof searchOf> {
  await build({
    configFile: false,
    logLevel: 'error',
    build: {
      ssr: join(import.meta.dirname, 'spinWork.ts'),
      outDir: folder,
      target: 'es2022',
      rollupOptions: { output: { entryFileNames: 'spin.mjs' } },
    },
  });
  const { search } = (await import(pathToFileURL(join(folder, 'spin.mjs')).href)) as {
    readonly search: typeof searchOf;
  };
  return search;
}

function spinIn(folder: string, name: string, defines: readonly string[]): () => Timed {
  const place = join(folder, name);
  mkdirSync(place);
  const pan = compile(place, [...asConstants(numbersOf('wait', USES)), ...defines], '-O2');
  return () => {
    const from = performance.now();
    const { states, transitions } = runPan(pan);
    return { states, transitions, ms: performance.now() - from };
  };
}

const sorted = (values: readonly number[]): readonly number[] => [...values].sort((a, b) => a - b);
const at = (values: readonly number[], k: number): number => sorted(values)[k] ?? NaN;
const middle = (values: readonly number[]): number => at(values, RUNS >> 1);

function tell(name: string, runs: readonly Timed[], than: readonly Timed[]): void {
  const { states = NaN, transitions = NaN } = runs[0] ?? {};
  const ms = middle(runs.map((run) => run.ms));
  const rate = (n: number): string => ((n / ms) * 1000).toFixed(0).padStart(9);
  const ratios = runs.map((run, k) => (than[k]?.ms ?? NaN) / run.ms);
  const ratio = runs === than ? '' : `   ${middle(ratios).toFixed(2)}× SPIN (${at(ratios, 0).toFixed(2)} to ${at(ratios, RUNS - 1).toFixed(2)})`; // prettier-ignore
  console.log(`${name.padEnd(44)}${rate(states)} distinct/s ${rate(transitions)} generated/s${ratio}`);
}

async function compare(folder: string): Promise<void> {
  const search = await bundle(folder);
  const text = world();
  for (const watched of [false, true]) {
    const properties = watched ? 'properties watched' : 'no property watched';
    const contenders: readonly (readonly [string, () => Timed])[] = [
      [`SPIN, ${properties}`, spinIn(folder, properties.replaceAll(' ', '-'), watched ? [] : ['-DBARE'])],
      [`checker, ${properties}`, () => search(text, 'none', watched)],
      [`checker, ${properties}, symmetry`, () => search(text, 'free', watched)],
    ];
    for (const [, run] of contenders) run();
    const results = contenders.map((): Timed[] => []);
    for (let k = 0; k < RUNS; k++) contenders.forEach(([, run], who) => results[who]?.push(run()));
    const counts = new Set(results.flat().map(({ states, transitions }) => `${states} states, ${transitions} transitions`)); // prettier-ignore
    if (counts.size !== 1) throw new Error(`The two do not agree: ${[...counts].join('; ')}`);
    if (!watched) console.log(`checker against SPIN: ${[...counts].join('')}`);
    contenders.forEach(([name], who) => tell(name, results[who] ?? [], results[0] ?? []));
  }
}

if (NEEDED !== undefined) console.log(`skipped: ${NEEDED}`);
else {
  const folder = mkdtempSync(join(tmpdir(), 'daxpin-bench-spin-'));
  try {
    await compare(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

// Reports the gzipped size of every chunk of dist/ and fails above budget.
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { gzipSync } from 'node:zlib';

const DIST = 'dist';
const BUDGET_KB = { initialJs: 135, worker: 60 };
/** The page as one file, as it lies on a disk. */
const SINGLE = { file: 'daxpin.html', budgetKb: 2200 };

/** @param {string} file */
const gzipKb = (file) => gzipSync(readFileSync(join(DIST, file)), { level: 9 }).length / 1000;

/** @type {Record<string, { file: string, isEntry?: boolean, imports?: string[] }>} */
const manifest = JSON.parse(readFileSync(join(DIST, '.vite/manifest.json'), 'utf8'));

/** Chunks loaded before anything is asked for: the entries and all they import statically. */
function initialFiles() {
  const seen = new Set();
  const visit = (/** @type {string} */ key) => {
    const chunk = manifest[key];
    if (chunk === undefined || seen.has(chunk.file)) return;
    seen.add(chunk.file);
    chunk.imports?.forEach(visit);
  };
  Object.keys(manifest)
    .filter((key) => manifest[key]?.isEntry)
    .forEach(visit);
  return seen;
}

const initial = initialFiles();
const files = readdirSync(DIST, { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => ['.js', '.css', '.html'].includes(extname(file)))
  .sort();
const isWorker = (/** @type {string} */ file) => /(^|\/)simWorker[-.]/.test(file) && file.endsWith('.js');

const problems = [];
let initialJs = 0;
for (const file of files) {
  const kb = gzipKb(file);
  const role = initial.has(file) ? 'initial' : isWorker(file) ? 'worker' : '';
  console.log(`${kb.toFixed(1).padStart(8)} kB gz  ${role.padEnd(8)} ${file}`);
  if (initial.has(file) && file.endsWith('.js')) initialJs += kb;
  if (!isWorker(file)) continue;
  if (kb > BUDGET_KB.worker) problems.push(`${file}: ${kb.toFixed(1)} kB gz, budget ${BUDGET_KB.worker}`);
  // What React names its elements by survives minification.
  if (/react\.(transitional\.)?element/.test(readFileSync(join(DIST, file), 'utf8'))) {
    problems.push(`${file}: contains React; the worker must not`);
  }
}
console.log(`${initialJs.toFixed(1).padStart(8)} kB gz  initial JS, budget ${BUDGET_KB.initialJs}`);
const singleKb = readFileSync(join(DIST, SINGLE.file)).length / 1000;
console.log(`${singleKb.toFixed(1).padStart(8)} kB     ${SINGLE.file}, raw, budget ${SINGLE.budgetKb}`);
if (singleKb > SINGLE.budgetKb) problems.push(`${SINGLE.file}: ${singleKb.toFixed(1)} kB, budget ${SINGLE.budgetKb}`);
if (initial.size === 0) problems.push('no entry chunk in the manifest');
if (initialJs > BUDGET_KB.initialJs) {
  problems.push(`initial JS: ${initialJs.toFixed(1)} kB gz, budget ${BUDGET_KB.initialJs}`);
}
for (const problem of problems) console.error(`over budget: ${problem}`);
process.exitCode = problems.length === 0 ? 0 : 1;

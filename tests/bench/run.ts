// Runs every benchmark beside this file, one after the other; give names to run only those.
import { readdirSync } from 'node:fs';

const wanted = process.argv.slice(2);
const names = readdirSync(import.meta.dirname)
  .filter((name) => name.endsWith('.bench.ts'))
  .map((name) => name.slice(0, -'.bench.ts'.length))
  .filter((name) => wanted.length === 0 || wanted.includes(name))
  .sort();

for (const name of names) {
  console.log(`# ${name}`);
  await import(`./${name}.bench.ts`);
}
if (names.length === 0) console.log('No benchmark to run.');

// Runs every benchmark beside this file, one after the other; give names to run only those.
import { readdirSync } from 'node:fs';

const wanted = process.argv.slice(2);
const names = readdirSync(import.meta.dirname)
  .filter((name) => name.endsWith('.ts') && name !== 'run.ts')
  .map((name) => name.slice(0, -'.ts'.length))
  .filter((name) => wanted.length === 0 || wanted.includes(name))
  .sort();

for (const name of names) {
  console.log(`# ${name}`);
  await import(`./${name}.ts`);
}
if (names.length === 0) console.log('No benchmark to run.');

/** `npm run -s daxpin -- run FILE…`: the simulator under Node, for scripts and for many files at once. */
import { readFileSync } from 'node:fs';
import { main } from './main.ts';

// The reader is gone (`| head`): nobody is left to tell.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => process.exit());

// Not process.exit: what is still in the pipe gets out first.
process.exitCode = main(process.argv.slice(2), {
  read: (file) => readFileSync(file === '-' ? 0 : file, 'utf8'),
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
});

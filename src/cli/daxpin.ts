/** `npm run -s daxpin -- run FILE…`: the simulator under Node, for scripts and for many files at once. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { main } from './main.ts';

// The reader is gone (`| head`): nobody is left to tell.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => process.exit());

let interrupted = false;
let listening = false;

/** Only who pauses can hear a signal: what runs in one go is ended by it, as ever. A second one ends everything. */
function listen(): void {
  if (listening) return;
  listening = true;
  process.once('SIGINT', () => (interrupted = true));
}

/** In columns; a longer line would not be replaced by the next. */
const WIDTH = process.stderr.columns ?? 80;

function showProgress(text: string): void {
  process.stderr.write(`\r${text.slice(0, WIDTH - 1)}\u001b[K`);
}

const { version } = Object(JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8'))) as {
  readonly version?: unknown;
};

// Not process.exit: what is still in the pipe gets out first.
process.exitCode = await main(process.argv.slice(2), {
  read: (file) => readFileSync(file === '-' ? 0 : file, 'utf8'),
  bytes: (file) => readFileSync(file === '-' ? 0 : file),
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  ...(process.stderr.isTTY ? { progress: showProgress } : {}),
  pause: () => {
    listen();
    return new Promise((resolve) => setImmediate(resolve));
  },
  interrupted: () => interrupted,
  now: () => performance.now(),
  version: String(version),
});

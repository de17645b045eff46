// The real process, a few times only: starting Node is slow.
import { execFile, spawn } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');

function daxpin(argv: readonly string[], input = ''): Promise<{ status: number; out: string; err: string }> {
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      ['--import', 'tsx', 'src/cli/daxpin.ts', ...argv],
      { cwd: ROOT, maxBuffer: 1 << 26 },
      (_error, out, err) => resolve({ status: child.exitCode ?? -1, out, err }),
    );
    child.stdin?.end(input);
  });
}

test('runs a file and exits 0', async () => {
  const { status, out, err } = await daxpin(['run', 'public/scenarios/01-read-mr-goes-stale.dax', '--json']);
  expect([status, err]).toEqual([0, '']);
  expect(JSON.parse(out)).toMatchObject({ expectations: { met: 5, unmet: 0 } });
}, 30_000);

test('reads standard input, and gets all of a long report through the pipe', async () => {
  const { status, out } = await daxpin(['run', '-', '--json'], 'file A a\napp ftruncate A 500000\nexists S1\n');
  expect(status).toBe(1);
  expect(JSON.parse(out)).toMatchObject({ final: { files: { A: { size: 500_000 } } } });
}, 30_000);

test('tells what is wrong with a text on standard error and exits 2', async () => {
  const { status, out, err } = await daxpin(['run', '-'], 'app ftruncat A 0\n');
  expect([status, out]).toEqual([2, '']);
  expect(err).toMatch(/^-:1:5: 'ftruncat' is not a verb; did you mean 'ftruncate'\?/);
}, 30_000);

/** More states than any machine visits while this test waits. */
const ENDLESS = `device 20
alloc any
option unprotected
file A abcdefgh
app m = mmap A
any app: store m 0 X | store m 1 Y | store m 2 Z | pwrite A 3 W | ftruncate A 8 | fallocate A punch 0 4
any admin: pwrite A 4 V | fallocate A punch 4 4 | reflink A B | pwrite A 5 U
`;

test('Ctrl-C ends a check with what is known by then', async () => {
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/cli/daxpin.ts', 'check', '-', '--no-reduction', '--json'], { cwd: ROOT }); // prettier-ignore
  const closed = new Promise((resolve) => child.on('close', resolve));
  let out = '';
  child.stdout.on('data', (data: Buffer) => (out += data.toString()));
  child.stdin.end(ENDLESS);
  // It listens once it searches.
  await new Promise((resolve) => setTimeout(resolve, 4000));
  child.kill('SIGINT');
  expect(await closed).toBe(1);
  expect(JSON.parse(out)).toMatchObject({ complete: false, bound: 'stopped' });
}, 60_000);

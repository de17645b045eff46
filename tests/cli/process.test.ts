// The real process, a few times only: starting Node is slow.
import { execFile } from 'node:child_process';
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

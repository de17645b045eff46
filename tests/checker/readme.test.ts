// The matrix that the README shows is the one that the command line computes.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { caller } from '../support/cli.ts';

const ROOT = join(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

test('the README shows the matrix of the default world', async () => {
  const world = 'public/worlds/default.dax';
  const { out, status } = await caller({ [world]: read(world) })('matrix', '--world', world);
  expect(status).toBe(0);
  const shown = /```\n(default: Long pins\n[^`]*)```/.exec(read('README.md'))?.[1] ?? '';
  const lines = (text: string): readonly string[] => text.split('\n').filter((line) => line !== '' && !line.startsWith('states visited') && !line.includes('Long pins')); // prettier-ignore
  expect(lines(shown)).toHaveLength(19);
  expect(lines(shown)).toEqual(lines(out));
}, 120_000);

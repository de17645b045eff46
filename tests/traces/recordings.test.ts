// The packed recordings: the same as the folder that they were made from, and the tables of those that scenarios name.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { recordingNamedIn, recordingPath, viewRecording } from '../../src/conformance/recordingView.ts';
import { loadScenario } from '../../src/scenario/load.ts';
import { bundledTexts } from '../support/bundledTexts.ts';
import { packedRecordings, packedSources, recordingNamed } from '../support/recordingPack.ts';

const ROOT = join(import.meta.dirname, '../..');
const FOLDER = join(ROOT, '../shared/traces');
const PUBLIC = join(ROOT, 'public');

describe.skipIf(!existsSync(FOLDER))('beside the repository', () => {
  const read = (file: string): string => readFileSync(join(FOLDER, file), 'utf8');

  test('the pack is the folder', () => {
    const files = readdirSync(FOLDER).filter((file) => file.endsWith('.json') && file !== 'index.json');
    const packed = new Map(packedSources().map(({ file, text }) => [file, text]));
    expect([...packed.keys()].sort()).toEqual(files.sort());
    // Not toEqual: the message would be a megabyte.
    expect(files.filter((file) => packed.get(file) !== read(file))).toEqual([]);
  });

  test('RECORDINGS.md is its README', () => {
    expect(readFileSync(join(ROOT, 'tests/traces/RECORDINGS.md'), 'utf8')).toBe(read('README.md'));
  });
});

test('every packed file is a recording', () => {
  expect(packedRecordings()).toHaveLength(packedSources().length);
  expect(packedSources().length).toBeGreaterThan(300);
});

const named = bundledTexts().flatMap(({ id: scenario, text }) => {
  const loaded = loadScenario(text);
  const found = loaded.ok ? recordingNamedIn(loaded.value.program.about) : undefined;
  return found === undefined ? [] : [{ scenario, ...found }];
});

describe('tables for the page', () => {
  test('each has a file of its own, and there is no other', () => {
    const paths = named.map(recordingPath);
    expect(new Set(paths).size).toBe(paths.length);
    expect(readdirSync(join(PUBLIC, 'recordings')).map((file) => `recordings/${file}`).sort()).toEqual(paths.sort()); // prettier-ignore
  });

  // After a change: npx tsx tests/traces/views.ts
  test.each(named)('$scenario: $id ($env) of $kernel', ({ kernel, env, id }) => {
    const view = viewRecording(recordingNamed(`${kernel} ${env} ${id}`));
    expect(JSON.parse(readFileSync(join(PUBLIC, recordingPath({ id })), 'utf8'))).toEqual(view);
  });

  test('what was recorded reads so', () => {
    const { steps, ...head } = viewRecording(recordingNamed('6.12 xfs-dax P01'));
    expect(head).toMatchObject({ id: 'P01', env: 'xfs-dax', kernel: '6.12.117+deb12-amd64' });
    const rows = steps.map(({ n, actor, op, result, changed }) =>
      [`${n} ${actor} ${op}`, result, ...changed].join(' | '),
    );
    expect(rows).toMatchInlineSnapshot(`
      [
        "1 P1 open A | ok | A size: 0",
        "2 P1 pwrite A block=0 abcd | ok | A size: 0 → 4 | A block 0–3: hole → B1 B2 B3 B4 | B1 holds: a | B2 holds: b | B3 holds: c | B4 holds: d",
        "3 P1 fsync A | ok",
        "4 P1 mmap m1 A block=0 count=4 rw MAP_SHARED | ok | m1: mapped",
        "5 P1 load m1 page=0 count=4 | ok | m1 page 0–3: no PTE → B1 B2 B3 B4",
        "6 P1 pinPipe(vmsplice) pipe1 m1 page=0 count=1 | ok",
        "7 T1 ftruncate A newSizeBlocks=0 | BLOCKED | A: locked, its extents cannot be looked at | m1 page 0–3: B1 B2 B3 B4 → no PTE",
        "8 T1 stillBlocked of step 7, ftruncate | BLOCKED",
        "9 P1 peekPipe(tee) pipe1 | ok",
        "10 P1 drainPipe pipe1 | ok | A size: 4 → 0",
        "11 T1 return of step 7, ftruncate | ok",
        "12 P1 load m1 page=0 count=1 | SIGBUS",
        "13 P1 sync | ok",
      ]
    `);
  });
});

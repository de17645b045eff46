// Labels and kernel functions of micro-steps: every step that a run takes is in the table, with what is known of it.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { functionsAt } from '../../src/explain/functions.ts';
import { MICROS, WAIT_FUNCTIONS } from '../../src/explain/micro.data.ts';
import { kernelBadge } from '../../src/explain/kernelBadge.ts';
import { formatFunction, microInfo } from '../../src/explain/micro.ts';
import { functionsIn } from '../../src/explain/microRow.ts';
import { VERBS } from '../../src/sim/model/op.ts';
import type { FsType, Kernel } from '../../src/sim/model/program.ts';
import { FS_TYPES, KERNELS } from '../../src/sim/model/program.ts';
import { PROCEDURES } from '../../src/sim/ops/opTable.ts';
import { randomScenario } from '../support/arbitraryProgram.ts';
import type { Play } from './support.ts';
import { bundled, casesOf, play } from './support.ts';

const ROWS = Object.entries(MICROS);

test.each(ROWS)('%s has a short label and names functions once', (_, row) => {
  expect(row.label.length).toBeGreaterThan(0);
  expect(row.label.length).toBeLessThanOrEqual(7);
  expect(row.what).not.toMatch(/\.$|^[A-Z]/);
  for (const kernel of KERNELS)
    for (const fs of FS_TYPES) {
      const names = functionsIn(row, kernel, fs).map(({ name }) => name);
      expect(new Set(names).size).toBe(names.length);
      for (const name of names) expect(name).toMatch(/^_{0,2}[a-z][a-z0-9_]+$/);
    }
});

const ALL = [...ROWS.map(([, row]) => row), ...Object.values(WAIT_FUNCTIONS)];

test('no 7.0 function claims a recording: only 6.12 and 6.1 were recorded', () => {
  const claimed = (kernel: Kernel): number =>
    ALL.flatMap((row) => FS_TYPES.flatMap((fs) => functionsIn(row, kernel, fs))).filter(
      ({ evidence }) => evidence === 'stack',
    ).length;
  expect(claimed('7.0')).toBe(0);
  expect(claimed('6.12')).toBeGreaterThan(0);
  expect(claimed('6.1')).toBeGreaterThan(0);
});

test('no file system is told the functions of another', () => {
  for (const row of ALL)
    for (const kernel of KERNELS) {
      const names = (fs: FsType): string => functionsIn(row, kernel, fs).map(({ name }) => name).join(' '); // prettier-ignore
      expect(names('xfs')).not.toMatch(/ext4/);
      expect(names('ext4')).not.toMatch(/xfs/);
      expect(names('device-dax')).not.toMatch(/xfs|ext4/);
    }
});

/** Places that only decide, so that the micro-step is named after the one that they go on to. */
const PASSED = new Set([
  'op.start', 'op.access', 'op.faulted', 'op.g2', 'op.g3', 'op.g3pin', 'op.g4', 'op.pinned', 'op.submit', 'op.posted', 'op.return', 'op.reap',
  'load.look', 'store.look', 'store.slept', 'gup.follow', 'gup.faulted', 'pread.look', 'pwrite.look', 'pwrite.slept', 'pwrite.leased',
  'layout.start', 'layout.leased', 'layout.woken', 'layout.t5keep', 'reflink.start', 'reflink.leased', 'reflink.woken', 'reflink.r1b', 'dma.n3map', 'dereg.drain', 'exit.mrs',
]); // prettier-ignore

/** Names that the core gives to micro-steps besides `fn.pc`. */
function labelsInTheCore(): readonly string[] {
  const room = join(import.meta.dirname, '../../src/sim/ops');
  const text = readdirSync(room).map((file) => readFileSync(join(room, file), 'utf8')).join('\n'); // prettier-ignore
  return [...text.matchAll(/label = [^;]*;/g)].flatMap(([line]) => [...line.matchAll(/'([a-z]+\.\w+)'/g)].map(([, id = '']) => id)); // prettier-ignore
}

test('every micro-step that the core can emit is in the table', () => {
  const places = Object.entries(PROCEDURES).flatMap(([fn, handlers]) => Object.keys(handlers).map((pc) => `${fn}.${pc}`)); // prettier-ignore
  const verbs = VERBS.map((verb) => `op.${verb}`);
  const wanted = new Set([...places, ...verbs, ...labelsInTheCore()]);
  const known = new Set(ROWS.map(([id]) => id.replace(/:.*/, '')));
  expect([...wanted].filter((id) => !known.has(id) && !PASSED.has(id))).toEqual([]);
});

/** Micro-steps of a run that the table does not know. */
const unknown = ({ program, outline }: Play): readonly string[] =>
  outline.micros
    .filter(({ id, step }) => {
      const op = program.steps[step]?.op;
      return op === undefined || microInfo(program, op, id).label === id;
    })
    .map(({ id }) => id);

describe('no micro-step falls back to its id', () => {
  test.each(bundled)('$name', (scenario) => expect(unknown(scenario)).toEqual([]));
  test.each(['sentences.txt', 'objects.txt', 'micros.txt', 'objectMicros.txt'].flatMap(casesOf))(
    '$name',
    ({ text }) => {
      expect(unknown(play(text))).toEqual([]);
    },
  );
  test('of random programs', () => {
    fc.assert(
      fc.property(randomScenario(30), (text) => {
        expect(unknown(play(text))).toEqual([]);
      }),
      { seed: 23, numRuns: 30 },
    );
  }, 60_000);
});

test('an unknown id is its own label', () => {
  const { program } = play('device 4\nfile A a\napp wait');
  expect(microInfo(program, { verb: 'wait' }, 'op.nonesuch')).toEqual({
    label: 'op.nonesuch',
    what: 'op.nonesuch',
    functions: [],
  });
});

const WORLD = (extra: string): string =>
  `device 16\n${extra}\nfile A abcd\nfile B = reflink A\napp m = mmap A\napp mr = reg_mr m remote_read\napp store m 1 X\nadmin ftruncate A 1\npeer rdma_read mr 0`;

/** Functions named after the nth turn, joined as the panel does. */
const named = (text: string, turn: number): string => {
  const { program, outline, after } = play(text);
  return functionsAt(program, outline, after(turn)).map(formatFunction).join(' → ');
};

test.each<[what: string, text: string, turn: number, functions: string]>([
  [
    'mmap, 7.0',
    WORLD('option wait'),
    1,
    'do_mmap() (unverified) → mmap_region() (unverified) → xfs_file_mmap_prepare()',
  ],
  [
    'mmap, 6.12',
    WORLD('kernel 6.12\noption wait'),
    1,
    'do_mmap() (unverified) → mmap_region() (unverified) → xfs_file_mmap()',
  ],
  [
    'a refusal names the step that refused',
    WORLD('option mainline'),
    2,
    'check_vma_flags() → vma_is_fsdax() → writable_file_mapping_allowed()',
  ],
  ['a pin', WORLD('option wait'), 2, '__ib_umem_get_va() → pin_user_pages_fast()'],
  [
    'the COW break, 7.0',
    WORLD('option wait'),
    3,
    'xfs_dax_write_iomap_end() → xfs_reflink_end_cow() → xfs_reflink_end_cow_extent_locked()',
  ],
  [
    'the COW break, 6.12',
    WORLD('kernel 6.12\noption wait'),
    3,
    'xfs_dax_write_iomap_end() → xfs_reflink_end_cow() → xfs_reflink_end_cow_extent()',
  ],
  ['a sleeper, 7.0', WORLD('option wait'), 4, 'dax_break_layout() → wait_page_idle()'],
  ['a sleeper, 6.12', WORLD('kernel 6.12\noption wait'), 4, 'xfs_break_dax_layouts()'],
  ['a sleeper, 6.1', WORLD('kernel 6.1\noption wait'), 4, 'xfs_break_dax_layouts()'],
  [
    'a pin for READ breaks the COW on 6.1',
    WORLD('kernel 6.1\noption wait'),
    2,
    'xfs_dax_write_iomap_end() → xfs_reflink_end_cow() → xfs_reflink_end_cow_extent()',
  ],
  ['a page-cache refusal that 6.1 does not know', WORLD('kernel 6.1'), 2, 'check_vma_flags() → vma_is_fsdax()'],
  [
    'a sleeper on ext4',
    'device 8\nfs ext4\nkernel 6.12\nfile A abc\napp m = mmap A\napp d = dio_write m 1\nadmin ftruncate A 0',
    3,
    'ext4_break_layouts()',
  ],
  [
    'anonymous memory has no file system',
    'device 8\nfile A a\napp m = mmap anon 1',
    1,
    'do_mmap() (unverified) → mmap_region() (unverified)',
  ],
  ['shmem was not looked up', 'device 8\nfile A a\napp m = mmap memfd 1\napp store m 0 X', 2, ''],
  ['nor device-dax', 'device 8\nfs device-dax\noption device-dax\nfile A a\napp m = mmap A\napp store m 0 X', 2, ''],
  ['a lease of the proposals', 'device 8\nfile A a\napp setlease A layout', 1, ''],
  ['work of the NIC', WORLD('option wait'), 5, ''],
  ['a page-cache file does not get to the DAX functions', WORLD('fs xfs dax=never'), 3, ''],
])('%s', (_, text, turn, functions) => {
  expect(named(text, turn)).toBe(functions);
});

test('the badge says what was recorded and what was read', () => {
  expect(kernelBadge('7.0')).toMatchObject({ text: 'read from source', recorded: false });
  expect(kernelBadge('6.12')).toMatchObject({ text: 'recorded', recorded: true });
  expect(kernelBadge('6.1')).toMatchObject({ text: 'recorded', recorded: true });
});

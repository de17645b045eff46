// What a turn changed: exact lists, and every mark agrees with a comparison of the two states index by index.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { runsGet, type Runs } from '../../src/base/runs.ts';
import { changedBy } from '../../src/explain/changes.ts';
import { blockChanges, changedRefs } from '../../src/explain/differences.ts';
import { ptePage, pteWritable } from '../../src/sim/model/ids.ts';
import type { State } from '../../src/sim/model/state.ts';
import type { Moment } from '../../src/sim/outline.ts';
import { claimKey } from '../../src/sim/query/claimKey.ts';
import { randomScenario } from '../support/arbitraryProgram.ts';
import { play } from './support.ts';

const MAIL =
  'device 16\noption wait\nfile A abcd\nfile B = reflink A\napp m = mmap A\napp mr = reg_mr m remote_read\napp store m 1 X\npeer rdma_read mr 1';
const TRUNCATE =
  'device 8\noption unprotected\nfile A abcd\napp m = mmap A\napp mr = reg_mr m 1 2 remote_write\nadmin ftruncate A 1\npeer rdma_write mr 0 Z\napp dereg_mr mr';
const WAIT =
  'device 8\noption wait\nfile A ab\napp m = mmap A\napp d = dio_write m 1\nadmin ftruncate A 0\napp dio_end d';
const CACHE =
  'device 8\nfs xfs dax=never\nfile A ab\napp m = mmap A\napp mr = reg_mr m remote_read\nadmin pwrite A 1 Y\nadmin ftruncate A 0';
const DEFER =
  'device 8\noption deferred-free\nfile A ab\napp m = mmap A\napp p = vmsplice m 0\nadmin fallocate A punch 0 2\nadmin fallocate A alloc 0 1\napp open A\nadmin unlink A\napp exit';

test.each<[what: string, text: string, turn: number, texts: readonly string[]]>([
  ['mmap', MAIL, 1, ['m maps A']],
  ['reg_mr', MAIL, 2, ['m[0..3] map blocks 0-3, read-only', 'mr is live', 'mr[0..3] translate to blocks 0-3']],
  [
    'the COW break',
    MAIL,
    3,
    ['A[1] moved from block 1 to block 4, tag X', 'm[1] maps block 4, writable', 'Block 1 has one owner left: B[1]'],
  ],
  ['a remote read changes nothing', MAIL, 4, []],
  [
    'truncate',
    TRUNCATE,
    3,
    [
      'A[1..3] lost blocks 1-3',
      'A has 1 block, was 4',
      'm[1..2] lost their PTEs, of blocks 1-2',
      'Blocks 1-2 are free, though pinned',
      'Block 3 is free',
    ],
  ],
  ['a remote write', TRUNCATE, 4, ['Block 1 holds Z, was b']],
  ['dereg_mr', TRUNCATE, 5, ['mr is destroyed', 'mr[0..1] lost their translations, of blocks 1-2']],
  ['a sleeper', WAIT, 3, ['m[1] lost its PTE, of block 1', 'admin is asleep', 'admin holds i_rwsem of A']],
  [
    'its wake-up',
    WAIT,
    5,
    [
      'A[0..1] lost blocks 0-1',
      'A has 0 blocks, was 2',
      'Blocks 0-1 are free',
      'admin is awake',
      'i_rwsem of A is free',
    ],
  ],
  ['a page-cache write', CACHE, 3, ['DRAM page 1 holds Y, was b']],
  [
    'orphans',
    CACHE,
    4,
    [
      'A[0..1] lost blocks 0-1',
      'DRAM page 0 is orphaned, kept by its pin',
      'DRAM page 1 is orphaned, kept by its pin',
      'A has 0 blocks, was 2',
      'm[0..1] lost their PTEs, of DRAM pages 0-1',
      'Blocks 0-1 are free',
    ],
  ],
  [
    'zombies',
    DEFER,
    3,
    [
      'A[0..1] lost blocks 0-1',
      'm[0] lost its PTE, of block 0',
      'Block 0 is a zombie, kept by its pin',
      'Block 1 is free',
    ],
  ],
  ['unwritten blocks', DEFER, 4, ['A[0] is new: unwritten block 1']],
  ['unlink', DEFER, 6, ['The name A is gone']],
  [
    'exit',
    DEFER,
    7,
    [
      'A[0] (unlinked) lost block 1',
      'app is exited',
      'A (unlinked) is evicted',
      'm is unmapped',
      'pipe p is empty',
      'Blocks 0-1 are free',
    ],
  ],
])('%s', (_, text, turn, texts) => {
  const { program, after } = play(text);
  expect(changedBy(program, after(turn)).map((change) => change.text)).toEqual(texts);
});

const SIZE = 64;
const indexes = Array.from({ length: SIZE }, (_, i) => i);

function differs(a: Runs | undefined, b: Runs | undefined, same: (x: number, y: number) => boolean): readonly number[] {
  return indexes.filter((i) => {
    const [x, y] = [a === undefined ? undefined : runsGet(a, i), b === undefined ? undefined : runsGet(b, i)];
    return x === undefined || y === undefined ? x !== y : !same(x, y);
  });
}

const equal = (x: number, y: number): boolean => x === y;
const samePte = (x: number, y: number): boolean => ptePage(x) === ptePage(y) && pteWritable(x) === pteWritable(y);

/** The same marks, found the slow way. */
function naiveKeys({ before, state }: Moment): readonly string[] {
  const keys: string[] = [];
  const each = <T>(was: readonly T[], now: readonly T[], f: (id: number, a: T | undefined, b: T) => void): void =>
    now.forEach((record, id) => f(id, was[id], record));
  each(before.inodes, state.inodes, (inode, a, b) =>
    keys.push(...differs(a?.map, b.map, equal).map((index) => claimKey({ type: 'extent', inode, index }))),
  );
  each(before.maps, state.maps, (map, a, b) =>
    keys.push(...differs(a?.ptes, b.ptes, samePte).map((vpage) => claimKey({ type: 'pte', map, vpage }))),
  );
  each(before.mrs, state.mrs, (mr, a, b) =>
    keys.push(...differs(a?.mtt, b.mtt, equal).map((slot) => claimKey({ type: 'mtt', mr, slot }))),
  );
  keys.push(...naiveBlocks(before, state).map((block) => claimKey({ type: 'block', block })));
  return keys.sort();
}

const naiveBlocks = (before: State, state: State): readonly number[] =>
  indexes.filter((i) =>
    (['use', 'tags', 'pins'] as const).some((key) => runsGet(before.device[key], i) !== runsGet(state.device[key], i)),
  );

const KINDS = new Set(['extent', 'pte', 'mtt', 'block']);

test('marks are what a comparison index by index finds', () => {
  fc.assert(
    fc.property(randomScenario(25), (text) => {
      const { outline, at } = play(text);
      for (const turn of outline.turns) {
        const moment = at(turn.to);
        const refs = changedRefs(moment);
        expect(
          refs
            .filter(({ type }) => KINDS.has(type))
            .map(claimKey)
            .sort(),
        ).toEqual(naiveKeys(moment));
        expect(blockChanges(moment).map(({ block }) => block)).toEqual(naiveBlocks(moment.before, moment.state));
      }
    }),
    { seed: 5, numRuns: 30 },
  );
}, 60_000);

test('block changes keep the old values', () => {
  const { after } = play(MAIL);
  expect(blockChanges(after(3))).toEqual([
    { block: 1, was: { use: 2, tag: 2, pins: 1 }, now: { use: 1, tag: 2, pins: 1 } },
    { block: 4, was: { use: 0, tag: 0, pins: 0 }, now: { use: 1, tag: 5, pins: 0 } },
  ]);
});

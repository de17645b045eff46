// "Who owns block n?": every claim on a block, since when, and where it disagrees with the file.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { runsEach } from '../../src/base/runs.ts';
import { claimsOn } from '../../src/explain/owners.ts';
import { linked } from '../../src/explain/parts.ts';
import { extentBlock, pageOfBlock, pageOfDram, ptePage } from '../../src/sim/model/ids.ts';
import { claimKey } from '../../src/sim/query/claimKey.ts';
import { randomScenario } from '../support/arbitraryProgram.ts';
import { play } from './support.ts';

const MAIL =
  'device 16\noption wait\nfile A abcd\nfile B = reflink A\napp m = mmap A\napp mr = reg_mr m remote_read\napp store m 1 X';
const REUSE =
  'device 8\noption unprotected\nfile A a_.\napp m = mmap A\napp mr = reg_mr m 0 1 remote_write\napp d = dio_read m 0 Z\nadmin fallocate A punch 0 1\nadmin create C\nadmin pwrite C 0 N\napp p = vmsplice m 0';
const ZOMBIE =
  'device 8\noption deferred-free\nfs xfs log=async\nfile A ab\napp m = mmap A\napp mr = reg_mr m 0 1 remote_read\nadmin ftruncate A 0\nadmin unlink A\napp munmap m';
const ODP = 'device 8\nfile A ab\napp m = mmap A\napp mr = reg_mr m on_demand remote_write\npeer rdma_write mr 0 X';

const rows = (text: string, turn: number, block: number): readonly string[] => {
  const { program, after } = play(text);
  return claimsOn(program, after(turn), pageOfBlock(block)).map(({ side, who, disagrees, since }) =>
    [side, who, disagrees, since].filter((part) => part !== '').join(' | '),
  );
};

test.each<[what: string, text: string, turn: number, block: number, expected: readonly string[]]>([
  [
    'a shared block before the break',
    MAIL,
    2,
    1,
    [
      'File | A[1] | since the start',
      'File | B[1] | since the start',
      'Allocator | 2 owners | since the start',
      'DAX entry | A[1] | since step 2',
      'CPU | m[1], read-only | since step 2',
      'DMA | mr[1], pinned read-only | since step 2',
    ],
  ],
  [
    'the block that the file left',
    MAIL,
    3,
    1,
    [
      'File | B[1] | since the start',
      'Allocator | 1 owner | since step 3',
      'CPU | nobody | zapped by this step',
      'DMA | mr[1], pinned read-only | takes it for A[1], which is block 4 now | since step 2',
    ],
  ],
  [
    'the block that it went to',
    MAIL,
    3,
    4,
    [
      'File | A[1] | since step 3',
      'Allocator | 1 owner, allocated by step 3 (store m 1 X)',
      'DAX entry | A[1] | since step 3',
      'CPU | m[1], writable | since step 3',
      'DMA | nobody',
    ],
  ],
  ['a free block', MAIL, 3, 9, ['File | nobody', 'Allocator | free', 'CPU | nobody', 'DMA | nobody']],
  [
    'an unwritten block',
    REUSE,
    1,
    1,
    [
      'File | A[1], unwritten | since the start',
      'Allocator | 1 owner | since the start',
      'CPU | nobody',
      'DMA | nobody',
    ],
  ],
  [
    'freed under two pins',
    REUSE,
    4,
    0,
    [
      'File | nobody',
      'Allocator | free, freed by step 4 (fallocate A punch 0 1) | yet mr[0] and d still have it',
      'CPU | nobody | zapped by this step',
      'DMA | mr[0], pinned for write | takes it for A[0], a hole now | since step 2',
      'DMA | d, O_DIRECT read in flight | takes it for A[0], a hole now | since step 3',
    ],
  ],
  [
    'given to another file',
    REUSE,
    6,
    0,
    [
      'File | C[0] | since step 6',
      'Allocator | 1 owner, allocated by step 6 (pwrite C 0 N)',
      'CPU | nobody',
      'DMA | mr[0], pinned for write | takes it for A[0], a hole now | since step 2',
      'DMA | d, O_DIRECT read in flight | takes it for A[0], a hole now | since step 3',
    ],
  ],
  [
    'a zombie',
    ZOMBIE,
    3,
    0,
    [
      'File | nobody',
      'Allocator | zombie, kept by its pin, freed by step 3 (ftruncate A 0)',
      'CPU | nobody | zapped by this step',
      'DMA | mr[0], pinned read-only | takes it for A[0], past the end now | since step 2',
    ],
  ],
  [
    'busy until the log commits',
    ZOMBIE,
    3,
    1,
    [
      'File | nobody',
      'Allocator | busy until the log commits, freed by step 3 (ftruncate A 0)',
      'CPU | nobody',
      'DMA | nobody',
    ],
  ],
  [
    'pinned through a file that is gone',
    ZOMBIE,
    5,
    0,
    [
      'File | nobody',
      'Allocator | zombie, kept by its pin, freed by step 3 (ftruncate A 0)',
      'CPU | nobody',
      'DMA | mr[0], pinned read-only | takes it for a file that is gone | since step 2',
    ],
  ],
  [
    'on demand',
    ODP,
    3,
    0,
    [
      'File | A[0] | since the start',
      'Allocator | 1 owner | since the start',
      'DAX entry | A[0] | since step 3',
      'CPU | m[0], writable | since step 3',
      'DMA | mr[0], on demand, no pin | since step 3',
    ],
  ],
])('%s', (_, text, turn, block, expected) => {
  expect(rows(text, turn, block)).toEqual(expected);
});

const FORK =
  'device 8\nfile A a\napp buf = mmap anon 2\napp store buf 0 p\napp store buf 1 q\napp mr = reg_mr buf 0 1 local_write remote_write\napp fork child\nchild store buf 1 c';
const MEMFD = 'device 8\nfile A a\napp f = mmap memfd 1\napp store f 0 s\napp mr = reg_mr f remote_read\napp munmap f';
const CACHED = 'device 8\nfs xfs dax=never\noption wait\nfile A ab\napp m = mmap A\napp mr = reg_mr m 0 1 remote_read';

const FLIGHT =
  'device 8\noption wait\nfile A ab\napp m = mmap A\napp mr = reg_mr m remote_read\npeer r = post_read mr 1\npeer complete r';

test('an RDMA in flight is about the page of its slot, before it has looked there', () => {
  expect(rows(FLIGHT, 3, 1)).toEqual([
    'File | A[1] | since the start',
    'Allocator | 1 owner | since the start',
    'DAX entry | A[1] | since step 2',
    'CPU | m[1], read-only | since step 2',
    'DMA | mr[1], pinned read-only | since step 2',
    'DMA | r, RDMA read in flight',
  ]);
  expect(rows(FLIGHT, 4, 1).filter((row) => row.includes('in flight'))).toEqual([]);
});

const dramRows = (text: string, turn: number, dram: number): readonly string[] => {
  const { program, after } = play(text);
  return claimsOn(program, after(turn), pageOfDram(dram)).map(({ side, who, disagrees, since }) =>
    [side, who, disagrees, since].filter((part) => part !== '').join(' | '),
  );
};

test.each<[what: string, text: string, turn: number, dram: number, expected: readonly string[]]>([
  [
    'anonymous memory, pinned',
    FORK,
    5,
    0,
    ['File | nobody: anonymous', 'CPU | app: buf[0], writable | since step 2', 'DMA | mr[0], pinned for write | since step 4'],
  ],
  [
    'shared by a fork, read-only on both sides',
    FORK,
    5,
    1,
    ['File | nobody: anonymous', 'CPU | app: buf[1], read-only | since step 3', 'CPU | child: buf[1], read-only | since step 5', 'DMA | nobody'],
  ],
  ['of a memfd', MEMFD, 3, 0, ['File | memfd f[0]', 'CPU | f[0], writable | since step 2', 'DMA | mr[0], pinned read-only | since step 3']],
  [
    'of a memfd that is gone',
    MEMFD,
    4,
    0,
    ['File | nobody: orphaned', 'CPU | nobody | zapped by this step', 'DMA | mr[0], pinned read-only | takes it for a file that is gone | since step 3'],
  ],
  ['of the page cache', CACHED, 2, 0, ['File | A[0], page cache', 'CPU | m[0], read-only | since step 2', 'DMA | mr[0], pinned read-only | since step 2']],
])('a page of DRAM, %s', (_, text, turn, dram, expected) => {
  expect(dramRows(text, turn, dram)).toEqual(expected);
}); // prettier-ignore

const COMMIT =
  'device 4\noption unprotected\nfs xfs log=async\nfile A abcd\napp m = mmap A\napp mr = reg_mr m 0 1 remote_read\nadmin ftruncate A 0\nadmin create C\nadmin pwrite C 0 N';

test('the allocator: freed by one step, free since the log committed, given to another while pinned', () => {
  const allocator = (turn: number, block: number) =>
    rows(COMMIT, turn, block).filter((row) => row.startsWith('Allocator'));
  expect(allocator(3, 0)).toEqual([
    'Allocator | busy until the log commits, freed by step 3 (ftruncate A 0) | yet mr[0] still has it',
  ]);
  expect(allocator(5, 1)).toEqual(['Allocator | free, freed by step 3 (ftruncate A 0) | since step 5']);
  expect(allocator(5, 0)).toEqual(['Allocator | 1 owner, allocated by step 5 (pwrite C 0 N)']);
});

test('words lead to their step and to their objects, and say the same', () => {
  const { program, after } = play(REUSE);
  const [, allocator, , mr] = claimsOn(program, after(4), pageOfBlock(0));
  expect(linked(allocator?.who ?? '', allocator?.links ?? [])).toContainEqual({ text: 'step 4', step: 3 });
  expect(linked(allocator?.disagrees ?? '', allocator?.links ?? [])).toContainEqual({
    text: 'd',
    ref: { type: 'dma', dma: 0 },
  });
  expect(linked(mr?.who ?? '', mr?.links ?? [])[0]).toEqual({ text: 'mr[0]', ref: { type: 'mtt', mr: 0, slot: 0 } });
  expect(linked(mr?.disagrees ?? '', mr?.links ?? [])).toContainEqual({
    text: 'A[0]',
    ref: { type: 'extent', inode: 0, index: 0 },
  });
  expect(mr?.step).toBe(1);
});

test('a pin that reg_mr has taken and not translated yet is of that step', () => {
  const { program, outline, at } = play(FLIGHT);
  const turn = outline.turns[1];
  const seen: string[] = [];
  for (let position = (turn?.from ?? 0) + 1; position < (turn?.to ?? 0); position++) {
    const moment = at(position);
    const row = claimsOn(program, moment, pageOfBlock(0)).find(({ who }) => who.startsWith('mr[0]'));
    if (row === undefined || moment.state.mrs[0]?.state !== 'pinning') continue;
    seen.push(row.since);
    expect(moment.since[claimKey({ type: 'mtt', mr: 0, slot: 0 })]).toBeUndefined();
  }
  expect(seen).toContain('since step 2');
  expect(new Set(seen).size).toBe(1);
});

test('every claim on a block is listed, and only those', () => {
  fc.assert(
    fc.property(randomScenario(25), (text) => {
      const { program, outline, at } = play(text);
      const moment = at(outline.length);
      const { state } = moment;
      const wanted: string[] = [];
      const found: string[] = [];
      const add = (block: number, key: string): void => void wanted.push(`${block} ${key}`);
      state.inodes.forEach((inode, id) => {
        runsEach(inode.map, 0, 1000, (index, len, value, step) => {
          for (let i = 0; i < len; i++)
            add(extentBlock(value + i * step), claimKey({ type: 'extent', inode: id, index: index + i }));
        });
      });
      state.maps.forEach((mapping, map) => {
        runsEach(mapping.ptes, 0, 1000, (vpage, len, value, step) => {
          for (let i = 0; i < len; i++)
            add(ptePage(value + i * step), claimKey({ type: 'pte', map, vpage: vpage + i }));
        });
      });
      state.inodes.forEach((inode, id) => {
        runsEach(inode.entries, 0, 1000, (index, len, value, step) => {
          for (let i = 0; i < len; i++)
            add(value + i * step, `DAX ${claimKey({ type: 'extent', inode: id, index: index + i })}`);
        });
      });
      for (let block = 0; block < program.blocks; block++) {
        for (const { ref, side } of claimsOn(program, moment, pageOfBlock(block))) {
          if (ref !== undefined && side !== 'DMA')
            found.push(`${block} ${side === 'DAX entry' ? 'DAX ' : ''}${claimKey(ref)}`);
        }
      }
      expect(found.sort()).toEqual(wanted.filter((key) => Number(key.split(' ')[0]) < program.blocks).sort());
    }),
    { seed: 3, numRuns: 30 },
  );
}, 60_000);

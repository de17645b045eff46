// Private mappings, anonymous memory and memfd: what follows the file, what was copied, and how long a copy lives.
import { describe, expect, test } from 'vitest';
import { runsEach } from '../../src/base/runs.ts';
import { isDram, pteDirty, ptePage, pteWritable } from '../../src/sim/model/ids.ts';
import type { State } from '../../src/sim/model/state.ts';
import { type Case, outcome, play } from '../support/play.ts';

const FILE = 'file A abcd; file B = reflink A 0 2; p v = mmap A private; p m = mmap A; q n = mmap A';
const done = (lines: string, head = FILE): string => outcome(head, lines).replace(/^(ok ){3}/, '');

/** The PTEs of a mapping, page by page: A anonymous, Z zero page, B block; small if read-only, `!` dirty, `-` none. */
function ptes(state: State, map: number): string {
  const found: string[] = [];
  const record = state.maps[map];
  runsEach(record?.ptes ?? [], 0, record?.len ?? 0, (at, len, value, step) => {
    for (let i = 0; i < len; i++) {
      const page = ptePage(value + i * step);
      const kind = isDram(page) ? 'a' : page >= 1 << 27 ? 'z' : 'b';
      found[at + i] = (pteWritable(value) ? kind.toUpperCase() : kind) + (pteDirty(value) ? '!' : '');
    }
  });
  return Array.from({ length: record?.len ?? 0 }, (_, i) => found[i] ?? '-').join(' ');
}

const livePages = (state: State): number => state.dram.filter(({ live }) => live).length;

describe('a private mapping of a DAX file', () => {
  test.each<Case>([
    ['reads the file', 'p load v 1; q store n 1 X; p load v 1', 'b ok X'],
    ['keeps what it wrote', 'p store v 1 P; p load v 1; p load m 1; p pread A 1', 'ok P b b'],
    ['follows the file where it wrote nothing', 'p store v 1 P; q pwrite A 1 X; q pwrite A 2 Y; p load v 1; p load v 2', 'ok ok ok P Y'], // prettier-ignore
    ['copies what another process wrote by then', 'q store n 1 X; p load v 1; q store n 1 Y; p store v 2 P; p load v 1', 'ok X ok ok Y'], // prettier-ignore
    [
      'reads a hole as zeroes',
      'p fallocate A punch 1 1; p load v 1; p store v 1 P; p load v 1; p load m 1',
      'ok . ok P .',
    ],
    ['is SIGBUS past the end', 'p ftruncate A 2; p load v 2; p store v 3 P', 'ok SIGBUS SIGBUS'],
    ['a punch leaves its copies', 'p store v 1 P; p fallocate A punch 0 4; p load v 1; p load v 0', 'ok ok P .'],
    ['a shrink takes those past the end', 'p store v 1 P; p store v 3 Q; p ftruncate A 2; p load v 1; p load v 3; p ftruncate A 4; p load v 3', 'ok ok ok P SIGBUS ok .'], // prettier-ignore
    ['a store to a shared block breaks no COW', 'p store v 0 P; always shared A 0 B 0 and free = 12', 'ok'],
    ['a read-only one cannot be stored to', 'p r = mmap A ro private; p store r 0 P; p load r 0', 'ok EFAULT a'],
    ['a store that finds the device full still has DRAM', 'q fallocate A alloc 4 12; p store v 0 P; p load v 0', 'ok ok P'], // prettier-ignore
  ])('%s', (_, lines, results) => expect(done(lines)).toBe(results));

  test('a store changes no PTE but its own, and makes no DAX entry', () => {
    const { final } = play(`${FILE}; p load m 2; q load n 2; p load v 2; p store v 2 P; p store v 3 Q`);
    expect([0, 1, 2].map((map) => ptes(final, map))).toEqual(['- - A A', '- - b -', '- - b -']);
    const entries: number[] = [];
    runsEach(final.inodes[0]?.entries ?? [], 0, 9, (at, len) => void entries.push(at, len));
    expect(entries).toEqual([2, 1]);
  });

  test('a layout operation waits for a page of the file that was pinned through it, and not for a copy', () => {
    const head = 'file A abcd; p v = mmap A private';
    expect(outcome(head, 'p w = vmsplice v 1; q ftruncate A 0; p pipe_read w')).toBe('ok ok blocks,ok b'); // prettier-ignore
    expect(outcome(head, 'p store v 1 P; p w = vmsplice v 1; q ftruncate A 0; p peek w; p load v 1')).toBe('ok ok ok ok P SIGBUS'); // prettier-ignore
  });
});

describe('a copied page', () => {
  const ANON = 'p m = mmap anon 2';
  test.each<Case>([
    ['anonymous memory reads zeroes until it is written', 'p load m 0; p store m 0 a; p load m 0', '. ok a'],
    ['dontneed drops it', 'p store m 0 a; p madvise m dontneed 0 1; p load m 0', 'ok ok .'],
    ['an MR keeps it, and goes on apart', 'p store m 0 a; p mr = reg_mr m 0 1 local_write remote_read remote_write; p madvise m dontneed 0 1; p load m 0; p store m 0 b; peer rdma_read mr 0; peer rdma_write mr 0 W; p load m 0; p munmap m; peer rdma_read mr 0; p dereg_mr mr', 'ok ok ok . ok a ok b ok W ok'], // prettier-ignore
    ['remove is for files', 'p madvise m remove 0 1', 'EINVAL'],
    ['msync has nothing to do', 'p store m 0 a; p msync m', 'ok ok'],
  ])('%s', (_, lines, results) => expect(outcome(ANON, lines)).toBe(`ok ${results}`));

  test.each<readonly [string, string, number]>([
    ['lives while it is mapped', 'p store m 0 a', 1],
    ['is one a page', 'p store m 0 a; p store m 0 b; p store m 1 c', 2],
    ['goes with its mapping', 'p store m 0 a; p munmap m', 0],
    ['goes with its process', 'p store m 0 a; p exit', 0],
    ['stays with its pin', 'p store m 0 a; p w = vmsplice m 0; p munmap m', 1],
    ['goes with its last pin', 'p store m 0 a; p w = vmsplice m 0; p munmap m; p pipe_read w', 0],
    ['goes with dontneed', 'p store m 0 a; p madvise m dontneed 0 2', 0],
    ['was never needed to read zeroes', 'p load m 0', 0],
  ])('%s', (_, lines, pages) => expect(livePages(play(`${ANON}; ${lines}`).final)).toBe(pages));
});

describe('memfd', () => {
  const MEMFD = 'file A ab; p m = mmap memfd 4; p store m 0 a; p store m 1 b';
  test.each<Case>([
    ['is zeroes first', 'p load m 2; p load m 0', '. a'],
    ['takes a longterm write pin', 'p mr = reg_mr m 0 2 local_write remote_write remote_read; peer rdma_write mr 0 W; p load m 0', 'ok ok W'], // prettier-ignore
    ['loses a page by remove, which its MR keeps', 'p mr = reg_mr m 0 2 local_write remote_write remote_read; p madvise m remove 0 1; p load m 0; peer rdma_write mr 0 V; p load m 0; peer rdma_read mr 0', 'ok ok . ok . V'], // prettier-ignore
    ['dontneed loses nothing', 'p madvise m dontneed 0 4; p load m 0', 'ok a'],
    ['nobody waits, and sync leaves it alone', 'p mr = reg_mr m remote_read; p sync; p munmap m; peer rdma_read mr 1; always free = 14', 'ok ok ok b'], // prettier-ignore
    ['a child sees the same memory', 'p fork k; k store m 0 X; p load m 0; p munmap m; k load m 1', 'ok ok X ok b'],
  ])('%s', (_, lines, results) => expect(outcome(MEMFD, lines)).toBe(`ok ok ok ${results}`));

  test('goes with its last mapping', () => {
    const { final } = play(`${MEMFD}; p munmap m`);
    expect(livePages(final)).toBe(0);
    expect(final.inodes.filter(({ live }) => live)).toHaveLength(1);
  });
});

describe('madvise and msync of a shared mapping', () => {
  test.each<Case>([
    ['dontneed zaps this mapping only', 'p store m 0 X; q load n 0; p madvise m dontneed 0 4; p load m 0; q load n 0', 'ok X ok X X'], // prettier-ignore
    ['remove punches the file', 'p madvise m remove 1 2; p pread A 1; q load n 2', 'ok . .'],
    [
      'remove waits for a pin as any punch',
      'p w = vmsplice m 1; q madvise n remove 1 1; p pipe_read w',
      'ok blocks,ok b',
    ],
    ['remove is refused on a private mapping', 'p madvise v remove 0 1', 'EACCES'],
    ['and on a read-only one', 'p r = mmap A ro; p madvise r remove 0 1; p madvise r dontneed 0 1', 'ok EACCES ok'],
    ['nothing is mapped any more', 'p munmap m; p madvise m dontneed 0 1; p msync m', 'ok ENOMEM ENOMEM'],
  ])('%s', (_, lines, results) => expect(done(lines)).toBe(results));

  test('remove is a punch, so fs.punch=off refuses it', () =>
    expect(outcome('option mainline fs.punch=off; file A ab; p m = mmap A', 'p madvise m remove 0 1')).toBe('ok EOPNOTSUPP')); // prettier-ignore

  test('dontneed takes the PTEs of one mapping', () => {
    const { final } = play(`${FILE}; p load m 0; p load m 1; q load n 0; p madvise m dontneed 0 1`);
    expect([ptes(final, 1), ptes(final, 2)]).toEqual(['- b - -', 'b - - -']);
  });

  test('msync cleans what it maps, in every process, and commits the log', () => {
    const head = 'fs xfs log=async; file A abcd; file X x; p m = mmap A 0 2; q n = mmap A';
    const { final } = play(`${head}; p store m 1 X; q store n 1 Y; q store n 3 Z; q unlink X; p msync m`);
    expect([ptes(final, 0), ptes(final, 1)]).toEqual(['- b', '- b - B!']);
    expect(final.device.busy).toBe(0);
  });
});

describe('a private mapping of the page cache', () => {
  const CACHED = 'fs xfs dax=never; file A abcd; p v = mmap A private; p m = mmap A';
  test.each<Case>([
    ['reads the cache', 'p store m 0 X; p load v 0; p store v 0 P; p load m 0; p load v 0', 'ok X ok X P'],
    ['a READ MR copies first', 'p load v 0; p mr = reg_mr v 0 2 remote_read; p pwrite A 0 F; p load v 0; peer rdma_read mr 0; p store v 0 P; peer rdma_read mr 0; p pread A 0; p ftruncate A 0; p load v 0; peer rdma_read mr 0', 'a ok ok a a ok P F ok SIGBUS P'], // prettier-ignore
    ['a punch leaves a copy that an MR has', 'p store v 0 P; p mr = reg_mr v 0 1 local_write remote_write remote_read; peer rdma_write mr 0 W; p fallocate A punch 0 1; p load v 0; peer rdma_read mr 0', 'ok ok ok ok W W'], // prettier-ignore
  ])('%s', (_, lines, results) => expect(outcome(CACHED, lines)).toBe(`ok ok ${results}`));
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseFiemap, parseXfsBmap } from '../../src/import/blockRanges.ts';
import { MAX_ROWS } from '../../src/import/bounds.ts';
import type { FileExtents } from '../../src/import/extents.ts';
import { parseFilefrag } from '../../src/import/filefrag.ts';
import { parseMaps, parseSmaps } from '../../src/import/maps.ts';
import { parsePagemap, parsePagemapBytes } from '../../src/import/pagemap.ts';
import type { Parsed } from '../../src/import/problem.ts';
import { parseMr, parseMrJson } from '../../src/import/rdmaMr.ts';
import { recognise } from '../../src/import/recognise.ts';
import { parseVmstat } from '../../src/import/vmstat.ts';
import { PAGEMAP, sample, sampleBytes } from './samples.ts';

const valueOf = <T>(parsed: Parsed<T>): T => {
  if (!parsed.ok) throw new Error(`line ${parsed.error.line}: ${parsed.error.text}`);
  return parsed.value;
};
const piecesOf = (name: string): string[] => recognise(sample(name)).map(({ text }) => text);
const brief = ({ path, extents }: FileExtents): string =>
  `${path.replace(/^.*\//, '')}: ${extents.map(({ at, len, physical, state, shared }) => `${at / 4096}+${len / 4096}${physical === undefined ? '' : `@${physical / 4096}`} ${state}${shared ? ' shared' : ''}`).join(', ')}`; // prettier-ignore

const F1 = 'f1: 0+2@24 written shared, 2+1@26 written, 3+5@27 written shared';
const F2 = 'f2: 0+2@24 written shared, 2+1@34 written, 3+5@27 written shared';

describe('the same files, told by three tools of several versions', () => {
  test.each(['filefrag-1.47.0-xfs.txt', 'filefrag-1.47.2-xfs.txt'])('%s', (name) => {
    const files = piecesOf(name).map((text) => valueOf(parseFilefrag(text)));
    expect(files.map(brief)).toEqual([
      F1,
      F2,
      'sparse: 0+4@64 written, 4+4@10 unwritten, 16+2@68 written, 18+14@70 unwritten',
      'keep: 0+3@48 written, 3+8@40 unwritten',
      'empty: ',
    ]);
    expect(files.map(({ size }) => size)).toEqual([32768, 32768, 73728, 10000, 0]);
    expect(files[0]?.fs).toBe('58465342');
  });

  test.each([
    ['xfs_bmap-6.1.0.txt', parseXfsBmap],
    ['xfs_bmap-6.13.0.txt', parseXfsBmap],
    ['fiemap-6.1.0.txt', parseFiemap],
    ['fiemap-6.13.0.txt', parseFiemap],
  ] as const)('%s', (name, parse) => {
    expect(piecesOf(name).map((text) => brief(valueOf(parse(text))))).toEqual([
      F1,
      F2,
      'sparse: 0+4@64 written, 4+4@10 unwritten, 8+8 hole, 16+2@68 written, 18+14@70 unwritten',
      'keep: 0+3@48 written, 3+8@40 unwritten',
      'empty: ',
    ]);
  });

  test('filefrag in blocks of 1 kB, and in hex', () => {
    const small = valueOf(parseFilefrag(sample('filefrag-1.47.0-b1024.txt')));
    expect([small.unit, brief(small)]).toEqual([1024, 'sparse: 0+4@64 written, 4+4@10 unwritten, 16+2@68 written, 18+14@70 unwritten']); // prettier-ignore
    expect(brief(valueOf(parseFilefrag(sample('filefrag-1.47.0-hex.txt'))))).toBe(F2);
  });

  test('filefrag on ext4', () => {
    expect(piecesOf('filefrag-1.47.0-ext4-4k.txt').map((text) => brief(valueOf(parseFilefrag(text))))).toEqual([
      'f1: 0+8@33280 written',
      'sparse: 0+4@3240 written, 4+4@3236 unwritten, 16+2@3252 written',
    ]);
  });
});

describe('flags', () => {
  const row = (flags: string): string =>
    `File size of /f is 4096 (1 block of 4096 bytes)\n   0:        0..       0:          7..         7:      1:             ${flags}\n/f: 1 extent found`; // prettier-ignore
  test.each([
    ['last,unknown_loc,delalloc,eof', 'no known place'],
    ['last,not_aligned,inline,eof', 'not aligned'],
    ['last,encoded,eof', 'encoded'],
  ])('filefrag %s: no block of its own', (flags, why) => {
    expect(valueOf(parseFilefrag(row(flags))).extents[0]).toMatchObject({ state: 'apart', why });
  });

  test.each([
    ['0x7', 'delayed allocation'],
    ['0x301', 'inside the inode'],
    ['0x9', 'encoded'],
  ])('fiemap %s', (flags, why) => {
    const text = `/f:\n EXT: FILE-OFFSET      BLOCK-RANGE      TOTAL FLAGS\n   0: [0..7]:          0..7                 8 ${flags}`; // prettier-ignore
    expect(valueOf(parseFiemap(text)).extents[0]).toMatchObject({ state: 'apart', why });
  });
});

test('maps: rows of files, without the page of the kernel', () => {
  const rows = valueOf(parseMaps(sample('maps-6.18.txt').split('\n').slice(1).join('\n')));
  expect(rows).toHaveLength(17);
  expect(rows.filter(({ path }) => path.startsWith('/mnt'))).toMatchObject([
    {
      start: 0x7f93e5469000,
      end: 0x7f93e5471000,
      writable: true,
      shared: true,
      offset: 0,
      device: '07:00',
      inode: 131,
    },
    { start: 0x7f93e55a4000, writable: false, shared: true, offset: 0x2000, inode: 132, path: '/mnt/pmem/f2' },
  ]);
  const [gone] = valueOf(parseMaps('7f0000000000-7f0000001000 rw-s 00000000 103:02 131  /mnt/a b (deleted)'));
  expect(gone).toMatchObject({ path: '/mnt/a b', deleted: true, device: '103:02' });
});

test('smaps: what is resident, and MAP_SYNC', () => {
  const text = sample('smaps-6.18.txt').split('\n').slice(1).join('\n');
  const rows = valueOf(parseSmaps(text)).filter(({ path }) => path.startsWith('/mnt'));
  expect(rows).toMatchObject([{ rss: 32768, sync: false }, { rss: 4096, sync: false }]); // prettier-ignore
  const [synced] = valueOf(parseSmaps(text.replace('VmFlags: rd wr sh', 'VmFlags: rd wr sf sh'))).filter(({ path }) => path.startsWith('/mnt')); // prettier-ignore
  expect(synced).toMatchObject({ sync: true });
});

test('pagemap: bytes, and what od prints of them', () => {
  const whole = valueOf(parsePagemapBytes(PAGEMAP, sampleBytes(PAGEMAP)));
  expect([whole.pid, whole.start, whole.pages.length]).toEqual(['4409', 0x7f93e5469000, 8]);
  expect(whole.pages.every(({ present, swapped, pfn }) => present && !swapped && pfn > 0)).toBe(true);
  const printed = valueOf(parsePagemap(sample('pagemap-od.txt')));
  expect(printed.pages.map(({ present }) => present)).toEqual([true, false, false, false]);
  expect(printed.pages[0]?.pfn).toBe(0x1edbd3);
});

test('rdma: text, JSON and pretty JSON say the same', () => {
  const text = valueOf(parseMr(piecesOf('rdma-mr.synthetic.txt').join('\n')));
  expect(text).toMatchObject([
    { device: 'mlx5_1', mrn: 2, length: 16384, iova: 0x7f93e5469000, pid: '4409', comm: 'ibv_rc_pingpong' },
    { mrn: 3, pid: '4409' },
    { mrn: 4, comm: '[ib_core]' },
    { device: 'ibp0s9', mrn: 0, pid: '734', comm: 'my server' },
  ]);
  expect(text[2]?.pid).toBeUndefined();
  const [json] = valueOf(parseMrJson(sample('rdma-mr-json.synthetic.txt')));
  expect(json).toEqual(text[0]);
  expect(valueOf(parseMrJson(sample('rdma-mr-jp.synthetic.txt')))).toMatchObject([{ mrn: 2, length: 16384, pid: '4409' }]); // prettier-ignore
});

test('vmstat: acquired less released', () => {
  expect(valueOf(parseVmstat(sample('vmstat-6.18.txt')))).toEqual({ pinned: 0 });
  expect(valueOf(parseVmstat('nr_foll_pin_acquired 1234567\nnr_foll_pin_released 1234055'))).toEqual({ pinned: 512 });
});

describe('what is wrong has its line and a cure', () => {
  const F1_TEXT = piecesOf('filefrag-1.47.0-xfs.txt')[0] ?? '';
  const BMAP = piecesOf('xfs_bmap-6.1.0.txt')[0] ?? '';
  const without = (text: string, line: number): string => text.split('\n').filter((_, i) => i !== line - 1).join('\n'); // prettier-ignore
  test.each<[string, Parsed<unknown>, number, RegExp]>([
    ['a row is lost', parseFilefrag(without(F1_TEXT, 5)), 5, /extent 2 where 1 should be/],
    ['the end is lost', parseFilefrag(F1_TEXT.split('\n').slice(0, 5).join('\n')), 5, /the end of this output is missing/], // prettier-ignore
    ['the header is lost', parseFilefrag(without(F1_TEXT, 2)), 1, /File size of/],
    ['a length is changed', parseFilefrag(F1_TEXT.replace('2:             shared', '3:             shared')), 4, /disagree/], // prettier-ignore
    ['no path', parseXfsBmap(without(BMAP, 1)), 1, /path of the file is missing/],
    ['a bmap length is changed', parseXfsBmap(BMAP.replace('[0..15]', '[0..16]')), 3, /disagree/],
    ['no flags', parseFiemap('/f:\n   0: [0..7]:   8..15    8'), 2, /flags of this extent are missing/],
    ['the realtime device', parseXfsBmap('/f:\n EXT: FILE-OFFSET      RT-BLOCK-RANGE      TOTAL FLAGS'), 2, /realtime/],
    ['too large to be exact', parseFiemap(`/f:\n   0: [0..7]:   ${2 ** 52}..${2 ** 52 + 7}    8 0x0`), 2, /too large/],
    ['two that overlap', parseFiemap('/f:\n   0: [0..7]: 8..15 8 0x0\n   1: [0..7]: 8..15 8 0x1'), 3, /begins before/],
    ['no mapping above', parseSmaps('Rss:  4 kB'), 1, /no mapping above/],
    ['a range backwards', parseMaps('2000-1000 rw-s 00000000 00:00 0'), 1, /no range/],
    ['half a page', parsePagemapBytes('pagemap-1-1000', new Uint8Array(9)), 1, /9 bytes/],
    ['no name', parsePagemapBytes('pm', new Uint8Array(8)), 1, /name does not say/],
    ['no MR', parseMr('dev mlx5_0 mrn 2 pid 3 comm x'), 1, /no mrn and mrlen/],
    ['stray quote', parseMrJson('[{"mrn":2",}]'), 1, /no JSON/],
    ['no counters', parseVmstat('nr_free_pages 3'), 1, /nr_foll_pin_acquired/],
    ['too many', parseMaps(Array.from({ length: MAX_ROWS + 1 }, (_, i) => `${(i + 1).toString(16)}000-${(i + 2).toString(16)}000 rw-p 0 00:00 0`).join('\n')), MAX_ROWS + 1, /more than/], // prettier-ignore
  ])('%s', (_, parsed, line, text) => {
    expect(parsed.ok).toBe(false);
    if (parsed.ok) return;
    expect(parsed.error.text).toMatch(text);
    expect(parsed.error.line).toBe(line);
    expect(parsed.error.cure.length).toBeGreaterThan(10);
  });
});

/** Any list of extents, in blocks of 4 KiB. */
interface Cell {
  readonly gap: number;
  readonly len: number;
  readonly physical: number;
  readonly unwritten: boolean;
  readonly shared: boolean;
}
const cells = fc.array(
  fc.record({
    gap: fc.integer({ min: 0, max: 5 }),
    len: fc.integer({ min: 1, max: 5000 }),
    physical: fc.integer({ min: 1, max: 2 ** 36 }),
    unwritten: fc.boolean(),
    shared: fc.boolean(),
  }),
  { maxLength: 12 },
);
const place = (list: readonly Cell[]) => {
  let at = 0;
  return list.map((cell) => {
    at += cell.gap;
    const placed = { ...cell, at };
    at += cell.len;
    return placed;
  });
};
const expected = (list: readonly Cell[]) =>
  place(list).map(({ at, len, physical, unwritten, shared }) => ({
    at: at * 4096,
    len: len * 4096,
    physical: physical * 4096,
    state: unwritten ? 'unwritten' : 'written',
    shared,
  }));
const told = ({ extents }: FileExtents) =>
  extents.filter(({ state }) => state !== 'hole').map(({ line: _line, ...extent }) => extent);

describe('what is printed is what is read, seed 20261201', () => {
  const options = { seed: 20261201, numRuns: 150 };
  test('filefrag', () => {
    fc.assert(
      fc.property(cells, (list) => {
        const rows = place(list).map(({ at, len, physical, unwritten, shared }, i) => {
          const flags = [...(i === list.length - 1 ? ['last'] : []), ...(unwritten ? ['unwritten'] : []), ...(shared ? ['shared'] : [])]; // prettier-ignore
          return `${String(i).padStart(4)}: ${String(at).padStart(8)}..${String(at + len - 1).padStart(8)}: ${String(physical).padStart(10)}..${String(physical + len - 1).padStart(10)}: ${String(len).padStart(6)}: ${i % 2 === 0 ? '           ' : '        12:'} ${flags.join(',')}`; // prettier-ignore
        });
        const text = ['Filesystem type is: 58465342', 'File size of /a b is 1 (1 block of 4096 bytes)', ' ext:     logical_offset:        physical_offset: length:   expected: flags:', ...rows, `/a b: ${list.length} extents found`].join('\n'); // prettier-ignore
        expect(told(valueOf(parseFilefrag(text)))).toEqual(expected(list));
      }),
      options,
    );
  });

  const ranges = (list: readonly Cell[], row: (cell: Cell) => string): string[] => {
    const rows: string[] = [];
    let end = 0;
    for (const cell of place(list)) {
      if (cell.at > end) rows.push(`${rows.length}: [${end * 8}..${cell.at * 8 - 1}]:   hole     ${(cell.at - end) * 8}`); // prettier-ignore
      end = cell.at + cell.len;
      rows.push(`${rows.length}: [${cell.at * 8}..${end * 8 - 1}]:  ${cell.physical * 8}..${(cell.physical + cell.len) * 8 - 1}  ${row(cell)}`); // prettier-ignore
    }
    return rows.map((text) => `   ${text}`);
  };

  test('xfs_bmap', () => {
    fc.assert(
      fc.property(cells, (list) => {
        const rows = ranges(list, ({ len, unwritten, shared }) => `0 (1..2)  ${len * 8} ${shared ? 1 : 0}${unwritten ? 1 : 0}0000`); // prettier-ignore
        const text = ['/f:', ' EXT: FILE-OFFSET      BLOCK-RANGE      AG AG-OFFSET        TOTAL FLAGS', ...rows].join('\n'); // prettier-ignore
        expect(told(valueOf(parseXfsBmap(text)))).toEqual(expected(list));
      }),
      options,
    );
  });

  test('fiemap', () => {
    fc.assert(
      fc.property(cells, (list) => {
        const rows = ranges(list, ({ len, unwritten, shared }) => `${len * 8} 0x${((unwritten ? 0x800 : 0) | (shared ? 0x2000 : 0)).toString(16)}`); // prettier-ignore
        const text = ['/f:', ' EXT: FILE-OFFSET      BLOCK-RANGE      TOTAL FLAGS', ...rows].join('\n');
        expect(told(valueOf(parseFiemap(text)))).toEqual(expected(list));
      }),
      options,
    );
  });

  test('maps', () => {
    const row = fc.record({
      start: fc.integer({ min: 1, max: 2 ** 34 }),
      pages: fc.integer({ min: 1, max: 1 << 20 }),
      offset: fc.integer({ min: 0, max: 1 << 30 }),
      writable: fc.boolean(),
      shared: fc.boolean(),
      inode: fc.integer({ min: 1, max: 2 ** 40 }),
    });
    fc.assert(
      fc.property(fc.array(row, { maxLength: 20 }), (list) => {
        const hex = (n: number): string => (n * 4096).toString(16).padStart(8, '0');
        const text = list.map(({ start, pages, offset, writable, shared, inode }) => `${hex(start)}-${hex(start + pages)} r${writable ? 'w' : '-'}-${shared ? 's' : 'p'} ${hex(offset)} 103:02 ${inode}    /mnt/f ${inode}`).join('\n'); // prettier-ignore
        expect(valueOf(parseMaps(text))).toMatchObject(
          list.map(({ start, pages, offset, writable, shared, inode }) => ({ start: start * 4096, end: (start + pages) * 4096, offset: offset * 4096, writable, shared, inode, path: `/mnt/f ${inode}` })),
        ); // prettier-ignore
      }),
      options,
    );
  });

  test('pagemap: bytes and words are the same pages', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 160 }), (bytes) => {
        const whole = bytes.slice(0, bytes.length - (bytes.length % 8));
        const view = new DataView(whole.buffer);
        const words = Array.from({ length: whole.length / 8 }, (_, i) => view.getBigUint64(i * 8, true).toString(16).padStart(16, '0')); // prettier-ignore
        const text = `# pagemap 7 1000\n${words.join('\n')}`;
        const pages = valueOf(parsePagemap(text));
        expect(valueOf(parsePagemapBytes('pagemap-7-1000', whole))).toEqual(pages);
        expect(pages.pages.map(({ pfn }) => BigInt(pfn))).toEqual(
          Array.from({ length: whole.length / 8 }, (_, i) => BigInt(Number(view.getBigUint64(i * 8, true) & ((1n << 53n) - 1n)))), // prettier-ignore
        );
      }),
      options,
    );
  });
});

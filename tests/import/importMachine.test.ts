import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MAX_BLOCKS, MAX_BYTES, MAX_PIECES, MAX_SOURCES } from '../../src/import/bounds.ts';
import { importMachine } from '../../src/import/importMachine.ts';
import { recognise, looksLikeOutput } from '../../src/import/recognise.ts';
import { loadScenario } from '../../src/scenario/load.ts';
import { makeReport } from '../../src/io/runReport.ts';
import { runToEnd } from '../../src/sim/run.ts';
import { PAGEMAP, sample, sampleBytes, TEXTS } from './samples.ts';

const shown = { hidden: false };
const importTexts = (...texts: readonly string[]) => importMachine(texts.map((content) => ({ name: '', content })), shown); // prettier-ignore

function finalOf(text: string | undefined) {
  const loaded = loadScenario(text ?? '');
  if (!loaded.ok) throw new Error(loaded.error[0]?.message);
  const { outline, final } = runToEnd(loaded.value.program);
  const report = makeReport(loaded.value.program, outline, final);
  return { ...report.final, results: report.steps.map(({ result }) => result) };
}

/** `filefrag -v` of a file of 4 KiB blocks: logical, physical, length, flags. */
function frag(path: string, size: number, rows: readonly (readonly [number, number, number, string?])[]): string {
  const lines = rows.map(([at, from, len, flags = ''], i) => `${i}: ${at}.. ${at + len - 1}: ${from}.. ${from + len - 1}: ${len}: ${flags}`); // prettier-ignore
  return ['Filesystem type is: 58465342', `File size of ${path} is ${size * 4096} (${size} blocks of 4096 bytes)`, ' ext:     logical_offset:        physical_offset: length:   expected: flags:', ...lines, `${path}: ${rows.length} extents found`, ''].join('\n'); // prettier-ignore
}

describe('recognising', () => {
  test('every sample is its kind, whatever stands around it', () => {
    const all = TEXTS.map((name) => `root@host:~# cat ${name}\n${sample(name)}`).join('\n');
    const expected = TEXTS.flatMap((name) => recognise(sample(name)).map(({ kind }) => kind));
    expect(recognise(all).map(({ kind }) => kind)).toEqual(expected);
    expect(expected).not.toContain('other');
    const crlf = all.replaceAll('\n', '\r\n').replace(/^(?=.)/gm, '  ');
    expect(recognise(crlf).map(({ kind }) => kind)).toEqual(expected);
  });

  test.each(TEXTS)('%s is worth a dialog', (name) => expect(looksLikeOutput(sample(name))).toBe(true));

  test.each([
    'title "x"\nfile A abcd\napp m = mmap A\n',
    'Dear list,\n\nplease look at /proc/42/maps.\n',
    '{"a": [1, 2]}',
    '',
  ])('%j is not', (text) => expect(looksLikeOutput(text)).toBe(false));

  test('pids come from headings and prompts', () => {
    const maps = '7f0000000000-7f0000001000 rw-s 00000000 103:02 131  /f';
    const pieces = recognise(`$ cat /proc/42/maps\n${maps}\n==> /proc/43/maps <==\n${maps}\n+ cat /proc/44/maps\n${maps}`); // prettier-ignore
    expect(pieces.map(({ pid }) => pid)).toEqual(['42', '43', '44']);
  });
});

describe('a whole machine', () => {
  const sources = [
    ...['filefrag-1.47.0-xfs.txt', 'maps-6.18.txt', 'smaps-6.18.txt', 'pagemap-od.txt', 'rdma-mr.synthetic.txt', 'vmstat-6.18.txt'].map((name) => ({ name, content: sample(name) })), // prettier-ignore
    { name: PAGEMAP, content: sampleBytes(PAGEMAP) },
  ];

  test('blocks keep their order and their owners; mappings, pages and MRs are there', () => {
    const report = importMachine(sources, shown);
    const { files, mrs, results } = finalOf(report.text);
    expect(results.filter((result) => result !== 'ok').join('')).toBe('abcdefghi');
    expect(files['f1']?.blocks).toEqual([4, 5, 6, 7, 8, 9, 10, 11]);
    expect(files['f2']?.blocks).toEqual([4, 5, 12, 7, 8, 9, 10, 11]);
    expect(files['f2']?.refcounts).toEqual([2, 2, 1, 2, 2, 2, 2, 2]);
    const hole = Array.from({ length: 8 }, () => null);
    expect(files['sparse']?.blocks).toEqual([16, 17, 18, 19, 0, 1, 2, 3, ...hole, 20, 21]);
    expect(files['keep']?.blocks).toEqual([13, 14, 15]);
    expect(files['empty']?.size).toBe(0);
    expect(Object.keys(mrs)).toEqual(['mr1', 'mr2']);
    expect(report.text).toContain('p4409 m2 = mmap f2 2 4 ro\n');
    expect(report.text).toContain('p4409 mr1 = reg_mr m1 0 4 local_write remote_read remote_write on_demand\n');
    expect(report.table[1]).toEqual({ block: 4, count: 2, physical: 24, files: ['f1', 'f2'] });
    expect(report.misfits).toContain("1 MR of the kernel's own, without a pid: left out.");
    expect(report.misfits.some((text) => text.startsWith('/mnt/pmem/keep: 8 blocks past its end'))).toBe(true);
  });

  test('the order in which it is given means nothing to the blocks', () => {
    const { files } = finalOf(importMachine([...sources].reverse(), shown).text);
    expect(files['f2']?.blocks).toEqual([4, 5, 12, 7, 8, 9, 10, 11]);
  });

  test('hidden: no path, pid, name or device is anywhere in the report', () => {
    const report = importMachine([...sources, { name: 'secret.txt', content: 'garbage /mnt/pmem/f1\n' }], { hidden: true }); // prettier-ignore
    const text = JSON.stringify(report);
    for (const secret of ['pmem', 'mnt', 'f1"', 'sparse', '4409', '734', 'mlx5', 'pingpong', 'python', 'secret', 'garbage'])
      expect(text).not.toContain(secret); // prettier-ignore
    expect(finalOf(report.text).files['file2']?.blocks).toEqual([4, 5, 12, 7, 8, 9, 10, 11]);
  });
});

describe('joining', () => {
  test('three tools on one file are one file, and agree', () => {
    const report = importTexts(sample('filefrag-1.47.0-xfs.txt'), sample('xfs_bmap-6.1.0.txt'), sample('fiemap-6.1.0.txt')); // prettier-ignore
    expect(Object.keys(finalOf(report.text).files)).toHaveLength(5);
    expect(report.misfits.filter((text) => text.includes('disagree'))).toEqual([]);
  });

  test('two outputs of different moments are told', () => {
    const { misfits } = importTexts(frag('/f', 2, [[0, 10, 2]]), frag('/f', 2, [[0, 20, 2]]));
    expect(misfits).toEqual([expect.stringContaining('/f: two outputs disagree')]);
  });

  test('a relative path is the absolute one', () => {
    const maps = '==> /proc/9/maps <==\n7f0000000000-7f0000002000 rw-s 00000000 103:02 131  /mnt/f\n';
    expect(importTexts(frag('./f', 2, [[0, 10, 2]]), maps).text).toContain('p9 m1 = mmap f\n');
  });

  test('maps without a pid are those of the pid that the MR names', () => {
    const maps = '7f0000000000-7f0000002000 rw-s 00000000 103:02 131  /mnt/f\n';
    const mr = 'dev mlx5_0 mrn 1 mrlen 8192 pdn 5 pid 77 comm x\n';
    const { text, assumed } = importTexts(frag('/mnt/f', 2, [[0, 10, 2]]), maps, mr);
    expect(text).toContain('p77 mr1 = reg_mr m1 local_write remote_read remote_write on_demand');
    expect(assumed.join()).toMatch(/came without a pid/);
  });

  test('a shared mapping of a file without extents: written blocks, and told', () => {
    const maps = '==> /proc/9/maps <==\n7f0000000000-7f0000002000 rw-s 00001000 103:02 131  /mnt/f\n';
    const { text, assumed } = importTexts(maps);
    expect(text).toContain('file f abc\n');
    expect(text).toContain('p9 m1 = mmap f 1 2\n');
    expect(assumed[0]).toMatch(/no output says where its blocks are/);
  });
});

describe('what does not fit is told', () => {
  test('the same blocks in two files, and nobody says shared', () => {
    const { text, misfits } = importTexts(frag('/a', 2, [[0, 10, 2]]), frag('/b', 2, [[0, 11, 2]]));
    expect(text).not.toContain('file b');
    expect(misfits).toEqual([expect.stringContaining('/b: it names blocks that /a has too')]);
  });

  test('shared with a file that is not here: a store must still copy', () => {
    const { text, assumed } = importTexts(frag('/a', 3, [[0, 10, 1], [1, 11, 2, 'shared']])); // prettier-ignore
    expect(finalOf(text).files['a']?.refcounts).toEqual([1, 2, 2]);
    expect(assumed[0]).toMatch(/the file elsewhere stands for them/);
  });

  test('not on 4 KiB', () => {
    const { text, misfits } = importTexts(sample('filefrag-1.47.0-ext4.txt'));
    expect(text).toBeUndefined();
    expect(misfits[0]).toMatch(/is not on blocks of 4 KiB: the file is left out/);
  });

  test('too large: one block stands for more where every end allows it, else the largest is left out', () => {
    const huge = 512 * 1024;
    const aligned = importTexts(frag('/a', huge, [[0, 0, huge / 2], [huge / 2, huge, huge / 2]])); // prettier-ignore
    expect(finalOf(aligned.text).files['a']?.size).toBe(2);
    expect(aligned.assumed[0]).toMatch(/One block here stands for 1048576 KiB/);
    const odd = importTexts(frag('/a', huge + 1, [[0, 7, huge + 1]]), frag('/b', 2, [[0, 3, 2]]));
    expect(odd.misfits[0]).toContain(`may have ${MAX_BLOCKS} together`);
    expect(Object.keys(finalOf(odd.text).files)).toEqual(['b']);
  });

  test('an output of many rows is read in time that grows with it, not with its square', () => {
    const rows = Array.from({ length: 20_000 }, (_, i) => [2 * i, 3 * i, 1] as const);
    // Within the time that a test has: row against row it took more than a minute.
    const { pieces } = importTexts(frag('/a', 40_000, rows));
    expect(pieces.map(({ said }) => said)).toEqual(['/a: 20000 extents']);
  });

  test('bounds of sources, bytes and pieces', () => {
    const many = importMachine(
      Array.from({ length: MAX_SOURCES + 1 }, () => ({ name: 'x', content: '' })),
      shown,
    );
    expect(many.pieces.at(-1)?.problem?.text).toBe(`more than ${MAX_SOURCES} files`);
    expect(importTexts(' '.repeat(MAX_BYTES + 1)).pieces[0]?.problem?.text).toMatch(/longer than 4 MB/);
    const pieces = importTexts('x: no extents\n'.repeat(MAX_PIECES + 5)).pieces;
    expect(pieces).toHaveLength(MAX_PIECES + 1);
  });
});

describe('any list of extents', () => {
  /** A file: which block of a small device each of its blocks is; or none, or unwritten. */
  const file = fc.array(fc.record({ hole: fc.boolean(), block: fc.integer({ min: 0, max: 11 }), unwritten: fc.boolean() }), { maxLength: 8 }); // prettier-ignore
  test('keeps which block is which, and its owners, seed 20261201', () => {
    fc.assert(
      fc.property(fc.array(file, { minLength: 1, maxLength: 4 }), (files) => {
        const users = new Map<number, number>();
        for (const cells of files) for (const { hole, block } of cells) if (!hole) users.set(block, (users.get(block) ?? 0) + 1); // prettier-ignore
        // Unwritten blocks are never shared; what is shared says so.
        const texts = files.map((cells, f) => frag(`/f${f}`, cells.length, cells.flatMap(({ hole, block, unwritten }, i): [number, number, number, string][] => hole ? [] : [[i, 100 + 3 * block, 1, (users.get(block) ?? 0) > 1 ? 'shared' : unwritten ? 'unwritten' : '']]))); // prettier-ignore
        const { text, misfits } = importTexts(...texts);
        expect(misfits).toEqual([]);
        const final = finalOf(text);
        expect(final.results.every((result) => result === 'ok')).toBe(true);
        const there: number[] = [];
        const here: (number | null)[] = [];
        for (const [f, cells] of files.entries()) {
          const { blocks = [], size, refcounts = [] } = final.files[`f${f}`] ?? {};
          expect(size).toBe(cells.length);
          for (const [i, { hole, block }] of cells.entries()) {
            if (hole) expect(blocks[i]).toBeNull();
            else {
              expect(refcounts[i]).toBe(users.get(block));
              there.push(block);
              here.push(blocks[i] ?? null);
            }
          }
        }
        // One to one: the same block there is the same block here.
        for (let i = 1; i < there.length; i++) for (let j = 0; j < i; j++) expect(here[i] === here[j]).toBe(there[i] === there[j]); // prettier-ignore
      }),
      { seed: 20261201, numRuns: 120 },
    );
  });
});

describe('nothing throws, and nothing that is written fails to run', () => {
  const seed = 4511;
  test(`any text, seed ${seed}`, () => {
    const piece = fc.oneof(fc.string({ maxLength: 80, unit: 'grapheme' }), fc.constantFrom(...TEXTS.map(sample)));
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 4 }), fc.boolean(), (texts, hidden) => {
        const { text } = importMachine([{ name: '', content: texts.join('\n') }], { hidden });
        if (text !== undefined) expect(loadScenario(text).ok).toBe(true);
      }),
      { seed, numRuns: 120 },
    );
  });

  test(`samples with lines lost, doubled, changed, seed ${seed}`, () => {
    const change = fc.record({ at: fc.nat(400), kind: fc.constantFrom('drop', 'double', 'digit', 'cut', 'join'), to: fc.nat(9) }); // prettier-ignore
    fc.assert(
      fc.property(fc.shuffledSubarray([...TEXTS], { minLength: 1, maxLength: 5 }), fc.array(change, { minLength: 1, maxLength: 6 }), (names, changes) => {
        let lines = names.flatMap((name) => sample(name).split('\n'));
        for (const { at, kind, to } of changes) {
          const i = at % lines.length;
          const line = lines[i] ?? '';
          const made = { drop: [], double: [line, line], digit: [line.replace(/\d/, String(to))], cut: [line.slice(0, to * 4)], join: [line + (lines[i + 1] ?? '')] }[kind]; // prettier-ignore
          lines = [...lines.slice(0, i), ...made, ...lines.slice(i + 1)];
        }
        const { text, pieces } = importMachine([{ name: 'f', content: lines.join('\n') }], shown);
        if (text !== undefined) expect(loadScenario(text).ok).toBe(true);
        for (const { problem } of pieces) if (problem !== undefined) expect(problem.line).toBeLessThanOrEqual(lines.length); // prettier-ignore
      }),
      { seed, numRuns: 80 },
    ); // prettier-ignore
  });
});

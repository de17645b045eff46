import { describe, expect, test } from 'vitest';
import { sample } from '../import/samples.ts';
import { caller } from '../support/cli.ts';

const call = caller({
  'frag.txt': sample('filefrag-1.47.0-xfs.txt'),
  'ext4.txt': sample('filefrag-1.47.0-ext4-4k.txt'),
  'maps.txt': sample('maps-6.18.txt'),
  'bad.txt': `${sample('filefrag-1.47.0-ext4-4k.txt')}\nfoo\n`,
  'none.txt': 'nothing of the kind\n',
});

describe('import', () => {
  test('prints a scenario, and exits 0 where all of it fits', async () => {
    const { status, out, err } = await call('import', 'ext4.txt');
    expect([status, err]).toEqual([0, '']);
    expect(out).toContain('fs ext4 dax=always\nfile sparse abcd____........ef\nfile f1 ghijklmn\n');
  });

  test('what it prints can be run', async () => {
    const { out } = await call('import', 'frag.txt', 'maps.txt');
    const run = await caller({ 'x.dax': out })('run', 'x.dax');
    expect([run.status, run.err]).toEqual([0, '']);
    expect(run.out).toMatch(/mmap f2 2 4 ro +ok/);
  });

  test('says what did not fit, and exits 1', async () => {
    const { status, err } = await call('import', 'frag.txt');
    expect(status).toBe(1);
    expect(err).toContain('did not fit: /mnt/pmem/sparse: 14 blocks past its end');
  });

  test('a line that is nothing has its place and a cure', async () => {
    const { status, out, err } = await call('import', 'bad.txt');
    expect([status, out === '']).toEqual([1, false]);
    expect(err).toMatch(/^bad\.txt:14: not the output of a command of the recipe: “foo”\n {2}Take/);
  });

  test('without a file in them: 2, and nothing printed', async () => {
    const { status, out, err } = await call('import', 'none.txt');
    expect([status, out]).toEqual([2, '']);
    expect(err).toContain('no file with extents');
  });

  test('--redact leaves no name in the text', async () => {
    const { out, err } = await call('import', 'frag.txt', 'maps.txt', '--redact');
    expect(`${out}${err}`).not.toMatch(/pmem|sparse|4409|python/);
    expect(out).toContain('p1 m1 = mmap file1\n');
  });

  test('--json is one line with everything', async () => {
    const { out } = await call('import', 'frag.txt', 'maps.txt', '--json');
    expect(out).toMatch(/^\{.*\}\n$/);
    const report = JSON.parse(out) as Record<string, unknown>;
    expect(Object.keys(report)).toEqual(['pieces', 'assumed', 'misfits', 'blocks', 'steps', 'text']);
    expect(report).toMatchObject({ pieces: [{ command: 'filefrag -v', source: 'frag.txt', line: 1, said: '/mnt/pmem/f1: 3 extents', problem: null }, {}, {}, {}, {}, {}], steps: 10 }); // prettier-ignore
  });

  test.each([
    [['import'], /import needs a FILE/],
    [['import', 'x', '--redacted'], /did you mean '--redact'/],
    [['import', 'missing'], /cannot read missing/],
  ])('%j is a wrong call', async (argv, message) => {
    const { status, err } = await call(...argv);
    expect(status).toBe(2);
    expect(err).toMatch(message);
  });
});

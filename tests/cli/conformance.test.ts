// `conformance DIR [--json]`: words and files in, two streams and an exit status out.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import { conformance } from '../../src/cli/conformanceMain.ts';
import { openRecordings } from '../../src/cli/recordingFiles.ts';
import { packedSources, PACK } from '../support/recordingPack.ts';

const ROOT = join(import.meta.dirname, '../..');
const folders: string[] = [];

/** A folder of these files. */
function folderOf(files: Readonly<Record<string, string | Buffer>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'recordings-'));
  folders.push(folder);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true })));

function call(...argv: readonly string[]): { readonly status: number; readonly out: string; readonly err: string } {
  const said = { out: '', err: '' };
  const status = conformance(argv, {
    open: openRecordings,
    out: (text) => (said.out += text),
    err: (text) => (said.err += text),
  });
  return { status, ...said };
}

function textOf(file: string): string {
  const found = packedSources().find((source) => source.file === file);
  if (found === undefined) throw new Error(`no recording ${file}`);
  return found.text;
}
const P01 = '6.12.117__xfs-dax__P01.json';
const L01 = '6.1.0-56__xfs-dax__L01.json';
/** P01, but its truncate came back at once. */
const otherP01 = textOf(P01).replace('"result": "BLOCKED"', '"result": "ok"');

describe('json', () => {
  test('one object, each recording with exactly these fields', () => {
    const { status, out, err } = call(folderOf({ 'b.json': textOf(L01), 'a.json': textOf(P01), 'c.json': otherP01 }), '--json');
    expect({ status, err }).toEqual({ status: 1, err: '' });
    const p01 = { id: 'P01', env: 'xfs-dax', kernel: '6.12.117+deb12-amd64' };
    expect(out.endsWith('}\n')).toBe(true);
    expect(JSON.parse(out)).toEqual({
      traces: [
        { file: 'a.json', ...p01, status: 'reproduced', step: null, want: null, got: null, reason: null },
        {
          file: 'b.json',
          id: 'L01',
          env: 'xfs-dax',
          kernel: '6.1.0-56-amd64',
          status: 'out-of-scope',
          step: 5,
          want: null,
          got: null,
          reason: 'io_uring of Linux 6.1 refuses every file mapping',
        },
        { file: 'c.json', ...p01, status: 'differs', step: 7, want: 'ftruncate: ok', got: 'ftruncate: BLOCKED', reason: null },
      ],
    });
  }); // prettier-ignore
});

describe('text', () => {
  test('a table, then what differs, then what is out of scope', () => {
    const { status, out } = call(folderOf({ 'b.json': textOf(L01), 'a.json': textOf(P01), 'c.json': otherP01 }));
    expect(status).toBe(1);
    expect(out).toMatchInlineSnapshot(`
      "6.1.0 xfs-dax     0 of 0 reproduced, 1 out of scope
      6.12.117 xfs-dax  1 of 2 reproduced
      all               1 of 2 reproduced, 1 out of scope

      differs:
        c.json, step 7
          want  ftruncate: ok
          got   ftruncate: BLOCKED

      out of scope:
        io_uring of Linux 6.1 refuses every file mapping: 1
          b.json, from step 5
      "
    `);
  });

  test('0 when none differs', () => {
    expect(call(folderOf({ 'a.json': textOf(P01), 'b.json': textOf(L01) })).status).toBe(0);
  });

  test('a pack, and one recording, are read as well', () => {
    const line = `${JSON.stringify({ file: P01, text: textOf(P01) })}\n`;
    const folder = folderOf({ 'one.json': textOf(P01), 'pack.jsonl.gz': gzipSync(line) });
    for (const name of ['one.json', 'pack.jsonl.gz'])
      expect(call(join(folder, name))).toMatchObject({ status: 0, err: '' });
  });

  test('README.md shows what the command says of the recordings here', () => {
    const { out } = call(PACK);
    const [table = ''] = out.split('\n\n');
    const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
    const missing = table.split('\n').filter((line) => !readme.includes(`\n    ${line}\n`));
    expect(missing).toEqual([]);
  });
});

describe('a wrong call is 2', () => {
  test.each([
    [[], 'DIR is missing'],
    [['--verbose', '.'], "there is no option '--verbose'"],
    [['a', 'b'], "one DIR, not also 'b'"],
    [['/no/such/folder'], 'cannot read /no/such/folder'],
  ])('%j', (argv, problem) => {
    const { status, err, out } = call(...argv);
    expect({ status, out }).toEqual({ status: 2, out: '' });
    expect(err).toContain(problem);
  });

  test('a folder without recordings', () => {
    expect(call(folderOf({ 'README.md': 'x', 'index.json': '[]' })).status).toBe(2);
  });
});

describe('files that are no recordings', () => {
  test('are named with their cure, and the others are judged all the same', () => {
    const folder = folderOf({ 'a.json': textOf(P01), 'b.json': '{"id": 1}', 'c.json': '{', 'index.json': '[]' });
    const { status, out, err } = call(folder, '--json');
    expect(status).toBe(2);
    expect(JSON.parse(out)).toMatchObject({ traces: [{ file: 'a.json', status: 'reproduced' }] });
    expect(err).toMatch(/^b\.json: no recording: id is not a name\n {2}give a recording/m);
    expect(err).toMatch(/^c\.json: no JSON: .*\n {2}give a recording/m);
  });

  test('a file too big, a folder called so, a pack that is none', () => {
    const folder = folderOf({ 'big.json': Buffer.alloc(9 * 1024 * 1024, 32), 'bad.gz': 'no gzip', 'a.gz': gzipSync('[]\n{"file":1}\n') }); // prettier-ignore
    expect(call(folder).err).toContain('big.json: 9437184 bytes');
    expect(call(join(folder, 'bad.gz'))).toMatchObject({ status: 2 });
    expect(call(join(folder, 'a.gz')).err).toContain('a.gz:2: no packed recording');
  });
});

test('as a process: npm run -s conformance', () => {
  const folder = folderOf({ 'a.json': textOf(P01) });
  const out = execFileSync('npm', ['run', '-s', 'conformance', '--', folder, '--json'], { cwd: ROOT, encoding: 'utf8' });
  expect(JSON.parse(out)).toMatchObject({ traces: [{ status: 'reproduced' }] });
}); // prettier-ignore

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { caller } from '../support/cli.ts';

const EXAMPLE = `title  "A READ MR goes stale when its own process breaks the COW"
device 16                       # blocks; default 16
fs     xfs reflink=1 dax=always # defaults; also ext4, device-dax; dax=never; log=async
kernel 7.0                      # default; or 6.12, 6.1
option wait                     # a preset, then any knobs: option wait pin.readonly=unshare
file   A abcd                   # four written blocks; '.' hole, '_' unwritten
file   B = reflink A            # or: file B = reflink A 0 2 (the first two blocks)

app    m  = mmap A              # whole file, shared, read-write
app    mr = reg_mr m remote_read
app    store m 1 X              -> ok
peer   rdma_read mr 1           -> b
app    load m 1                 -> X

exists S2 and S5b
always file A = aXcd and file B = abcd
`;

const FILES: Readonly<Record<string, string>> = {
  'example.dax': EXAMPLE,
  'unmet.dax': 'file A ab\napp pread A 0 -> b\nexists S1\n',
  'wrong.dax': 'file A ab\napp pred A 0\n',
  'notice.dax': 'option wait\nfile A ab\napp m = mmap A\napp mr = reg_mr m remote_write -> ok\n',
  '-': 'file A ab\napp pread A 0 -> a\n',
};

const call = caller(FILES);

/** JSON as a script would read it. */
interface Parsed {
  readonly title: string | null;
  readonly kernel: string;
  readonly option: { readonly preset: string; readonly knobs: Readonly<Record<string, string>> };
  readonly steps: readonly Readonly<Record<string, unknown>>[];
  readonly final: Readonly<Record<string, unknown>>;
  readonly violations: readonly Readonly<Record<string, unknown>>[];
  readonly conditions: readonly unknown[];
  readonly expectations: unknown;
}
const parse = (line: string): Parsed => JSON.parse(line) as Parsed;

const example = await call('run', 'example.dax', '--json');

describe('run --json', () => {
  const { status, out, err } = example;
  const report = parse(out);

  test('is one line, without a word on standard error', () => {
    expect([status, err]).toEqual([0, '']);
    expect(out).toMatch(/^\{.*\}\n$/);
  });

  test('has its fields in the order of the language', () => {
    expect(Object.keys(report)).toEqual(['title', 'kernel', 'option', 'steps', 'final', 'violations', 'conditions', 'expectations']); // prettier-ignore
    for (const step of report.steps) {
      expect(Object.keys(step)).toEqual(['line', 'actor', 'text', 'result', 'value', 'expected', 'met', 'blockedOn', 'eventually', 'held', 'microsteps', 'violations']); // prettier-ignore
    }
    expect(Object.keys(report.final)).toEqual(['files', 'free', 'zombie', 'mrs', 'actors']);
    expect(Object.keys(report.violations[0] ?? {})).toEqual(['id', 'line', 'message', 'because']);
    expect(Object.keys(report.option.knobs)).toHaveLength(13);
  });

  test('says what the language says of its example', () => {
    expect(report).toMatchObject({
      title: 'A READ MR goes stale when its own process breaks the COW',
      kernel: '7.0',
      option: { preset: 'wait' },
      steps: [
        { line: 9, actor: 'app', text: 'm = mmap A', result: 'ok', value: null, expected: null, met: null, blockedOn: null, eventually: null, held: false, microsteps: [], violations: [] },
        { line: 10, actor: 'app', text: 'mr = reg_mr m remote_read', result: 'ok' },
        { line: 11, actor: 'app', text: 'store m 1 X', result: 'ok', expected: 'ok', met: true, violations: ['S2'] },
        { line: 12, actor: 'peer', text: 'rdma_read mr 1', result: 'b', value: 'b', expected: 'b', met: true, violations: ['S5b'] },
        { line: 13, actor: 'app', text: 'load m 1', result: 'X', value: 'X', expected: 'X', met: true },
      ],
      violations: [
        { id: 'S2', line: 11, because: [10, 11] },
        { id: 'S5b', line: 12, because: [10, 11, 12] },
      ],
    }); // prettier-ignore
    expect(report.final).toEqual({
      files: {
        A: { size: 4, data: 'aXcd', blocks: [0, 4, 2, 3], refcounts: [2, 1, 2, 2] },
        B: { size: 4, data: 'abcd', blocks: [0, 1, 2, 3], refcounts: [2, 1, 2, 2] },
      },
      free: 11,
      zombie: 0,
      mrs: { mr: { state: 'live', blocks: [0, 1, 2, 3] } },
      actors: { app: 'idle', peer: 'idle' },
    });
    expect(report.conditions).toEqual([
      { text: 'exists S2 and S5b', met: true },
      { text: 'always file A = aXcd and file B = abcd', met: true },
    ]);
    expect(report.expectations).toEqual({ met: 5, unmet: 0 });
  });

  test('names the micro-steps of what has any, a fault by its name', () => {
    const [, , store] = report.steps;
    expect(store?.['microsteps']).toEqual(['fault', 'store.c1', 'store.c2', 'store.c3', 'store.c4', 'store.c5', 'store.c6', 'store.unlock', 'op.store']); // prettier-ignore
  });

  test('prints one object a line for several files, in their order', async () => {
    const several = await call('run', '--json', 'example.dax', 'unmet.dax', '-');
    const lines = several.out.trimEnd().split('\n').map(parse);
    expect(lines.map(({ title }) => title)).toEqual([report.title, null, null]);
    expect(several.status).toBe(1);
  });
});

describe('exit status', () => {
  test.each([
    [0, ['run', '-']],
    [1, ['run', 'unmet.dax']],
    [2, ['run', 'wrong.dax']],
    [2, ['run', 'absent.dax']],
    [2, ['run', 'unmet.dax', 'wrong.dax', '-']],
    [2, ['run']],
    [2, []],
    [2, ['walk', '-']],
    [2, ['run', '-', '--jason']],
    [2, ['run', '-', '--option']],
    [2, ['run', '-', '--option', 'wait', '--option', 'seed']],
    [2, ['run', '-', '--option', 'wiat']],
    [2, ['run', '-', '--set', 'pin.readonly']],
    [2, ['run', '-', '--kernel', '6.2']],
    [0, ['check', '--help']],
    [2, ['run', '-', '-']],
    [2, ['run', '-', '--json=no']],
    [0, ['fmt', '-']],
    [2, ['fmt', 'wrong.dax']],
    [2, ['fmt']],
    [2, ['fmt', '-', '-']],
    [2, ['fmt', '--json', '-']],
    [0, ['help']],
    [0, ['run', '--help']],
  ])('%i of %j', async (status, argv) => {
    const done = await call(...argv);
    expect(done.status).toBe(status);
    expect(done.err === '').toBe(status !== 2);
  });
});

describe('errors', () => {
  test('of a text: file, line and column first, on standard error', async () => {
    const { out, err } = await call('run', '--json', 'wrong.dax');
    expect(out).toBe('');
    expect(err.split('\n').slice(0, 3)).toEqual([
      "wrong.dax:2:5: 'pred' is not a verb; did you mean 'pread'? [unknown-verb]",
      '  app pred A 0',
      '      ^^^^',
    ]);
  });
  test('of one text do not keep the others from running', async () => {
    const { out } = await call('run', '--json', 'wrong.dax', '-');
    expect(parse(out).expectations).toEqual({ met: 1, unmet: 0 });
  });
  test('of a call name the nearest word', async () => {
    expect((await call('rum', '-')).err).toContain("did you mean 'run'?");
    expect((await call('run', '-', '--jsn')).err).toContain("did you mean '--json'?");
    expect((await call('run', '-', '--option', 'wiat')).err).toContain("did you mean 'wait'?");
  });
  test('notices go to standard error and stop nothing', async () => {
    const { status, err } = await call('run', '--json', 'notice.dax');
    expect(status).toBe(0);
    expect(err).toContain('notice.dax:4:10: note: ');
  });
});

describe('options of run', () => {
  const option = async (...argv: string[]) => parse((await call('run', '--json', 'example.dax', ...argv)).out);

  test('--option replaces the option of the text', async () => {
    expect((await option('--option', 'seed')).option.preset).toBe('seed');
    expect((await option('--option=seed')).option.knobs['pin.readonly']).toBe('unshare');
  });
  test('--set comes on top, the last one wins', async () => {
    const { preset, knobs } = (
      await option('--set', 'pin.readonly=unshare', '--set', 'fs.punch=off', '--set=fs.punch=on')
    ).option;
    expect([preset, knobs['pin.readonly'], knobs['fs.punch']]).toEqual(['wait', 'unshare', 'on']);
  });
  test('--kernel replaces the kernel of the text', async () => {
    expect((await option('--kernel', '6.12')).kernel).toBe('6.12');
  });
  test('under another option the expectations are judged as they are', async () => {
    expect((await call('run', 'example.dax', '--set', 'pin.readonly=unshare')).status).toBe(1);
  });
});

test('without --json a run reads as a trace', async () => {
  expect((await call('run', 'example.dax')).out).toBe(
    [
      'A READ MR goes stale when its own process breaks the COW',
      'kernel 7.0, fs xfs dax=always, option wait',
      '',
      ' 9  app   m = mmap A                 ok',
      '10  app   mr = reg_mr m remote_read  ok',
      '11  app   store m 1 X                ok',
      '          ✗ S2: mr[1], taken through A[1], reaches block 1, now of B[1] (lines 10, 11)',
      '12  peer  rdma_read mr 1             b',
      '          ✗ S5b: the remote read finds b through mr[1] in block 1, but A[1] is block 4 (lines 10, 11, 12)',
      '13  app   load m 1                   X',
      '',
      'A  aXcd  in blocks 0 4 2 3',
      'B  abcd  in blocks 0 1 2 3',
      '',
      '✓ exists S2 and S5b',
      '✓ always file A = aXcd and file B = abcd',
      '5 of 5 expectations met',
      '',
    ].join('\n'),
  );
});

test('an unmet expectation says what was expected', async () => {
  const { out } = await call('run', 'unmet.dax');
  expect(out).toContain('app  pread A 0  a\n        ✗ expected b\n');
  expect(out).toContain('✗ exists S1\n0 of 2 expectations met\n');
});

test('fmt prints the canonical text', async () => {
  expect((await call('fmt', '-')).out).toBe('file A ab\napp  pread A 0 -> a\n');
});

test('the first bundled scenario is the example of the language', async () => {
  const bundled = readFileSync(join(import.meta.dirname, '../../public/scenarios/01-read-mr-goes-stale.dax'), 'utf8');
  const essence = async (text: string) => {
    const { status, out } = await caller({ '-': text })('run', '--json', '-');
    const { steps, violations, ...rest } = parse(out);
    return {
      status,
      rest,
      steps: steps.map((step) => ({ ...step, line: 0 })),
      violations: violations.map(({ id, message }) => [id, message]),
    };
  };
  expect(await essence(bundled)).toEqual(await essence(EXAMPLE));
});

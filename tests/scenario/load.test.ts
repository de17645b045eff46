import { describe, expect, test } from 'vitest';
import { loadScenario, MAX_TEXT_BYTES } from '../../src/scenario/load.ts';
import type { Overrides } from '../../src/scenario/resolveHeader.ts';
import { makeOption } from '../../src/sim/model/knobs.ts';

function load(text: string, overrides: Overrides = {}) {
  const loaded = loadScenario(text, overrides);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.error));
  return loaded.value;
}

function codes(text: string, overrides: Overrides = {}): readonly string[] {
  const loaded = loadScenario(text, overrides);
  return loaded.ok ? [] : loaded.error.map(({ code }) => code);
}

describe('a program', () => {
  const { program, spans } = load(`title "T"
about "one"
about "two"
note 2 "look"
device 8
file A ab
file B .a_
app m = mmap A
peer x = post_read mr 0
`.replace('peer x', 'app mr = reg_mr m remote_read\npeer x') + 'peer complete x -> blocks, a\nexists file A = ab\n'); // prettier-ignore

  test('has its header', () => {
    expect(program).toMatchObject({
      title: 'T',
      about: ['one', 'two'],
      notes: [{ step: 2, text: 'look' }],
      blocks: 8,
      fs: { type: 'xfs', reflink: true, dax: 'always', log: 'sync' },
      kernel: '7.0',
      alloc: 'lowest',
      option: makeOption('mainline'),
    });
  });

  test('has its files and tags, zeroes first', () => {
    expect(program.tags).toEqual(['.', 'a', 'b']);
    expect(program.files).toEqual([
      { name: 'A', init: { type: 'cells', cells: [{ tag: 1 }, { tag: 2 }] } },
      { name: 'B', init: { type: 'cells', cells: ['hole', { tag: 1 }, 'unwritten'] } },
    ]);
  });

  test('has one unnamed DMA per actor behind the named ones', () => {
    expect(program.actors.map(({ name }) => name)).toEqual(['app', 'peer']);
    expect(program.dmas).toEqual([{ name: 'x' }, { name: '' }, { name: '' }]);
  });

  test('has steps with their lines, texts and expectations', () => {
    expect(program.steps.map(({ line, actor, text }) => [line, actor, text])).toEqual([
      [8, 0, 'm = mmap A'],
      [9, 0, 'mr = reg_mr m remote_read'],
      [10, 1, 'x = post_read mr 0'],
      [11, 1, 'complete x'],
    ]);
    expect(program.steps[3]?.expect).toEqual({ blocks: true, result: 'a', text: 'blocks, a' });
  });

  test('knows where its steps and claims stand', () => {
    expect(spans.steps[2]).toEqual({ line: 10, column: 1, length: 23 });
    expect(spans.claims).toEqual([{ line: 12, column: 1, length: 18 }]);
  });
});

test('objects that steps make are absent at first, and files keep the order of the text', () => {
  const { program } = load('file A a\napp reflink A C\napp create B');
  expect(program.files.map(({ name, init }) => [name, init.type])).toEqual([
    ['A', 'cells'],
    ['C', 'absent'],
    ['B', 'absent'],
  ]);
});

test('mappings are named per process, threads share them', () => {
  const { program } = load('file A a\napp m = mmap A\nb m = mmap A\napp.2 load m 0\nb load m 0');
  expect(program.maps).toEqual([
    { name: 'm', proc: 0 },
    { name: 'm', proc: 1 },
  ]);
  expect(program.steps.slice(2).map(({ op }) => op)).toMatchObject([{ map: 0 }, { map: 1 }]);
  expect(program.actors).toEqual([
    { name: 'app', type: 'thread', proc: 0 },
    { name: 'b', type: 'thread', proc: 1 },
    { name: 'app.2', type: 'thread', proc: 0 },
  ]);
});

test('declared threads exist before they act', () => {
  const { program } = load('proc app threads=3\nadmin sync');
  expect(program.actors.map(({ name }) => name)).toEqual(['app', 'app.2', 'app.3', 'admin']);
  expect(program.procs).toEqual([
    { name: 'app', forked: false },
    { name: 'admin', forked: false },
  ]);
});

describe('overrides', () => {
  const text = 'option wait pin.readonly=unshare\nkernel 6.12';
  test('of the preset replace the option line whole', () => {
    expect(load(text, { preset: 'seed' }).program.option).toEqual(makeOption('seed'));
  });
  test('of knobs come on top of the text', () => {
    const option = makeOption('wait', { 'pin.readonly': 'unshare', 'fs.punch': 'off' });
    expect(load(text, { knobs: { 'fs.punch': 'off' } }).program.option).toEqual(option);
  });
  test('of the kernel', () => {
    expect(load(text, { kernel: '7.0' }).program.kernel).toBe('7.0');
  });
  test('do not excuse what is misspelt', () => {
    expect(codes('option wiat', { preset: 'wait' })).toEqual(['unknown-preset']);
  });
});

describe('device-dax in the place of a file system', () => {
  const text = 'device 5\nfs xfs dax=never\nfile A a._d\nfile B = reflink A 1 2\nfile C = reflink B\napp m = mmap A';
  const { program } = load(text, { preset: 'device-dax' });

  test('has every block written, and none shared', () => {
    const cells = program.files.map(({ init }) => (init.type === 'cells' ? init.cells : init.type));
    const [a, d] = ['a', 'd'].map((tag) => ({ tag: program.tags.indexOf(tag) }));
    const zero = { tag: 0 };
    expect(cells).toEqual([
      [a, zero, zero, d],
      [zero, zero],
      [zero, zero],
    ]);
  });
  test('has room for what was shared', () => {
    expect(program.blocks).toBe(8);
  });
  test('has no settings of a file system', () => {
    expect(program.fs).toEqual({ type: 'device-dax', reflink: false, dax: 'always', log: 'sync' });
  });
  test('of the text itself is held to the text', () => {
    expect(codes(`option device-dax\n${text}`)).toEqual(['not-of-this-fs', 'device-too-small', 'shared-without-reflink', 'shared-without-reflink']); // prettier-ignore
  });
  test('leaves a smaller need alone', () => {
    expect(load('file A ab', { preset: 'device-dax' }).program.blocks).toBe(16);
  });
});

describe('a forked process', () => {
  const { program } = load('file A ab\napp m = mmap A\napp fork c\nc load m 1\nc.2 n = mmap A\nc fork d\nd munmap n');

  test('is not there from the start', () => {
    expect(program.procs).toEqual([
      { name: 'app', forked: false },
      { name: 'c', forked: true },
      { name: 'd', forked: true },
    ]);
  });
  test('has mappings of its own by the names of its parent', () => {
    expect(program.maps).toEqual([
      { name: 'm', proc: 0 },
      { name: 'm', proc: 1 },
      { name: 'n', proc: 1 },
      { name: 'm', proc: 2 },
      { name: 'n', proc: 2 },
    ]);
    expect(program.steps[2]?.op).toEqual({ verb: 'load', map: 1, index: 1 });
    expect(program.steps[5]?.op).toEqual({ verb: 'munmap', map: 4 });
  });
  test('acts as its actors do', () => {
    expect(program.actors.map(({ name }) => name)).toEqual(['app', 'c', 'c.2', 'd']);
    expect(program.steps[1]?.op).toEqual({ verb: 'fork', child: 1 });
  });
});

describe('menus', () => {
  const loaded = load('file A ab\napp m = mmap A\nany app x2: store m 0 X | n = mmap anon 2\n\nany b: sync');

  test('have an actor, times and entries with their texts', () => {
    expect(loaded.program.menus).toEqual([
      {
        line: 3,
        actor: 0,
        times: 2,
        entries: [
          { op: { verb: 'store', map: 0, index: 0, tag: loaded.program.tags.indexOf('X') }, text: 'store m 0 X' },
          { op: { verb: 'mmap', map: 1, source: 'anon', file: -1, off: 0, len: 2, writable: true, private: true, sync: false }, text: 'n = mmap anon 2' },
        ],
      },
      { line: 5, actor: 1, entries: [{ op: { verb: 'sync' }, text: 'sync' }] },
    ]); // prettier-ignore
  });
  test('are no steps, and have their place', () => {
    expect(loaded.program.steps).toHaveLength(1);
    expect(loaded.spans.menus).toEqual([
      { line: 3, column: 1, length: 41 },
      { line: 5, column: 1, length: 11 },
    ]);
  });
});

describe('limits', () => {
  test('text: 256 kB, counted in bytes', () => {
    expect(codes('#'.repeat(MAX_TEXT_BYTES))).toEqual([]);
    expect(codes('#'.repeat(MAX_TEXT_BYTES + 1))).toEqual(['text-too-long']);
    expect(codes(`#${'é'.repeat(MAX_TEXT_BYTES / 2)}`)).toEqual(['text-too-long']);
  });
  test('10,000 steps', () => {
    expect(codes('app sync\n'.repeat(10_000))).toEqual([]);
    expect(codes('app sync\n'.repeat(10_001))).toEqual(['too-many-steps']);
  });
  test('an entry of a menu counts as a step', () => {
    const menu = (n: number): string => `any app: ${Array.from({ length: n }, () => 'sync').join(' | ')}`;
    expect(codes(`${'app sync\n'.repeat(9_000)}${menu(1_000)}`)).toEqual([]);
    expect(codes(`${'app sync\n'.repeat(9_000)}${menu(1_001)}`)).toEqual(['too-many-steps']);
  });
  test('objects that forks multiply', () => {
    const maps = Array.from({ length: 64 }, (_, i) => `p m${i} = mmap anon 1`).join('\n');
    const forks = (n: number): string => Array.from({ length: n }, (_, i) => `p fork c${i}`).join('\n');
    // 64 mappings and an actor each.
    expect(codes(`${maps}\n${forks(62)}`)).toEqual([]);
    expect(codes(`${maps}\n${forks(63)}`)).toEqual(['too-many-objects']);
    expect(codes(`${maps}\n${forks(9_000)}`)).toEqual(['too-many-objects']);
  });
  test('4096 objects', () => {
    const files = (n: number): string => Array.from({ length: n }, (_, i) => `file f${i}`).join('\n');
    expect(codes(files(4096))).toEqual([]);
    expect(codes(`${files(4096)}\napp sync`)).toEqual(['too-many-objects']);
  });
});

test('a byte order mark and Windows line ends are no part of the text', () => {
  expect(load('\uFEFFfile A a\r\napp pread A 0 -> a\r\n').program.steps[0]).toMatchObject({
    line: 2,
    expect: { result: 'a' },
  });
});

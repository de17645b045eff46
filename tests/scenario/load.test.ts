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
  expect(program.procs).toEqual([{ name: 'app' }, { name: 'admin' }]);
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
  test('take the place of what is not built', () => {
    expect(codes('option lease-kill')).toEqual(['not-built-preset']);
    expect(codes('option lease-kill\nkernel 6.1', { preset: 'wait', kernel: '6.12' })).toEqual([]);
    expect(codes('option wait layout.onPin=kill', { knobs: { 'fs.punch': 'off' } })).toEqual(['not-built-value']);
  });
  test('do not excuse what is misspelt', () => {
    expect(codes('option wiat', { preset: 'wait' })).toEqual(['unknown-preset']);
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

import { describe, expect, test } from 'vitest';
import { contextAt, mustGoOn } from '../../src/scenario/contextAt.ts';
import { ACCESS_FLAGS, ADVICES, FALLOCATE_MODES, FILE_FLAGS, LEASE_KINDS, VERBS } from '../../src/sim/model/op.ts';
import { KNOB_NAMES, KNOBS, PRESET_NAMES } from '../../src/sim/model/knobs.ts';
import { PROPERTY_IDS } from '../../src/sim/model/property.ts';
import { SHAPES } from '../../src/scenario/vocabulary.ts';

/** The context at the `^` of the text, which is no part of it. */
function at(text: string) {
  const offset = text.indexOf('^');
  return contextAt(text.slice(0, offset) + text.slice(offset + 1), offset);
}
const labels = (text: string): readonly string[] => at(text).candidates.map(({ label }) => label);

const HEAD = 'file A ab\nfile B cd\napp m = mmap A\napp k = mmap anon 2\napp mr = reg_mr m remote_read\n';

describe('what may stand', () => {
  test.each([
    ['a verb of a process', 'app ^', VERBS.filter((verb) => SHAPES[verb].by !== 'remote')],
    ['a verb of the remote side', 'peer ^', VERBS.filter((verb) => SHAPES[verb].by !== undefined)],
    ['a verb that is begun', 'app loa^', VERBS.filter((verb) => SHAPES[verb].by !== 'remote')],
    ['a verb behind a name', 'app x = ^', VERBS.filter((verb) => SHAPES[verb].by !== 'remote')],
    ['nothing where a new name is written', 'app x^ = mmap A', []],
    ['a mapping of the process', 'app load ^', ['m', 'k']],
    ['a mapping of its other thread', 'app.2 load ^', ['m', 'k']],
    ['no mapping of another process', 'db load ^', []],
    ['a file', 'app ftruncate ^', ['A', 'B']],
    ['a file or memory to map', 'app x = mmap ^', ['A', 'B', 'anon', 'memfd']],
    ['words of a mapping', 'app x = mmap A ^', ['ro', 'rw', 'shared', 'private', 'sync', '->']],
    ['words that go with the others', 'app x = mmap A ro ^', ['shared', 'private', 'sync', '->']],
    ['an MR', 'peer rdma_read ^', ['mr']],
    ['access flags', 'app x = reg_mr m ^', ACCESS_FLAGS],
    ['access flags not yet there, or a result', 'app x = reg_mr m remote_read ^', [...ACCESS_FLAGS.filter((flag) => flag !== 'remote_read'), '->']],
    ['modes', 'app fallocate A ^', FALLOCATE_MODES],
    ['advices', 'app madvise m ^', ADVICES],
    ['leases', 'app setlease A ^', LEASE_KINDS],
    ['flags', 'app set A ^', FILE_FLAGS],
    ['tags', 'app store m 0 ^', ['a', 'b', 'c', 'd', '.']],
    ['processes to kill', 'app kill ^', ['app']],
    ['an arrow behind a whole step', 'app load m 0 ^', ['->']],
    ['nothing in a number', 'app load m ^', []],
    ['nothing in a comment', 'app load # ^', []],
    ['nothing in a quote', 'app pread "A^', []],
    ['properties, words, MRs and actors', 'exists ^', [...PROPERTY_IDS, 'file', 'size', 'shared', 'hole', 'pinned', 'free', 'zombie', 'not', '(', 'mr', 'app', 'peer']],
    ['states', 'exists mr ^', ['live', 'revoked', 'destroyed', 'idle', 'blocked', 'killed', 'exited']],
    ['joins', 'exists S1 ^', ['and', 'or', ')']],
    ['a file of a condition', 'exists hole ^', ['A', 'B']],
    ['a mapping in an entry', 'any app: sync | load ^', ['m', 'k']],
    ['a mapping that an entry makes', 'any app: n = mmap B | load ^', ['m', 'k', 'n']],
    ['what begins a line', '^', ['app', 'peer', 'any', 'exists', 'forbid', 'always']],
  ])('%s: %s', (_, line, expected) => {
    expect(labels(HEAD + line)).toEqual(expected);
  }); // prettier-ignore

  test.each([
    ['presets and knobs', 'option ^', [...PRESET_NAMES, ...KNOB_NAMES]],
    ['knobs', 'option wait ^', KNOB_NAMES],
    ['values of a knob', 'option wait layout.onPin=^', KNOBS['layout.onPin']],
    ['values of a knob that is begun', 'option layout.onPin=wa^', KNOBS['layout.onPin']],
    ['file systems and settings', 'fs ^', ['xfs', 'ext4', 'device-dax', 'reflink', 'dax', 'log']],
    ['values of a setting', 'fs xfs dax=^', ['always', 'never']],
    ['kernels', 'kernel ^', ['7.0', '6.12', '6.1']],
    ['orders', 'alloc ^', ['lowest', 'any']],
    ['files above', 'file A ab\nfile B = reflink ^\nfile C ab', ['A']],
    ['a way to make a file', 'file B = ^', ['reflink']],
    ['nothing for prose', 'title ^', []],
  ])('%s: %s', (_, text, expected) => {
    expect(labels(text)).toEqual(expected);
  });
});

describe('a word has to follow', () => {
  test.each([
    ['app ', true], ['app m = ', true], ['app m = mmap ', true], ['app m = mmap A ', false], ['app mr = reg_mr m ', true],
    ['app mr = reg_mr m remote_read ', false], ['app mr = reg_mr m 0 1 ', true], ['app fallocate A ', true],
    ['peer rdma_read mr 0 ', false], ['app load m 0 -> ', true], ['option ', true], ['option wait ', false],
    ['file B = ', true], ['file B = reflink ', true], ['file B = reflink A ', false], ['exists ', true],
    ['exists S1 ', false], ['exists S1 and ', true], ['any app: ', true], ['any app: load m 0 | ', true], ['', false],
  ])('behind ‘%s’: %s', (line, expected) => {
    expect(mustGoOn(line)).toBe(expected);
  }); // prettier-ignore
});

describe('scope', () => {
  const text = 'file A ab\napp m = mmap A\napp load ^\napp n = mmap A\napp fork c\nc x = mmap A';
  test('ends at the line', () => {
    expect(labels(text)).toEqual(['m']);
  });
  test('a child has what its parent had', () => {
    expect(labels('file A ab\napp m = mmap A\napp fork c\napp n = mmap A\nc load ^')).toEqual(['m']);
  });
  test('conditions and menus see all', () => {
    expect(labels('exists ^\napp mr = reg_mr m remote_read')).toContain('mr');
    expect(labels('any peer: rdma_read ^\nany app: mr = reg_mr m remote_read')).toEqual(['mr']);
  });
  test('posted and O_DIRECT transfers are ended by their own verbs', () => {
    const made = 'app d = dio_write m 0\npeer x = post_read mr 0\n';
    expect(labels(`${made}app dio_end ^`)).toEqual(['d']);
    expect(labels(`${made}peer complete ^`)).toEqual(['x']);
  });
  test('an actor that is being written is none yet', () => {
    expect(labels('app sync\nad^\nadmin sync')).toEqual(['app', 'admin', 'peer', 'any']);
  });
  test('survives lines that are wrong', () => {
    expect(labels('file A ab\napp m = mmap A 0\nfoo bar baz\napp load ^')).toEqual(['m']);
  });
});

describe('what begins a line', () => {
  test('directives above the first step, those that are said once only once', () => {
    const found = labels('title "T"\nfile A ab\n^\napp sync');
    expect(found).toContain('file');
    expect(found).toContain('device');
    expect(found).not.toContain('title');
    expect(found).not.toContain('exists');
  });
  test('steps of others, menus and conditions below a menu', () => {
    expect(labels('any app: sync\n^')).toEqual(['app', 'peer', 'any', 'exists', 'forbid', 'always']);
  });
  test('only conditions below a condition', () => {
    expect(labels('app sync\nexists S1\n^')).toEqual(['exists', 'forbid', 'always']);
  });
});

describe('a candidate', () => {
  test('replaces the word under the cursor', () => {
    expect(at('app lo^ad m 0')).toMatchObject({ from: 4, to: 8, slot: 'verb', actor: 'app' });
    expect(at('app load ^')).toMatchObject({ from: 9, to: 9, slot: 'map', actor: 'app', verb: 'load' });
    expect(at('option pin.readonly=un^')).toMatchObject({ from: 20, to: 22, slot: 'knobValue' });
    expect(at('\uFEFFdevice 4\r\napp lo^\r\n')).toMatchObject({ from: 15, to: 17, slot: 'verb' });
  });
  test('tells what it is', () => {
    expect(at(`${HEAD}app load ^`).candidates[0]).toEqual({ label: 'm', kind: 'mapping', detail: 'app m = mmap A' });
    expect(at('app loa^').candidates.find(({ label }) => label === 'load')).toEqual({
      label: 'load',
      kind: 'verb',
      detail: 'load MAPPING INDEX',
    });
    expect(at('exists S2^').candidates.find(({ label }) => label === 'S2')?.detail).toBe(
      "A pin reaches another file's block",
    );
  });
});

test('an order is written of grains, then of actors, DMAs and files of the whole text', () => {
  const below = '\nfile A ab\napp m = mmap A\napp mr = reg_mr m remote_read\npeer q = post_read mr 0\nrun wait';
  expect(labels(`order ^${below}`)).toEqual(['op', 'micro']);
  expect(labels(`order op 1-2 ^${below}`)).toEqual(['app', 'peer', 'run:run', 'dma:q', 'grace:A']);
  expect(labels(`order op 1-2 dma:^${below}`)).toContain('dma:q');
});

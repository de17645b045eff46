import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatScenario } from '../../src/scenario/format.ts';
import { loadScenario } from '../../src/scenario/load.ts';
import { PRESET_NAMES } from '../../src/sim/model/knobs.ts';
import { FALLOCATE_MODES, VERBS } from '../../src/sim/model/op.ts';
import { FS_TYPES, KERNELS } from '../../src/sim/model/program.ts';
import { validScenario } from '../support/arbitraryScenario.ts';

const SEED = 20190206;

function canonical(text: string): string {
  const formatted = formatScenario(text);
  if (!formatted.ok) throw new Error(`${JSON.stringify(formatted.error)} in\n${text}`);
  return formatted.value;
}

function programOf(text: string) {
  const loaded = loadScenario(text);
  if (!loaded.ok) throw new Error(`${JSON.stringify(loaded.error)} in\n${text}`);
  return loaded.value.program;
}

describe(`parse∘format, seed ${SEED}`, () => {
  test('the canonical text is its own canonical text', () => {
    fc.assert(
      fc.property(validScenario, (text) => {
        const once = canonical(text);
        expect(canonical(once)).toBe(once);
      }),
      { seed: SEED, numRuns: 300 },
    );
  });

  test('the canonical text means the same, line by line', () => {
    fc.assert(
      fc.property(validScenario, (text) => {
        expect(programOf(canonical(text))).toEqual(programOf(text));
      }),
      { seed: SEED, numRuns: 300 },
    );
  });

  test('a program is plain data', () => {
    fc.assert(
      fc.property(validScenario, (text) => {
        const program = programOf(text);
        expect(structuredClone(program)).toEqual(program);
        expect(JSON.parse(JSON.stringify(program))).toEqual(program);
      }),
      { seed: SEED, numRuns: 50 },
    );
  });
});

test(`the random texts use every verb, mapping kind and mode, in steps and in menus, seed ${SEED}`, () => {
  const programs = fc.sample(validScenario, { seed: SEED, numRuns: 200 }).map(programOf);
  const steps = programs.flatMap((program) => program.steps.map(({ op }) => op));
  const entries = programs.flatMap(({ menus }) => menus.flatMap((menu) => menu.entries.map(({ op }) => op)));
  for (const ops of [steps, entries]) {
    const verbs = new Set(ops.map(({ verb }) => verb));
    expect(VERBS.filter((verb) => !verbs.has(verb))).toEqual([]);
    const maps = new Set(
      ops.flatMap((op) => (op.verb === 'mmap' ? [`${op.source} ${op.private} ${op.writable}`] : [])),
    );
    expect([...maps].toSorted()).toEqual([
      'anon true false', 'anon true true', 'file false false', 'file false true', 'file true false', 'file true true', 'memfd false true',
    ]); // prettier-ignore
    const modes = new Set(ops.flatMap((op) => (op.verb === 'fallocate' ? [op.mode] : [])));
    expect(FALLOCATE_MODES.filter((mode) => !modes.has(mode))).toEqual([]);
  }
  expect(new Set(programs.map(({ fs }) => fs.type))).toEqual(new Set(FS_TYPES));
  expect(new Set(programs.map(({ kernel }) => kernel))).toEqual(new Set(KERNELS));
  expect(new Set(programs.map(({ option }) => option.preset))).toEqual(new Set(PRESET_NAMES));
  expect(programs.some(({ menus }) => menus.some(({ times }) => times !== undefined))).toBe(true);
});

describe('columns', () => {
  test('actors, results and neighbouring comments stand in columns', () => {
    const text = 'file A a # one\nnote 1 "x"\ndevice 8 # two\nadmin pread A 0->a\nb pwrite A 0 X ->ok\n\n# three\n\n\n';
    expect(canonical(text)).toBe(
      [
        'file   A a  # one',
        'note   1 "x"',
        'device 8  # two',
        'admin  pread A 0    -> a',
        'b      pwrite A 0 X -> ok',
        '',
        '# three',
        '',
      ].join('\n'),
    );
  });

  test('a long actor does not push the others', () => {
    expect(canonical('file A a\nthe-database-server pread A 0\na pread A 0')).toBe(
      'file A a\nthe-database-server pread A 0\na    pread A 0\n',
    );
  });
});

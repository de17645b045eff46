import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { freeName, markedName } from '../../src/library/names.ts';
import {
  addBranch,
  createOwn,
  decodeOwn,
  encodeOwn,
  MAX_BRANCHES,
  removeBranch,
  renameBranch,
  textOf,
  tidyName,
  withText,
  type OwnScenario,
} from '../../src/library/ownScenario.ts';

const SEED = 20_261;

const own = createOwn('X', 'file A a', 'abcd1');
const two = addBranch(own, 'other', 'file A b') ?? own;

describe('a record', () => {
  test('is the same after it was kept and read back', () => {
    for (const one of [own, two, withText(two, 'é “'), renameBranch(two, two.current, 'named')]) {
      expect(decodeOwn(structuredClone(encodeOwn(one)))).toEqual({ ok: true, value: one });
    }
  });

  const good = encodeOwn(two);
  const [first] = two.branches;
  test.each<[string, unknown]>([
    ['nothing', undefined],
    ['a list', []],
    ['another format', { ...good, format: 2 }],
    ['a format that cannot be told in words', { ...good, format: { toString: 1 } }],
    ['an id that leads elsewhere', { ...good, id: '../x' }],
    ['no name', { ...good, name: '' }],
    ['a name of two lines', { ...good, name: 'a\nb' }],
    ['a name without end', { ...good, name: 'x'.repeat(200) }],
    ['a revision of parts', { ...good, revision: 1.5 }],
    ['a revision below nothing', { ...good, revision: -1 }],
    ['no branches', { ...good, branches: [] }],
    ['branches without end', { ...good, branches: Array.from({ length: MAX_BRANCHES + 1 }, () => first) }],
    ['two branches of one id', { ...good, branches: [first, first] }],
    ['a current branch that is not there', { ...good, current: 'zzzz9' }],
    ['a text too long', { ...good, branches: [{ ...first, text: 'x'.repeat(256 * 1024 + 1) }], current: first?.id }],
    ['a text too long in bytes', { ...good, branches: [{ ...first, text: '☃'.repeat(90_000) }], current: first?.id }],
    ['a text that is no text', { ...good, branches: [{ ...first, text: {} }], current: first?.id }],
  ])('with %s is refused', (_, value) => {
    expect(decodeOwn(value).ok).toBe(false);
  });

  test(`of anything never throws, and what is taken is whole (seed ${SEED})`, () => {
    const field = fc.oneof(fc.anything(), fc.constantFrom<unknown>(...Object.values(good)));
    const record = fc.record(
      { format: fc.oneof(fc.constant(1), field), id: field, name: field, branches: field, current: field, revision: field },
      { requiredKeys: [] },
    ); // prettier-ignore
    fc.assert(
      fc.property(fc.oneof(fc.anything(), record), (value) => {
        const decoded = decodeOwn(value);
        if (decoded.ok) expect(decodeOwn(encodeOwn(decoded.value))).toEqual(decoded);
      }),
      { seed: SEED, numRuns: 2000 },
    );
  });
});

describe('branches', () => {
  test('a new one runs, the old one stays', () => {
    expect(textOf(two)).toBe('file A b');
    expect(two.branches.map(({ name, text }) => [name, text])).toEqual([
      ['main', 'file A a'],
      ['other', 'file A b'],
    ]);
  });

  test('the last one cannot go; where the current one goes its neighbour runs', () => {
    expect(removeBranch(own, own.current)).toBe(own);
    const left = removeBranch(two, two.current);
    expect(left.branches).toHaveLength(1);
    expect(textOf(left)).toBe('file A a');
  });

  test('there is an end to them', () => {
    let full: OwnScenario = own;
    for (let i = 1; i < MAX_BRANCHES; i += 1) full = addBranch(full, `b${i}`, '') ?? full;
    expect(full.branches).toHaveLength(MAX_BRANCHES);
    expect(addBranch(full, 'more', '')).toBeUndefined();
  });
});

describe('names', () => {
  test.each<[string, string[], string]>([
    ['X', [], 'X (copy)'],
    ['X', ['X (copy)'], 'X (copy 2)'],
    ['X (copy)', ['X (copy)', 'X (copy 2)'], 'X (copy 3)'],
    ['X (other tab)', [], 'X (copy)'],
  ])('the copy of %j beside %j is %j', (name, taken, copy) => {
    expect(markedName(name, 'copy', taken)).toBe(copy);
  });

  test('are free and tidy', () => {
    expect(freeName('  a \n b ', [])).toBe('a b');
    expect(freeName('a', ['a', 'a 2'])).toBe('a 3');
    expect(tidyName(' \t')).toBe('Untitled');
    expect([...tidyName('🙂'.repeat(300))]).toHaveLength(120);
  });
});

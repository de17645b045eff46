import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { recordedTable } from '../../src/viewmodel/recordedTable.ts';

const FOLDER = join(import.meta.dirname, '../../public/recordings');
const FILES = readdirSync(FOLDER).filter((file) => file.endsWith('.json'));

describe('the recordings that come with the page', () => {
  test.each(FILES)('%s', (file) => {
    const table = recordedTable(JSON.parse(readFileSync(join(FOLDER, file), 'utf8')));
    expect(table?.title).not.toBe('');
    expect(table?.kernel).toMatch(/^6\.\d+/);
    expect(table?.rows.length).toBeGreaterThan(2);
    for (const { n, actor, op, result } of table?.rows ?? []) expect([n, actor, op, result]).not.toContain('');
  });
});

describe('a row', () => {
  const rowOf = (step: unknown) => recordedTable({ steps: [step] })?.rows[0];

  test('says what was read, and how long it slept and where', () => {
    expect(rowOf({ n: 5, actor: 'P1', op: 'load m1', result: 'ok', value: 'abcd', changed: ['x', 7] })).toEqual({
      n: '5',
      actor: 'P1',
      op: 'load m1',
      result: 'ok, read abcd',
      changed: ['x'],
      note: '',
    });
    expect(rowOf({ result: 'BLOCKED', blockedMs: 601, asleepIn: 'xfs_break_dax_layouts' })?.result).toBe(
      'BLOCKED, asleep for 601 ms in xfs_break_dax_layouts',
    );
  });
});

test('what is no recording is refused, and nothing in a file makes it throw (seed 31)', () => {
  for (const value of [undefined, null, 7, 'steps', [], {}, { steps: {} }])
    expect(recordedTable(value)).toBeUndefined();
  const step = fc.oneof(
    fc.jsonValue(),
    fc.record({ n: fc.jsonValue(), op: fc.jsonValue(), result: fc.jsonValue(), changed: fc.jsonValue() }),
  );
  fc.assert(
    fc.property(fc.record({ title: fc.jsonValue(), steps: fc.array(step) }), (value) => {
      const table = recordedTable(value);
      const isObject = (one: unknown): boolean => typeof one === 'object' && one !== null && !Array.isArray(one);
      expect(table?.rows).toHaveLength(value.steps.filter(isObject).length);
      for (const { changed, ...texts } of table?.rows ?? []) {
        for (const text of [...Object.values(texts), ...changed]) expect(typeof text).toBe('string');
      }
    }),
    { seed: 31, numRuns: 300 },
  );
});

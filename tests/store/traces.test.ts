import { beforeEach, expect, test } from 'vitest';
import { addTrace, openTraces, traceOf, tracesOpened } from '../../src/store/traces.ts';
import { memoryStorage } from '../support/startLab.ts';

let storage = memoryStorage();
beforeEach(() => {
  storage = memoryStorage();
  openTraces(() => storage);
});

test('a run is found again after a reload, under the same id', () => {
  const id = addTrace('S1', 'file A a\n');
  expect(addTrace('S1', 'file A a\n')).toBe(id);
  openTraces(() => memoryStorage());
  expect(traceOf(id)).toBe(undefined);
  openTraces(() => storage);
  expect(traceOf(id)?.text).toBe('file A a\n');
});

test('the oldest go first, and no id is given twice', () => {
  const ids = Array.from({ length: 30 }, (_, n) => addTrace(`run ${n}`, `# ${n}\n`));
  expect(new Set(ids).size).toBe(30);
  expect(tracesOpened().map(({ id }) => id)).toEqual(ids.slice(10).toReversed());
});

test.each([
  '{',
  '7',
  '{"id": "trace:1"}',
  '[null, 7, [], {"id": "trace:1", "name": "x"}]',
  '[{"id": "own:abcdef", "name": "x", "text": ""}, {"id": "trace:-1", "name": "x", "text": ""}, {"id": "trace:1", "name": 7, "text": ""}]',
  JSON.stringify([{ id: 'trace:1', name: 'x', text: 'a'.repeat(300_000) }]),
])('what is not a list of runs is nothing: %#', (text) => {
  storage.setItem('daxpin.traces', text);
  openTraces(() => storage);
  expect(tracesOpened()).toEqual([]);
  expect(addTrace('S1', '')).toBe('trace:1');
});

test('where storage is blocked, or full, they last as long as the page', () => {
  openTraces(() => {
    throw new Error('denied');
  });
  expect(traceOf(addTrace('S1', 'x'))?.text).toBe('x');
  storage.setItem = () => {
    throw new Error('full');
  };
  openTraces(() => storage);
  expect(traceOf(addTrace('S2', 'y'))?.text).toBe('y');
});

import { expect, test } from 'vitest';
import { moveLine, moveText } from '../../src/explain/moves.ts';
import { endWords, observationLine } from '../../src/explain/ends.ts';
import { loadScenario } from '../../src/scenario/load.ts';
import type { Grain, Move } from '../../src/sim/model/order.ts';

const loaded = loadScenario('alloc any\nfile A ab\napp m = mmap A\napp mr = reg_mr m remote_read\nany peer x2: d = post_read mr 0 | complete d\nany app x1: store m 0 X\n', { preset: 'wait' }); // prettier-ignore
if (!loaded.ok) throw new Error('a text of this test does not parse');
const { program } = loaded.value;
const [app, peer] = ['app', 'peer'].map((name) => program.actors.findIndex((actor) => actor.name === name)) as [number, number]; // prettier-ignore

test.each<[Move, Grain, string, string]>([
  [{ type: 'step', task: app, step: 0 }, 'op', 'app m = mmap A', 'app m = mmap A'],
  [{ type: 'entry', task: peer, entry: 0 }, 'op', 'peer d = post_read mr 0', 'peer d = post_read mr 0'],
  [{ type: 'entry', task: app, entry: 0, choices: [2] }, 'op', 'app store m 0 X, taking the 3rd free block', 'app store m 0 X  # taking the 3rd free block'],
  [{ type: 'entry', task: app, entry: 0, choices: [0, 10] }, 'op', 'app store m 0 X, taking the 1st and the 11th free block', 'app store m 0 X  # taking the 1st and the 11th free block'],
  [{ type: 'run', task: app }, 'op', 'app wakes', '# app wakes'],
  [{ type: 'run', task: app }, 'micro', 'app goes on', '# app goes on'],
  [{ type: 'run', task: program.actors.length }, 'op', 'dma d wakes', '# dma d wakes'],
  [{ type: 'dma', dma: 0 }, 'op', 'dma d completes', '# dma d completes'],
  [{ type: 'dma', dma: 1 + peer }, 'micro', 'dma of peer completes', '# dma of peer completes'],
  [{ type: 'grace', file: 0 }, 'op', 'grace of A ends', '# grace of A ends'],
  [{ type: 'grace', file: -1 }, 'op', 'grace of a memfd ends', '# grace of a memfd ends'],
])('%j at %s grain', (move, grain, text, line) => {
  expect(moveText(program, move, grain)).toBe(text);
  expect(moveLine(program, move, grain)).toBe(line);
}); // prettier-ignore

test('an end leaves out what is as usual', () => {
  const files = { A: { data: 'a.', blocks: [0, null] }, B: { data: '', blocks: [] }, C: { data: ['xy', 'z'], blocks: [1, 2] } }; // prettier-ignore
  const mrs = { mr: { state: 'live', blocks: [0, null] }, old: { state: 'destroyed', blocks: [null] } };
  const end = { files, free: 3, zombie: 1, mrs, actors: { app: 'idle', admin: 'blocked' } };
  expect(endWords(end)).toBe('A=a.@0,- B=empty C=xy,z@1,2 free=3 zombie=1 mr=live@0,- old=destroyed admin=blocked');
});

test.each([
  [0, 3, 'Never'],
  [3, 0, 'Always'],
  [3, 5, 'Sometimes'],
])('%i and %i is %s', (positive, negative, how) => {
  expect(observationLine('x', { positive, negative })).toBe(`Observation x ${how} ${positive} ${negative}`);
});

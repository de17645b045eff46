// What each actor may begin: lists, menus with and without a count, forks, grace periods; and where a search starts.
import { describe, expect, test } from 'vitest';
import type { Step } from '../../src/sim/apply.ts';
import { applyOperation, makeWorld } from '../../src/sim/apply.ts';
import { beginsOf, menuOf } from '../../src/sim/begins.ts';
import { enabledSteps } from '../../src/sim/enabled.ts';
import { initialState } from '../../src/sim/initial.ts';
import type { Program } from '../../src/sim/model/program.ts';
import type { State } from '../../src/sim/model/state.ts';
import { setUp } from '../../src/sim/setup.ts';
import { play } from '../support/play.ts';
import { programOf } from '../support/runText.ts';

const load = (text: string): Program => programOf(`title "t"\n${text.replaceAll(/\s*;\s*/g, '\n')}\n`);

/** A step in words: `app store`, `wake admin`, `dma 0`, `grace 0`. */
function words(program: Program, step: Step): string {
  if (step.type === 'begin') return `${program.actors[step.task]?.name ?? '?'} ${step.op.verb}`;
  if (step.type === 'run') return `wake ${program.actors[step.task]?.name ?? 'NIC'}`;
  return step.type === 'dma' ? `dma ${step.dma}` : `grace ${step.inode}`;
}

const enabled = (program: Program, state: State): readonly string[] =>
  enabledSteps(makeWorld(program), state).map((step) => words(program, step));

/** Takes the enabled steps of these names, one after the other. */
function take(program: Program, from: State, ...names: readonly string[]): State {
  const world = makeWorld(program);
  return names.reduce((state, name) => {
    const step = enabledSteps(world, state).find((found) => words(program, found) === name);
    if (step === undefined) throw new Error(`${name} is not enabled`);
    return applyOperation(world, state, step);
  }, from);
}

describe('a list', () => {
  const program = load('file A ab; app m = mmap A; admin pread A 0; app load m 0');
  test('gives the line that its actor has come to', () => {
    const start = initialState(program);
    expect(enabled(program, start)).toEqual(['app mmap', 'admin pread']);
    expect(enabled(program, take(program, start, 'app mmap'))).toEqual(['app load', 'admin pread']);
    expect(enabled(program, take(program, start, 'app mmap', 'app load', 'admin pread'))).toEqual([]);
  });
});

describe('a menu', () => {
  const counted = load('file A ab; app m = mmap A; any app x2: load m 0 | store m 0 X');
  test('comes after the lines of its actor, and is counted', () => {
    const start = initialState(counted);
    expect(enabled(counted, start)).toEqual(['app mmap']);
    const ready = take(counted, start, 'app mmap');
    expect(enabled(counted, ready)).toEqual(['app load', 'app store']);
    const once = take(counted, ready, 'app store');
    expect(beginsOf(counted, once, 0)).toHaveLength(2);
    expect(menuOf(counted, once, 0).map(({ menu }) => menu)).toEqual(['counted', 'counted']);
    expect(enabled(counted, take(counted, once, 'app load'))).toEqual([]);
  });

  test('without a count leaves no trace of how often it was used', () => {
    const endless = load('file A ab; app m = mmap A; any app: load m 0');
    const ready = take(endless, initialState(endless), 'app mmap', 'app load');
    expect(take(endless, ready, 'app load', 'app load')).toBe(ready);
    expect(menuOf(endless, ready, 0).map(({ menu }) => menu)).toEqual(['unlimited']);
  });

  test('offers what has its object, and makes none twice', () => {
    const program = load('option wait; file A ab; app m = mmap A; any app x9: mr = reg_mr m remote_read | dereg_mr mr; any peer x9: rdma_read mr 0');
    const ready = take(program, initialState(program), 'app mmap');
    expect(enabled(program, ready)).toEqual(['app reg_mr']);
    const made = take(program, ready, 'app reg_mr');
    expect(enabled(program, made)).toEqual(['app dereg_mr', 'peer rdma_read']);
  });

  test('is nothing to a run as written', () => {
    expect(play('file A ab; app m = mmap A; any app x2: store m 0 X; always file A = ab').unmet).toEqual([]);
  });
}); // prettier-ignore

describe('what is not there', () => {
  test('a child begins nothing before its fork', () => {
    const program = load('file A ab; app m = mmap A; app fork kid; kid load m 0');
    const start = initialState(program);
    expect(enabled(program, start)).toEqual(['app mmap']);
    expect(enabled(program, take(program, start, 'app mmap', 'app fork'))).toEqual(['kid load']);
  });
});

test('begins say where they are from: a line of the text, an entry of the menu', () => {
  const program = load('file A ab; app m = mmap A; admin pread A 0; app load m 0; any app x1: load m 1 | store m 0 X; admin pread A 1; any peer: wait'); // prettier-ignore
  const from = (state: State): readonly string[] =>
    enabledSteps(makeWorld(program), state).map((step) => (step.type === 'begin' ? `${words(program, step)} ${step.menu ?? 'line'} ${step.from ?? -1}` : '')); // prettier-ignore
  const start = initialState(program);
  expect(from(start)).toEqual(['app mmap line 0', 'admin pread line 1', 'peer wait unlimited 0']);
  const late = take(program, start, 'app mmap', 'admin pread', 'app load');
  expect(from(late)).toEqual([
    'app load counted 0',
    'app store counted 1',
    'admin pread line 3',
    'peer wait unlimited 0',
  ]);
});

describe('a grace period', () => {
  const text = 'option lease-revoke; file A ab; app setlease A layout; admin ftruncate A 1';
  test('can end at any moment while somebody waits for the lease', () => {
    const program = load(text);
    const start = initialState(program);
    const leased = take(program, start, 'app setlease');
    expect(enabled(program, leased)).toEqual(['admin ftruncate']);
    const waiting = take(program, leased, 'admin ftruncate');
    expect(enabled(program, waiting)).toEqual(['grace 0']);
    expect(enabled(program, take(program, waiting, 'grace 0'))).toEqual(['wake admin']);
    expect(take(program, waiting, 'grace 0', 'wake admin').inodes[0]?.size).toBe(1);
  });

  test.each([
    ['as written it ends when nobody else can move', text, 'ok blocks,ok'],
    ['with the next wait', `${text}; app wait; app pread A 1`, 'ok blocks,ok ok EOF'],
    ['not before', `${text}; app pread A 1; app wait`, 'ok blocks,ok b ok'],
    ['a lease given up needs none', `${text}; app unlease A; app wait`, 'ok blocks,ok ok ok'],
    ['after it there is nothing to give up', `${text}; app wait; app unlease A`, 'ok blocks,ok ok EAGAIN'],
  ])('%s', (_, lines, results) => expect(play(lines).results).toBe(results));

  test('is part of the turn of the wait', () => {
    const { outline } = play(`${text}; app wait`);
    expect(outline.turns.map(({ step, kind }) => [step, kind])).toEqual([[0, 'begun'], [1, 'begun'], [2, 'begun'], [1, 'woke']]); // prettier-ignore
    expect(outline.steps[2]?.microsteps).toEqual(['op.wait', 'lease.grace']);
  });
});

describe('where a search starts', () => {
  const names = (text: string): readonly string[] => {
    const program = load(text);
    return setUp(makeWorld(program)).steps.flatMap((step) => (step.type === 'run' ? [] : [words(program, step)]));
  };
  test.each([
    ['without a menu', 'file A ab; app m = mmap A; app load m 0', []],
    ['with the lines above the first', 'file A ab; app m = mmap A; any app x1: load m 0; any admin: sync', ['app mmap']],
    ['which sleepers hold back', 'option wait; file A ab; app m = mmap A; app r = reg_mr m remote_read; admin ftruncate A 1; admin pread A 0; app load m 0; any app: dereg_mr r', ['app mmap', 'app reg_mr', 'admin ftruncate', 'app load']],
    ['a grace period is the checker’s to end', 'option lease-revoke; file A ab; app setlease A layout; admin ftruncate A 1; any app: unlease A', ['app setlease', 'admin ftruncate']],
  ])('%s', (_, text, expected) => expect(names(text)).toEqual(expected)); // prettier-ignore
});

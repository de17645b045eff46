import { describe, expect, test } from 'vitest';
import { nowScene, type NowScene } from '../../src/viewmodel/nowScene.ts';
import { summary, verdictCards } from '../../src/viewmodel/verdictScene.ts';
import { plain } from '../../src/explain/parts.ts';
import { whyScene, type WhyScene } from '../../src/viewmodel/whyScene.ts';
import type { EntityRef } from '../../src/sim/model/state.ts';
import { bundledTexts } from '../support/bundledTexts.ts';
import { READ_MR, TWO_SLEEPERS } from '../support/caseTexts.ts';
import { runText, type Ran } from '../support/runText.ts';
import { someOf } from '../support/thorough.ts';

function setup(text: string, overrides?: Parameters<typeof runText>[1]) {
  const ran: Ran = runText(text, overrides);
  const { program, outline } = ran;
  const at = (position: number, selected?: EntityRef): NowScene =>
    nowScene({ program, outline, moment: ran.momentAt(position) }, selected);
  const why = (position: number, selected?: EntityRef): WhyScene =>
    whyScene({ program, outline, moment: ran.momentAt(position) }, selected, undefined);
  return { ...ran, at, why, step: (n: number, selected?: EntityRef): NowScene => at(ran.endOf(n), selected) };
}

describe('the READ-MR case', () => {
  const { at, step, program, outline } = setup(READ_MR);

  test('before the first step it says what there is, and what comes', () => {
    expect(at(0)).toMatchObject({
      actor: '',
      place: 'start',
      sentence: expect.stringContaining('Before the first step') as string,
      next: { line: 'app m = mmap A', result: 'returns ok.' },
      micros: [],
      changed: [],
      owners: undefined,
    });
  });

  test('the store: who, where, one sentence, what changed', () => {
    const scene = step(3);
    expect(scene).toMatchObject({ actor: 'app', place: 'step 3', line: 'line 8' });
    expect(scene.sentence).toContain('A[1] is now block 4');
    expect(scene.changed.map(({ text }) => text).join(' ')).toContain('block 4');
    expect(scene.warnings.map(({ id }) => id)).toEqual(['S5b']);
  });

  test('the function named is the one in which the property broke', () => {
    expect(step(3).functions).toContain('xfs_reflink_end_cow()');
  });

  test('within a step it is the function of the micro-step', () => {
    const scene = at(28);
    expect(scene.functions).toContain('dax_insert_entry()');
    expect(scene.micros.find(({ now }) => now)?.label).toBe('entry');
    expect(scene.micros.filter(({ done }) => done)).toHaveLength(4);
    expect(scene.next?.line).toBe('copy');
  });

  test("who owns what is about the culprit's block, or the one selected", () => {
    const rows = (scene: NowScene) => scene.owners?.rows.map(({ side, who, odd }) => [side, plain(who), plain(odd)]);
    expect(step(3).owners?.name).toBe('block 1');
    expect(rows(step(3))).toEqual([
      ['File', 'B[1]', ''],
      ['Allocator', '1 owner', ''],
      ['CPU', 'nobody', ''],
      ['DMA', 'mr[1], pinned read-only', 'takes it for A[1], which is block 4 now'],
    ]);
    expect(step(3, { type: 'block', block: 4 }).owners?.name).toBe('block 4');
    expect(step(3, { type: 'mtt', mr: 0, slot: 2 }).owners?.name).toBe('block 2');
    expect(step(3, { type: 'pte', map: 0, vpage: 1 }).owners?.name).toBe('block 4');
    expect(step(3, { type: 'extent', inode: 0, index: 0 }).owners?.name).toBe('block 0');
    // A mapping is no block: the culprit stays.
    expect(step(3, { type: 'map', map: 0 }).owners?.name).toBe('block 1');
    expect(step(3, { type: 'map', map: 0 }).selected).toBe('app: m');
  });

  test('the card links each cause to the end of its step', () => {
    const [card] = verdictCards(outline, 33);
    expect(card?.id).toBe('S2');
    expect(card?.causes.map(({ label, at: to }) => [label, to])).toEqual([
      ['step 2', 24],
      ['step 3', 33],
    ]);
    expect(card?.fresh).toBe(true);
    expect(verdictCards(outline, 39).find(({ id }) => id === 'S2')).toMatchObject({
      fresh: false,
      since: 'since step 3',
    });
    expect(verdictCards(outline, 24)).toEqual([]);
  });

  test('at the end it says what the run came to', () => {
    expect(step(5).next).toBeUndefined();
    expect(summary(program, outline)).toEqual({
      claims: [{ text: 'exists S2 and S5b', met: true }],
      broken: ['S2', 'S5b'],
      expected: 3,
      met: 3,
    });
  });

  test('under another option, what is not met is counted', () => {
    const seed = setup(READ_MR, { preset: 'seed' });
    const told = summary(seed.program, seed.outline);
    expect(told.claims).toEqual([{ text: 'exists S2 and S5b', met: false }]);
    expect(told.met).toBeLessThan(told.expected);
  });
});

describe('a transfer in flight', () => {
  const { step, at, outline } = setup(
    'device 8\noption wait\nfile A ab\napp m = mmap A\napp mr = reg_mr m remote_read\npeer r = post_read mr 1\npeer complete r',
  );

  test('asks for the page that its slot leads to', () => {
    expect(step(3).owners?.name).toBe('block 1');
  });

  test('no page is asked for that is none', () => {
    for (let position = 0; position <= outline.length; position++)
      expect(at(position).owners?.name ?? '').not.toContain('-');
  });
});

describe('sleepers', () => {
  const { at, why, outline, program } = setup(TWO_SLEEPERS);

  test('the one that queues is led through the lock to the pin and its owner', () => {
    const scene = at(outline.waits[1]?.from ?? -1);
    expect(why(outline.waits[1]?.from ?? -1).wait?.links.map(({ name }) => name)).toEqual([
      'log',
      'i_rwsem of A',
      'admin',
      'block 0',
      'db',
    ]);
    expect(scene.owners?.name).toBe('block 0');
  });

  test('each sleeper can be chosen, at any moment at which it sleeps; who is awake leaves the chain of the step', () => {
    const queued = outline.waits[1]?.from ?? -1;
    const taskOf = (name: string) => program.actors.findIndex((actor) => actor.name === name);
    const chosen = (name: string, position = queued) =>
      why(position, { type: 'task', task: taskOf(name) }).wait?.links.map((link) => link.name);
    const before = outline.waits[0]?.from ?? -1;
    expect(chosen('admin', before)).toEqual(['admin', 'block 0', 'db']);
    expect(chosen('log', queued + 1)?.[0], 'db runs, log sleeps on').toBe('log');
    expect(chosen('admin'), 'part of it already').toEqual(chosen('log'));
    expect(chosen('log')).toEqual(['log', 'i_rwsem of A', 'admin', 'block 0', 'db']);
    expect(chosen('admin', outline.length)).toBeUndefined();
    expect(chosen('db')).toEqual(chosen('log'));
  });

  test('a step that went on has no chain', () => {
    expect(why(outline.length).wait).toBeUndefined();
  });

  test('a speaker note stands at its step only', () => {
    const noted = setup(`note 2 "Look here."\n${READ_MR}`);
    expect(noted.step(2).note).toBe('Look here.');
    expect(noted.step(1).note).toBeUndefined();
    expect(noted.at(0).note).toBeUndefined();
  });
});

test.each(someOf(bundledTexts()))(
  'every position of $id has a sentence and something to say next, or the end',
  ({ text }) => {
    const { at, why, outline, momentAt } = setup(text);
    for (let position = 0; position <= outline.length; position += 1) {
      const scene = at(position);
      for (const task of momentAt(position).state.sleepers) {
        const chain = why(position, { type: 'task', task }).wait;
        expect(chain?.links.length).toBeGreaterThan(0);
        expect(chain?.links.map(({ ref }) => ref)).toContainEqual({ type: 'task', task });
        expect(chain?.end).toMatch(/\.$/);
      }
      expect(scene.sentence).toMatch(/[.!]$/);
      expect(scene.sentence).not.toMatch(/undefined|NaN|\[object/);
      if (position < outline.length) expect(scene.next?.line).toBeTruthy();
      else expect(scene.next).toBeUndefined();
    }
  },
);

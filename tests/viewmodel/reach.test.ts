// Search, tables and hiding: what the run has, found, listed and left out.
import { describe, expect, test } from 'vitest';
import { touches } from '../../src/explain/touched.ts';
import type { EntityRef } from '../../src/sim/model/state.ts';
import { allHideChoices, hiddenScene, hideables, hideChoices } from '../../src/viewmodel/hiding.ts';
import { hideKeyOf } from '../../src/viewmodel/hideKey.ts';
import { momentTables } from '../../src/viewmodel/momentTables.ts';
import { namedEntries, runEntries } from '../../src/viewmodel/runIndex.ts';
import { rank, scoreOf } from '../../src/viewmodel/search.ts';
import { newSleepers } from '../../src/viewmodel/sleepers.ts';
import { stageScene } from '../../src/viewmodel/stageScene.ts';
import { stepsTable } from '../../src/viewmodel/stepsTable.ts';
import type { TableScene } from '../../src/viewmodel/tables.ts';
import { bundledTexts } from '../support/bundledTexts.ts';
import { READ_MR, TWO_SLEEPERS } from '../support/caseTexts.ts';
import { runText } from '../support/runText.ts';

const ran = runText(READ_MR);
const { program, outline } = ran;
const shownAt = (step: number) => ({ program, outline, moment: ran.momentAt(ran.endOf(step)) });

describe('search', () => {
  const named = (name: string, words = '') => ({ name, words, group: 'all' });

  test('every word must be found; a beginning counts more than a middle, a name more than what goes with it', () => {
    expect(scoreOf(named('Next step'), 'step xyz')).toBe(0);
    const order = (query: string, ...names: ReturnType<typeof named>[]) =>
      rank(names, query, 9)[0]?.items.map(({ name }) => name);
    expect(order('mr', named('armr'), named('the mr'), named('mr[1]'), named('mr'), named('x', 'mr'))).toEqual([
      'mr', 'mr[1]', 'the mr', 'armr', 'x',
    ]); // prettier-ignore
    expect(order('a[1', named('A[10]'), named('A[1]'), named('B[1]'))?.[0]).toBe('A[1]');
  });

  test('the group of the best find comes first, each with at most so many, the rest counted', () => {
    const many = Array.from({ length: 5 }, (_, i) => ({ name: `step ${i}`, words: '', group: 'Steps' }));
    const groups = rank([...many, { name: 'step', words: '', group: 'Exact' }], 'step', 3);
    expect(groups.map(({ group, items, more }) => [group, items.length, more])).toEqual([
      ['Exact', 1, 0],
      ['Steps', 3, 2],
    ]);
    expect(rank(many, '', 3)[0]?.items).toHaveLength(5);
  });

  const find = (query: string) => rank(runEntries(shownAt(4)), query, 8).flatMap(({ items }) => items)[0];

  test.each([
    ['mr[1]', { type: 'object', ref: { type: 'mtt', mr: 0, slot: 1 } }],
    ['file b', { type: 'object', ref: { type: 'file', inode: 1 } }],
    ['block 4', { type: 'object', ref: { type: 'block', block: 4 } }],
    ['peer', { type: 'object', ref: { type: 'task', task: 1 } }],
    ['step 3', { type: 'step', step: 2 }],
    ['store', { type: 'step', step: 2 }],
    ['line 9', { type: 'step', step: 3 }],
    ['S2', { type: 'property', id: 'S2' }],
    ['stale data', { type: 'property', id: 'S5b' }],
  ] as const)('%s', (query, go) => {
    expect(find(query)?.go).toEqual(go);
  });

  test('a property says where it broke, one that held that it did', () => {
    expect(find('S2')?.detail).toBe('violated at step 3');
    expect(find('S11')).toMatchObject({ detail: 'not violated in this run', blocked: expect.any(String) as string });
  });

  test('what is not listed is found by its whole name, if it is there', () => {
    expect(namedEntries(shownAt(3), 'block 12').map(({ name }) => name)).toEqual(['block 12']);
    expect(namedEntries(shownAt(3), '999')).toEqual([]);
    expect(namedEntries(shownAt(3), 'A[77]')).toEqual([]);
  });
});

describe('tables', () => {
  const row = (tables: readonly TableScene[], key: string, head: string) =>
    tables.find((table) => table.key === key)?.rows.find((one) => one.head.text.startsWith(head));
  const texts = (cells: readonly { readonly text: string }[] | undefined) => cells?.map(({ text }) => text);

  test('pages: state, contents, refcount, pins, owners, with what they were', () => {
    const tables = momentTables(shownAt(3));
    expect(texts(row(tables, 'pages', 'block 1')?.cells)).toEqual(['owned', 'b', '1', '1', 'B[1]']);
    expect(row(tables, 'pages', 'block 1')?.cells[2]).toEqual({ text: '1', was: '2', changed: true });
    expect(row(tables, 'pages', 'block 4')?.cells[0]).toEqual({ text: 'owned', was: 'free', changed: true });
  });

  test('claims: where, since when, and whether the file agrees; what is broken is named', () => {
    const tables = momentTables(shownAt(3));
    expect(texts(row(tables, 'claims', 'mr[1]')?.cells)).toEqual(['DMA', 'block 1', 'since step 2', 'disagrees: takes it for A[1], which is block 4 now']);
    expect(row(tables, 'claims', 'mr[1]')?.head.broken).toEqual(['S2']);
    expect(row(tables, 'claims', 'A[1]')?.head.changed).toBe(true);
  }); // prettier-ignore

  test('actors: who waits for what, who holds which lock', () => {
    const two = runText(TWO_SLEEPERS);
    const at = (step: number) => ({ ...two, moment: two.momentAt(two.outline.turns[step - 1]?.to ?? 0) });
    const admin = row(momentTables(at(3)), 'actors', 'admin');
    expect(admin?.cells[0]?.text).toBe('ftruncate A 2');
    expect(admin?.cells[1]?.text).toMatch(/^waits for the pin of block \d/);
    expect(admin?.cells[2]?.text).toContain('i_rwsem of A, exclusive');
    expect(row(momentTables(at(4)), 'actors', 'log')?.cells[3]?.text).toContain('i_rwsem of A');
    // The sleeper of this very turn is in the sentence already.
    expect(newSleepers(at(3))).toEqual([]);
  });

  test('steps: every turn, with what began and what broke in it', () => {
    const table = stepsTable({ program, outline }, ran.endOf(3));
    expect(table.rows).toHaveLength(outline.turns.length);
    expect(table.rows.filter(({ now }) => now).map(({ head }) => head.text)).toEqual(['3']);
    expect(table.rows[2]?.cells.at(-1)?.broken).toEqual(['S2']);
    expect(table.rows[2]?.cells[2]?.text).toMatch(/^\d+: fault, alloc, zap/);
  });

  test.each(bundledTexts().map(({ id, text }) => [id, text] as const))('%s: every row of every step has all columns', (_, text) => {
    const one = runText(text);
    for (const { to } of one.outline.turns.slice(0, 24)) {
      const shown = { ...one, moment: one.momentAt(to) };
      for (const { heads, rows } of [...momentTables(shown), stepsTable(one, to)]) {
        expect(rows.every(({ cells }) => cells.length === heads.length - 1)).toBe(true);
        expect(new Set(rows.map(({ key }) => key)).size).toBe(rows.length);
      }
    }
  }); // prettier-ignore
});

describe('hiding', () => {
  const view = { width: 952, height: 532, k: 1 };
  const scene = (step: number, hidden: readonly string[]) =>
    stageScene(program, outline, ran.momentAt(ran.endOf(step)), view, undefined, hidden);

  test('what can be hidden, by whom it is had', () => {
    expect(hideables(program, outline)).toEqual([
      { key: 'file:0', name: 'file A', owner: '' },
      { key: 'file:1', name: 'file B', owner: '' },
      { key: 'map:0', name: 'app: m', owner: 'app' },
      { key: 'mr:0', name: 'app: mr', owner: 'app' },
    ]);
  });

  test('rows, links and marks of what is hidden are gone, and come back; the same window keeps no stale plan', () => {
    const all = scene(3, []);
    const less = scene(3, ['mr:0']);
    expect(all.boxes).toHaveLength(4);
    expect(less.boxes.map(({ key }) => key)).not.toContain('mr:0');
    expect(less.slots.some(({ key }) => key.startsWith('mtt:'))).toBe(false);
    expect(less.links.some(({ kind }) => kind === 'mtt')).toBe(false);
    expect(scene(3, [])).toEqual(all);
    expect(scene(3, ['file:0', 'file:1', 'map:0', 'mr:0']).boxes).toEqual([]);
  });

  test('the verdict on something hidden is told all the same', () => {
    const { moment } = shownAt(3);
    const hidden = hiddenScene({ program, outline, hidden: ['mr:0', 'map:9'] }, moment);
    expect(hidden).toMatchObject({ count: 1, text: '1 hidden', broken: ['S2'] });
    expect(scene(3, ['mr:0']).badges.map(({ id }) => id)).toContain('S2');
    expect(hiddenScene({ program, outline, hidden: [] }, moment)).toBeUndefined();
  });

  test('an object alone, or all of its owner', () => {
    const { state } = shownAt(3).moment;
    const slot: EntityRef = { type: 'mtt', mr: 0, slot: 1 };
    expect(hideKeyOf(state, slot)).toBe('mr:0');
    expect(hideKeyOf(state, { type: 'block', block: 1 })).toBeUndefined();
    expect(hideChoices({ program, outline, hidden: ['file:0'] }, state, slot)).toEqual([
      { name: 'Hide app: mr', hidden: ['file:0', 'mr:0'] },
      { name: 'Hide all of app', hidden: ['file:0', 'map:0', 'mr:0'] },
    ]);
    expect(allHideChoices({ program, outline, hidden: ['mr:0'] }).map(({ name }) => name)).toContain('Show app: mr');
  });
});

describe('which steps change an object', () => {
  const steps = (ref: EntityRef) =>
    outline.turns.flatMap(({ step, to }) => (touches(ran.momentAt(to), ref) ? [step + 1] : []));

  test.each<[string, EntityRef, readonly number[]]>([
    ['mr', { type: 'mr', mr: 0 }, [2]],
    ['A[1]', { type: 'extent', inode: 0, index: 1 }, [3]],
    ['block 4', { type: 'block', block: 4 }, [3]],
    ['block 1, by who claims it', { type: 'block', block: 1 }, [2, 3]],
    ['file A', { type: 'file', inode: 0 }, [3]],
  ])('%s', (_, ref, wanted) => {
    expect(steps(ref)).toEqual(wanted);
  });
});

test('slots of one index are kin, from the top down', () => {
  const scene = stageScene(program, outline, ran.momentAt(ran.endOf(3)), { width: 952, height: 532, k: 1 });
  expect(scene.kin).toContainEqual(['extent:0:1', 'pte:0:1', 'mtt:0:1']);
});

import { describe, expect, test } from 'vitest';
import { appendStep } from '../../src/library/append.ts';
import { loadScenario } from '../../src/scenario/load.ts';
import type { EntityRef } from '../../src/sim/model/state.ts';
import { claimKey, refOfKey } from '../../src/sim/query/claimKey.ts';
import { stepsBegun } from '../../src/store/places.ts';
import { actionSections, type ActionSection } from '../../src/viewmodel/actions.ts';

import { bundledTexts } from '../support/bundledTexts.ts';
import { runText } from '../support/runText.ts';
import { someOf, THOROUGH } from '../support/thorough.ts';

const TEXT = `file A abcd
app   m = mmap A
app   store m 1 X
app   mr = reg_mr m remote_read on_demand
app   p = vmsplice m 2
app.2 ftruncate A 1
app   create B
`;

function sections(text: string, step: number, ref: EntityRef | undefined): readonly ActionSection[] {
  const { program, momentAt, endOf } = runText(text);
  return actionSections(program, momentAt(Math.max(0, endOf(step))).state, ref);
}

const lines = (found: readonly ActionSection[], actor: string): readonly string[] =>
  found.flatMap(({ groups }) => groups.filter((group) => group.actor === actor)).flatMap((group) => group.lines);

describe('what can be done', () => {
  test('with a page of a file: by every process, and by one that is not there yet', () => {
    const found = sections(TEXT, 2, { type: 'extent', inode: 0, index: 1 });
    expect(found.map(({ title }) => title)).toEqual(['file A[1]']);
    expect(found[0]?.groups.map(({ actor, fresh }) => [actor, fresh])).toEqual([
      ['app', false],
      ['app.2', false],
      ['admin', true],
    ]);
    const can = lines(found, 'app');
    for (const line of ['pread A 1', 'pwrite A 1 Y', 'fallocate A punch 1 1', 'fallocate A collapse 1 1', 'ftruncate A 1', 'reflink A C', 'unlink A', 'fsync A', 'setlease A layout', 'set A immutable', 'm2 = mmap A']) expect(can).toContain(line); // prettier-ignore
    expect(can.filter((line) => line.startsWith('load'))).toEqual([]);
  });

  test('with a mapping: by the threads of its process alone', () => {
    const found = sections(TEXT, 2, { type: 'map', map: 0 });
    expect(found[0]?.groups.map(({ actor }) => actor)).toEqual(['app', 'app.2']);
    const can = lines(found, 'app');
    for (const line of ['munmap m', 'load m 0', 'store m 0 Y', 'msync m', 'madvise m dontneed 0 4', 'mr2 = reg_mr m remote_write', 'p2 = vmsplice m 0', 'd = dio_write m 0']) expect(can).toContain(line); // prettier-ignore
  });

  test('with an MR: the peer reads and writes, its process registers anew and deregisters', () => {
    const found = sections(TEXT, 3, { type: 'mtt', mr: 0, slot: 2 });
    expect(lines(found, 'peer')).toEqual(['rdma_read mr 2', 'rdma_write mr 2 Y', 'd = post_read mr 2', 'd = post_write mr 2 Y']); // prettier-ignore
    expect(lines(found, 'app')).toEqual(['rereg_mr mr remote_write', 'dereg_mr mr']);
  });

  test('with a block: everything that claims it', () => {
    const found = sections(TEXT, 4, { type: 'block', block: 1 });
    expect(found.map(({ title }) => title)).toEqual(['file A[1]', 'mapping m[1]']);
  });

  test('with a pipe', () => {
    expect(lines(sections(TEXT, 4, { type: 'pipe', pipe: 0 }), 'app')).toEqual(['peek p', 'pipe_read p']);
  });

  test('with a sleeper: others signal and kill it; itself it cannot act, and says why', () => {
    const { program, momentAt, outline } = runText(TEXT);
    const asleep = outline.turns.find(({ step }) => step === 4)?.to ?? 0;
    const task = program.actors.findIndex(({ name }) => name === 'app.2');
    const found = actionSections(program, momentAt(asleep).state, { type: 'task', task });
    expect(lines(found, 'app')).toEqual(['kill app.2', 'signal app.2', 'share_uverbs app.2']);
    const self = found[0]?.groups.find(({ actor }) => actor === 'app.2');
    expect(self?.blocked).toBe('app.2 is asleep: its step would be held back');
    expect(found[0]?.groups.at(-1)).toBe(self);
  });

  test('with nothing: every file, and what needs no object', () => {
    const found = sections('file A ab\n', 1, undefined);
    expect(found.map(({ title }) => title)).toEqual(['file A', 'Any time']);
    expect(lines(found, 'app')).toContain('m = mmap A');
    expect(lines(found, 'app')).toContain('sync');
  });

  test('the dead cannot act', () => {
    const found = sections('file A ab\napp m = mmap A\napp exit\n', 2, { type: 'file', inode: 0 });
    expect(found[0]?.groups.find(({ actor }) => actor === 'app')?.blocked).toBe('app is dead');
  });
});

test('the key of a drawn object is read back', () => {
  const refs: readonly EntityRef[] = [
    { type: 'extent', inode: 1, index: 12 },
    { type: 'pte', map: 3, vpage: 0 },
    { type: 'mtt', mr: 0, slot: 4 },
    { type: 'dma', dma: 2 },
    { type: 'pipe', pipe: 1 },
    { type: 'block', block: 77 },
    { type: 'dram', dram: 5 },
    { type: 'file', inode: 0 },
    { type: 'map', map: 2 },
    { type: 'mr', mr: 9 },
    { type: 'task', task: 3 },
  ];
  expect(refs.map((ref) => refOfKey(claimKey(ref)))).toEqual(refs);
  for (const key of ['', 'fold:3', 'block:', 'block:1x', 'constructor']) expect(refOfKey(key)).toBeUndefined();
});

describe('every line that is offered is of the language', () => {
  test.each(someOf(bundledTexts()).map(({ id, text }) => [id, text] as const))('%s', (_, text) => {
    const { program, outline, momentAt } = runText(text);
    const wrong = new Set<string>();
    for (const at of [outline.turns[outline.turns.length >> 1]?.to ?? 0, outline.length]) {
      const { state } = momentAt(at);
      const refs: readonly (EntityRef | undefined)[] = [
        undefined,
        ...outline.claimed.map((block): EntityRef => ({ type: 'block', block })),
        ...state.maps.flatMap(({ live }, map): EntityRef[] => (live ? [{ type: 'map', map }] : [])),
        ...state.mrs.flatMap((mr, id): EntityRef[] => (mr.state === 'live' ? [{ type: 'mr', mr: id }] : [])),
        ...state.tasks.map((__, task): EntityRef => ({ type: 'task', task })),
      ];
      const offered = new Set(
        refs.flatMap((ref) => actionSections(program, state, ref)).flatMap(({ groups }) => groups.flatMap(({ actor, lines: all }) => all.map((line) => `${actor} ${line}`))), // prettier-ignore
      );
      // Of the hundreds of a long scenario, each third, another third in the next.
      for (const whole of [...offered].filter((_, i) => THOROUGH || offered.size < 100 || i % 3 === at % 3)) {
        const [actor = '', ...words] = whole.split(' ');
        const { text: next } = appendStep(text, program, stepsBegun(outline, at), { actor, line: words.join(' ') });
        const loaded = loadScenario(next);
        if (!loaded.ok) wrong.add(`${whole}: ${loaded.error[0]?.message}`);
      }
    }
    expect([...wrong]).toEqual([]);
  });
});

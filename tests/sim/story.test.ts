// The history of one page: complete, in order, of steps that are there, and at its end what the state says.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { runsGet } from '../../src/base/runs.ts';
import { pageOfBlock, pageOfDram, ptePage } from '../../src/sim/model/ids.ts';
import { FREE } from '../../src/sim/model/state.ts';
import type { Story } from '../../src/sim/outline.ts';
import { initialState } from '../../src/sim/initial.ts';
import { claimKey } from '../../src/sim/query/claimKey.ts';
import { pinCount } from '../../src/sim/query/pins.ts';
import { runToEnd, type Run } from '../../src/sim/run.ts';
import { MOST_FACTS, storyOf } from '../../src/sim/story.ts';
import { loadScenario } from '../../src/scenario/load.ts';
import { randomScenario } from '../support/arbitraryProgram.ts';

function playOf(text: string) {
  const loaded = loadScenario(text);
  if (!loaded.ok) throw new Error(loaded.error.map(({ message }) => message).join('; '));
  return runToEnd(loaded.value.program);
}

function tell(run: Run, page: number, slice = 500): { readonly story: Story; readonly pauses: number } {
  const telling = storyOf(run, page, slice);
  let pauses = 0;
  for (;;) {
    const next = telling.next();
    if (next.done === true) return { story: next.value, pauses };
    pauses += 1;
  }
}

const told = (text: string, page: number): readonly string[] =>
  tell(playOf(text).run, page).story.facts.map(({ step, sentence }) => `${step + 1}: ${sentence}`);

const REUSE =
  'device 8\noption unprotected\nfile A ab\napp m = mmap A\napp mr = reg_mr m 0 1 remote_write\nadmin fallocate A punch 0 1\nadmin create C\nadmin pwrite C 0 N\npeer rdma_write mr 0 X\napp dereg_mr mr';

test('a punched block that goes to another file under its pin', () => {
  expect(told(REUSE, pageOfBlock(0))).toEqual([
    '2: the DAX entry of A[0] is block 0',
    '2: the PTE of m[0] is set to block 0, writable',
    '2: mr[0] pins block 0 for writing',
    '2: the NIC translates mr[0] to block 0',
    '3: the PTE of m[0] is zapped',
    '3: the scan of A finds a pin on block 0',
    '3: the DAX entry of A[0] is dropped',
    '3: A[0] loses its block',
    '3: block 0 is freed while pinned',
    '5: block 0 is allocated',
    '5: C[0] maps block 0',
    '5: pwrite writes N to block 0',
    '6: the NIC writes X to block 0 through mr[0]',
    '7: mr[0] drops its pin on block 0',
  ]);
});

test('of facts about many pages it tells this one alone', () => {
  const text =
    'device 8\noption unprotected\nfile A abcd\napp m = mmap A\napp mr = reg_mr m remote_read\nadmin fallocate A collapse 0 1';
  const rows = told(text, pageOfBlock(2));
  expect(rows).toContain('2: the NIC translates mr[2] to block 2');
  expect(rows.join()).not.toMatch(/block [0134567]|\[[03]\]/);
});

test('a copy is in the histories of both pages; one of DRAM has its own', () => {
  const text =
    'device 8\nfile A a\nfile B = reflink A\napp m = mmap A\napp store m 0 X\napp p = mmap A private\napp store p 0 Y';
  expect(told(text, pageOfBlock(0))).toContain('2: block 0 is copied to block 1: a');
  expect(told(text, pageOfBlock(1))).toEqual(
    expect.arrayContaining([
      '2: block 1 is allocated',
      '2: block 0 is copied to block 1: a',
      '2: A[0] moves from block 0 to block 1; no pin is looked at',
    ]),
  );
  expect(told(text, pageOfDram(0))).toEqual(
    expect.arrayContaining([expect.stringMatching(/^4: p\[0\] gets a copy of block 1: DRAM page 0$/) as string]),
  );
});

test('gives way after every slice', () => {
  const { run, outline } = playOf(REUSE);
  expect(tell(run, pageOfBlock(0), 10).pauses).toBe(Math.floor(outline.length / 10));
});

test('every fact is of a step that is there; allocator, pins and PTEs are at the end what the history says last (seed 5)', () => {
  fc.assert(
    fc.property(randomScenario(25), (text) => {
      const { run, outline, final } = playOf(text);
      const start = initialState(run.world.program);
      for (let block = 0; block < run.world.program.blocks; block++) {
        const page = pageOfBlock(block);
        const { facts, left } = tell(run, page).story;
        expect(left).toBe(0);
        expect(facts.length).toBeLessThanOrEqual(MOST_FACTS);
        for (const { at, step } of facts) expect(outline.micros[at - 1]?.step).toBe(step);
        expect(facts.map(({ at }) => at)).toEqual(facts.map(({ at }) => at).sort((a, b) => a - b));
        const use = runsGet(final.device.use, block) ?? FREE;
        const owned = facts.findLast(({ type }) => ['allocated', 'refcount', 'freed', 'logCommitted'].includes(type));
        if (owned === undefined) expect(use).toBe(runsGet(start.device.use, block) ?? FREE);
        else expect(use > 0).toBe(owned.type === 'allocated' || owned.type === 'refcount');
        const number = (type: string): number => facts.filter((fact) => fact.type === type).length;
        expect(number('pinned') - number('unpinned')).toBe(pinCount(final, page));
        const ptes = new Map<string, boolean>();
        for (const { type, refs } of facts)
          if ((type === 'pteSet' || type === 'pteZapped') && refs[0] !== undefined)
            ptes.set(claimKey(refs[0]), type === 'pteSet');
        for (const [key, isSet] of ptes) {
          const [, map, vpage] = key.split(':').map(Number);
          const pte = runsGet(final.maps[map ?? -1]?.ptes ?? [], vpage ?? -1);
          const maps = pte !== undefined && ptePage(pte) === page && final.maps[map ?? -1]?.live === true;
          if (!isSet) expect(maps, `${key} of block ${block}`).toBe(false);
        }
        const last = facts.findLast(({ type }) => ['extentSet', 'extentsRemoved', 'shifted'].includes(type));
        const ref = last?.refs[0];
        if (last?.type === 'extentSet' && ref?.type === 'extent' && last.sentence.endsWith(`maps block ${block}`)) {
          const inode = final.inodes[ref.inode];
          expect(inode?.live === true && use > 0, `${last.sentence}: ${text}`).toBe(true);
        }
      }
    }),
    { seed: 5, numRuns: 25 },
  );
}, 60_000);

// The history of a page as a list: where we stand, what is to come, where each row leads, and what is left out.
import { describe, expect, test } from 'vitest';
import { plain } from '../../src/explain/parts.ts';
import { pageOfBlock } from '../../src/sim/model/ids.ts';
import type { Story, StoryFact } from '../../src/sim/outline.ts';
import { runToEnd } from '../../src/sim/run.ts';
import { storyOf } from '../../src/sim/story.ts';
import { storyScene } from '../../src/viewmodel/storyScene.ts';
import { READ_MR } from '../support/caseTexts.ts';
import { runText } from '../support/runText.ts';

function setup() {
  const ran = runText(READ_MR);
  const { program, outline } = ran;
  const telling = storyOf(runToEnd(program).run, pageOfBlock(1), 1e9).next();
  const story = telling.value as Story;
  const shown = (at: number) => ({ program, outline, moment: ran.momentAt(at) });
  return { story, shown, outline, endOf: ran.endOf };
}

describe('the history of block 1 of the READ-MR case', () => {
  const { story, shown, outline, endOf } = setup();

  test('at the end of step 3: two steps behind, one of them here, the rest to come', () => {
    const scene = storyScene(shown(endOf(3)), story, 'step');
    expect(scene.past.map(({ label, to, now }) => [label, to, now])).toEqual([
      ['step 2', endOf(2), false],
      ['step 3', endOf(3), true],
    ]);
    expect(scene.later.map(({ label, now }) => [label, now])).toEqual([['step 4', false]]);
    expect(scene.past.at(-1)?.facts.map(({ line }) => plain(line))).toContain(
      'A[1] moves from block 1 to block 4; no pin is looked at',
    );
    expect([scene.none, scene.cutBefore, scene.cutAfter]).toEqual(['', '', '']);
  });

  test('objects are links, the page itself is none', () => {
    const { past } = storyScene(shown(endOf(3)), story, 'step');
    const parts = past.flatMap(({ facts }) => facts.flatMap(({ line }) => line));
    expect(parts).toContainEqual({ text: 'mr[1]', ref: { type: 'mtt', mr: 0, slot: 1 } });
    expect(parts).toContainEqual({ text: 'block 4', ref: { type: 'block', block: 4 } });
    expect(parts.some((part) => typeof part !== 'string' && part.text === 'block 1')).toBe(false);
  });

  test('in the middle of a step it is divided there; by micro-steps every row leads to its own', () => {
    const middle = story.facts.find(({ step }) => step === 2)?.at ?? 0;
    const scene = storyScene(shown(middle), story, 'step');
    expect(scene.past.at(-1)).toMatchObject({ label: 'step 3', now: true });
    expect(scene.later[0]).toMatchObject({ label: 'step 3', now: true });
    const fine = storyScene(shown(middle), story, 'micro');
    expect(fine.past.at(-1)).toMatchObject({ to: middle, now: true });
    expect([...fine.past, ...fine.later].every(({ to }) => story.facts.some(({ at }) => at === to))).toBe(true);
  });

  test('of a long history what is around here is listed, the rest counted', () => {
    const fact: StoryFact = { at: 0, step: 0, type: 'read', sentence: 'a load reads a from block 1', refs: [] };
    const facts = Array.from({ length: 500 }, (_, i): StoryFact => ({ ...fact, at: 1 + Math.floor((i * outline.length) / 500) })); // prettier-ignore
    const scene = storyScene(shown(outline.length), { ...story, facts, left: 7 }, 'micro');
    const listed = [...scene.past, ...scene.later].reduce((sum, row) => sum + row.facts.length, 0);
    expect(listed).toBe(200);
    expect([scene.cutBefore, scene.cutAfter]).toEqual(['300 earlier not shown', '7 later not shown']);
    expect(storyScene(shown(0), { ...story, facts, left: 7 }, 'micro').cutAfter).toBe('307 later not shown');
  });

  test('where there is none it says why', () => {
    expect(storyScene(shown(0), 'asked', 'step').none).toBe('Playing the run again …');
    expect(storyScene(shown(0), 100, 'step').none).toContain('more than 100 micro-steps');
    expect(storyScene(shown(0), { ...story, facts: [] }, 'step').none).toBe('Nothing happens to it in this run.');
  });
});

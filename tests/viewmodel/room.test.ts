// The stage for a room: large, quiet, and lit where something happened.
import { describe, expect, test } from 'vitest';
import { roomScene } from '../../src/viewmodel/roomScene.ts';
import type { StageScene } from '../../src/viewmodel/scene.ts';
import { stageScene } from '../../src/viewmodel/stageScene.ts';
import { bundled, type Play } from '../explain/support.ts';

const LEAST = 24;
const WALL = { width: 1920, height: 764, k: 1.62, least: LEAST };

const scenario = (id: string): Play => {
  const found = bundled.find(({ name }) => name.startsWith(id));
  if (found === undefined) throw new Error(`no scenario ${id}`);
  return found;
};

const sceneAt = ({ program, outline, at }: Play, position: number): StageScene =>
  stageScene(program, outline, at(position), WALL, undefined, [], true);

function sizes(scene: StageScene): number[] {
  return [
    ...scene.cells.flatMap((cell) => [...(cell.number === '' ? [] : [cell.numberSize]), ...(cell.tag === '' ? [] : [cell.tagSize])]), // prettier-ignore
    ...scene.slots.flatMap((slot) => [...(slot.index === '' ? [] : [slot.indexSize]), ...(slot.text === '' ? [] : [slot.textSize])]), // prettier-ignore
    ...scene.boxes.flatMap(({ label }) => label.map(({ size }) => size)),
  ];
}

describe('the stage of a room', () => {
  test.each(bundled)('$name: no text of any step is smaller than the last row reads', (play) => {
    for (const { to } of play.outline.turns) {
      const scene = sceneAt(play, to);
      expect(sizes(scene).filter((size) => size < LEAST)).toEqual([]);
      expect([scene.headings, scene.legend]).toEqual([[], undefined]);
    }
  });

  test.each(bundled)('$name: wherever something fades, something is lit', (play) => {
    for (const { to } of play.outline.turns) {
      const { cells, slots, boxes } = sceneAt(play, to);
      const all = [...cells, ...slots, ...boxes];
      if (all.some(({ faded }) => faded)) expect(all.some(({ faded }) => !faded)).toBe(true);
    }
  });

  test('lit: the broken claim with what the file says instead, and nothing else', () => {
    const { slots } = sceneAt(scenario('01'), 38);
    expect(slots.filter(({ faded }) => !faded).map(({ key }) => key).sort()).toEqual(['extent:0:1', 'extent:1:1', 'mtt:0:1', 'pte:0:1']); // prettier-ignore
  });

  test('at the start nothing fades', () => {
    const { cells, slots } = sceneAt(scenario('01'), 0);
    expect([...cells, ...slots].some(({ faded }) => faded)).toBe(false);
  });

  test('on a desk it is as it was', () => {
    const { program, outline, at } = scenario('01');
    const desk = stageScene(program, outline, at(38), { width: 952, height: 532, k: 1 });
    expect(desk.headings).toHaveLength(4);
    expect(desk.slots.some(({ faded }) => faded)).toBe(false);
  });
});

describe('the words of a room', () => {
  test('of a scenario: the step is the counter', () => {
    const { program, outline, at } = scenario('01');
    expect(roomScene({ program, outline, moment: at(38) }, undefined)).toMatchObject({
      counter: 4,
      of: 5,
      place: 'Step 4 of 5',
      option: 'wait',
      kernel: 'kernel 7.0, read from source',
      broken: { id: 'S5b', title: 'A remote read returns stale data' },
      note: ["The NIC translates by its own table and reads block 1: the old data, from B's block."],
      next: 'app load m 1  →  returns X.',
    });
  });

  test('of a talk: the slide is, and its own words stand first', () => {
    const { program, outline, at } = scenario('01');
    const slide = { talk: 'T', index: 2, count: 9, caption: 'Mine.', note: ['Said.'], next: 'More.' };
    expect(roomScene({ program, outline, moment: at(38) }, slide)).toMatchObject({
      counter: 3,
      of: 9,
      place: 'Slide 3 of 9',
      step: 'step 4 of 5',
      caption: 'Mine.',
      note: ['Said.'],
      next: 'More.',
    });
    const bare = roomScene({ program, outline, moment: at(0) }, { ...slide, caption: undefined, note: [] });
    expect(bare).toMatchObject({
      step: 'start',
      caption: 'Before the first step: file A has 4 blocks, shared with B.',
    });
  });
});

// What holds of every scene of the stage: over hand-picked runs, the bundled scenarios and random texts.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { StageScene, Viewport } from '../../src/viewmodel/scene.ts';
import { stageScene } from '../../src/viewmodel/stageScene.ts';
import { textWidth } from '../../src/viewmodel/textWidth.ts';
import { validScenario } from '../support/arbitraryScenario.ts';
import type { Ran } from '../support/runText.ts';
import { runText } from '../support/runText.ts';
import { linksOverLabels, linksOverSlots, looseEnds, mergedLinks, outside, overlaps } from '../support/sceneChecks.ts';
import { largeText, runFixture, STAGE_TEXTS, stageFixture } from '../support/stageFixtures.ts';
import { runsOf, THOROUGH } from '../support/thorough.ts';

const VIEWS: readonly Viewport[] = [
  { width: 952, height: 532, k: 1 },
  { width: 640, height: 478, k: 1 },
  { width: 1464, height: 752, k: 1.36 },
];
const [DESK = { width: 952, height: 532, k: 1 }] = VIEWS;

const mono = (text: string, size: number): number => textWidth(text, size, 'mono');

function faults(scene: StageScene): string[] {
  return [
    ...overlaps(scene),
    ...outside(scene, mono),
    ...linksOverSlots(scene),
    ...linksOverLabels(scene),
    ...looseEnds(scene),
    ...mergedLinks(scene),
  ];
}

const sceneAt = (ran: Ran, at: number, view: Viewport): StageScene =>
  stageScene(ran.program, ran.outline, ran.momentAt(at), view);

const everywhere = ({ outline }: Ran): number[] => Array.from({ length: outline.length + 1 }, (_, at) => at);
const turnEnds = ({ outline }: Ran): number[] => outline.turns.map(({ to }) => to);

/** All that a run does wrong at these positions, each fault once, with where it was first seen. */
function faultsOfRun(ran: Ran, view: Viewport, positions = everywhere(ran)): string[] {
  const seen = new Map<string, number>();
  for (const at of positions) {
    for (const fault of faults(sceneAt(ran, at, view))) if (!seen.has(fault)) seen.set(fault, at);
  }
  return [...seen].map(([fault, at]) => `at ${at}: ${fault}`);
}

/** Where things stand that no step may move: columns, and slots by key. */
function places(scene: StageScene): Map<string, string> {
  const wide = scene.cells.filter(({ ref }) => ref.type === 'block');
  return new Map([...wide, ...scene.slots].map(({ key, x, y, w, h }) => [key, `${x} ${y} ${w} ${h}`]));
}

function movedThings(ran: Ran, view: Viewport): string[] {
  const first = new Map<string, string>();
  const moved = new Set<string>();
  for (let at = 0; at <= ran.outline.length; at++) {
    for (const [key, place] of places(sceneAt(ran, at, view))) {
      const was = first.get(key) ?? place;
      if (was !== place) moved.add(`${key} from ${was} to ${place}`);
      first.set(key, was);
    }
  }
  return [...moved];
}

const FOLDER = join(import.meta.dirname, '../../public/scenarios');
const BUNDLED = readdirSync(FOLDER).filter((file) => file.endsWith('.dax'));

describe('nothing overlaps, no link meets a slot, every end holds', () => {
  test.each(Object.keys(STAGE_TEXTS))('fixture %s', (name) => {
    const ran = runFixture(name);
    for (const view of VIEWS) expect(faultsOfRun(ran, view)).toEqual([]);
  });

  test.each(THOROUGH ? BUNDLED : BUNDLED.filter((_, i) => i % 2 === 0))('scenario %s', (file) => {
    const ran = runText(readFileSync(join(FOLDER, file), 'utf8'));
    for (const view of VIEWS) expect(faultsOfRun(ran, view)).toEqual([]);
  });

  test('64 pages and 8 actors', () => {
    expect(faultsOfRun(runText(largeText(64, 8)), DESK)).toEqual([]);
  }, 60_000);

  test('random runs, seed 20260801', () => {
    fc.assert(
      fc.property(validScenario, fc.constantFrom(...VIEWS), (text, view) => {
        const ran = runText(text);
        expect(faultsOfRun(ran, view, turnEnds(ran))).toEqual([]);
      }),
      { seed: 20260801, numRuns: runsOf(60, 8) },
    );
  }, 60_000);
});

describe('a run never reflows', () => {
  test.each(Object.keys(STAGE_TEXTS))('fixture %s', (name) => {
    expect(movedThings(runFixture(name), DESK)).toEqual([]);
  });

  test('random runs, seed 20260802', () => {
    fc.assert(
      fc.property(validScenario, (text) => {
        expect(movedThings(runText(text), DESK)).toEqual([]);
      }),
      { seed: 20260802, numRuns: runsOf(30, 4) },
    );
  }, 60_000);
});

test('the same input gives the same scene, and plain data', () => {
  const { program, outline, moment } = stageFixture('crowded');
  const scene = stageScene(program, outline, moment, DESK);
  // Another outline object: nothing kept from the first.
  expect(stageScene(program, structuredClone(outline), moment, { ...DESK })).toEqual(scene);
  expect(structuredClone(scene)).toEqual(scene);
});

describe('what the mail’s case shows', () => {
  const { program, outline, moment } = stageFixture('main');
  const scene = stageScene(program, outline, moment, DESK);
  const link = (key: string) => scene.links.find((other) => other.key === key);

  test('unmoved links are vertical, moved ones bend to block 4, the MR stays straight and is violated', () => {
    const bent = scene.links.filter(({ moved }) => moved).map(({ key, page }) => `${key} ${page}`);
    expect(bent.sort()).toEqual(['extent:0:1 block:4', 'pte:0:1 block:4']);
    for (const { moved, x0, x1 } of scene.links) if (!moved) expect(x0).toBe(x1);
    expect(link('mtt:0:1')).toMatchObject({ page: 'block:1', violated: true, moved: false });
  });

  test('an octagon for what is broken, a dashed one for what comes, beside it', () => {
    expect(scene.badges.map(({ id, next }) => `${id} ${next}`)).toEqual(['S2 false', 'S5b true']);
    const [s2, s5b] = scene.badges;
    expect(s2?.x).toBe(link('mtt:0:1')?.x1);
    expect(Math.abs((s2?.y ?? 0) - (s5b?.y ?? 0))).toBeLessThan(1);
  });

  test('marks what this step changed and names what moved', () => {
    expect(
      scene.slots
        .filter(({ changed }) => changed)
        .map(({ key }) => key)
        .sort(),
    ).toEqual(['extent:0:1', 'pte:0:1']);
    expect(scene.notes.map(({ text }) => text).sort()).toEqual(['moved 1 → 4', 'remapped']);
    const cell = (n: number) => scene.cells.find(({ key }) => key === `block:${n}`);
    expect(cell(1)).toMatchObject({ count: '×1', countWas: '×2', changed: false, ringed: true, look: 'owned' });
    expect(cell(4)).toMatchObject({ word: 'new', changed: true, tag: 'X' });
  });

  test('names every page', () => {
    const names = scene.cells.slice(0, 6).map(({ name }) => name);
    expect(names).toMatchInlineSnapshot(`
      [
        "block 0, tag a, owned by B[0] and A[0], mapped by m[0], 1 pin",
        "block 1, tag b, owned by B[1], 1 pin, mr[1] disagrees (S2)",
        "block 2, tag c, owned by B[2] and A[2], mapped by m[2], 1 pin",
        "block 3, tag d, owned by B[3] and A[3], mapped by m[3], 1 pin",
        "block 4, tag X, owned by A[1], mapped by m[1], new",
        "block 5, free",
      ]
    `);
  });

  test('nothing fades until something is pointed at; then what it touches stays', () => {
    expect(scene.links.some(({ faded }) => faded)).toBe(false);
    const focused = stageScene(program, outline, moment, DESK, { type: 'mtt', mr: 0, slot: 1 });
    const lit = focused.slots.filter(({ faded }) => !faded).map(({ key }) => key);
    expect(lit.sort()).toEqual(['extent:0:1', 'extent:1:1', 'mtt:0:1', 'pte:0:1']);
    expect(focused.cells.filter(({ faded, thin }) => !faded && !thin).map(({ key }) => key)).toEqual([
      'block:1',
      'block:4',
    ]);
  });
});

import { describe, expect, test } from 'vitest';
import { nextEnd } from '../../src/base/spans.ts';
import type { SceneBar } from '../../src/viewmodel/timelineBars.ts';
import { textWidth } from '../../src/viewmodel/textWidth.ts';
import { layColumns, positionAt, xOf } from '../../src/viewmodel/timelineColumns.ts';
import { GUTTER, PAD } from '../../src/viewmodel/timelineFrame.ts';
import { MARK_R } from '../../src/viewmodel/timelineMarks.ts';
import { timelineRun } from '../../src/viewmodel/timelineRun.ts';
import { timelineScene, type TimelineScene } from '../../src/viewmodel/timelineScene.ts';
import { bundledTexts } from '../support/bundledTexts.ts';
import { longText, READ_MR, TWO_SLEEPERS } from '../support/caseTexts.ts';
import { runText } from '../support/runText.ts';
import { someOf } from '../support/thorough.ts';

const WIDTH = 952;

function setup(text: string, width = WIDTH, k = 1) {
  const ran = runText(text);
  const run = timelineRun(ran.program, ran.outline);
  const at = (position: number, anchor = position, compact = false): TimelineScene =>
    timelineScene(run, { at: position, anchor, width, k, compact });
  return { ...ran, run, at, step: (n: number) => at(ran.endOf(n)) };
}

const texts = (scene: TimelineScene): string[] => scene.bars.flatMap(({ labels }) => labels.map(({ text }) => text));
const laneNames = ({ lanes, checks }: TimelineScene): string[] => [...lanes, checks].map((lane) => lane?.name ?? '');

describe('the READ-MR case', () => {
  const { step, at, outline } = setup(READ_MR);

  test('has a lane for each actor, the NIC and the checks', () => {
    expect(laneNames(at(0))).toEqual(['app', 'peer', 'NIC', 'Checks']);
  });

  test('shows the micro-steps of the store by name, in order', () => {
    const bar = step(3).bars.find(({ when }) => when === 'now');
    expect(bar?.labels.map(({ text }) => text)).toEqual([
      'fault', 'alloc', 'zap', 'entry', 'copy', 'map', 'move', 'unlock', 'write',
    ]); // prettier-ignore
  });

  test('groups the pinning of four pages, faults and all', () => {
    expect(texts(at(0))).toContain('pin ×4');
  });

  test("puts the NIC's own work into its lane, between post and done", () => {
    const scene = step(4);
    const now = scene.bars.filter(({ when }) => when === 'now');
    expect(now.map(({ labels }) => labels.map(({ text }) => text))).toEqual([
      ['post'],
      ['key', 'slot', 'read'],
      ['done'],
    ]);
    const [post, nic, done] = now;
    expect(post?.y).toBe(done?.y);
    expect(nic?.y).toBeGreaterThan(post?.y ?? Infinity);
    expect(nic?.hue).toBe('dma');
  });

  test('draws what is to come dashed, and nothing else', () => {
    expect(new Set(at(0).bars.map(({ when }) => when))).toEqual(new Set(['future']));
    expect(at(outline.length).bars.some(({ when }) => when === 'future')).toBe(false);
    expect(step(3).bars.map(({ when }) => when)).toEqual([
      'past',
      'past',
      'now',
      'future',
      'future',
      'future',
      'future',
    ]);
  });

  test('cuts the current bar at the playhead', () => {
    const scene = at(28);
    const [done, todo] = scene.bars.filter(({ key }) => key.startsWith('2.'));
    expect(done?.when).toBe('now');
    expect(todo?.when).toBe('future');
    expect(done?.labels.map(({ text }) => text)).toEqual(['fault', 'alloc', 'zap', 'entry']);
    expect(todo?.labels.map(({ text }) => text)).toEqual(['copy', 'map', 'move', 'unlock', 'write']);
  });

  test('marks S2 as broken and S5b as to come, and each at its place', () => {
    const scene = step(3);
    expect(scene.marks.map(({ id, future }) => [id, future])).toEqual([
      ['S2', false],
      ['S5b', true],
    ]);
    expect(step(2).marks.map(({ future }) => future)).toEqual([true, true]);
    expect(step(4).marks.map(({ future }) => future)).toEqual([false, false]);
    expect(scene.marks[0]?.title).toMatch(/^S2 breaks at step 3: /);
  });

  test('says in the bracket what the text says, without the name given', () => {
    expect(step(3).brackets.map(({ label }) => label)).toContain('2 reg_mr m remote_read');
    expect(
      step(3)
        .brackets.filter(({ when }) => when === 'now')
        .map(({ label }) => label),
    ).toEqual(['3 store m 1 X']);
  });

  test('names the lock of the store, but not over the four of the pinning', () => {
    expect(step(3).lockNames.map(({ text }) => text)).toEqual(['invalidate_lock A, shared']);
  });

  test('never moves while it plays, as all of it fits', () => {
    const places = (scene: TimelineScene) => scene.columns.list.map(({ x, w }) => [x, w]);
    for (let position = 0; position <= outline.length; position += 1) {
      expect(places(at(position))).toEqual(places(at(0)));
    }
  });

  test('in a small window keeps the lane of the current actor, and the checks', () => {
    expect(laneNames(at(33, 33, true))).toEqual(['app', 'Checks']);
    expect(laneNames(at(38, 38, true))).toEqual(['peer', 'Checks']);
  });
});

describe('sleepers', () => {
  const { at, step, outline } = setup(TWO_SLEEPERS, 1600);
  const bothAsleep = outline.waits[1]?.from ?? -1;

  test('are hatched from where they sleep, with the reason', () => {
    const waits = at(bothAsleep).waits;
    expect(waits.map(({ future }) => future)).toEqual([false, true, true]);
    expect(waits.some(({ text }) => text.startsWith('waits for block 0'))).toBe(true);
  });

  test('the wake-up is told by the line that slept', () => {
    expect(step(3).brackets.map(({ label }) => label)).toContain('3 ftruncate goes on');
  });

  test('two locks of one task have a row each, the longer one on top', () => {
    const scene = at(outline.length);
    const rows = new Set(scene.locks.map(({ y }) => y));
    expect(rows.size).toBeGreaterThan(2);
    expect(scene.lockNames.map(({ text }) => text)).toContain('i_rwsem A, excl');
  });
});

describe('a long run', () => {
  const { at, run, outline } = setup(longText(10_000));

  test('draws only what is in view, wherever that is', () => {
    for (const position of [0, 1, 5000, outline.length - 1, outline.length]) {
      const scene = at(position);
      expect(scene.columns.list.length).toBeLessThan(30);
      expect(scene.bars.length).toBeLessThan(40);
      expect(scene.locks.length).toBeLessThan(40);
      expect(scene.columns.earlier + scene.columns.later + scene.columns.list.length).toBe(outline.turns.length);
      expect(scene.playhead).toBeDefined();
    }
  });

  test('says which part of the run that is', () => {
    const middle = Math.round(outline.length / 2);
    const { overview } = at(middle);
    expect(overview?.at).toBeCloseTo(0.5, 2);
    expect(overview?.from).toBeLessThan(0.5);
    expect(overview?.to).toBeGreaterThan(0.5);
  });

  test('opens the current step and its two neighbours, and folds the others', () => {
    const position = run.outline.turns[5000]?.to ?? 0;
    const open = at(position).columns.list.filter((column) => column.open);
    expect(open.map(({ turn }) => turn)).toEqual([4999, 5000, 5001]);
  });

  test('holds still while it is dragged', () => {
    const dragged = at(5010, 5000);
    expect(dragged.columns).toEqual(at(5000).columns);
  });
});

describe('every bundled scenario, at every position', () => {
  test.each(someOf(bundledTexts()))('$id', ({ text }) => {
    for (const [width, k] of [
      [952, 1],
      [1464, 1.36],
      [700, 1],
    ] as const) {
      const { run, at, outline } = setup(text, width, k);
      for (
        let position = 0;
        position <= outline.length;
        position = Math.min(position + 3, outline.length) + (position === outline.length ? 1 : 0)
      ) {
        const scene = at(position);
        checkColumns(scene, width, k);
        checkLabels(scene, k);
        checkMarks(scene, width, k);
        checkWay(scene, run, position);
      }
      expect(at(0)).toEqual(at(0));
    }
  });
});

function checkColumns({ columns }: TimelineScene, width: number, k: number): void {
  let x = GUTTER * k;
  for (const column of columns.list) {
    expect(column.x).toBeCloseTo(x, 6);
    x += column.w;
  }
  expect(x).toBeLessThanOrEqual(width - PAD * k + 1e-6);
}

/** No label is wider than its bar, none lies over the next. A bar may be cut at the playhead, in the middle of a label. */
function checkLabels({ bars, brackets, lockNames }: TimelineScene, k: number): void {
  const rows = new Map<string, SceneBar[]>();
  for (const bar of bars) {
    const name = `${parseInt(bar.key)} ${bar.y}`;
    rows.set(name, [...(rows.get(name) ?? []), bar]);
  }
  for (const row of rows.values()) {
    let end = Math.min(...row.map(({ x }) => x)) - 2 * k;
    for (const label of row.flatMap(({ labels }) => labels).sort((one, other) => one.x - other.x)) {
      const half = textWidth(label.text, 11 * k, 'sans') / 2;
      expect(label.x - half).toBeGreaterThanOrEqual(end);
      end = label.x + half;
    }
    expect(end).toBeLessThanOrEqual(Math.max(...row.map(({ x, w }) => x + w)) + 2 * k);
  }
  for (const { label, w } of brackets) expect(textWidth(label, 11.5 * k, 'sans')).toBeLessThanOrEqual(w);
  const taken = new Map<number, number>();
  for (const { x, y, text, end } of lockNames) {
    const wide = textWidth(text, 11 * k, 'sans');
    const left = end ? x - wide : x;
    expect(left).toBeGreaterThanOrEqual(taken.get(y) ?? 0);
    taken.set(y, left + wide);
  }
}

function checkMarks({ marks }: TimelineScene, width: number, k: number): void {
  marks.forEach(({ x }, i) => {
    expect(x).toBeLessThanOrEqual(width - MARK_R * k);
    const before = marks[i - 1];
    if (before !== undefined) expect(x - before.x).toBeGreaterThanOrEqual(2 * MARK_R * k);
  });
}

/** From a position to the place where it is drawn, and back. */
function checkWay({ columns, playhead }: TimelineScene, run: Parameters<typeof xOf>[0], position: number): void {
  expect(playhead).toBe(xOf(run, columns, position));
  const back = positionAt(run, columns, playhead ?? -1);
  expect(xOf(run, columns, back)).toBeCloseTo(playhead ?? -1, 6);
}

test('places grow with positions', () => {
  const { run, outline } = setup(TWO_SLEEPERS);
  const columns = layColumns(run, 0, { x: 92, width: 2000, k: 1 });
  let before = -1;
  for (let position = 0; position <= outline.length; position += 1) {
    const x = xOf(run, columns, position) ?? -1;
    expect(x).toBeGreaterThan(before);
    before = x;
  }
  expect(nextEnd(outline.turns, outline.length)).toBeUndefined();
});

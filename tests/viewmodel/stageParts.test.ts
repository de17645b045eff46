// The parts of the stage one by one: columns, rows and lanes, routes, labels, marks, and what the text foretells.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { runsEach } from '../../src/base/runs.ts';
import { extentBlock } from '../../src/sim/model/ids.ts';
import type { Outline, Violation } from '../../src/sim/outline.ts';
import { cascadeOf, packRows, pitchFor, placeAt, portAt, slotAt } from '../../src/viewmodel/cascade.ts';
import { columnsOf, wideSet } from '../../src/viewmodel/columns.ts';
import type { BoxSpec } from '../../src/viewmodel/footprint.ts';
import { homesOf } from '../../src/viewmodel/homes.ts';
import { setLabel, type Word } from '../../src/viewmodel/labels.ts';
import type { LabelPlan } from '../../src/viewmodel/labelPlan.ts';
import { chevronPath, routePath, zigzagPath } from '../../src/viewmodel/linkPath.ts';
import { marksOf, turnAt } from '../../src/viewmodel/marks.ts';
import { routeAll, type LinkEnds } from '../../src/viewmodel/routes.ts';
import { cutText, fitSize, textWidth } from '../../src/viewmodel/textWidth.ts';
import { runFixture } from '../support/stageFixtures.ts';

describe('columns', () => {
  const lay = (blocks: number, claimed: number[], least = 1, room = 836) => {
    const wideBlocks = wideSet({ claimed, told: new Set(), blocks, least });
    return columnsOf({ blocks, claimed, wideBlocks, behind: 0, left: 100, room, k: 1, minPitch: 52 });
  };
  const kinds = (blocks: number, claimed: number[], least?: number, room?: number): string =>
    lay(blocks, claimed, least, room)
      .list.map(({ kind, block, count }) => `${kind[0] ?? ''}${block ?? ''}${count > 1 ? `×${count}` : ''}`)
      .join(' ');

  test.each<[what: string, got: string, want: string]>([
    [
      'claimed blocks are wide, others thin, in the order of the device',
      kinds(8, [1, 2, 5]),
      't0 w1 w2 t3 t4 w5 t6 t7',
    ],
    [
      'past 24 thin ones the rest of a stretch folds',
      kinds(40, [0, 1]),
      `w0 w1 ${Array.from({ length: 24 }, (_, i) => `t${i + 2}`).join(' ')} f26×14`,
    ],
    ['one or two too many do not fold', kinds(28, [0, 1]).includes('f') ? 'folds' : 'all thin', 'all thin'],
    ['a long box makes free blocks wide', kinds(6, [0], 3), 'w0 w1 w2 t3 t4 t5'],
    ['a box longer than the device gets columns without a block', kinds(2, [0], 3), 'w0 w1 w'],
    [
      'free blocks fold where wide ones would lose their width',
      kinds(12, [0, 1, 2, 3, 4, 5], 1, 330),
      'w0 w1 w2 w3 w4 w5 f6×6',
    ],
  ])('%s', (_what, got, want) => {
    expect(got).toBe(want);
  });

  test('they follow one another without a gap or an overlap, seed 31', () => {
    const claims = fc.uniqueArray(fc.nat(63), { maxLength: 20 }).map((list) => list.sort((a, b) => a - b));
    fc.assert(
      fc.property(claims, fc.integer({ min: 300, max: 2000 }), (claimed, room) => {
        const { list, wide } = lay(64, claimed, 1, room);
        const blocks = list.reduce((sum, { count, block }) => sum + (block === undefined ? 0 : count), 0);
        expect(blocks).toBe(64);
        list.slice(1).forEach((column, i) => expect(column.x).toBeGreaterThan((list[i]?.x ?? 0) + (list[i]?.w ?? 0)));
        expect(wide.length).toBeGreaterThanOrEqual(claimed.length);
      }),
      { seed: 31 },
    );
  });

  test('of a file too long to draw, the blocks that slots speak of are there', () => {
    const claimed = Array.from({ length: 4000 }, (_, i) => i);
    const wide = wideSet({ claimed, told: new Set([3990, 3991]), blocks: 5000, least: 1 });
    expect(wide.length).toBeLessThan(512);
    expect(wide).toContain(3990);
    expect(wide).toContain(0);
  });
});

describe('rows and lanes', () => {
  test.each<[homes: (number | undefined)[], columns: number, start: number]>([
    [[0, 1, 2, 3], 8, 0],
    [[4, 5, 6, 7], 8, 4],
    [[0, 1, 6, 3], 8, 0],
    [[undefined, 5, undefined], 8, 4],
    [[undefined, undefined], 8, 0],
    [[7, 7, 7], 8, 5],
  ])('a box with homes %j of %d columns starts at %d', (homes, columns, start) => {
    expect(placeAt(homes, columns)).toBe(start);
  });

  const box = (key: string, col: number, len: number, from = 0, to = Infinity) => {
    const spec: BoxSpec = { key, source: { type: 'map', map: 0 }, hue: 'cpu', indexes: Array.from({ length: len }, (_, i) => i), homes: [], file: 0, memfd: undefined, fileIndexes: [], label: '', metaRoom: '', life: { from, to } }; // prettier-ignore
    return { spec, col };
  };
  const packed = (...boxes: ReturnType<typeof box>[]): string[] =>
    packRows(boxes).map((row) => row.map(({ spec }) => spec.key).join(''));

  test('boxes share a row if they share no column', () => {
    expect(packed(box('a', 0, 4), box('b', 4, 2), box('c', 2, 3))).toEqual(['ab', 'c']);
  });

  test('or if one is gone before the other comes', () => {
    expect(packed(box('a', 0, 4, 0, 10), box('b', 0, 4, 10, 20), box('c', 0, 4, 5, 15))).toEqual(['ab', 'c']);
  });

  test.each([1, 2, 3, 4, 5, 6, 8, 12])('with %d rows every port is free of the slots of nearer rows', (rows) => {
    for (const side of ['above', 'below'] as const) {
      const cascade = cascadeOf(side, rows, pitchFor(rows, 1) - 5, 1);
      for (let r = 0; r < rows; r++) {
        const port = portAt(cascade, r);
        const own = slotAt(cascade, r);
        expect(port).toBeGreaterThan(own);
        expect(port).toBeLessThan(own + cascade.slot);
        for (let near = 0; near < r; near++) {
          const left = slotAt(cascade, near);
          expect(port < left - 2 || port > left + cascade.slot + 2).toBe(true);
        }
      }
    }
  });
});

describe('routes', () => {
  const channel = { edge: 100, away: 1 as const, height: 70, slack: 10 };
  const channels = { above: channel, below: channel, medium: channel };
  const end = (key: string, fromCol: number, toCol: number, more: Partial<LinkEnds> = {}): LinkEnds => ({
    key, box: 'm', order: fromCol, channel: 'below', fromCol, toCol, row: 0, x0: 50 + 100 * fromCol, x1: 50 + 100 * toCol, y0: 200, y1: 109, alone: false, apart: 14, ...more,
  }); // prettier-ignore
  const routed = (...links: LinkEnds[]) => routeAll(links, channels, 1);

  test('a link over its own page is one vertical', () => {
    const route = routed(end('a', 1, 1)).get('a');
    expect(route).toMatchObject({ x0: 150, x1: 150, ribbon: '' });
  });

  test('two that change places stand beside one another, not on one another', () => {
    const routes = routed(end('a', 0, 1), end('b', 1, 0));
    const [a, b] = [routes.get('a'), routes.get('b')];
    expect(a?.x0).toBe(50);
    expect(b?.x0).toBe(150);
    expect(Math.abs((a?.x1 ?? 0) - 150)).toBeGreaterThanOrEqual(6);
    expect(Math.abs((b?.x1 ?? 0) - 50)).toBeGreaterThanOrEqual(6);
    expect(a?.turn).not.toBe(b?.turn);
  });

  test('the link of the slot keeps the middle of its lane when another arrives there', () => {
    const routes = routed(end('a', 0, 2), end('c', 2, 2));
    expect(routes.get('c')).toMatchObject({ x0: 250, x1: 250 });
    expect(routes.get('a')?.x1).not.toBe(250);
  });

  test('runs that overlap have tracks of their own, the shortest nearest the strip', () => {
    const routes = routed(end('a', 0, 5), end('b', 1, 3), end('c', 4, 5, { row: 1, y0: 260 }));
    const turn = (key: string): number => routes.get(key)?.turn ?? 0;
    expect(turn('b')).toBeLessThan(turn('a'));
    expect(turn('c')).toBe(turn('b'));
  });

  test('too many of one box for a track each run as a ribbon; one that stands out does not', () => {
    const many = Array.from({ length: 12 }, (_, i) => end(`l${i}`, i, i + 12, { alone: i === 11 }));
    const routes = routed(...many);
    expect(new Set(many.slice(0, 11).map(({ key }) => routes.get(key)?.turn)).size).toBe(1);
    expect(routes.get('l3')?.ribbon).toBe('l0');
    expect(routes.get('l11')).toMatchObject({ ribbon: '' });
    expect(routes.get('l11')?.turn).not.toBe(routes.get('l0')?.turn);
  });
});

describe('shapes', () => {
  const bent = { x0: 10, y0: 100, turn: 40, x1: 80, y1: 10 };

  test('paths', () => {
    expect(routePath({ x0: 10, y0: 100, turn: 55, x1: 10, y1: 20 }, 8)).toBe('M10 100V20');
    expect(routePath(bent, 8)).toBe('M10 100V48Q10 40 18 40H72Q80 40 80 32V10');
    expect(routePath({ ...bent, x1: 14 }, 8)).toBe('M10 100V42Q10 40 12 40H12Q14 40 14 38V10');
  });

  test('a zigzag begins at the slot, ends at the page and stays in its room', () => {
    const path = zigzagPath({ x0: 50, y0: 100, turn: 50, x1: 50, y1: 10 }, 4, 1);
    const points = [...path.matchAll(/[ML](-?[\d.]+) (-?[\d.]+)/g)].map(([, x, y]) => [Number(x), Number(y)] as const);
    expect(points[0]).toEqual([50, 100]);
    expect(points.at(-1)).toEqual([50, 10]);
    for (const [x] of points) expect(Math.abs(x - 50)).toBeLessThanOrEqual(4);
    expect(points.filter(([x]) => x !== 50).length).toBeGreaterThan(8);
  });

  test('chevrons point into the page or out of it', () => {
    const tips = (flow: 'up' | 'down') =>
      [...chevronPath({ x0: 50, y0: 200, turn: 100, x1: 50, y1: 10 }, flow, 1).matchAll(/M\S+ (\S+)L\S+ (\S+)L/g)].map(([, wing, tip]) => Number(tip) - Number(wing)); // prettier-ignore
    expect(tips('up').every((dy) => dy < 0)).toBe(true);
    expect(tips('down').every((dy) => dy > 0)).toBe(true);
  });
});

describe('labels', () => {
  const plan = (...spaces: LabelPlan['spaces']): LabelPlan => ({
    mode: 'right',
    spaces,
    nameSize: 12,
    metaSize: 12,
    plate: false,
  });
  const measure = (text: string): number => text.length * 6;
  const words: readonly Word[] = [
    { key: 'name', kind: 'name', texts: ['file A'], weight: 100 },
    { key: 'contents', kind: 'meta', texts: ['abcd'], weight: 50 },
    { key: 'size', kind: 'meta', texts: ['· size 4'], weight: 40, joins: true },
    { key: 'lock', kind: 'lock', texts: ['i_rwsem: x| · y queues', 'i_rwsem: x| · y', 'i_rwsem: x', 'x'], weight: 60 },
  ];
  const set = (x1: number): string =>
    setLabel(words, { plan: plan({ line: 0, x0: 0, x1 }), baselines: [0, 0], measure })
      .map(({ text, tail }) => text + tail)
      .join(' ');

  test.each<[room: number, text: string]>([
    [400, 'file A abcd · size 4 i_rwsem: x · y queues'],
    [240, 'file A abcd · size 4 i_rwsem: x · y'],
    [160, 'file A abcd i_rwsem: x'],
    [130, 'file A i_rwsem: x'],
    [60, 'file A'],
    [72, 'file A x'],
    [20, 'fi…'],
  ])('in %d px: %s', (room, text) => {
    expect(set(room)).toBe(text);
  });

  test('words stand in their order and do not overlap', () => {
    const pieces = setLabel(words, {
      plan: plan({ line: 0, x0: 10, x1: 90 }, { line: 0, x0: 120, x1: 400 }),
      baselines: [5, 5],
      measure,
    });
    pieces
      .slice(1)
      .forEach((piece, i) => expect(piece.x).toBeGreaterThanOrEqual((pieces[i]?.x ?? 0) + (pieces[i]?.w ?? 0)));
    expect(pieces.map(({ key }) => key)).toEqual(['name', 'contents', 'size', 'lock']);
  });

  test('a text is cut or shrunk to its room', () => {
    expect(cutText('invalidate', 40, { size: 12, face: 'mono', measure })).toBe('inval…');
    expect(fitSize('abcdefgh', 30, { size: 20, least: 8, face: 'mono', measure: textWidth })).toBe(8);
    expect(fitSize('a', 30, { size: 20, least: 8, face: 'mono', measure: textWidth })).toBe(20);
  });
});

describe('marks', () => {
  const turns = [0, 4, 10].map((from, step) => ({
    step,
    task: 0,
    kind: 'begun' as const,
    from,
    to: [4, 10, 13][step] ?? 13,
  }));
  const violation = (id: Violation['id'], at: number, kind: Violation['kind'], until?: number): Violation => ({
    id, at, step: 0, key: `${at}`, message: '', refs: [{ type: 'mtt', mr: 0, slot: at }], because: [], kind, ...(until === undefined ? {} : { until }),
  }); // prettier-ignore
  const outline: Outline = {
    length: 13, micros: [], turns, steps: [], waits: [], locks: [], dmas: [], claims: [], claimed: [], anon: [],
    violations: [violation('S2', 6, 'state', 12), violation('S5b', 8, 'moment'), violation('S1', 11, 'state')],
  }; // prettier-ignore
  const shown = (at: number): string =>
    marksOf(outline, at)
      .map(({ id, next }) => (next ? `${id}?` : id))
      .join(' ');

  test.each<[at: number, marks: string, why: string]>([
    [0, '', 'nothing within the first turn'],
    [4, 'S2? S5b?', 'the turn that comes breaks two'],
    [5, 'S2? S5b?', 'within it, they are still to come'],
    [6, 'S2 S5b?', 'a state property from the step on that breaks it'],
    [9, 'S2 S5b', 'a fact of one moment until its turn has ended'],
    [10, 'S2 S5b S1?', 'and at its end'],
    [11, 'S2 S1', 'then no more'],
    [12, 'S1', 'a state property until it holds again'],
    [13, 'S1', 'or to the end'],
  ])('at %d: %s (%s)', (at, marks) => {
    expect(shown(at)).toBe(marks);
  });

  test.each([[0, undefined], [1, 0], [4, 0], [5, 1], [10, 1], [11, 2], [13, 2], [14, undefined]])('position %d is in turn %s', (at, step) => {
    expect(turnAt(outline, at)?.step).toBe(step);
  }); // prettier-ignore
});

test.each(['main', 'crowded', 'shared', 'zombie', 'free', 'ribbon', 'holes'])(
  'the text foretells where %s puts each index first',
  (name) => {
    const { program, outline, momentAt } = runFixture(name);
    const first = new Map<string, number>();
    for (let at = 0; at <= outline.length; at++) {
      momentAt(at).state.inodes.forEach((inode) => {
        if (!inode.live) return;
        runsEach(inode.map, 0, Infinity, (index, len, value, step) => {
          for (let i = 0; i < len; i++) {
            const key = `${inode.name}:${index + i}`;
            if (!first.has(key)) first.set(key, extentBlock(value + i * step));
          }
        });
      });
    }
    const { blocks } = homesOf(program, outline);
    const foretold = new Map(
      blocks.flatMap((map, file) => [...map].map(([index, block]) => [`${file}:${index}`, block] as const)),
    );
    expect(Object.fromEntries(foretold)).toEqual(Object.fromEntries(first));
  },
);

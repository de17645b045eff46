// What the newer objects add to the pictures: columns of DRAM pages, the line from a sleeper to its page, DMA in flight.
import { describe, expect, test } from 'vitest';
import type { EntityRef } from '../../src/sim/model/state.ts';
import { dramPlan } from '../../src/viewmodel/dramPlan.ts';
import { footprintOf } from '../../src/viewmodel/footprint.ts';
import { planFor, stageScene } from '../../src/viewmodel/stageScene.ts';
import { timelineRun } from '../../src/viewmodel/timelineRun.ts';
import { timelineScene, type TimelineScene } from '../../src/viewmodel/timelineScene.ts';
import { TWO_SLEEPERS } from '../support/caseTexts.ts';
import { runText } from '../support/runText.ts';

const VIEW = { width: 952, height: 500, k: 1 };

function stage(text: string) {
  const ran = runText(text);
  const { program, outline } = ran;
  return {
    ...ran,
    plan: planFor(program, outline, VIEW),
    at: (position: number, focus?: EntityRef) => stageScene(program, outline, ran.momentAt(position), VIEW, focus),
  };
}

const FORK = `device 8
file A abc
app buf = mmap anon 2
app store buf 0 p
app store buf 1 q
app mr = reg_mr buf 0 1 local_write remote_write
app fork child
child store buf 1 c`;
const MEMFD = 'device 8\nfile A a\napp f = mmap memfd 3\napp store f 1 s\napp q = mmap anon 1\napp store q 0 t';

describe('columns of DRAM pages', () => {
  const planOf = (text: string, base: number, cached = false) => {
    const { program, outline } = runText(text);
    return dramPlan(footprintOf(program, outline), outline.anon, cached, base);
  };

  test('without any there is no column', () => {
    const plan = planOf('file A abc\napp m = mmap A\napp store m 0 X', 3);
    expect([plan.count, plan.starts.size, plan.spares.length, plan.anon.size]).toEqual([0, 0, 0, 0]);
  });

  test('anonymous pages stand behind the blocks, one by one, in the order in which they came', () => {
    const plan = planOf(FORK, 3);
    expect([...plan.anon]).toEqual([...plan.anon.keys()].map((dram, i) => [dram, 3 + i]));
    expect(plan.count).toBe(plan.anon.size);
    expect(plan.count).toBeGreaterThan(2);
  });

  test('a memfd has a column for each index, and anonymous pages stand behind it', () => {
    const plan = planOf(MEMFD, 1);
    expect([...plan.starts]).toEqual([['memfd:0', 1]]);
    expect([...plan.anon.values()]).toEqual([4]);
    expect(plan.count).toBe(4);
  });

  test('with the page cache every file has its columns, and pages that left it have spare ones', () => {
    const text = 'fs xfs dax=never\noption wait\nfile A ab\nfile B c\napp m = mmap A\napp mr = reg_mr m remote_read';
    const plan = planOf(text, 0, true);
    expect([...plan.starts.values()]).toEqual([0, 2]);
    expect(plan.spares).toEqual([3]);
    expect(plan.count).toBe(4);
  });

  test('a box of DRAM pages makes no block wide', () => {
    const { plan, outline } = stage(FORK);
    expect(plan.columns.wideBlocks).toEqual(outline.claimed);
    const child = plan.boxes.find(({ spec }) => spec.label === 'child: buf');
    expect(child?.col).toBeGreaterThanOrEqual(outline.claimed.length);
    expect(child?.slots.every((x) => x > 0 && x < VIEW.width)).toBe(true);
  });

  test('no page moves to another column as the run goes on', () => {
    const { at, outline } = stage(FORK);
    const places = new Map<string, number>();
    for (let position = 0; position <= outline.length; position++) {
      for (const { key, x } of at(position).cells) {
        expect(places.get(key) ?? x).toBe(x);
        places.set(key, x);
      }
    }
    expect([...places.keys()].filter((key) => key.startsWith('d')).length).toBeGreaterThan(2);
  });
});

describe('the line from a sleeper to the page it waits for', () => {
  const { at, outline } = stage(TWO_SLEEPERS);
  const slept = outline.waits[0]?.from ?? -1;
  const task = outline.waits[0]?.task ?? -1;

  test('is drawn while the page, the file or the sleeper is pointed at', () => {
    const refs: readonly EntityRef[] = [
      { type: 'block', block: 0 },
      { type: 'file', inode: 0 },
      { type: 'task', task },
    ];
    for (const focus of refs) expect(at(slept, focus).waits).toHaveLength(1);
  });

  test('and not otherwise', () => {
    expect(at(slept).waits).toEqual([]);
    expect(at(slept, { type: 'block', block: 1 }).waits).toEqual([]);
    expect(at(slept - 1, { type: 'block', block: 0 }).waits).toEqual([]);
  });

  test('leads from the frame of the file to the edge of the page, with the hourglass between', () => {
    const scene = at(slept, { type: 'block', block: 0 });
    const [line] = scene.waits;
    const box = scene.boxes.find(({ key }) => key === 'file:0');
    const cell = scene.cells.find(({ ref }) => ref.type === 'block' && ref.block === 0);
    expect(line?.y0).toBe((box?.y ?? 0) + (box?.h ?? 0));
    expect(line?.y1).toBe(cell?.y);
    expect(line?.x1).toBeGreaterThan(cell?.x ?? Infinity);
    expect(line?.x1).toBeLessThan((cell?.x ?? 0) + (cell?.w ?? 0));
    expect(line?.glassY).toBeGreaterThan(line?.turn ?? Infinity);
    expect(line?.glassY).toBeLessThan(line?.y1 ?? 0);
  });
});

describe('an empty stage', () => {
  const { at, plan } = stage('device 16');

  test('is a strip of free blocks, all alike, and says what to write first', () => {
    const scene = at(0);
    expect(plan.columns.list.map(({ kind }) => kind)).toEqual(Array.from({ length: 16 }, () => 'thin'));
    expect(scene.texts.map(({ text }) => text)).toEqual(['16 free']);
    expect(scene.hint?.text).toBe('file A abcd');
    expect(scene.legend).toBeUndefined();
  });

  test('the word goes with the first file or step', () => {
    expect(stage('device 16\nfile A ""').at(0).hint).toBeUndefined();
    expect(stage('device 16\napp sync').at(0).hint).toBeUndefined();
  });

  test('an empty file stands beside the row headings, not on them', () => {
    const scene = stage('device 16\nfile A ""').at(0);
    expect(scene.boxes[0]?.x).toBeGreaterThanOrEqual(scene.gutter - 10);
  });
});

describe('DMA in flight on the timeline', () => {
  const TEXT = `device 8
option wait
file A abcd
app m = mmap A
app mr = reg_mr m local_write remote_read remote_write
peer r = post_read mr 1
peer w = post_write mr 2 Z
app load m 2
peer complete r
peer complete w
peer rdma_read mr 0`;
  const ran = runText(TEXT);
  const run = timelineRun(ran.program, ran.outline);
  const step = (n: number): TimelineScene =>
    timelineScene(run, { at: ran.endOf(n), anchor: ran.endOf(n), width: 952, k: 1, compact: false });
  const flights = run.thin.filter(({ kind }) => kind === 'flight');

  test('is a thin bar in the lane of the NIC from post to completion, one over the other', () => {
    expect(flights.map(({ lane, track, text }) => [run.lanes[lane]?.name, track, text])).toEqual([
      ['NIC', 0, 'r: RDMA read of mr[1], in flight'],
      ['NIC', 1, 'w: RDMA write of mr[2], in flight'],
    ]);
    const [r, w] = flights;
    expect(r?.from).toBeGreaterThan(ran.endOf(2));
    expect(r?.to).toBeGreaterThan(ran.endOf(5));
    expect(r?.to).toBeLessThanOrEqual(ran.endOf(6));
    expect(w?.to).toBeLessThanOrEqual(ran.endOf(7));
  });

  test('a read that ends in the turn of its post has none', () => {
    expect(flights.some(({ text }) => text.includes('mr[0]'))).toBe(false);
  });

  test('is dashed from the playhead on, and ends there before', () => {
    const bars = step(5).locks.filter(({ kind }) => kind === 'flight');
    expect(bars.map(({ future }) => future)).toEqual([false, true, false, true]);
    expect(step(7).locks.filter(({ kind, future }) => kind === 'flight' && future)).toEqual([]);
  });

  test('its name lies within the lane, over no bar', () => {
    const scene = step(5);
    const nic = scene.lanes.find(({ name }) => name === 'NIC');
    const names = scene.lockNames.filter(({ text }) => text.endsWith('in flight'));
    expect(names).toHaveLength(2);
    for (const { y } of names) {
      expect(y).toBeGreaterThan(nic?.y ?? Infinity);
      expect(y + 5.5).toBeLessThanOrEqual((nic?.y ?? 0) + (nic?.h ?? 0));
    }
  });

  test('what the remote side does keeps its own lane and that of the NIC in sight', () => {
    const scene = step(3);
    const peer = scene.lanes.find(({ name }) => name === 'peer');
    const nic = scene.lanes.find(({ name }) => name === 'NIC');
    expect(scene.current).toMatchObject({ y: peer?.y, h: (nic?.y ?? 0) + (nic?.h ?? 0) - (peer?.y ?? 0) });
    const app = step(5).lanes.find(({ name }) => name === 'app');
    expect(step(5).current).toMatchObject({ y: app?.y, h: app?.h });
  });
});

test.each([
  ['file A ab\napp m = mmap A\napp load m 0', false],
  ['file A a.\napp m = mmap A\napp load m 1', true],
  ['file A ab\napp m = mmap A\napp fallocate A punch 0 1', true],
  ['file A ab\napp m = mmap A\napp fallocate A collapse 0 1', false],
])('the key names the zero page only where it may be met: %j', (text, expected) => {
  expect(stage(text).at(0).legend?.rows.includes('zero')).toBe(expected);
});

// The parts of the final report that the example of the language does not reach.
import { describe, expect, test } from 'vitest';
import { makeReport, type Report } from '../../src/io/runReport.ts';
import { loadScenario } from '../../src/scenario/load.ts';
import { runToEnd } from '../../src/sim/run.ts';

function reportOf(text: string): Report {
  const loaded = loadScenario(text);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.error));
  const { program } = loaded.value;
  const { outline, final } = runToEnd(program);
  return makeReport(program, outline, final);
}

describe('files', () => {
  test('holes have no block, unwritten blocks have one and read as zeroes', () => {
    expect(reportOf('file A a._b').final.files['A']).toEqual({
      size: 4,
      data: 'a..b',
      blocks: [0, null, 1, 2],
      refcounts: [1, null, 1, 1],
    });
  });
  test('tags longer than a character make data an array', () => {
    expect(reportOf('file A ab\napp pwrite A 1 hello').final.files['A']).toMatchObject({ data: ['a', 'hello'] });
  });
  test('an empty file has nothing', () => {
    expect(reportOf('file A').final.files['A']).toEqual({ size: 0, data: '', blocks: [], refcounts: [] });
  });
  test('unlinked inodes are left out, even while they live', () => {
    const { final } = reportOf('file A ab\nfile B c\napp m = mmap A\napp unlink A');
    expect(Object.keys(final.files)).toEqual(['B']);
    expect(final.free).toBe(13);
  });
  test('of the page cache hold what read(2) would give', () => {
    const { final } = reportOf('fs dax=never\nfile A ab\napp m = mmap A\napp store m 0 X');
    expect(final.files['A']).toMatchObject({ data: 'Xb', blocks: [0, 1] });
  });
});

test('free counts blocks that wait for the log commit', () => {
  const text = 'device 8\nfs xfs log=async\nfile A abcd\napp ftruncate A 1\nexists free = 7';
  expect(reportOf(text).final.free).toBe(7);
  expect(reportOf(text).conditions).toEqual([{ text: 'exists free = 7', met: true }]);
});

describe('MRs', () => {
  const base = 'option wait\nfile A a.c\napp m = mmap A\n';
  test('slots on the zero page have no block', () => {
    expect(reportOf(`${base}app mr = reg_mr m remote_read`).final.mrs['mr']).toEqual({
      state: 'live',
      blocks: [0, null, 1],
    });
  });
  test('slots of an on-demand MR have no block before the first access', () => {
    const { final } = reportOf(`${base}app mr = reg_mr m 0 2 remote_read on_demand\npeer rdma_read mr 0`);
    expect(final.mrs['mr']).toEqual({ state: 'live', blocks: [0, null] });
  });
  test('that were never made are left out', () => {
    expect(reportOf('file A a\napp m = mmap A\napp mr = reg_mr m remote_read -> EOPNOTSUPP').final.mrs).toEqual({});
  });
  test('end destroyed', () => {
    expect(reportOf(`${base}app mr = reg_mr m remote_read\napp dereg_mr mr`).final.mrs['mr']).toMatchObject({
      state: 'destroyed',
    });
  });
});

test('actors end idle, blocked, killed or exited', () => {
  const { final } = reportOf(
    'option wait\nfile A ab\na m = mmap A\na mr = reg_mr m remote_read\nb ftruncate A 0\nc sync\nd exit\na kill c\npeer wait',
  );
  expect(final.actors).toEqual({ a: 'idle', b: 'blocked', c: 'killed', d: 'exited', peer: 'idle' });
});

describe('steps', () => {
  const { steps, violations } = reportOf(
    'option wait\nfile A ab\napp m = mmap A\napp mr = reg_mr m remote_read\nadmin ftruncate A 0 -> blocks, ok\nadmin pread A 0 -> EOF\napp dereg_mr mr\napp ftruncate A 0 -> blocks\n', // prettier-ignore
  );
  test('that sleep say on what, and what they came to', () => {
    expect(steps[2]).toMatchObject({
      result: 'blocks',
      blockedOn: 'block 0, pinned by mr[0]',
      eventually: 'ok',
      met: true,
    });
  });
  test('of a sleeping actor are held back and judged by what they return', () => {
    expect(steps[3]).toMatchObject({ held: true, result: 'EOF', met: true });
  });
  test('that did not sleep do not block', () => {
    expect(steps[5]).toMatchObject({ result: 'ok', blockedOn: null, eventually: null, met: false });
  });
  test('violations name the line that broke the property and the lines that led there', () => {
    expect(violations).toMatchObject([{ id: 'L1', line: 5, because: [4, 5] }]);
  });
  test('that died in their first micro-step have it told, for they did run', () => {
    const killed = reportOf('proc c threads=2\nfile A a\nc.2 kill c').steps.at(-1);
    expect([killed?.result, killed?.microsteps.length]).not.toEqual([null, 0]);
  });
  test('that never came to run have no result', () => {
    const last = reportOf('option wait\nfile A ab\napp m = mmap A\napp mr = reg_mr m remote_read\napp ftruncate A 0\napp sync').steps.at(-1); // prettier-ignore
    expect(last).toMatchObject({ held: true, result: null, eventually: null });
  });
});

test('a file of the largest size is reported index by index', () => {
  const { size, blocks } = reportOf('file A a\napp ftruncate A 4194304').final.files['A'] ?? { size: 0, blocks: [] };
  expect([size, blocks.length, blocks[0], blocks[1]]).toEqual([4_194_304, 4_194_304, 0, null]);
});

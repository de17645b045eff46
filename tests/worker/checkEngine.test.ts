// The checking engine without a worker: commands in, replies out.
import { describe, expect, test } from 'vitest';
import { finish } from '../../src/checker/pieces.ts';
import { reportPieces } from '../../src/checker/report.ts';
import { advanceSearch, createSearch } from '../../src/checker/search.ts';
import { EXACT, QUICK } from '../../src/checker/verdict.ts';
import { createCheckEngine, type CheckEngine } from '../../src/worker/checkEngine.ts';
import type { CheckEnd, CheckOrder, CheckReply } from '../../src/worker/checkProtocol.ts';
import { loadScenario } from '../../src/scenario/load.ts';
import type { PresetName } from '../../src/sim/model/knobs.ts';

const WORLD = `device 5
alloc any
file A ab
file B = reflink A 0 1
app m = mmap A
any app x2: store m 0 X | mr = reg_mr m local_write remote_write | dereg_mr mr
any admin x1: ftruncate A 0 | reflink A B
any peer x1: rdma_write mr 1 X
forbid S1
`;

function programOf(preset: PresetName) {
  const loaded = loadScenario(WORLD, { preset });
  if (!loaded.ok) throw new Error(loaded.error[0]?.message);
  return loaded.value.program;
}

const order = (preset: PresetName, change = {}): CheckOrder => ({ type: 'check', program: programOf(preset), settings: { ...EXACT, ...change } }); // prettier-ignore

const newsOf = (replies: readonly CheckReply[], id: number) =>
  replies.flatMap((reply) => (reply.type === 'told' && reply.id === id ? [reply.news] : []));

/** Slices until the search ends. */
function toEnd(engine: CheckEngine, id: number, states = 10): { readonly end: CheckEnd; readonly slices: number } {
  for (let slices = 1; slices < 100_000; slices++) {
    const [news] = newsOf(engine.advance(states), id);
    if (news !== undefined && news.type !== 'progress' && news.type !== 'pairs') return { end: news, slices };
  }
  throw new Error('no end');
}

function wholeReport(preset: PresetName) {
  const search = createSearch(programOf(preset), EXACT);
  while (!advanceSearch(search, 10_000));
  return finish(reportPieces(search));
}

describe('a search in slices', () => {
  test.each(['mainline', 'unprotected', 'wait', 'seed'] as const)('%s: the same report as at once', (preset) => {
    const engine = createCheckEngine();
    engine.handle({ type: 'begin', id: 1, order: order(preset) });
    const { end } = toEnd(engine, 1);
    expect(end).toEqual({ type: 'report', report: wholeReport(preset) });
    expect(engine.isBusy()).toBe(false);
    expect(engine.advance(10)).toEqual([]);
  });

  test('its report comes in pieces, so that a command in between is heard', () => {
    const engine = createCheckEngine();
    engine.handle({ type: 'begin', id: 1, order: order('unprotected') });
    // All the states in one slice: what follows is the report.
    const { slices } = toEnd(engine, 1, 1_000_000);
    expect(slices).toBeGreaterThan(20);
  });

  test('progress tells violations as they are found, with the runs of the report', () => {
    const engine = createCheckEngine();
    engine.handle({ type: 'begin', id: 1, order: order('unprotected') });
    let early;
    for (let n = 0; early === undefined && n < 10_000; n++) {
      engine.advance(1);
      const [news] = newsOf(engine.progress(), 1);
      if (news?.type === 'progress' && news.progress.properties.S1.type === 'violated') early = news.progress;
    }
    const { end } = toEnd(engine, 1);
    if (end.type !== 'report' || early === undefined) throw new Error('no report');
    expect(early.states).toBeLessThan(end.report.states);
    expect(early.properties.S1).toEqual(end.report.properties.S1);
    expect(early.properties.L1).toEqual({ type: 'pending' });
  });
});

describe('commands', () => {
  test('stop: the report of what is known, also while it is paused', () => {
    const engine = createCheckEngine();
    engine.handle({ type: 'begin', id: 1, order: order('wait') });
    engine.advance(20);
    engine.handle({ type: 'pause', id: 1 });
    expect(engine.isBusy()).toBe(false);
    expect(engine.advance(10)).toEqual([]);
    engine.handle({ type: 'stop', id: 1 });
    const { end } = toEnd(engine, 1);
    expect(end).toMatchObject({ type: 'report', report: { complete: false, bound: 'stopped' } });
  });

  test('paused and resumed: the same report', () => {
    const engine = createCheckEngine();
    engine.handle({ type: 'begin', id: 1, order: order('wait') });
    for (let n = 0; n < 5; n++) {
      engine.advance(7);
      engine.handle({ type: 'pause', id: 1 });
      engine.advance(7);
      engine.handle({ type: 'resume', id: 1 });
    }
    expect(toEnd(engine, 1).end).toEqual({ type: 'report', report: wholeReport('wait') });
  });

  test('a pause is kept while the report is being made', () => {
    const engine = createCheckEngine();
    engine.handle({ type: 'begin', id: 1, order: order('wait') });
    engine.advance(1_000_000);
    engine.advance(1);
    engine.handle({ type: 'pause', id: 1 });
    for (let n = 0; n < 1000; n++) expect(engine.advance(1)).toEqual([]);
    engine.handle({ type: 'resume', id: 1 });
    expect(toEnd(engine, 1).end).toEqual({ type: 'report', report: wholeReport('wait') });
  });

  test('cancelled, in the search or in its report: nothing more is told', () => {
    for (const slices of [1, 2]) {
      const engine = createCheckEngine();
      engine.handle({ type: 'begin', id: 1, order: order('wait') });
      for (let n = 0; n < slices; n++) engine.advance(slices === 1 ? 10 : 1_000_000);
      engine.handle({ type: 'cancel', id: 1 });
      expect(engine.isBusy()).toBe(false);
      expect(engine.advance(1_000_000)).toEqual([]);
      expect(engine.progress()).toEqual([]);
    }
  });

  test('another search takes the place of the one that goes on; commands for the old one mean nothing', () => {
    const engine = createCheckEngine();
    engine.handle({ type: 'begin', id: 1, order: order('wait') });
    engine.advance(10);
    engine.handle({ type: 'begin', id: 2, order: order('mainline') });
    for (const type of ['pause', 'stop', 'cancel'] as const) engine.handle({ type, id: 1 });
    expect(toEnd(engine, 2).end).toEqual({ type: 'report', report: wholeReport('mainline') });
  });

  test('a ping is answered at any time', () => {
    const engine = createCheckEngine();
    expect(engine.handle({ type: 'ping' })).toEqual([{ type: 'pong' }]);
    engine.handle({ type: 'begin', id: 1, order: order('wait') });
    engine.handle({ type: 'pause', id: 1 });
    expect(engine.handle({ type: 'ping' })).toEqual([{ type: 'pong' }]);
  });
});

test('a bound is kept, and told', () => {
  const engine = createCheckEngine();
  engine.handle({ type: 'begin', id: 1, order: order('wait', { ...QUICK, maxStates: 30 }) });
  expect(toEnd(engine, 1).end).toMatchObject({ report: { complete: false, bound: 'states', properties: { S6: { type: 'unknown', bound: 'states' } } } }); // prettier-ignore
});

describe('a difference', () => {
  const settings = { maxPairs: 100_000, maxBytes: 2 ** 28, properties: false };

  test('between two options is found with its run', () => {
    const engine = createCheckEngine();
    engine.handle({ type: 'begin', id: 1, order: { type: 'difference', first: programOf('wait'), second: programOf('etxtbsy'), settings } }); // prettier-ignore
    engine.advance(1);
    expect(newsOf(engine.progress(), 1)).toMatchObject([{ type: 'pairs' }]);
    const { end } = toEnd(engine, 1);
    if (end.type !== 'difference') throw new Error(end.type);
    const { difference } = end.report;
    expect(difference?.trace.length).toBeGreaterThan(0);
    expect(difference?.first.result).not.toBe(difference?.second.result);
  });

  test('between an option and itself there is none', () => {
    const engine = createCheckEngine();
    engine.handle({ type: 'begin', id: 1, order: { type: 'difference', first: programOf('wait'), second: programOf('wait'), settings } }); // prettier-ignore
    const { end } = toEnd(engine, 1);
    expect(end).toMatchObject({ type: 'difference', report: { complete: true } });
    expect(end.type === 'difference' && end.report.difference).toBe(undefined);
  });

  test('of two that read the text differently is refused', () => {
    const engine = createCheckEngine();
    const replies = engine.handle({ type: 'begin', id: 1, order: { type: 'difference', first: programOf('wait'), second: { ...programOf('wait'), blocks: 9 }, settings } }); // prettier-ignore
    expect(newsOf(replies, 1)).toMatchObject([
      { type: 'failed', message: expect.stringContaining('blocks') as string },
    ]);
    expect(engine.isBusy()).toBe(false);
  });
});

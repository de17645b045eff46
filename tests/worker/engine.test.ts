import { describe, expect, test } from 'vitest';
import { createEngine } from '../../src/worker/engine.ts';
import type { Command, Report } from '../../src/worker/protocol.ts';
import { longText, READ_MR } from '../support/caseTexts.ts';
import { programOf, runText } from '../support/runText.ts';

const program = programOf(READ_MR);
const long = programOf(longText(200));

function setup(slice?: number) {
  const engine = createEngine(slice);
  const ask = (command: Command): readonly Report[] => [...engine.handle(command)];
  const pull = (command: Command): Iterator<Report> => engine.handle(command)[Symbol.iterator]();
  return { ask, pull };
}

describe('load', () => {
  test('ends with the outline and the first moment', () => {
    const reports = setup().ask({ type: 'load', run: 1, program });
    const last = reports.at(-1);
    expect(last).toMatchObject({ type: 'outline', run: 1, moment: { at: 0 } });
    expect(last).toEqual({
      type: 'outline',
      run: 1,
      outline: runText(READ_MR).outline,
      moment: runText(READ_MR).momentAt(0),
    });
  });

  test('gives way after every slice', () => {
    const reports = setup(10).ask({ type: 'load', run: 1, program });
    expect(reports.map(({ type }) => type)).toEqual(['progress', 'progress', 'progress', 'outline']);
    expect(reports.flatMap((report) => (report.type === 'progress' ? [report.micros] : []))).toEqual([10, 20, 30]);
  });

  test('how it is sliced does not show in what comes out', () => {
    const whole = setup(1_000_000).ask({ type: 'load', run: 1, program: long }).at(-1);
    const sliced = setup(1).ask({ type: 'load', run: 1, program: long }).at(-1);
    expect(sliced).toEqual(whole);
  });
});

describe('in between two slices', () => {
  test('a cancel is heard', () => {
    const { ask, pull } = setup(10);
    const loading = pull({ type: 'load', run: 1, program: long });
    expect(loading.next().value).toMatchObject({ type: 'progress' });
    ask({ type: 'cancel', run: 1 });
    expect(loading.next().done).toBe(true);
  });

  test('a newer load takes over', () => {
    const { ask, pull } = setup(10);
    const old = pull({ type: 'load', run: 1, program: long });
    old.next();
    expect(ask({ type: 'load', run: 2, program }).at(-1)).toMatchObject({ type: 'outline', run: 2 });
    expect(old.next().done).toBe(true);
    expect(ask({ type: 'seek', run: 2, at: 3 })).toMatchObject([{ type: 'moment', run: 2, moment: { at: 3 } }]);
  });

  test('a cancel of another run changes nothing', () => {
    const { ask, pull } = setup(10);
    const loading = pull({ type: 'load', run: 2, program });
    loading.next();
    ask({ type: 'cancel', run: 1 });
    const rest: Report[] = [];
    for (let item = loading.next(); item.done !== true; item = loading.next()) rest.push(item.value);
    expect(rest.at(-1)).toMatchObject({ type: 'outline', run: 2 });
  });

  test('a ping is answered', () => {
    const { ask, pull } = setup(10);
    pull({ type: 'load', run: 1, program: long }).next();
    expect(ask({ type: 'ping', nonce: 7 })).toEqual([{ type: 'pong', nonce: 7 }]);
  });
});

describe('seek', () => {
  test('gives the moment at every position, in any order', () => {
    const { ask } = setup();
    const ran = runText(READ_MR);
    ask({ type: 'load', run: 1, program });
    for (const at of [39, 0, 20, 19, 21, 1]) {
      expect(ask({ type: 'seek', run: 1, at })).toEqual([{ type: 'moment', run: 1, moment: ran.momentAt(at) }]);
    }
  });

  test('of an old or cancelled run says nothing', () => {
    const { ask } = setup();
    ask({ type: 'load', run: 2, program });
    expect(ask({ type: 'seek', run: 1, at: 0 })).toEqual([]);
    ask({ type: 'cancel', run: 2 });
    expect(ask({ type: 'seek', run: 2, at: 0 })).toEqual([]);
  });

  test.each([-1, 40, 1.5, Number.NaN])('to %d is a bug of ours, told with the numbers', (at) => {
    const { ask } = setup();
    ask({ type: 'load', run: 1, program });
    expect(() => ask({ type: 'seek', run: 1, at })).toThrow(`position ${at} of 39`);
  });

  test('before the outline is a bug of ours', () => {
    const { ask, pull } = setup(10);
    pull({ type: 'load', run: 1, program: long }).next();
    expect(() => ask({ type: 'seek', run: 1, at: 0 })).toThrow('before run 1 is complete');
  });
});

test('every report survives the structured clone', () => {
  const { ask } = setup();
  const reports = [...ask({ type: 'load', run: 1, program }), ...ask({ type: 'seek', run: 1, at: 30 })];
  expect(structuredClone(reports)).toEqual(reports);
});

describe('a question', () => {
  test('about the knobs is answered in slices, between which others are served', () => {
    const { ask, pull } = setup(50);
    ask({ type: 'load', run: 1, program });
    const answering = pull({ type: 'ask', run: 1, ask: 7, question: { type: 'knobs' } });
    expect(answering.next().value).toMatchObject({ type: 'progress', run: 1 });
    expect(ask({ type: 'seek', run: 1, at: 5 })).toMatchObject([{ type: 'moment', moment: { at: 5 } }]);
    const rest: Report[] = [];
    for (let next = answering.next(); next.done !== true; next = answering.next()) rest.push(next.value);
    expect(rest.length).toBeGreaterThan(20);
    expect(rest.at(-1)).toMatchObject({ type: 'answer', run: 1, ask: 7, answer: { type: 'knobs' } });
  });

  test('about another place is its moment', () => {
    const { ask } = setup();
    ask({ type: 'load', run: 1, program });
    const question = { type: 'moment', at: 24 } as const;
    const moment = runText(READ_MR).momentAt(24);
    expect(ask({ type: 'ask', run: 1, ask: 1, question })).toEqual([{ type: 'answer', run: 1, ask: 1, answer: { type: 'moment', moment } }]); // prettier-ignore
  });

  test('about a page is its history, in slices; of a run that is too long it says how long it may be', () => {
    const { ask, pull } = setup(10);
    ask({ type: 'load', run: 1, program });
    const answering = pull({ type: 'ask', run: 1, ask: 3, question: { type: 'story', page: 1 } });
    expect(answering.next().value).toMatchObject({ type: 'progress', run: 1 });
    const rest: Report[] = [];
    for (let next = answering.next(); next.done !== true; next = answering.next()) rest.push(next.value);
    expect(rest).toHaveLength(3);
    expect(rest.at(-1)).toMatchObject({ ask: 3, answer: { type: 'story', story: { page: 1, left: 0 } } });
    expect(structuredClone(rest)).toEqual(rest);
  });

  test('about a run that was replaced is dropped', () => {
    const { ask, pull } = setup(50);
    ask({ type: 'load', run: 1, program });
    const answering = pull({ type: 'ask', run: 1, ask: 1, question: { type: 'knobs' } });
    answering.next();
    ask({ type: 'load', run: 2, program });
    expect(answering.next().done).toBe(true);
    expect(ask({ type: 'ask', run: 1, ask: 2, question: { type: 'knobs' } })).toEqual([]);
  });

  test('about the knobs of a long run says how long it may be', () => {
    const { ask } = setup(100_000);
    ask({ type: 'load', run: 1, program: programOf(longText(5000)) });
    expect(ask({ type: 'ask', run: 1, ask: 1, question: { type: 'knobs' } })).toMatchObject([{ answer: { type: 'tooLong' } }]); // prettier-ignore
  });
});

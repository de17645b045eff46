// What the next step will change, on demand: asked for after the moment that is shown, true when the step is taken.
import { beforeEach, expect, test } from 'vitest';
import { inFuture, willChange } from '../../src/explain/ahead.ts';
import { changedBy } from '../../src/explain/changes.ts';
import { changedRefs } from '../../src/explain/differences.ts';
import { claimKey } from '../../src/sim/query/claimKey.ts';
import { last, openScenario, seek, setGrain, stepForward } from '../../src/store/actions.ts';
import { toggleAhead } from '../../src/store/ahead.ts';
import { knownNow } from '../../src/store/questions.ts';
import { page } from '../../src/store/store.ts';
import { READ_MR_ID, startPage } from '../support/startPage.ts';

beforeEach(() => {
  startPage({ scenario: READ_MR_ID, at: 24 });
});

const aheadNow = () => knownNow()?.ahead;

test('off until it is asked for; on it stays while stepping; off again', () => {
  expect(page().ahead).toBe(false);
  stepForward();
  expect(aheadNow()).toBeUndefined();
  toggleAhead();
  expect(aheadNow()).toMatchObject({ from: 33, to: 38, moment: { at: 38 } });
  stepForward();
  expect(page().ahead).toBe(true);
  expect(aheadNow()).toMatchObject({ from: 38, to: 39 });
  toggleAhead();
  seek(24);
  expect(aheadNow()).toMatchObject({ from: 38 });
});

test('of the grain: the next micro-step, when one goes by those; the rest of a step from its middle', () => {
  toggleAhead();
  setGrain('micro');
  expect(aheadNow()).toMatchObject({ from: 24, to: 25 });
  setGrain('step');
  seek(28);
  expect(aheadNow()).toMatchObject({ from: 28, to: 33, moment: { at: 33 } });
});

test('at the end of the run nothing is asked', () => {
  toggleAhead();
  last();
  expect(aheadNow()?.from).not.toBe(page().at);
});

test.each([
  READ_MR_ID,
  '06-punched-block-reused',
  '14-page-cache-contrast',
  '18-truncate-three-users',
  '32-fork-and-a-pin',
  '35-collapse-and-insert',
  '37-lease-recalled',
])('%s: what is announced is what the step then changes', (scenario) => {
  openScenario(scenario);
  toggleAhead();
  const { program, outline } = page().shown ?? {};
  if (program === undefined || outline === undefined) throw new Error('nothing is shown');
  let said = 0;
  while (page().at < outline.length) {
    const moment = aheadNow()?.moment;
    if (moment === undefined) throw new Error(`nothing is known of what comes after ${page().at}`);
    const announced = willChange(program, moment).map(({ text }) => text);
    const marked = changedRefs(moment).map(claimKey);
    stepForward();
    const after = page().shown?.moment;
    expect(after?.at).toBe(moment.at);
    if (after === undefined) continue;
    expect(announced).toEqual(changedBy(program, after).map(({ text }) => inFuture(text)));
    expect(marked).toEqual(changedRefs(after).map(claimKey));
    said += announced.length;
  }
  expect(said).toBeGreaterThan(5);
});

test('by micro-steps: from the state that is shown, not from the beginning of the turn', () => {
  toggleAhead();
  setGrain('micro');
  const program = page().shown?.program;
  let told = 0;
  while (program !== undefined && page().at < 33) {
    const before = page().shown?.moment.state;
    const moment = aheadNow()?.moment;
    if (moment === undefined || before === undefined) throw new Error('nothing is known');
    expect(moment.before).toEqual(before);
    told += willChange(program, moment).length;
    stepForward();
  }
  expect(told).toBeGreaterThan(3);
});

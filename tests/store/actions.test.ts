import { afterEach, describe, expect, test } from 'vitest';
import * as actions from '../../src/store/actions.ts';
import { catalogue } from '../../src/store/catalogue.ts';
import { disconnect } from '../../src/store/session.ts';
import { page } from '../../src/store/store.ts';
import { READ_MR_ID, startPage } from '../support/startPage.ts';

afterEach(disconnect);

const TRUNCATE = '04-truncate-waits-for-odirect';
const textAt = (): string => {
  const { shown } = page();
  const turn = shown?.outline.turns.findLast(({ to }) => to <= shown.moment.at);
  return shown?.program.steps[turn?.step ?? -1]?.text ?? 'the beginning';
};

describe('opening', () => {
  test('unasked, the first scenario stands ready to be stepped', () => {
    const { shown } = startPage();
    expect(page().scenario).toBe(READ_MR_ID);
    expect(shown().moment.at).toBe(0);
    expect(page().notice).toBeUndefined();
  });

  test('an address opens its moment', () => {
    const { shown } = startPage({ scenario: READ_MR_ID, at: 33 });
    expect(shown().moment.at).toBe(33);
    expect(page().at).toBe(33);
  });

  test('an address past the end opens the end', () => {
    const { shown } = startPage({ scenario: READ_MR_ID, at: 999_999_999 });
    expect(shown().moment.at).toBe(shown().outline.length);
  });

  test('an address of nothing opens the first scenario and says so', () => {
    startPage({ scenario: 'no-such-thing' });
    expect(page().scenario).toBe(READ_MR_ID);
    expect(page().notice?.text).toContain("'no-such-thing'");
  });

  test('an address names option and kernel', () => {
    const { shown } = startPage({ scenario: READ_MR_ID, preset: 'seed', kernel: '6.12' });
    expect(shown().program.option.preset).toBe('seed');
    expect(shown().program.kernel).toBe('6.12');
  });

  test('every bundled scenario opens', () => {
    startPage();
    expect(catalogue().length).toBeGreaterThanOrEqual(12);
    for (const { id } of catalogue()) {
      actions.openScenario(id);
      expect(page().shown?.scenario).toBe(id);
      expect(page().notice).toBeUndefined();
    }
  });

  test('another scenario starts under its own option and kernel, nothing selected', () => {
    const { shown } = startPage({ scenario: READ_MR_ID, preset: 'seed', kernel: '6.12', at: 20 });
    actions.select({ type: 'block', block: 1 });
    actions.openScenario(TRUNCATE);
    expect(page()).toMatchObject({ preset: undefined, kernel: undefined, selected: undefined, at: 0 });
    expect(shown().program.option.preset).toBe('mainline');
  });

  test('what was shown stays until the new run is complete, and is then replaced whole', () => {
    const { worker, shown } = startPage({ scenario: READ_MR_ID, at: 33 });
    worker().held = true;
    actions.openScenario(TRUNCATE);
    expect(shown().scenario).toBe(READ_MR_ID);
    expect(shown().moment.at).toBe(33);
    // A position asked for now would be one of a run that is going away.
    actions.seek(20);
    worker().held = false;
    worker().flush();
    expect(shown().scenario).toBe(TRUNCATE);
    expect(shown().moment.at).toBe(0);
  });
});

describe('stepping', () => {
  test('by step there and back visits the ends of the turns', () => {
    const { shown } = startPage();
    const there: number[] = [];
    for (let i = 0; i < 5; i += 1) {
      actions.stepForward();
      there.push(shown().moment.at);
    }
    expect(there).toEqual(shown().outline.turns.map(({ to }) => to));
    actions.stepForward();
    expect(shown().moment.at).toBe(there.at(-1));
    for (const at of [...there.slice(0, -1).reverse(), 0, 0]) {
      actions.stepBack();
      expect(shown().moment.at).toBe(at);
    }
  });

  test('by micro-step goes one at a time, whatever the grain', () => {
    const { shown } = startPage({ scenario: READ_MR_ID, at: 24 });
    actions.stepForward('micro');
    expect(shown().moment.at).toBe(25);
    actions.setGrain('micro');
    actions.stepForward();
    expect(shown().moment.at).toBe(26);
    actions.stepBack();
    expect(shown().moment.at).toBe(25);
    actions.setGrain('step');
    actions.stepBack();
    expect(shown().moment.at).toBe(24);
  });

  test('first and last', () => {
    const { shown } = startPage();
    actions.last();
    expect(shown().moment.at).toBe(shown().outline.length);
    actions.first();
    expect(shown().moment.at).toBe(0);
  });

  test('keys faster than the worker are not lost, and only the last place is fetched', () => {
    const { worker, shown } = startPage();
    worker().held = true;
    actions.stepForward();
    actions.stepForward();
    actions.stepForward();
    expect(page().at).toBe(33);
    worker().held = false;
    worker().flush();
    expect(shown().moment.at).toBe(33);
  });

  test.each([
    ['step', 33],
    ['micro', 31],
  ] as const)('the next violation by %s is at %i, and after the last there is none', (grain, at) => {
    const { shown } = startPage();
    actions.setGrain(grain);
    actions.goToNextViolation();
    expect(shown().moment.at).toBe(at);
    actions.goToNextViolation();
    const stale = shown().moment.at;
    expect(shown().outline.violations.some(({ id, at: from }) => id === 'S5b' && from <= stale)).toBe(true);
    actions.goToNextViolation();
    expect(shown().moment.at).toBe(stale);
  });
});

describe('another option', () => {
  test('keeps the line of the text', () => {
    startPage({ scenario: READ_MR_ID, at: 33 });
    const line = textAt();
    expect(line).toContain('store');
    for (const preset of ['seed', 'mainline', 'odp-only', 'wait'] as const) {
      actions.setOption(preset);
      expect(page().shown?.program.option.preset).toBe(preset);
      expect(textAt()).toBe(line);
    }
    actions.setOption(undefined);
    expect(page().shown?.moment.at).toBe(33);
  });

  test('at the beginning stays at the beginning', () => {
    const { shown } = startPage();
    actions.setOption('seed');
    expect(shown().moment.at).toBe(0);
  });

  test('another kernel keeps the line too', () => {
    startPage({ scenario: READ_MR_ID, at: 24 });
    const line = textAt();
    actions.setKernel('6.12');
    expect(page().shown?.program.kernel).toBe('6.12');
    expect(textAt()).toBe(line);
  });

  test('a sleeper that goes on is found going on', () => {
    const { shown } = startPage({ scenario: TRUNCATE });
    const woke = shown().outline.turns.find(({ kind }) => kind === 'woke');
    actions.seek(woke?.to ?? -1);
    actions.setOption('wait');
    expect(shown().moment.at).toBe(shown().outline.turns.find(({ kind }) => kind === 'woke')?.to);
  });
});

describe('looking', () => {
  test('hover and selection are independent', () => {
    startPage();
    actions.hover({ type: 'block', block: 1 });
    actions.select({ type: 'map', map: 0 });
    actions.hover(undefined);
    expect(page()).toMatchObject({ hovered: undefined, selected: { type: 'map', map: 0 } });
  });

  test('a step keeps the selection', () => {
    startPage();
    actions.select({ type: 'block', block: 1 });
    actions.stepForward();
    expect(page().selected).toEqual({ type: 'block', block: 1 });
  });
});

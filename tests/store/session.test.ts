import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import * as actions from '../../src/store/actions.ts';
import { pause, play, togglePlay } from '../../src/store/playback.ts';
import { disconnect } from '../../src/store/session.ts';
import { page } from '../../src/store/store.ts';
import { READ_MR_ID, startPage } from '../support/startPage.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  pause();
  disconnect();
  vi.useRealTimers();
});

describe('a worker that stops', () => {
  test('is replaced; the page is back at the same step and says so', () => {
    const { worker, workers, shown } = startPage({ scenario: READ_MR_ID, at: 33 });
    worker().dead = true;
    vi.advanceTimersByTime(2000);
    expect(workers).toHaveLength(2);
    expect(shown().moment.at).toBe(33);
    expect(page().notice?.text).toBe('The worker stopped. Restarted at step 3.');
    actions.stepForward();
    expect(shown().moment.at).toBe(38);
  });

  test('at the beginning is told in words', () => {
    const { worker } = startPage();
    worker().dead = true;
    vi.advanceTimersByTime(2000);
    expect(page().notice?.text).toBe('The worker stopped. Restarted at the beginning.');
  });

  test('what was asked of the dead one is asked of the new one', () => {
    const { worker, shown } = startPage({ scenario: READ_MR_ID, at: 1 });
    worker().dead = true;
    actions.stepForward();
    expect(shown().moment.at).toBe(1);
    vi.advanceTimersByTime(2000);
    expect(shown().moment.at).toBe(24);
  });

  test('while a run was being loaded, the run comes from the new one', () => {
    const { worker, shown } = startPage();
    worker().held = true;
    actions.setOption('seed');
    worker().dead = true;
    vi.advanceTimersByTime(11_000);
    expect(shown().program.option.preset).toBe('seed');
  });

  test('too often is given up, with the way out', () => {
    const { worker, workers, shown } = startPage({ scenario: READ_MR_ID, at: 24 });
    for (let i = 0; i < 4; i += 1) {
      worker().dead = true;
      vi.advanceTimersByTime(2000);
    }
    expect(workers).toHaveLength(4);
    expect(page().notice).toMatchObject({ tone: 'problem', action: 'retry' });
    expect(shown().moment.at).toBe(24);
    actions.retryWorker();
    expect(page().notice?.text).toBe('The worker stopped. Restarted at step 2.');
    actions.stepForward();
    expect(shown().moment.at).toBe(33);
  });
});

describe('keys pressed while a run is being loaded', () => {
  test('are obeyed on that run', () => {
    const { worker, shown } = startPage({ scenario: READ_MR_ID, at: 0 });
    worker().held = true;
    actions.setOption('seed');
    actions.stepForward();
    actions.stepForward();
    actions.stepBack();
    actions.stepForward();
    expect(shown().moment.at).toBe(0);
    worker().held = false;
    worker().flush();
    expect(shown().program.option.preset).toBe('seed');
    expect(page().at).toBe(40);
    expect(shown().moment.at).toBe(40);
  });

  test('are forgotten when yet another run is chosen, and never too many', () => {
    const { worker, shown } = startPage({ scenario: READ_MR_ID, at: 0 });
    worker().held = true;
    actions.setOption('seed');
    for (let k = 0; k < 1000; k += 1) actions.last();
    actions.setOption('wait');
    worker().held = false;
    worker().flush();
    expect(shown().program.option.preset).toBe('wait');
    expect(shown().moment.at).toBe(0);
  });
});

describe('a simulation that throws', () => {
  test('is told with what is needed to do it again, and does not stop the page', () => {
    const { worker, shown } = startPage({ scenario: READ_MR_ID, at: 24 });
    play();
    const said = new MessageEvent('message', { data: { type: 'failed', run: 1, message: 'block 9 of 8' } });
    worker().onmessage?.call(worker() as unknown as Worker, said);
    expect(page().playing).toBe(false);
    expect(page().notice?.tone).toBe('problem');
    expect(page().notice?.text).toContain('block 9 of 8');
    expect(page().notice?.text).toContain(READ_MR_ID);
    actions.dismissNotice();
    actions.first();
    expect(shown().moment.at).toBe(0);
  });
});

describe('playing', () => {
  const ends = [1, 24, 33, 38, 39];

  test('goes step by step, with time to read, and stops at the end', () => {
    const { shown } = startPage();
    play();
    expect(shown().moment.at).toBe(1);
    for (const at of ends.slice(1)) {
      vi.advanceTimersByTime(2399);
      expect(shown().moment.at).toBe(ends[ends.indexOf(at) - 1]);
      vi.advanceTimersByTime(1);
      expect(shown().moment.at).toBe(at);
    }
    vi.advanceTimersByTime(5000);
    expect(page().playing).toBe(false);
  });

  test('at 4× goes four times as fast', () => {
    const { shown } = startPage();
    actions.setSpeed(4);
    play();
    vi.advanceTimersByTime(600);
    expect(shown().moment.at).toBe(24);
  });

  test('by micro-step', () => {
    const { shown } = startPage();
    actions.setGrain('micro');
    play();
    vi.advanceTimersByTime(900 * 3);
    expect(shown().moment.at).toBe(4);
  });

  test('waits for the screen', () => {
    const { worker, shown } = startPage();
    worker().held = true;
    play();
    vi.advanceTimersByTime(60_000);
    expect(shown().moment.at).toBe(0);
    worker().held = false;
    worker().flush();
    expect(shown().moment.at).toBe(1);
  });

  test('stops when somebody steps or pauses', () => {
    const { shown } = startPage();
    play();
    actions.stepForward();
    expect(page().playing).toBe(false);
    vi.advanceTimersByTime(60_000);
    expect(shown().moment.at).toBe(24);
    togglePlay();
    expect(page().playing).toBe(true);
    togglePlay();
    vi.advanceTimersByTime(60_000);
    expect(page().playing).toBe(false);
    expect(shown().moment.at).toBe(33);
  });

  test('from the end starts over', () => {
    const { shown } = startPage({ scenario: READ_MR_ID, at: 39 });
    play();
    expect(shown().moment.at).toBe(0);
    expect(page().playing).toBe(true);
    vi.advanceTimersByTime(2400);
    expect(shown().moment.at).toBe(1);
  });
});

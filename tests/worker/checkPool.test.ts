// The pool against workers made of two arrays: what each was sent, and what the test makes it say.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { QUICK } from '../../src/checker/verdict.ts';
import { createPool, poolSize, type CheckNews, type CheckWorkerLike, type Pool } from '../../src/worker/checkPool.ts';
import type { CheckCommand, CheckReply } from '../../src/worker/checkProtocol.ts';
import { READ_MR } from '../support/caseTexts.ts';
import { runText } from '../support/runText.ts';

type FakeWorker = CheckWorkerLike & { readonly sent: CheckCommand[]; terminated: boolean; answersPings: boolean };

function fakeWorker(): FakeWorker {
  const worker: FakeWorker = {
    sent: [],
    terminated: false,
    answersPings: true,
    onmessage: null,
    onerror: null,
    onmessageerror: null,
    postMessage(command: CheckCommand) {
      worker.sent.push(command);
      if (command.type === 'ping' && worker.answersPings) say(worker, { type: 'pong' });
    },
    terminate() {
      worker.terminated = true;
    },
  };
  return worker;
}

function say(worker: FakeWorker | undefined, reply: CheckReply): void {
  worker?.onmessage?.call(worker as unknown as Worker, new MessageEvent('message', { data: reply }));
}

function die(worker: FakeWorker | undefined, message: string): void {
  const event = Object.assign(new Event('error'), { message }) as ErrorEvent;
  worker?.onerror?.call(worker as unknown as Worker, event);
}

const order = { type: 'check', program: runText(READ_MR).program, settings: QUICK } as const;
const fails = (id: number): CheckReply => ({ type: 'told', id, news: { type: 'failed', message: 'done' } });

let pools: Pool[] = [];
beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  pools.forEach((pool) => pool.close());
  pools = [];
  vi.useRealTimers();
});

function setup(size = 2) {
  const workers: FakeWorker[] = [];
  const pool = createPool(size, () => {
    const worker = fakeWorker();
    workers.push(worker);
    return worker;
  });
  pools.push(pool);
  const news: string[] = [];
  const add = (): number => {
    const id = pool.add(order, (item: CheckNews) => news.push(`${id} ${item.type}${'message' in item ? `: ${item.message}` : ''}`)); // prettier-ignore
    return id;
  };
  /** Asks for so many, and waits until they have gone out. */
  const addAll = async (count: number): Promise<readonly number[]> => {
    const ids = Array.from({ length: count }, add);
    await Promise.resolve();
    return ids;
  };
  const sent = (worker: number): readonly string[] =>
    (workers[worker]?.sent ?? []).filter(({ type }) => type !== 'ping').map((c) => `${c.type} ${'id' in c ? c.id : ''}`); // prettier-ignore
  return { pool, workers, news, addAll, sent };
}

test.each([
  [undefined, 1],
  [1, 1],
  [2, 1],
  [8, 7],
  [400, 32],
])('of %s cores the pool has %i', (cores, size) => {
  expect(poolSize(cores)).toBe(size);
});

describe('the queue', () => {
  test('no worker before there is work; then as many as there is work for, up to the size', async () => {
    const { workers, addAll, sent } = setup(2);
    expect(workers).toHaveLength(0);
    await addAll(1);
    expect(workers).toHaveLength(1);
    await addAll(2);
    expect(workers).toHaveLength(2);
    expect([sent(0), sent(1)]).toEqual([['begin 1'], ['begin 2']]);
  });

  test('who is ready gets the next, in order', async () => {
    const { workers, addAll, sent, news } = setup(2);
    await addAll(4);
    say(workers[1], fails(2));
    say(workers[0], fails(1));
    expect([sent(0), sent(1)]).toEqual([
      ['begin 1', 'begin 4'],
      ['begin 2', 'begin 3'],
    ]);
    expect(news).toEqual(['1 started', '2 started', '2 failed: done', '3 started', '1 failed: done', '4 started']);
  });

  test('what a worker says of another search is dropped', async () => {
    const { workers, addAll, news } = setup(1);
    await addAll(2);
    say(workers[0], fails(2));
    say(workers[0], fails(7));
    expect(news).toEqual(['1 started']);
  });

  test('a cancelled search is heard of no more, and the next begins', async () => {
    const { pool, workers, addAll, sent, news } = setup(1);
    const [first, second, third] = await addAll(3);
    pool.cancel(second ?? 0);
    pool.cancel(first ?? 0);
    expect(sent(0)).toEqual(['begin 1', 'cancel 1', `begin ${third}`]);
    say(workers[0], fails(1));
    expect(news).toEqual(['1 started', '3 started']);
  });

  test('stop: a search that goes on is asked for its report, one that waits is forgotten', async () => {
    const { pool, addAll, sent } = setup(1);
    await addAll(2);
    expect(pool.stop(2)).toBe(false);
    expect(pool.stop(1)).toBe(true);
    expect(pool.stop(9)).toBe(false);
    expect(sent(0)).toEqual(['begin 1', 'stop 1']);
  });

  test('paused: nothing begins until it goes on', async () => {
    const { pool, workers, addAll, sent } = setup(1);
    await addAll(2);
    pool.pause();
    say(workers[0], fails(1));
    expect(sent(0)).toEqual(['begin 1', 'pause 1']);
    pool.resume();
    expect(sent(0)).toEqual(['begin 1', 'pause 1', 'begin 2']);
  });
});

describe('the workers', () => {
  test('stay for the next search, or end with the last once nobody is there', async () => {
    const { pool, workers, addAll } = setup(2);
    await addAll(2);
    say(workers[0], fails(1));
    expect(workers.map(({ terminated }) => terminated)).toEqual([false, false]);
    pool.release();
    expect(workers.map(({ terminated }) => terminated)).toEqual([true, false]);
    say(workers[1], fails(2));
    expect(workers.map(({ terminated }) => terminated)).toEqual([true, true]);
    expect(vi.getTimerCount()).toBe(0);
    pool.hold();
    await addAll(1);
    expect(workers).toHaveLength(3);
  });

  test('are told nothing while they have nothing to do', async () => {
    const { workers, addAll } = setup(1);
    await addAll(1);
    say(workers[0], fails(1));
    const before = workers[0]?.sent.length;
    vi.advanceTimersByTime(60_000);
    expect(workers[0]?.sent.length).toBe(before);
  });

  test('one that answers is left at work however long that takes', async () => {
    const { workers, addAll, news } = setup(1);
    await addAll(1);
    vi.advanceTimersByTime(600_000);
    expect(workers).toHaveLength(1);
    expect(news).toEqual(['1 started']);
  });

  test('one that dies is replaced, its search begun again before those that wait, once', async () => {
    const { workers, addAll, sent, news } = setup(1);
    await addAll(2);
    die(workers[0], 'out of memory');
    expect(workers[0]?.terminated).toBe(true);
    expect(sent(1)).toEqual(['begin 1']);
    die(workers[1], 'out of memory');
    expect(sent(2)).toEqual(['begin 2']);
    expect(news).toEqual(['1 started', '1 restarted', '1 started', '1 failed: its worker stopped twice (out of memory)', '2 started']); // prettier-ignore
  });

  test('one that falls silent is noticed within seven seconds', async () => {
    const { workers, addAll, news } = setup(1);
    await addAll(1);
    vi.advanceTimersByTime(600);
    if (workers[0] !== undefined) workers[0].answersPings = false;
    vi.advanceTimersByTime(7000);
    expect(news).toEqual(['1 started', '1 restarted', '1 started']);
    expect(workers).toHaveLength(2);
  });

  test('one whose script is still on its way has more time', async () => {
    const { workers, addAll, news } = setup(1);
    await addAll(1);
    if (workers[0] !== undefined) workers[0].answersPings = false;
    vi.advanceTimersByTime(15_000);
    expect(news).toEqual(['1 started']);
    vi.advanceTimersByTime(10_000);
    expect(news).toEqual(['1 started', '1 restarted', '1 started']);
  });

  test('what a replaced one still says is not heard', async () => {
    const { workers, addAll, news } = setup(1);
    await addAll(1);
    die(workers[0], 'gone');
    say(workers[0], fails(1));
    die(workers[0], 'gone');
    expect(news).toEqual(['1 started', '1 restarted', '1 started']);
  });
});

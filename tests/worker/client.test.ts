// The client against a worker made of two arrays: what it was sent, and what the test makes it say.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createClient, type Client, type News, type WorkerLike } from '../../src/worker/client.ts';
import type { Command, Report } from '../../src/worker/protocol.ts';
import { READ_MR } from '../support/caseTexts.ts';
import { runText } from '../support/runText.ts';

type FakeWorker = WorkerLike & { readonly sent: Command[]; terminated: boolean; answersPings: boolean };

function fakeWorker(): FakeWorker {
  const worker: FakeWorker = {
    sent: [],
    terminated: false,
    answersPings: true,
    onmessage: null,
    onerror: null,
    onmessageerror: null,
    postMessage(command: Command) {
      worker.sent.push(command);
      if (command.type === 'ping' && worker.answersPings) say(worker, { type: 'pong', nonce: command.nonce });
    },
    terminate() {
      worker.terminated = true;
    },
  };
  return worker;
}

function say(worker: FakeWorker, report: Report): void {
  worker.onmessage?.call(worker as unknown as Worker, new MessageEvent('message', { data: report }));
}

function setup() {
  const workers: FakeWorker[] = [];
  const news: News[] = [];
  const client = createClient(
    (item) => news.push(item),
    () => {
      const worker = fakeWorker();
      workers.push(worker);
      return worker;
    },
  );
  const last = (): FakeWorker => {
    const worker = workers.at(-1);
    if (worker === undefined) throw new Error('no worker was made');
    return worker;
  };
  const commands = () => last().sent.filter(({ type }) => type !== 'ping');
  const types = () => news.map(({ type }) => type);
  const sayOutline = (run: number) => say(last(), { type: 'outline', run, outline, moment: momentAt(0) });
  const sayMoment = (run: number, at: number) => say(last(), { type: 'moment', run, moment: momentAt(at) });
  return { client, workers, news, last, commands, types, sayOutline, sayMoment };
}

const { program, outline, momentAt } = runText(READ_MR);
let open: Client[] = [];

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  open.forEach((client) => client.close());
  open = [];
  vi.useRealTimers();
});

function started() {
  const all = setup();
  open.push(all.client);
  all.client.load(program);
  return all;
}

describe('runs', () => {
  test('a load is sent with a run id and its outline is told', () => {
    const { commands, sayOutline, types } = started();
    expect(commands()).toEqual([{ type: 'load', run: 1, program }]);
    sayOutline(1);
    expect(types()).toEqual(['outline']);
  });

  test('a newer load cancels the one still going, and what the old one says is dropped', () => {
    const { client, commands, sayOutline, sayMoment, types } = started();
    client.load(program);
    expect(commands().map((c) => [c.type, 'run' in c ? c.run : -1])).toEqual([
      ['load', 1],
      ['cancel', 1],
      ['load', 2],
    ]);
    sayOutline(1);
    sayMoment(1, 1);
    expect(types()).toEqual([]);
    sayOutline(2);
    expect(types()).toEqual(['outline']);
  });

  test('a complete run needs no cancel', () => {
    const { client, commands, sayOutline } = started();
    sayOutline(1);
    client.load(program);
    expect(commands().map(({ type }) => type)).toEqual(['load', 'load']);
  });

  test('a failure is told with its message', () => {
    const { last, news } = started();
    say(last(), { type: 'failed', run: 1, message: 'position 9 of 3' });
    expect(news).toEqual([{ type: 'failed', message: 'position 9 of 3' }]);
  });
});

describe('seeks', () => {
  test('one is in flight at most, and the latest of the others wins', () => {
    const { client, commands, sayOutline, sayMoment, news } = started();
    sayOutline(1);
    [1, 2, 3].forEach(client.seek);
    expect(commands().slice(1)).toEqual([{ type: 'seek', run: 1, at: 1 }]);
    sayMoment(1, 1);
    expect(commands().slice(2)).toEqual([{ type: 'seek', run: 1, at: 3 }]);
    sayMoment(1, 3);
    expect(commands()).toHaveLength(3);
    expect(news.flatMap((item) => (item.type === 'moment' ? [item.moment.at] : []))).toEqual([1, 3]);
  });

  test('asked for before the outline, it goes out after it', () => {
    const { client, commands, sayOutline } = started();
    client.seek(2);
    expect(commands()).toHaveLength(1);
    sayOutline(1);
    expect(commands().slice(1)).toEqual([{ type: 'seek', run: 1, at: 2 }]);
  });

  test('a failed seek does not block the next', () => {
    const { client, commands, last, sayOutline } = started();
    sayOutline(1);
    client.seek(1);
    say(last(), { type: 'failed', run: 1, message: 'no' });
    client.seek(2);
    expect(commands().at(-1)).toEqual({ type: 'seek', run: 1, at: 2 });
  });
});

describe('a worker that dies', () => {
  test('in silence is noticed within two seconds, restarted, and is back at the same position', () => {
    const { client, workers, last, commands, sayOutline, sayMoment, types } = started();
    sayOutline(1);
    client.seek(2);
    sayMoment(1, 2);
    const first = last();
    first.answersPings = false;
    vi.advanceTimersByTime(2000);
    expect(first.terminated).toBe(true);
    expect(workers).toHaveLength(2);
    expect(commands()).toEqual([{ type: 'load', run: 1, program }]);
    sayOutline(1);
    expect(commands().at(-1)).toEqual({ type: 'seek', run: 1, at: 2 });
    sayMoment(1, 2);
    // The outline is known already and not told again.
    expect(types()).toEqual(['outline', 'moment', 'stopped', 'moment', 'restarted']);
  });

  test('while a seek is in flight, the seek is asked for again', () => {
    const { client, last, commands, sayOutline, sayMoment } = started();
    sayOutline(1);
    client.seek(1);
    client.seek(3);
    last().answersPings = false;
    vi.advanceTimersByTime(2000);
    sayOutline(1);
    sayMoment(1, 3);
    expect(commands().map(({ type }) => type)).toEqual(['load', 'seek']);
    expect(commands().at(-1)).toEqual({ type: 'seek', run: 1, at: 3 });
  });

  test('with an error event is restarted at once', () => {
    const { workers, last, news, sayOutline } = started();
    sayOutline(1);
    last().onerror?.call(last() as unknown as Worker, new ErrorEventLike('out of memory'));
    expect(workers).toHaveLength(2);
    expect(news.at(-1)).toEqual({ type: 'stopped', why: 'out of memory' });
  });

  test('what the replaced worker says later is not heard', () => {
    const { workers, last, types, sayOutline } = started();
    sayOutline(1);
    const first = last();
    first.answersPings = false;
    vi.advanceTimersByTime(2000);
    say(first, { type: 'moment', run: 1, moment: momentAt(1) });
    expect(types()).toEqual(['outline', 'stopped']);
    expect(workers).toHaveLength(2);
  });

  test('four times in a row is given up; retry starts over', () => {
    const { client, workers, last, types, sayOutline, sayMoment } = started();
    sayOutline(1);
    for (let i = 0; i < 4; i += 1) {
      last().onerror?.call(last() as unknown as Worker, new ErrorEventLike('boom'));
      sayOutline(1);
      sayMoment(1, 0);
    }
    expect(workers).toHaveLength(4);
    expect(types().at(-1)).toBe('gaveUp');
    client.retry();
    expect(workers).toHaveLength(5);
    sayOutline(1);
    sayMoment(1, 0);
    expect(types().at(-1)).toBe('restarted');
  });

  test('restarts far apart are not in a row', () => {
    const { workers, last, types, sayOutline, sayMoment } = started();
    sayOutline(1);
    for (let i = 0; i < 6; i += 1) {
      last().onerror?.call(last() as unknown as Worker, new ErrorEventLike('boom'));
      sayOutline(1);
      sayMoment(1, 0);
      vi.advanceTimersByTime(12_000);
    }
    expect(workers).toHaveLength(7);
    expect(types()).not.toContain('gaveUp');
  });

  test('a long load is not taken for a death while it reports progress', () => {
    const { workers, last, sayOutline, types } = started();
    last().answersPings = false;
    for (let i = 0; i < 20; i += 1) {
      vi.advanceTimersByTime(3000);
      say(last(), { type: 'progress', run: 1, micros: i });
    }
    sayOutline(1);
    expect(workers).toHaveLength(1);
    expect(types().at(-1)).toBe('outline');
  });

  test('a healthy worker is never replaced', () => {
    const { workers, sayOutline } = started();
    sayOutline(1);
    vi.advanceTimersByTime(10 * 60_000);
    expect(workers).toHaveLength(1);
  });
});

/** Node has no ErrorEvent. */
class ErrorEventLike extends Event implements ErrorEvent {
  readonly message: string;
  readonly filename = '';
  readonly lineno = 0;
  readonly colno = 0;
  readonly error = undefined;

  constructor(message: string) {
    super('error');
    this.message = message;
  }
}

describe('a question', () => {
  const question = { type: 'moment', at: 2 } as const;
  const asksOf = (sent: readonly Command[]) => sent.flatMap((command) => (command.type === 'ask' ? [command.ask] : []));

  test('waits for the outline, is answered once, and survives a new worker', () => {
    const { client, last, sayOutline } = setup();
    open.push(client);
    const heard: unknown[] = [];
    client.load(program);
    client.ask(question, (answer) => heard.push(answer));
    expect(asksOf(last().sent)).toEqual([]);
    sayOutline(1);
    expect(asksOf(last().sent)).toEqual([1]);
    const first = last();
    last().onerror?.call(last() as unknown as Worker, new ErrorEventLike('gone'));
    expect(last()).not.toBe(first);
    sayOutline(1);
    expect(asksOf(last().sent)).toEqual([1]);
    const answer = { type: 'moment', moment: momentAt(2) } as const;
    say(last(), { type: 'answer', run: 1, ask: 1, answer });
    say(last(), { type: 'answer', run: 1, ask: 1, answer });
    expect(heard).toEqual([answer]);
  });

  test('about a run that is gone is never answered', () => {
    const { client, last, sayOutline } = setup();
    open.push(client);
    const heard: unknown[] = [];
    client.load(program);
    sayOutline(1);
    client.ask(question, (answer) => heard.push(answer));
    client.load(program);
    say(last(), { type: 'answer', run: 1, ask: 1, answer: { type: 'tooLong', most: 1 } });
    sayOutline(2);
    expect(heard).toEqual([]);
    expect(asksOf(last().sent)).toEqual([1]);
  });
});

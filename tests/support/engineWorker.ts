// A worker without a thread: the real engine behind the door of a Worker, answering at once or when told to.
import { createEngine } from '../../src/worker/engine.ts';
import type { Command, Report } from '../../src/worker/protocol.ts';
import type { WorkerLike } from '../../src/worker/client.ts';

export type EngineWorker = WorkerLike & {
  /** Answers wait until `flush`. */
  held: boolean;
  /** It says nothing any more, as after self.close(). */
  dead: boolean;
  readonly flush: () => void;
};

export function engineWorker(): EngineWorker {
  const engine = createEngine();
  let waiting: Command[] = [];
  const answer = (command: Command): void => {
    for (const report of engine.handle(command)) say(report);
  };
  const say = (data: Report): void => {
    // As over a real seam: the other side gets a copy.
    const event = new MessageEvent('message', { data: structuredClone(data) });
    worker.onmessage?.call(worker as unknown as Worker, event);
  };
  const worker: EngineWorker = {
    held: false,
    dead: false,
    onmessage: null,
    onerror: null,
    onmessageerror: null,
    postMessage(command: Command) {
      if (worker.dead) return;
      if (worker.held && command.type !== 'ping') waiting.push(command);
      else answer(command);
    },
    terminate() {
      worker.dead = true;
    },
    flush() {
      const commands = waiting;
      waiting = [];
      commands.forEach(answer);
    },
  };
  return worker;
}

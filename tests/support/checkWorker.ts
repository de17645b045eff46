// A checking worker without a thread: the real engine behind the door of a Worker, a slice whenever a test says so.
import { createCheckEngine } from '../../src/worker/checkEngine.ts';
import type { CheckWorkerLike } from '../../src/worker/checkPool.ts';
import type { CheckCommand, CheckReply } from '../../src/worker/checkProtocol.ts';

export type EngineCheckWorker = CheckWorkerLike & {
  dead: boolean;
  readonly sent: CheckCommand[];
  /** Slices of so many units, telling how far it is after each, until nothing is left to do, or `most` slices. */
  readonly work: (units?: number, most?: number) => void;
};

export function engineCheckWorker(): EngineCheckWorker {
  const engine = createCheckEngine();
  const say = (replies: readonly CheckReply[]): void => {
    for (const data of replies) {
      // As over a real seam: the other side gets a copy, later.
      const event = new MessageEvent('message', { data: structuredClone(data) });
      if (!worker.dead) worker.onmessage?.call(worker as unknown as Worker, event);
    }
  };
  const worker: EngineCheckWorker = {
    dead: false,
    sent: [],
    onmessage: null,
    onerror: null,
    onmessageerror: null,
    postMessage(command: CheckCommand) {
      worker.sent.push(command);
      if (!worker.dead) say(engine.handle(structuredClone(command)));
    },
    terminate() {
      worker.dead = true;
    },
    work(units = 500, most = Infinity) {
      for (let n = 0; n < most && engine.isBusy() && !worker.dead; n++) {
        say(engine.advance(units));
        say(engine.progress());
      }
    },
  };
  return worker;
}

/** The entry of a checking worker. A command waits for two slices and the telling at most: well below 50 ms. */
import { createCheckEngine } from './checkEngine.ts';
import type { CheckCommand, CheckReply } from './checkProtocol.ts';

const SLICE_MS = 8;
const PROGRESS_MS = 100;
/** States between two looks at the clock. */
const STATES = 16;

const engine = createCheckEngine();
// Not setTimeout: nested timers wait 4 ms each.
const turn = new MessageChannel();
let told = 0;
let turning = false;
/** What is being worked on, for the message of a failure. */
let current = -1;

function tell(replies: readonly CheckReply[]): void {
  for (const reply of replies) self.postMessage(reply);
}

/** Nothing else can be told of a search that threw; it is given up. */
function attempt(work: () => void): void {
  try {
    work();
  } catch (error) {
    engine.handle({ type: 'cancel', id: current });
    const message = error instanceof Error ? error.message : String(error);
    tell([{ type: 'told', id: current, news: { type: 'failed', message } }]);
  }
}

function goOn(): void {
  if (turning || !engine.isBusy()) return;
  turning = true;
  turn.port2.postMessage(undefined);
}

function slice(): void {
  const begun = performance.now();
  do tell(engine.advance(STATES));
  while (engine.isBusy() && performance.now() - begun < SLICE_MS);
  if (begun - told < PROGRESS_MS) return;
  told = begun;
  tell(engine.progress());
}

turn.port1.onmessage = () => {
  turning = false;
  attempt(slice);
  goOn();
};
self.onmessage = ({ data }: MessageEvent<CheckCommand>) => {
  if (data.type === 'begin') current = data.id;
  attempt(() => tell(engine.handle(data)));
  goOn();
};

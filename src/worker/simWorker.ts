/** The worker's entry: pulls one report a turn of the event loop, so that a cancel or a newer load is heard. */
import { createEngine } from './engine.ts';
import type { Command, Report } from './protocol.ts';

const engine = createEngine();
const jobs: { readonly command: Command; readonly reports: Iterator<Report, void> }[] = [];
// Not setTimeout: nested timers wait 4 ms each.
const turn = new MessageChannel();

function pull(): void {
  const job = jobs.shift();
  if (job === undefined) return;
  try {
    const { done, value } = job.reports.next();
    if (done === true) return;
    self.postMessage(value);
    jobs.push(job);
  } catch (error) {
    const run = 'run' in job.command ? job.command.run : -1;
    const message = error instanceof Error ? error.message : String(error);
    self.postMessage({ type: 'failed', run, message } satisfies Report);
  } finally {
    if (jobs.length > 0) turn.port2.postMessage(undefined);
  }
}

function* reportsOf(command: Command): Iterator<Report, void> {
  yield* engine.handle(command);
}

turn.port1.onmessage = pull;
self.onmessage = ({ data }: MessageEvent<Command>) => {
  jobs.push({ command: data, reports: reportsOf(data) });
  if (jobs.length === 1) turn.port2.postMessage(undefined);
};

/**
 * What a recording shows that the model leaves out on purpose (semantics, last section), and from which step on. Found by
 * rule in the recording itself; never by its name, and never by what the model does.
 */
import { firstLargeFolio } from './largeFolio.ts';
import type { Limit } from './limit.ts';
import { countArg, wordArg, type RecordedStep, type Recording } from './recording.ts';
import { profileOf } from './profile.ts';

const isUring = ({ op }: RecordedStep): boolean => op.startsWith('pinUring');

/** 6.1 io_uring pins anonymous memory and shmem only, whatever file it is. */
function uringOfFile({ kernel, steps }: Recording): Limit | undefined {
  if (profileOf(kernel) !== '6.1') return undefined;
  const found = steps.find((step) => {
    const file = step.obs.mmapFrames.get(wordArg(step, 'map') ?? '')?.file;
    return isUring(step) && file !== undefined && file !== 'memfd';
  });
  return found && { from: found.n, reason: 'io_uring of Linux 6.1 refuses every file mapping', still: 'nothing' };
}

const isPinWait = ({ kernelStack }: RecordedStep): boolean => /break(_dax)?_layouts?$/.test(kernelStack?.[0] ?? '');

/** 6.1: who waited for the page of an O_DIRECT sleeps on after the I/O has ended. */
function lostWakeUp({ kernel, steps }: Recording): Limit | undefined {
  if (profileOf(kernel) !== '6.1') return undefined;
  const done = steps.find((step, i) => {
    if (step.op !== 'return' || !(wordArg(step, 'op') ?? '').startsWith('direct')) return false;
    const waiting = new Set(steps.slice(0, i).filter(isPinWait).map(({ n }) => n)); // prettier-ignore
    return steps.slice(i).some((later) => later.op === 'stillBlocked' && waiting.has(countArg(later, 'of') ?? 0) && isPinWait(later)); // prettier-ignore
  });
  return done && { from: done.n, reason: 'Linux 6.1 loses the wake-up of who waits for O_DIRECT', still: 'nothing' };
}

/** After a NAK the queue pair is in error, and flushes what is posted next. */
function queuePairInError({ steps }: Recording): Limit | undefined {
  const failed = steps.filter(({ op, result }) => op.startsWith('rdma') && result !== 'ok');
  const [first, second] = failed;
  const next = first === undefined ? undefined : second;
  return next && { from: next.n, reason: 'a queue pair in error after a NAK', still: 'results' };
}

function largeFolio(recording: Recording): Limit | undefined {
  const from = firstLargeFolio(recording);
  return from === undefined ? undefined : { from, reason: 'the page cache works in a large folio', still: 'results' };
}

export function limitsOf(recording: Recording): readonly Limit[] {
  return [uringOfFile, lostWakeUp, queuePairInError, largeFolio].flatMap((rule) => rule(recording) ?? []);
}

/** The one sentence for where a run stands: made of the turn's events and the states around it. */
import type { Op } from '../sim/model/op.ts';
import type { Program } from '../sim/model/program.ts';
import type { Wait } from '../sim/model/state.ts';
import type { Moment, Outline } from '../sim/outline.ts';
import { assertNever } from '../base/assert.ts';
import { evictClause, freedClause, sacrificeClause, sentence, wakeClause } from './effects.ts';
import { callName, upperFirst } from './names.ts';
import { sayDioEnd, sayDioStart, sayPipe, sayVmsplice } from './sayDio.ts';
import { failureOf, sayFailure } from './sayFailure.ts';
import { sayClose, sayFsync, sayNamed, sayPread, sayPwrite, sayUnlink, nameOfFile } from './sayFile.ts';
import { sayFork, sayShareUverbs } from './sayFork.ts';
import { sayFallocate, sayFtruncate, sayReflink } from './sayLayout.ts';
import { graceClause, saySet, saySetlease, sayUnlease, sayWait } from './sayLease.ts';
import { sayMadvise } from './sayAdvice.ts';
import { sayLoad, sayMmap, sayMunmap, sayStore } from './sayMemory.ts';
import { mapName } from '../sim/query/naming.ts';
import { sayMicro } from './sayMicro.ts';
import { sayDeath, sayGone, sayHeld, sayKill, saySignal, sayVoid } from './sayProcess.ts';
import { sayDeregMr, sayPost, sayRegMr, sayReregMr, sayTransfer } from './sayRdma.ts';
import { startSentence } from './sayStart.ts';
import { saySleep, subjectOf, wakeText, wokeFrom } from './saySleep.ts';
import type { OpOf, Told } from './told.ts';
import { eventsOf, returnedOf, sleepOf, tell } from './told.ts';

/** For where we stand: at the end of a turn what it came to, in the middle what the last micro-step did. */
export function turnSentence(program: Program, outline: Outline, moment: Moment): string {
  const told = tell(program, outline, moment);
  if (told === undefined) return startSentence(program, moment.state);
  if (moment.at < told.turn.to) return sayMicro(told);
  return sayTurn(told);
}

/** What the last micro-step did. */
export function microSentence(program: Program, outline: Outline, moment: Moment): string {
  const told = tell(program, outline, moment);
  if (told === undefined) return startSentence(program, moment.state);
  // A turn of one micro-step is told as a turn, which says more.
  return told.turn.to - told.turn.from === 1 ? sayTurn(told) : sayMicro(told);
}

function sayTurn(told: Told): string {
  const nothing = sayNothing(told) ?? sayPart(told);
  if (nothing !== undefined) return nothing;
  const sleep = sleepOf(told);
  const wake = wakeText(told);
  if (told.micro.id === 'lease.grace') return sentence(upperFirst(graceClause(told)), wakeClause(told));
  if (sleep !== undefined && !diesNext(told, sleep))
    return withClause(
      wake === '' ? saySleep(told, sleep) : `${wake}, and ${sleepsAgain(told, sleep)}`,
      sacrificeClause(told),
    );
  const body = withClause(sayEnd(told), sacrificeClause(told));
  const text = wake === '' ? body : `${wake}: ${asIt(told, body)}`;
  return sleep === undefined || told.op.verb === 'kill'
    ? text
    : text.replace(/\.$/, `; ${told.who} dies before it returns.`);
}

const withClause = (text: string, clause: string): string =>
  clause === '' ? text : text.replace(/\.$/, `; ${clause}.`);

/** The sleeper's sentence without its subject. */
const sleepsAgain = (told: Told, sleep: Wait): string =>
  saySleep(told, sleep)
    .slice(subjectOf(told).length + 1)
    .replace(/^sleeps/, 'sleeps again');

/** The call is over, and the task only waits for its turn to do the work of dying. */
function diesNext(told: Told, sleep: Wait): boolean {
  return (
    sleep.type === 'threads' && told.before.tasks[told.turn.task]?.frames[0]?.fn !== 'exit' && told.op.verb !== 'exit'
  );
}

/** After `admin's ftruncate wakes: `, the call is `it`. */
function asIt(told: Told, body: string): string {
  const subjects = [`${callName(told.op)} `, 'The store ', 'The load '];
  const subject = subjects.find((text) => body.startsWith(text));
  return subject === undefined ? body : `it ${body.slice(subject.length)}`;
}

/** The step had no effect at all. */
function sayNothing(told: Told): string | undefined {
  if (told.turn.kind === 'held' || eventsOf(told.events, 'held').length > 0) return sayHeld(told);
  if (eventsOf(told.events, 'void').length > 0) return sayVoid(told);
  return eventsOf(told.events, 'gone').length > 0 ? sayGone(told) : undefined;
}

/** In an order of micro-steps a turn may be a part of an operation, and the NIC may have one: told by what it does. */
function sayPart(told: Told): string | undefined {
  const { turn, state, events } = told;
  if (turn.kind === 'dma') return eventsOf(events, 'transferred').length > 0 ? sayTransfer(told) : sayMicro(told);
  const task = state.tasks[turn.task];
  const isOver = task === undefined || task.frames.length === 0 || task.wait.type !== 'none';
  return turn.kind === 'again' || (!isOver && told.micro.id !== 'lease.grace') ? sayMicro(told) : undefined;
}

function sayEnd(told: Told): string {
  const running = told.before.tasks[told.turn.task]?.frames[0];
  const dies = told.micro.id.startsWith('exit.') || told.turn.kind === 'exit' || running?.fn === 'exit';
  if (dies) return sayDeath(told);
  const woke = wokeFrom(told);
  if (woke?.wait.type === 'evict') return sayEvicted(told);
  if (woke?.by === 'signal') return sayInterrupted(told);
  const failure = failureOf(told);
  return failure === undefined ? sayDone(told, told.op) : sayFailure(told, failure);
}

function sayEvicted(told: Told): string {
  return sentence(evictClause(told), freedClause(told));
}

function sayInterrupted(told: Told): string {
  const result = returnedOf(told)?.result;
  return sentence(`the file is as it was${result === undefined ? '' : `, and it returns ${result}`}`);
}

/** The call returned and did its work. */
function sayDone(told: Told, op: Op): string {
  switch (op.verb) {
    case 'mmap':
      return sayMmap(told, op);
    case 'munmap':
      return sayMunmap(told, op);
    case 'load':
      return sayLoad(told, op);
    case 'store':
      return sayStore(told, op);
    case 'pread':
      return sayPread(told, op);
    case 'pwrite':
    case 'pwrite_direct':
      return sayPwrite(told, op);
    case 'ftruncate':
      return sayFtruncate(told, op);
    case 'fallocate':
      return sayFallocate(told, op);
    case 'reflink':
    case 'dedupe':
      return sayReflink(told, op);
    default:
      return sayDoneOther(told, op);
  }
}

type FileVerb =
  | 'mmap' | 'munmap' | 'load' | 'store' | 'pread' | 'pwrite' | 'pwrite_direct' | 'ftruncate' | 'fallocate' | 'reflink' | 'dedupe'; // prettier-ignore

function sayDoneOther(told: Told, op: Exclude<Op, { verb: FileVerb }>): string {
  switch (op.verb) {
    case 'create':
    case 'open':
      return sayNamed(told, op);
    case 'close':
      return sayClose(told, op);
    case 'unlink':
      return sayUnlink(told, op);
    case 'fsync':
      return sayFsync(told, `fsync of ${nameOfFile(told, op.file)}`);
    case 'sync':
      return sayFsync(told, 'sync');
    case 'msync':
      return sayFsync(told, `msync of ${mapName(told.program, op.map)}`);
    case 'wait':
      return sayWait(told);
    case 'exit':
      return sayDeath(told);
    default:
      return sayGranted(told, op);
  }
}

type GrantVerb = 'setlease' | 'unlease' | 'set' | 'madvise' | 'fork' | 'kill' | 'signal' | 'share_uverbs';

/** Leases and marks of files, advice, and what processes pass on. */
function sayGranted(told: Told, op: OpOf<GrantVerb | PinVerb>): string {
  switch (op.verb) {
    case 'setlease':
      return saySetlease(told, op);
    case 'unlease':
      return sayUnlease(told, op);
    case 'set':
      return saySet(told, op);
    case 'madvise':
      return sayMadvise(told, op);
    case 'fork':
      return sayFork(told, op);
    case 'kill':
      return sayKill(told, op);
    case 'signal':
      return saySignal(told, op);
    case 'share_uverbs':
      return sayShareUverbs(told);
    default:
      return sayPinned(told, op);
  }
}

type PinVerb =
  | 'reg_mr' | 'rereg_mr' | 'dereg_mr' | 'rdma_read' | 'rdma_write' | 'complete' | 'post_read' | 'post_write' | 'dio_write'
  | 'dio_read' | 'dio_end' | 'vmsplice' | 'peek' | 'pipe_read'; // prettier-ignore

/** MRs and DMA, O_DIRECT, pipes. */
function sayPinned(told: Told, op: OpOf<PinVerb>): string {
  switch (op.verb) {
    case 'reg_mr':
      return sayRegMr(told, op);
    case 'rereg_mr':
      return sayReregMr(told, op);
    case 'dereg_mr':
      return sayDeregMr(told, op);
    case 'rdma_read':
    case 'rdma_write':
    case 'complete':
      return sayTransfer(told);
    case 'post_read':
    case 'post_write':
      return sayPost(told, op);
    case 'dio_write':
    case 'dio_read':
      return sayDioStart(told, op);
    case 'dio_end':
      return sayDioEnd(told, op);
    case 'vmsplice':
      return sayVmsplice(told, op);
    case 'peek':
    case 'pipe_read':
      return sayPipe(told, op);
    default:
      return assertNever(op);
  }
}

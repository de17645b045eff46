/**
 * The worker without the worker: commands in, reports out. A load is a generator that gives way after every slice of
 * micro-steps; whoever pulls it may handle another command in between, and a run that is no longer the current one
 * ends there.
 */
import { assertNever } from '../base/assert.ts';
import { advanceRun, createRun, momentAt, momentSince, outlineOf } from '../sim/run.ts';
import type { Run } from '../sim/run.ts';
import type { Program } from '../sim/model/program.ts';
import type { Moment } from '../sim/outline.ts';
import { MOST_MICROS, oneKnobAway } from '../sim/oneKnob.ts';
import { MOST_TOLD_MICROS, storyOf } from '../sim/story.ts';
import type { Answer, AskId, Command, Question, Report, RunId } from './protocol.ts';

export type Engine = { readonly handle: (command: Command) => Iterable<Report> };

/** Some milliseconds of work: a cancel is heard soon, and asking costs nothing beside it. */
const SLICE = 500;

export function createEngine(slice = SLICE): Engine {
  let current: { readonly id: RunId; readonly run: Run; readonly length: number | undefined } | undefined;

  function* load(id: RunId, program: Program): Iterable<Report> {
    const run = createRun(program);
    current = { id, run, length: undefined };
    for (let micros = slice; !advanceRun(run, slice); micros += slice) {
      yield { type: 'progress', run: id, micros };
      if (current?.id !== id) return;
    }
    const outline = outlineOf(run);
    current = { id, run, length: outline.length };
    yield { type: 'outline', run: id, outline, moment: momentAt(run, 0) };
  }

  /** The run of that number, if it is the current one. */
  function complete(id: RunId, what: string): { readonly run: Run; readonly length: number } | undefined {
    if (current?.id !== id) return undefined;
    const { run, length } = current;
    if (length === undefined) throw new Error(`${what} before run ${id} is complete`);
    return { run, length };
  }

  function momentIn(
    { run, length }: { readonly run: Run; readonly length: number },
    at: number,
    since?: number,
  ): Moment {
    if (!Number.isInteger(at) || at < 0 || at > length) throw new RangeError(`position ${at} of ${length}`);
    return since === undefined ? momentAt(run, at) : momentSince(run, since, at);
  }

  function seek(id: RunId, at: number): readonly Report[] {
    const found = complete(id, `seek to ${at}`);
    return found === undefined ? [] : [{ type: 'moment', run: id, moment: momentIn(found, at) }];
  }

  function* ask(id: RunId, number: AskId, question: Question): Iterable<Report> {
    const found = complete(id, 'a question');
    if (found === undefined) return;
    const answering = answerTo(question, found);
    let next = answering.next();
    for (; next.done !== true; next = answering.next()) {
      yield { type: 'progress', run: id, micros: found.length };
      if (current?.id !== id) return;
    }
    yield { type: 'answer', run: id, ask: number, answer: next.value };
  }

  function* answerTo(
    question: Question,
    found: { readonly run: Run; readonly length: number },
  ): Generator<undefined, Answer> {
    switch (question.type) {
      case 'knobs':
        if (found.length > MOST_MICROS) return { type: 'tooLong', most: MOST_MICROS };
        return { type: 'knobs', runs: yield* oneKnobAway(found.run.world.program, slice) };
      case 'moment':
        return { type: 'moment', moment: momentIn(found, question.at, question.since) };
      case 'story':
        if (found.length > MOST_TOLD_MICROS) return { type: 'tooLong', most: MOST_TOLD_MICROS };
        return { type: 'story', story: yield* storyOf(found.run, question.page, slice) };
      default:
        return assertNever(question);
    }
  }

  function cancel(id: RunId): readonly Report[] {
    if (current?.id === id) current = undefined;
    return [];
  }

  return {
    handle(command) {
      switch (command.type) {
        case 'load':
          return load(command.run, command.program);
        case 'seek':
          return seek(command.run, command.at);
        case 'ask':
          return ask(command.run, command.ask, command.question);
        case 'cancel':
          return cancel(command.run);
        case 'ping':
          return [{ type: 'pong', nonce: command.nonce }];
        default:
          return assertNever(command);
      }
    },
  };
}

/**
 * The worker without the worker: commands in, reports out. A load is a generator that gives way after every slice of
 * micro-steps; whoever pulls it may handle another command in between, and a run that is no longer the current one
 * ends there.
 */
import { assertNever } from '../base/assert.ts';
import { advanceRun, createRun, momentAt, outlineOf } from '../sim/run.ts';
import type { Run } from '../sim/run.ts';
import type { Program } from '../sim/model/program.ts';
import type { Command, Report, RunId } from './protocol.ts';

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

  function seek(id: RunId, at: number): readonly Report[] {
    if (current?.id !== id) return [];
    const { run, length } = current;
    if (length === undefined) throw new Error(`seek to ${at} before run ${id} is complete`);
    if (!Number.isInteger(at) || at < 0 || at > length) throw new RangeError(`position ${at} of ${length}`);
    return [{ type: 'moment', run: id, moment: momentAt(run, at) }];
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

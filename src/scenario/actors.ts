/**
 * Who acts: the processes, their threads, and the other side of the wire. `peer` is always remote; any other actor is
 * a process, unless all it ever does is post RDMA.
 */
import type { Document, StepAst } from './ast.ts';
import type { Reporter } from './diagnostic.ts';
import type { Word } from './lexer.ts';
import type { ProcId, TaskId } from '../sim/model/ids.ts';
import type { Actor } from '../sim/model/program.ts';
import { PEER, processName, SHAPES } from './vocabulary.ts';

export type ActorTable = {
  readonly actors: readonly Actor[];
  readonly procs: readonly { readonly name: string }[];
  readonly taskOf: (name: string) => TaskId | undefined;
  readonly names: () => Iterable<string>;
};

export function collectActors(document: Document, report: Reporter): ActorTable {
  const draft = createDraft(remoteActors(document));
  const threads = new Map<string, number>();
  for (const { item } of document.lines) {
    if (item?.type === 'proc') {
      if (threads.has(item.name.text)) {
        report.error('duplicate-name', item.name.span, `the process '${item.name.text}' is declared twice`);
      } else {
        threads.set(item.name.text, item.threads);
        draft.add(item.name.text);
        for (let n = 2; n <= item.threads; n++) draft.add(`${item.name.text}.${n}`);
      }
    } else if ((item?.type === 'step' || item?.type === 'lost') && checkThread(item.actor, threads, report)) {
      draft.add(item.actor.text);
    }
  }
  for (const { item } of document.lines) {
    if (item?.type === 'step') checkSide(item, draft.isRemote(item.actor.text), report);
  }
  return { ...draft, names: () => draft.ids.keys(), taskOf: (name) => draft.ids.get(name) };
}

/** Actors with no step of a process, and at least one of the remote side. */
function remoteActors(document: Document): ReadonlySet<string> {
  const local = new Set<string>();
  const remote = new Set<string>();
  for (const { item } of document.lines) {
    if (item?.type === 'proc') local.add(item.name.text);
    if (item?.type !== 'step') continue;
    const { by } = SHAPES[item.verb];
    if (by === undefined || item.actor.text.includes('.')) local.add(processName(item.actor.text));
    if (by === 'remote') remote.add(item.actor.text);
  }
  return new Set([PEER, ...[...remote].filter((name) => !local.has(name))]);
}

type ActorDraft = {
  readonly actors: Actor[];
  readonly procs: { readonly name: string }[];
  readonly ids: Map<string, TaskId>;
  readonly add: (name: string) => void;
  readonly isRemote: (name: string) => boolean;
};

function createDraft(remote: ReadonlySet<string>): ActorDraft {
  const actors: Actor[] = [];
  const procs: { readonly name: string }[] = [];
  const ids = new Map<string, TaskId>();
  const procIds = new Map<string, ProcId>();
  const push = (actor: Actor): void => {
    ids.set(actor.name, actors.length);
    actors.push(actor);
  };
  const procOf = (name: string): ProcId => {
    const known = procIds.get(name);
    if (known !== undefined) return known;
    procIds.set(name, procs.length);
    // The first thread is there even if only its siblings act: it is awake, and can release what it holds.
    push({ name, type: 'thread', proc: procs.length });
    procs.push({ name });
    return procs.length - 1;
  };
  const add = (name: string): void => {
    if (ids.has(name)) return;
    if (remote.has(name)) return push({ name, type: 'remote' });
    const proc = procOf(processName(name));
    if (!ids.has(name)) push({ name, type: 'thread', proc });
  };
  return { actors, procs, ids, add, isRemote: (name) => remote.has(name) };
}

/** A thread number counts from 2, and within what `proc` says. */
function checkThread(actor: Word, threads: ReadonlyMap<string, number>, report: Reporter): boolean {
  const base = processName(actor.text);
  const number = actor.text.slice(base.length + 1);
  if (number === '') return true;
  const declared = threads.get(base);
  if (base === PEER) {
    report.error('thread-number', actor.span, `'${PEER}' is the remote side: it has no threads here`);
  } else if (number.startsWith('0') || Number(number) < 2) {
    report.error('thread-number', actor.span, `'${actor.text}' is not a thread`, {
      expected: `'${base}' for the first thread, '${base}.2' for the second`,
    });
  } else if (declared !== undefined && Number(number) > declared) {
    report.error('thread-number', actor.span, `'${base}' has ${declared} thread${declared === 1 ? '' : 's'}`, {
      expected: `proc ${base} threads=${number}`,
    });
  } else {
    return true;
  }
  return false;
}

function checkSide(step: StepAst, remote: boolean, report: Reporter): void {
  const { by } = SHAPES[step.verb];
  const { text } = step.actor;
  if (remote && by === undefined) {
    report.error('remote-actor', step.actor.span, `'${text}' is the remote side: it has no process for ${step.verb}`, {
      expected: 'a process here, or one of rdma_*, post_*, complete',
    });
  }
  if (!remote && by === 'remote') {
    report.error('local-rdma', step.actor.span, `'${text}' is a process: RDMA comes from the remote side`, {
      expected: `${PEER} ${step.target === undefined ? '' : `${step.target.text} = `}${step.verb} …`,
    });
  }
}

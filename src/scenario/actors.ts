/**
 * Who acts: the processes, their threads, and the other side of the wire. `peer` is always remote; any other actor is
 * a process, unless all it ever does is post RDMA.
 */
import { actsOf, type Document, type StepAst } from './ast.ts';
import type { Reporter } from './diagnostic.ts';
import type { Word } from './lexer.ts';
import type { ProcId, TaskId } from '../sim/model/ids.ts';
import type { Actor, ProcDecl } from '../sim/model/program.ts';
import { PEER, processName, SHAPES } from './vocabulary.ts';

export type ActorTable = {
  readonly actors: readonly Actor[];
  readonly procs: readonly ProcDecl[];
  /** The process that this step makes: none if another step does, or the name is taken. */
  readonly forkOf: (step: StepAst) => ProcId | undefined;
  /** The line that makes the process of this actor; absent: it is there from the start. */
  readonly bornOn: (name: string) => number | undefined;
  readonly taskOf: (name: string) => TaskId | undefined;
  readonly names: () => Iterable<string>;
};

export function collectActors(document: Document, report: Reporter): ActorTable {
  const forks = collectForks(document, report);
  const draft = createDraft(remoteActors(document, forks), forks);
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
    } else if (item !== undefined && 'actor' in item && checkThread(item.actor, threads, report)) {
      draft.add(item.actor.text);
    }
    for (const { args } of actsOf(item))
      if (forks.has(args.names.child?.text ?? '')) draft.add(args.names.child?.text ?? '');
  }
  for (const { item } of document.lines) {
    for (const step of actsOf(item)) checkSide(step, draft.isRemote(step.actor.text), report);
  }
  const forkOf = (step: StepAst): ProcId | undefined => {
    const child = step.args.names.child?.text ?? '';
    return forks.get(child) === step ? draft.procIds.get(child) : undefined;
  };
  const bornOn = (name: string): number | undefined => forks.get(processName(name))?.span.line;
  return { ...draft, names: () => draft.ids.keys(), taskOf: (name) => draft.ids.get(name), forkOf, bornOn };
}

type Forks = ReadonlyMap<string, StepAst>;

/** The step that makes each forked process. A name that is there already makes no process. */
function collectForks(document: Document, report: Reporter): Forks {
  const forks = new Map<string, StepAst>();
  const there = new Map<string, number>();
  for (const { item, number } of document.lines) {
    if (item?.type === 'proc') there.set(item.name.text, there.get(item.name.text) ?? number);
    if (item !== undefined && 'actor' in item) {
      const name = processName(item.actor.text);
      // The menu of a child may stand above the menu that forks it.
      if (item.type !== 'menu' || forks.has(name)) there.set(name, there.get(name) ?? number);
    }
    for (const step of actsOf(item)) {
      const word = step.args.names.child;
      if (word !== undefined && checkChild(step, word, there.get(word.text), report)) {
        forks.set(word.text, step);
        there.set(word.text, number);
      }
    }
  }
  checkParents(forks, report);
  return forks;
}

/** Two menus may fork each other's actors: then neither process can ever be. */
function checkParents(forks: Forks, report: Reporter): void {
  const rooted = new Set<string>();
  for (const child of forks.keys()) {
    const line = new Set<string>();
    let at: string | undefined = child;
    while (at !== undefined && !rooted.has(at) && !line.has(at)) {
      line.add(at);
      const fork: StepAst | undefined = forks.get(at);
      at = fork === undefined ? undefined : processName(fork.actor.text);
    }
    const word = forks.get(child)?.args.names.child;
    if (at !== undefined && line.has(at) && word !== undefined) {
      const expected = 'a process that is there from the start';
      report.error('use-before-creation', word.span, `'${child}' is forked by its own child`, { expected });
    }
    for (const name of line) rooted.add(name);
  }
}

function checkChild(step: StepAst, word: Word, line: number | undefined, report: Reporter): boolean {
  const own = processName(step.actor.text) === word.text;
  if (word.text === PEER) {
    report.error('reserved-word', word.span, `'${PEER}' is the remote side: it has no process here`);
  } else if (line !== undefined || own) {
    const message = `there is a process '${word.text}' already${line === undefined || own ? '' : `: see line ${line}`}`;
    report.error('duplicate-name', word.span, message, { expected: 'a new name for the child' });
  } else {
    return true;
  }
  return false;
}

/** Actors with no step of a process, and at least one of the remote side. */
function remoteActors(document: Document, forks: Forks): ReadonlySet<string> {
  const local = new Set(forks.keys());
  const remote = new Set<string>();
  for (const { item } of document.lines) {
    if (item?.type === 'proc') local.add(item.name.text);
    for (const { verb, actor } of actsOf(item)) {
      const { by } = SHAPES[verb];
      if (by === undefined || actor.text.includes('.')) local.add(processName(actor.text));
      if (by === 'remote') remote.add(actor.text);
    }
  }
  return new Set([PEER, ...[...remote].filter((name) => !local.has(name))]);
}

type ActorDraft = {
  readonly actors: Actor[];
  readonly procs: ProcDecl[];
  readonly procIds: ReadonlyMap<string, ProcId>;
  readonly ids: Map<string, TaskId>;
  readonly add: (name: string) => void;
  readonly isRemote: (name: string) => boolean;
};

function createDraft(remote: ReadonlySet<string>, forks: Forks): ActorDraft {
  const actors: Actor[] = [];
  const procs: ProcDecl[] = [];
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
    procs.push({ name, forked: forks.has(name) });
    return procs.length - 1;
  };
  const add = (name: string): void => {
    if (ids.has(name)) return;
    if (remote.has(name)) return push({ name, type: 'remote' });
    const proc = procOf(processName(name));
    if (!ids.has(name)) push({ name, type: 'thread', proc });
  };
  return { actors, procs, procIds, ids, add, isRemote: (name) => remote.has(name) };
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
